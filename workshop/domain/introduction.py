"""Introductions: what people say in the warm-up: what they offer, what they look for, where they are from.

Offers and needs stay apart from everything else that people write: they are the ground of the afternoon's meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workshop.domain.credit import NOBODY, Credit
from workshop.domain.text import clean, fingerprint, is_blank
from workshop.errors import Invalid

LINE, PLACE = 120, 60


class LineKind(StrEnum):
    """What a line says."""

    OFFER = "offer"
    NEED = "need"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Introduction:
    """All that one person has said: each line once, in the order in which it was written."""

    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    place: str = ""

    @property
    def lines(self) -> tuple[tuple[LineKind, str], ...]:
        """Every line with its kind."""
        place = [(LineKind.PLACE, self.place)] if self.place else []
        offers = [(LineKind.OFFER, text) for text in self.offers]
        return (*offers, *((LineKind.NEED, text) for text in self.needs), *place)


@dataclass(frozen=True, slots=True)
class ShownLine:
    """An offer or a need as others may see it, with as much credit as the level of anonymity shows."""

    kind: LineKind
    text: str
    side: str
    credit: Credit = NOBODY


def introduction_of(lines: Iterable[tuple[LineKind, str]]) -> Introduction:
    """The introduction that these lines make."""
    by_kind: dict[LineKind, list[str]] = {kind: [] for kind in LineKind}
    for kind, text in lines:
        by_kind[kind].append(text)
    place = by_kind[LineKind.PLACE]
    return Introduction(tuple(by_kind[LineKind.OFFER]), tuple(by_kind[LineKind.NEED]), place[0] if place else "")


def checked(said: Introduction, *, most: int) -> Introduction:
    """The introduction in its normal form: empty lines and repeated ones are left out.

    :param most: offers, and needs, that one person may have.
    :raises Invalid: when a line is too long, or there are too many.
    """
    offers = _lines(said.offers, most, what="offer")
    needs = _lines(said.needs, most, what="need")
    place = clean(said.place, limit=PLACE, what="place")
    return Introduction(offers, needs, "" if is_blank(place) else place)


def _lines(typed: Sequence[str], most: int, *, what: str) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for text in (clean(text, limit=LINE, what=what) for text in typed):
        if not is_blank(text):
            kept.setdefault(fingerprint(text), text)
    lines = tuple(kept.values())
    if len(lines) > most:
        raise Invalid(f"You have {len(lines)} {what}s; {most} fit. Please keep the most important ones.")
    return lines
