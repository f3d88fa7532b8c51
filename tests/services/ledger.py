"""What a room was told is saved, as it was answered last, and whether it is all still there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from tests.services.room import Room
from workshop.domain.build import Build
from workshop.domain.consortium import Plan, Role
from workshop.domain.going_on import GoingOn
from workshop.domain.idea import Idea, Standing
from workshop.domain.pitch import Help
from workshop.services import log, topics, votes
from workshop.services.access import ParticipantBadge
from workshop.storage import Session
from workshop.storage import builds as build_rows
from workshop.storage import consortium as card_rows
from workshop.storage import dealt as dealt_rows
from workshop.storage import drafts as draft_rows
from workshop.storage import going_on as going_on_rows
from workshop.storage import ideas as idea_rows
from workshop.storage import pitches as pitch_rows

BUDGET = 5
"""Dots of each person in the built-in event."""

Place = tuple[UUID, UUID]
"""An idea and a person."""


@dataclass
class Ledger:
    """Everything that was acknowledged. ``dots`` are remembered while their idea is off the board."""

    room: Room
    people: Mapping[UUID, ParticipantBadge]
    names: Mapping[UUID, str]
    version: int = 0
    ideas: dict[UUID, Idea] = field(default_factory=dict)
    drafts: dict[tuple[UUID, str], str] = field(default_factory=dict)
    builds: dict[UUID, Build] = field(default_factory=dict)
    read: set[tuple[UUID, UUID]] = field(default_factory=set)
    dots: dict[Place, int] = field(default_factory=dict)
    going_on: GoingOn = field(default_factory=GoingOn)
    roles: dict[Place, tuple[Role, int | None]] = field(default_factory=dict)
    plans: dict[UUID, Plan] = field(default_factory=dict)
    offers: dict[Place, set[Help]] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)

    def on_board(self, idea_id: UUID) -> bool:
        return self.ideas[idea_id].standing is Standing.PUBLISHED

    def used(self, person: UUID) -> int:
        """Dots of this person on ideas that stand on the board."""
        return sum(dots for (idea, voter), dots in self.dots.items() if voter == person and self.on_board(idea))

    def now_stands(self, after: Idea) -> None:
        """An idea as the answer described it; one that returns to the board takes the dots that are still free."""
        was_there = after.id in self.ideas and self.on_board(after.id)
        left = {person: BUDGET - self.used(person) for person in self.people}
        self.ideas[after.id] = after
        if self.on_board(after.id) and not was_there:
            for (idea, person), dots in list(self.dots.items()):
                if idea == after.id:
                    self.dots[idea, person] = min(dots, left[person])

    def is_whole(self) -> None:
        """Everything is there as it was acknowledged, and nothing else is."""
        with self.room.db.reading() as session:
            self._ideas_and_drafts(session)
            self._builds_and_reading(session)
            self._cards(session)
        self._dots()
        assert self.room.state.version == self.version, "every change of a step counts once"
        assert log.verify(self.room.db, self.room.moderator) is None, "the chain of the log is broken"
        now = topics.revisions(self.room.db, self.room.id)
        assert all(now[topic] >= revision for topic, revision in self.revisions.items()), "a revision went back"
        self.revisions = now

    def _ideas_and_drafts(self, session: Session) -> None:
        there = {idea.id: idea for idea in idea_rows.every(session, self.room.id)}
        assert {key: _comparable(idea) for key, idea in there.items()} == {
            key: _comparable(idea) for key, idea in self.ideas.items()
        }
        numbers = [idea.number for idea in there.values()]
        assert len(set(numbers)) == len(numbers), "two ideas have one number"
        for (person, slot), text in self.drafts.items():
            kept = draft_rows.read(session, person, slot)
            assert kept is not None, "a draft that was said to be kept is gone"
            assert text in kept.values()

    def _builds_and_reading(self, session: Session) -> None:
        there = build_rows.every(session, self.room.id)
        assert {build.id: _words(build) for build in there} == {
            build.id: _words(build) for build in self.builds.values()
        }
        dealt = [row for table in self.room.tables for row in dealt_rows.to_table(session, table)]
        assert self.read <= {(row.reader, row.idea) for row in dealt if row.read}, "what was read is not read any more"

    def _cards(self, session: Session) -> None:
        assert going_on_rows.newest(session, self.room.id) == self.going_on
        there = card_rows.members(session, self.room.id)
        assert {
            (idea, member.participant_id): (member.role, member.confirmed_version if member.confirmed_at else None)
            for idea, members in there.items()
            for member in members
        } == self.roles
        for members in there.values():
            leads = [member.side for member in members if member.role is Role.LEAD]
            assert len(set(leads)) == len(leads), "a side has two leads on one card"
        plans = {idea: plan for idea, plan in card_rows.plans(session, self.room.id).items() if plan.version}
        assert plans == self.plans
        for person in self.people:
            offered = {idea: set(kinds) for idea, kinds in pitch_rows.of_person(session, person).items()}
            assert offered == {idea: kinds for (idea, who), kinds in self.offers.items() if who == person and kinds}

    def _dots(self) -> None:
        for person, badge in self.people.items():
            ballot = votes.ballot(self.room.db, badge)
            mine = {idea: dots for (idea, voter), dots in self.dots.items() if voter == person and self.on_board(idea)}
            assert dict(ballot.dots) == {idea: dots for idea, dots in mine.items() if dots}
            assert ballot.used == sum(mine.values()) <= ballot.budget, "the budget does not fit the dots"
            assert all(dots <= ballot.cap for dots in mine.values())


def _comparable(idea: Idea) -> object:
    """Of its moments only whether they were."""
    return replace(
        idea,
        created_at=idea.created_at.min,
        edited_at=None,
        published_at=idea.published_at and idea.created_at.min,
        withdrawn_at=idea.withdrawn_at and idea.created_at.min,
        hidden_at=idea.hidden_at and idea.created_at.min,
    )


def _words(build: Build) -> object:
    return (
        build.idea_id,
        build.kind,
        build.text,
        build.fix,
        build.author_id,
        build.version,
        build.withdrawn_at is None,
        build.hidden_reason,
    )
