"""Builds: what people add to an idea of another table, how it is checked, and what of it others may see.

To improve, to offer something, to name a concern (with a proposed fix), or to say that one's organisation would join.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from workshop.domain.credit import NOBODY, Credit, credit_at
from workshop.domain.event import Anonymity
from workshop.domain.idea import Mistakes
from workshop.domain.text import clean, fingerprint, is_blank, required
from workshop.errors import Invalid

TEXT = 280
"""Characters that fit into a build, and into the fix of a concern."""


class BuildKind(StrEnum):
    """What a build does with the idea."""

    IMPROVE = "improve"
    OFFER = "offer"
    CONCERN = "concern"
    JOIN = "join"


@dataclass(frozen=True, slots=True)
class BuildDraft:
    """What a form holds. Only a concern has a fix; who joins may say nothing else."""

    kind: BuildKind
    text: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Build:
    """A build with all that the server knows about it; it leaves the server as a `ShownBuild` only."""

    id: UUID
    idea_id: UUID
    kind: BuildKind
    text: str
    fix: str
    side: str
    author_id: UUID | None
    table_id: UUID | None
    created_at: datetime
    late: bool = False
    version: int = 1
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    hidden_at: datetime | None = None
    hidden_reason: str = ""
    credit: Credit = NOBODY

    @property
    def stands(self) -> bool:
        """Neither taken back nor hidden."""
        return self.withdrawn_at is None and self.hidden_at is None


@dataclass(frozen=True, slots=True)
class ShownBuild:
    """A build as others may see it, with the credit of the workshop's level. ``hidden_reason`` is for the moderator."""

    id: UUID
    idea_id: UUID
    kind: BuildKind
    text: str
    fix: str
    side: str
    late: bool
    credit: Credit = NOBODY
    hidden_reason: str = ""


def checked(draft: BuildDraft) -> BuildDraft:
    """Return the draft in its normal form. Raises `Mistakes`, naming the fields: text, fix."""
    mistakes: dict[str, str] = {}

    def read(name: str, normal_form: Callable[[], str]) -> str:
        try:
            text = normal_form()
        except Invalid as mistake:
            mistakes[name] = str(mistake)
            return ""
        return "" if is_blank(text) else text

    concern = draft.kind is BuildKind.CONCERN
    if draft.kind is BuildKind.JOIN:
        text = read("text", lambda: clean(draft.text, limit=TEXT, lines=True, what="text"))
    else:
        text = read("text", lambda: required(draft.text, limit=TEXT, lines=True, what="text"))
    fix = read("fix", lambda: required(draft.fix, limit=TEXT, lines=True, what="proposed fix")) if concern else ""
    if mistakes:
        raise Mistakes(mistakes)
    return BuildDraft(draft.kind, text, fix)


def text_hash(draft: BuildDraft) -> str:
    """Return 64 hex digits that are equal for the same build sent twice. A person joins an idea once, in any words."""
    if draft.kind is BuildKind.JOIN:
        return hashlib.sha256(b"join").hexdigest()
    return hashlib.sha256(f"{fingerprint(draft.text)}\n{fingerprint(draft.fix)}".encode()).hexdigest()


def shown(build: Build, level: Anonymity) -> ShownBuild:
    """What others may see of a build at this level of anonymity."""
    return ShownBuild(
        id=build.id,
        idea_id=build.idea_id,
        kind=build.kind,
        text=build.text,
        fix=build.fix,
        side=build.side,
        late=build.late,
        credit=credit_at(level, build.credit),
        hidden_reason=build.hidden_reason,
    )


def by_idea(builds: Iterable[Build], level: Anonymity) -> dict[UUID, tuple[ShownBuild, ...]]:
    """The builds that stand, oldest first, by the id of their idea."""
    found: dict[UUID, list[ShownBuild]] = {}
    for build in sorted(builds, key=lambda build: (build.created_at, build.id)):
        if build.stands:
            found.setdefault(build.idea_id, []).append(shown(build, level))
    return {idea_id: tuple(those) for idea_id, those in found.items()}
