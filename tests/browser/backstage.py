"""What a test does behind the screens: a second process at the same database, as a helper's command line would be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.browser.venue import Venue
from tests.services.room import Room
from workshop.domain.event import Step, StepKind
from workshop.domain.idea import IdeaDraft, ShownIdea
from workshop.domain.room import Person
from workshop.services import access, ideas, people, shown, steps, turn, votes, workshops
from workshop.services.access import ParticipantBadge
from workshop.services.shown import TableIdeas
from workshop.storage import Database


class Backstage(Room):
    """The venue's own workshop, played through the services. What it changes, the running app finds by itself."""

    def __init__(self, db: Database, code: str) -> None:
        found = workshops.find(db, code)
        assert found is not None
        self.db = db
        self.id = found.id
        self.code = code
        self.moderator, self.organiser = access.for_command_line(found.id)
        self.observer = access.watch(db, found.id)
        self.tables = [table.id for table in people.tables(db, self.observer)]

    def opens(self, kind: StepKind) -> None:  # type: ignore[override]
        """Open the first step of this kind, unless it is open."""
        event = workshops.of(self.db, self.moderator).event
        key = next(step.key for step in event.run_of_show if step.kind is kind)
        if self.state.step_key != key:
            steps.open_step(self.db, self.moderator, key, seen=self.state.version)

    def publishes(self, title: str, draft: IdeaDraft | None = None, *, author: ParticipantBadge | None = None) -> str:
        """An idea on the board, by somebody at a table with room for it."""
        now = self.state.step_key
        writer = author or self.joins(f"Author of {title}"[:60], table=self._free_table())
        self.opens(StepKind.SHARE)
        idea = ideas.submit(self.db, writer, draft or IdeaDraft(title)).idea
        ideas.publish(self.db, writer, idea.id, published=True)
        steps.open_step(self.db, self.moderator, now, seen=self.state.version) if now != self.state.step_key else None
        return title

    def board(self) -> tuple[ShownIdea, ...]:
        """Everything that is published, by number."""
        return ideas.board(self.db, self.moderator)

    def shared(self) -> tuple[TableIdeas, ...]:
        """What each table looks at together."""
        with self.db.reading() as session:
            view = turn.look(session, self.id)
            return tuple(shown.of_table(session, view, table_id) for table_id in self.tables)

    def dots_of(self, name: str) -> int:
        """How many dots a person has given."""
        return votes.ballot(self.db, self.person(name)).used

    def person(self, name: str) -> ParticipantBadge:
        """The badge of somebody who joined with a real browser, by name."""
        return self.badge_of(next(each for each in people.roster(self.db, self.organiser) if each.name == name))

    def badge_of(self, person: Person) -> ParticipantBadge:
        """The badge of somebody who joined with a real browser."""
        return ParticipantBadge(self.id, person.id, person.table_id, person.side, "")

    @property
    def step(self) -> Step:
        """The step that is open."""
        return workshops.of(self.db, self.moderator).event.step(self.state.step_key)

    def _free_table(self) -> int:
        seated = people.tables(self.db, self.observer)
        counted = {count.id: count.published for count in ideas.counters(self.db, self.observer).by_table}
        return next(
            place
            for place, table in reversed(list(enumerate(seated)))
            if table.seated < 10 and counted.get(table.id, 0) < 3
        )


@contextmanager
def backstage(venue: Venue) -> Iterator[Backstage]:
    """Open the venue's database beside the running app."""
    db = Database.open(venue.database_url or f"sqlite:///{venue.folder / 'var' / 'roundtable.db'}")
    try:
        yield Backstage(db, venue.code)
    finally:
        db.close()
