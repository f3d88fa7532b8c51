"""What differs from phone to phone: who acts here, and what is theirs. Everything else is the same for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.domain import latecomers
from workshop.domain.build import Build
from workshop.domain.idea import Idea, Standing
from workshop.domain.room import Person, WorkshopView
from workshop.errors import NotFound
from workshop.services import access, builds, flags, ideas, payloads, people, readiness, routing, turn, workshops
from workshop.services.access import ParticipantBadge, ScribeBadge
from workshop.storage import Database

Pen = ParticipantBadge | ScribeBadge
"""Who holds the pen: a person on a phone, or the tablet of a table for everybody around it."""


def me(db: Database, pen: Pen) -> dict[str, Any]:
    """The people who act on this device: their ideas, hidden ones and the reason too, where they are ready, flags.

    ``late`` tells a phone that joined in the present step what the room has done before.
    """
    with db.one_moment():
        badges = [access.speak_for(db, pen, person) for person in pen.people] if isinstance(pen, ScribeBadge) else [pen]
        persons = [people.me(db, badge) for badge in badges]
        around = [
            _person(
                person,
                ideas.mine(db, badge),
                readiness.steps_of(db, badge),
                flags.of(db, badge),
                builds.mine(db, badge),
            )
            for badge, person in zip(badges, persons, strict=True)
        ]
        late = None if isinstance(pen, ScribeBadge) else _so_far(workshops.of(db, pen), persons[0])
    return {"tablet": isinstance(pen, ScribeBadge), "table_id": pen.table_id, "people": around, "late": late}


def table(db: Database, pen: Pen) -> dict[str, Any]:
    """The ideas of the pen's table as they stand now."""
    if pen.table_id is None:
        raise NotFound("You do not sit at a table. Choose one, then your ideas can go on the board.")
    with db.reading() as session:
        return payloads.of_table(session, turn.look(session, pen.workshop_id), pen.table_id)


def hand(db: Database, pen: Pen) -> dict[str, Any]:
    """What the pen's table has to read, or a person without a table, as it stands now."""
    with db.reading() as session:
        view = turn.look(session, pen.workshop_id)
        return payloads.hand_of(session, view, routing.holder_of(session, pen))


def _so_far(view: WorkshopView, person: Person) -> dict[str, str]:
    return {
        "step": view.state.step_key,
        "sentence": latecomers.so_far(view.event, view.state, joined_at=person.joined_at),
    }


def _person(
    person: Person,
    own: tuple[Idea, ...],
    ready: tuple[str, ...],
    flagged: Mapping[int, str],
    built: tuple[Build, ...],
) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "side": person.side,
        "written": sum(idea.standing is not Standing.WITHDRAWN for idea in own),
        "ideas": [_own(idea) for idea in own if idea.standing is not Standing.WITHDRAWN],
        "ready": ready,
        "flags": flagged,
        "builds": [_built(build) for build in built],
    }


def _built(build: Build) -> dict[str, Any]:
    return {
        "id": build.id,
        "idea": build.idea_id,
        "kind": build.kind,
        "text": build.text,
        "fix": build.fix,
        "version": build.version,
        "hidden_reason": build.hidden_reason,
    }


def _own(idea: Idea) -> dict[str, Any]:
    return {
        "id": idea.id,
        "number": idea.number,
        "title": idea.title,
        "standing": idea.standing,
        "hidden_reason": idea.hidden_reason,
    }
