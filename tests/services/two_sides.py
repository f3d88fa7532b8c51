"""The room of the built-in event as it may come: 60 voters of the EU and 13 of the US, five dots each."""

from __future__ import annotations

from collections.abc import Mapping

from tests.services.room import Room
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea
from workshop.services import votes
from workshop.services.access import ParticipantBadge

WANTED_BY_ONE, WANTED_BY_BOTH, CORRIDOR, VOUCHER = TITLES = (
    "A fund of the larger side",
    "A test site that both sides open",
    "A corridor for hydrogen",
    "A voucher for first visits",
)


def sixty_and_thirteen(room: Room) -> None:
    """Everybody joins, writes nothing but four ideas, votes, and the results are revealed."""
    eu = [room.joins(f"EU {number}", table=number % 7) for number in range(60)]
    us = [room.joins(f"US {number}", side="us", table=7 + number % 2) for number in range(13)]
    room.opens(StepKind.SHARE)
    authors = (eu[0], eu[0], eu[1], us[0])
    board = [room.has_sent(who, title, published=True) for who, title in zip(authors, TITLES, strict=True)]
    room.opens(StepKind.VOTE)
    for number, voter in enumerate(eu):
        _give(room, voter, board, {0: 2 if number < 50 else 0, 1: number % 2, 2: 2})
    for number, voter in enumerate(us):
        _give(room, voter, board, {0: int(number == 0), 1: 2 if number < 9 else 0, 2: 1})
    room.opens(StepKind.REVEAL)


def _give(room: Room, voter: ParticipantBadge, board: list[Idea], dots: Mapping[int, int]) -> None:
    """These dots, and what is left of five on the last idea, two at most."""
    left = min(2, 5 - sum(dots.values()))
    for place, given in {**dots, 3: left}.items():
        if given:
            votes.cast(room.db, voter, board[place].id, dots=given)
