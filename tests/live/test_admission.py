"""Turns: one at a time, the most urgent first, and nobody can stop the room."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from workshop.live import Admission

FOR_EVER = 60.0


class Guest(threading.Thread):
    """A thread that takes one turn and stays until it is let go."""

    def __init__(self, admission: Admission, rank: int = 0, order: list[int] | None = None) -> None:
        super().__init__(daemon=True)
        self.inside, self.go = threading.Event(), threading.Event()
        self._admission, self._rank, self._order = admission, rank, order
        self.start()

    def run(self) -> None:
        with self._admission.turn(self._rank):
            if self._order is not None:
                self._order.append(self._rank)
            self.inside.set()
            self.go.wait(10)

    def leaves(self) -> None:
        self.go.set()
        self.join(10)


def test_only_one_is_inside() -> None:
    admission = Admission(patience=FOR_EVER)
    inside, most = 0, 0
    lock = threading.Lock()

    def come_and_go() -> None:
        nonlocal inside, most
        for _ in range(20):
            with admission.turn():
                with lock:
                    inside += 1
                    most = max(most, inside)
                time.sleep(0.0002)
                with lock:
                    inside -= 1

    threads = [threading.Thread(target=come_and_go) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == 1
    assert len(admission) == 0


def test_the_most_urgent_comes_first_and_equals_in_their_order() -> None:
    admission, order = Admission(patience=FOR_EVER), list[int]()
    first = Guest(admission)
    assert first.inside.wait(5)
    waiting = []
    for rank in (2, 1, 2, 0):
        waiting.append(Guest(admission, rank, order))
        until(lambda: len(admission) == len(waiting))
    for guest in waiting:
        guest.go.set()
    first.leaves()
    for guest in waiting:
        guest.join(10)
    assert order == [0, 1, 2, 2]


def test_a_turn_within_a_turn_does_not_wait_for_itself() -> None:
    admission = Admission(patience=FOR_EVER)
    with admission.turn(), admission.turn(2):
        assert len(admission) == 0
    with admission.turn():
        pass


def test_a_run_that_fails_gives_its_turn_back() -> None:
    admission = Admission(patience=FOR_EVER)
    with suppress(ValueError), admission.turn():
        raise ValueError
    next_one = Guest(admission)
    assert next_one.inside.wait(5)
    next_one.leaves()


def test_who_stays_too_long_holds_nobody_up() -> None:
    admission = Admission(patience=0.05)
    long = Guest(admission)
    assert long.inside.wait(5)
    others = [Guest(admission) for _ in range(3)]
    for guest in others:
        assert guest.inside.wait(5)
    long.leaves()
    for guest in others:
        guest.leaves()
    assert len(admission) == 0


def test_who_stayed_too_long_takes_nothing_from_the_next_when_it_leaves() -> None:
    admission = Admission(patience=0.3)
    long = Guest(admission)
    assert long.inside.wait(5)
    second = Guest(admission)
    assert second.inside.wait(5)
    third = Guest(admission)
    until(lambda: len(admission) == 1)
    long.leaves()
    assert not third.inside.is_set()
    second.leaves()
    assert third.inside.wait(5)
    third.leaves()


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.002)
