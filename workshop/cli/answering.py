"""How commands answer: plain lines for people, one JSON document for programs, one sentence when something is wrong."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from workshop.errors import WorkshopError

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document for a program instead of lines.")]


class Commands(TyperGroup):
    """The commands; an error that is meant to be read becomes its sentence on standard error and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except WorkshopError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(1) from None


def document(content: dict[str, Any]) -> None:
    """Print a JSON document."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))
