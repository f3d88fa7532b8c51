"""A proposal: all ideas grouped anew, with everything kept that people decided or learned.

texts -> vectors -> language taken out -> neighbour graph -> Leiden -> polish -> not sure -> same ids -> names -> map
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from workshop.themes import places
from workshop.themes.board import DRAFT_BELOW, FEWEST_IDEAS, Board, Evidence, Text, Theme
from workshop.themes.communities import FREE
from workshop.themes.decisions import Decisions, decisions, empty_locked, starting_labels
from workshop.themes.doubt import doubtful
from workshop.themes.embedders import Embedder
from workshop.themes.embedding import Vectors, embedder_for
from workshop.themes.evidence import explained, nearest_ideas
from workshop.themes.geometry import Labels
from workshop.themes.granularity import Granularity, Wish, grouped
from workshop.themes.graph import neighbour_count
from workshop.themes.languages import DEFAULT_LANGUAGES
from workshop.themes.late import one_thread
from workshop.themes.naming import named
from workshop.themes.room import Room, enter, once_each
from workshop.themes.settling import smallest_theme
from workshop.themes.support import Support, meaning_of
from workshop.themes.words import phrases_of

PIPELINE = "leiden-3"
NO_PINS: Mapping[str, str] = MappingProxyType({})


def propose(  # noqa: PLR0913 - a run is its settings, and each has a default
    texts: Sequence[Text],
    *,
    vectors: Vectors | None = None,
    embedder: Embedder | None = None,
    previous: Board | None = None,
    pins: Mapping[str, str] = NO_PINS,
    granularity: Granularity = "default",
    count: int | None = None,
    languages: Sequence[str] = DEFAULT_LANGUAGES,
    stop_titles: Sequence[str] = (),
    seed: int = 0,
) -> Board:
    """Group these ideas into themes; with fewer than 8 there are none but those that people made.

    `vectors` are kept ones by `vector_key`, the missing ones are computed. `previous` is the board people look at: its
    locked themes and `pins` (idea id -> theme id, NOT_SURE to set aside) hold, ids, names and colours live on.
    `granularity` asks for fewer or more themes than the ideas suggest, `count` for an exact number of them.
    `languages` are the codes people may write in, `stop_titles` titles whose words are no theme names.
    Same input and seed, same board, whatever the order of the texts. Raises Invalid for a wish that cannot be met.
    """
    wish = Wish(granularity, count)
    embedder = embedder or embedder_for(texts, vectors)
    with one_thread():
        room = enter(once_each(texts), vectors=vectors, embedder=embedder, languages=languages)
        decided = decisions(room.ids, previous, pins)
        labels, resolution = _grouped(room, decided, previous, wish, seed)
        phrases = phrases_of(room.texts, room.languages, stop_titles)
        support = Support(phrases, meaning_of(embedder), home=languages[0] if languages else "")
        made = named(room, labels, support, held=decided.held, previous=previous)
        before = previous.places if previous else {}
        drawn = places.lay_out(room.ids, room.rows, labels, before=before, seed=seed)
        evidence = Evidence(
            neighbours=nearest_ideas(room),
            languages=dict(zip(room.ids, room.languages, strict=True)),
            model=embedder.name,
            pipeline=PIPELINE,
            seed=seed,
            settings={
                "granularity": granularity if count is None else f"{count} themes",
                "resolution": round(resolution, 6),
                "neighbours": neighbour_count(len(room.ids)),
            },
        )
        board = Board(
            themes=_ordered(made, previous, decided),
            not_sure=tuple(idea for idea, label in zip(room.ids, labels.tolist(), strict=True) if label == FREE),
            places=drawn,
            evidence=evidence,
            draft=len(room.ids) < DRAFT_BELOW,
        )
        return explained(board, room, support)


def warm_up() -> None:
    """Load models and packages now, so that the first idea of the day does not wait seconds for them."""
    rehearsal = [Text(str(number), f"Warming up number {number}") for number in range(2 * FEWEST_IDEAS)]
    propose(rehearsal)


def _grouped(room: Room, decided: Decisions, previous: Board | None, wish: Wish, seed: int) -> tuple[Labels, float]:
    """A label per idea, those of held themes first, and the resolution used; FREE for "not sure"."""
    if len(room.ids) < FEWEST_IDEAS:
        return decided.fixed.anchors, 0.0
    start = starting_labels(room.ids, room.rows, previous)
    found = grouped(room.rows, decided.fixed, wish, seed=seed, start=start)
    free = decided.fixed.anchors == FREE
    doubt = doubtful(room.rows, found.labels, free=free, smallest=smallest_theme(len(room.ids)))
    doubt[list(decided.aside)] = True
    return np.where(doubt, FREE, found.labels), found.resolution


def _ordered(made: Sequence[Theme], previous: Board | None, decided: Decisions) -> tuple[Theme, ...]:
    """Themes people know stay in their order; new ones follow, the largest first."""
    known = {theme.id: place for place, theme in enumerate(previous.themes)} if previous else {}
    everything = [*made, *(_emptied(theme) for theme in empty_locked(previous, decided.held))]

    def place(theme: Theme) -> tuple[int, int, str, tuple[str, ...]]:
        return known.get(theme.id, len(known)), -len(theme.idea_ids), theme.name, theme.idea_ids

    return tuple(sorted(everything, key=place))


def _emptied(theme: Theme) -> Theme:
    return Theme(theme.id, theme.name, "", theme.keywords, (), 0.0, theme.colour, locked=True, central_id="")
