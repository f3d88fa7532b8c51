"""Whether a written report says what the report says: every file is opened again and compared.

A deck shows a part of the ideas, so only those that it shows are compared; in a PDF letters are compared, because lines
break anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from workshop.domain.report import Report
from workshop.reporting.found import Found, names_in, one_line
from workshop.reporting.reading_files import READERS


def differences(report: Report, name: str, content: bytes) -> list[str]:
    """Return a sentence per difference between a file in the format *name* and its report; none: they agree."""
    try:
        found = READERS[name](content, report)
    except Exception as error:  # noqa: BLE001  whatever a library says of a broken file is the finding
        return [f"{name}: the file cannot be read ({type(error).__name__}: {error})."]
    return [f"{name}: {sentence}" for sentence in _differences(report, found)]


def _differences(report: Report, found: Found) -> Iterator[str]:
    titles = {idea.number: one_line(idea.title) for idea in report.ideas}
    if found.ideas is not None:
        yield from _ideas(titles, found.ideas, every=found.every_idea)
    dots = {
        number: tuple(voted.dots[side.key] for side in report.event.sides)
        for number, voted in report.votes.items()
        if number in titles
    }
    if found.dots is not None:
        yield from _dots(dots, found.dots)
    if found.names is not None:
        wanted = names_in(report) if found.wanted is None else found.wanted
        yield from (f"the name “{name}” is missing." for name in sorted(wanted - found.names))
        yield from (f"the name “{name}” is not in the report." for name in sorted(found.names - wanted))


def _ideas(titles: dict[int, str], found: dict[int, str], *, every: bool) -> Iterator[str]:
    for number, title in titles.items():
        if number not in found:
            if every:
                yield f"idea #{number} is missing."
        elif one_line(found[number]) not in {title, f"'{title}"}:
            yield f"idea #{number} is called “{one_line(found[number])}”; the report says “{title}”."
    yield from (f"idea #{number} is not in the report." for number in sorted(found.keys() - titles.keys()))


def _dots(wanted: dict[int, tuple[int, ...]], found: dict[int, tuple[int, ...]]) -> Iterator[str]:
    for number in sorted(wanted.keys() | found.keys()):
        if wanted.get(number) != found.get(number):
            yield f"idea #{number} has {_told(found.get(number))}; the report says {_told(wanted.get(number))}."


def _told(dots: tuple[int, ...] | None) -> str:
    return "no votes" if dots is None else f"{' + '.join(map(str, dots))} dots"
