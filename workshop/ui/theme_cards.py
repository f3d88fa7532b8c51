"""Themes as pieces of a page: what stands in each of them, and why. However many there are, each is one element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from workshop.domain.idea import ShownIdea
from workshop.services.shown_themes import ThemesView, ThemeView
from workshop.themes import Board
from workshop.ui import colours, look

_CARDS = Markup('<div class="rt-cards">{}</div>')
_CARD = Markup(
    '<section class="rt-theme-card" style="--theme:{colour}"><p class="rt-theme"><b>{name}</b> '
    '<span class="rt-note">{note}</span></p>{inside}</section>'
)
_LINE = Markup('<p class="rt-idea-line"><b>#{}</b> {} <span class="rt-note">{}</span></p>')
_HINT = Markup('<p class="rt-hint">{}</p>')
_FACT = Markup('<p class="rt-fact"><span class="rt-note">{}</span> {}</p>')
_LINES = 4
_TIGHT, _LOOSE = 0.4, 0.2
_GREY = "var(--rt-muted)"


def overview(view: ThemesView, flagged: Mapping[int, int]) -> Markup:
    """Every theme with its first ideas, and those that nobody is sure about."""
    cards = [
        _CARD.format(
            colour=_colour(theme.colour), name=theme.name, note=note(theme, view), inside=_first(theme.ideas, flagged)
        )
        for theme in view.themes
    ]
    if view.not_sure:
        count = counted(view.not_sure)
        cards.append(_CARD.format(colour=_GREY, name="Not sure", note=count, inside=_first(view.not_sure, flagged)))
    return _CARDS.format(Markup("").join(cards))


def previewed(board: Board) -> Markup:
    """Suggested themes before they are applied: name, size and the most typical idea's title."""
    cards = (
        _CARD.format(
            colour=_colour(theme.colour),
            name=theme.name,
            note=f"{len(theme.idea_ids)} ideas" + (", yours" if theme.locked else ""),
            inside=_HINT.format(theme.subtitle),
        )
        for theme in board.themes
    )
    return _CARDS.format(Markup("").join(cards))


def head(theme: ThemeView, view: ThemesView) -> Markup:
    """An open theme: its name, and why its ideas are together."""
    by_number = {idea.number: idea for idea in theme.ideas}
    said = ", ".join(f"“{word}” ({len(numbers)})" for word, numbers in theme.words.items())
    facts = [("Words in common", said)] if said else []
    for label, number in (("Most typical", theme.typical), ("Fits least", theme.weakest)):
        if number in by_number and len(by_number) > 1:
            facts.append((label, f"#{number} {by_number[number].title}"))
    if theme.cohesion and len(by_number) > 1:
        facts.append(("How alike", alike(theme.cohesion)))
    told = Markup("").join(_FACT.format(label, value) for label, value in facts)
    return _CARD.format(colour=_colour(theme.colour), name=theme.name, note=note(theme, view), inside=told)


def reasons(ideas: Sequence[ShownIdea], view: ThemesView) -> Markup:
    """Each idea with its reason, one under the other."""
    lines = (
        _LINE.format(
            idea.number, idea.title, ("Pinned. " if idea.number in view.pinned else "") + view.why.get(idea.number, "")
        )
        for idea in ideas
    )
    return Markup("").join(lines)


def note(theme: ThemeView, view: ThemesView) -> str:
    """How many ideas, how many of them pinned, and whether a person named it or should."""
    pinned = sum(idea.number in view.pinned for idea in theme.ideas)
    parts = [counted(theme.ideas), f"{pinned} pinned" if pinned else "", "kept by you" if theme.locked else ""]
    return ", ".join(part for part in [*parts, "please name" if theme.please_name else ""] if part)


def counted(ideas: Sequence[ShownIdea]) -> str:
    """The number of ideas in words of the room."""
    return "1 idea" if len(ideas) == 1 else f"{len(ideas)} ideas"


def alike(cohesion: float) -> str:
    """How alike the ideas of a theme are, in words."""
    if cohesion >= _TIGHT:
        return "closely"
    return "fairly" if cohesion >= _LOOSE else "loosely: look at what fits least"


def _first(ideas: Sequence[ShownIdea], flagged: Mapping[int, int]) -> Markup:
    """The first few, those that are flagged before the others."""
    order = sorted(ideas, key=lambda idea: (-flagged.get(idea.number, 0), idea.number))
    lines = [_LINE.format(idea.number, idea.title, _said(flagged.get(idea.number, 0))) for idea in order[:_LINES]]
    if len(order) > _LINES:
        lines.append(_HINT.format(f"and {len(order) - _LINES} more"))
    return Markup("").join(lines)


def _said(people: int) -> str:
    return f"wrong theme? ({people})" if people else ""


def _colour(colour: int) -> str:
    shades = colours.of_themes(dark=look.is_dark())
    return shades[colour % len(shades)]
