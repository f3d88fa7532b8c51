"""Several rounds, and what stands in the middle of them."""

import statistics
import sys
from collections.abc import Callable, Sequence
from typing import Any

Values = dict[str, Any]


def repeated(times: int, name: str, play: Callable[[], Values]) -> Values:
    """Play so many rounds; gives each of them and the medians."""
    runs = []
    for number in range(times):
        print(f"{name}: round {number + 1} of {times}", file=sys.stderr, flush=True)
        runs.append(play())
    return {"runs": runs, "median": medians(runs)}


def medians(runs: Sequence[Values]) -> Values:
    """The median of every number that all rounds have, by its place."""
    middle: Values = {}
    for name, value in runs[0].items():
        others = [run.get(name) for run in runs]
        if isinstance(value, dict):
            middle[name] = medians([other if isinstance(other, dict) else {} for other in others])
        elif all(isinstance(other, int | float) for other in others):
            middle[name] = statistics.median(others)
    return middle


def ratios(ours: Values, theirs: Values) -> Values:
    """How many times as long, or as dear, the baseline is."""
    return {
        name: round(theirs["seconds"][name]["p95"] / taken["p95"], 1)
        for name, taken in ours["seconds"].items()
        if name in theirs["seconds"] and taken["p95"]
    }
