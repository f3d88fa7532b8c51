"""What was measured: times by name, counts, sentences of what went wrong."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any


@dataclass
class Figures:
    """``seconds`` by name, ``counts`` by name, ``errors`` and refusals by sentence, ``gave_up`` the phones that did."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    gave_up: set[str] = field(default_factory=set)
    recording: bool = True

    def took(self, name: str, since: float) -> None:
        """Something that began at ``since`` is done."""
        self.add(name, perf_counter() - since)

    def add(self, name: str, seconds: float) -> None:
        if self.recording:
            self.seconds[name].append(seconds)

    @contextmanager
    def trying(self, who: str, what: str) -> Iterator[None]:
        """What goes wrong inside is counted, and the room goes on; who waited too long has given up."""
        try:
            yield
        except TimeoutError:
            self.errors[f"{what}: no answer in time"] += 1
            self.gave_up.add(who)
        except (OSError, EOFError, LookupError, ValueError) as error:
            self.errors[f"{what}: {type(error).__name__} {error}"[:160]] += 1

    def summary(self) -> dict[str, Any]:
        """Plain values: seconds as p50, p95, longest and how many."""
        return {
            "seconds": {name: spread(values) for name, values in sorted(self.seconds.items())},
            "counts": {name: number for name, number in sorted(self.counts.items()) if number},
            "errors": dict(self.errors.most_common(20)),
            "errors_in_all": self.errors.total(),
            "gave_up": len(self.gave_up),
        }


def spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "p50": round(statistics.median(ordered), 4),
        "p95": round(ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 4),
        "longest": round(ordered[-1], 4),
        "of": len(ordered),
    }
