"""What a themes run takes and gives: texts in, a board out, and the difference between two boards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

LONGEST_TEXT = 400
LONGEST_TITLE = 80
COLOURS = 8
FEWEST_IDEAS = 8
DRAFT_BELOW = 30
NOT_SURE = ""
UNSURE_NAME = 0.22


@dataclass(frozen=True, slots=True)
class Text:
    """One idea as the method sees it: title + ". " + pitch, at most 400 characters."""

    id: str
    text: str

    def __post_init__(self) -> None:
        # Lone surrogates cannot be encoded, so an embedder or a hash would stop on them.
        clean = self.text[: 2 * LONGEST_TEXT].encode("utf-8", "ignore").decode("utf-8")
        object.__setattr__(self, "text", clean[:LONGEST_TEXT])

    @property
    def title(self) -> str:
        """The part before the first full stop, which is the title of an idea."""
        return " ".join(self.text.split(". ", 1)[0].split())[:LONGEST_TITLE]


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of ideas. `id`, `name` and `colour` (0..7) outlive a refresh; a locked theme only ever grows.

    `confidence` is the share of its ideas that say the first keyword; `central_id` is its most typical idea,
    `weakest_id` the one that fits least, and `cohesion` how alike its ideas are (mean cosine of each with the centre of
    the others, -1..1; .2 is loose, .5 is tight).
    """

    id: str
    name: str
    subtitle: str
    keywords: tuple[str, ...]
    idea_ids: tuple[str, ...]
    confidence: float
    colour: int
    locked: bool
    central_id: str
    weakest_id: str = ""
    cohesion: float = 0.0

    @property
    def please_name(self) -> bool:
        """Whether the ideas share too few words for a name, so that a person has to find one."""
        return not self.locked and self.confidence < UNSURE_NAME


@dataclass(frozen=True, slots=True)
class Near:
    """A theme near to an idea: the cosine with its centre (-1..1), and those of its keywords that the idea says."""

    theme_id: str
    likeness: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why ideas stand together, and what is needed to run the same again.

    Per idea: the keywords of its theme that it says, its nearest ideas with their similarity (-1..1), the language
    it was read as, its nearest themes. Per run: embedder, pipeline version, seed and settings.
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    neighbours: Mapping[str, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    model: str = ""
    pipeline: str = ""
    seed: int = 0
    settings: Mapping[str, float | str] = field(default_factory=dict)
    near_themes: Mapping[str, tuple[Near, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Board:
    """All themes of a workshop at one moment, the ideas that fit nowhere, and every idea's place on the map (-1..1)."""

    themes: tuple[Theme, ...] = ()
    not_sure: tuple[str, ...] = ()
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    draft: bool = True

    def theme_of(self) -> dict[str, str]:
        """Theme id by idea id; ideas that nobody is sure about map to `NOT_SURE`."""
        found = dict.fromkeys(self.not_sure, NOT_SURE)
        for theme in self.themes:
            found.update(dict.fromkeys(theme.idea_ids, theme.id))
        return found


AnyBoard = TypeVar("AnyBoard", bound=Board)


@dataclass(frozen=True, slots=True)
class Changes:
    """What applying a proposal would do, so that a person can decide."""

    moved: tuple[str, ...]
    arrived: tuple[str, ...]
    left: tuple[str, ...]
    new_themes: tuple[Theme, ...]
    gone_themes: tuple[Theme, ...]
    renamed: tuple[tuple[Theme, Theme], ...]

    @property
    def sentence(self) -> str:
        """The preview in one sentence: "8 ideas would move, 1 new theme."."""
        parts = [_counted(len(self.moved), "idea") + " would move"]
        if self.new_themes:
            parts.append(_counted(len(self.new_themes), "new theme"))
        if self.gone_themes:
            parts.append(_counted(len(self.gone_themes), "theme") + " would go")
        if self.renamed:
            parts.append(_counted(len(self.renamed), "theme") + " would be renamed")
        return ", ".join(parts) + "."


def changes(old: Board, new: Board) -> Changes:
    """Compare two boards. Only ideas on both can move; leaving or entering "not sure" counts as a move."""
    before, after = old.theme_of(), new.theme_of()
    old_themes = {theme.id: theme for theme in old.themes}
    new_themes = {theme.id: theme for theme in new.themes}
    return Changes(
        moved=tuple(sorted(idea for idea in before if idea in after and before[idea] != after[idea])),
        arrived=tuple(sorted(idea for idea in after if idea not in before)),
        left=tuple(sorted(idea for idea in before if idea not in after)),
        new_themes=tuple(theme for theme in new.themes if theme.id not in old_themes),
        gone_themes=tuple(theme for theme in old.themes if theme.id not in new_themes),
        renamed=tuple(
            (old_themes[theme.id], theme)
            for theme in new.themes
            if theme.id in old_themes and old_themes[theme.id].name != theme.name
        ),
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
