"""What one person takes away from a workshop, as one frozen value: whoever draws it adds nothing and looks nothing up.

It holds what is this person's own, and of everybody else only what their screens have shown: ideas on the board by
number and title, organisations and roles on cards, and names beside commitments, because names appear there and nowhere
before. What the present step hides is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from workshop.domain.build import BuildKind
from workshop.domain.consortium import Role
from workshop.domain.event import Event
from workshop.domain.idea import Standing
from workshop.domain.pitch import Help
from workshop.domain.ranking import RankedIdea
from workshop.domain.report import Report
from workshop.domain.report_cards import ReportCard


@dataclass(frozen=True, slots=True)
class BoardIdea:
    """An idea on the board, and how far it came.

    ``votes`` is None while votes are hidden, ``missing`` None when it does not go on; empty, its card is ready.
    """

    number: int
    title: str
    theme: str = ""
    votes: RankedIdea | None = None
    missing: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OwnIdea:
    """An idea that this person wrote. ``now`` is the idea that it is on the board: itself, or what it became part of.

    ``title`` is empty once the moderator has hidden it: what is hidden stands on no sheet.
    """

    number: int
    title: str
    standing: Standing
    now: BoardIdea | None = None


@dataclass(frozen=True, slots=True)
class OwnRole:
    """A card that this person is on, without themselves among its members. ``changed``: the plan was, since then."""

    card: ReportCard
    role: Role
    confirmed: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class OwnBuild:
    """What this person added to somebody's idea; without ``on`` that idea is not on the board any more."""

    kind: BuildKind
    text: str
    fix: str = ""
    on: BoardIdea | None = None


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """What this person offered to a card."""

    number: int
    title: str
    kinds: tuple[Help, ...]


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who offers help to a card of this person; they were told that the people of the card see the name."""

    number: int
    kinds: tuple[Help, ...]
    name: str
    organisation: str
    side: str


@dataclass(frozen=True, slots=True)
class Wished:
    """An organisation that this person wishes to meet."""

    organisation: str
    side: str


@dataclass(frozen=True, slots=True)
class TakeAway:
    """One person's take-away. ``ballots`` by side are the base of the votes; ``picked``: ideas that go on are known."""

    event: Event
    code: str
    at: datetime
    rehearsal: bool
    name: str
    organisation: str
    side: str
    ideas: tuple[OwnIdea, ...] = ()
    roles: tuple[OwnRole, ...] = ()
    builds: tuple[OwnBuild, ...] = ()
    offers: tuple[OwnOffer, ...] = ()
    helpers: tuple[Helper, ...] = ()
    wishes: tuple[Wished, ...] = ()
    ballots: Mapping[str, int] | None = None
    picked: bool = False

    @property
    def local(self) -> datetime:
        """The moment of it on the clocks of the room."""
        return self.at.astimezone(ZoneInfo(self.event.time_zone))


def board_of(report: Report) -> dict[int, BoardIdea]:
    """The ideas of a report, by number, each with how far it came."""
    themes, votes, cards = report.theme_of, report.votes, report.card_of
    return {
        idea.number: BoardIdea(
            idea.number,
            idea.title,
            theme=themes[idea.number].name if idea.number in themes else "",
            votes=votes.get(idea.number),
            missing=cards[idea.number].missing if idea.number in cards else None,
        )
        for idea in report.ideas
        if idea.published
    }
