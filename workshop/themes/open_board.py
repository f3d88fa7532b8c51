"""A board with its ideas at hand: group texts, look, change, ask again, undo. Every verb gives a new board.

board = themes.group(["Hydrogen trucks. …", "Nurses on call. …", …])
board = board.place("Hydrogen buses. …").rename(board.themes[0].id, "Hydrogen on the road")
proposal = board.propose()
print(proposal.sentence)
board = board.apply(proposal)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import count as numbers

import numpy as np

from workshop.errors import Conflict, Invalid, NotFound
from workshop.themes import edits, newcomers
from workshop.themes.board import Board, Changes, Text, changes
from workshop.themes.embedders import Embedder
from workshop.themes.embedding import Vectors, embed
from workshop.themes.evidence import explained, reasons
from workshop.themes.granularity import Granularity
from workshop.themes.late import one_thread
from workshop.themes.naming import newly_named
from workshop.themes.proposal import propose
from workshop.themes.room import Room, enter, once_each
from workshop.themes.splitting import parts
from workshop.themes.support import Support, meaning_of
from workshop.themes.words import phrases_of


@dataclass(frozen=True, slots=True)
class Setup:
    """How a board was made, so that the next one is made alike. `vectors` are by `vector_key`."""

    languages: tuple[str, ...]
    stop_titles: tuple[str, ...]
    seed: int
    embedder: Embedder
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Proposal:
    """All ideas grouped anew: the board that would be, and what would change, told in a `sentence`."""

    board: OpenBoard
    changes: Changes

    @property
    def sentence(self) -> str:
        """The preview: "8 ideas would move, 1 new theme."."""
        return self.changes.sentence


@dataclass(frozen=True, slots=True)
class OpenBoard(Board):
    """A board with its ideas, what people pinned (idea id -> theme id), how it was made, and the board before."""

    texts: tuple[Text, ...] = field(default=(), repr=False)
    pins: Mapping[str, str] = field(default_factory=dict)
    setup: Setup = field(kw_only=True, compare=False, repr=False)
    before: OpenBoard | None = field(default=None, compare=False, repr=False)

    def place(self, text: str | Text) -> OpenBoard:
        """A newcomer with its nearest theme, or "not sure"; nobody else moves. A plain text gets the next number."""
        idea = text if isinstance(text, Text) else Text(_free_number(self.texts), text)
        if idea.id in self.theme_of():
            return self
        vectors = embed([*self.texts, idea], embedder=self.setup.embedder, known=self.setup.vectors)
        setup = replace(self.setup, vectors=vectors)
        there = self.texts
        grown = newcomers.place(idea, self, there, vectors=vectors, embedder=setup.embedder, languages=setup.languages)
        return replace(grown, texts=(*there, idea), setup=setup, before=self)

    def propose(self, *, granularity: Granularity = "default", count: int | None = None) -> Proposal:
        """All ideas grouped anew: `granularity` for fewer or more themes, `count` for an exact number.

        Pins and locked themes hold; ids, names and colours live on. Raises Invalid for a number that cannot be.
        """
        grouped = propose(
            self.texts,
            vectors=self.setup.vectors,
            embedder=self.setup.embedder,
            previous=self,
            pins=self.pins,
            granularity=granularity,
            count=count,
            languages=self.setup.languages,
            stop_titles=self.setup.stop_titles,
            seed=self.setup.seed,
        )
        proposed = opened(grouped, self.texts, self.setup, pins=self.pins, before=self)
        return Proposal(proposed, changes(self, proposed))

    def apply(self, proposal: Proposal) -> OpenBoard:
        """The proposed board. Raises Conflict when this board has changed since it was made."""
        if proposal.board.before is not self:
            raise Conflict("The themes were changed since this proposal was made. Ask for a new one.")
        return proposal.board

    def pin(self, idea_id: str, theme_id: str | None = None) -> OpenBoard:
        """One idea where it is, or in the theme that is named, or aside with `NOT_SURE`: for good. Raises NotFound."""
        home = self.theme_of().get(idea_id) if theme_id is None else theme_id
        if home is None:
            raise NotFound("This idea is not in the themes (any more).")
        return self._explained(replace(edits.moved(self, idea_id, home), pins={**self.pins, idea_id: home}))

    def merge(self, theme_id: str, *, into: str) -> OpenBoard:
        """All ideas of a theme in another one, which keeps its name and is locked. Raises NotFound, Conflict."""
        pins = {idea: into if theme == theme_id else theme for idea, theme in self.pins.items()}
        return self._explained(replace(edits.merged(self, theme_id, into), pins=pins))

    def split(self, theme_id: str, *, into: int = 2) -> OpenBoard:
        """A theme in several, each locked and the new ones named. Raises NotFound, and Invalid for too few ideas."""
        whole = edits.existing(self, theme_id)
        if not 1 < into <= len(whole.idea_ids):
            raise Invalid(f"{len(whole.idea_ids)} ideas cannot be split into {into} themes.")
        room, support = self._read()
        inside = np.flatnonzero(np.isin(room.ids, whole.idea_ids))
        whole_yet = np.zeros(len(inside), dtype=np.int64)
        labels = parts(room.rows[inside], whole_yet, into, smallest=1, may_split=np.array([True]))
        groups = [[room.ids[row] for row in inside[labels == label].tolist()] for label in range(into)]
        board = edits.split(self, theme_id, groups)
        pins = {idea: theme for idea, theme in self.pins.items() if theme != theme_id}
        return self._explained(replace(self._named(board, room, support), pins=pins))

    def rename(self, theme_id: str, name: str) -> OpenBoard:
        """A theme with a name of one's own, which no later proposal changes. Raises NotFound, and Invalid."""
        return self._explained(edits.renamed(self, theme_id, name))

    def undo(self) -> OpenBoard:
        """The board before the last change. Raises Conflict when there is none."""
        if self.before is None:
            raise Conflict("There is nothing more to undo.")
        return self.before

    def why(self, idea_id: str) -> str:
        """Why an idea is where it is, in a sentence or three. Raises NotFound."""
        if idea_id not in self.theme_of():
            raise NotFound("This idea is not in the themes (any more).")
        return " ".join(
            reasons(self, idea_id, titles={text.id: text.title for text in self.texts}, pinned=idea_id in self.pins)
        )

    def __str__(self) -> str:
        """The themes with their ideas, for a console."""
        titles = {text.id: text.title for text in self.texts}
        named = [(theme.name, theme.idea_ids) for theme in self.themes] + [("Not sure", self.not_sure)]
        lines = [f"{name}: {len(ideas)}\n" + "".join(f"  {titles[idea]}\n" for idea in ideas) for name, ideas in named]
        return "\n".join(lines)

    def _read(self) -> tuple[Room, Support]:
        with one_thread():
            room = enter(
                once_each(self.texts),
                vectors=self.setup.vectors,
                embedder=self.setup.embedder,
                languages=self.setup.languages,
                read_as=self.evidence.languages,
            )
            phrases = phrases_of(room.texts, room.languages, self.setup.stop_titles)
            home = self.setup.languages[0] if self.setup.languages else ""
            return room, Support(phrases, meaning_of(self.setup.embedder), home=home)

    def _named(self, board: OpenBoard, room: Room, support: Support) -> OpenBoard:
        return newly_named(board, room, support)

    def _explained(self, changed: OpenBoard) -> OpenBoard:
        return replace(explained(changed, *self._read()), before=self)


def opened(
    board: Board, texts: tuple[Text, ...], setup: Setup, *, pins: Mapping[str, str], before: OpenBoard | None
) -> OpenBoard:
    """A plain board with its ideas at hand."""
    plain = {each.name: getattr(board, each.name) for each in fields(Board)}
    return OpenBoard(**plain, texts=texts, setup=setup, pins=pins, before=before)


def _free_number(texts: Sequence[Text]) -> str:
    taken = {text.id for text in texts}
    return next(number for number in map(str, numbers(len(texts) + 1)) if number not in taken)
