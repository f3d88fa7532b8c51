"""Readiness: who has said that they are ready to go on, as lights for the moderator. Nothing advances by itself.

“This person is ready in this step” is said, or is taken back, never switched over, so a second tap is harmless. It
belongs to the step: a new step begins with nobody ready, and after going back the lights are as they were. Others see
numbers, never names.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from workshop.domain import permissions
from workshop.domain.permissions import Act
from workshop.domain.room import WorkshopView
from workshop.errors import NotAllowed, NotFound
from workshop.services import clock, turn
from workshop.services.access import Badge, ParticipantBadge, ScribeBadge
from workshop.storage import Database, Session, announce
from workshop.storage import people as people_rows
from workshop.storage import ready as rows


@dataclass(frozen=True, slots=True)
class Light:
    """How many people at a table are ready in the present step, of how many who sit there."""

    table_id: UUID
    ready: int
    of: int

    @property
    def on(self) -> bool:
        """A table is ready when everybody who sits there is."""
        return self.ready == self.of


@dataclass(frozen=True, slots=True)
class Lights:
    """The room in the present step: people ready, of how many, and a light for each table with people.

    ``asked`` is False in a step that asks nobody.
    """

    asked: bool
    ready: int
    of: int
    tables: tuple[Light, ...]

    @property
    def on(self) -> int:
        """How many tables are ready."""
        return sum(light.on for light in self.tables)


def say(db: Database, pen: ParticipantBadge | ScribeBadge, step_key: str, *, ready: bool) -> None:
    """Say that one is ready in a step, or take it back; a tablet speaks for everybody around it.

    ``step_key`` is the step that the screen showed: a tap that was on its way when the next one opened is not for that.
    """
    with db.writing() as session:
        view = turn.hold(session, pen.workshop_id)
        people = people_rows.hold(session, view.id, speaks_for(pen))
        if not people:
            raise NotFound(
                "Nobody is on this device (any more). Scan the code on the wall to join, or add people to the tablet."
            )
        if step_key != view.state.step_key:
            raise NotAllowed("This was about another step. Look at the one that is open now.")
        if Act.READY not in permissions.may(view.event, view.state, clock.now()):
            raise NotAllowed("Nobody is asked now whether they are ready. What you said before the step closed stays.")
        if rows.put(session, people, step_key, ready=ready):
            announce(session, view.id, *topics(*people.values()))


def lights(db: Database, badge: Badge) -> Lights:
    """Who is ready in the present step, in numbers."""
    with db.reading() as session:
        return of_room(session, turn.look(session, badge.workshop_id))


def steps_of(db: Database, participant: ParticipantBadge) -> tuple[str, ...]:
    """The keys of the steps in which this person is ready."""
    with db.reading() as session:
        return rows.steps_of(session, participant.participant_id)


def of_room(session: Session, view: WorkshopView) -> Lights:
    """The lights in a transaction that reads."""
    counted = rows.by_table(session, view.id, view.state.step_key)
    return Lights(
        asked=permissions.asks_who_is_ready(view.event, view.state),
        ready=sum(ready for ready, _ in counted.values()),
        of=sum(of for _, of in counted.values()),
        tables=tuple(Light(table, *count) for table, count in counted.items() if table is not None),
    )


def topics(*tables: UUID | None) -> tuple[str, ...]:
    """What has to be announced when people at these tables say something, come, go or move."""
    return ("ready", *{topic_of(table) for table in tables if table is not None})


def topic_of(table_id: UUID) -> str:
    """The topic of one table's light, for the phones at this table."""
    return f"ready_at:{table_id}"


def speaks_for(pen: ParticipantBadge | ScribeBadge) -> tuple[UUID, ...]:
    """The person at the phone, or everybody around the tablet."""
    return pen.people if isinstance(pen, ScribeBadge) else (pen.participant_id,)
