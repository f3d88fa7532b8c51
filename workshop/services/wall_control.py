"""The wall in the moderator's hand: hold what it shows, put one idea in the spotlight, take the last change back.

What holds is stored with the workshop, so every wall, every replica and a restart agree on it. What a held wall may
show stands in `domain.wall_control`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from workshop.domain import steps
from workshop.domain import wall_control as rules
from workshop.domain.event import StepKind
from workshop.domain.idea import ShownIdea
from workshop.domain.pitch import shown as card_shown
from workshop.domain.room import WorkshopView
from workshop.domain.wall_control import WallControl
from workshop.errors import Conflict, NotFound
from workshop.services import clock, going_on, payloads, shown, turn
from workshop.services.access import ModeratorBadge
from workshop.storage import Database, Session, announce
from workshop.storage import log as log_rows
from workshop.storage import pitches as pitch_rows
from workshop.storage import wall as rows

_KEPT: Mapping[StepKind, str] = {
    StepKind.ARRIVE: "people",
    StepKind.WRITE: "counters",
    StepKind.VOTE: "turnout",
    StepKind.RATE: "ratings",
    StepKind.REVEAL: "wall_picture",
    StepKind.CLOSING: "wall_picture",
}
"""The topic that is kept of a picture as it is: numbers that hide nobody, or which of several pictures was chosen."""


@dataclass(frozen=True, slots=True)
class WallNow:
    """What the wall shows, for the desk: the step of its picture, and the idea in the spotlight.

    ``held`` tells that a person keeps the picture; it is not ``shown`` while the present step hides it.
    """

    control: WallControl
    step: str
    shown: bool
    spotlight: ShownIdea | None
    undo_until: datetime | None

    @property
    def held(self) -> bool:
        return self.control.step is not None


def hold(db: Database, moderator: ModeratorBadge, *, seen: int) -> None:
    """Keep the picture that is on the wall now, whatever step is opened."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        kept = _kept(session, view)
        _write(session, view, moderator, "hold", seen, lambda now: rules.hold(now, view.state.step_key, kept))


def let_go(db: Database, moderator: ModeratorBadge, *, seen: int) -> None:
    """Let the wall follow the steps again."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        _write(session, view, moderator, "let go", seen, rules.let_go)


def spotlight(db: Database, moderator: ModeratorBadge, idea_id: UUID | None, *, seen: int) -> None:
    """Fill the wall with one idea of the board; None ends it."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        if idea_id is not None and idea_id not in {idea.id for idea in shown.board(session, view)}:
            raise NotFound("This idea is not on the board in this step. Choose another one.")
        action = "spotlight" if idea_id is not None else "end spotlight"
        _write(session, view, moderator, action, seen, lambda now: rules.put_in_the_spotlight(now, idea_id))


def undo(db: Database, moderator: ModeratorBadge, *, seen: int) -> None:
    """Take the last change of the wall back, within ten seconds."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        last = rows.last_change(session, view.id)
        if last is None:
            raise Conflict("There is nothing to undo on the wall.")
        _write(session, view, moderator, "undo", seen, lambda now: rules.undo(now, *last, clock.now()), final=True)


def current(db: Database, moderator: ModeratorBadge) -> WallNow:
    """What the wall shows, at this moment."""
    with db.reading() as session:
        view = turn.look(session, moderator.workshop_id)
        control, last = rows.control(session, view.id), rows.last_change(session, view.id)
        step = rules.held_step(view.event, view.state, control)
        until = None if last is None else last[1] + timedelta(seconds=rules.UNDO_SECONDS)
        return WallNow(
            control=control,
            step=steps.find_step(view.event, step or view.state.step_key).title,
            shown=step is not None,
            spotlight=in_the_spotlight(session, view, control),
            undo_until=until if until is not None and until > clock.now() else None,
        )


def in_the_spotlight(session: Session, view: WorkshopView, control: WallControl) -> ShownIdea | None:
    """The idea that fills the wall, as long as it stands on the board and the board may be seen."""
    if control.spotlight is None:
        return None
    return next((idea for idea in shown.board(session, view) if idea.id == control.spotlight), None)


def _kept(session: Session, view: WorkshopView) -> Mapping[str, Any]:
    """What of the present picture stays as it is: numbers that hide nobody, and which ideas it shows.

    Texts are not kept: they are read when the wall is drawn, so that what is hidden since is not there.
    """
    kind = steps.current_step(view.event, view.state).kind
    if kind is StepKind.SHARE:
        return {"ideas": [idea.number for idea in shown.board(session, view)]}
    if kind is StepKind.PITCH:
        order = [idea.id for idea in going_on.ideas(session, view)]
        return {"card": card_shown(pitch_rows.state(session, view.id), order)}
    topic = _KEPT.get(kind)
    return {} if topic is None else {topic: payloads.BY_TOPIC[topic](session, view)}


def _write(  # noqa: PLR0913  a change, who made it and what was seen
    session: Session,
    view: WorkshopView,
    moderator: ModeratorBadge,
    action: str,
    seen: int,
    change: Callable[[WallControl], WallControl],
    *,
    final: bool = False,
) -> None:
    before, now = rows.control(session, view.id), clock.now()
    if before.version != seen:
        raise Conflict("The wall was changed a moment ago. Look at what it shows now, then decide again.")
    after = change(before)
    rows.save(session, view.id, after, before=None if final else before, at=now)
    log_rows.record(
        session,
        view.id,
        actor=moderator.label,
        verb="wall",
        subject=str(after.spotlight or after.step or ""),
        details={"action": action, "version": after.version},
        at=now,
    )
    announce(session, view.id, "wall")
