"""One read per key, whoever asks; a failure is told and forgotten; memory is bounded."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from workshop.live import Once


def test_a_hundred_who_ask_at_once_read_once() -> None:
    once: Once[str, int] = Once(most=4)
    reads: list[int] = []
    start = threading.Barrier(20)

    def read() -> int:
        reads.append(1)
        time.sleep(0.05)
        return 42

    def ask() -> int:
        start.wait()
        return once.get("board 7", read)

    with ThreadPoolExecutor(20) as pool:
        answers = [future.result() for future in [pool.submit(ask) for _ in range(20)]]
    assert answers == [42] * 20
    assert len(reads) == 1


def test_a_failed_read_is_told_to_all_and_tried_again_by_the_next() -> None:
    once: Once[str, int] = Once(most=4)

    def fail() -> int:
        raise RuntimeError("no database")

    with pytest.raises(RuntimeError):
        once.get("key", fail)
    assert once.get("key", lambda: 1) == 1


def test_the_oldest_answer_is_forgotten_first() -> None:
    once: Once[int, int] = Once(most=2)
    for key in (1, 2):
        once.get(key, lambda key=key: key)
    once.get(1, lambda: -1)
    once.get(3, lambda: 3)
    assert once.get(1, lambda: -1) == 1
    assert once.get(2, lambda: -2) == -2


def test_of_each_thing_only_the_newest_revision_is_kept() -> None:
    once: Once[str, str] = Once(most=4)
    assert once.get("board", lambda: "first", revision=(1, 1)) == "first"
    assert once.get("board", lambda: "second", revision=(1, 2)) == "second"
    assert once.get("board", lambda: "read again", revision=(1, 1)) == "read again", "the first was thrown away"
    assert once.get("board", lambda: "never read", revision=(1, 2)) == "second", "an older one does not take its place"
