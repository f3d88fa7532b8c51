"""Ideas: what people type, how it is checked, who may change it, and what of it others may see.

A title is required, everything else may stay empty. Limits count characters of the normal form (`domain.text`), and
all mistakes of a form are told at once, each with its field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from workshop.domain.credit import NOBODY, Credit, credit_at, line_of
from workshop.domain.event import Anonymity, Event
from workshop.domain.text import clean, fingerprint, is_blank, required, shorten
from workshop.errors import Invalid

TITLE, PITCH, NOTE, REASON = 80, 400, 200, 200
"""Characters that fit into a title, a pitch, each "brings" and "still needed" field, and a moderator's reason."""

WORDING = frozenset({"title", "pitch", "sectors"})
NOTES = frozenset({"brings", "still_needed"})
"""The fields that a table completes together; the wording belongs to the author."""


class Standing(StrEnum):
    """Where an idea stands. Only a published idea is on the board."""

    KEPT_BACK = "kept_back"
    PUBLISHED = "published"
    MERGED = "merged"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


AT_THE_TABLE = frozenset({Standing.KEPT_BACK, Standing.PUBLISHED})
"""Where an idea stands that its table looks at."""


@dataclass(frozen=True, slots=True)
class IdeaDraft:
    """What a form holds. ``sectors`` are keys of the event, ``brings`` goes by key of the side."""

    title: str
    pitch: str = ""
    sectors: tuple[str, ...] = ()
    brings: Mapping[str, str] = field(default_factory=dict)
    still_needed: str = ""

    def as_fields(self) -> dict[str, Any]:
        """The draft as plain values, as it is kept while somebody types; `draft_from` reads it back."""
        return {
            "title": self.title,
            "pitch": self.pitch,
            "sectors": list(self.sectors),
            "brings": dict(self.brings),
            "still_needed": self.still_needed,
        }


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea with all that the server knows about it; it leaves the server as a `ShownIdea` only.

    ``side`` is the author's side (of a merged idea: of the original that leads it). ``late`` marks a text that came
    after its step had ended. ``version`` grows with every change of the text.
    """

    id: UUID
    number: int
    title: str
    pitch: str
    sectors: tuple[str, ...]
    brings: Mapping[str, str]
    still_needed: str
    side: str
    author_id: UUID | None
    table_id: UUID | None
    step_key: str
    created_at: datetime
    late: bool = False
    version: int = 1
    edited_at: datetime | None = None
    published_at: datetime | None = None
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None
    hidden_reason: str = ""
    merged_into_id: UUID | None = None
    is_merge: bool = False
    credit: Credit = NOBODY

    @property
    def standing(self) -> Standing:
        """The strongest of the things that happened to it."""
        if self.withdrawn_at is not None:
            return Standing.WITHDRAWN
        if self.hidden_at is not None:
            return Standing.HIDDEN
        if self.merged_into_id is not None:
            return Standing.MERGED
        return Standing.KEPT_BACK if self.published_at is None else Standing.PUBLISHED

    @property
    def draft(self) -> IdeaDraft:
        """Its text, as a form holds it."""
        return IdeaDraft(self.title, self.pitch, self.sectors, dict(self.brings), self.still_needed)


@dataclass(frozen=True, slots=True)
class ShownIdea:
    """An idea as others may see it: credits at the workshop's level of anonymity, no ids of people or tables.

    ``credits`` holds the credit of the idea, or those of all originals of a merged one; ``originals`` are those
    originals. ``hidden_reason`` is for the moderator.
    """

    id: UUID
    number: int
    title: str
    pitch: str
    sectors: tuple[str, ...]
    brings: Mapping[str, str]
    still_needed: str
    side: str
    standing: Standing
    late: bool
    version: int
    credits: tuple[Credit, ...] = ()
    originals: tuple[ShownIdea, ...] = ()
    hidden_reason: str = ""

    @property
    def published(self) -> bool:
        return self.standing is Standing.PUBLISHED

    @property
    def credit_line(self) -> str:
        """All its credits in words, each once; empty where nothing is shown."""
        return line_of(self.credits)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wants to change an idea: the people who act on a device, and the table they sit at.

    ``tablet`` is a table's shared device: it holds the pen for everybody around it.
    """

    people: frozenset[UUID]
    table_id: UUID | None
    tablet: bool = False


class Mistakes(Invalid):
    """A form that cannot be taken as it is. ``by_field`` has one sentence per field."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(" ".join(by_field.values()))
        self.by_field = dict(by_field)


def checked(event: Event, draft: IdeaDraft) -> IdeaDraft:
    """Return the draft in its normal form: sectors in the event's order, empty "brings" fields left out.

    :raises Mistakes: naming each field that does not fit: title, pitch, sectors, brings.<side key>, still_needed.
    """
    mistakes: dict[str, str] = {}

    def read(name: str, normal_form: Callable[[], str]) -> str:
        try:
            text = normal_form()
        except Invalid as mistake:
            mistakes[name] = str(mistake)
            return ""
        return "" if is_blank(text) else text

    def note(name: str, typed: str, label: str) -> str:
        return read(name, lambda: clean(typed, limit=NOTE, what=f"field “{label}”"))

    title = read("title", lambda: required(draft.title, limit=TITLE, what="title"))
    pitch = read("pitch", lambda: clean(draft.pitch, limit=PITCH, lines=True, what="pitch"))
    if unknown := set(draft.sectors) - {sector.key for sector in event.sectors}:
        mistakes["sectors"] = f"“{shorten(min(unknown), 40)}” is no sector of this event. Please pick from the list."
    brings = {
        side.key: note(f"brings.{side.key}", draft.brings.get(side.key, ""), f"{side.short} brings")
        for side in event.sides
    }
    for key in set(draft.brings) - set(brings):
        mistakes["brings"] = f"“{shorten(key, 40)}” is no side of this event. Please reload the page."
    still_needed = note("still_needed", draft.still_needed, "still needed")
    if mistakes:
        raise Mistakes(mistakes)
    sectors = tuple(sector.key for sector in event.sectors if sector.key in draft.sectors)
    return IdeaDraft(title, pitch, sectors, {key: text for key, text in brings.items() if text}, still_needed)


def draft_from(fields: Mapping[str, Any]) -> IdeaDraft:
    """Read what `IdeaDraft.as_fields` wrote; anything else that a device kept counts as empty."""
    sectors, brings = fields.get("sectors"), fields.get("brings")
    return IdeaDraft(
        title=_text(fields.get("title")),
        pitch=_text(fields.get("pitch")),
        sectors=tuple(filter(None, map(_text, sectors))) if isinstance(sectors, list | tuple) else (),
        brings={str(key): _text(note) for key, note in brings.items()} if isinstance(brings, Mapping) else {},
        still_needed=_text(fields.get("still_needed")),
    )


def text_hash(draft: IdeaDraft) -> str:
    """Return 64 hex digits that are equal for the same form sent twice: every field counts, case and spaces do not."""
    brings = [f"{key}={fingerprint(note)}" for key, note in sorted(draft.brings.items()) if note]
    parts = [fingerprint(draft.title), fingerprint(draft.pitch), fingerprint(draft.still_needed)]
    return hashlib.sha256("\n".join([*parts, *sorted(draft.sectors), *brings]).encode()).hexdigest()


def changed_fields(before: IdeaDraft, after: IdeaDraft) -> frozenset[str]:
    """The names of the fields in which two drafts differ."""
    names = WORDING | NOTES
    return frozenset(name for name in names if getattr(before, name) != getattr(after, name))


def may_change(idea: Idea, writer: Writer, *, table_sees_it: bool) -> frozenset[str]:
    """The fields that a writer may change: the author all, the table its notes, the table's tablet all.

    Until the table may see the idea, only the author may, on a phone or on the tablet that the author shares.
    """
    if idea.is_merge:
        return frozenset()
    if idea.author_id in writer.people:
        return WORDING | NOTES
    at_the_table = table_sees_it and idea.table_id is not None and idea.table_id == writer.table_id
    if not at_the_table or idea.standing not in AT_THE_TABLE:
        return frozenset()
    return WORDING | NOTES if writer.tablet else NOTES


def shown(idea: Idea, level: Anonymity, *, originals: Sequence[ShownIdea] = ()) -> ShownIdea:
    """What others may see of an idea at this level of anonymity. A merged idea carries its originals' credits."""
    own = (credit_at(level, idea.credit),)
    return ShownIdea(
        id=idea.id,
        number=idea.number,
        title=idea.title,
        pitch=idea.pitch,
        sectors=idea.sectors,
        brings=dict(idea.brings),
        still_needed=idea.still_needed,
        side=idea.side,
        standing=idea.standing,
        late=idea.late,
        version=idea.version,
        credits=tuple(credit for original in originals for credit in original.credits) if originals else own,
        originals=tuple(originals),
        hidden_reason=idea.hidden_reason,
    )


def board_of(ideas: Sequence[Idea], level: Anonymity) -> tuple[ShownIdea, ...]:
    """The published ideas by number, each merged one with the originals that it was made of."""
    return tuple(idea for idea in all_shown(ideas, level) if idea.published)


def all_shown(ideas: Sequence[Idea], level: Anonymity) -> tuple[ShownIdea, ...]:
    """All ideas of a workshop by number, whatever happened to them."""
    parts: dict[UUID, list[Idea]] = {}
    for idea in sorted(ideas, key=lambda idea: idea.number):
        if idea.merged_into_id is not None:
            parts.setdefault(idea.merged_into_id, []).append(idea)

    def with_originals(idea: Idea) -> ShownIdea:
        return shown(idea, level, originals=[with_originals(part) for part in parts.get(idea.id, ())])

    return tuple(with_originals(idea) for idea in sorted(ideas, key=lambda idea: idea.number))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
