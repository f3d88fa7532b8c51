"""``report``: a workshop's report as a file, or in every format at once, each opened again when it is asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workshop.cli import answering, place
from workshop.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from workshop.domain.report import Report
    from workshop.reporting.exporter import Exporter

ALL = "all"


def report(
    *,
    workshop: place.WorkshopCode,
    out: Annotated[Path, typer.Option(help="Where the file is written; with --format all, the folder for all files.")],
    format: Annotated[str, typer.Option("--format", help="pdf, html, csv, json and others, or all.")] = "pdf",  # noqa: A002  its name
    verify: Annotated[bool, typer.Option("--verify", help="Open every file again and compare what it says.")] = False,
    database: place.DatabaseUrl = "",
    json: answering.Json = False,
) -> None:
    """Write the report of a workshop, as it stands at this second, at the workshop's level of anonymity."""
    chosen = _exporters(format.lower())
    compiled = _compiled(workshop, database)
    files = [(exporter, _place(exporter, compiled, out, every=format.lower() == ALL)) for exporter in chosen]
    written = [(exporter, path, _write(path, exporter.render(compiled))) for exporter, path in files]
    differences = _compared(compiled, written) if verify else []
    if json:
        told = [{"path": str(path), "bytes": size, "format": exporter.name} for exporter, path, size in written]
        first = told[0] if len(told) == 1 else {"files": told}
        answering.document({**first, "ideas": len(compiled.ideas), **({"differences": differences} if verify else {})})
    else:
        for _, path, size in written:
            typer.echo(f"{path}: {len(compiled.ideas)} ideas, {size:,} bytes.")
        _say(differences, written, verify=verify)
    if differences:
        raise typer.Exit(1)


def _exporters(name: str) -> list[Exporter]:
    from workshop.reporting import exporters

    if name == ALL:
        return list(exporters.values())
    if name not in exporters:
        raise Invalid(f"There is no format “{name}”. There are: {', '.join((*exporters, ALL))}.")
    return [exporters[name]]


def _compiled(workshop: str, database: str) -> Report:
    from workshop.services import access, reports

    with place.opened(place.chosen(database)) as db:
        view = place.workshop(db, workshop)
        _, organiser = access.for_command_line(view.id)
        return reports.compile_report(db, organiser)


def _place(exporter: Exporter, compiled: Report, out: Path, *, every: bool) -> Path:
    if not every:
        return out
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unavailable(f"{out} cannot be a folder ({error.strerror}). Choose another place with --out.") from error
    return out / exporter.file_name(compiled)


def _compared(compiled: Report, written: list[tuple[Exporter, Path, int]]) -> list[str]:
    from workshop.reporting import verifying

    return [
        sentence
        for exporter, path, _ in written
        for sentence in verifying.differences(compiled, exporter.name, path.read_bytes())
    ]


def _say(differences: list[str], written: list[tuple[Exporter, Path, int]], *, verify: bool) -> None:
    for sentence in differences:
        typer.echo(sentence, err=True)
    if verify and not differences:
        from workshop.reporting.words import count

        typer.echo(f"Opened {count(len(written), 'file')} again: no difference in ideas, votes and names.")


def _write(path: Path, content: bytes) -> int:
    """All of it or nothing: whoever opens the file never sees half a report. Return its size."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True) if draft.parent.is_dir() else None
        raise Unavailable(f"{path} cannot be written ({error.strerror}). Choose another place with --out.") from error
    return len(content)
