"""A board of themes as one JSON document, and back: the only place that knows how it is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from workshop.themes import Board, Evidence, Near, Theme

FORMAT = 1  # documents of before themes had a cohesion lack `weakest`, `cohesion` and `near_themes`


@dataclass(frozen=True, slots=True)
class Change:
    """What a person did: in which version, as a sentence ("merged “A” into “B”"), by whom (a grant's id).

    ``before`` is the version that an undo brings back, 0 for no themes at all.
    """

    version: int
    sentence: str
    by: str
    before: int


def written(board: Board, *, pins: Mapping[str, str], change: Change | None = None, undid: int = 0) -> dict[str, Any]:
    """The board, the moves that people pinned and what they did last, as plain JSON values.

    ``undid`` is the version of the change that was taken back to arrive here.
    """
    return {
        "format": FORMAT,
        "change": None if change is None else asdict(change),
        "undid": undid,
        "draft": board.draft,
        "themes": [
            {
                "id": theme.id,
                "name": theme.name,
                "subtitle": theme.subtitle,
                "keywords": list(theme.keywords),
                "ideas": list(theme.idea_ids),
                "confidence": theme.confidence,
                "colour": theme.colour,
                "locked": theme.locked,
                "central": theme.central_id,
                "weakest": theme.weakest_id,
                "cohesion": theme.cohesion,
            }
            for theme in board.themes
        ],
        "not_sure": list(board.not_sure),
        "places": {idea: list(place) for idea, place in board.places.items()},
        "pins": dict(pins),
        "evidence": {
            "words": {idea: list(words) for idea, words in board.evidence.words.items()},
            "neighbours": {
                idea: [[other, near] for other, near in nearest] for idea, nearest in board.evidence.neighbours.items()
            },
            "near_themes": {
                idea: [[near.theme_id, near.likeness, list(near.words)] for near in themes]
                for idea, themes in board.evidence.near_themes.items()
            },
            "languages": dict(board.evidence.languages),
            "model": board.evidence.model,
            "pipeline": board.evidence.pipeline,
            "seed": board.evidence.seed,
            "settings": dict(board.evidence.settings),
        },
    }


def read(document: Mapping[str, Any]) -> Board:
    """The board in a document."""
    evidence = document["evidence"]
    return Board(
        themes=tuple(
            Theme(
                id=theme["id"],
                name=theme["name"],
                subtitle=theme["subtitle"],
                keywords=tuple(theme["keywords"]),
                idea_ids=tuple(theme["ideas"]),
                confidence=theme["confidence"],
                colour=theme["colour"],
                locked=theme["locked"],
                central_id=theme["central"],
                weakest_id=theme.get("weakest", ""),
                cohesion=theme.get("cohesion", 0.0),
            )
            for theme in document["themes"]
        ),
        not_sure=tuple(document["not_sure"]),
        places={idea: (x, y) for idea, (x, y) in document["places"].items()},
        evidence=Evidence(
            words={idea: tuple(words) for idea, words in evidence["words"].items()},
            neighbours={
                idea: tuple((other, near) for other, near in nearest)
                for idea, nearest in evidence["neighbours"].items()
            },
            near_themes={
                idea: tuple(Near(theme_id, likeness, tuple(words)) for theme_id, likeness, words in themes)
                for idea, themes in evidence.get("near_themes", {}).items()
            },
            languages=evidence["languages"],
            model=evidence["model"],
            pipeline=evidence["pipeline"],
            seed=evidence["seed"],
            settings=evidence["settings"],
        ),
        draft=document["draft"],
    )


def pins(document: Mapping[str, Any]) -> dict[str, str]:
    """The moves that people pinned: idea id to theme id."""
    return dict(document["pins"])


def change(document: Mapping[str, Any], *, version: int, action: str) -> Change | None:
    """What a person did last. Documents of before changes were kept know the action alone, and one step back."""
    if "change" not in document:
        return None if action.startswith("undo") else Change(version, action, "", version - 1)
    kept = document["change"]
    return None if kept is None else Change(**kept)
