"""Ten thousand hostile texts through every format of the report: ``python -m tests.bench.hostile_reports [10000]``.

Each text is the title of one idea and stands in every other field as well; a room holds 500 of them. Every file is
opened again and compared with its report, and searched for formulas, links, scripts and lost texts.
"""

from __future__ import annotations

import sys
import time

from tests.browser.hostile import texts
from tests.reporting.rooms import with_texts
from tests.reporting.unharmed import harms
from workshop.domain.idea import PITCH
from workshop.reporting import exporters

IN_A_ROOM, _SHOWN = 500, 5


def main(count: int) -> int:
    found: dict[str, list[str]] = {name: [] for name in exporters}
    size, seconds = dict.fromkeys(exporters, 0), dict.fromkeys(exporters, 0.0)
    typed = list(dict.fromkeys(text[:PITCH] for text in texts(count + count // 8)))[:count]
    for first in range(0, len(typed), IN_A_ROOM):
        room = tuple(typed[first : first + IN_A_ROOM])
        report = with_texts(room)
        for name, exporter in exporters.items():
            started = time.process_time()
            content = exporter.render(report)
            seconds[name] += time.process_time() - started
            size[name] += len(content)
            found[name] += harms(name, content, report, room)
        print(f"{first + len(room)} texts: {sum(map(len, found.values()))} harms", flush=True)
    print(f"{len(typed)} texts, {-(-len(typed) // IN_A_ROOM)} files of each format")
    for name, sentences in found.items():
        print(f"{name:<12}{len(sentences):>6} harms{size[name] / 1e6:>9.1f} MB{seconds[name]:>9.1f} s to build")
        print("".join(f"    {sentence[:200]}\n" for sentence in sentences[:_SHOWN]), end="")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
