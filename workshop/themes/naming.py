"""Groups become themes: the id, colour and name they had, or new ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from workshop.themes.board import Board, Theme
from workshop.themes.continuity import free_colour, keeps_its_name, new_id, successors
from workshop.themes.embedders import Embedder, quick_part
from workshop.themes.evidence import words_in
from workshop.themes.geometry import Labels, centres, unit
from workshop.themes.names import PLEASE_NAME, Meaning, Name, names_of
from workshop.themes.room import Room
from workshop.themes.words import Phrases


def named(  # noqa: PLR0913 - what a name depends on is all of this
    room: Room,
    labels: Labels,
    phrases: Phrases,
    *,
    held: Sequence[str],
    previous: Board | None,
    embedder: Embedder,
    home: str,
) -> list[Theme]:
    """One theme per label. Labels below `len(held)` are the themes that people fixed, in that order."""
    count = int(labels.max(initial=-1)) + 1
    members = [np.flatnonzero(labels == label) for label in range(count)]
    groups = [frozenset(room.ids[index] for index in indices.tolist()) for indices in members]
    earlier = _earlier(groups, held, previous)
    middle = centres(room.rows, labels, count)
    central = [
        int(indices[np.argmax(room.rows[indices] @ middle[label])]) if len(indices) else -1
        for label, indices in enumerate(members)
    ]
    kept = {label: theme for label, theme in earlier.items() if keeps_its_name(groups[label], theme)}
    fresh = names_of(
        labels,
        phrases,
        [room.titles[index] for index in central],
        meaning=_meaning(room, labels, count, embedder),
        home=home,
        taken={theme.keywords[0] for theme in kept.values() if theme.keywords},
    )
    ids = _ids(groups, held, earlier, previous)
    colours = _colours(count, earlier)
    themes = []
    for label in range(count):
        title = room.titles[central[label]]
        name = _kept_name(kept[label], members[label], room, phrases, title) if label in kept else fresh[label]
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


def _kept_name(theme: Theme, members: Labels, room: Room, phrases: Phrases, title: str) -> Name:
    first = theme.keywords[:1]
    containing = sum(bool(words_in(phrases.by_text[index], room.languages[index], first)) for index in members.tolist())
    nameless = theme.subtitle == PLEASE_NAME and not theme.locked
    subtitle = PLEASE_NAME if nameless else title
    return Name(theme.name, subtitle, theme.keywords, containing / max(len(members), 1))


def _meaning(room: Room, labels: Labels, count: int, embedder: Embedder) -> Meaning | None:
    if getattr(embedder, "fits_room", False):  # a phrase on its own has no place among such vectors
        return None
    raw = room.quick
    inside = [raw[labels == label].mean(axis=0) - raw.mean(axis=0) for label in range(count)]
    directions = unit(np.array(inside).reshape(count, raw.shape[1]))
    part = quick_part(embedder)
    return Meaning(lambda phrases: unit(np.asarray(part.embed(phrases), dtype=np.float64)), directions)
