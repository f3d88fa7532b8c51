"""A newcomer joins the board: it goes to the nearest theme and nobody else moves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from workshop.themes.board import DRAFT_BELOW, NOT_SURE, AnyBoard, Board, Evidence, Text
from workshop.themes.doubt import LEAST_LIKENESS, MOST_DOUBTFUL
from workshop.themes.embedders import Embedder
from workshop.themes.embedding import Vectors, embedder_for
from workshop.themes.evidence import NEIGHBOURS, near_themes
from workshop.themes.geometry import Labels, Matrix, centres
from workshop.themes.languages import DEFAULT_LANGUAGES
from workshop.themes.late import one_thread
from workshop.themes.places import Place, beside
from workshop.themes.room import Room, enter, once_each
from workshop.themes.support import Support, meaning_of
from workshop.themes.words import phrases_of


def place(
    text: Text,
    board: AnyBoard,
    texts: Sequence[Text],
    *,
    vectors: Vectors | None = None,
    embedder: Embedder | None = None,
    languages: Sequence[str] = DEFAULT_LANGUAGES,
) -> AnyBoard:
    """The board with this idea on it. `texts` are the ideas already there; an idea that is among them stays put.

    It joins the theme whose centre is nearest, or "not sure" when none is near. Ids, names, colours, places and members
    of everything else stay as they are.
    """
    theme_of = board.theme_of()
    if text.id in theme_of:
        return board
    there = [known for known in once_each(texts) if known.id in theme_of]
    embedder = embedder or embedder_for([*there, text], vectors)
    with one_thread():
        room = enter(
            [*there, text],
            vectors=vectors,
            embedder=embedder,
            languages=languages,
            read_as=board.evidence.languages,
            newcomers=1 if there else 0,
        )
        likeness = _likeness_to_themes(room, board)
        alike = np.round(room.rows[:-1] @ room.rows[-1], 6)
        drawn = beside(text.id, alike, room.ids[:-1], board.places)
        chosen = _nearest_theme(board, likeness, len(room.ids))
        phrases = phrases_of(room.texts[-1:], room.languages[-1:])
        support = Support(phrases, meaning_of(embedder), home=languages[0] if languages else "")
        evidence = _evidence(board, room, likeness, alike, chosen, support)
    return _joined(board, text.id, chosen, drawn, evidence)


def _likeness_to_themes(room: Room, board: Board) -> Matrix:
    order = {theme.id: index for index, theme in enumerate(board.themes)}
    theme_of = board.theme_of()
    labels: Labels = np.array([order.get(theme_of[idea], -1) for idea in room.ids[:-1]], dtype=np.int64)
    likeness: Matrix = np.round(centres(room.rows[:-1], labels, len(order)) @ room.rows[-1], 6)
    return likeness


def _nearest_theme(board: Board, likeness: Matrix, ideas: int) -> str:
    peopled = [index for index, theme in enumerate(board.themes) if theme.idea_ids]
    if not peopled:
        return NOT_SURE
    best = max(peopled, key=lambda index: likeness[index])
    bin_is_full = len(board.not_sure) + 1 > MOST_DOUBTFUL * ideas
    return NOT_SURE if likeness[best] < LEAST_LIKENESS and not bin_is_full else board.themes[best].id


def _joined(board: AnyBoard, newcomer: str, chosen: str, drawn: Place, evidence: Evidence) -> AnyBoard:
    themes = tuple(
        replace(theme, idea_ids=(*theme.idea_ids, newcomer)) if theme.id == chosen else theme for theme in board.themes
    )
    return replace(
        board,
        themes=themes,
        not_sure=board.not_sure if chosen != NOT_SURE else (*board.not_sure, newcomer),
        places={**board.places, newcomer: drawn},
        evidence=evidence,
        draft=len(themes) == 0 or len(board.theme_of()) + 1 < DRAFT_BELOW,
    )


def _keywords_said(board: Board, support: Support) -> set[str]:
    """The keywords that the newcomer says, itself or in another language."""
    spoken: dict[str, Counter[str]] = {word: Counter() for theme in board.themes for word in theme.keywords}
    for idea, words in board.evidence.words.items():
        for word in words:
            spoken.setdefault(word, Counter())[board.evidence.languages.get(idea, "")] += 1
    keywords = sorted(spoken)
    mostly = [max(sorted(spoken[word]), key=spoken[word].__getitem__, default="") for word in keywords]
    said = support.saying(keywords, languages=mostly)[:, 0]
    return {word for word, says in zip(keywords, said, strict=True) if says}


def _evidence(board: Board, room: Room, likeness: Matrix, alike: Matrix, chosen: str, support: Support) -> Evidence:
    newcomer, language = room.ids[-1], room.languages[-1]
    own = next((index for index, theme in enumerate(board.themes) if theme.id == chosen), -1)
    themes = near_themes(board.themes, likeness, own, _keywords_said(board, support))
    near = np.argsort(-alike, kind="stable")[:NEIGHBOURS].tolist()
    old = board.evidence
    return replace(
        old,
        words={**old.words, newcomer: next((theme.words for theme in themes if theme.theme_id == chosen), ())},
        neighbours={**old.neighbours, newcomer: tuple((room.ids[i], round(float(alike[i]), 4)) for i in near)},
        languages={**old.languages, newcomer: language},
        near_themes={**old.near_themes, newcomer: themes},
    )
