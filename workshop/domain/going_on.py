"""Which ideas go on to become consortia: what both orders suggest, with the reason in words, and what people picked.

A suggestion decides nothing. People put ideas on the list and take them off, and one of them may be the wild card: an
idea that no order puts forward and that somebody in the room believes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from workshop.domain.ranking import RankedIdea, Ranking
from workshop.errors import Conflict, Invalid

MOST = 8
"""Ideas that may go on: as many as a wall can show and a room can found."""

FEWEST_SUGGESTED = 6
_OF_EACH_ORDER = 5

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An idea that an order puts forward, and why, in words."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class GoingOn:
    """The ideas that people picked, in the order of picking. ``version`` grows with every change, 0: nobody picked."""

    version: int = 0
    ideas: tuple[UUID, ...] = ()
    wild_card: UUID | None = None


def suggestions(ranking: Ranking) -> tuple[Suggestion, ...]:
    """Six to eight ideas from both orders, as far as they have dots: the two-sided order first, then raw dots."""
    balanced, dotted = _supported(ranking)
    chosen = list(balanced[:_OF_EACH_ORDER])
    chosen += [idea for idea in dotted[:_OF_EACH_ORDER] if idea not in chosen]
    chosen = chosen[:MOST]
    rest = [idea for idea in (*balanced, *dotted) if idea not in chosen]
    for idea in rest:
        if len(chosen) < FEWEST_SUGGESTED and idea not in chosen:
            chosen.append(idea)
    return tuple(Suggestion(idea.number, reason(idea)) for idea in chosen)


def proposal(ranking: Ranking) -> tuple[Suggestion, ...]:
    """What is proposed where nobody picked: the first of the two-sided order, by dots while a side has no ballot."""
    balanced, dotted = _supported(ranking)
    first = (balanced or dotted)[:FEWEST_SUGGESTED]
    return tuple(Suggestion(idea.number, reason(idea)) for idea in first)


def reason(idea: RankedIdea) -> str:
    """Why an idea is put forward: "first in the two-sided order, third by dots"."""
    by_dots = f"{_place(idea.dots_rank)} by dots"
    if idea.two_sided_rank is None:
        return by_dots
    if not idea.balanced:
        return f"{by_dots}, without the support of every side"
    two_sided = f"{_place(idea.two_sided_rank)} in the two-sided order"
    return f"{two_sided}, {by_dots}" if idea.two_sided_rank <= idea.dots_rank else f"{by_dots}, {two_sided}"


def with_idea(before: GoingOn, idea: UUID, *, wild_card: bool = False) -> GoingOn:
    """Put an idea on the list. A new wild card takes the place of the one before."""
    gives_way = before.wild_card if wild_card and before.wild_card != idea else None
    stay = tuple(each for each in before.ideas if each != gives_way)
    ideas = stay if idea in stay else (*stay, idea)
    if len(ideas) > MOST:
        raise Conflict(f"{MOST} ideas go on already, and {MOST} fit. Take one off the list first.")
    kept = None if before.wild_card == idea else before.wild_card
    return _changed(before, ideas, idea if wild_card else kept)


def without_idea(before: GoingOn, idea: UUID | None) -> GoingOn:
    """Take an idea off the list."""
    ideas = tuple(each for each in before.ideas if each != idea)
    return _changed(before, ideas, None if before.wild_card == idea else before.wild_card)


def accepted(before: GoingOn, proposed: Sequence[UUID]) -> GoingOn:
    """Take a proposal as it is."""
    if before.ideas:
        raise Conflict("Ideas were picked in the meantime. Look at the list, then decide again.")
    if not proposed:
        raise Invalid("There is nothing to accept: no idea has a dot. Pick the ideas by hand.")
    return _changed(before, tuple(proposed)[:MOST], None)


def _changed(before: GoingOn, ideas: tuple[UUID, ...], wild_card: UUID | None) -> GoingOn:
    return replace(before, version=before.version + 1, ideas=ideas, wild_card=wild_card)


def _supported(ranking: Ranking) -> tuple[list[RankedIdea], list[RankedIdea]]:
    """Both orders without the ideas that they say nothing for."""
    balanced = [idea for idea in ranking.two_sided if idea.balanced]
    return balanced, [idea for idea in ranking.by_dots if idea.total_dots]


def _place(rank: int) -> str:
    if rank <= len(_PLACES):
        return _PLACES[rank - 1]
    ending = "th" if 10 < rank % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank}{ending}"
