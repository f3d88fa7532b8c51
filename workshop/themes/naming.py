"""Groups become themes: the id, colour and name they had, or new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from workshop.themes.board import NOT_SURE, AnyBoard, Board, Theme
from workshop.themes.continuity import free_colour, keeps_its_name, new_id, successors
from workshop.themes.geometry import Labels, Matrix, likeness_to_centres, unit
from workshop.themes.names import BELOW_SURE, PLEASE_NAME, Name, names_of
from workshop.themes.room import Room
from workshop.themes.support import Support


def named(
    room: Room,
    labels: Labels,
    support: Support,
    *,
    held: Sequence[str],
    previous: Board | None,
) -> list[Theme]:
    """One theme per label. Labels below `len(held)` are the themes that people fixed, in that order."""
    count = int(labels.max(initial=-1)) + 1
    members = [np.flatnonzero(labels == label) for label in range(count)]
    groups = [frozenset(room.ids[index] for index in indices.tolist()) for indices in members]
    earlier = _earlier(groups, held, previous)
    central = typical(room, labels, count)
    kept = {label: theme for label, theme in earlier.items() if keeps_its_name(groups[label], theme)}
    taken = {theme.keywords[0] for theme in kept.values() if theme.keywords}
    titles = [room.titles[index] for index in central]
    directions = _directions(room, labels, count)
    fresh = names_of(labels, support, titles, directions=directions, taken=taken)
    ids = _ids(groups, held, earlier, previous)
    colours = _colours(count, earlier)
    themes = []
    for label in range(count):
        name = _kept_name(kept[label], support, members[label], titles[label]) if label in kept else fresh[label]
        themes.append(
            Theme(
                id=ids[label],
                name=name.text,
                subtitle=name.subtitle,
                keywords=name.keywords,
                idea_ids=tuple(sorted(groups[label])),
                confidence=round(name.confidence, 4),
                colour=colours[label],
                locked=label in earlier and earlier[label].locked,
                central_id=room.ids[central[label]],
            )
        )
    return themes


def typical(room: Room, labels: Labels, count: int) -> list[int]:
    """The most typical idea of each label, as an index; -1 for a label without ideas."""
    likeness = np.round(likeness_to_centres(room.rows, labels, count), 4)
    inside = [np.flatnonzero(labels == label) for label in range(count)]
    return [int(row[np.argmax(likeness[row, label])]) if len(row) else -1 for label, row in enumerate(inside)]


def newly_named(board: AnyBoard, room: Room, support: Support) -> AnyBoard:
    """The board with a name for every theme that has none yet; the others keep theirs."""
    peopled = [theme for theme in board.themes if theme.idea_ids]
    order = {theme.id: index for index, theme in enumerate(peopled)}
    theme_of = board.theme_of()
    labels = np.array([order.get(theme_of.get(idea, NOT_SURE), -1) for idea in room.ids], dtype=np.int64)
    taken = {theme.keywords[0] for theme in board.themes if theme.keywords}
    taken |= {word for theme in board.themes for word in (theme.name, theme.name.lower())}  # a person's own names too
    titles = [room.titles[index] for index in typical(room, labels, len(peopled))]
    directions = _directions(room, labels, len(peopled))
    names = names_of(labels, support, titles, directions=directions, taken=taken)
    called = dict(zip(order, names, strict=True))
    return replace(
        board, themes=tuple(theme if theme.name else _called(theme, called[theme.id]) for theme in board.themes)
    )


def _called(theme: Theme, name: Name) -> Theme:
    return replace(theme, name=name.text, keywords=name.keywords, confidence=round(name.confidence, 4))


def _earlier(groups: Sequence[frozenset[str]], held: Sequence[str], previous: Board | None) -> dict[int, Theme]:
    """The theme of the earlier board that each group continues."""
    known = {theme.id: theme for theme in previous.themes} if previous else {}
    earlier = {label: known[theme] for label, theme in enumerate(held) if theme in known}
    unheld = [theme for theme in known.values() if theme.id not in held and not theme.locked]
    found = successors(groups[len(held) :], unheld)
    return earlier | {label + len(held): theme for label, theme in found.items()}


def _ids(
    groups: Sequence[frozenset[str]], held: Sequence[str], earlier: dict[int, Theme], previous: Board | None
) -> list[str]:
    taken = frozenset(held) | (frozenset(theme.id for theme in previous.themes) if previous else frozenset())
    return [
        held[label] if label < len(held) else earlier[label].id if label in earlier else new_id(group, taken)
        for label, group in enumerate(groups)
    ]


def _colours(count: int, earlier: dict[int, Theme]) -> list[int]:
    used = Counter(theme.colour for theme in earlier.values())
    colours = []
    for label in range(count):
        colour = earlier[label].colour if label in earlier else free_colour(used)
        used[colour] += label not in earlier
        colours.append(colour)
    return colours


def _kept_name(theme: Theme, support: Support, members: Labels, title: str) -> Name:
    share = support.share(theme.keywords[0], members) if theme.keywords else 0.0
    if theme.subtitle == PLEASE_NAME and not theme.locked:
        return Name(theme.name, PLEASE_NAME, theme.keywords, min(share, BELOW_SURE))
    return Name(theme.name, title, theme.keywords, share)


def _directions(room: Room, labels: Labels, count: int) -> Matrix:
    """Per theme the unit direction away from the middle of the room, among the vectors of phrases."""
    raw = room.quick
    inside = [raw[labels == label].mean(axis=0) - raw.mean(axis=0) for label in range(count)]
    return unit(np.array(inside).reshape(count, raw.shape[1]))
