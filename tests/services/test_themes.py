"""Themes in a room: suggested by the method, decided by the moderator, undone, and never shown too early."""

from __future__ import annotations

import pytest

from tests.services.room import Room
from workshop.domain.event import StepKind
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.services import log, moderation, shown_themes, themes
from workshop.themes import NOT_SURE

TITLES = (
    "Hydrogen fuel for ferries and harbour cranes",
    "Green hydrogen from offshore wind at the port",
    "Hydrogen storage in salt caverns near the harbour",
    "Hydrogen trucks between two harbours",
    "Shared battery testing for electric buses",
    "Second life for electric bus batteries",
    "Fast charging for electric bus depots",
    "Battery recycling from electric cars",
    "Waste heat from data centres for city heating",
    "District heating that learns from smart meters",
    "Heat pumps for old city apartment blocks",
    "Smart meters that save heat in schools",
)


@pytest.fixture
def board(room: Room) -> Room:
    """A room with twelve ideas on the board, in the step that shows themes."""
    room.opens(StepKind.SHARE)
    for number, title in enumerate(TITLES):
        room.has_sent(room.joins(f"Person {number}", table=number % 6), title, published=True)
    room.opens(StepKind.THEMES)
    return room


def applied(board: Room) -> shown_themes.ThemesView:
    themes.apply(board.db, board.moderator, themes.suggest(board.db, board.moderator))
    return now(board)


def now(board: Room) -> shown_themes.ThemesView:
    view = themes.current(board.db, board.moderator)
    assert view is not None
    return view


def members(view: shown_themes.ThemesView) -> dict[str, set[int]]:
    return {theme.id: {idea.number for idea in theme.ideas} for theme in view.themes}


def test_a_suggestion_changes_nothing_until_it_is_applied(board: Room) -> None:
    proposal = themes.suggest(board.db, board.moderator)
    assert themes.current(board.db, board.observer) is None
    themes.apply(board.db, board.moderator, proposal)
    shown = themes.current(board.db, board.observer)
    assert shown is not None
    everywhere = [idea.number for theme in shown.themes for idea in theme.ideas] + [i.number for i in shown.not_sure]
    assert sorted(everywhere) == list(range(1, 13)), "every idea stands in exactly one place"
    assert set(shown.places) == set(range(1, 13))


def test_the_same_board_gives_the_same_suggestion(board: Room) -> None:
    def grouping() -> list[tuple[str, ...]]:
        proposal = themes.suggest(board.db, board.moderator)
        return [theme.idea_ids for theme in proposal.board.themes]

    assert grouping() == grouping()


def test_with_fewer_than_eight_ideas_there_is_nothing_to_apply_yet(room: Room) -> None:
    room.opens(StepKind.SHARE)
    room.has_sent(room.joins("Anna"), "One idea alone", published=True)
    assert "at least eight" in themes.suggest(room.db, room.moderator).sentence


def test_a_suggestion_that_is_older_than_the_themes_is_refused(board: Room) -> None:
    view = applied(board)
    proposal = themes.suggest(board.db, board.moderator)
    themes.rename(board.db, board.moderator, view.themes[0].id, name="Ships and steam", seen=view.version)
    with pytest.raises(Conflict, match="changed a moment ago"):
        themes.apply(board.db, board.moderator, proposal)


def test_a_name_that_the_moderator_gave_survives_the_next_suggestion(board: Room) -> None:
    view = applied(board)
    theme = view.themes[0]
    themes.rename(board.db, board.moderator, theme.id, name="Ships and steam", seen=view.version)
    applied(board)
    renamed = next(each for each in now(board).themes if each.id == theme.id)
    assert (renamed.name, renamed.locked) == ("Ships and steam", True)


def test_an_idea_that_was_moved_stays_where_it_was_put(board: Room) -> None:
    view = applied(board)
    home, other = view.themes[0], view.themes[1]
    idea = home.ideas[0]
    themes.move(board.db, board.moderator, idea.id, theme_id=other.id, seen=view.version)
    applied(board)
    assert idea.number in members(now(board))[other.id]


def test_an_idea_can_be_set_aside(board: Room) -> None:
    view = applied(board)
    idea = view.themes[0].ideas[0]
    themes.move(board.db, board.moderator, idea.id, theme_id=NOT_SURE, seen=view.version)
    assert idea.number in {each.number for each in now(board).not_sure}


def test_merging_puts_all_ideas_under_one_name(board: Room) -> None:
    view = applied(board)
    gone, kept = view.themes[0], view.themes[1]
    themes.merge(board.db, board.moderator, gone.id, into=kept.id, seen=view.version)
    after = members(now(board))
    assert gone.id not in after
    assert after[kept.id] == members(view)[gone.id] | members(view)[kept.id]


def test_undo_brings_back_the_themes_before(board: Room) -> None:
    view = applied(board)
    themes.merge(board.db, board.moderator, view.themes[0].id, into=view.themes[1].id, seen=view.version)
    themes.undo(board.db, board.moderator, seen=view.version + 1)
    assert members(now(board)) == members(view)
    assert now(board).change == view.change, "the next undo takes back what was done before"
    themes.undo(board.db, board.moderator, seen=view.version + 2)
    assert now(board).themes == ()
    with pytest.raises(Conflict, match="nothing more to undo"):
        themes.undo(board.db, board.moderator, seen=view.version + 3)


def test_a_late_idea_joins_a_theme_and_nobody_else_moves(board: Room) -> None:
    view = applied(board)
    board.opens(StepKind.SHARE)
    late = board.has_sent(board.joins("Late", table=7), "Hydrogen for harbour tugs and ferries", published=True)
    board.opens(StepKind.THEMES)
    assert themes.place_newcomers(board.db, board.id) == 1
    after = now(board)
    stayed = {theme: numbers - {late.number} for theme, numbers in members(after).items()}
    assert stayed == members(view)
    assert themes.place_newcomers(board.db, board.id) == 0


def test_an_idea_that_was_hidden_leaves_its_theme_and_comes_back(board: Room) -> None:
    view = applied(board)
    idea = view.themes[0].ideas[0]
    moderation.hide(board.db, board.moderator, idea.id, reason="Names a person")
    assert all(idea.number not in numbers for numbers in members(now(board)).values())
    moderation.restore(board.db, board.moderator, idea.id)
    assert members(now(board)) == members(view)


def test_every_change_is_in_the_log_and_the_chain_holds(board: Room) -> None:
    view = applied(board)
    themes.rename(board.db, board.moderator, view.themes[0].id, name="Ships", seen=view.version)
    subjects = [entry.subject for entry in log.entries(board.db, board.moderator) if entry.verb == "themes"]
    assert subjects == ["apply", "rename"]
    assert log.verify(board.db, board.moderator) is None


def test_must_not_happen_the_room_sees_themes_before_their_step(board: Room) -> None:
    applied(board)
    board.opens(StepKind.SHARE)
    assert themes.current(board.db, board.observer) is None
    assert themes.current(board.db, board.moderator) is not None


def test_what_cannot_be_done_is_said(board: Room) -> None:
    with pytest.raises(NotAllowed, match="no themes yet"):
        themes.rename(board.db, board.moderator, "x", name="Ships", seen=0)
    view = applied(board)
    with pytest.raises(NotFound, match="theme does not exist"):
        themes.rename(board.db, board.moderator, "no such theme", name="Ships", seen=view.version)
    with pytest.raises(Invalid, match="name of the theme"):
        themes.rename(board.db, board.moderator, view.themes[0].id, name=" ", seen=view.version)
    with pytest.raises(Conflict, match="two different"):
        themes.merge(board.db, board.moderator, view.themes[0].id, into=view.themes[0].id, seen=view.version)
