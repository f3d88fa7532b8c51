"""The first call of a notebook: texts in, a board of themes out."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.themes.board import Text
from workshop.themes.embedders import Embedder, default_embedder
from workshop.themes.embedding import Progress, embed, embedder_for
from workshop.themes.granularity import Granularity
from workshop.themes.languages import DEFAULT_LANGUAGES
from workshop.themes.open_board import OpenBoard, Setup, opened
from workshop.themes.proposal import propose


def group(  # noqa: PLR0913 - a run is its settings, and each has a default
    texts: Sequence[str | Text],
    *,
    languages: Sequence[str] = DEFAULT_LANGUAGES,
    granularity: Granularity = "default",
    count: int | None = None,
    stop_titles: Sequence[str] = (),
    seed: int = 0,
    embedder: Embedder | None = None,
    told: Progress | None = None,
) -> OpenBoard:
    """Group 8 to some 1,000 short texts into themes; fewer than 8 wait in "not sure".

    A text is "Title. More about it", at most 400 characters; plain ones get the ids "1", "2", ... in their order.
    `languages` are the codes people may write in, the first is preferred for names. `granularity` asks for fewer or
    more themes than the ideas suggest, `count` for an exact number. Words of `stop_titles` make no names.
    Without an `embedder` the best is taken that reads these texts in about 15 s, and with `told`, which hears how far
    it is, the best there is. Same input and seed, same board. Raises Invalid for a wish that cannot be met.
    Method and sources: docs/decisions/0005-themes.md.
    """
    ideas = tuple(text if isinstance(text, Text) else Text(str(place), text) for place, text in enumerate(texts, 1))
    chosen = embedder or (default_embedder() if told else embedder_for(ideas))
    vectors = embed(ideas, embedder=chosen, told=told)
    setup = Setup(tuple(languages), tuple(stop_titles), seed, chosen, vectors)
    grouped = propose(
        ideas,
        vectors=vectors,
        embedder=chosen,
        granularity=granularity,
        count=count,
        languages=languages,
        stop_titles=stop_titles,
        seed=seed,
    )
    return opened(grouped, ideas, setup, pins={}, before=None)
