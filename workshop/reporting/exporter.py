"""What a report format is: a name and a function from a report to bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workshop.domain.report import Report


@dataclass(frozen=True, slots=True)
class Exporter:
    """One format; ``suffix`` is the end of a file name, without the dot.

    ``render`` is pure: the same report always gives the same bytes, and it never waits for anything.
    """

    name: str
    label: str
    media_type: str
    suffix: str
    render: Callable[[Report], bytes]

    def file_name(self, report: Report) -> str:
        """Return a name that sorts by time and is safe on every disk: ``roundtable-K7QF3M-20181107-1217.pdf``."""
        return f"roundtable-{report.code}-{report.compiled_local:%Y%m%d-%H%M}.{self.suffix}"
