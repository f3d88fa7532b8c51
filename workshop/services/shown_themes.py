"""The applied themes as screens and reports show them: the ideas that are on the board now, and why they are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workshop.domain.idea import ShownIdea
from workshop.domain.room import WorkshopView
from workshop.services import shown, theme_versions
from workshop.services.theme_documents import Change
from workshop.services.theme_versions import Version
from workshop.storage import Session
from workshop.themes import Board, Text, Theme
from workshop.themes.names import PLEASE_NAME, shortened

NAMELESS = "A theme without a name"


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme as screens show it: its ideas in the order of their numbers, the most typical idea's title below.

    ``words`` are those that join them, best first, each with the numbers of the ideas that say it.
    ``confidence`` is the share of its ideas that say its name; ``typical`` and ``weakest`` are the numbers of those
    that fit most and least, 0 for none; ``cohesion`` is how alike all are (-1..1).
    """

    id: str
    name: str
    subtitle: str
    words: Mapping[str, tuple[int, ...]]
    colour: int
    locked: bool
    please_name: bool
    confidence: float
    typical: int
    weakest: int
    cohesion: float
    ideas: tuple[ShownIdea, ...]


@dataclass(frozen=True, slots=True)
class ThemesView:
    """The applied themes. ``places`` are map places by idea number, x and y in -1..1; ``why`` are sentences.

    ``pinned`` are the numbers of ideas that stay where they are, ``change`` is what an undo would take back.
    """

    key: str
    version: int
    draft: bool
    themes: tuple[ThemeView, ...]
    not_sure: tuple[ShownIdea, ...]
    places: Mapping[int, tuple[float, float]]
    why: Mapping[int, str]
    pinned: frozenset[int]
    change: Change | None


def of(session: Session, view: WorkshopView) -> ThemesView | None:
    """The applied themes with the ideas that the board shows now; an idea hidden since leaves its theme as well."""
    applied = theme_versions.newest(session, view.id)
    return drawn(view, applied, shown.board(session, view)) if applied.number else None


def drawn(view: WorkshopView, applied: Version, on_board: Iterable[ShownIdea]) -> ThemesView:
    """These themes with those of their ideas that the board shows."""
    board = applied.board
    ideas = {str(idea.id): idea for idea in on_board}
    numbers = {idea_id: idea.number for idea_id, idea in ideas.items()}
    shown_themes = tuple(_shown(theme, board, ideas) for theme in board.themes)
    return ThemesView(
        key=f"{view.id} {applied.number} {'-'.join(map(str, sorted(numbers.values())))}",
        version=applied.number,
        draft=board.draft,
        themes=tuple(theme for theme in shown_themes if theme.ideas or theme.locked),
        not_sure=_numbered(ideas[idea] for idea in board.not_sure if idea in ideas),
        places={numbers[idea]: place for idea, place in board.places.items() if idea in numbers},
        why={number: _why(board, idea_id, numbers) for idea_id, number in numbers.items()},
        pinned=frozenset(numbers[idea] for idea in applied.pins if idea in numbers),
        change=applied.change,
    )


def _shown(theme: Theme, board: Board, ideas: Mapping[str, ShownIdea]) -> ThemeView:
    """A theme speaks through its most typical idea; when that one left the board, its words leave with it."""
    on_board = _numbered(ideas[idea] for idea in theme.idea_ids if idea in ideas)
    borrowed = theme.subtitle == PLEASE_NAME and not theme.locked
    typical = _number(theme.central_id, on_board)
    return ThemeView(
        id=theme.id,
        name=NAMELESS if borrowed and not _is_title(theme.name, on_board) else theme.name,
        subtitle=theme.subtitle if borrowed or typical else "",
        words=_joining(theme, board, on_board),
        colour=theme.colour,
        locked=theme.locked,
        please_name=theme.please_name,
        confidence=theme.confidence,
        typical=typical,
        weakest=_number(theme.weakest_id, on_board),
        cohesion=theme.cohesion,
        ideas=on_board,
    )


def _joining(theme: Theme, board: Board, ideas: Iterable[ShownIdea]) -> dict[str, tuple[int, ...]]:
    """A word that only ideas off the board say is nobody's reason."""
    said = {idea.number: board.evidence.words.get(str(idea.id), ()) for idea in ideas}
    found = {word: tuple(number for number, words in said.items() if word in words) for word in theme.keywords}
    return {word: numbers for word, numbers in found.items() if numbers}


def _number(idea_id: str, ideas: Iterable[ShownIdea]) -> int:
    return next((idea.number for idea in ideas if str(idea.id) == idea_id), 0)


def _is_title(name: str, ideas: Iterable[ShownIdea]) -> bool:
    return any(name == shortened(Text("", f"{idea.title}. ").title) for idea in ideas)


def _why(board: Board, idea: str, numbers: Mapping[str, int]) -> str:
    words = board.evidence.words.get(idea, ())
    near = [f"#{numbers[other]}" for other, _ in board.evidence.neighbours.get(idea, ()) if other in numbers][:3]
    said = f"Says {', '.join(f'“{word}”' for word in words[:3])}. " if words else ""
    return said + (f"Closest to {', '.join(near)}." if near else "")


def _numbered(ideas: Iterable[ShownIdea]) -> tuple[ShownIdea, ...]:
    return tuple(sorted(ideas, key=lambda idea: idea.number))
