"""BERTopic with its defaults on the same vectors, where somebody installed it: no dependency of this project.

Its own embedder asks for a download and for 2 GB of PyTorch; without both it takes vectors as they are given. Install
it into an environment of its own that has this project's packages too: ``pip install hdbscan umap-learn pyyaml``, then
``pip install --no-deps bertopic``.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

INSTALLED = find_spec("bertopic") is not None


def groups(texts: Sequence[str], rows: np.ndarray[Any, Any]) -> list[int]:
    """A topic per text, -1 where BERTopic finds none: in a room of 20 that is every text."""
    topics, _ = import_module("bertopic").BERTopic().fit_transform(list(texts), rows)
    return [int(topic) for topic in topics]
