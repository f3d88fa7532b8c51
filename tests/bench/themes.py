"""How good and how fast themes are, on labelled real texts, beside TF-IDF + KMeans in the same run.

    python -m tests.bench.themes --data FOLDER [--rounds 10] [--json]

FOLDER holds CSV files with the columns `text` and `label`, and `lang` where languages are mixed. Seconds are given as
wall clock and as CPU time, since a shared machine stretches the first.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Only now: `workshop.themes` sets the thread counts that numpy reads when it is first imported.
import numpy as np
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.manifold import trustworthiness
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from workshop import themes
from workshop.themes.room import enter

SIZES = (20, 60, 150, 500)
LARGEST = 1000


@dataclass(frozen=True)
class Labelled:
    """One set of labelled texts with their vectors, embedded once."""

    name: str
    texts: tuple[themes.Text, ...]
    labels: tuple[str, ...]
    languages: tuple[str, ...]
    vectors: themes.Vectors

    def sample(self, size: int, draw: int) -> list[int]:
        return sorted(np.random.default_rng(draw).choice(len(self.texts), size, replace=False).tolist())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True, help="folder with the labelled CSV files")
    options.add_argument("--rounds", type=int, default=10, help="random subsets per size (fewer from 500 on)")
    options.add_argument("--json", action="store_true", help="print JSON")
    chosen = options.parse_args()
    sets = [found for path in sorted(chosen.data.glob("*.csv")) if (found := read(path))]
    if not sets:
        options.error(f"no CSV file with more than one label in {chosen.data}")
    figures = {each.name: measured(each, chosen.rounds) for each in sets}
    figures["mean ARI"] = mean_ari(figures)
    figures["1,000 ideas"] = large_room(sets)
    print(json.dumps(figures, indent=2) if chosen.json else readable(figures))


def read(path: Path) -> Labelled | None:
    """The set in this file, or None where there is nothing to find again."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row.get("text")]
    labels = tuple(row.get("label") or "" for row in rows)
    if len(set(labels)) < 2:
        return None
    texts = tuple(themes.Text(f"{path.stem}-{index:05}", row["text"]) for index, row in enumerate(rows))
    languages = tuple(row.get("lang") or "en" for row in rows)
    return Labelled(path.stem, texts, labels, languages, themes.embed(texts))


def measured(known: Labelled, rounds: int) -> dict[str, Any]:
    """Quality at every size, and what happens to a board that people already look at."""
    figures: dict[str, Any] = {}
    for size in (size for size in SIZES if size <= len(known.texts)):
        repeats = rounds if size < 500 else max(rounds // 3, 2)
        draws = [quality(known, known.sample(size, draw)) for draw in range(repeats)]
        figures[str(size)] = {key: round(float(np.mean([draw[key] for draw in draws])), 3) for key in draws[0]}
        counts = [draw["themes"] for draw in draws]
        figures[str(size)]["themes"] = f"{min(counts)}-{max(counts)}"
    figures["living board"] = living_board(known)
    return figures


def quality(known: Labelled, chosen: Sequence[int]) -> dict[str, float]:
    """ARI with the labels ("not sure" as one group, and without it), language in the themes, names, map, baseline."""
    texts = [known.texts[index] for index in chosen]
    truth = np.array([known.labels[index] for index in chosen])
    languages = np.array([known.languages[index] for index in chosen])
    board = themes.propose(texts, vectors=known.vectors)
    found = np.array([board.theme_of()[text.id] for text in texts])
    sure = found != themes.NOT_SURE
    room = enter(texts, vectors=known.vectors, embedder=themes.default_embedder(), languages=sorted(set(languages)))
    drawn = np.array([board.places[text.id] for text in texts])
    return {
        "ari": adjusted_rand_score(truth, found),
        "ari_of_the_sure": adjusted_rand_score(truth[sure], found[sure]),
        "ari_tfidf_kmeans": adjusted_rand_score(truth, tfidf_kmeans(texts, max(len(board.themes), 2))),
        "themes": len(board.themes),
        "not_sure": len(board.not_sure) / len(texts),
        "nmi_language": float(normalized_mutual_info_score(languages, found)),
        "nmi_language_by_chance": chance(languages, found),
        "names_right": names_right(board, dict(zip((text.id for text in texts), truth, strict=True))),
        "names_right_of_true_classes": names_of_true_classes(known, texts, truth.tolist()),
        "names_unsure": float(np.mean([theme.confidence < 0.22 for theme in board.themes])),
        "name_length_p95": float(np.quantile([len(theme.name) for theme in board.themes], 0.95)),
        "trustworthiness": float(trustworthiness(room.rows, drawn, n_neighbors=5, metric="cosine")),
    }


def tfidf_kmeans(texts: Sequence[themes.Text], count: int) -> np.ndarray[Any, Any]:
    """The baseline, told the number of themes that ours found."""
    words = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform([text.text for text in texts])
    return KMeans(count, n_init=5, random_state=0).fit_predict(words)


def chance(languages: np.ndarray[Any, Any], found: np.ndarray[Any, Any]) -> float:
    """NMI of the themes with shuffled languages: what small rooms show by chance."""
    draws = (np.random.default_rng(draw).permutation(languages) for draw in range(10))
    return float(np.mean([normalized_mutual_info_score(shuffled, found) for shuffled in draws]))


def names_right(board: themes.Board, truth: dict[str, str]) -> float:
    """Share of themes whose name is nearest to the name that people gave to most of their ideas."""
    embedder = themes.default_embedder()
    classes = sorted(set(truth.values()))
    of_classes = embedder.embed(classes)
    hits = 0
    for theme in board.themes:
        counts = Counter(truth[idea] for idea in theme.idea_ids)
        nearest = classes[int(np.argmax(of_classes @ embedder.embed([theme.name])[0]))]
        hits += counts[nearest] == max(counts.values())
    return hits / max(len(board.themes), 1)


def names_of_true_classes(known: Labelled, texts: Sequence[themes.Text], truth: Sequence[str]) -> float:
    """The same when every idea is pinned to its true class: how good names are where the themes are right."""
    classes = dict(zip((text.id for text in texts), truth, strict=True))
    board = themes.propose(texts, vectors=known.vectors, pins=classes)
    return names_right(board, classes)


def living_board(known: Labelled, size: int = 100) -> dict[str, Any]:
    """One idea more, 40 % more ideas, and pins."""
    chosen = np.random.default_rng(7).permutation(len(known.texts))[: size * 14 // 10 + 1].tolist()
    texts = [known.texts[index] for index in chosen]
    board = themes.propose(texts[:size], vectors=known.vectors)
    one_more = themes.place(texts[size], board, texts[:size], vectors=known.vectors)
    grown = board
    for place in range(size, size * 14 // 10):
        grown = themes.place(texts[place], grown, texts[:place], vectors=known.vectors)
    refreshed = themes.propose(texts[:-1], vectors=known.vectors, previous=grown)
    old, new = board.theme_of(), refreshed.theme_of()
    ids = [theme.id for theme in board.themes]
    pins = {text.id: ids[place % len(ids)] for place, text in enumerate(texts[:20])}
    pinned = themes.propose(texts[:-1], vectors=known.vectors, previous=board, pins=pins).theme_of()
    return {
        "moved_when_one_arrives": len(themes.changes(board, one_more).moved),
        "moved_when_one_arrives_tfidf_kmeans": baseline_moves(texts[: size + 1], len(board.themes)),
        "ari_with_old_board_after_40_percent_more": round(
            adjusted_rand_score([old[text.id] for text in texts[:size]], [new[text.id] for text in texts[:size]]), 3
        ),
        "moved_by_that_refresh": len(themes.changes(grown, refreshed).moved),
        "pins_kept": sum(pinned[idea] == theme for idea, theme in pins.items()) / len(pins),
        "same_again": themes.propose(list(reversed(texts[:size])), vectors=known.vectors) == board,
    }


def baseline_moves(texts: Sequence[themes.Text], count: int) -> int:
    """Ideas that change their group, at best matching, when KMeans is run again with one idea more."""
    from scipy.optimize import linear_sum_assignment

    before, after = tfidf_kmeans(texts[:-1], count), tfidf_kmeans(texts, count)[:-1]
    shared = np.zeros((count, count))
    np.add.at(shared, (before, after), 1)
    return int(len(before) - shared[linear_sum_assignment(-shared)].sum())


def large_room(sets: Sequence[Labelled]) -> dict[str, Any]:
    """Seconds at 1,000 ideas, the first run with everything that is loaded late, the second without."""
    texts = [text for each in sorted(sets, key=lambda each: -len(each.texts)) for text in each.texts][: LARGEST + 1]
    vectors = {key: vector for each in sets for key, vector in each.vectors.items()}
    board, proposed = timed(lambda: themes.propose(texts[:-1], vectors=vectors))
    newcomer = {themes.vector_key(texts[-1], themes.default_embedder())}
    others = {key: vector for key, vector in vectors.items() if key not in newcomer}
    _, placed = timed(lambda: themes.place(texts[-1], board, texts[:-1], vectors=others))
    _, again = timed(lambda: themes.propose(texts, vectors=vectors, previous=board))
    _, embedded = timed(lambda: themes.embed(texts[:-1]))
    return {
        "ideas": len(texts) - 1, "themes": len(board.themes), "embed": embedded, "propose": proposed,
        "propose_again": again, "add_one": placed,
    }  # fmt: skip


def timed(run: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What a call gives, and its seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = run()
    seconds = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return result, {clock: round(taken, 3) for clock, taken in seconds.items()}


def mean_ari(figures: dict[str, Any]) -> dict[str, float]:
    """Over all sets, by size."""
    by_size = {size: [each[size]["ari"] for each in figures.values() if size in each] for size in map(str, SIZES)}
    return {size: round(float(np.mean(found)), 3) for size, found in by_size.items() if found}


def readable(figures: dict[str, Any], indent: str = "") -> str:
    """Nested figures as indented lines."""
    lines = []
    for key, value in figures.items():
        nested = isinstance(value, dict)
        lines.append(f"{indent}{key}" + (f"\n{readable(value, indent + '  ')}" if nested else f": {value}"))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
