"""Packages that take seconds to load are loaded by the first run that needs them, never by starting the app."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from importlib.util import find_spec
from typing import Any


def late(module: str) -> Any:
    """The module, loaded now if it was not yet."""
    return import_module(module)


def is_there(module: str) -> bool:
    """Whether the module can be loaded, without loading it."""
    return find_spec(module) is not None


def one_thread() -> AbstractContextManager[Any]:
    """Sums in a fixed order, and no spinning workers where numpy was loaded before us with many threads."""
    context: AbstractContextManager[Any] = late("threadpoolctl").threadpool_limits(limits=1)
    return context
