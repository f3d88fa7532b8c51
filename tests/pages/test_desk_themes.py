"""The theme workshop on the desk: one theme open, ideas chosen by tap, and what others do disturbs nothing."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import House, shown
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea
from workshop.services import flags, theme_documents, theme_upkeep, themes
from workshop.services.shown_themes import ThemesView
from workshop.storage import announce, proposals
from workshop.themes import NOT_SURE, Board, Evidence, Near, Theme

HOSTILE = "**Ships** <b>:red[x]</b>"


class Desk:
    """A desk that looks at two themes of two ideas and one idea aside."""

    def __init__(self, house: House) -> None:
        self.house, self.room = house, house.room
        self.room.opens(StepKind.SHARE)
        self.author = self.room.joins("Ada")
        people = [self.author, self.room.joins("Bo", table=1)]
        titles = ("Ferries", "Tugs", "Locomotives", "Sleepers", "Kites")
        self.ideas = tuple(
            self.room.has_sent(people[place // 3], title, published=True) for place, title in enumerate(titles)
        )
        keys = [str(idea.id) for idea in self.ideas]
        made = (
            Theme("ships", HOSTILE, "Ferries", ("ships",), tuple(keys[:2]), 1.0, 0, locked=False, central_id=keys[0]),
            Theme(
                "trains", "Trains", "Sleepers", ("trains",), tuple(keys[2:4]), 1.0, 1, locked=False, central_id=keys[3]
            ),
        )
        near = Evidence(near_themes={keys[0]: (Near("trains", 0.3, ()),)})
        board = Board(themes=made, not_sure=(keys[4],), evidence=near)
        themes.apply(house.db, self.room.moderator, themes.Proposal(board, seen=0, sentence=""))
        self.room.opens(StepKind.THEMES)
        self.page = house.browser("moderator").opens("desk")
        self.page.button_group[0].set_value("Themes").run()
        assert not self.page.exception

    def press(self, key: str) -> None:
        self.page.button(key=key).click().run()
        assert not self.page.exception

    def has(self, key: str) -> bool:
        return any(button.key == key for button in self.page.button)

    def choose(self, theme: str, *places: int) -> None:
        self._pills(theme).set_value([self.ideas[place].id for place in places]).run()
        assert not self.page.exception

    def chosen(self, theme: str) -> list[object]:
        return list(self._pills(theme).value)

    def _pills(self, theme: str):  # type: ignore[no-untyped-def]
        return next(each for each in self.page.button_group if each.key == f"theme_ideas_{theme}")

    @property
    def now(self) -> ThemesView:
        view = themes.current(self.house.db, self.room.moderator)
        assert view is not None
        return view

    @property
    def members(self) -> dict[str, list[int]]:
        return {theme.id: [idea.number for idea in theme.ideas] for theme in self.now.themes}


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def test_only_the_open_theme_has_fields_and_a_second_tap_closes_it(desk: Desk) -> None:
    before = len(desk.page.button)
    desk.press("open_ships")
    assert {"theme__move_ships", "theme_merge_ships", "theme_split_ships"} <= {each.key for each in desk.page.button}
    assert "Most typical" in shown(desk.page)
    desk.press("open_ships")
    assert len(desk.page.button) == before


def test_chosen_ideas_are_moved_together_and_the_choice_is_let_go(desk: Desk) -> None:
    desk.press("open_ships")
    desk.choose("ships", 0, 1)
    desk.page.selectbox(key="theme_target").set_value("trains").run()
    desk.press("theme__move_ships")
    assert desk.members == {"trains": [1, 2, 3, 4]}
    assert "The theme that was open here is gone" in shown(desk.page)
    desk.press("open_trains")
    assert desk.chosen("trains") == []
    assert "4 ideas, 2 pinned" in shown(desk.page)


def test_ideas_are_set_aside_and_brought_back_and_pinned(desk: Desk) -> None:
    desk.press("open_ships")
    desk.choose("ships", 0)
    desk.press("theme__set_aside_ships")
    assert [idea.number for idea in desk.now.not_sure] == [1, 5]
    desk.press(f"open_{NOT_SURE}")
    assert not desk.has("theme__set_aside_")
    desk.choose(NOT_SURE, 0, 4)
    desk.page.selectbox(key="theme_target").set_value("trains").run()
    desk.press("theme__move_")
    assert desk.members["trains"] == [1, 3, 4, 5]
    desk.press("open_trains")
    desk.choose("trains", 2)
    desk.press("theme__pin_trains")
    assert desk.now.pinned == {1, 3, 5}


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("theme__move_ships", "Choose the theme"),
        ("theme__pin_ships", "Choose one"),
        ("theme_merge_ships", "Choose the"),
    ],
)
def test_what_is_missing_is_said(desk: Desk, key: str, sentence: str) -> None:
    desk.press("open_ships")
    desk.press(key)
    assert sentence in shown(desk.page)
    assert desk.now.version == 1


def test_a_theme_is_renamed_merged_and_all_of_it_undone_by_name(desk: Desk) -> None:
    desk.press("open_ships")
    desk.page.text_input(key="theme_name_ships").set_value("Boats")
    next(each for each in desk.page.button if each.label == "Rename").click().run()
    assert [theme.name for theme in desk.now.themes] == ["Boats", "Trains"]
    desk.page.selectbox(key="theme_into").set_value("trains").run()
    desk.press("theme_merge_ships")
    assert desk.members == {"trains": [1, 2, 3, 4]}
    undo = next(each for each in desk.page.button if each.label.startswith("Undo: merged"))
    assert "Boats" in undo.label
    undo.click().run()
    next(each for each in desk.page.button if each.label.startswith("Undo: renamed")).click().run()
    assert [theme.name for theme in desk.now.themes] == [HOSTILE, "Trains"]


def test_what_is_chosen_stays_while_somebody_else_changes_other_themes(desk: Desk) -> None:
    desk.press("open_ships")
    desk.choose("ships", 0)
    themes.rename(desk.house.db, desk.room.moderator, "trains", name="Rails", seen=1)
    themes.move(desk.house.db, desk.room.moderator, desk.ideas[4].id, theme_id="ships", seen=2)
    desk.page.run()
    assert desk.chosen("ships") == [desk.ideas[0].id]
    desk.page.selectbox(key="theme_target").set_value("trains").run()
    desk.press("theme__move_ships")
    assert desk.members == {"ships": [2, 5], "trains": [1, 3, 4]}


def test_undo_says_that_it_was_somebody_else(desk: Desk) -> None:
    assert any(each.label.endswith("(by somebody else)") for each in desk.page.button)
    desk.press("open_ships")
    desk.choose("ships", 0)
    desk.press("theme__pin_ships")
    assert any(each.label.endswith("Undo: pinned \\#1") for each in desk.page.button)


def test_what_the_room_finds_wrong_comes_first_and_moves_with_one_tap(desk: Desk) -> None:
    for person in (desk.author, desk.room.joins("Cleo", table=3)):
        flags.say(desk.house.db, person, 1, "ships", flagged=True)
    flags.say(desk.house.db, desk.author, 3, "trains", flagged=True)
    desk.page.run()
    text = shown(desk.page)
    assert text.index("2 people say #1 “Ferries”") < text.index("1 person says #3 “Locomotives”")
    assert not desk.has(f"flag_{desk.ideas[2].id}_ships"), "no other theme is known to be near to it"
    desk.press(f"flag_{desk.ideas[0].id}_trains")
    assert desk.members == {"ships": [2], "trains": [1, 3, 4]}
    assert "2 people say" not in shown(desk.page)


def test_a_suggestion_is_asked_for_and_every_desk_finds_it_after_a_reload(desk: Desk) -> None:
    desk.press("themes_suggest")
    assert "being read" in shown(desk.page)
    theme_upkeep.look_after(desk.house.db, desk.room.id, goes_on=lambda: True)
    desk.page.run()
    assert "Waiting for ideas" in shown(desk.page)
    other = desk.house.browser("moderator").opens("desk")
    other.button_group[0].set_value("Themes").run()
    assert "Waiting for ideas" in shown(other)
    next(each for each in other.button if each.label == "Discard").click().run()
    desk.page.run()
    assert "Waiting for ideas" not in shown(desk.page)


def test_a_preview_is_applied_once_and_an_old_one_is_discarded(desk: Desk) -> None:
    _waits(desk, desk.ideas[:4])
    desk.page.run()
    assert "2 ideas would move" in shown(desk.page)
    assert "Everything" in shown(desk.page)
    next(each for each in desk.page.button if each.label == "Apply these themes").click().run()
    assert desk.members == {"one": [1, 2, 3, 4]}
    _waits(desk, desk.ideas[:2])
    themes.rename(desk.house.db, desk.room.moderator, "one", name="All", seen=2)
    desk.page.run()
    assert "were changed since this was suggested" in shown(desk.page)
    assert not any(each.label == "Apply these themes" for each in desk.page.button)


def _waits(desk: Desk, ideas: tuple[Idea, ...]) -> None:
    """A suggestion of one theme, as the background keeps it."""
    keys = tuple(str(idea.id) for idea in ideas)
    board = Board(themes=(Theme("one", "Everything", "", (), keys, 1.0, 0, locked=False, central_id=keys[0]),))
    with desk.house.db.writing() as session:
        number = proposals.of(session, desk.room.id).number + 1
        body = theme_documents.written(board, pins={})
        kept = proposals.Kept(
            number, considered=2, seen=desk.now.version, sentence="2 ideas would move, 1 new theme.", body=body
        )
        proposals.keep(session, desk.room.id, kept)
        announce(session, desk.room.id, "proposal")


def test_must_not_happen_names_and_titles_are_read_as_markup(desk: Desk) -> None:
    desk.press("open_ships")
    labels = [each.label for each in desk.page.button if "Ships" in each.label]
    assert labels
    assert all("**" not in label.replace("\\*", "") and "<b>" not in label for label in labels)
    assert "&lt;b&gt;" in shown(desk.page)
    assert "<b>:red" not in shown(desk.page)


def test_must_not_happen_a_participant_arranges_themes(house: House) -> None:
    Desk(house)
    page: AppTest = house.browser().opens("desk")
    assert [button.label for button in page.button] == []
