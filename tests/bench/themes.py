"""How good and how fast themes are, on labelled real texts, beside simple baselines in the same run.

BERTopic is one of them where it is installed; see themes_bertopic.py.

    python -m tests.bench.themes --data FOLDER [--rounds 10] [--embedder best] [--keep FOLDER] [--json]

FOLDER holds CSV files with the columns `text` and `label`, and `lang` where languages are mixed. Every figure is the
mean over random rooms with its standard error. "Not sure" counts as one more group (`ari`), as ideas alone
(`ari_alone`), or is left out (`ari_sure`). Seconds are CPU time, since a shared machine stretches the clock.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench import themes_bertopic
from tests.bench.themes_labelled import Labelled, read
from tests.bench.themes_living import large_room, living_board
from tests.bench.themes_quality import quality
from workshop import themes
from workshop.themes.embedders import RoomWords, quick_part

SIZES = (20, 60, 150, 500, 1_000)
EMBEDDERS = {
    "best": themes.default_embedder,
    "quick": lambda: quick_part(themes.default_embedder()),
    "words": RoomWords,
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="folder with the labelled CSV files")
    options.add_argument(
        "--rounds", type=int, default=10, help="random rooms per size (half of it at 500, two at 1,000)"
    )
    options.add_argument("--embedder", choices=sorted(EMBEDDERS), default="best", help="which vectors")
    options.add_argument("--keep", type=Path, help="folder that keeps vectors from run to run")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    embedder = EMBEDDERS[chosen.embedder]()
    sets = [found for path in sorted(chosen.data.glob("*.csv")) if (found := read(path, embedder, keep=chosen.keep))]
    if not sets:
        options.error(f"no CSV file with more than one label in {chosen.data}")
    figures: dict[str, Any] = {"embedder": embedder.name}
    figures |= {each.name: measured(each, embedder, chosen.rounds) for each in sets}
    figures["mean ARI"] = mean_ari(figures, [each.name for each in sets])
    figures["1,000 ideas"] = large_room(sets, embedder)
    print(json.dumps(figures, indent=2) if chosen.json else readable(figures))


def measured(known: Labelled, embedder: themes.Embedder, rounds: int) -> dict[str, Any]:
    """Quality at every size, and what happens to a board that people already look at."""
    figures: dict[str, Any] = {"classes": len(set(known.labels))}
    for size in (size for size in SIZES if size <= len(known.texts)):
        repeats = {500: max(rounds // 2, 2), 1_000: 2}.get(size, rounds)
        draws = [quality(known, known.sample(size, draw), embedder) for draw in range(repeats)]
        figures[str(size)] = summed_up(draws)
        counts = [int(draw["themes"]) for draw in draws]
        figures[str(size)]["themes"] = f"{min(counts)}-{max(counts)}, mean {np.mean(counts):.1f}"
    figures["living board"] = summed_up([living_board(known, embedder, draw=draw) for draw in range(3)])
    return figures


def summed_up(draws: Sequence[dict[str, float]]) -> dict[str, Any]:
    """Mean and standard error of every figure."""
    summary: dict[str, Any] = {"rooms": len(draws)}
    for key in draws[0]:
        values = np.array([draw[key] for draw in draws if not np.isnan(draw[key])])
        error = values.std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else 0.0
        summary[key] = [round(float(values.mean()), 3), round(float(error), 3)] if len(values) else None
    return summary


def mean_ari(figures: dict[str, Any], sets: Sequence[str]) -> dict[str, dict[str, float]]:
    """Over all sets, by size: ours and the baselines."""
    compared = ("ari", "ari_alone", "ari_sure", "ari_tfidf_kmeans", "ari_vectors_kmeans", "ari_vectors_kmeans_told")
    compared += ("ari_bertopic",) if themes_bertopic.INSTALLED else ()
    sizes = [str(size) for size in SIZES if any(str(size) in figures[name] for name in sets)]
    return {
        size: {
            key: round(float(np.mean([figures[name][size][key][0] for name in sets if size in figures[name]])), 3)
            for key in compared
        }
        for size in sizes
    }


def readable(figures: dict[str, Any], indent: str = "") -> str:
    """Nested figures as indented lines, a mean with its standard error."""
    lines = []
    for key, value in figures.items():
        if isinstance(value, dict):
            lines.append(f"{indent}{key}\n{readable(value, indent + '  ')}")
        elif isinstance(value, list):
            lines.append(f"{indent}{key}: {value[0]:.3f} ± {value[1]:.3f}")
        else:
            lines.append(f"{indent}{key}: {value}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
