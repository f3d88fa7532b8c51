"""What happens to a board that people look at already, and how long a large room takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score

from tests.bench.themes_labelled import Labelled
from tests.bench.themes_quality import tfidf_kmeans, timed
from workshop import themes
from workshop.themes.embedders import parts_of

LARGEST = 1000


def living_board(known: Labelled, embedder: themes.Embedder, *, draw: int, size: int = 100) -> dict[str, float]:
    """One idea more, 40 % more ideas, and pins."""
    chosen = np.random.default_rng(draw).permutation(len(known.texts))[: size * 14 // 10 + 1].tolist()
    texts = [known.texts[index] for index in chosen]
    told = {"vectors": known.vectors, "embedder": embedder}
    board = themes.propose(texts[:size], **told)
    one_more = themes.place(texts[size], board, texts[:size], **told)
    grown = board
    for place in range(size, size * 14 // 10):
        grown = themes.place(texts[place], grown, texts[:place], **told)
    refreshed = themes.propose(texts[:-1], previous=grown, **told)
    old, new = board.theme_of(), refreshed.theme_of()
    ids = [theme.id for theme in board.themes]
    pins = {text.id: ids[place % len(ids)] for place, text in enumerate(texts[:20])}
    pinned = themes.propose(texts[:-1], previous=board, pins=pins, **told).theme_of()
    return {
        "moved_when_one_arrives": len(themes.changes(board, one_more).moved),
        "moved_when_one_arrives_tfidf_kmeans": baseline_moves(texts[: size + 1], len(board.themes)),
        "ari_with_old_board_after_40_percent_more": adjusted_rand_score(
            [old[text.id] for text in texts[:size]], [new[text.id] for text in texts[:size]]
        ),
        "moved_by_that_refresh": len(themes.changes(grown, refreshed).moved) / len(grown.theme_of()),
        "pins_kept": sum(pinned[idea] == theme for idea, theme in pins.items()) / len(pins),
        "same_again": float(themes.propose(list(reversed(texts[:size])), **told) == board),
    }


def baseline_moves(texts: Sequence[themes.Text], count: int) -> int:
    """Ideas that change their group, at best matching, when KMeans is run again with one idea more."""
    before, after = tfidf_kmeans(texts[:-1], count), tfidf_kmeans(texts, count)[:-1]
    shared = np.zeros((count, count))
    np.add.at(shared, (before, after), 1)
    return int(len(before) - shared[linear_sum_assignment(-shared)].sum())


def large_room(sets: Sequence[Labelled], embedder: themes.Embedder) -> dict[str, Any]:
    """Seconds at 1,000 ideas, the first run with everything that is loaded late, the second without."""
    texts = [text for each in sorted(sets, key=lambda each: -len(each.texts)) for text in each.texts][: LARGEST + 1]
    vectors = {key: vector for each in sets for key, vector in each.vectors.items()}
    board, proposed = timed(lambda: themes.propose(texts[:-1], vectors=vectors, embedder=embedder))
    newcomer = themes.vector_keys(texts[-1:], embedder)
    others = {key: vector for key, vector in vectors.items() if key not in newcomer}
    _, placed = timed(lambda: themes.place(texts[-1], board, texts[:-1], vectors=others, embedder=embedder))
    _, again = timed(lambda: themes.propose(texts, vectors=vectors, previous=board, embedder=embedder))
    read = {
        f"embed by {part.name}": timed(lambda part=part: themes.embed(texts[:-1], embedder=part))[1]
        for part in parts_of(embedder)
    }
    return {
        "ideas": len(texts) - 1,
        "themes": len(board.themes),
        **read,
        "propose": proposed,
        "propose_again": again,
        "add_one": placed,
    }
