"""Why ideas stand together: the words that join them, who is typical and who is weak, and what else was near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

import numpy as np

from workshop.themes.board import NOT_SURE, AnyBoard, Board, Near, Theme
from workshop.themes.geometry import Labels, Matrix, likeness_to_centres
from workshop.themes.graph import nearest
from workshop.themes.names import PLEASE_NAME
from workshop.themes.room import Room
from workshop.themes.support import Support

NEIGHBOURS = 5
NEAR_THEMES = 3


def nearest_ideas(room: Room) -> dict[str, tuple[tuple[str, float], ...]]:
    """The nearest ideas of each idea with their similarity, best first."""
    near = nearest(room.rows, min(NEIGHBOURS, max(len(room.ids) - 1, 0)))
    likeness = np.round(np.take_along_axis(room.rows @ room.rows.T, near, axis=1), 4)
    return {
        idea: tuple((room.ids[other], float(how)) for other, how in zip(others, alike, strict=True))
        for idea, others, alike in zip(room.ids, near.tolist(), likeness.tolist(), strict=True)
    }


def explained(board: AnyBoard, room: Room, support: Support) -> AnyBoard:
    """The same board with typical and weakest ideas, cohesion, joining words and near themes as they are now."""
    order = {theme.id: index for index, theme in enumerate(board.themes)}
    theme_of = board.theme_of()
    labels = np.array([order.get(theme_of.get(idea, NOT_SURE), -1) for idea in room.ids], dtype=np.int64)
    likeness = np.round(likeness_to_centres(room.rows, labels, len(order)), 4)
    keywords = sorted({word for theme in board.themes for word in theme.keywords})
    said = support.saying(keywords)
    words = [
        frozenset(word for word, says in zip(keywords, said[:, row], strict=True) if says)
        for row in range(len(room.ids))
    ]
    near = {
        idea: near_themes(board.themes, likeness[row], label, words[row])
        for row, (idea, label) in enumerate(zip(room.ids, labels.tolist(), strict=True))
    }
    own = {idea: [found for found in near[idea] if found.theme_id == theme_of.get(idea)] for idea in room.ids}
    return replace(
        board,
        themes=tuple(
            _with_members(theme, room, np.flatnonzero(labels == index), likeness[:, index])
            for index, theme in enumerate(board.themes)
        ),
        evidence=replace(
            board.evidence,
            words={idea: found[0].words if found else () for idea, found in own.items()},
            near_themes=near,
        ),
    )


def near_themes(themes: Sequence[Theme], likeness: Matrix, own: int, words: AbstractSet[str]) -> tuple[Near, ...]:
    """The three themes nearest to an idea, its own (an index, or -1) among them; `words` are keywords that it says."""
    best = [index for index in np.argsort(-likeness, kind="stable").tolist() if themes[index].idea_ids][:NEAR_THEMES]
    if own >= 0 and own not in best:
        best[-1] = own
    return tuple(
        Near(themes[index].id, float(likeness[index]), tuple(word for word in themes[index].keywords if word in words))
        for index in best
    )


def reasons(board: Board, idea_id: str, *, titles: Mapping[str, str], pinned: bool) -> list[str]:
    """Why an idea is where it is, in sentences; `titles` by idea id."""
    names = {theme.id: theme.name for theme in board.themes}
    words = board.evidence.words.get(idea_id, ())
    near = [each for each in board.evidence.near_themes.get(idea_id, ()) if each.theme_id in names]
    ideas = [titles[other] for other, _ in board.evidence.neighbours.get(idea_id, ()) if other in titles][:3]
    told = ["Pinned by hand."] if pinned else []
    if words:
        told.append("Says " + ", ".join(f"“{word}”" for word in words[:3]) + ".")
    if near:
        told.append("Nearest themes: " + ", ".join(f"“{names[it.theme_id]}” ({it.likeness:.2f})" for it in near) + ".")
    if ideas:
        told.append("Nearest ideas: " + ", ".join(f"“{title}”" for title in ideas) + ".")
    return told


def _with_members(theme: Theme, room: Room, inside: Labels, likeness: Matrix) -> Theme:
    if not len(inside):
        return replace(theme, central_id="", weakest_id="", cohesion=0.0)
    central = int(inside[np.argmax(likeness[inside])])
    nameless = theme.subtitle == PLEASE_NAME and not theme.locked
    return replace(
        theme,
        subtitle=theme.subtitle if nameless else room.titles[central],
        central_id=room.ids[central],
        weakest_id=room.ids[inside[np.argmin(likeness[inside])]],
        cohesion=round(float(likeness[inside].mean()), 4),
    )
