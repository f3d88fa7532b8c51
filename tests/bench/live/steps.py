"""The changes of steps, as everybody in the room sees them."""

from dataclasses import dataclass, field
from time import perf_counter

from tests.bench.live.figures import Figures


@dataclass
class Change:
    """A step that was opened at a moment, and who of those that were connected has it on the screen by now."""

    key: str
    title: str
    figures: Figures
    waiting: set[str]
    drawing: set[str]
    at: float = field(default_factory=perf_counter)

    def heard(self, who: str) -> None:
        """The headline of the step has arrived."""
        if who in self.waiting:
            self.waiting.discard(who)
            self.figures.took("step_to_headline", self.at)

    def drawn(self, who: str) -> None:
        """Everything that this screen shows in the step is there."""
        if who in self.drawing:
            self.drawing.discard(who)
            self.figures.took("step_to_whole_screen", self.at)

    def lost(self, who: str) -> None:
        """Somebody dropped out meanwhile: when they come back says nothing about this change."""
        self.waiting.discard(who)
        self.drawing.discard(who)
