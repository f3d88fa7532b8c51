"""The command line: the same services as the screens, for whoever has a shell on the machine.

Every command loads what it needs when it is called, so that ``--help`` and ``serve`` answer at once.
"""

from __future__ import annotations

import typer

from workshop.cli import backup, doctor, links, purge, rehearse, report, serve, themes
from workshop.cli.answering import Commands

app = typer.Typer(
    cls=Commands,
    help="Roundtable: one co-creation session, from the code on the wall to the report.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command("serve")(serve.serve)
app.command("links")(links.links)
app.command("rehearse")(rehearse.rehearse)
app.command("themes")(themes.themes)
app.command("report")(report.report)
app.command("backup")(backup.backup)
app.command("purge")(purge.purge)
app.command("doctor")(doctor.doctor)
