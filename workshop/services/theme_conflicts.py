"""Whether two people at two desks meant the same thing differently: the themes as one saw them, and as they are now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from workshop.errors import Conflict, NotFound
from workshop.themes import NOT_SURE, Board, Theme

LOOK_AGAIN = "Look at the themes as they are now, then decide again."


def found(seen: Board, now: Board, theme_id: str) -> Theme:
    """The theme as it is now. Raises NotFound, which says where its ideas are."""
    theme = _by_id(now, theme_id)
    if theme is not None:
        return theme
    gone = _by_id(seen, theme_id)
    if gone is None:
        raise NotFound("This theme does not exist (any more).")
    homes = now.theme_of()
    where = Counter(homes[idea] for idea in gone.idea_ids if homes.get(idea)).most_common(1)
    home = _by_id(now, where[0][0]) if where else None
    moved = f" Its ideas are in “{home.name}” now." if home else ""
    raise NotFound(f"“{gone.name}” is not there any more: somebody changed the themes a moment ago.{moved}")


def must_be_as_seen(seen: Board, now: Board, theme_id: str) -> None:
    """Raise Conflict when somebody has renamed this theme since, or merged another one into it."""
    then, theme = _by_id(seen, theme_id), _by_id(now, theme_id)
    if then is None or theme is None:
        return
    if then.name != theme.name:
        raise Conflict(f"Somebody renamed this theme to “{theme.name}” a moment ago. {LOOK_AGAIN}")
    there = {each.id for each in now.themes}
    for gone in seen.themes:
        if gone.id not in there and not set(gone.idea_ids).isdisjoint(theme.idea_ids):
            raise Conflict(f"Somebody merged “{gone.name}” into this theme a moment ago. {LOOK_AGAIN}")


def must_be_free(seen: Board, now: Board, ideas: Sequence[str], theme_id: str) -> None:
    """Raise NotFound for an idea that is gone, Conflict when somebody has put one of them into a third theme since."""
    before, after = seen.theme_of(), now.theme_of()
    must_be_there(after, ideas)
    then = {theme.id for theme in seen.themes} | {NOT_SURE}
    there = {theme.id for theme in now.themes} | {NOT_SURE}
    for idea in ideas:
        was, is_now = before.get(idea), after[idea]
        by_hand = was is not None and was in there and is_now in then
        if by_hand and is_now not in {was, theme_id}:
            home = _by_id(now, is_now)
            where = f"into “{home.name}”" if home else "aside"
            raise Conflict(f"Somebody put one of these ideas {where} a moment ago. {LOOK_AGAIN}")


def must_be_there(homes: Mapping[str, str], ideas: Sequence[str]) -> None:
    """Raise NotFound for ideas that no theme holds, nor "not sure"."""
    if not ideas:
        raise NotFound("No idea is chosen. Choose one or more first.")
    if any(idea not in homes for idea in ideas):
        raise NotFound("An idea that you chose is not in the themes (any more).")


def is_merged(seen: Board, now: Board, theme_id: str, into: str) -> bool:
    """Whether the theme has gone into that other one since."""
    gone, kept = _by_id(seen, theme_id), _by_id(now, into)
    if gone is None or kept is None or _by_id(now, theme_id) is not None or not gone.idea_ids:
        return False
    return set(gone.idea_ids) <= set(kept.idea_ids)


def is_split(seen: Board, now: Board, theme_id: str) -> bool:
    """Whether the theme was parted since: all ideas of a theme that is new come from it."""
    whole, there = _by_id(seen, theme_id), {theme.id for theme in seen.themes}
    if whole is None:
        return False
    return any(
        theme.id not in there and theme.idea_ids and set(theme.idea_ids) <= set(whole.idea_ids) for theme in now.themes
    )


def _by_id(board: Board, theme_id: str) -> Theme | None:
    return next((theme for theme in board.themes if theme.id == theme_id), None)
