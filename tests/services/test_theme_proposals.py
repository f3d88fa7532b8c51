"""Suggestions that wait for the moderator: made in the background, one for all desks, and nothing by itself."""

from __future__ import annotations

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.errors import Conflict
from workshop.services import theme_proposals, theme_upkeep, theme_versions, themes, turn
from workshop.services.shown_themes import ThemesView
from workshop.services.theme_proposals import DUE_AFTER, Waiting
from workshop.storage import Database, revisions_of
from workshop.themes import Board, Theme

KINDS = ("Hydrogen for ferries in ports", "Batteries of electric buses", "Waste heat for city heating")


class Desk:
    """A room with nine ideas on the board, all in one theme, and someone who asks for better ones."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.room = Room(db, published_per_table=12)
        self.written = 0
        self.room.opens(StepKind.SHARE)
        ideas = [self.writes(f"{KINDS[number % 3]} {number}") for number in range(9)]
        one = Theme("t0", "Everything", "", (), tuple(ideas), 1.0, 0, locked=False, central_id=ideas[0])
        themes.apply(db, self.room.moderator, themes.Proposal(Board(themes=(one,)), seen=0, sentence=""))

    def writes(self, title: str) -> str:
        self.written += 1
        author = self.room.joins(f"Author of {title}", table=self.written % 6)
        return str(self.room.has_sent(author, title, published=True).id)

    def look_after(self) -> None:
        theme_upkeep.look_after(self.db, self.room.id, goes_on=lambda: True)

    @property
    def waiting(self) -> Waiting:
        with self.db.reading() as session:
            now = theme_versions.newest(session, self.room.id)
            return theme_proposals.current(session, turn.look(session, self.room.id), now)

    @property
    def now(self) -> ThemesView:
        view = themes.current(self.db, self.room.moderator)
        assert view is not None
        return view

    @property
    def placed(self) -> list[int]:
        view = self.now
        return [idea.number for ideas in (view.not_sure, *(theme.ideas for theme in view.themes)) for idea in ideas]

    @property
    def told(self) -> int:
        with self.db.reading() as session:
            return revisions_of(session, self.room.id).get("proposal", 0)


@pytest.fixture
def desk(db: Database) -> Desk:
    return Desk(db)


def test_a_wish_is_answered_in_the_background_and_applied_by_a_person(desk: Desk) -> None:
    theme_proposals.ask(desk.db, desk.room.moderator, count=3)
    assert (desk.waiting.asked, desk.waiting.proposal) == (True, None)
    desk.look_after()
    waiting = desk.waiting
    assert waiting.proposal is not None
    assert (waiting.asked, waiting.fresh, len(waiting.proposal.board.themes)) == (False, True, 3)
    assert "2 new themes" in waiting.sentence
    assert [theme.name for theme in desk.now.themes] == ["Everything"], "nothing happens before somebody applies it"
    for _ in range(2):
        theme_proposals.apply(desk.db, desk.room.moderator, number=waiting.number)
    assert (len(desk.now.themes), desk.now.version, desk.waiting.proposal) == (3, 2, None)


def test_a_wish_that_cannot_be_met_is_answered_with_a_sentence(desk: Desk) -> None:
    theme_proposals.ask(desk.db, desk.room.moderator, count=9)
    desk.look_after()
    assert (desk.waiting.proposal, desk.waiting.asked) == (None, False)
    assert "9" in desk.waiting.sentence


def test_after_ten_newcomers_a_suggestion_is_made_by_itself_and_not_before(desk: Desk) -> None:
    for number in range(DUE_AFTER - 1):
        desk.writes(f"{KINDS[number % 3]} again {number}")
    desk.look_after()
    assert (desk.waiting.number, desk.told) == (0, 0)
    assert len(desk.placed) == 18, "newcomers are placed at once"
    desk.writes(f"{KINDS[0]} at last")
    desk.look_after()
    waiting = desk.waiting
    assert waiting.proposal is not None
    assert "would move" in waiting.sentence
    assert {theme.id for theme in desk.now.themes} == {"t0"}
    theme_proposals.discard(desk.db, desk.room.moderator, number=waiting.number)
    desk.look_after()
    assert desk.waiting.proposal is None, "what was discarded does not come back before ten more have joined"


def test_two_processes_that_look_after_one_room_do_everything_once(desk: Desk, db_url: str) -> None:
    second = Database.open(db_url) if desk.db.dialect == "postgresql" else desk.db
    for number in range(DUE_AFTER):
        desk.writes(f"{KINDS[number % 3]} again {number}")

    def both(db: Database) -> None:
        theme_upkeep.look_after(db, desk.room.id, goes_on=lambda: True)

    assert at_once([lambda: both(desk.db), lambda: both(second)]) == [None, None]
    if second is not desk.db:
        second.close()
    assert (desk.now.version, desk.waiting.number, desk.told) == (2, 1, 1)
    assert sorted(desk.placed) == list(range(1, 20))


def test_a_suggestion_that_themes_were_changed_under_is_old_and_refused(desk: Desk) -> None:
    theme_proposals.ask(desk.db, desk.room.moderator, count=3)
    desk.look_after()
    number = desk.waiting.number
    themes.rename(desk.db, desk.room.moderator, "t0", name="Ours", seen=1)
    assert desk.waiting.fresh is False
    with pytest.raises(Conflict, match="changed a moment ago"):
        theme_proposals.apply(desk.db, desk.room.moderator, number=number)
    theme_proposals.discard(desk.db, desk.room.moderator, number=number)
    with pytest.raises(Conflict, match="was discarded"):
        theme_proposals.apply(desk.db, desk.room.moderator, number=number)
