"""What a JSON route was asked: read with a limit, typed, and nothing in it that the route does not know."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from starlette.requests import Request

from workshop.errors import Invalid, WorkshopError

LARGEST_BODY = 16 * 1024

Kind = Callable[[object], Any]


class TooLarge(WorkshopError):
    """More than any of our pages sends."""

    status = 413


async def body(request: Request, required: Mapping[str, Kind], optional: Mapping[str, Kind]) -> dict[str, Any]:
    """The JSON object of a request, each value in its kind; a missing optional value is None. Raises WorkshopError."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Invalid("This must be sent as JSON. Please reload the page.")
    try:
        sent = json.loads(await _read(request))
    except (ValueError, RecursionError) as error:
        raise Invalid("This is no readable JSON. Please reload the page.") from error
    if not isinstance(sent, dict):
        raise Invalid("This must be a JSON object. Please reload the page.")
    return fields(sent, required, optional)


def fields(sent: Mapping[str, object], required: Mapping[str, Kind], optional: Mapping[str, Kind]) -> dict[str, Any]:
    """The values in their kinds. Raises Invalid, naming what is unknown, missing or of another kind."""
    if unknown := set(sent) - set(required) - set(optional):
        raise Invalid(f"“{min(unknown)[:40]}” is not known here. Please reload the page.")
    if missing := [name for name in required if sent.get(name) is None]:
        raise Invalid(f"“{missing[0]}” is missing. Please reload the page.")
    kinds = {**required, **optional}
    read: dict[str, Any] = dict.fromkeys(kinds)
    for name, value in sent.items():
        if value is not None:
            try:
                read[name] = kinds[name](value)
            except (TypeError, ValueError) as error:
                raise Invalid(f"“{name}” cannot be read. Please reload the page.") from error
    return read


def text(value: object) -> str:
    """A text."""
    if not isinstance(value, str):
        raise TypeError
    return value


def texts(value: object) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(text, value))


def number(value: object) -> int:
    """A whole number, and neither true nor 1.0."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def yes_or_no(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise TypeError
    return value


def identity(value: object) -> UUID:
    """The id of a person or an idea."""
    return UUID(text(value))


def form(value: object) -> dict[str, Any]:
    """What stands in a form."""
    if not isinstance(value, dict):
        raise TypeError
    return value


async def _read(request: Request) -> bytes:
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > LARGEST_BODY:
            raise TooLarge(f"This is more than {LARGEST_BODY // 1024} kB. Please shorten it.")
    return bytes(read)
