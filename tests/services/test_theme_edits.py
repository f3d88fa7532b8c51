"""Two people arrange themes at the same time: neither loses what the other did, nor is bothered without need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea
from workshop.errors import Conflict, Invalid, NotFound
from workshop.services import access, moderation, theme_versions, themes
from workshop.services.access import ModeratorBadge
from workshop.services.shown_themes import ThemesView
from workshop.services.theme_documents import written
from workshop.services.themes import Proposal
from workshop.storage import Database
from workshop.storage import boards as rows
from workshop.themes import NOT_SURE, Board, Theme

WORDS = ("Hydrogen ferries", "Battery buses", "Waste heat")
TITLES = tuple(f"{word} number {number}" for word in WORDS for number in range(4))


@dataclass
class Desk:
    """Three themes of four ideas each, in front of two moderators who both saw the first version."""

    room: Room
    ideas: tuple[Idea, ...]
    mine: ModeratorBadge
    other: ModeratorBadge
    seen: int = 1

    @property
    def db(self) -> Database:
        return self.room.db

    @property
    def now(self) -> ThemesView:
        view = themes.current(self.db, self.mine)
        assert view is not None
        return view

    @property
    def members(self) -> dict[str, list[int]]:
        return {theme.id: [idea.number for idea in theme.ideas] for theme in self.now.themes}

    @property
    def names(self) -> list[str]:
        return [theme.name for theme in self.now.themes]

    def rename(self, badge: ModeratorBadge, theme: str, name: str, *, seen: int = 1) -> int:
        return themes.rename(self.db, badge, theme, name=name, seen=seen)

    def move(self, badge: ModeratorBadge, *places: int, to: str, seen: int = 1) -> int:
        return themes.move(self.db, badge, *(self.ideas[place].id for place in places), theme_id=to, seen=seen)

    def merge(self, badge: ModeratorBadge, theme: str, *, into: str, seen: int = 1) -> int:
        return themes.merge(self.db, badge, theme, into=into, seen=seen)

    def undo(self, badge: ModeratorBadge, *, seen: int) -> int:
        return themes.undo(self.db, badge, seen=seen)

    def comes_late(self, title: str) -> int:
        number = self.room.has_sent(self.room.joins(title, table=7), title, published=True).number
        themes.place_newcomers(self.db, self.room.id)
        return number


@pytest.fixture
def desk(db: Database) -> Desk:
    room = Room(db, published_per_table=12)
    room.opens(StepKind.SHARE)
    author = room.joins("Ada")
    others = [room.joins(f"Person {place}", table=place % 4) for place in range(len(TITLES) - 1)]
    ideas = tuple(
        room.has_sent(who, title, published=True) for who, title in zip([author, *others], TITLES, strict=True)
    )
    made = Board(
        themes=tuple(_theme(f"t{place}", WORDS[place], ideas[4 * place : 4 * place + 4]) for place in range(3))
    )
    themes.apply(db, room.moderator, Proposal(made, seen=0, sentence=""))
    second = access.claim(db, access.invite(db, room.organiser, "moderator"), device="second desk")
    other = access.moderator(db, grant_id=str(second.id), device="second desk")
    return Desk(room, ideas, room.moderator, other)


def _theme(key: str, name: str, ideas: tuple[Idea, ...]) -> Theme:
    members = tuple(str(idea.id) for idea in ideas)
    return Theme(key, name, ideas[0].title, (name,), members, 1.0, 0, locked=False, central_id=members[0])


def test_edits_of_different_ideas_and_themes_at_the_same_moment_are_all_kept(desk: Desk) -> None:
    calls: list[Callable[[], int]] = [
        partial(desk.move, desk.mine, 0, 1, to="t1"),
        partial(desk.move, desk.other, 8, to="t0"),
        partial(desk.rename, desk.mine, "t2", "Warmth"),
        partial(desk.rename, desk.other, "t0", "Ships"),
    ]
    assert sorted(map(str, at_once(calls))) == ["2", "3", "4", "5"]
    assert desk.members == {"t0": [3, 4, 9], "t1": [1, 2, 5, 6, 7, 8], "t2": [10, 11, 12]}
    assert desk.names == ["Ships", "Battery buses", "Warmth"]


def test_several_ideas_are_moved_or_none(desk: Desk) -> None:
    gone = desk.ideas[0].id
    with pytest.raises(NotFound, match="not in the themes"):
        themes.move(desk.db, desk.mine, gone, desk.room.id, theme_id="t1", seen=1)
    assert desk.now.version == 1
    assert desk.move(desk.mine, 0, 5, to=NOT_SURE) == 2
    assert [idea.number for idea in desk.now.not_sure] == [1, 6]
    assert desk.now.pinned == {1, 6}


def test_choosing_nothing_is_said(desk: Desk) -> None:
    with pytest.raises(NotFound, match="Choose one or more"):
        themes.move(desk.db, desk.mine, theme_id="t1", seen=1)


def test_an_idea_goes_where_it_was_sent_although_its_old_theme_was_merged_meanwhile(desk: Desk) -> None:
    desk.merge(desk.other, "t0", into="t2")
    desk.move(desk.mine, 0, to="t1")
    assert desk.members == {"t1": [1, 5, 6, 7, 8], "t2": [2, 3, 4, 9, 10, 11, 12]}


def test_a_theme_that_was_merged_away_is_named_with_the_one_that_has_its_ideas(desk: Desk) -> None:
    desk.merge(desk.other, "t0", into="t2")
    for call in (partial(desk.move, desk.mine, 4, to="t0"), partial(desk.rename, desk.mine, "t0", "Ships")):
        with pytest.raises(NotFound, match=r"“Hydrogen ferries” is not there any more.*in “Waste heat” now"):
            call()


@pytest.mark.parametrize("verb", ["rename", "merge", "split"])
def test_a_theme_that_somebody_else_renamed_meanwhile_is_looked_at_again(desk: Desk, verb: str) -> None:
    desk.rename(desk.other, "t0", "Ships")
    calls: dict[str, Callable[[], int]] = {
        "rename": partial(desk.rename, desk.mine, "t0", "Boats"),
        "merge": partial(desk.merge, desk.mine, "t0", into="t1"),
        "split": partial(themes.split, desk.db, desk.mine, "t0", seen=1),
    }
    with pytest.raises(Conflict, match="Somebody renamed this theme to “Ships”"):
        calls[verb]()
    assert desk.names[0] == "Ships"


def test_a_theme_that_grew_by_a_merge_meanwhile_is_looked_at_again(desk: Desk) -> None:
    desk.merge(desk.other, "t2", into="t0")
    with pytest.raises(Conflict, match="merged “Waste heat” into this theme"):
        desk.merge(desk.mine, "t0", into="t1")


def test_two_who_put_one_idea_into_different_themes_hear_of_each_other(desk: Desk) -> None:
    desk.move(desk.other, 0, to="t2")
    with pytest.raises(Conflict, match="put one of these ideas into “Waste heat”"):
        desk.move(desk.mine, 0, 1, to="t1")
    assert desk.members["t2"] == [1, 9, 10, 11, 12]
    assert desk.move(desk.mine, 0, 1, to="t1", seen=2) == 3, "whoever has seen it may decide"


@pytest.mark.parametrize("verb", ["rename", "move", "aside", "pin", "merge", "split", "undo"])
def test_the_same_tap_twice_is_once(desk: Desk, verb: str) -> None:
    desk.rename(desk.mine, "t2", "Warmth")
    calls: dict[str, Callable[[], int]] = {
        "rename": partial(desk.rename, desk.mine, "t0", "Ships", seen=2),
        "move": partial(desk.move, desk.mine, 0, 1, to="t1", seen=2),
        "aside": partial(desk.move, desk.mine, 0, to=NOT_SURE, seen=2),
        "pin": partial(themes.pin, desk.db, desk.mine, desk.ideas[0].id, seen=2),
        "merge": partial(desk.merge, desk.mine, "t0", into="t1", seen=2),
        "split": partial(themes.split, desk.db, desk.mine, "t0", seen=2),
        "undo": partial(desk.undo, desk.mine, seen=2),
    }
    assert [calls[verb](), calls[verb]()] == [3, 3]
    assert desk.now.version == 3


def test_pinned_ideas_are_known_and_stay_where_they_are(desk: Desk) -> None:
    before = desk.members
    themes.pin(desk.db, desk.mine, desk.ideas[0].id, desk.ideas[5].id, seen=1)
    assert (desk.now.pinned, desk.members) == ({1, 6}, before)
    assert sorted(_pins(desk).values()) == ["t0", "t1"]


def _pins(desk: Desk) -> dict[str, str]:
    with desk.db.reading() as session:
        return dict(theme_versions.newest(session, desk.room.id).pins)


def test_a_split_theme_keeps_its_name_in_its_larger_part_and_the_other_gets_one(desk: Desk) -> None:
    desk.merge(desk.mine, "t0", into="t1")
    assert themes.split(desk.db, desk.mine, "t1", seen=2) == 3
    kept, made, other = desk.now.themes
    assert (kept.id, kept.name, other.id) == ("t1", "Battery buses", "t2")
    assert sorted([*desk.members[kept.id], *desk.members[made.id]]) == list(range(1, 9))
    assert len(kept.ideas) >= len(made.ideas) > 0
    assert made.name
    assert made.name != kept.name
    assert kept.locked
    assert made.locked


def test_an_idea_that_is_hidden_stays_with_the_part_that_keeps_the_name(desk: Desk) -> None:
    moderation.hide(desk.db, desk.mine, desk.ideas[0].id, reason="Names a person")
    themes.split(desk.db, desk.mine, "t0", seen=1)
    moderation.restore(desk.db, desk.mine, desk.ideas[0].id)
    assert 1 in desk.members["t0"]
    assert sorted(number for numbers in desk.members.values() for number in numbers) == list(range(1, 13))


def test_a_theme_with_too_few_ideas_cannot_be_split(desk: Desk) -> None:
    desk.move(desk.mine, 0, 1, 2, to="t1")
    with pytest.raises(Invalid, match="cannot be split"):
        themes.split(desk.db, desk.mine, "t0", seen=2)


def test_undo_says_what_it_takes_back_and_whose_it_is(desk: Desk) -> None:
    desk.merge(desk.other, "t0", into="t1")
    change = desk.now.change
    assert change is not None
    assert (change.sentence, change.by) == (
        "merged “Hydrogen ferries” into “Battery buses”",
        str(desk.other.grant_id),
    )
    calls: dict[str, Callable[[], int]] = {
        "renamed “Battery buses” to “{0} {ideas} %s”": partial(desk.rename, desk.mine, "t1", "{0} {ideas} %s", seen=2),
        "moved #9 to “{0} {ideas} %s”": partial(desk.move, desk.mine, 8, to="t1", seen=3),
        "set 2 ideas aside": partial(desk.move, desk.mine, 9, 10, to=NOT_SURE, seen=4),
    }
    for sentence, call in calls.items():
        seen = call()
        change = desk.now.change
        assert change is not None
        assert (change.version, change.sentence) == (seen, sentence)


def test_must_not_happen_an_undo_takes_back_what_somebody_else_did_after_it_was_read(desk: Desk) -> None:
    seen = desk.rename(desk.mine, "t0", "Ships")
    desk.rename(desk.other, "t1", "Buses")
    with pytest.raises(Conflict, match="after that: renamed “Battery buses” to “Buses”"):
        desk.undo(desk.mine, seen=seen)
    assert desk.names == ["Ships", "Buses", "Waste heat"]


def test_undo_goes_back_step_by_step_and_a_new_change_begins_from_there(desk: Desk) -> None:
    desk.rename(desk.mine, "t0", "Ships")
    desk.rename(desk.mine, "t1", "Buses", seen=2)
    desk.undo(desk.mine, seen=3)
    desk.undo(desk.mine, seen=4)
    assert desk.names == list(WORDS)
    desk.rename(desk.mine, "t2", "Warmth", seen=5)
    desk.undo(desk.mine, seen=6)
    assert desk.names == list(WORDS)


def test_an_idea_that_joined_after_a_change_stays_when_the_change_is_undone(desk: Desk) -> None:
    desk.rename(desk.mine, "t0", "Ships")
    late = desk.comes_late("Hydrogen ferries again")
    joined = desk.now
    assert joined.version == 3
    assert joined.change is not None
    assert joined.change.version == 2, "joining by itself is no change that anybody made"
    desk.undo(desk.mine, seen=2)
    assert late in desk.members["t0"]
    assert desk.names == list(WORDS)


def test_a_preview_stays_good_while_ideas_only_join_and_they_stay_on_the_board(desk: Desk) -> None:
    made = Board(
        themes=tuple(_theme(f"t{place}", WORDS[place], desk.ideas[4 * place : 4 * place + 4]) for place in (0, 1))
    )
    proposal = Proposal(made, seen=1, sentence="")
    late = desk.comes_late("Hydrogen ferries again")
    assert late in desk.members["t0"]
    assert [themes.apply(desk.db, desk.mine, proposal) for _ in range(2)] == [3, 3], "the same tap twice is once"
    assert late in desk.members["t0"]


def test_themes_of_before_changes_were_kept_can_be_undone_once(desk: Desk) -> None:
    desk.rename(desk.mine, "t0", "Ships")
    with desk.db.writing() as session:
        newest = rows.newest(session, desk.room.id)
        assert newest is not None
        body = {key: value for key, value in newest.body.items() if key not in {"change", "undid"}}
        rows.append(session, desk.room.id, version=3, body=body, action="rename", at=desk.ideas[0].created_at)
    change = desk.now.change
    assert change is not None
    assert (change.sentence, change.before) == ("rename", 2)
    desk.undo(desk.mine, seen=3)
    assert desk.now.version == 4


def test_what_a_change_says_is_kept_with_the_themes() -> None:
    assert written(Board(), pins={})["change"] is None
