"""Cut the power while the program writes: is everything there that it said is saved?

    python -m tests.bench.power_cut --cuts 200

Needs gcc and Linux. A kill cannot show this, because the system keeps what a killed program wrote. So a program that
opens a new database and writes from several threads is recorded (`recorded_disk.c`: every write, truncation, rename and
synchronisation of its files, in order, together with each row that it says is saved). The record is then done again
up to a random event, and everything that was not synchronised is lost in part, sector by sector, as chance wants
(`recorded_disk.py`). On what is left the database is opened as after a restart; every row that had been said to be
saved is looked for, and its text compared.

At the end of each life the record is replayed as a whole: it must give exactly the files that are really there, so
that nothing the program did was overlooked. The negative control is the same with `synchronous = NORMAL`, which does
not wait for the disk: rows must be missing. What a disk does that lies about synchronising is not shown here.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sqlmodel import select

from tests.bench import recorded_disk
from tests.bench.recorded_disk import RecordedDisk
from tests.storage.rows import a_workshop
from workshop.errors import WorkshopError
from workshop.settings import PROJECT
from workshop.storage import Database, engine
from workshop.storage.tables import Guess, Workshop

THREADS = 4
LONG = 40_000  # letters of every twentieth row, so that commits are of several sizes


def main() -> None:
    options = _options()
    if options.live:
        _live(options.live, options.synchronous[0], options.rows)
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        library = recorded_disk.compiled(Path(folder))
        for mode in options.synchronous:
            print(json.dumps({"synchronous": mode, **measure(Path(folder), library, mode, options)}), flush=True)


def measure(folder: Path, library: Path, mode: str, options: argparse.Namespace) -> dict[str, object]:
    """Several lives, each of them cut at several moments."""
    chance = random.Random(options.seed)
    figures = dict.fromkeys(("cuts", "said_saved", "looked_for", "lost", "cuts_with_loss", "corrupt"), 0)
    began = time.monotonic()
    for life in range(options.lives):
        place = folder / f"{mode}-{life}"
        record = _record_a_life(place, library, mode, options.rows)
        events = list(recorded_disk.read(record))
        said = sum(event.path.endswith("/said") for event in events)
        figures["said_saved"] += said
        for moment, disk, saved in _moments(events, chance, options.cuts // options.lives):
            left = folder / "left"
            _write(disk.after_a_power_cut(chance), place / "room", left)
            lost, damage = _look(left, saved)
            figures["cuts"] += 1
            figures["looked_for"] += len(saved)
            figures["lost"] += lost
            figures["cuts_with_loss"] += lost > 0
            figures["corrupt"] += bool(damage)
            if damage or (lost and mode == "FULL"):
                print(f"life {life}, event {moment} of {len(events)}: {lost} lost. {damage}", file=sys.stderr)
        _must_be_complete(events, place / "room")
        record.unlink()
    return {"lives": options.lives, **figures, "seconds": round(time.monotonic() - began, 1)}


def _record_a_life(place: Path, library: Path, mode: str, rows: int) -> Path:
    (place / "room").mkdir(parents=True)
    record = place / "record"
    environment = os.environ | {
        "LD_PRELOAD": str(library),
        "RECORDED_FOLDER": str(place / "room"),
        "RECORDED_TO": str(record),
    }
    command = [sys.executable, "-m", "tests.bench.power_cut", "--live", str(place / "room")]
    subprocess.run([*command, "--synchronous", mode, "--rows", str(rows)], cwd=PROJECT, env=environment, check=True)
    return record


def _live(folder: Path, mode: str, rows: int) -> None:
    """Open a new database, write from several threads, and say after each row that it is saved. Never closes it."""
    engine._EVERY_CONNECTION = (f"synchronous = {mode}", *engine._EVERY_CONNECTION[1:])
    database = Database.open(_url(folder))
    said = os.open(folder / "said", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    numbers = count()

    def write() -> None:
        while (number := next(numbers)) < rows:
            subject = f"row {number}"
            with database.writing() as session:
                session.add(Guess(subject=subject, last_at=datetime.now(UTC)))
                if number % 20 == 0:
                    a_workshop(session, code=f"{number:06}", join_token=subject, event_text=_text(subject))
            os.write(said, f"{subject}\n".encode())

    threads = [threading.Thread(target=write) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    os._exit(0)


def _moments(events: list[recorded_disk.Event], chance: random.Random, cuts: int):
    """The disk at so many moments, one in ten of them before anything was said, and what had been said by then."""
    first = next(number for number, event in enumerate(events) if event.path.endswith("/said"))
    moments = sorted(
        chance.randrange(first) if number % 10 == 0 else chance.randrange(first, len(events)) for number in range(cuts)
    )
    disk, saved, taken = RecordedDisk(), set(), 0
    for moment in moments:
        for event in events[taken:moment]:
            if event.path.endswith("/said"):
                saved.add(event.data.decode().strip())
            else:
                disk.take(event)
        taken = moment
        yield moment, disk, frozenset(saved)


def _write(files: dict[str, bytes], place: Path, left: Path) -> None:
    """Put the files into an empty folder, but the journal's index, which lives in memory and is always made anew."""
    if left.exists():
        for path in sorted(left.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
    for path, content in files.items():
        if not path.endswith("-shm"):
            there = left / Path(path).relative_to(place)
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(content)


def _look(folder: Path, saved: frozenset[str]) -> tuple[int, str]:
    """Open the database as after a restart: how many rows are missing, and what is wrong with the file."""
    try:
        database = Database.open(_url(folder))
        with database.reading() as session:
            there = set(session.exec(select(Guess.subject)))
            texts = dict(session.exec(select(Workshop.join_token, Workshop.event_text)).all())
        findings = [finding for finding in database.check() if "MB are free" not in finding]
        database.close()
    except WorkshopError as error:
        return len(saved), str(error)
    torn = [subject for subject, text in texts.items() if text != _text(subject)]
    long = {subject for subject in saved if int(subject.split()[1]) % 20 == 0}
    return len((saved - there) | (long - set(texts))), " ".join([*findings, *torn])


def _must_be_complete(events: list[recorded_disk.Event], place: Path) -> None:
    disk = RecordedDisk()
    for event in events:
        if not event.path.endswith("/said"):
            disk.take(event)
    for path, content in disk.whole().items():
        if not path.endswith("-shm") and Path(path).read_bytes() != content:
            raise SystemExit(f"The record is not complete: {path} is not what it says.")
    if not (place / "room.db-wal").exists():
        raise SystemExit("There is no journal: nothing was measured.")


def _text(subject: str) -> str:
    return (subject * (LONG // len(subject)))[:LONG]


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'room.db'}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuts", type=int, default=200)
    parser.add_argument("--lives", type=int, default=5)
    parser.add_argument("--rows", type=int, default=2000, help="rows that are written in each life")
    parser.add_argument("--synchronous", nargs="+", default=["FULL", "NORMAL"], choices=["FULL", "NORMAL", "OFF"])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", default=None, help="where the databases are made")
    parser.add_argument("--live", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
