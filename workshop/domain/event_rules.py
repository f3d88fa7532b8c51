"""How an event file is read: rules for single values, lists and tables, and how a mistake is told.

A rule reads one value, notes a mistake when the value is refused and goes on, so that an organiser sees all
mistakes of a file at once. What a rule allows is a phrase that the mistake and the documentation share.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final, Protocol

from workshop.domain import text as texts

UNSOUND: Final = object()
"""Stands where a value was refused, so that checks between values know to leave it alone."""

EMAIL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
AN_ADDRESS: Final = "an e-mail address"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the key with its path, what was found there, and what is allowed there."""

    where: str
    found: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.where}: found {self.found}; allowed: {self.allowed}."


class Refused(Exception):
    """A value is refused. The message, if any, tells what was found better than the value itself."""


class Rule(Protocol):
    """Reads a value of a file, and builds what the program uses once the whole file is sound."""

    @property
    def allowed(self) -> str: ...

    def read(self, found: Any, where: str, mistakes: list[Mistake]) -> Any: ...

    def build(self, sound: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Single:
    """A single value; ``take`` returns it in its final form or raises `Refused`."""

    allowed: str
    take: Callable[[Any], Any]

    def read(self, found: Any, where: str, mistakes: list[Mistake]) -> Any:
        try:
            return self.take(found)
        except Refused as refusal:
            mistakes.append(Mistake(where, str(refusal) or shown(found), self.allowed))
            return UNSOUND

    def build(self, sound: Any) -> Any:
        return sound


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of values of one kind. A list of the wrong length is not read further."""

    of: Rule
    fewest: int
    most: int

    @property
    def allowed(self) -> str:
        each = f", each {self.of.allowed}" if isinstance(self.of, Single) else ""
        return f"a list of {self.fewest} to {self.most}{each}"

    def read(self, found: Any, where: str, mistakes: list[Mistake]) -> Any:
        if not isinstance(found, list) or not self.fewest <= len(found) <= self.most:
            mistakes.append(Mistake(where, shown(found), self.allowed))
            return UNSOUND
        return [self.of.read(value, f"{where}[{index}]", mistakes) for index, value in enumerate(found)]

    def build(self, sound: Any) -> Any:
        return tuple(self.of.build(value) for value in sound)


@dataclass(frozen=True, slots=True)
class Record:
    """A table whose keys are known; ``left_out`` holds what it means when an optional key is not there."""

    makes: Callable[..., Any]
    rules: Mapping[str, Rule]
    left_out: Mapping[str, Any] = field(default_factory=dict)

    @property
    def allowed(self) -> str:
        return f"a table with {', '.join(self.rules)}"

    def read(self, found: Any, where: str, mistakes: list[Mistake]) -> Any:
        if not isinstance(found, dict):
            mistakes.append(Mistake(where, shown(found), self.allowed))
            return UNSOUND
        unknown = sorted(found.keys() - self.rules.keys())
        mistakes += [Mistake(_path(where, key), "an unknown key", self._known_keys(near=key)) for key in unknown]
        return {key: self._value(key, found, where, mistakes) for key in self.rules}

    def build(self, sound: Any) -> Any:
        values = ((key, rule, sound[key]) for key, rule in self.rules.items())
        return self.makes(**{key: None if value is None else rule.build(value) for key, rule, value in values})

    def _value(self, key: str, found: dict[str, Any], where: str, mistakes: list[Mistake]) -> Any:
        if key in found:
            return self.rules[key].read(found[key], _path(where, key), mistakes)
        if key in self.left_out:
            return self.left_out[key]
        mistakes.append(Mistake(_path(where, key), "nothing", self.rules[key].allowed))
        return UNSOUND

    def _known_keys(self, *, near: str) -> str:
        nearest = difflib.get_close_matches(near[:60], self.rules, n=1, cutoff=0.5)
        return ", ".join(self.rules) + (f" (did you mean “{nearest[0]}”?)" if nearest else "")


def shown(found: object) -> str:
    """What was found, short enough for a sentence and without anybody's address."""
    match found:
        case str():
            nobodys = EMAIL.sub("(e-mail address)", found)
            words = f'"{texts.shorten(texts.clean(nobodys, limit=10**9, what="text"), 60)}"'
        case dict():
            words = "a table"
        case list():
            words = f"a list of {len(found)}"
        case int() if abs(found) >= 10**15:  # Python refuses to write out integers of thousands of digits
            words = "a very large number"
        case date() | time():
            words = found.isoformat()
        case _:
            words = str(found).lower()
    return words


def _path(where: str, key: str) -> str:
    name = key if re.fullmatch(r"[\w-]{1,60}", key) else shown(key)
    return f"{where}.{name}" if where else name
