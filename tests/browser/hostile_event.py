"""An event whose organiser typed hostile texts: title, sides, sectors, tables, steps with their sentences, agenda."""

from __future__ import annotations

import itertools
from typing import Any

from tests.browser.hostile import SHAPE, fitted, texts, titled
from tests.browser.venue import EVENT
from workshop.domain import event_writing

_NAME, _SENTENCE = 80, 200


def written(*, tables: int) -> str:
    """The event file, with room for many. Of the sides, one keeps a name that can be called out."""
    tree = event_writing.tree_of(EVENT.read_text(encoding="utf-8"))
    typed = itertools.cycle(text for text in (*SHAPE[:5], *texts(120)) if "@" not in text)
    for row in tree["run_of_show"]:
        row["title"] = titled(next(typed), _NAME)
        row["instruction"] = titled(next(typed) * 3, _SENTENCE)
        row["wall"] = titled(next(typed) * 8, _SENTENCE)
    for row in (*tree["sectors"], *tree["agenda"], *tree["prompts"]):
        field = next(key for key in ("name", "title", "text") if key in row)
        row[field] = titled(next(typed), _NAME - 4) + f" {next(_COUNT)}"
    tree["sides"][1] |= {
        "name": titled("<img src=x onerror=window.hostile=1> " + "W" * 80, _NAME),
        "short": "<s>W&W www.W",
    }
    tree["tables"] = ["Table 1", *(titled(next(typed), _NAME - 4) + f" {place}" for place in range(2, tables + 1))]
    for key in ("title", "name", "host"):
        tree[key] = titled(next(typed), _NAME)
    tree["consent"] = fitted("<script>window.hostile=1</script> [click](http://evil.example) for 30 days. " * 6, 400)
    tree["anonymity"] = "named"
    tree["limits"] |= _limits(tables)
    return event_writing.written(tree)


def _limits(tables: int) -> dict[str, Any]:
    return {
        "people": 10 * tables, "tables": tables, "ideas_per_person": 20, "ideas_per_table": 200,
        "published_per_table": 50, "offers_per_person": 10, "builds_per_person": 50,
    }  # fmt: skip


_COUNT = itertools.count(1)
