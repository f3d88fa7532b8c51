"""A theme parted by what its ideas say: computed from what the screens show, then done to the themes as they are."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workshop import themes as method
from workshop.errors import Conflict, NotFound
from workshop.services import shown, theme_conflicts, theme_vectors, theme_versions, turn
from workshop.services.access import ModeratorBadge
from workshop.storage import Database
from workshop.themes import Board, OpenBoard, Theme, edits
from workshop.themes.open_board import Setup, opened

_CHANGED = "The ideas of this theme were changed a moment ago. Look at it as it is now, then split it again."


@dataclass(frozen=True, slots=True)
class Parts:
    """What becomes of a theme: the part that keeps its id and name, the new ones, and why their ideas are there."""

    kept: Theme
    made: tuple[Theme, ...]
    after: OpenBoard


def parts(db: Database, moderator: ModeratorBadge, theme_id: str, *, into: int, seen: int) -> Parts | None:
    """Part the ideas that are on the board; None where nothing is left to part. Writes nothing but vectors of texts.

    Raises Invalid for fewer ideas than parts.
    """
    with db.reading() as session:
        view = turn.look(session, moderator.workshop_id)
        now = theme_versions.newest(session, view.id)
        before = theme_versions.at(session, view.id, seen)
        ideas = shown.board(session, view)
    there = {theme.id for theme in now.board.themes}
    if theme_id not in there or theme_conflicts.is_split(before.board, now.board, theme_id):
        return None
    homes = now.board.theme_of()
    texts = tuple(text for text in map(theme_vectors.text_of, ideas) if text.id in homes)
    vectors = theme_vectors.of(db, texts)
    embedder = method.embedder_for(texts, vectors)
    setup = Setup(
        tuple(view.event.languages),
        theme_vectors.said_everywhere(view.event),
        now.board.evidence.seed,
        embedder,
        vectors,
    )
    on_screen = _only(now.board, frozenset(text.id for text in texts))
    after = opened(on_screen, texts, setup, pins=now.pins, before=None).split(theme_id, into=into)
    return Parts(
        kept=edits.existing(after, theme_id),
        made=tuple(theme for theme in after.themes if theme.id not in there),
        after=after,
    )


def parted(board: Board, found: Parts | None) -> Board:
    """The themes with that one parted; ideas that were moved out of it meanwhile stay where they were put."""
    if found is None:
        raise NotFound("This theme does not exist (any more).")
    inside = set(edits.existing(board, found.kept.id).idea_ids)
    made = [replace(theme, idea_ids=tuple(i for i in theme.idea_ids if i in inside)) for theme in found.made]
    leaving = {idea for theme in made for idea in theme.idea_ids}
    if not all(theme.idea_ids for theme in made) or leaving == inside:
        raise Conflict(_CHANGED)
    after, told = edits.parted(board, found.kept.id, made), found.after.evidence
    why = replace(
        after.evidence,
        words={**after.evidence.words, **{idea: told.words[idea] for idea in inside if idea in told.words}},
        near_themes={**after.evidence.near_themes, **told.near_themes},
    )
    return replace(
        after,
        themes=tuple(_described(theme, found.kept) if theme.id == found.kept.id else theme for theme in after.themes),
        evidence=why,
    )


def _described(theme: Theme, kept: Theme) -> Theme:
    return replace(
        theme,
        subtitle=kept.subtitle,
        central_id=kept.central_id,
        weakest_id=kept.weakest_id,
        cohesion=kept.cohesion,
    )


def _only(board: Board, ideas: frozenset[str]) -> Board:
    return replace(
        board,
        themes=tuple(
            replace(theme, idea_ids=tuple(idea for idea in theme.idea_ids if idea in ideas)) for theme in board.themes
        ),
        not_sure=tuple(idea for idea in board.not_sure if idea in ideas),
    )
