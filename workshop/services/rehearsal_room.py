"""The room of a rehearsal while it plays: which step is open, what its people do in it, and what it came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workshop.domain.event import Step, StepKind
from workshop.errors import Conflict
from workshop.services import (
    build_desk,
    ideas,
    introductions,
    people,
    ratings,
    rehearsal_arrivals,
    rehearsal_builds,
    rehearsal_votes,
    rehearsal_writing,
    steps,
    themes,
    workshops,
)
from workshop.services.rehearsal_cards import LastSteps
from workshop.services.rehearsal_crew import Action, Crew, Rehearsal
from workshop.storage import Database


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


class Room:
    """A rehearsal step by step. ``tell`` hears a line after each of them."""

    def __init__(self, db: Database, rehearsal: Rehearsal, tell: Callable[[str], None]) -> None:
        self._db, self._rehearsal, self._tell = db, rehearsal, tell
        self._crew = Crew(db, rehearsal)
        self._moderator = self._crew.moderator
        self._end = LastSteps(db, self._moderator, self._crew.badges, seed=rehearsal.seed, try_=self._crew.tries)
        self._acts: dict[StepKind, Callable[[], list[Action]]] = {
            StepKind.ARRIVE: lambda: rehearsal_arrivals.arrive(self._crew),
            StepKind.WARM_UP: lambda: rehearsal_arrivals.warm_up(self._crew),
            StepKind.WRITE: self._write,
            StepKind.SHARE: self._share,
            StepKind.BUILD: lambda: rehearsal_builds.build(self._crew),
            StepKind.THEMES: lambda: [self._group],
            StepKind.VOTE: lambda: rehearsal_votes.vote(self._crew),
            StepKind.RATE: lambda: rehearsal_votes.rate(self._crew),
            StepKind.REVEAL: self._end.reveal,
            StepKind.CONSORTIUM: self._end.consortium,
            StepKind.PITCH: self._end.pitch,
            StepKind.COMMIT: self._end.commit,
        }

    def open(self, step: Step) -> None:
        """Open a step, unless the moderator of the rehearsal has done it."""
        for _ in range(3):
            state = workshops.of(self._db, self._moderator).state
            if state.step_key == step.key:
                return
            try:
                steps.open_step(self._db, self._moderator, step.key, seen=state.version)
            except Conflict:
                continue
            return

    def acts_in(self, step: Step) -> list[Action]:
        """What people do in a step, in order; what was done once is not done again in a second step of the kind."""
        return self._acts.pop(step.kind, list)()

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
            StepKind.CONSORTIUM: self._end.ready(self._rehearsal.view),
            StepKind.COMMIT: f"{came.commitments} commitments",
        }
        self._tell(f"{step.title}: {lines.get(step.kind, 'open')}")

    def outcome(self) -> Played:
        counters = ideas.counters(self._db, self._moderator)
        applied = themes.current(self._db, self._moderator)
        return Played(
            code=self._rehearsal.view.code,
            participants=people.headcount(self._db, self._moderator).people,
            ideas=counters.ideas,
            published=counters.published,
            builds=self._built(),
            votes=sum(self._crew.used.values()),
            themes=len(applied.themes) if applied else 0,
            commitments=self._end.confirmed(),
            refused=self._crew.refused,
            lines=len(introductions.lines(self._db, self._moderator)),
            ratings=ratings.turnout(self._db, self._moderator).answered,
        )

    def _write(self) -> list[Action]:
        return [*rehearsal_arrivals.arrive_late(self._crew), *rehearsal_writing.write(self._crew)]

    def _share(self) -> list[Action]:
        has_themes = any(step.kind is StepKind.THEMES for step in self._rehearsal.view.event.run_of_show)
        grouping = [] if has_themes else [self._group]
        return [*rehearsal_arrivals.come_back(self._crew), *rehearsal_writing.share(self._crew), *grouping]

    def _group(self) -> None:
        def suggest_and_apply() -> None:
            proposal = themes.suggest(self._db, self._moderator)
            if proposal.board.themes:
                themes.apply(self._db, self._moderator, proposal)

        self._crew.tries(suggest_and_apply)

    def _read(self) -> str:
        seen = build_desk.look(self._db, self._moderator)
        return f"{seen.coverage.enough} of {len(seen.coverage.ideas)} ideas read by enough tables" if seen else ""

    def _built(self) -> int:
        seen = build_desk.look(self._db, self._moderator)
        return 0 if seen is None else len(seen.builds)
