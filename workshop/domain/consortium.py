"""Consortium cards: who is in on an idea, in which role, what comes next, and what a card still needs to be ready.

Ready is a card with at least one organisation of each side, an owner per side, a next step and a date. The owner of a
side is its lead, unless the desk has named another member of that side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from workshop.domain.event import Side
from workshop.domain.text import clean, is_blank
from workshop.errors import Invalid

NEXT_STEP = 200
"""Characters that fit into a next step."""


class Role(StrEnum):
    """What somebody is in a consortium. One lead per side; of all others as many as want to."""

    LEAD = "lead"
    PARTNER = "partner"
    PILOT_SITE = "pilot_site"
    FUNDER_LINK = "funder_link"
    ADVISOR = "advisor"

    @property
    def words(self) -> str:
        """The role as people say it: "pilot site"."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a card. ``organisation`` is empty for whoever named none.

    The name leaves the server for the room only once ``confirmed_at`` is set: names appear with commitments.
    ``confirmed_version`` is the version of the card that was confirmed.
    """

    participant_id: UUID
    name: str
    organisation: str
    side: str
    role: Role
    owner: bool = False
    confirmed_at: datetime | None = None
    confirmed_version: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What comes next on a card: a text, a date, and the version that grows with every change of them."""

    next_step: str = ""
    due: date | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """An idea on its way to a consortium: its members and its plan."""

    idea_id: UUID
    number: int
    title: str
    members: tuple[Member, ...] = ()
    plan: Plan = Plan()
    wild_card: bool = False

    def lead(self, side: str) -> Member | None:
        """Who leads for a side."""
        return next((each for each in self.members if each.side == side and each.role is Role.LEAD), None)

    def owner(self, side: str) -> Member | None:
        """Who answers for a side: whoever was named, else its lead."""
        named = next((each for each in self.members if each.side == side and each.owner), None)
        return named or self.lead(side)

    def organisations(self, side: str) -> tuple[str, ...]:
        """The organisations of a side, each once, in the order in which they came."""
        names = (each.organisation for each in self.members if each.side == side and each.organisation)
        return tuple(dict.fromkeys(names))


def missing(card: Card, sides: Sequence[Side]) -> tuple[str, ...]:
    """What a card still needs, in plain words: "a US lead", "a date". Empty: it is ready."""
    needs = []
    for side in sides:
        if card.owner(side.key) is None:
            needs.append(f"{article(side.short)} {side.short} lead")
        elif not card.organisations(side.key):
            needs.append(f"{article(side.short)} {side.short} organisation")
    if not card.plan.next_step:
        needs.append("a next step")
    if card.plan.due is None:
        needs.append("a date")
    return tuple(needs)


def ready(cards: Iterable[Card], sides: Sequence[Side]) -> int:
    """How many cards are ready."""
    return sum(not missing(card, sides) for card in cards)


def checked(next_step: str, due: date | None, *, before: Plan, today: date) -> Plan:
    """The plan that somebody wants, in its normal form. A date that stands already may have passed.

    :param today: the day in the event's time zone.
    :raises Invalid: when the text is too long or a new date lies in the past.
    """
    text = clean(next_step, limit=NEXT_STEP, what="next step")
    if due is not None and due != before.due and due < today:
        raise Invalid(f"The date {due.isoformat()} has passed. Choose today ({today.isoformat()}) or a later day.")
    return Plan("" if is_blank(text) else text, due, before.version)


def read_day(text: str) -> date | None:
    """A day as a form sends it: YYYY-MM-DD, or nothing."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid("This date cannot be read. Write it as year-month-day, for example 2027-03-31.") from None


def article(short: str) -> str:
    """Return "a" or "an" for the short name of a side: an EU lead, a US lead, an Ohio lead."""
    first = short[:1]
    if short.isupper():  # spoken letter by letter
        return "an" if first in "AEFHILMNORSX" else "a"
    return "an" if first in "AEIOaeio" else "a"
