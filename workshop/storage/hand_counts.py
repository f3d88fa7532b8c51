"""Hand counts: set values per side, apart from the votes that people cast themselves."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from workshop.domain.hand_count import CountedByHand, HandCount
from workshop.storage.tables import HandCount as CountRow
from workshop.storage.tables import HandDots, Idea
from workshop.storage.votes import on_the_board


def of(session: Session, workshop_id: UUID) -> dict[str, HandCount]:
    """What was counted, by side; dots on ideas that stand on the board."""
    counted = _dots(session, workshop_id)
    rows = session.exec(select(CountRow).where(CountRow.workshop_id == workshop_id).order_by(col(CountRow.side)))
    return {
        row.side: HandCount(
            row.side,
            row.ballots,
            {number: by_side[row.side] for number, by_side in counted.items() if row.side in by_side},
            row.version,
        )
        for row in rows
    }


def together(session: Session, workshop_id: UUID) -> CountedByHand:
    """All of it, for whoever shows results."""
    counted = ballots(session, workshop_id)
    return CountedByHand(counted, _dots(session, workshop_id) if counted else {})


def ballots(session: Session, workshop_id: UUID) -> dict[str, int]:
    """How many ballots were counted, by side; sides without any are left out."""
    rows = session.exec(select(CountRow.side, CountRow.ballots).where(CountRow.workshop_id == workshop_id))
    return {side: number for side, number in rows if number}


def put(session: Session, workshop_id: UUID, count: HandCount, *, ideas: Mapping[int, UUID]) -> None:
    """Write what was counted for one side, over what was there. ``ideas`` gives the ids by number."""
    connection = session.connection()
    row = session.get(CountRow, (workshop_id, count.side))
    if row is None:
        session.add(CountRow(workshop_id=workshop_id, side=count.side, ballots=count.ballots, version=count.version))
    else:
        row.ballots, row.version = count.ballots, count.version
        session.add(row)
    session.flush()
    # Dots on ideas that are off the board stay as they were: they count again when the idea returns.
    mine = col(HandDots.workshop_id) == workshop_id, col(HandDots.side) == count.side
    connection.execute(delete(HandDots).where(*mine, col(HandDots.idea_id).in_(list(ideas.values()))))
    new = [
        {"idea_id": ideas[number], "side": count.side, "workshop_id": workshop_id, "dots": dots}
        for number, dots in count.dots.items()
    ]
    if new:
        connection.execute(insert(HandDots), new)


def _dots(session: Session, workshop_id: UUID) -> dict[int, dict[str, int]]:
    statement = (
        select(Idea.number, HandDots.side, HandDots.dots)
        .join(HandDots, col(HandDots.idea_id) == col(Idea.id))
        .where(HandDots.workshop_id == workshop_id, *on_the_board())
        .order_by(col(Idea.number))
    )
    dots: dict[int, dict[str, int]] = {}
    for number, side, given in session.exec(statement):
        dots.setdefault(number, {})[side] = given
    return dots
