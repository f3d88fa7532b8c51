"""Themes: which ideas belong together, what to call the groups, and why.

Plain values in, plain values out: no database, no screen, no network. The method and its measurements are in
`docs/decisions/0005-themes.md`.
"""

import os

# One thread per BLAS and OpenMP pool: on a small shared machine spinning workers cost ten times more than they bring,
# and sums in a fixed order are what makes two runs equal. numpy reads these once, so they stand before every import.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from workshop.themes.board import (  # noqa: E402 - the thread counts above must come first
    NOT_SURE,
    Board,
    Changes,
    Evidence,
    Near,
    Text,
    Theme,
    changes,
)
from workshop.themes.embedders import Embedder, Embedding, default_embedder, has_encoder, reads_at_once  # noqa: E402
from workshop.themes.embedding import Progress, Vectors, embed, embedder_for, vector_key, vector_keys  # noqa: E402
from workshop.themes.granularity import Granularity  # noqa: E402
from workshop.themes.grouping import group  # noqa: E402
from workshop.themes.newcomers import place  # noqa: E402
from workshop.themes.open_board import OpenBoard, Proposal  # noqa: E402
from workshop.themes.proposal import propose, warm_up  # noqa: E402
from workshop.themes.similar import Comparable, Pair, Similar, comparable, nearest, pairs, similar  # noqa: E402

__all__ = [
    "NOT_SURE",
    "Board",
    "Changes",
    "Comparable",
    "Embedder",
    "Embedding",
    "Evidence",
    "Granularity",
    "Near",
    "OpenBoard",
    "Pair",
    "Progress",
    "Proposal",
    "Similar",
    "Text",
    "Theme",
    "Vectors",
    "changes",
    "comparable",
    "default_embedder",
    "embed",
    "embedder_for",
    "group",
    "has_encoder",
    "nearest",
    "pairs",
    "place",
    "propose",
    "reads_at_once",
    "similar",
    "vector_key",
    "vector_keys",
    "warm_up",
]
