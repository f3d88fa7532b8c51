"""``themes``: group the ideas of a workshop, or of a CSV file, and say why they stand together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workshop.cli import answering, place
from workshop.errors import Invalid

if TYPE_CHECKING:
    from workshop.themes import Board, Granularity

_GRANULARITY = ("fewer", "default", "more")
_EVERYTHING = 100_000


def themes(
    *,
    workshop: Annotated[
        str, typer.Option(metavar="CODE", help="The room code of the workshop.", show_default=False)
    ] = "",
    ideas: Annotated[
        Path | None, typer.Option(help="A CSV file with a column “text” or “title”, in place of a workshop.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Put the themes on every screen of the workshop.")] = False,
    granularity: Annotated[str, typer.Option(help="fewer, default or more.")] = "default",
    database: place.DatabaseUrl = "",
    json: answering.Json = False,
) -> None:
    """Group ideas into themes and print their names, sizes and evidence; nothing changes without --apply."""
    chosen = _granularity(granularity)
    if bool(workshop) == bool(ideas) or (ideas and apply):
        raise Invalid("Name a workshop with --workshop (and --apply, if you like), or a file with --ideas.")
    if ideas:
        board, titles = _of_file(ideas, chosen)
        sentence = f"{len(board.themes)} themes, {len(board.not_sure)} of {len(titles)} ideas not sure."
    else:
        board, titles, sentence = _of_workshop(workshop, chosen, database, apply=apply)
    content = _content(board, titles)
    if json:
        answering.document({"applied": apply, "sentence": sentence, **content})
    else:
        _print(content, sentence, applied=apply)


def _of_file(path: Path, granularity: Granularity) -> tuple[Board, dict[str, str]]:
    from workshop import themes as method
    from workshop.services import rehearsal_ideas

    found = rehearsal_ideas.read_ideas(path, most=_EVERYTHING, seed=0)
    texts = [method.Text(f"{place:06}", f"{idea.title}. {idea.pitch}") for place, idea in enumerate(found, start=1)]
    titles = {text.id: f"#{place} {idea.title}" for place, (text, idea) in enumerate(zip(texts, found, strict=True), 1)}
    return method.propose(texts, granularity=granularity), titles


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
                "keywords": list(theme.keywords),
                "ideas": [
                    {
                        "idea": titles[idea],
                        "words": list(board.evidence.words.get(idea, ())),
                        "closest": [titles[other] for other, _ in board.evidence.neighbours.get(idea, ())[:3]],
                    }
                    for idea in theme.idea_ids
                ],
            }
            for theme in board.themes
        ],
        "not_sure": [titles[idea] for idea in board.not_sure],
        "evidence": {
            "model": board.evidence.model,
            "pipeline": board.evidence.pipeline,
            "seed": board.evidence.seed,
            "settings": dict(board.evidence.settings),
        },
    }


def _print(content: dict[str, Any], sentence: str, *, applied: bool) -> None:
    for theme in content["themes"]:
        typer.echo(f"\n{theme['name']}: {theme['size']} ideas. {theme['subtitle']}".rstrip())
        for idea in theme["ideas"]:
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
