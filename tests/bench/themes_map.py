"""What the theme map keeps, on labelled real texts: neighbours, places, and every bubble to itself.

    python -m tests.bench.themes_map --data FOLDER [--rounds 5] [--embedder quick] [--keep FOLDER] [--json]

Trustworthiness (Venna and Kaski, 2001; five neighbours, 1 is perfect) is measured of the places and of the picture as
the wall draws it, after every bubble has a free place. "Moved" counts ideas whose place differs when one idea arrives;
"turned" is the mean way of an idea in a refresh with 40 % more ideas, as a share of the width of the map, and "turned
by chance" the same for a map that starts anew. Seconds are CPU time of one picture.
"""

from __future__ import annotations

import argparse
import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.manifold import trustworthiness

from tests.bench.themes import EMBEDDERS, readable, summed_up
from tests.bench.themes_labelled import Labelled, read
from tests.bench.themes_quality import timed
from workshop import themes
from workshop.drawing import Map, Picture, Spot, ThemeOnMap, draw
from workshop.themes.room import enter

SIZES = (15, 60, 150, 500)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="folder with the labelled CSV files")
    options.add_argument("--rounds", type=int, default=5, help="random rooms per size")
    options.add_argument("--embedder", choices=sorted(EMBEDDERS), default="quick", help="which vectors")
    options.add_argument("--keep", type=Path, help="folder that keeps vectors from run to run")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    embedder = EMBEDDERS[chosen.embedder]()
    figures: dict[str, Any] = {"embedder": embedder.name}
    for path in sorted(chosen.data.glob("*.csv")):
        if known := read(path, embedder, keep=chosen.keep):
            figures[known.name] = {
                str(size): summed_up([map_of(known, embedder, size, turn) for turn in range(chosen.rounds)])
                for size in SIZES
                if size < len(known.texts)
            }
    print(json.dumps(figures, indent=2) if chosen.json else readable(figures))


def map_of(known: Labelled, embedder: themes.Embedder, size: int, turn: int) -> dict[str, float]:
    """One random room: its map, one idea more, and a refresh with 40 % more."""
    chosen = np.random.default_rng(turn).permutation(len(known.texts))[: size * 14 // 10].tolist()
    every = [known.texts[index] for index in chosen]
    texts, told = every[:size], {"vectors": known.vectors, "embedder": embedder}
    board = themes.propose(texts, **told)
    grown = themes.place(every[size], board, texts, **told)
    refreshed = themes.propose(every, previous=grown, **told)
    anew = themes.propose(every, **told)
    languages = sorted({known.languages[index] for index in chosen})
    rows = enter(texts, vectors=known.vectors, embedder=embedder, languages=languages).rows
    picture, seconds = timed(lambda: draw(on_paper(board, texts)))
    larger = draw(on_paper(grown, every[: size + 1]))
    return {
        "trustworthiness": kept(rows, np.array([board.places[text.id] for text in texts])),
        "trustworthiness_of_the_picture": kept(rows, drawn(picture, size)),
        "moved_when_one_arrives": float(sum(board.places[text.id] != grown.places[text.id] for text in texts)),
        "moved_in_the_picture": float((drawn(picture, size) != drawn(larger, size)).any(axis=1).sum()),
        "turned": way(board, refreshed, texts),
        "turned_by_chance": way(board, anew, texts),
        "on_each_other": float(overlaps(picture)),
        "names_drawn": sum(bool(name.theme_id) for name in picture.names) / max(len(board.themes), 1),
        "radius": picture.bubbles[0].radius,
        "cpu": seconds["cpu"],
    }


def on_paper(board: themes.Board, texts: list[themes.Text]) -> Map:
    """The board as the wall's picture takes it, without sides; ideas are numbered in the order of their arrival."""
    numbers = {text.id: number for number, text in enumerate(texts, start=1)}
    groups = [(theme.id, theme.name, theme.colour, theme.idea_ids) for theme in board.themes]
    return Map(
        width=1792,
        height=668,
        themes=tuple(
            ThemeOnMap(key, name, colour, tuple(Spot(numbers[idea], *board.places[idea]) for idea in ideas))
            for key, name, colour, ideas in groups
        ),
        not_sure=tuple(Spot(numbers[idea], *board.places[idea]) for idea in board.not_sure),
    )


def drawn(picture: Picture, size: int) -> np.ndarray[Any, Any]:
    """The centres of the first bubbles by number."""
    places = {bubble.number: (bubble.x, bubble.y) for bubble in picture.bubbles}
    return np.array([places[number] for number in range(1, size + 1)])


def kept(rows: np.ndarray[Any, Any], places: np.ndarray[Any, Any]) -> float:
    return float(trustworthiness(rows, places, n_neighbors=5, metric="cosine"))


def way(before: themes.Board, after: themes.Board, texts: list[themes.Text]) -> float:
    old, new = (np.array([board.places[text.id] for text in texts]) for board in (before, after))
    return float(np.linalg.norm(new - old, axis=1).mean() / 2)


def overlaps(picture: Picture) -> int:
    return sum(
        np.hypot(one.x - other.x, one.y - other.y) < one.radius + other.radius - 0.01
        for one, other in combinations(picture.bubbles, 2)
    )


if __name__ == "__main__":
    main()
