"""A room in which everything happens in any order: people, moderator and steps, through the services."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.services import what_leaves
from tests.services.ledger import Ledger
from tests.services.room import Room
from workshop.domain.build import BuildDraft, BuildKind
from workshop.domain.consortium import Plan, Role
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea, IdeaDraft, Standing
from workshop.domain.pitch import Help
from workshop.errors import WorkshopError
from workshop.services import (
    builds,
    clock,
    commitments,
    consortium,
    drafts,
    going_on,
    ideas,
    moderation,
    phone,
    pitches,
    routing,
    steps,
    votes,
    workshops,
)
from workshop.services.access import ParticipantBadge
from workshop.storage import Database
from workshop.storage import ideas as idea_rows

T = TypeVar("T")

ACTS = 30
_FEWEST_ACTS_IN_A_STEP, _SHARE_OF_EXAMPLES = 4, 33
"""An example is a whole session, so of the examples that a profile gives to others one in so many is played."""

_BEGINNINGS = ("empty", "shared", "built", "voted", "cards", "pitch", "commit")
"""How far the room is before anything may happen: otherwise few sessions would ever come to the last steps."""

anybody = st.integers(0, 4)
often = st.sampled_from((True, True, True, False))
some = st.integers(0, 7)
word = st.sampled_from(("Quartz", "Basalt", "Marble"))
role = st.sampled_from(Role)


class AnyOrder(RuleBasedStateMachine):
    """Five people at two tables and one without, and a moderator; whatever is acknowledged goes into the ledger."""

    def __init__(self, db: Database, begin: str) -> None:
        super().__init__()
        self.db, self.begin = db, begin

    @initialize(late_seconds=st.sampled_from((0, 60)))
    def people_come(self, late_seconds: int) -> None:
        self.room = room = Room(self.db, late_save_seconds=late_seconds)
        seats = (("Ada", "eu", 0), ("Bo", "us", 1), ("Cy", "eu", 0), ("Dee", "us", 1), ("Eli", "us", 2))
        names = [f"Nomen {name}" for name, _, _ in seats]
        self.people = [
            room.joins(name, side=side, table=table, organisation=f"Org of {name[6:]}" if table < 2 else "")
            for name, (_, side, table) in zip(names, seats, strict=True)
        ]
        by_id = {badge.participant_id: badge for badge in self.people}
        self.ledger = Ledger(room, by_id, dict(zip(by_id, names, strict=True)))
        self.bodies: dict[str, dict[str, Any]] = {}
        self.acts_in_step = 0
        self._begin_at(self.begin)

    def _begin_at(self, begin: str) -> None:
        far = _BEGINNINGS.index(begin)
        if far >= _BEGINNINGS.index("shared"):
            self.open(StepKind.SHARE, stale=False)
            for who in range(4):
                self.submit(who, "Granite")
                self.publish(who, who, published=True)
        if begin == "built":
            self.open(StepKind.BUILD, stale=False)
        if far >= _BEGINNINGS.index("voted"):
            self.open(StepKind.VOTE, stale=False)
            for who in range(4):
                self.vote(who, who // 2, 2)
        if far >= _BEGINNINGS.index("cards"):
            self._cards_are_led()
        if begin in ("pitch", "commit"):
            self.open(StepKind(begin), stale=False)

    def _cards_are_led(self) -> None:
        self.open(StepKind.CONSORTIUM, stale=False)
        for which in (0, 1):
            self.pick(which, wild_card=False)
            for who in range(4):
                self.take_a_role(who, which, Role.LEAD)

    # What the moderator does with the steps

    @precondition(lambda self: self.acts_in_step >= _FEWEST_ACTS_IN_A_STEP)
    @rule(kind=st.sampled_from(StepKind), stale=st.sampled_from((False, False, False, True)))
    def open(self, kind: StepKind, *, stale: bool) -> None:
        event = workshops.of(self.db, self.room.moderator).event
        key = next((step.key for step in event.run_of_show if step.kind is kind), "nothing of this kind")
        self._change_step(lambda seen: steps.open_step(self.db, self.room.moderator, key, seen=seen), stale=stale)

    @precondition(lambda self: self.acts_in_step >= _FEWEST_ACTS_IN_A_STEP)
    @rule(verb=st.sampled_from((steps.open_next, steps.go_back, steps.close, steps.pause, steps.resume, steps.undo)))
    def change_step(self, verb: Callable[..., object]) -> None:
        self._change_step(lambda seen: verb(self.db, self.room.moderator, seen=seen), stale=False)

    def _change_step(self, change: Callable[[int], object], *, stale: bool) -> None:
        seen = self.room.state.version - (1 if stale else 0)
        for _ in self._try(lambda: change(seen)):
            assert not stale, "a step was changed by somebody who had seen another one"
            self.ledger.version += 1
            self.acts_in_step = 0
            self._published_where_nobody_could_share()

    def _published_where_nobody_could_share(self) -> None:
        event, state = workshops.of(self.db, self.room.moderator).event, self.room.state
        order = [step.key for step in event.run_of_show]
        built_on = next(step.key for step in event.run_of_show if step.kind is StepKind.BUILD)
        if state.sharing_opened_at is None and order.index(state.step_key) >= order.index(built_on):
            for idea in list(self.ledger.ideas.values()):
                if idea.standing in (Standing.KEPT_BACK, Standing.HIDDEN) and idea.published_at is None:
                    self.ledger.now_stands(replace(idea, published_at=clock.now()))

    # Ideas

    @rule(who=anybody, word=word)
    def submit(self, who: int, word: str) -> None:
        badge, ledger = self.people[who], self.ledger
        draft = IdeaDraft(f"{word} of {who}")
        for saved in self._try(lambda: ideas.submit(self.db, badge, draft), kept=(badge, drafts.IDEA, draft.title)):
            before = ledger.ideas.get(saved.idea.id)
            assert saved.already == (before is not None and before.standing is not Standing.WITHDRAWN)
            ledger.now_stands(saved.idea)
            ledger.drafts.pop((badge.participant_id, drafts.IDEA), None)
            again = ideas.submit(self.db, badge, draft)
            assert (again.already, again.idea) == (True, saved.idea), "the same idea sent twice is one idea"

    @precondition(lambda self: self.ledger.ideas)
    @rule(own=often, which=some, word=word, stale=st.sampled_from((False, False, True)))
    def revise(self, which: int, word: str, *, own: bool, stale: bool) -> None:
        idea = self._idea(which)
        who = self._author(idea) if own else which % 5
        draft = replace(idea.draft, title=f"{word} {idea.number} by {who}")
        seen = idea.version - stale
        for after in self._try(lambda: ideas.revise(self.db, self.people[who], idea.id, draft, seen_version=seen)):
            assert idea.author_id == self.people[who].participant_id, "somebody changed the title of another one's idea"
            assert not stale or after == idea, "a text was written over another one that its writer had not seen"
            self.ledger.now_stands(after)

    @precondition(lambda self: self.ledger.ideas)
    @rule(own=often, which=some)
    def withdraw(self, which: int, *, own: bool) -> None:
        idea = self._idea(which)
        who = self._author(idea) if own else which % 5
        for after in self._try(lambda: ideas.withdraw(self.db, self.people[who], idea.id)):
            self.ledger.now_stands(after)

    @precondition(lambda self: self.ledger.ideas)
    @rule(who=anybody, which=some, published=st.booleans())
    def publish(self, who: int, which: int, *, published: bool) -> None:
        idea = self._idea(which)
        for after in self._try(lambda: ideas.publish(self.db, self.people[who], idea.id, published=published)):
            assert self.people[who].table_id == idea.table_id
            self.ledger.now_stands(after)

    @precondition(lambda self: self.ledger.ideas)
    @rule(which=some)
    def hide(self, which: int) -> None:
        idea = self._idea(which)
        for _ in self._try(lambda: moderation.hide(self.db, self.room.moderator, idea.id, reason="Not for here")):
            self.ledger.now_stands(replace(idea, hidden_at=clock.now(), hidden_reason="Not for here"))

    @precondition(lambda self: self.ledger.ideas)
    @rule(which=some)
    def restore(self, which: int) -> None:
        idea = self._idea(which)
        for _ in self._try(lambda: moderation.restore(self.db, self.room.moderator, idea.id)):
            self.ledger.now_stands(replace(idea, hidden_at=None, hidden_reason=""))

    @precondition(lambda self: len(self.ledger.ideas) > 1)
    @rule(which=some, other=some)
    def merge(self, which: int, other: int) -> None:
        parts = [self._idea(which), self._idea(other)]
        draft = IdeaDraft(f"Pebble {parts[0].number} and {parts[1].number}")
        merge = partial(moderation.merge, self.db, self.room.moderator, [part.id for part in parts], draft)
        for merged in self._try(merge):
            assert merge() == merged, "the same merge sent twice is one idea"
            for part in parts:
                self.ledger.now_stands(replace(part, merged_into_id=merged.id))
            self.ledger.now_stands(self._made_of(merged.id, draft, parts[0].side))

    @precondition(lambda self: any(idea.is_merge for idea in self.ledger.ideas.values()))
    @rule(which=some)
    def unmerge(self, which: int) -> None:
        merges = [idea for idea in self.ledger.ideas.values() if idea.is_merge]
        merged = merges[which % len(merges)]
        for _ in self._try(lambda: moderation.unmerge(self.db, self.room.moderator, merged.id)):
            for part in [idea for idea in self.ledger.ideas.values() if idea.merged_into_id == merged.id]:
                self.ledger.now_stands(replace(part, merged_into_id=None))
            self.ledger.now_stands(replace(merged, withdrawn_at=clock.now()))

    def _made_of(self, idea_id: UUID, draft: IdeaDraft, side: str) -> Idea:
        with self.db.reading() as session:
            made = idea_rows.by_id(session, self.room.id, idea_id)
        assert made is not None
        assert (made.draft.title, made.side, made.is_merge, made.standing) == (
            draft.title,
            side,
            True,
            Standing.PUBLISHED,
        )
        return made

    # Builds

    @rule(who=anybody, which=some, kind=st.sampled_from(BuildKind))
    def build(self, who: int, which: int, kind: BuildKind) -> None:
        badge = self.people[who]
        dealt = phone.hand(self.db, badge)["ideas"]
        if not dealt:
            return
        idea: UUID = dealt[which % len(dealt)]["id"]
        text = f"Mortar {kind} for {self.ledger.ideas[idea].number} by {who}"
        draft = BuildDraft(kind, text, "A remedy" if kind is BuildKind.CONCERN else "")
        for sent in self._try(
            lambda: builds.submit(self.db, badge, idea, draft), kept=(badge, builds.slot_of(idea), text)
        ):
            self.ledger.builds[sent.build.id] = sent.build
            self.ledger.drafts.pop((badge.participant_id, builds.slot_of(idea)), None)
            self._has_read(badge, idea)
            again = builds.submit(self.db, badge, idea, draft)
            assert (again.already, again.build.id) == (True, sent.build.id), "the same build sent twice is one build"

    @rule(who=anybody, which=some)
    def read(self, who: int, which: int) -> None:
        badge = self.people[who]
        dealt = phone.hand(self.db, badge)["ideas"]
        for idea in [each["id"] for each in dealt][which % 3 :][:1]:
            for _ in self._try(lambda idea=idea: routing.read(self.db, badge, idea)):
                self._has_read(badge, idea)

    @precondition(lambda self: self.ledger.builds)
    @rule(who=anybody, which=some, verb=st.sampled_from((builds.withdraw, builds.hide, builds.restore)))
    def change_build(self, who: int, which: int, verb: Callable[..., Any]) -> None:
        build = list(self.ledger.builds.values())[which % len(self.ledger.builds)]
        badge = self.people[who] if verb is builds.withdraw else self.room.moderator
        reason = {"reason": "Not for here"} if verb is builds.hide else {}
        for after in self._try(lambda: verb(self.db, badge, build.id, **reason)):
            self.ledger.builds[build.id] = after

    def _has_read(self, badge: ParticipantBadge, idea: UUID) -> None:
        if badge.table_id is not None:
            self.ledger.read.add((badge.table_id, idea))

    # Votes

    @precondition(lambda self: self.ledger.ideas)
    @rule(who=anybody, which=some, dots=st.integers(0, 3))
    def vote(self, who: int, which: int, dots: int) -> None:
        badge, idea = self.people[who], self._idea(which)
        for given in self._try(lambda: votes.cast(self.db, badge, idea.id, dots=dots)):
            assert given.dots.get(idea.id, 0) == dots
            self.ledger.dots[idea.id, badge.participant_id] = dots
            assert votes.cast(self.db, badge, idea.id, dots=dots) == given, "the same tap twice is one tap"

    # What goes on, and who is in on it

    @precondition(lambda self: self.ledger.ideas)
    @rule(which=some, wild_card=st.booleans())
    def pick(self, which: int, *, wild_card: bool) -> None:
        seen, idea = self.ledger.going_on.version, self._idea(which).id
        self._go_on(lambda: going_on.pick(self.db, self.room.moderator, idea, seen=seen, wild_card=wild_card))

    @rule(which=some, verb=st.sampled_from((going_on.drop, going_on.accept, going_on.undo)))
    def change_what_goes_on(self, which: int, verb: Callable[..., None]) -> None:
        picked = self.ledger.going_on
        this = [picked.ideas[which % len(picked.ideas)]] if verb is going_on.drop and picked.ideas else []
        if this or verb is not going_on.drop:
            self._go_on(lambda: verb(self.db, self.room.moderator, *this, seen=picked.version))

    def _go_on(self, act: Callable[[], None]) -> None:
        for _ in self._try(act):
            version = self.ledger.going_on.version
            self.ledger.going_on = going_on.choice(self.db, self.room.moderator).going_on
            assert self.ledger.going_on.version == version + 1

    @rule(who=anybody, which=some, role=st.none() | role)
    def take_a_role(self, who: int, which: int, role: Role | None) -> None:
        badge, place = self.people[who], self._place(who, which)
        led = any(
            held is Role.LEAD and idea == place[0] and self.ledger.people[person].side == badge.side
            for (idea, person), (held, _) in self.ledger.roles.items()
            if person != badge.participant_id
        )
        before = self.ledger.roles.get(place)
        for _ in self._try(lambda: consortium.join(self.db, badge, place[0], role)):
            assert role is not Role.LEAD or not led, "somebody else of this side leads already"
            if role is None:
                self.ledger.roles.pop(place, None)
            elif before is None or before[0] is not role:
                self.ledger.roles[place] = role, None

    @rule(who=anybody, own=often, which=some, days=st.none() | st.integers(0, 9), stale=often.map(lambda new: not new))
    def plan(self, who: int, which: int, days: int | None, *, own: bool, stale: bool) -> None:
        place = self._member(which) if own else self._place(who, which)
        before = self.ledger.plans.get(place[0], Plan())
        due = None if days is None else clock.now().date() + timedelta(days=days + 1)
        text = f"Gravel {days}" if days != 0 else ""
        seen = before.version - stale
        write = partial(
            consortium.plan, self.db, self.ledger.people[place[1]], place[0], next_step=text, due=due, seen=seen
        )
        for after in self._try(write):
            assert place in self.ledger.roles, "somebody planned a card that they are not on"
            assert after == before or not stale
            if after.version:
                self.ledger.plans[place[0]] = after

    @rule(who=anybody, own=often, which=some, confirmed=often)
    def confirm(self, who: int, which: int, *, own: bool, confirmed: bool) -> None:
        place = self._member(which) if own else self._place(who, which)
        badge = self.ledger.people[place[1]]
        for _ in self._try(lambda: commitments.confirm(self.db, badge, place[0], confirmed=confirmed)):
            held, _version = self.ledger.roles[place]
            version = self.ledger.plans.get(place[0], Plan()).version
            self.ledger.roles[place] = held, version if confirmed else None

    @rule(who=anybody, which=some, kind=st.sampled_from(Help), offered=st.booleans())
    def offer(self, who: int, which: int, kind: Help, *, offered: bool) -> None:
        place = self._place(who, which)
        for _ in self._try(lambda: pitches.offer(self.db, self.people[who], place[0], kind, offered=offered)):
            kinds = self.ledger.offers.setdefault(place, set())
            (kinds.add if offered else kinds.discard)(kind)

    # What must hold whatever happened

    @invariant()
    def nothing_acknowledged_is_lost(self) -> None:
        self.ledger.is_whole()

    @invariant()
    def nothing_hidden_leaves_the_server(self) -> None:
        self.bodies = what_leaves.nothing_hidden(self.ledger)

    @invariant()
    def ready_means_what_it_says(self) -> None:
        what_leaves.ready_means_what_it_says(self.bodies, ["eu", "us"])

    def _idea(self, which: int) -> Idea:
        return list(self.ledger.ideas.values())[which % len(self.ledger.ideas)]

    def _author(self, idea: Idea) -> int:
        return next((who for who, badge in enumerate(self.people) if badge.participant_id == idea.author_id), 0)

    def _member(self, which: int) -> tuple[UUID, UUID]:
        roles = list(self.ledger.roles)
        return roles[which % len(roles)] if roles else self._place(which % 5, which)

    def _place(self, who: int, which: int) -> tuple[UUID, UUID]:
        """A person, and an idea that goes on; any idea, or none that there is, where nothing does."""
        among = self.ledger.going_on.ideas or tuple(self.ledger.ideas) or (self.room.id,)
        return among[which % len(among)], self.people[who].participant_id

    def _try(self, act: Callable[[], T], *, kept: tuple[ParticipantBadge, str, str] | None = None) -> Iterator[T]:
        """What an act came to, or nothing where it was refused; a refusal is a sentence, and may have kept a draft."""
        self.acts_in_step += 1
        try:
            answer = act()
        except WorkshopError as refusal:
            sentence = str(refusal)
        else:
            yield answer
            return
        assert sentence.endswith("."), "a refusal is a sentence"
        if kept is not None and "kept as a draft" in sentence:
            badge, slot, text = kept
            self.ledger.drafts[badge.participant_id, slot] = text


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """One database for all examples; each of them is a workshop of its own."""
    database = Database.open(f"sqlite:///{tmp_path / 'roundtable.sqlite3'}")
    yield database
    database.close()


@pytest.mark.parametrize("begin", _BEGINNINGS)
def test_whatever_happens_in_any_order_nothing_is_lost_and_nothing_hidden_is_shown(db: Database, begin: str) -> None:
    sessions = settings(max_examples=settings().max_examples // _SHARE_OF_EXAMPLES, stateful_step_count=ACTS)
    run_state_machine_as_test(lambda: AnyOrder(db, begin), settings=sessions)
