"""``report``: a workshop's report as a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from workshop.cli import answering, place
from workshop.errors import Invalid, Unavailable


def report(
    *,
    workshop: place.WorkshopCode,
    out: Annotated[Path, typer.Option(help="Where the file is written; an older one there is replaced.")],
    format: Annotated[str, typer.Option("--format", help="pdf, csv or json.")] = "pdf",  # noqa: A002  its name
    database: place.DatabaseUrl = "",
    json: answering.Json = False,
) -> None:
    """Write the report of a workshop, as it stands at this second, at the workshop's level of anonymity."""
    from workshop.reporting import exporters
    from workshop.services import access, reports

    exporter = exporters.get(format.lower())
    if exporter is None:
        raise Invalid(f"There is no format “{format}”. There are: {', '.join(exporters)}.")
    with place.opened(place.chosen(database)) as db:
        view = place.workshop(db, workshop)
        _, organiser = access.for_command_line(view.id)
        compiled = reports.compile_report(db, organiser)
    content = exporter.render(compiled)
    _write(out, content)
    if json:
        answering.document(
            {"path": str(out), "bytes": len(content), "format": exporter.name, "ideas": len(compiled.ideas)}
        )
    else:
        typer.echo(f"{out}: {len(compiled.ideas)} ideas, {len(content):,} bytes.")


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing: whoever opens the file never sees half a report."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True) if draft.parent.is_dir() else None
        raise Unavailable(f"{path} cannot be written ({error.strerror}). Choose another place with --out.") from error
