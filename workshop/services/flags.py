"""Flags: people in the room say that an idea stands in the wrong theme. Nothing moves by itself; the desk sees them.

“This person flags this idea in this theme” is said, or is taken back, so a second tap is harmless. An idea that comes
into another theme, by whatever change, has no flags any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from workshop.domain import permissions
from workshop.domain.idea import ShownIdea
from workshop.domain.permissions import Act
from workshop.domain.room import WorkshopView
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import clock, readiness, shown, theme_versions, turn
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.storage import Database, Session, announce
from workshop.storage import flags as rows
from workshop.storage import people as people_rows
from workshop.themes import NOT_SURE, Board


@dataclass(frozen=True, slots=True)
class Flagged:
    """An idea that so many people find in the wrong theme; ``nearest`` is the best other theme, id and name."""

    idea: ShownIdea
    people: int
    theme: str
    nearest: tuple[str, str] | None


def say(db: Database, pen: ParticipantBadge | ScribeBadge, number: int, theme_id: str, *, flagged: bool) -> None:
    """Flag an idea in the theme where the screen showed it, or take that back; a tablet speaks for all around it."""
    with db.writing() as session:
        view = turn.hold(session, pen.workshop_id)
        people = people_rows.hold(session, view.id, readiness.speaks_for(pen))
        if not people:
            raise NotFound("Nobody is on this device (any more). Scan the code on the wall to join.")
        if Act.FLAG not in permissions.may(view.event, view.state, clock.now()):
            raise NotAllowed("Themes are looked at in their own step only. What you said before stays.")
        idea = next((idea for idea in shown.board(session, view) if idea.number == number), None)
        if idea is None:
            raise NotFound("This idea is not on the board (any more).")
        if flagged:
            _must_be_there(session, view, idea, theme_id)
        if rows.put(session, people, idea.id, theme_id, flagged=flagged):
            announce(session, view.id, "flags")


def of(db: Database, participant: ParticipantBadge) -> Mapping[int, str]:
    """What a person has flagged: numbers of ideas, each with the theme in which it was."""
    with db.reading() as session:
        return rows.of_person(session, participant.participant_id)


def told(session: Session, view: WorkshopView, board: Board, ideas: tuple[ShownIdea, ...]) -> tuple[Flagged, ...]:
    """What is flagged now, by most people first, in a transaction that reads."""
    counted, homes = rows.counted(session, view.id), board.theme_of()
    names = {theme.id: theme.name for theme in board.themes if theme.idea_ids}
    found = []
    for idea in ideas:
        home = homes.get(str(idea.id), NOT_SURE)
        people = counted.get((idea.id, home), 0)
        if people and home in names:
            found.append(Flagged(idea, people, names[home], _nearest(board, idea.id, home, names)))
    return tuple(sorted(found, key=lambda flag: (-flag.people, flag.idea.number)))


def _must_be_there(session: Session, view: WorkshopView, idea: ShownIdea, theme_id: str) -> None:
    home = theme_versions.newest(session, view.id).board.theme_of().get(str(idea.id), NOT_SURE)
    if theme_id == NOT_SURE or home != theme_id:
        raise Conflict(f"Idea #{idea.number} is in another theme now. Look at it there.")


def _nearest(board: Board, idea_id: UUID, home: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    near = (each.theme_id for each in board.evidence.near_themes.get(str(idea_id), ()))
    return next(((theme, names[theme]) for theme in near if theme != home and theme in names), None)
