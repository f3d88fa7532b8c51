"""Time, memory and size of every report format, for rooms of 60 and of 1,000 ideas.

Each figure is the median of three runs, each in a process of its own: ``python -m tests.bench.reports``. The time is
that of the processor, so that other work of the machine does not count, for the first file of a process, with the
loading of the library in it; memory is the most that the process ever held, less what it held before. Files that differ
between the processes are told.
"""

from __future__ import annotations

import hashlib
import json
import resource
import subprocess
import sys
import time
from statistics import median
from typing import Any

from tests.reporting.rooms import a_report, with_consortia
from workshop.reporting import exporters

ROOMS = {60: 60, 1000: 300}
"""People in a room, by its ideas."""

RUNS = 3


def main() -> None:
    print(f"{'format':<12}{'ideas':>6}{'CPU s':>9}{'MB more':>9}{'kB':>8}")
    for ideas in ROOMS:
        for name in exporters:
            runs = [_in_a_process(name, ideas) for _ in range(RUNS)]
            seconds, memory, size = (median(run[key] for run in runs) for key in ("seconds", "memory", "size"))
            told = "" if len({run["sha256"] for run in runs}) == 1 else "  not the same bytes"
            print(f"{name:<12}{ideas:>6}{seconds:>9.2f}{memory / 1024:>9.0f}{size / 1000:>8.0f}{told}", flush=True)


def _in_a_process(name: str, ideas: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.reports", name, str(ideas)]
    measured: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return measured


def _measure(name: str, ideas: int) -> None:
    report = with_consortia(a_report(ideas, ROOMS[ideas]))
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    content = exporters[name].render(report)
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    figures = {"seconds": seconds, "memory": memory, "size": len(content)}
    print(json.dumps({**figures, "sha256": hashlib.sha256(content).hexdigest()}))


if __name__ == "__main__":
    _measure(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 1 else main()
