"""How well one random room is grouped and named, beside the baselines in the same run."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.manifold import trustworthiness
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score, silhouette_score

from tests.bench import themes_bertopic
from tests.bench.themes_labelled import Labelled
from workshop import themes
from workshop.themes.embedders import quick_part
from workshop.themes.embedding import blocks_of
from workshop.themes.geometry import unit
from workshop.themes.room import enter

MOST_THEMES = 15
UNSURE_NAME = 0.22


def quality(known: Labelled, chosen: Sequence[int], embedder: themes.Embedder) -> dict[str, float]:
    """One room. "Not sure" is one more group (`ari`), or ideas alone (`ari_alone`), or left out (`ari_sure`)."""
    texts = [known.texts[index] for index in chosen]
    truth = np.array([known.labels[index] for index in chosen])
    spoken = np.array([known.languages[index] for index in chosen])
    board, seconds = timed(lambda: themes.propose(texts, vectors=known.vectors, embedder=embedder))
    found = np.array([board.theme_of()[text.id] for text in texts])
    sure = found != themes.NOT_SURE
    alone = np.where(sure, found, [text.id for text in texts])
    return {
        "ari": adjusted_rand_score(truth, found),
        "ari_alone": adjusted_rand_score(truth, alone),
        "ari_sure": adjusted_rand_score(truth[sure], found[sure]),
        "ari_tfidf_kmeans": adjusted_rand_score(truth, tfidf_kmeans(texts, max(len(board.themes), 2))),
        "ari_vectors_kmeans": adjusted_rand_score(truth, vectors_kmeans(known, texts, embedder)),
        "ari_vectors_kmeans_told": adjusted_rand_score(truth, vectors_kmeans(known, texts, embedder, len(set(truth)))),
        **bertopic(known, texts, truth, embedder),
        "themes": len(board.themes),
        "not_sure": float(np.mean(~sure)),
        "nmi_language": float(normalized_mutual_info_score(spoken, found)),
        "nmi_language_by_chance": by_chance(spoken, found),
        **names(known, texts, truth.tolist(), board, embedder),
        "trustworthiness": map_keeps_neighbours(known, texts, board, embedder),
        "cpu": seconds["cpu"],
    }


def tfidf_kmeans(texts: Sequence[themes.Text], count: int) -> np.ndarray[Any, Any]:
    """The simplest baseline, told the number of themes that ours found."""
    words = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform([text.text for text in texts])
    return KMeans(count, n_init=5, random_state=0).fit_predict(words)


def vectors_kmeans(
    known: Labelled, texts: Sequence[themes.Text], embedder: themes.Embedder, count: int | None = None
) -> np.ndarray[Any, Any]:
    """KMeans on the same vectors as they are; the number by silhouette (2..15), or told."""
    rows = as_they_are(known, texts, embedder)
    counts = [count] if count else range(2, min(MOST_THEMES, len(texts) - 1) + 1)
    tried = [KMeans(each, n_init=3, random_state=0).fit_predict(rows) for each in counts]
    return tried[0] if count else max(tried, key=lambda labels: silhouette_score(rows, labels))


def bertopic(
    known: Labelled, texts: Sequence[themes.Text], truth: np.ndarray[Any, Any], embedder: themes.Embedder
) -> dict[str, float]:
    """BERTopic's defaults on the same vectors, its outliers as one more group; nothing where it is not installed."""
    if not themes_bertopic.INSTALLED:
        return {}
    rows = as_they_are(known, texts, embedder)
    found, seconds = timed(lambda: np.array(themes_bertopic.groups([text.text for text in texts], rows)))
    return {
        "ari_bertopic": adjusted_rand_score(truth, found),
        "themes_bertopic": len(set(found.tolist()) - {-1}),
        "outliers_bertopic": float(np.mean(found == -1)),
        "cpu_bertopic": seconds["cpu"],
    }


def as_they_are(known: Labelled, texts: Sequence[themes.Text], embedder: themes.Embedder) -> np.ndarray[Any, Any]:
    """The vectors of these texts as unit rows, no language's mean taken out."""
    return unit(np.hstack([unit(block) for block in blocks_of(texts, known.vectors, embedder)]))


def by_chance(languages: np.ndarray[Any, Any], found: np.ndarray[Any, Any]) -> float:
    """NMI of the themes with shuffled languages: what small rooms show by chance."""
    draws = (np.random.default_rng(draw).permutation(languages) for draw in range(10))
    return float(np.mean([normalized_mutual_info_score(shuffled, found) for shuffled in draws]))


def names(
    known: Labelled, texts: Sequence[themes.Text], truth: Sequence[str], board: themes.Board, embedder: themes.Embedder
) -> dict[str, float]:
    """Right names of themes as found, and where every idea is pinned to its class: there only the name can fail."""
    classes = dict(zip((text.id for text in texts), truth, strict=True))
    true_board = themes.propose(texts, vectors=known.vectors, embedder=embedder, pins=classes)
    sure = [theme for theme in true_board.themes if theme.confidence >= UNSURE_NAME and len(theme.idea_ids) > 2]
    return {
        "names_right": names_right(board.themes, classes, embedder),
        "names_right_of_true_classes": names_right(true_board.themes, classes, embedder),
        "names_right_of_true_classes_where_sure": names_right(sure, classes, embedder),
        "please_name": float(np.mean([theme.please_name for theme in board.themes])),
        "name_length_p95": float(np.quantile([len(theme.name) for theme in board.themes], 0.95)),
    }


def names_right(found: Sequence[themes.Theme], classes: dict[str, str], embedder: themes.Embedder) -> float:
    """Share of themes whose name is nearest (cosine) to the name that people gave to most of their ideas."""
    part = quick_part(embedder)
    called = sorted(set(classes.values()))
    of_classes = part.embed(called)
    hits = 0
    for theme in found:
        counts = Counter(classes[idea] for idea in theme.idea_ids)
        nearest = called[int(np.argmax(of_classes @ part.embed([theme.name])[0]))]
        hits += counts[nearest] == max(counts.values())
    return hits / len(found) if found else float("nan")


def map_keeps_neighbours(
    known: Labelled, texts: Sequence[themes.Text], board: themes.Board, embedder: themes.Embedder
) -> float:
    """Trustworthiness of the map: whether neighbours on it are neighbours in meaning."""
    room = enter(texts, vectors=known.vectors, embedder=embedder, languages=sorted(set(known.languages)))
    drawn = np.array([board.places[text.id] for text in texts])
    return float(trustworthiness(room.rows, drawn, n_neighbors=5, metric="cosine"))


def timed(run: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """What a call gives, and its seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = run()
    seconds = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return result, {clock: round(taken, 3) for clock, taken in seconds.items()}
