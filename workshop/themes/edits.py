"""What a person does to a board by hand. What they named, merged or split is locked: later proposals only add to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from workshop.domain.text import required
from workshop.errors import Conflict, Invalid, NotFound
from workshop.themes.board import NOT_SURE, AnyBoard, Board, Theme
from workshop.themes.continuity import free_colour, new_id

NAME_CHARACTERS = 60

AnyValue = TypeVar("AnyValue")


def existing(board: Board, theme_id: str) -> Theme:
    """The theme with this id. Raises NotFound."""
    for theme in board.themes:
        if theme.id == theme_id:
            return theme
    raise NotFound("This theme does not exist (any more).")


def renamed(board: AnyBoard, theme_id: str, name: str) -> AnyBoard:
    """The theme with a name of a person's own, which no later run changes. Raises Invalid for an empty or long one."""
    wanted = required(name, limit=NAME_CHARACTERS, what="name of the theme")
    existing(board, theme_id)
    return _changed(board, theme_id, lambda theme: replace(theme, name=wanted, locked=True))


def moved(board: AnyBoard, idea_id: str, theme_id: str) -> AnyBoard:
    """One idea in another theme, or aside with `NOT_SURE`. A theme that it leaves empty goes, unless it is locked."""
    if idea_id not in board.theme_of():
        raise NotFound("This idea is not in the themes (any more).")
    if theme_id != NOT_SURE:
        existing(board, theme_id)
    left = tuple(replace(theme, idea_ids=_without(theme.idea_ids, idea_id)) for theme in board.themes)
    arrived = tuple(
        replace(theme, idea_ids=(*theme.idea_ids, idea_id)) if theme.id == theme_id else theme for theme in left
    )
    aside = _without(board.not_sure, idea_id)
    changed = replace(
        board,
        themes=tuple(theme for theme in arrived if theme.idea_ids or theme.locked),
        not_sure=(*aside, idea_id) if theme_id == NOT_SURE else aside,
    )
    return _with_words_of(changed, theme_id, [idea_id])


def merged(board: AnyBoard, theme_id: str, into: str) -> AnyBoard:
    """All ideas of a theme in another one, which keeps its id, name and colour."""
    if theme_id == into:
        raise Conflict("Choose two different themes.")
    gone = existing(board, theme_id)
    existing(board, into)
    rest = replace(board, themes=tuple(theme for theme in board.themes if theme.id != theme_id))
    changed = _changed(rest, into, lambda kept: replace(kept, idea_ids=(*kept.idea_ids, *gone.idea_ids), locked=True))
    return _with_words_of(changed, into, gone.idea_ids)


def split(board: AnyBoard, theme_id: str, groups: Sequence[Sequence[str]]) -> AnyBoard:
    """A theme in several, one per group of its ideas. The largest keeps id, name and colour; the others are nameless.

    Raises Invalid unless every idea of the theme stands in exactly one group and no group is empty.
    """
    whole = existing(board, theme_id)
    if Counter(idea for group in groups for idea in group) != Counter(whole.idea_ids) or not all(groups):
        raise Invalid("Every idea of the theme belongs in one of the groups, and every group needs an idea.")
    _, *others = sorted((tuple(sorted(group)) for group in groups), key=lambda group: (-len(group), group))
    taken = frozenset(theme.id for theme in board.themes)
    colours = Counter(theme.colour for theme in board.themes)
    made = []
    for group in others:
        colour = free_colour(colours)
        colours[colour] += 1
        made.append(Theme(new_id(frozenset(group), taken), "", "", (), group, 0.0, colour, locked=True, central_id=""))
    return parted(board, theme_id, made)


def parted(board: AnyBoard, theme_id: str, made: Sequence[Theme]) -> AnyBoard:
    """The board with these new themes right behind the one that their ideas leave; both sides are locked."""
    whole = existing(board, theme_id)
    leaving = {idea for theme in made for idea in theme.idea_ids}
    kept = replace(whole, idea_ids=tuple(sorted(set(whole.idea_ids) - leaving)), locked=True)
    place = board.themes.index(whole)
    return replace(board, themes=(*board.themes[:place], kept, *made, *board.themes[place + 1 :]))


def joined(board: AnyBoard, later: Board) -> AnyBoard:
    """The board with those ideas of a later one that it lacks, each in the same theme, or aside as there.

    An idea whose theme is not on this board stays away: it has to be placed anew.
    """
    there, here = later.theme_of(), board.theme_of()
    homes = {NOT_SURE, *(theme.id for theme in board.themes)}
    coming = {idea: home for idea, home in there.items() if idea not in here and home in homes}
    if not coming:
        return board
    old, new = board.evidence, later.evidence
    return replace(
        board,
        themes=tuple(
            replace(theme, idea_ids=(*theme.idea_ids, *(idea for idea, home in coming.items() if home == theme.id)))
            for theme in board.themes
        ),
        not_sure=(*board.not_sure, *(idea for idea, home in coming.items() if home == NOT_SURE)),
        places={**board.places, **_of(later.places, coming)},
        evidence=replace(
            old,
            words={**old.words, **_of(new.words, coming)},
            neighbours={**old.neighbours, **_of(new.neighbours, coming)},
            languages={**old.languages, **_of(new.languages, coming)},
            near_themes={**old.near_themes, **_of(new.near_themes, coming)},
        ),
    )


def _of(values: Mapping[str, AnyValue], ideas: Iterable[str]) -> dict[str, AnyValue]:
    return {idea: values[idea] for idea in ideas if idea in values}


def _with_words_of(board: AnyBoard, theme_id: str, ideas: Iterable[str]) -> AnyBoard:
    """What joined these ideas to another theme is no reason here: the words of this one that they say, where known."""
    near = board.evidence.near_themes
    told = {idea: next((it.words for it in near.get(idea, ()) if it.theme_id == theme_id), ()) for idea in ideas}
    return replace(board, evidence=replace(board.evidence, words={**board.evidence.words, **told}))


def _changed(board: AnyBoard, theme_id: str, change: Callable[[Theme], Theme]) -> AnyBoard:
    return replace(board, themes=tuple(change(theme) if theme.id == theme_id else theme for theme in board.themes))


def _without(ideas: tuple[str, ...], idea: str) -> tuple[str, ...]:
    return tuple(other for other in ideas if other != idea)
