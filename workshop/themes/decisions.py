"""What people decided and no run may undo: pinned ideas and locked themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from workshop.themes.board import NOT_SURE, Board, Theme
from workshop.themes.communities import FREE, Fixed
from workshop.themes.geometry import Labels, Matrix, centres


@dataclass(frozen=True, slots=True)
class Decisions:
    """Ids of the themes that must exist, which idea belongs to which of them, and who was set aside by hand."""

    held: tuple[str, ...]
    fixed: Fixed
    aside: frozenset[int]


def decisions(ids: Sequence[str], previous: Board | None, pins: Mapping[str, str]) -> Decisions:
    """Pins first, then the ideas of locked themes. A pin to a theme that is not there yet brings it into being."""
    wanted = {idea: theme.id for theme in _locked(previous) for idea in theme.idea_ids} | dict(pins)
    present = {idea: wanted[idea] for idea in ids if idea in wanted}
    needed = {theme for theme in present.values() if theme != NOT_SURE}
    known = [theme.id for theme in previous.themes if theme.id in needed] if previous else []
    held = tuple(known) + tuple(sorted(needed - set(known)))
    place = {theme: index for index, theme in enumerate(held)}
    anchors = np.array([place.get(present.get(idea, NOT_SURE), FREE) for idea in ids], dtype=np.int64)
    aside = frozenset(index for index, idea in enumerate(ids) if present.get(idea) == NOT_SURE)
    return Decisions(held, Fixed(anchors, len(held)), aside)


def empty_locked(previous: Board | None, held: Sequence[str]) -> list[Theme]:
    """Locked themes whose ideas have all gone: they stay, since a person made them."""
    return [theme for theme in _locked(previous) if theme.id not in held]


def starting_labels(ids: Sequence[str], rows: Matrix, previous: Board | None) -> Labels | None:
    """The grouping of the earlier board, newcomers with their nearest theme; nothing where there is no such board."""
    if previous is None:
        return None
    order = {theme.id: index for index, theme in enumerate(previous.themes)}
    theme_of = previous.theme_of()
    labels = np.array([order.get(theme_of.get(idea, NOT_SURE), FREE) for idea in ids], dtype=np.int64)
    if (labels == FREE).all():
        return None
    middle = centres(rows, labels, len(order))
    likeness = np.where(np.abs(middle).sum(axis=1) > 0, rows @ middle.T, -np.inf)
    return np.where(labels == FREE, np.argmax(likeness, axis=1), labels)


def _locked(previous: Board | None) -> list[Theme]:
    return [theme for theme in previous.themes if theme.locked] if previous else []
