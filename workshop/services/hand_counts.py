"""Hand counts: votes of people without a device, entered by a helper or a moderator and shown apart from all others.

“This side has so many ballots, and these ideas so many dots” is said, so a correction is a new set value. ``seen`` is
the version that the form was filled from: of two people who count for one side at once, the second is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from workshop.domain import hand_count as rules
from workshop.domain import permissions
from workshop.domain.hand_count import HandCount
from workshop.domain.room import WorkshopView
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import clock, turn
from workshop.services.access import HelperBadge, ModeratorBadge
from workshop.storage import Database, announce
from workshop.storage import hand_counts as rows
from workshop.storage import log as log_rows
from workshop.storage import votes as vote_rows

CounterBadge = HelperBadge | ModeratorBadge


def of(db: Database, badge: CounterBadge) -> dict[str, HandCount]:
    """What has been counted, for every side of the event."""
    with db.reading() as session:
        view = turn.look(session, badge.workshop_id)
        counted = rows.of(session, view.id)
    return {side.key: counted.get(side.key, HandCount(side.key)) for side in view.event.sides}


def is_open(view: WorkshopView, badge: CounterBadge) -> bool:
    """Whether this badge may enter a count now."""
    return permissions.counts_by_hand(view.event, view.state, moderator=isinstance(badge, ModeratorBadge))


def enter(
    db: Database, badge: CounterBadge, side: str, *, ballots: int, dots: Mapping[int, int], seen: int
) -> HandCount:
    """Say what was counted for a side: ballots, and dots by number of the idea, in place of what was said before."""
    with db.writing() as session:
        view = turn.take(session, badge.workshop_id)
        if not is_open(view, badge):
            raise NotAllowed(
                "Votes are counted by hand from the step “Vote” until the results are revealed. After that the "
                "moderator can still correct them."
            )
        view.event.side(side)
        given = rules.checked(view.event.limits, ballots=ballots, dots=dots)
        ideas = {idea.number: idea.id for idea in vote_rows.on_board(session, view.id)}
        if missing := sorted(given.keys() - ideas.keys()):
            raise NotFound(f"#{missing[0]} is not on the board (any more). Look at the list and count again.")
        before = rows.of(session, view.id).get(side, HandCount(side))
        if (before.ballots, before.dots) == (ballots, given):
            return before
        if before.version != seen:
            raise Conflict("Somebody entered a count for this side a moment ago. Look at it, then correct it.")
        after = HandCount(side, ballots, given, before.version + 1)
        rows.put(session, view.id, after, ideas=ideas)
        log_rows.record(
            session,
            view.id,
            actor=badge.label,
            verb="count by hand",
            subject=side,
            details={"ballots": ballots, "dots": {str(number): count for number, count in given.items()}},
            at=clock.now(),
        )
        announce(session, view.id, "turnout", "results", "moderation")
        return after
