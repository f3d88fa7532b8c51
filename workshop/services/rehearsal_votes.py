"""How the people of a rehearsal vote and rate: all at the same time, some twice, some with second thoughts."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from workshop.services import hand_counts, ideas, ratings, rehearsal_dots, votes
from workshop.services.rehearsal_crew import Action, Crew
from workshop.services.rehearsal_marks import Taste


def vote(crew: Crew) -> list[Action]:
    """Everybody gives their dots idea by idea, all at the same time; two people without a phone vote on paper."""
    board = ideas.board(crew.db, crew.moderator)
    sides = [person.side for person in crew.rehearsal.people]
    drawn = rehearsal_dots.ballots(sides, board, crew.event.limits, seed=crew.rehearsal.seed)
    taps = [(place, idea, dots) for place, ballot in enumerate(drawn) for idea, dots in ballot]
    crew.chance.shuffle(taps)
    return [*(partial(_vote, crew, *tap) for tap in taps), partial(_count_by_hand, crew)]


def rate(crew: Crew) -> list[Action]:
    """Everybody rates what they are dealt, one idea after the other, all at the same time."""
    raters, taste = crew.shuffled(), Taste(crew.rehearsal.seed)
    hand = crew.event.limits.ideas_to_rate
    return [partial(_rate, crew, place, turn, taste) for turn in range(hand) for place in raters]


def _vote(crew: Crew, place: int, idea: UUID, dots: int) -> None:
    badge = crew.badges.get(place)
    if badge is None:
        return
    taps = [dots] * (2 if place in crew.habits.tap_twice else 1)
    if place in crew.habits.change_their_mind:
        taps = [*taps, 0, *taps]
    for wanted in taps:
        given = crew.tries(partial(votes.cast, crew.db, badge, idea, dots=wanted))
        if given is not None:
            crew.used[place] = given.used


def _count_by_hand(crew: Crew) -> None:
    numbers = [idea.number for idea in ideas.board(crew.db, crew.moderator)]
    dots = dict.fromkeys(numbers[:2], min(2, crew.event.limits.dots_per_idea))
    side = crew.event.sides[-1].key
    crew.tries(lambda: hand_counts.enter(crew.db, crew.moderator, side, ballots=2, dots=dots, seen=0))


def _rate(crew: Crew, place: int, turn: int, taste: Taste) -> None:
    badge = crew.badges.get(place)
    hand = crew.tries(lambda: ratings.hand(crew.db, badge)) if badge is not None else None
    if badge is None or hand is None or turn >= len(hand.ideas) or taste.stays_away(place):
        return
    idea = hand.ideas[turn]
    crew.tries(lambda: ratings.say(crew.db, badge, idea.idea_id, taste.of(place, idea.number)))
