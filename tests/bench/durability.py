"""Kill the program again and again while it writes: is everything there that it said is saved?

    python -m tests.bench.durability --cycles 1000

Each cycle starts a program that opens the database and writes from several threads; it says “saved” for a row when
`writing()` has ended. After a random time it is killed with SIGKILL. Then the database is opened as after a restart and
every row that was said to be saved is looked for. The early cycles are killed while the database is being made.
`--say-saved-too-early` is the negative control: it says “saved” before the commit, and rows must be missing.
"""

import argparse
import json
import os
import random
import signal
import tempfile
import threading
import time
from datetime import UTC, datetime

from sqlmodel import col, select

from workshop.storage import Database
from workshop.storage.tables import Guess

THREADS = 4


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        url = options.database or f"sqlite:///{folder}/room.db"
        print(json.dumps(measure(url, options.cycles, seed=options.seed, early=options.say_saved_too_early)))


def measure(url: str, cycles: int, *, seed: int, early: bool) -> dict[str, object]:
    chance = random.Random(seed)
    said, lost, findings = 0, 0, 0
    began = time.monotonic()
    for cycle in range(cycles):
        saved = _one_life(url, cycle, chance, early=early)
        missing, wrong = _look(url, cycle, saved)
        said, lost, findings = said + len(saved), lost + missing, findings + wrong
    seconds = round(time.monotonic() - began, 1)
    return {"cycles": cycles, "said_saved": said, "lost": lost, "findings": findings, "seconds": seconds}


def _one_life(url: str, cycle: int, chance: random.Random, *, early: bool) -> set[str]:
    """Start a writer, kill it, and give the rows that it said were saved."""
    listen, say = os.pipe()
    writer = os.fork()
    if writer == 0:
        try:
            os.close(listen)
            _write(url, cycle, say, early=early)
        finally:
            os._exit(1)
    os.close(say)
    heard = b""
    wanted = chance.randint(1, 45) if cycle % 10 else 0  # one life in ten may end before it saved anything
    while heard.count(b"\n") < wanted:
        part = os.read(listen, 65536)
        if not part:
            raise RuntimeError("the writer died by itself, see above")
        heard += part
    time.sleep(chance.uniform(0, 0.01 if wanted else 0.1))
    os.kill(writer, signal.SIGKILL)
    while part := os.read(listen, 65536):
        heard += part
    os.close(listen)
    os.waitpid(writer, 0)
    return set(heard.decode().split())


def _write(url: str, cycle: int, say: int, *, early: bool) -> None:
    database = Database.open(url)

    def write(thread: int) -> None:
        for number in range(1_000_000):
            subject = f"{cycle}-{thread}-{number}"
            with database.writing() as session:
                session.add(Guess(subject=subject, last_at=datetime.now(UTC)))
                if early:
                    os.write(say, f"{subject}\n".encode())
                    time.sleep(0.02)  # so that the kill falls between the word and the commit on any machine
            if not early:
                os.write(say, f"{subject}\n".encode())

    threads = [threading.Thread(target=write, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _look(url: str, cycle: int, saved: set[str]) -> tuple[int, int]:
    """Open the database as after a restart; count what is missing and what the check finds."""
    database = Database.open(url)
    with database.reading() as session:
        there = set(session.exec(select(Guess.subject).where(col(Guess.subject).startswith(f"{cycle}-"))))
    findings = [finding for finding in database.check() if "fsync" not in finding and "MB are free" not in finding]
    database.close()
    return len(saved - there), len(findings)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cycles", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--folder", default=None, help="where the database is made (a disk, not memory)")
    parser.add_argument("--database", default=None, help="another database, such as postgresql://...")
    parser.add_argument("--say-saved-too-early", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
