"""Votes on paper: counted apart from all others, corrected by a new set value, closed to helpers from the reveal on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.hand_count import HandCount
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.services import hand_counts, log, moderation, reports, topics, votes
from workshop.services.access import HelperBadge


@pytest.fixture
def helper(room: Room) -> HelperBadge:
    return HelperBadge(room.id, room.moderator.grant_id)


def voting(room: Room) -> Room:
    """Two ideas on the board, and a vote that is open."""
    anna = room.joins("Anna")
    room.opens(StepKind.SHARE)
    for title in ("Ports that trade heat", "Shared test fields"):
        room.has_sent(anna, title, published=True)
    room.opens(StepKind.VOTE)
    return room


def test_a_count_is_kept_and_corrected_by_a_new_one(room: Room, helper: HelperBadge) -> None:
    voting(room)
    first = hand_counts.enter(room.db, helper, "eu", ballots=3, dots={1: 6, 2: 1}, seen=0)
    assert first == HandCount("eu", 3, {1: 6, 2: 1}, 1)
    second = hand_counts.enter(room.db, room.moderator, "eu", ballots=2, dots={2: 4}, seen=1)
    assert hand_counts.of(room.db, helper) == {"eu": second, "us": HandCount("us")}
    entries = [entry for entry in log.entries(room.db, room.moderator) if entry.verb == "count by hand"]
    assert [(entry.actor, entry.details["ballots"]) for entry in entries] == [("helper", 3), ("moderator", 2)]


def test_the_same_count_sent_twice_is_one(room: Room, helper: HelperBadge) -> None:
    voting(room)
    for _ in range(2):
        assert hand_counts.enter(room.db, helper, "us", ballots=1, dots={1: 1}, seen=0).version == 1


def test_of_two_who_count_at_once_the_second_is_told(room: Room, helper: HelperBadge) -> None:
    voting(room)
    answers = at_once(
        [
            lambda dots=dots: hand_counts.enter(room.db, helper, "eu", ballots=5, dots={1: dots}, seen=0)  # type: ignore[misc]
            for dots in (1, 2)
        ]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "HandCount"]


def test_a_ranking_stays_the_one_of_devices_and_paper_stands_beside_it(room: Room, helper: HelperBadge) -> None:
    voting(room)
    people = {side: room.joins(f"Voter {side}", side=side) for side in ("eu", "us")}
    ballot = {idea.number: idea.id for idea in votes.ballot(room.db, people["eu"]).ideas}
    for person in people.values():
        votes.cast(room.db, person, ballot[1], dots=1)
    hand_counts.enter(room.db, helper, "us", ballots=7, dots={2: 7}, seen=0)
    assert votes.turnout(room.db, room.moderator).by_side[1].by_hand == 7
    room.opens(StepKind.REVEAL)
    results = votes.results(room.db, room.observer)
    assert [(idea.number, idea.total_dots) for idea in results.by_dots] == [(1, 2), (2, 0)]
    assert results.two_sided[0].balanced == 1.0
    assert results.by_hand.on(2) == 7
    body = topics.payload(room.db, room.id, topics.RESULTS).body
    assert [row["by_hand"] for row in body["raw"]] == ["", "plus 7 hand-counted dots"]
    assert body["by_hand"] == "plus 7 ballots counted by hand"
    report = reports.compile_report(room.db, room.organiser)
    assert report.ranking is not None
    assert report.ranking == replace(results, by_hand=report.ranking.by_hand)
    assert report.ranking.by_hand == results.by_hand


def test_helpers_count_until_the_reveal_and_the_moderator_corrects_after_it(room: Room, helper: HelperBadge) -> None:
    with pytest.raises(NotAllowed, match="from the step"):
        hand_counts.enter(room.db, helper, "eu", ballots=1, dots={}, seen=0)
    voting(room)
    room.closes()
    hand_counts.enter(room.db, helper, "eu", ballots=1, dots={1: 1}, seen=0)
    room.opens(StepKind.REVEAL)
    with pytest.raises(NotAllowed, match="moderator can still correct"):
        hand_counts.enter(room.db, helper, "eu", ballots=1, dots={}, seen=1)
    assert hand_counts.enter(room.db, room.moderator, "eu", ballots=1, dots={2: 1}, seen=1).dots == {2: 1}


def test_what_does_not_fit_changes_nothing(room: Room, helper: HelperBadge) -> None:
    voting(room)
    with pytest.raises(Invalid, match="Count again"):
        hand_counts.enter(room.db, helper, "eu", ballots=1, dots={1: 3}, seen=0)
    with pytest.raises(NotFound, match="#9 is not on the board"):
        hand_counts.enter(room.db, helper, "eu", ballots=1, dots={9: 1}, seen=0)
    with pytest.raises(NotFound, match="no side"):
        hand_counts.enter(room.db, helper, "mars", ballots=1, dots={}, seen=0)
    assert hand_counts.of(room.db, helper)["eu"].version == 0


def test_dots_on_a_hidden_idea_count_again_when_it_returns(room: Room, helper: HelperBadge) -> None:
    voting(room)
    hand_counts.enter(room.db, helper, "eu", ballots=1, dots={1: 2, 2: 1}, seen=0)
    hidden = moderation.overview(room.db, room.moderator)[0]
    moderation.hide(room.db, room.moderator, hidden.id, reason="Twice")
    assert hand_counts.of(room.db, helper)["eu"].dots == {2: 1}
    moderation.restore(room.db, room.moderator, hidden.id)
    assert hand_counts.of(room.db, helper)["eu"].dots == {1: 2, 2: 1}


def test_a_conflict_names_what_to_do(room: Room, helper: HelperBadge) -> None:
    voting(room)
    hand_counts.enter(room.db, helper, "eu", ballots=1, dots={}, seen=0)
    with pytest.raises(Conflict, match="a moment ago"):
        hand_counts.enter(room.db, helper, "eu", ballots=2, dots={}, seen=0)
