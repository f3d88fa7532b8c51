"""A report as a text that gives the same report again: what is kept when a report is frozen.

The types of the fields say how a value is read. A field that a later version of the program adds takes its default when
an older text is read, and one that it drops is left out, so frozen versions stay readable.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from workshop.domain.report import Report


def written(report: Report) -> str:
    """The text of a report, in ASCII: the same report always gives the same characters."""
    return json.dumps(_plain(report), separators=(",", ":"), allow_nan=False)


def read(text: str) -> Report:
    """The report that was written."""
    report: Report = _value(Report, json.loads(text))
    return report


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _value(kind: Any, plain: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        (inner,) = (argument for argument in arguments if argument is not NoneType)
        return None if plain is None else _value(inner, plain)
    if origin is tuple:
        kinds = arguments[:1] * len(plain) if arguments[-1] is Ellipsis else arguments
        return tuple(_value(inner, one) for inner, one in zip(kinds, plain, strict=True))
    if origin is not None:  # a mapping: the only other kind with arguments
        return {arguments[0](key): _value(arguments[1], inner) for key, inner in plain.items()}
    return _record(kind, plain) if is_dataclass(kind) else _simple(kind, plain)


def _record(kind: Any, plain: Any) -> Any:
    return kind(**{name: _value(inner, plain[name]) for name, inner in _kinds(kind).items() if name in plain})


def _simple(kind: Any, plain: Any) -> Any:
    if issubclass(kind, date | time):
        return kind.fromisoformat(plain)
    return kind(plain) if issubclass(kind, UUID | StrEnum) else plain


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
