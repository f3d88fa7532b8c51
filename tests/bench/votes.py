"""Everybody taps twice at the same moment: is a vote budget ever exceeded?

    python -m tests.bench.votes --rounds 200 [--json]

A room of 64 people, each with 3 of 5 dots used. In even rounds each of them taps two ideas at the same moment, 2 dots
each, though only one of them fits; in odd rounds one idea twice. After each round every person must have used exactly 5
dots, and the counter must say so. Without `--database` it measures SQLite in one process and in two, and PostgreSQL in
two, and then the negative control: count the dots, then insert the vote, without the counter. The control must
overspend, or the measurement would see nothing.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from multiprocessing.managers import SyncManager
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from tests.provision import postgres
from tests.services.room import Room
from workshop.domain.event import StepKind
from workshop.errors import Conflict
from workshop.services import clock, votes
from workshop.services.access import ParticipantBadge
from workshop.storage import Database
from workshop.storage.tables import Participant, Vote

BUDGET, USED, TAP = 5, 3, 2

Way = Callable[[Database, ParticipantBadge, UUID], str]


@dataclass(frozen=True)
class Figures:
    """What was seen. ``overspent`` and ``wrong_counters`` count persons after each round, ``most`` the most dots."""

    database: str
    processes: int
    way: str
    voters: int
    rounds: int
    taps: int
    accepted: int
    refused: int
    errors: int
    overspent: int
    overspent_rounds: int
    short: int
    wrong_counters: int
    most: int
    seconds: float


@dataclass(frozen=True)
class Crowd:
    """The voters of a room, two ideas that hold 3 dots of everybody, and two that everybody taps."""

    workshop_id: UUID
    voters: tuple[ParticipantBadge, ...]
    held: tuple[UUID, UUID]
    tapped: tuple[UUID, UUID]


def cast(db: Database, voter: ParticipantBadge, idea_id: UUID) -> str:
    """The way of the product."""
    try:
        votes.cast(db, voter, idea_id, dots=TAP)
    except Conflict:
        return "refused"
    return "accepted"


def count_then_insert(db: Database, voter: ParticipantBadge, idea_id: UUID) -> str:
    """The negative control: what one writes who trusts a count."""
    with db.reading() as session:
        given = func.coalesce(func.sum(Vote.dots), 0)
        used = session.exec(select(given).where(Vote.participant_id == voter.participant_id)).one()
    if used + TAP > BUDGET:
        return "refused"
    with db.writing() as session:
        if session.get(Vote, (voter.participant_id, idea_id)) is not None:
            return "refused"
        row = Vote(
            participant_id=voter.participant_id,
            idea_id=idea_id,
            workshop_id=voter.workshop_id,
            dots=TAP,
            at=clock.now(),
        )
        session.add(row)
    return "accepted"


def measure(url: str, *, voters: int, rounds: int, processes: int, way: Way = cast) -> Figures:
    """Play the rounds in one or two processes and count, after each, what everybody has used."""
    db = Database.open(url)
    crowd = _crowd(Room(db), voters)
    seen: list[tuple[int, int]] = []
    answers: list[str] = []
    began = time.monotonic()
    with _tappers(url, db, crowd, processes, way) as tap:
        for number in range(rounds):
            _start_again(db, crowd)
            answers += tap(number)
            seen += _used(db, crowd)
    seconds = time.monotonic() - began
    name = db.dialect
    db.close()
    over = [given > BUDGET for given, _ in seen]
    return Figures(
        database=name,
        processes=processes,
        way=way.__name__,
        voters=voters,
        rounds=rounds,
        taps=len(answers),
        accepted=answers.count("accepted"),
        refused=answers.count("refused"),
        errors=len(answers) - answers.count("accepted") - answers.count("refused"),
        overspent=sum(over),
        overspent_rounds=sum(any(over[start : start + voters]) for start in range(0, len(over), voters)),
        short=sum(given < BUDGET for given, _ in seen),
        wrong_counters=sum(given != counter for given, counter in seen) if way is cast else 0,
        most=max(given for given, _ in seen),
        seconds=round(seconds, 1),
    )


def main() -> None:
    options = _options()
    figures = []
    with ExitStack() as databases:
        for url, processes in _databases(options, databases):
            for way, rounds in ((cast, options.rounds), (count_then_insert, options.control_rounds)):
                if rounds:
                    figures.append(measure(url, voters=options.voters, rounds=rounds, processes=processes, way=way))
                    if not options.json:
                        print(_line(figures[-1]), flush=True)
    if options.json:
        print(json.dumps([asdict(each) for each in figures], indent=2))


def _crowd(room: Room, voters: int) -> Crowd:
    people = [room.joins(f"Person {number}", table=number % 10) for number in range(voters)]
    room.opens(StepKind.SHARE)
    held, other, left, right = (room.has_sent(people[n], f"Idea {n}", published=True).id for n in range(4))
    room.opens(StepKind.VOTE)
    return Crowd(room.id, tuple(people), (held, other), (left, right))


def _start_again(db: Database, crowd: Crowd) -> None:
    """Everybody has given 2 dots to one idea and 1 to another, and nothing else."""
    with db.writing() as session:
        session.connection().execute(delete(Vote).where(col(Vote.workshop_id) == crowd.workshop_id))
        session.connection().execute(
            update(Participant).where(col(Participant.workshop_id) == crowd.workshop_id).values(dots_used=USED)
        )
        for voter in crowd.voters:
            for idea_id, dots in zip(crowd.held, (2, 1), strict=True):
                row = Vote(
                    participant_id=voter.participant_id,
                    idea_id=idea_id,
                    workshop_id=crowd.workshop_id,
                    dots=dots,
                    at=clock.now(),
                )
                session.add(row)


def _used(db: Database, crowd: Crowd) -> list[tuple[int, int]]:
    """What each person has given, by the votes and by the counter."""
    with db.reading() as session:
        statement = (
            select(func.sum(Vote.dots), Participant.dots_used)
            .join(Participant, col(Participant.id) == col(Vote.participant_id))
            .where(Vote.workshop_id == crowd.workshop_id)
            .group_by(col(Participant.id), col(Participant.dots_used))
        )
        return [(int(given), counter) for given, counter in session.exec(statement)]


@contextmanager
def _tappers(url: str, db: Database, crowd: Crowd, processes: int, way: Way) -> Iterator[Callable[[int], list[str]]]:
    """How to play the taps of one round: both taps of everybody here, or one of them in each of two processes."""
    if processes == 1:
        with ThreadPoolExecutor(2 * len(crowd.voters)) as pool:
            yield lambda number: _tap(db, crowd, number, fingers=(0, 1), way=way, pool=pool)
        return
    spawn = multiprocessing.get_context("spawn")
    with SyncManager(ctx=spawn) as shared:
        start, orders = spawn.Barrier(processes), [spawn.SimpleQueue() for _ in range(processes)]
        answers: Any = shared.Queue()
        children = [
            spawn.Process(target=_child, args=(url, crowd, finger, way, start, (orders[finger], answers)))
            for finger in range(processes)
        ]
        for child in children:
            child.start()

        def tap(number: int) -> list[str]:
            for order in orders:
                order.put(number)
            return [answer for _ in children for answer in answers.get(timeout=120)]

        yield tap
        for order, child in zip(orders, children, strict=True):
            order.put(None)
            child.join()


def _child(url: str, crowd: Crowd, finger: int, way: Way, start: Any, talk: tuple[Any, Any]) -> None:
    orders, answers = talk
    db = Database.open(url)
    with ThreadPoolExecutor(len(crowd.voters)) as pool:
        while (number := orders.get()) is not None:
            start.wait(timeout=60)
            answers.put(_tap(db, crowd, number, fingers=(finger,), way=way, pool=pool))
    db.close()


def _tap(
    db: Database, crowd: Crowd, number: int, *, fingers: tuple[int, ...], way: Way, pool: ThreadPoolExecutor
) -> list[str]:
    start = threading.Barrier(len(crowd.voters) * len(fingers))

    def one(voter: ParticipantBadge, finger: int) -> str:
        idea_id = crowd.tapped[finger if number % 2 == 0 else 0]
        start.wait(timeout=60)
        try:
            return way(db, voter, idea_id)
        except Exception as error:  # noqa: BLE001  counted and shown
            return repr(error)

    taps = [pool.submit(one, voter, finger) for voter in crowd.voters for finger in fingers]
    return [tap.result() for tap in taps]


def _databases(options: argparse.Namespace, open_until_end: ExitStack) -> Iterator[tuple[str, int]]:
    if options.database:
        yield options.database, options.processes
        return
    folder = Path(open_until_end.enter_context(tempfile.TemporaryDirectory(prefix="roundtable-votes-")))
    yield f"sqlite:///{folder / 'room.db'}", 1
    yield f"sqlite:///{folder / 'room.db'}", 2
    home = folder / "postgres"
    home.mkdir()
    folder.chmod(0o755)
    server = postgres.shared_server(home)
    open_until_end.callback(postgres.stop_shared_server, home)
    yield open_until_end.enter_context(postgres.fresh_database(server)), 2


def _line(figures: Figures) -> str:
    return (
        f"{figures.database:<10} {figures.processes} process{'es' if figures.processes > 1 else '  '} "
        f"{figures.way:<17} {figures.rounds:>4} rounds {figures.taps:>6} taps: {figures.accepted:>6} accepted, "
        f"{figures.refused:>6} refused, {figures.errors} errors; overspent {figures.overspent} persons in "
        f"{figures.overspent_rounds} rounds (most {figures.most} of {BUDGET}), {figures.short} short, "
        f"{figures.wrong_counters} wrong counters; {figures.seconds} s"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--voters", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--control-rounds", type=int, default=20, help="rounds of the negative control, 0 for none")
    parser.add_argument("--database", default=None, help="one database of yours, such as postgresql://...")
    parser.add_argument("--processes", type=int, choices=(1, 2), default=1, help="with --database")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
