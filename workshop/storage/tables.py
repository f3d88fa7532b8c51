"""The tables, on a registry of their own so that a hot reload can define them again.

Keys are UUIDs made by the program, times are UTC, and names of constraints follow one convention so that a
migration can find them on both databases. A ``table=True`` model validates nothing: what people type is
checked by the domain before it comes here, and the CHECK and UNIQUE constraints below are the last line.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, CheckConstraint, Date, DateTime, Index, LargeBinary, MetaData, Table, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """A moment in UTC: refuses naive values on the way in, gives aware values on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone must not be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class Row(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """Base of every table."""

    __table_args__: ClassVar[Any] = ()


def table_of(rows: type[SQLModel]) -> Table:
    """The plain table behind a class of rows: its columns are values, no objects are made and watched."""
    table: Table = rows.__table__  # type: ignore[attr-defined]
    return table


class Workshop(Row, table=True):
    """One running session of an event. The event is kept as the text it was started from."""

    __tablename__ = "workshop"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("join_token"),
        CheckConstraint("status IN ('open', 'paused', 'closed')", name="status"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(max_length=6)
    join_token: str = Field(max_length=64)
    event_text: str
    rehearsal: bool = False
    anonymity: str = Field(max_length=20)
    created_at: datetime = Field(sa_type=UtcTime)
    purge_after: datetime | None = Field(default=None, sa_type=UtcTime)

    # The step: every change of these columns is a compare-and-set on step_version.
    step_key: str = Field(max_length=40)
    step_version: int = 0
    status: str = Field(default="open", max_length=10)
    step_opened_at: datetime | None = Field(default=None, sa_type=UtcTime)
    ends_at: datetime | None = Field(default=None, sa_type=UtcTime)
    remaining_seconds: float | None = None
    started_at: datetime | None = Field(default=None, sa_type=UtcTime)
    planned_end_at: datetime | None = Field(default=None, sa_type=UtcTime)
    sharing_opened_at: datetime | None = Field(default=None, sa_type=UtcTime)
    writing_closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    building_closed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    voting_opened_at: datetime | None = Field(default=None, sa_type=UtcTime)
    agreed_minutes: dict[str, int] | None = Field(default=None, sa_type=JSON)

    ideas_numbered: int = 0
    log_head: str = Field(default="", max_length=64)
    log_length: int = 0


class StepChange(Row, table=True):
    """What was done to the step, and the state before it: the ground of undo and of the real minutes."""

    __tablename__ = "step_change"
    __table_args__ = (UniqueConstraint("workshop_id", "version"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    version: int
    action: str = Field(max_length=20)
    at: datetime = Field(sa_type=UtcTime)
    before: dict[str, Any] = Field(sa_type=JSON)
    after: dict[str, Any] = Field(sa_type=JSON)
    undone: bool = False


class TopicRevision(Row, table=True):
    """The newest revision of each topic of a workshop, written in the transaction that changed it."""

    __tablename__ = "topic_revision"

    workshop_id: UUID = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    topic: str = Field(primary_key=True, max_length=60)
    revision: int = 0


class RoomTable(Row, table=True):
    """A table in the room."""

    __tablename__ = "room_table"
    __table_args__ = (UniqueConstraint("workshop_id", "number"), UniqueConstraint("workshop_id", "name_key"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    number: int
    name: str = Field(max_length=80)
    name_key: str = Field(max_length=64)


class Organisation(Row, table=True):
    """An organisation in the room, on one side."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("workshop_id", "name_key"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    name: str = Field(max_length=80)
    name_key: str = Field(max_length=64)
    side: str = Field(max_length=40)


class Participant(Row, table=True):
    """A person in the room. ``dots_used`` is the counter that keeps the vote budget under concurrency."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("workshop_id", "join_key"),
        UniqueConstraint("link_token_hash"),
        CheckConstraint("dots_used BETWEEN 0 AND dots_budget", name="dots_budget"),
        Index("ix_participant_workshop_id_room_table_id", "workshop_id", "room_table_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    join_key: str = Field(max_length=64)
    name: str = Field(max_length=80)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", ondelete="SET NULL")
    side: str = Field(max_length=40)
    sectors: list[str] = Field(default_factory=list, sa_type=JSON)
    room_table_id: UUID | None = Field(default=None, foreign_key="room_table.id", ondelete="SET NULL")
    link_token_hash: str = Field(max_length=64)
    joined_at: datetime = Field(sa_type=UtcTime)
    consented_at: datetime = Field(sa_type=UtcTime)
    dots_budget: int
    dots_used: int = 0


class Device(Row, table=True):
    """A browser that joined: a personal phone, or one tablet that a table shares."""

    __tablename__ = "device"
    __table_args__ = (
        UniqueConstraint("workshop_id", "device_hash"),
        CheckConstraint("kind IN ('phone', 'tablet')", name="kind"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    device_hash: str = Field(max_length=64)
    kind: str = Field(max_length=10)
    room_table_id: UUID | None = Field(default=None, foreign_key="room_table.id", ondelete="SET NULL")
    joined_at: datetime = Field(sa_type=UtcTime)


class Seat(Row, table=True):
    """Who acts on a device: one person on a phone, several around a tablet."""

    __tablename__ = "seat"

    device_id: UUID = Field(foreign_key="device.id", primary_key=True, ondelete="CASCADE")
    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE", index=True)
    seated_at: datetime = Field(sa_type=UtcTime)


class RoleGrant(Row, table=True):
    """A one-time link to a role. Only hashes of the link's token and of the device that took it are stored."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("role IN ('moderator', 'organiser', 'helper')", name="role"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True)
    role: str = Field(max_length=10)
    token_hash: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    claimed_by_hash: str | None = Field(default=None, max_length=64)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Guess(Row, table=True):
    """Wrong tries at a code or link, per device or per room; survives restarts, holds no address."""

    __tablename__ = "guess"

    subject: str = Field(primary_key=True, max_length=80)
    wrong: int = 0
    last_at: datetime = Field(sa_type=UtcTime)


class Draft(Row, table=True):
    """What somebody is typing, kept so that a reload or a dead battery loses nothing."""

    __tablename__ = "draft"

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    slot: str = Field(primary_key=True, max_length=60)
    body: dict[str, Any] = Field(sa_type=JSON)
    saved_at: datetime = Field(sa_type=UtcTime)


class Ready(Row, table=True):
    """Somebody is ready to go on from a step. Whoever is not, or took it back, has no row."""

    __tablename__ = "ready"

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    step_key: str = Field(primary_key=True, max_length=40)


class IntroductionLine(Row, table=True):
    """A line of somebody's introduction: an offer, a need, or where they are from. Taken back, it has no row."""

    __tablename__ = "introduction"
    __table_args__ = (
        UniqueConstraint("participant_id", "kind", "text_key"),
        CheckConstraint("kind IN ('offer', 'need', 'place')", name="kind"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True)
    participant_id: UUID = Field(foreign_key="participant.id", ondelete="CASCADE")
    kind: str = Field(max_length=10)
    text: str = Field(max_length=120)
    text_key: str = Field(max_length=64)
    place: int
    at: datetime = Field(sa_type=UtcTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcTime)


class Idea(Row, table=True):
    """An idea: numbered in its workshop, credited to a person and a table, never deleted by a moderator."""

    __tablename__ = "idea"
    __table_args__ = (
        UniqueConstraint("workshop_id", "number"),
        UniqueConstraint("author_id", "step_key", "text_hash"),
        Index("ix_idea_workshop_id_room_table_id", "workshop_id", "room_table_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    number: int
    title: str = Field(max_length=80)
    pitch: str = Field(max_length=400)
    sectors: list[str] = Field(default_factory=list, sa_type=JSON)
    brings: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    still_needed: str = Field(default="", max_length=200)
    author_id: UUID | None = Field(default=None, foreign_key="participant.id", ondelete="SET NULL")
    room_table_id: UUID | None = Field(default=None, foreign_key="room_table.id", ondelete="SET NULL")
    side: str = Field(max_length=40)
    step_key: str = Field(max_length=40)
    text_hash: str = Field(max_length=64)
    late: bool = False
    version: int = 1
    created_at: datetime = Field(sa_type=UtcTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcTime)
    hidden_reason: str = Field(default="", max_length=200)
    merged_into_id: UUID | None = Field(default=None, foreign_key="idea.id", ondelete="SET NULL")
    is_merge: bool = False


class DealtIdea(Row, table=True):
    """An idea that a table has to read, or one person without a table. ``hand`` is 0 while it waits."""

    __tablename__ = "dealt_idea"
    __table_args__ = (
        UniqueConstraint("room_table_id", "idea_id"),
        UniqueConstraint("participant_id", "idea_id"),
        CheckConstraint("(room_table_id IS NULL) <> (participant_id IS NULL)", name="one_reader"),
        Index("ix_dealt_idea_workshop_id", "workshop_id"),
        Index("ix_dealt_idea_idea_id", "idea_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    idea_id: UUID = Field(foreign_key="idea.id", ondelete="CASCADE")
    room_table_id: UUID | None = Field(default=None, foreign_key="room_table.id", ondelete="CASCADE")
    participant_id: UUID | None = Field(default=None, foreign_key="participant.id", ondelete="CASCADE")
    hand: int = 0
    was_read: bool = False
    passed_on: bool = False


class Build(Row, table=True):
    """What somebody added to another table's idea; credited like an idea, never deleted by a moderator."""

    __tablename__ = "build"
    __table_args__ = (
        UniqueConstraint("author_id", "idea_id", "kind", "text_hash"),
        CheckConstraint("kind IN ('improve', 'offer', 'concern', 'join')", name="kind"),
        Index("ix_build_workshop_id", "workshop_id"),
        Index("ix_build_idea_id", "idea_id"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    idea_id: UUID = Field(foreign_key="idea.id", ondelete="CASCADE")
    kind: str = Field(max_length=10)
    text: str = Field(max_length=280)
    fix: str = Field(default="", max_length=280)
    author_id: UUID | None = Field(default=None, foreign_key="participant.id", ondelete="SET NULL")
    room_table_id: UUID | None = Field(default=None, foreign_key="room_table.id", ondelete="SET NULL")
    side: str = Field(max_length=40)
    text_hash: str = Field(max_length=64)
    late: bool = False
    version: int = 1
    created_at: datetime = Field(sa_type=UtcTime)
    edited_at: datetime | None = Field(default=None, sa_type=UtcTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcTime)
    hidden_at: datetime | None = Field(default=None, sa_type=UtcTime)
    hidden_reason: str = Field(default="", max_length=200)


class Vote(Row, table=True):
    """The dots that one person gives to one idea: a set value, never an increment."""

    __tablename__ = "vote"
    __table_args__ = (CheckConstraint("dots > 0", name="dots"), Index("ix_vote_idea_id", "idea_id"))

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    idea_id: UUID = Field(foreign_key="idea.id", primary_key=True, ondelete="CASCADE")
    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    dots: int
    at: datetime = Field(sa_type=UtcTime)


class HandCount(Row, table=True):
    """How many ballots of a side were counted by hand: of people without a device. Nobody's name is with it."""

    __tablename__ = "hand_count"
    __table_args__ = (CheckConstraint("ballots >= 0", name="ballots"),)

    workshop_id: UUID = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    side: str = Field(primary_key=True, max_length=40)
    ballots: int
    version: int = 1


class HandDots(Row, table=True):
    """The hand-counted dots of a side on one idea: a set value. They never meet the votes of devices."""

    __tablename__ = "hand_dots"
    __table_args__ = (CheckConstraint("dots > 0", name="dots"),)

    idea_id: UUID = Field(foreign_key="idea.id", primary_key=True, ondelete="CASCADE")
    side: str = Field(primary_key=True, max_length=40)
    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    dots: int


class Presence(Row, table=True):
    """What one server knows of a table: how many of its devices are connected there, and when it was last heard.

    It is about tables, not about people. ``at`` says how old the row is: a server that died counts no longer.
    """

    __tablename__ = "presence"

    room_table_id: UUID = Field(foreign_key="room_table.id", primary_key=True, ondelete="CASCADE")
    server: str = Field(primary_key=True, max_length=32)
    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    connected: int
    heard_at: datetime | None = Field(default=None, sa_type=UtcTime)
    at: datetime = Field(sa_type=UtcTime)


class Rating(Row, table=True):
    """An idea that was dealt to somebody to rate, and what they say of it: set values, nothing said yet at first."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact"),
        CheckConstraint("feasibility BETWEEN 1 AND 5", name="feasibility"),
        Index("ix_rating_idea_id", "idea_id"),
    )

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    idea_id: UUID = Field(foreign_key="idea.id", primary_key=True, ondelete="CASCADE")
    workshop_id: UUID = Field(foreign_key="workshop.id", index=True, ondelete="CASCADE")
    place: int = 0
    impact: int | None = None
    feasibility: int | None = None
    passed: bool = False


class WallPicture(Row, table=True):
    """Which picture of the results the desk has put on the wall, one per workshop; without a row the first one."""

    __tablename__ = "wall_picture"

    workshop_id: UUID = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    picture: str = Field(max_length=20)


class ThemeBoard(Row, table=True):
    """An applied arrangement of themes, append-only: undo appends the earlier body again."""

    __tablename__ = "theme_board"
    __table_args__ = (UniqueConstraint("workshop_id", "version"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    version: int
    body: dict[str, Any] = Field(sa_type=JSON)
    action: str = Field(max_length=20)
    applied_at: datetime = Field(sa_type=UtcTime)


class ThemeProposal(Row, table=True):
    """The newest suggestion of themes that nobody has decided about, one per workshop, or what somebody wants it to be.

    Without a ``body`` there is none; ``considered`` is how many ideas the last one, or the applied themes, had.
    """

    __tablename__ = "theme_proposal"

    workshop_id: UUID = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    number: int = 0
    considered: int = 0
    seen: int = 0
    sentence: str = Field(default="", max_length=400)
    body: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    wish: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class Flag(Row, table=True):
    """Somebody says that an idea is in the wrong theme: in this one. Whoever took it back has no row."""

    __tablename__ = "flag"

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    idea_id: UUID = Field(foreign_key="idea.id", primary_key=True, ondelete="CASCADE", index=True)
    theme_id: str = Field(max_length=40)


class GoingOnVersion(Row, table=True):
    """Which ideas go on, append-only: undo appends the earlier body again."""

    __tablename__ = "going_on"

    workshop_id: UUID = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    version: int = Field(primary_key=True)
    action: str = Field(max_length=20)
    body: dict[str, Any] = Field(sa_type=JSON)
    at: datetime = Field(sa_type=UtcTime)


class ConsortiumCard(Row, table=True):
    """What comes next on the card of an idea; ``version`` is compared before it changes."""

    __tablename__ = "consortium_card"

    idea_id: UUID = Field(foreign_key="idea.id", primary_key=True, ondelete="CASCADE")
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True)
    next_step: str = Field(default="", max_length=200)
    due: date | None = Field(default=None, sa_type=Date)
    version: int = 0


class ConsortiumMember(Row, table=True):
    """Who is in on an idea, in which role, and whether they confirmed it with their name.

    ``lead_of`` and ``owner_of`` hold the side, or nothing: so the database itself allows one of each per side.
    """

    __tablename__ = "consortium_member"
    __table_args__ = (
        UniqueConstraint("idea_id", "lead_of"),
        UniqueConstraint("idea_id", "owner_of"),
        CheckConstraint("(role = 'lead') = (lead_of IS NOT NULL)", name="lead_of"),
    )

    idea_id: UUID = Field(foreign_key="idea.id", primary_key=True, ondelete="CASCADE")
    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE", index=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True)
    role: str = Field(max_length=20)
    lead_of: str | None = Field(default=None, max_length=40)
    owner_of: str | None = Field(default=None, max_length=40)
    joined_at: datetime = Field(sa_type=UtcTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcTime)
    confirmed_version: int = 0


class Pitch(Row, table=True):
    """The card that is pitched, and its clock: one row per workshop, changed by compare-and-set on ``version``."""

    __tablename__ = "pitch"

    workshop_id: UUID = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    version: int = 0
    idea_id: UUID | None = Field(default=None, foreign_key="idea.id", ondelete="SET NULL")
    ends_at: datetime | None = Field(default=None, sa_type=UtcTime)
    done: list[str] = Field(default_factory=list, sa_type=JSON)


class PitchOffer(Row, table=True):
    """Somebody can help, introduce, fund or host a pitched idea. Whoever took it back has no row."""

    __tablename__ = "pitch_offer"
    __table_args__ = (CheckConstraint("kind IN ('help', 'introduce', 'fund', 'host')", name="kind"),)

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    idea_id: UUID = Field(foreign_key="idea.id", primary_key=True, ondelete="CASCADE", index=True)
    kind: str = Field(primary_key=True, max_length=10)


class Wish(Row, table=True):
    """Somebody wants to meet an organisation of another side."""

    __tablename__ = "wish"

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True, ondelete="CASCADE", index=True)


class SessionRating(Row, table=True):
    """What one person thinks of the session."""

    __tablename__ = "session_rating"
    __table_args__ = (CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),)

    participant_id: UUID = Field(foreign_key="participant.id", primary_key=True, ondelete="CASCADE")
    stars: int
    comment: str = Field(default="", max_length=300)


class Wall(Row, table=True):
    """What a person decided about the wall, and what it was before: one row per workshop."""

    __tablename__ = "wall"

    workshop_id: UUID = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    version: int = 0
    body: dict[str, Any] = Field(sa_type=JSON)
    before: dict[str, Any] = Field(sa_type=JSON)
    changed_at: datetime = Field(sa_type=UtcTime)


class FrozenReport(Row, table=True):
    """A numbered version of the report, as a text that gives it again. One tap makes one: who tapped, over which."""

    __tablename__ = "frozen_report"
    __table_args__ = (UniqueConstraint("workshop_id", "grant_id", "seen"),)

    workshop_id: UUID = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)
    actor: str = Field(max_length=60)
    grant_id: UUID
    seen: int
    document: str
    sha256: str = Field(max_length=64)
    rewritten_at: datetime | None = Field(default=None, sa_type=UtcTime)


class ShareLink(Row, table=True):
    """A link that opens the newest frozen version without a login. Only the hash of its token is stored."""

    __tablename__ = "share_link"
    __table_args__ = (UniqueConstraint("token_hash"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcTime)


class SpeakerNote(Row, table=True):
    """What a person wrote for the closing speaker on one slide; empty: the sentences made from the facts."""

    __tablename__ = "speaker_note"

    workshop_id: UUID = Field(foreign_key="workshop.id", primary_key=True, ondelete="CASCADE")
    slide: str = Field(primary_key=True, max_length=20)
    text: str
    version: int


class TextVector(Row, table=True):
    """A cached embedding of a text, by hash of the text and name of the model; holds no text."""

    __tablename__ = "text_vector"

    key: str = Field(primary_key=True, max_length=120)
    vector: bytes = Field(sa_type=LargeBinary)
    at: datetime = Field(sa_type=UtcTime)


class LogEntry(Row, table=True):
    """One line of the append-only log; each line carries the hash of the line before it."""

    __tablename__ = "log_entry"
    __table_args__ = (UniqueConstraint("workshop_id", "sequence"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    workshop_id: UUID = Field(foreign_key="workshop.id", ondelete="CASCADE")
    sequence: int
    at: datetime = Field(sa_type=UtcTime)
    actor: str = Field(max_length=60)
    verb: str = Field(max_length=40)
    subject: str = Field(default="", max_length=60)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)


METADATA = Row.metadata
