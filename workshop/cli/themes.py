"""``themes``: group the ideas of a workshop, or of a CSV file, and say why they stand together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workshop.cli import answering, labelled_texts, place
from workshop.cli.labelled_texts import LabelledText
from workshop.errors import Invalid

if TYPE_CHECKING:
    from workshop.themes import Board, Granularity

_GRANULARITY = ("fewer", "default", "more")


def themes(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE.csv]", help="A CSV file, one idea per row, in place of a workshop.", show_default=False
        ),
    ] = None,
    *,
    text: Annotated[
        str, typer.Option(metavar="COLUMN", help="The column with the texts; else “text”, or “title” and “pitch”.")
    ] = "",
    label: Annotated[
        str,
        typer.Option(metavar="COLUMN", help="A column with known groups: says how well the themes find them again."),
    ] = "",
    workshop: Annotated[
        str, typer.Option(metavar="CODE", help="The room code of the workshop.", show_default=False)
    ] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Put the themes on every screen of the workshop.")] = False,
    granularity: Annotated[str, typer.Option(help="fewer, default or more.")] = "default",
    database: place.DatabaseUrl = "",
    json: answering.Json = False,
) -> None:
    """Group ideas into themes and print their names, sizes and evidence; nothing changes without --apply."""
    chosen = _granularity(granularity)
    if bool(workshop) == bool(file) or (file and apply) or (workshop and (text or label)):
        raise Invalid("Name a workshop with --workshop (and --apply, if you like), or a file, with --text and --label.")
    agreement: dict[str, float | None] = {"ari": None, "nmi": None}
    if file:
        rows = labelled_texts.read(file, text=text, label=label)
        board, titles = _grouped(rows, chosen)
        sentence = f"{len(board.themes)} themes, {len(board.not_sure)} of {len(titles)} ideas not sure."
        if label:
            agreement = labelled_texts.agreement(rows, board.theme_of())
            sentence += f" Adjusted Rand index {agreement['ari']:.3f}, NMI {agreement['nmi']:.3f}."
    else:
        board, titles, sentence = _of_workshop(workshop, chosen, database, apply=apply)
    content = _content(board, titles)
    if json:
        answering.document({"applied": apply, "sentence": sentence, **agreement, **content})
    else:
        _print(content, sentence, applied=apply)


def _grouped(rows: Sequence[LabelledText], granularity: Granularity) -> tuple[Board, dict[str, str]]:
    from workshop import themes as method

    board = method.propose([method.Text(row.id, row.text) for row in rows], granularity=granularity)
    return board, {row.id: f"#{row.number} {row.title}" for row in rows}


def _of_workshop(
    code: str, granularity: Granularity, database: str, *, apply: bool
) -> tuple[Board, dict[str, str], str]:
    from workshop.services import access, ideas
    from workshop.services import themes as verbs

    with place.opened(place.chosen(database)) as db:
        view = place.workshop(db, code)
        moderator, _ = access.for_command_line(view.id)
        titles = {str(idea.id): f"#{idea.number} {idea.title}" for idea in ideas.board(db, moderator)}
        proposal = verbs.suggest(db, moderator, granularity=granularity)
        if apply:
            verbs.apply(db, moderator, proposal)
    return proposal.board, titles, proposal.sentence


def _content(board: Board, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "draft": board.draft,
        "themes": [
            {
                "name": theme.name,
                "subtitle": theme.subtitle,
                "size": len(theme.idea_ids),
                "confidence": round(theme.confidence, 3),
                "members": [
                    {
                        "idea": titles[idea],
                        "words": list(board.evidence.words.get(idea, ())),
                        "closest": [titles[other] for other, _ in board.evidence.neighbours.get(idea, ())[:3]],
                    }
                    for idea in theme.idea_ids
                ],
                "evidence": {
                    "words": list(theme.keywords),
                    "typical": titles.get(theme.central_id, ""),
                    "weakest": titles.get(theme.weakest_id, ""),
                    "cohesion": round(theme.cohesion, 3),
                },
            }
            for theme in board.themes
        ],
        "not_sure": [titles[idea] for idea in board.not_sure],
        "method": {
            "model": board.evidence.model,
            "pipeline": board.evidence.pipeline,
            "seed": board.evidence.seed,
            "settings": dict(board.evidence.settings),
        },
    }


def _print(content: dict[str, Any], sentence: str, *, applied: bool) -> None:
    for theme in content["themes"]:
        typer.echo(f"\n{theme['name']}: {theme['size']} ideas. {theme['subtitle']}".rstrip())
        for idea in theme["members"]:
            because = f"   says {', '.join(idea['words'][:3])}" if idea["words"] else ""
            typer.echo(f"  {idea['idea']}{because}")
    if content["not_sure"]:
        typer.echo(f"\nNot sure: {len(content['not_sure'])} ideas.")
        for idea in content["not_sure"]:
            typer.echo(f"  {idea}")
    typer.echo(f"\n{sentence}{' Applied: they are on every screen.' if applied else ''}")


def _granularity(text: str) -> Granularity:
    for known in _GRANULARITY:
        if text == known:
            return known  # type: ignore[return-value]  # the three words of the method
    raise Invalid(f"Choose {', '.join(_GRANULARITY)} for --granularity; “{text}” is none of them.")
