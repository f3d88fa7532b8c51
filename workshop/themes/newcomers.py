"""A newcomer joins the board: it goes to the nearest theme and nobody else moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from workshop.themes.board import DRAFT_BELOW, NOT_SURE, Board, Evidence, Text
from workshop.themes.doubt import LEAST_LIKENESS, MOST_DOUBTFUL
from workshop.themes.embedders import Embedder
from workshop.themes.embedding import Vectors, embedder_for
from workshop.themes.evidence import NEIGHBOURS, words_in
from workshop.themes.geometry import Labels, Matrix, centres
from workshop.themes.languages import DEFAULT_LANGUAGES
from workshop.themes.late import one_thread
from workshop.themes.places import beside
from workshop.themes.room import Room, enter, once_each
from workshop.themes.words import phrases_of


def place(
    text: Text,
    board: Board,
    texts: Sequence[Text],
    *,
    vectors: Vectors | None = None,
    embedder: Embedder | None = None,
    languages: Sequence[str] = DEFAULT_LANGUAGES,
) -> Board:
    """The board with this idea on it. `texts` are the ideas already there; an idea that is among them stays put.

    It joins the theme whose centre is nearest, or "not sure" when none is near. Ids, names, colours, places and members
    of everything else stay as they are.
    """
    theme_of = board.theme_of()
    if text.id in theme_of:
        return board
    there = [known for known in once_each(texts) if known.id in theme_of]
    with one_thread():
        room = enter(
            [*there, text],
            vectors=vectors,
            embedder=embedder or embedder_for([*there, text], vectors),
            languages=languages,
            read_as=board.evidence.languages,
            newcomers=1 if there else 0,
        )
        chosen = _nearest_theme(room, board)
        alike = np.round(room.rows[:-1] @ room.rows[-1], 6)
        drawn = beside(text.id, alike, room.ids[:-1], board.places)
    return _joined(board, room, chosen, drawn, alike)


def _nearest_theme(room: Room, board: Board) -> str:
    order = {theme.id: index for index, theme in enumerate(board.themes)}
    theme_of = board.theme_of()
    labels: Labels = np.array([order.get(theme_of[idea], -1) for idea in room.ids[:-1]], dtype=np.int64)
    if not (labels >= 0).any():
        return NOT_SURE
    likeness = centres(room.rows[:-1], labels, len(order)) @ room.rows[-1]
    empty = np.bincount(labels[labels >= 0], minlength=len(order)) == 0
    best = int(np.argmax(np.where(empty, -np.inf, np.round(likeness, 6))))
    bin_is_full = len(board.not_sure) + 1 > MOST_DOUBTFUL * len(room.ids)
    return NOT_SURE if likeness[best] < LEAST_LIKENESS and not bin_is_full else board.themes[best].id


def _joined(board: Board, room: Room, chosen: str, drawn: tuple[float, float], alike: Matrix) -> Board:
    newcomer = room.ids[-1]
    themes = tuple(
        replace(theme, idea_ids=(*theme.idea_ids, newcomer)) if theme.id == chosen else theme for theme in board.themes
    )
    return Board(
        themes=themes,
        not_sure=board.not_sure if chosen != NOT_SURE else (*board.not_sure, newcomer),
        places={**board.places, newcomer: drawn},
        evidence=_with_newcomer(board, room, chosen, alike),
        draft=len(themes) == 0 or sum(len(theme.idea_ids) for theme in themes) + len(board.not_sure) < DRAFT_BELOW,
    )


def _with_newcomer(board: Board, room: Room, chosen: str, alike: Matrix) -> Evidence:
    newcomer, language = room.ids[-1], room.languages[-1]
    keywords = next((theme.keywords for theme in board.themes if theme.id == chosen), ())
    found = phrases_of([room.texts[-1]], [language]).by_text[0]
    near = np.argsort(-alike, kind="stable")[:NEIGHBOURS].tolist()
    old = board.evidence
    return replace(
        old,
        words={**old.words, newcomer: words_in(found, language, keywords)},
        neighbours={**old.neighbours, newcomer: tuple((room.ids[i], round(float(alike[i]), 4)) for i in near)},
        languages={**old.languages, newcomer: language},
    )
