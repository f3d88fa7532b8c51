"""The room as the bench knows it: who is in it, which step was opened last, which ideas the wall has to show."""

from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from tests.bench.live.figures import Figures
from tests.bench.live.place import Place
from tests.bench.live.steps import Change
from tests.bench.live.tab import Tab


class Participant(Protocol):
    """Somebody with a phone, whatever the phone is made of."""

    name: str
    tab: Tab

    @property
    def live(self) -> bool:
        """Whether it shows what happens in the room."""

    @property
    def heard(self) -> tuple[int, int]:
        """Updates that came because of others, and their bytes."""

    async def arrive(self) -> None: ...
    async def write(self, title: str) -> None: ...
    async def publish(self) -> None: ...
    async def vote(self) -> None: ...
    async def ready(self) -> None: ...
    async def drop(self, *, away: float, reload: bool) -> None: ...
    def leave(self) -> None: ...


@dataclass
class Room:
    """One workshop. ``step`` counts the steps of its place."""

    place: Place
    figures: Figures
    phones: list[Participant] = field(default_factory=list)
    change: Change | None = None
    step: int = 0
    _sent: dict[int, float] = field(default_factory=dict)
    _shown: dict[int, float] = field(default_factory=dict)

    def begin_change(self, number: int, *, screens: set[str]) -> Change:
        """The moderator opens a step at this moment."""
        self.forget_change()
        self.step = number
        step = self.place.steps[number]
        listening = {phone.name for phone in self.phones if phone.live}
        self.change = Change(step.key, step.title, self.figures, set(listening), listening | screens)
        return self.change

    def forget_change(self) -> None:
        """Whoever has not seen the step by now has missed it."""
        if self.change is not None:
            self.figures.counts["step not seen"] += len(self.change.waiting)
            self.figures.counts["step not drawn"] += len(self.change.drawing)
        self.change = None

    def sent(self, number: int, at: float) -> None:
        """An idea got its number; it was sent at that moment."""
        self._sent[number] = at
        self._compare(number)

    def wall_shows(self, ideas: int) -> None:
        """The wall counts so many ideas; numbers are given in order, so those are on it."""
        now = perf_counter()
        for number in range(len(self._shown) + 1, ideas + 1):
            self._shown[number] = now
            self._compare(number)

    @property
    def missing_on_the_wall(self) -> int:
        """Ideas that have a number and are not counted by the wall."""
        return len(self._sent.keys() - self._shown.keys())

    def _compare(self, number: int) -> None:
        if number in self._sent and number in self._shown:
            self.figures.add("idea_to_wall", self._shown[number] - self._sent[number])
