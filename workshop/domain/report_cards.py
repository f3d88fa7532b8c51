"""What a report says of the last steps: the consortium cards, who promised what by name, and the session in numbers.

A name stands here only beside a confirmed commitment, whatever the level of anonymity: that is when the person let it
appear. Organisations are those that people were told they would show when they joined a card.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from workshop.domain.consortium import Card, Role, missing
from workshop.domain.event import Side


@dataclass(frozen=True, slots=True)
class ReportMember:
    """Somebody on a card. ``name`` is None unless they confirmed; ``changed``: the plan was changed since then."""

    side: str
    role: Role
    organisation: str | None = None
    owner: bool = False
    confirmed: bool = False
    changed: bool = False
    name: str | None = None

    def __post_init__(self) -> None:
        if (self.name is not None) != self.confirmed:
            raise ValueError("a name stands in a report exactly where its commitment was confirmed")


@dataclass(frozen=True, slots=True)
class ReportCard:
    """An idea that goes on, by its number; ``missing`` says what it still needs, nothing: it is ready.

    ``offers`` counts who can help, introduce, fund and host.
    """

    number: int
    title: str
    wild_card: bool = False
    members: tuple[ReportMember, ...] = ()
    next_step: str = ""
    due: date | None = None
    missing: tuple[str, ...] = ()
    offers: Mapping[str, int] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        return not self.missing

    @property
    def commitments(self) -> tuple[ReportMember, ...]:
        """Those who confirmed, with their names."""
        return tuple(member for member in self.members if member.confirmed)


@dataclass(frozen=True, slots=True)
class ReportSession:
    """The end of the session in numbers. ``mean`` is of 1 to 5, None without a rating; comments name nobody.

    Wishes are counted only: who wants to meet whom is for those who plan the meetings.
    """

    people_with_wishes: int = 0
    ratings: int = 0
    mean: float | None = None
    comments: tuple[str, ...] = ()


def reported(card: Card, sides: Sequence[Side], offers: Mapping[str, int]) -> ReportCard:
    """A card as the report shows it: without the names of those who have not confirmed."""
    members = (
        ReportMember(
            side=member.side,
            role=member.role,
            organisation=member.organisation or None,
            owner=card.owner(member.side) is member,
            confirmed=member.confirmed_at is not None,
            changed=member.confirmed_at is not None and member.confirmed_version != card.plan.version,
            name=member.name if member.confirmed_at is not None else None,
        )
        for member in card.members
    )
    return ReportCard(
        number=card.number,
        title=card.title,
        wild_card=card.wild_card,
        members=tuple(members),
        next_step=card.plan.next_step,
        due=card.plan.due,
        missing=missing(card, sides),
        offers=dict(offers),
    )
