"""What themes keep to, whatever else happens in the room: what is hidden stays hidden, what people decided stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from sqlmodel import func, select

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.errors import Conflict
from workshop.services import moderation, themes
from workshop.services.shown_themes import ThemesView
from workshop.services.themes import Proposal
from workshop.storage import Database, revisions_of
from workshop.storage.tables import TextVector
from workshop.themes import NOT_SURE, Theme
from workshop.themes import Board as Made
from workshop.themes.embedders import default_embedder, parts_of
from workshop.themes.names import PLEASE_NAME

KINDS = (
    "Hydrogen pipelines for steel works",
    "Apprentices learn in wind farms abroad",
    "Sensors that watch drinking water",
)


UNALIKE = ("Quokka", "Zeppelin")


@dataclass
class Board:
    """A room with fifteen ideas of three kinds on the board, before any themes."""

    room: Room

    def writes(self, title: str) -> None:
        self.room.has_sent(self.room.joins(f"Author of {title}"), title, published=True)

    def apply(self) -> ThemesView:
        themes.apply(self.room.db, self.room.moderator, themes.suggest(self.room.db, self.room.moderator))
        return self.now

    @property
    def now(self) -> ThemesView:
        view = themes.current(self.room.db, self.room.moderator)
        assert view is not None
        return view


@pytest.fixture
def board(db: Database) -> Iterator[Board]:
    room = Room(db, published_per_table=12)
    room.opens(StepKind.SHARE)
    authors = [room.joins(f"Author {place}", table=place) for place in range(5)]
    for place in range(15):
        room.has_sent(authors[place % 5], f"{KINDS[place % 3]}, number {place:02}", published=True)
    return Board(room)


def test_ideas_that_a_table_kept_are_not_grouped(board: Board):
    kept = board.room.has_sent(board.room.joins("Ada"), "Kept at the table")
    grouped = themes.suggest(board.room.db, board.room.moderator).board.theme_of()
    assert str(kept.id) not in grouped
    assert len(grouped) == 15


def test_going_back_to_writing_takes_the_texts_in_the_themes_off_every_screen(board: Board):
    view = board.apply()
    themes.rename(board.room.db, board.room.moderator, view.themes[0].id, name="Our own words", seen=view.version)
    board.room.opens(StepKind.WRITE)
    hidden = board.now
    assert [theme.name for theme in hidden.themes] == ["Our own words"]
    assert hidden.themes[0].subtitle == ""
    assert (hidden.themes[0].ideas, hidden.not_sure, dict(hidden.places), dict(hidden.why)) == ((), (), {}, {})
    board.room.opens(StepKind.SHARE)
    assert len(board.now.themes) == len(view.themes)


def test_a_theme_does_not_go_on_quoting_an_idea_that_was_hidden(board: Board):
    view = board.apply()
    theme = next(theme for theme in view.themes if theme.subtitle)
    quoted = next(idea for idea in theme.ideas if idea.title == theme.subtitle)
    moderation.hide(board.room.db, board.room.moderator, quoted.id, reason="Rude")
    assert quoted.title not in str(board.now)
    moderation.restore(board.room.db, board.room.moderator, quoted.id)
    assert board.now == view


def test_a_theme_does_not_go_on_quoting_an_idea_that_was_moved_away(board: Board):
    view = board.apply()
    first, second = [theme for theme in view.themes if theme.typical][:2]
    quoted = next(idea for idea in first.ideas if idea.number == first.typical)
    themes.move(board.room.db, board.room.moderator, quoted.id, theme_id=second.id, seen=view.version)
    after = next(theme for theme in board.now.themes if theme.id == first.id)
    assert (first.subtitle, after.subtitle, after.typical) == (quoted.title, "", 0)


def test_a_theme_that_was_called_after_a_hidden_idea_loses_that_name(db: Database):
    room = Room(db, published_per_table=12)
    room.opens(StepKind.SHARE)
    author = room.joins("Ada")
    sent = [room.has_sent(author, f"{word} {place}", published=True) for place, word in enumerate(UNALIKE)]
    called = Theme("t", "Quokka 0", PLEASE_NAME, (), tuple(str(idea.id) for idea in sent), 0.1, 0, False, "")
    themes.apply(db, room.moderator, Proposal(Made(themes=(called,)), seen=0, sentence=""))
    assert named(room) == "Quokka 0"
    moderation.hide(db, room.moderator, sent[0].id, reason="Rude")
    assert named(room) == "A theme without a name"


def named(room: Room) -> str:
    view = themes.current(room.db, room.moderator)
    assert view is not None
    return view.themes[0].name


def test_of_several_moderators_who_name_a_theme_at_the_same_moment_one_is_first(board: Board):
    view = board.apply()
    names = ("Ours", "Theirs", "Nobody's")
    rename = partial(themes.rename, board.room.db, board.room.moderator, view.themes[0].id, seen=view.version)
    answers = at_once([partial(rename, name=name) for name in names])
    assert answers.count(view.version + 1) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 2
    assert board.now.themes[0].name == names[answers.index(view.version + 1)]


def test_no_later_suggestion_parts_what_was_merged(board: Board):
    view = board.apply()
    gone, kept = view.themes[:2]
    themes.merge(board.room.db, board.room.moderator, gone.id, into=kept.id, seen=view.version)
    together = {idea.number for theme in (gone, kept) for idea in theme.ideas}
    merged = next(theme for theme in board.apply().themes if theme.id == kept.id)
    assert {idea.number for idea in merged.ideas} >= together


def test_an_idea_pinned_to_a_theme_follows_it_into_the_merged_one(board: Board):
    view = board.apply()
    first, second, third = view.themes[:3]
    db, moderator, idea = board.room.db, board.room.moderator, third.ideas[0]
    seen = themes.move(db, moderator, idea.id, theme_id=first.id, seen=view.version)
    themes.merge(db, moderator, first.id, into=second.id, seen=seen)
    after = board.apply()
    assert first.id not in [theme.id for theme in after.themes]
    assert idea.number in [each.number for theme in after.themes if theme.id == second.id for each in theme.ideas]


def test_an_idea_that_was_set_aside_stays_aside(board: Board):
    view = board.apply()
    idea = view.themes[0].ideas[0]
    themes.move(board.room.db, board.room.moderator, idea.id, theme_id=NOT_SURE, seen=view.version)
    assert idea.number in [each.number for each in board.apply().not_sure]


def test_a_move_that_was_undone_is_no_pin(board: Board):
    view = board.apply()
    idea, other = view.themes[0].ideas[0], view.themes[1]
    db, moderator = board.room.db, board.room.moderator
    themes.undo(db, moderator, seen=themes.move(db, moderator, idea.id, theme_id=other.id, seen=view.version))
    after = board.apply()
    assert idea.number not in [each.number for theme in after.themes if theme.id == other.id for each in theme.ideas]


def test_undoing_the_first_themes_leaves_none_and_nothing_more_to_undo(board: Board):
    board.apply()
    seen = themes.undo(board.room.db, board.room.moderator, seen=1)
    assert board.now.themes == ()
    with pytest.raises(Conflict, match="nothing more to undo"):
        themes.undo(board.room.db, board.room.moderator, seen=seen)


def test_every_idea_has_its_place_and_its_reason(board: Board):
    view = board.apply()
    assert view.places.keys() == view.why.keys() == set(range(1, 16))
    assert all(-1 <= value <= 1 for place in view.places.values() for value in place)
    assert all("Closest to #" in reason for reason in view.why.values())
    assert any("Says “" in reason for reason in view.why.values())


def test_a_text_is_read_by_the_model_once(board: Board):
    themes.suggest(board.room.db, board.room.moderator)
    before = vectors(board.room.db)
    board.writes("Something entirely new about ferries")
    themes.suggest(board.room.db, board.room.moderator)
    assert vectors(board.room.db) == before + len(parts_of(default_embedder()))


def test_two_rooms_that_wrote_the_same_get_the_same_themes(board: Board, db: Database):
    other = Room(db, published_per_table=12)
    other.opens(StepKind.SHARE)
    authors = [other.joins(f"Author {place}", table=place) for place in range(5)]
    for place in range(15):
        other.has_sent(authors[place % 5], f"{KINDS[place % 3]}, number {place:02}", published=True)
    first, second = board.apply(), Board(other).apply()
    assert [(theme.name, [idea.number for idea in theme.ideas]) for theme in first.themes] == [
        (theme.name, [idea.number for idea in theme.ideas]) for theme in second.themes
    ]
    assert first.places == second.places


def test_every_change_is_told_to_the_screens(board: Board):
    view = board.apply()
    themes.rename(board.room.db, board.room.moderator, view.themes[0].id, name="Ours", seen=view.version)
    with board.room.db.reading() as session:
        assert revisions_of(session, board.room.id)["themes"] >= 2


def vectors(db: Database) -> int:
    with db.reading() as session:
        return int(session.exec(select(func.count()).select_from(TextVector)).one())
