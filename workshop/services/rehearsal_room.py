"""The room of a rehearsal while it plays: what its simulated people do in each step, through the services.

What the rules refuse, because a moderator took the helm meanwhile, is counted and is no failure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from random import Random
from typing import TypeVar
from uuid import UUID

from workshop.domain.event import Step, StepKind
from workshop.domain.idea import Idea, IdeaDraft
from workshop.domain.introduction import Introduction
from workshop.domain.room import WorkshopView
from workshop.errors import Conflict, WorkshopError
from workshop.services import (
    access,
    build_desk,
    builds,
    hand_counts,
    ideas,
    introductions,
    people,
    phone,
    ratings,
    readiness,
    rehearsal_builds,
    rehearsal_dots,
    rehearsal_lines,
    rehearsal_marks,
    routing,
    steps,
    themes,
    votes,
    workshops,
)
from workshop.services.access import ParticipantBadge
from workshop.services.rehearsal_cards import LastSteps
from workshop.services.rehearsal_cast import Character, Part
from workshop.storage import Database

_FORGET = 0.05
_BUILD_ON_IT = 0.7
_FEWEST_WITH_A_SILENT_ONE = 4

Action = Callable[[], object]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A workshop that waits for its people. ``raised`` says which limits of the event were raised for it."""

    view: WorkshopView
    raised: str
    people: tuple[Character, ...]
    parts: tuple[Part, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Played:
    """What a rehearsal came to. ``votes`` are dots, ``refused`` counts what somebody else's step did not allow."""

    code: str
    participants: int
    ideas: int
    published: int
    builds: int
    votes: int
    themes: int
    commitments: int
    refused: int
    lines: int = 0
    ratings: int = 0


@dataclass
class Room:
    """The simulated people of a rehearsal, and what they have done so far."""

    db: Database
    rehearsal: Rehearsal
    tell: Callable[[str], None]
    badges: dict[int, ParticipantBadge] = field(default_factory=dict)
    written: dict[int, Idea] = field(default_factory=dict)
    used: dict[int, int] = field(default_factory=dict)
    refused: int = 0

    def __post_init__(self) -> None:
        view = self.rehearsal.view
        self.moderator, _ = access.for_command_line(view.id)
        self.observer = access.watch(self.db, view.id)
        self.tables = [table.id for table in people.tables(self.db, self.observer)]
        self.chance = Random(f"{self.rehearsal.seed} play")  # noqa: S311  a rehearsal, not a secret

    def open(self, step: Step) -> None:
        """Open a step, unless the moderator of the rehearsal has done it."""
        for _ in range(3):
            state = workshops.of(self.db, self.moderator).state
            if state.step_key == step.key:
                return
            try:
                steps.open_step(self.db, self.moderator, step.key, seen=state.version)
            except Conflict:
                continue
            return

    def arrive(self) -> list[Action]:
        return [partial(self._join, place) for place in range(len(self.rehearsal.people))]

    def warm_up(self) -> list[Action]:
        """People say what they offer and look for, in any order; some think about it and change a line."""
        cast, event = self.rehearsal.people, self.rehearsal.view.event
        drawn = rehearsal_lines.introductions(cast, event, seed=self.rehearsal.seed)
        said = [(place, words) for place, versions in enumerate(drawn) for words in versions]
        self.chance.shuffle(said)
        return [partial(self._introduce, *each) for each in sorted(said, key=lambda each: len(each[1].lines))]

    def write(self) -> list[Action]:
        return [*(partial(self._write, place) for place in range(len(self.rehearsal.parts))), *self._getting_ready()]

    def share(self) -> list[Action]:
        """Each table completes its ideas, then puts as many on the board as it may."""
        chosen: list[int] = []
        at_table: Counter[int] = Counter()
        limit = self.rehearsal.view.event.limits.published_per_table
        for place in self.chance.sample(range(len(self.rehearsal.parts)), len(self.rehearsal.parts)):
            table = self.rehearsal.people[self.rehearsal.parts[place].author].table
            if place in self.written and at_table[table] < limit:
                at_table[table] += 1
                chosen.append(place)
        completing = [partial(self._complete, place) for place in sorted(self.written)]
        publishing = [partial(self._publish, place) for place in chosen]
        has_themes = any(step.kind is StepKind.THEMES for step in self.rehearsal.view.event.run_of_show)
        grouping = [] if has_themes else [self._group]
        return [*completing, *publishing, *self._getting_ready(), *grouping]

    def build(self) -> list[Action]:
        """Tables read hand by hand, some faster than others and one not at all; most ideas get something added."""
        places: dict[int, list[int]] = {}
        for place, person in enumerate(self.rehearsal.people):
            places.setdefault(person.table, []).append(place)
        silent = self.chance.choice(sorted(places)) if len(places) > _FEWEST_WITH_A_SILENT_ONE else None
        pace = {table: self.chance.randint(3, 9) for table in sorted(places) if table != silent}
        turns = [(turn / pace[table], table) for table in pace for turn in range(1, pace[table] + 1)]
        return [partial(self._read_on, places[table]) for _, table in sorted(turns)]

    def group(self) -> list[Action]:
        return [self._group]

    def vote(self) -> list[Action]:
        """Everybody gives their dots idea by idea, all at the same time; two people without a phone vote on paper."""
        board = ideas.board(self.db, self.moderator)
        sides = [person.side for person in self.rehearsal.people]
        drawn = rehearsal_dots.ballots(sides, board, self.rehearsal.view.event.limits, seed=self.rehearsal.seed)
        taps = [(place, idea, dots) for place, ballot in enumerate(drawn) for idea, dots in ballot]
        self.chance.shuffle(taps)
        return [*(partial(self._vote, *tap) for tap in taps), self._count_by_hand]

    def rate(self) -> list[Action]:
        """Everybody rates what they are dealt, one idea after the other, all at the same time."""
        raters = self.chance.sample(range(len(self.rehearsal.people)), len(self.rehearsal.people))
        taste = rehearsal_marks.Taste(self.rehearsal.seed)
        return [partial(self._rate, place, turn, taste) for turn in range(self._hand) for place in raters]

    @property
    def _hand(self) -> int:
        return self.rehearsal.view.event.limits.ideas_to_rate

    @cached_property
    def last_steps(self) -> LastSteps:
        """What the people do from Reveal on."""
        return LastSteps(self.db, self.moderator, self.badges, seed=self.rehearsal.seed, try_=self._try)

    def report(self, step: Step) -> None:
        """Say in a line how far the room is."""
        came = self.outcome()
        lines = {
            StepKind.ARRIVE: f"{came.participants} people",
            StepKind.WARM_UP: f"{came.lines} offers and needs",
            StepKind.WRITE: f"{came.ideas} ideas",
            StepKind.SHARE: f"{came.published} ideas on the board",
            StepKind.BUILD: f"{came.builds} builds, {self._read()}",
            StepKind.THEMES: f"{came.themes} themes",
            StepKind.VOTE: f"{came.votes} votes",
            StepKind.RATE: f"{came.ratings} ratings",
            StepKind.CONSORTIUM: self.last_steps.ready(self.rehearsal.view),
            StepKind.COMMIT: f"{came.commitments} commitments",
        }
        self.tell(f"{step.title}: {lines.get(step.kind, 'open')}")

    def outcome(self) -> Played:
        counters = ideas.counters(self.db, self.moderator)
        applied = themes.current(self.db, self.moderator)
        return Played(
            code=self.rehearsal.view.code,
            participants=people.headcount(self.db, self.moderator).people,
            ideas=counters.ideas,
            published=counters.published,
            builds=self._built(),
            votes=sum(self.used.values()),
            themes=len(applied.themes) if applied else 0,
            commitments=self.last_steps.confirmed(),
            refused=self.refused,
            lines=len(introductions.lines(self.db, self.moderator)),
            ratings=ratings.turnout(self.db, self.moderator).answered,
        )

    def _read(self) -> str:
        seen = build_desk.look(self.db, self.moderator)
        return f"{seen.coverage.enough} of {len(seen.coverage.ideas)} ideas read by enough tables" if seen else ""

    def _built(self) -> int:
        seen = build_desk.look(self.db, self.moderator)
        return 0 if seen is None else len(seen.builds)

    def _join(self, place: int) -> None:
        person = self.rehearsal.people[place]
        form = people.JoinForm(
            person.name, person.side, self.tables[person.table], person.organisation, person.sectors, consent=True
        )
        badge = self._try(lambda: self._sit_down(place, form))
        if badge is not None:
            self.badges[place] = badge

    def _sit_down(self, place: int, form: people.JoinForm) -> ParticipantBadge:
        """Every fifth table shares a tablet, at all others people have their phones."""
        table = self.rehearsal.people[place].table
        if table % 5 != 2:
            return people.join(self.db, self.observer, form, device=self._device(f"phone {place}"))
        device = self._device(f"tablet {table}")
        tablet = access.scribe(self.db, self.rehearsal.view.id, device=device)
        tablet = tablet or people.open_tablet(self.db, self.observer, self.tables[table], device=device)
        person = people.join_tablet(self.db, tablet, form)
        return access.participant(self.db, self.rehearsal.view.id, device=device, person=person)

    def _device(self, name: str) -> str:
        return f"rehearsal {self.rehearsal.view.id} {name}"

    def _write(self, place: int) -> None:
        part = self.rehearsal.parts[place]
        badge = self.badges.get(part.author)
        if badge is None:
            return
        sent = self._try(lambda: ideas.submit(self.db, badge, self._draft(part, complete=False)))
        if sent is not None:
            self.written[place] = sent.idea

    def _read_on(self, around: Sequence[int]) -> None:
        """Somebody at a table reads the next idea in its hand, and adds to it or says that the table has read it."""
        badge = next(
            (self.badges[place] for place in self.chance.sample(around, len(around)) if place in self.badges), None
        )
        if badge is None:
            return
        hand = phone.hand(self.db, badge)
        unread = [idea["id"] for idea in hand["ideas"] if not idea["read"]]
        if not unread:
            return
        if self.chance.random() < _BUILD_ON_IT:
            draft = rehearsal_builds.draw(self.chance)
            if self._try(lambda: builds.submit(self.db, badge, unread[0], draft)) is not None:
                return
        self._try(lambda: routing.read(self.db, badge, unread[0]))

    def _getting_ready(self) -> list[Action]:
        """Towards the end of a step people say that they are ready, in any order; a few forget it."""
        everybody = range(len(self.rehearsal.people))
        said = [place for place in self.chance.sample(everybody, len(everybody)) if self.chance.random() > _FORGET]
        return [partial(self._get_ready, place) for place in said]

    def _get_ready(self, place: int) -> None:
        step = workshops.of(self.db, self.moderator).state.step_key
        badge = self.badges.get(place)
        if badge is not None:
            self._try(lambda: readiness.say(self.db, badge, step, ready=True))

    def _complete(self, place: int) -> None:
        part, idea = self.rehearsal.parts[place], self.written[place]
        draft = self._draft(part, complete=True)
        if draft.brings or draft.still_needed:
            badge = self.badges[part.author]
            self._try(lambda: ideas.revise(self.db, badge, idea.id, draft, seen_version=idea.version))

    def _publish(self, place: int) -> None:
        badge = self.badges[self.rehearsal.parts[place].author]
        self._try(lambda: ideas.publish(self.db, badge, self.written[place].id, published=True))

    def _group(self) -> None:
        def suggest_and_apply() -> None:
            proposal = themes.suggest(self.db, self.moderator)
            if proposal.board.themes:
                themes.apply(self.db, self.moderator, proposal)

        self._try(suggest_and_apply)

    def _vote(self, place: int, idea: UUID, dots: int) -> None:
        badge = self.badges.get(place)
        if badge is None:
            return
        ballot = self._try(lambda: votes.cast(self.db, badge, idea, dots=dots))
        if ballot is not None:
            self.used[place] = ballot.used

    def _count_by_hand(self) -> None:
        event, numbers = self.rehearsal.view.event, [idea.number for idea in ideas.board(self.db, self.moderator)]
        dots = dict.fromkeys(numbers[:2], min(2, event.limits.dots_per_idea))
        side = event.sides[-1].key
        self._try(lambda: hand_counts.enter(self.db, self.moderator, side, ballots=2, dots=dots, seen=0))

    def _introduce(self, place: int, said: Introduction) -> None:
        badge = self.badges.get(place)
        if badge is not None:
            self._try(lambda: introductions.say(self.db, badge, said))

    def _rate(self, place: int, turn: int, taste: rehearsal_marks.Taste) -> None:
        badge = self.badges.get(place)
        hand = self._try(lambda: ratings.hand(self.db, badge)) if badge is not None else None
        if badge is None or hand is None or turn >= len(hand.ideas) or taste.stays_away(place):
            return
        idea = hand.ideas[turn]
        self._try(lambda: ratings.say(self.db, badge, idea.idea_id, taste.of(place, idea.number)))

    def _draft(self, part: Part, *, complete: bool) -> IdeaDraft:
        """The text as this event takes it: sectors and sides that it does not know are left out."""
        event, text = self.rehearsal.view.event, part.text
        known = {sector.key for sector in event.sectors}
        sectors = tuple(key for key in text.sectors if key in known)
        return IdeaDraft(
            title=text.title,
            pitch=text.pitch,
            sectors=sectors or self.rehearsal.people[part.author].sectors[:1],
            brings={side.key: text.brings[side.key] for side in event.sides if side.key in text.brings}
            if complete
            else {},
            still_needed=text.still_needed if complete else "",
        )

    def _try(self, action: Callable[[], T]) -> T | None:
        """Let somebody act; a rule that refuses it (another step is open by now) is no failure of the rehearsal."""
        try:
            return action()
        except WorkshopError:
            self.refused += 1
            return None
