"""Records of the log: what happened and where, never what somebody typed or who it was.

Of us a record holds the sentence as we wrote it, of a library its sentence without the values in it, and of an error
its kind and the places that it passed. The message of an error may quote an idea, a name or a cookie: it stays out.
"""

from __future__ import annotations

import json
import logging
import sysconfig
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from workshop.settings import PROJECT

_OURS = "workshop."
_LIBRARIES = Path(sysconfig.get_path("purelib"))

_Information = tuple[type[BaseException], BaseException, Any] | tuple[None, None, None] | None


class Record(logging.LogRecord):
    """A record for lines that people read: the error stands below the sentence."""

    def __init__(  # noqa: PLR0913, PLR0917  the arguments of every record of Python's
        self,
        name: str,
        level: int,
        pathname: str,
        lineno: int,
        msg: object,
        args: Any,
        exc_info: _Information,
        func: str | None = None,
        _stack: str | None = None,
    ) -> None:
        super().__init__(name, level, pathname, lineno, msg, args, None, func)
        self.msg, self.args = _sentence(self), ()
        self.errors = _errors(exc_info[1] if exc_info else None)
        self.exc_text = "\n".join("\n    ".join(["  " + kind, *places]) for kind, places in self.errors) or None


class JsonRecord(Record):
    """A record whose message is the whole line."""

    def __init__(self, *known: Any) -> None:
        super().__init__(*known)
        line: dict[str, object] = {
            "time": f"{datetime.fromtimestamp(self.created, UTC):%Y-%m-%dT%H:%M:%S}.{int(self.msecs):03}Z",
            "level": self.levelname.lower(),
            "logger": self.name,
            "event": self.msg,
        }
        if self.errors:
            line["exception"] = [{"type": kind, "frames": places} for kind, places in self.errors]
        self.msg, self.exc_text = json.dumps(line, ensure_ascii=False), None


def place(file: str) -> str:
    """A file as everybody knows it, without the folders of this machine."""
    path = Path(file)
    inside = next((folder for folder in (_LIBRARIES, PROJECT) if path.is_relative_to(folder)), None)
    return str(path.relative_to(inside)) if inside else path.name


def _sentence(record: logging.LogRecord) -> str:
    if f"{record.name}.".startswith(_OURS):
        return record.getMessage()
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    template = record.msg.partition("\n")[0].strip()  # on further lines asyncio shows what a task was about
    try:
        return str(template % _numbers_only(record.args)) if record.args else template
    except (TypeError, ValueError, KeyError):
        return template


def _numbers_only(values: Any) -> Any:
    if isinstance(values, Mapping):
        return {name: _number(value) for name, value in values.items()}
    return tuple(_number(value) for value in values)


def _number(value: object) -> object:
    return value if isinstance(value, int | float) else "…"


def _errors(error: BaseException | None) -> list[tuple[str, list[str]]]:
    """The error and what it came from: each with its kind and the places that it passed, the innermost last."""
    found: list[tuple[str, list[str]]] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = traceback.extract_tb(error.__traceback__)
        found.append((_kind(error), [f"{place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
