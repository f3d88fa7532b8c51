"""Groups of people who vote alike: planted ones are found, shuffled votes form none, and nobody is named."""

from random import Random

import pytest

from workshop.domain.opinion import VoterGroups
from workshop.themes import opinions
from workshop.themes.opinions import CLEAR, STABLE, voter_groups

IDEAS = range(1, 25)


def planted(groups: int, *, people: int = 20, votes: int = 8, seed: int = 0) -> list[dict[int, int]]:
    """People of each group give nine of ten dots to the ideas of their own camp."""
    chance = Random(seed)
    camps = [[number for number in IDEAS if number % groups == camp] for camp in range(groups)]
    ballots = []
    for camp in camps:
        for _ in range(people):
            chosen = {chance.choice(camp) if chance.random() < 0.9 else chance.choice(IDEAS) for _ in range(40)}
            ballots.append(dict.fromkeys(chance.sample(sorted(chosen), min(votes, len(chosen))), 1))
    return ballots


def shuffled(seed: int, *, people: int = 60, votes: int = 8) -> list[dict[int, int]]:
    """Some ideas are liked more than others, but nobody thinks like anybody else."""
    chance = Random(seed)
    ballots = []
    for _ in range(people):
        order = sorted(IDEAS, key=lambda number: chance.random() ** (1 / (1 + number % 4)))
        ballots.append(dict.fromkeys(order[:votes], 1))
    return ballots


@pytest.mark.parametrize("groups", [2, 3])
def test_planted_groups_are_found_with_what_they_want(groups: int) -> None:
    found = voter_groups(planted(groups))
    assert [group.people for group in found.groups] == [20] * groups
    assert found.silhouette is not None
    assert found.stability is not None
    assert found.silhouette >= CLEAR
    assert found.stability >= STABLE
    for group in found.groups:
        assert len({idea.number % groups for idea in group.ideas}) == 1, "of one camp"
        assert all(idea.supporters / 20 > idea.others / (20 * (groups - 1)) for idea in group.ideas)


@pytest.mark.parametrize("people", [20, 60, 200])
@pytest.mark.parametrize("seed", range(8))
def test_shuffled_votes_form_no_groups(seed: int, people: int) -> None:
    found = voter_groups(shuffled(seed, people=people))
    assert found.groups == ()
    assert "no clear groups" in found.sentence


def test_without_the_conditions_shuffled_votes_would_form_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: clear to the eye is not enough, with few people half of all rooms are."""
    monkeypatch.setattr(opinions, "STABLE", -1)
    monkeypatch.setattr(opinions, "SHUFFLES", 0)
    assert any(voter_groups(shuffled(seed, people=20)).groups for seed in range(8))


@pytest.mark.parametrize("seed", range(4))
def test_planted_groups_whose_votes_are_shuffled_among_people_are_gone(seed: int) -> None:
    ballots = planted(2)
    columns = {number: [ballot.get(number, 0) for ballot in ballots] for number in IDEAS}
    for column in columns.values():
        Random(f"{seed} {column}").shuffle(column)
    mixed = [{number: columns[number][row] for number in IDEAS} for row in range(len(ballots))]
    assert voter_groups(mixed).groups == ()


def test_with_five_dots_nobody_is_asked_and_the_sentence_says_what_is_missing() -> None:
    found = voter_groups(shuffled(0, votes=5))
    assert found == VoterGroups(0, why_none=found.sentence)
    assert found.sentence == "Not enough votes for opinion groups: 0 people with at least 7 votes, 20 are needed."
    assert "19 people" in voter_groups(shuffled(0, people=19)).sentence
    assert voter_groups([]).groups == ()


def test_people_who_all_vote_the_same_are_no_groups() -> None:
    assert voter_groups([dict.fromkeys(range(1, 9), 1)] * 40).groups == ()


def test_the_order_of_people_and_the_size_of_dots_change_nothing() -> None:
    ballots = planted(3)
    again = [{number: 2 * dots for number, dots in ballot.items()} for ballot in reversed(ballots)]
    assert voter_groups(again) == voter_groups(ballots)
