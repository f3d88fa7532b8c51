"""The components' JavaScript as the browser asks for it: files of this folder, and one version for all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def texts() -> Mapping[str, str]:
    """Every module by its file name."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.js"))}


@cache
def version() -> str:
    """Twelve hex digits that change with any change of any module."""
    return hashlib.sha256("\n".join(f"{name}\n{text}" for name, text in texts().items()).encode()).hexdigest()[:12]


def address(name: str) -> str:
    """Where the browser finds a module."""
    if name not in texts():
        raise LookupError(f"There is no module {name}.")
    return f"/assets/{version()}/{name}"


@cache
def style(*names: str) -> str:
    """The text of one or more style files, in this order."""
    return "\n".join((_FOLDER / name).read_text(encoding="utf-8") for name in names)
