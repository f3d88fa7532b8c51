"""Which picture of the results the wall shows at Reveal: the moderator chooses, the wall follows."""

from __future__ import annotations

from enum import StrEnum

from workshop.domain import steps
from workshop.domain.event import StepKind
from workshop.domain.room import WorkshopView
from workshop.services import clock, turn
from workshop.services.access import ModeratorBadge
from workshop.storage import Database, Session, announce
from workshop.storage import log as log_rows
from workshop.storage import wall_pictures as rows


class Picture(StrEnum):
    """The pictures of the results."""

    RANKING = "ranking"
    BRIDGE = "bridge"
    RATINGS = "ratings"


def choose(db: Database, moderator: ModeratorBadge, picture: Picture) -> None:
    """Put a picture on the wall; the same choice twice is one."""
    with db.writing() as session:
        view = turn.hold(session, moderator.workshop_id)
        if of(session, view) is picture:
            return
        rows.put(session, view.id, picture)
        details = {"picture": str(picture)}
        log_rows.record(
            session, view.id, actor=moderator.label, verb="show_picture", subject="", details=details, at=clock.now()
        )
        announce(session, view.id, "wall_picture")


def of(session: Session, view: WorkshopView) -> Picture:
    """The picture that was chosen, else the first one that this run of show has something for."""
    chosen, possible = rows.of(session, view.id), offered(view)
    return Picture(chosen) if chosen in possible else possible[0]


def offered(view: WorkshopView) -> tuple[Picture, ...]:
    """The pictures that the steps up to now have something for: votes give two, ratings one."""
    voted = steps.reached(view.event, view.state, StepKind.VOTE)
    rated = steps.reached(view.event, view.state, StepKind.RATE)
    votes = (Picture.RANKING, Picture.BRIDGE) if voted or not rated else ()
    return (*votes, Picture.RATINGS) if rated else votes
