"""Writes the values of an event as TOML again, for a copy that differs from its file in a few places."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date, time
from typing import Any


def tree_of(text: str) -> dict[str, Any]:
    """The values of an event file that was read before, by key."""
    return tomllib.loads(text.removeprefix("\ufeff"))


def written(tree: Mapping[str, Any]) -> str:
    """The file of these values: one key per line, tables inline. Comments of the original are not in it."""
    return "\n".join(f"{json.dumps(key)} = {_toml(value)}" for key, value in tree.items())


def _toml(value: Any) -> str:
    """A value in TOML, tables inline: what `tomllib` reads back as the same value."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    if isinstance(value, date | time):
        return value.isoformat()
    return json.dumps(value)
