"""“Wrong theme?”: said of an idea in one theme, once however often it is tapped, gone when the idea has moved."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import access, flags, moderation, people, phone, theme_desk, themes
from workshop.services.access import ParticipantBadge
from workshop.services.themes import Proposal
from workshop.storage import Database, revisions_of
from workshop.themes import NOT_SURE, Board, Evidence, Near, Theme


@dataclass
class Flagging:
    """Two themes of two ideas each and one idea aside, in front of people who may flag them."""

    room: Room
    ideas: tuple[Idea, ...]
    ada: ParticipantBadge
    bo: ParticipantBadge

    def say(self, who: ParticipantBadge, number: int, theme: str, *, flagged: bool = True) -> None:
        flags.say(self.room.db, who, number, theme, flagged=flagged)

    @property
    def told(self) -> list[tuple[int, int, str | None]]:
        """Number, people and the nearest other theme of what the desk is told, in its order."""
        found = theme_desk.look(self.room.db, self.room.moderator).flags
        return [(flag.idea.number, flag.people, flag.nearest[1] if flag.nearest else None) for flag in found]

    @property
    def revision(self) -> int:
        with self.room.db.reading() as session:
            return revisions_of(session, self.room.id).get("flags", 0)

    def move(self, place: int, to: str) -> None:
        themes.move(self.room.db, self.room.moderator, self.ideas[place].id, theme_id=to, seen=1)


@pytest.fixture
def flagging(db: Database) -> Flagging:
    room = Room(db, published_per_table=12)
    ada, bo = room.joins("Ada"), room.joins("Bo", table=1)
    room.opens(StepKind.SHARE)
    ideas = tuple(room.has_sent(ada, f"Idea {number}", published=True) for number in range(3))
    ideas += tuple(room.has_sent(bo, f"More {number}", published=True) for number in range(2))
    keys = [str(idea.id) for idea in ideas]
    made = [
        Theme(key, name, "", (), tuple(members), 1.0, 0, locked=False, central_id=members[0])
        for key, name, members in (("t0", "Ships", keys[:2]), ("t1", "Trains", keys[2:4]))
    ]
    near = Evidence(near_themes={keys[0]: (Near("t0", 0.5, ()), Near("gone", 0.4, ()), Near("t1", 0.3, ()))})
    board = Board(themes=tuple(made), not_sure=(keys[4],), evidence=near)
    themes.apply(db, room.moderator, Proposal(board, seen=0, sentence=""))
    room.opens(StepKind.THEMES)
    return Flagging(room, ideas, ada, bo)


def test_the_desk_is_told_how_many_and_where_the_idea_might_go_most_people_first(flagging: Flagging) -> None:
    flagging.say(flagging.ada, 2, "t0")
    for who in (flagging.ada, flagging.bo):
        flagging.say(who, 1, "t0")
    assert flagging.told == [(1, 2, "Trains"), (2, 1, None)]


def test_the_same_tap_twice_is_once_and_taking_back_leaves_nothing(flagging: Flagging) -> None:
    for flagged in (True, True, False, False):
        flagging.say(flagging.ada, 1, "t0", flagged=flagged)
        assert flagging.told == ([(1, 1, "Trains")] if flagged else [])
        assert phone.me(flagging.room.db, flagging.ada)["people"][0]["flags"] == ({1: "t0"} if flagged else {})
    assert flagging.revision == 2, "only what changes something is told"


def test_two_people_who_tap_at_the_same_moment_both_count(flagging: Flagging) -> None:
    said = at_once([lambda who=who: flagging.say(who, 1, "t0") for who in (flagging.ada, flagging.bo)])  # type: ignore[misc]
    assert said == [None, None]
    assert flagging.told == [(1, 2, "Trains")]


def test_an_idea_that_comes_into_another_theme_has_no_flags_any_more(flagging: Flagging) -> None:
    flagging.say(flagging.ada, 1, "t0")
    flagging.say(flagging.ada, 2, "t0")
    flagging.move(0, to="t1")
    assert flagging.told == [(2, 1, None)]
    assert flags.of(flagging.room.db, flagging.ada) == {2: "t0"}
    themes.undo(flagging.room.db, flagging.room.moderator, seen=2)
    assert flagging.told == [(2, 1, None)], "going back does not bring it back"
    themes.merge(flagging.room.db, flagging.room.moderator, "t0", into="t1", seen=3)
    assert flagging.told == []


def test_a_tap_that_comes_after_the_idea_has_moved_is_not_for_its_new_theme(flagging: Flagging) -> None:
    flagging.move(0, to="t1")
    with pytest.raises(Conflict, match="in another theme now"):
        flagging.say(flagging.ada, 1, "t0")
    flagging.say(flagging.ada, 1, "t0", flagged=False)
    with pytest.raises(Conflict):
        flagging.say(flagging.ada, 5, NOT_SURE)


def test_an_idea_that_is_hidden_is_not_shown_as_flagged(flagging: Flagging) -> None:
    flagging.say(flagging.ada, 1, "t0")
    moderation.hide(flagging.room.db, flagging.room.moderator, flagging.ideas[0].id, reason="Rude")
    assert flagging.told == []
    with pytest.raises(NotFound, match="not on the board"):
        flagging.say(flagging.bo, 1, "t0")


@pytest.mark.parametrize("kind", [StepKind.SHARE, StepKind.VOTE])
def test_must_not_happen_a_theme_is_flagged_outside_its_step(flagging: Flagging, kind: StepKind) -> None:
    flagging.say(flagging.ada, 1, "t0")
    flagging.room.opens(kind)
    for flagged in (True, False):
        with pytest.raises(NotAllowed, match="own step only"):
            flagging.say(flagging.bo if flagged else flagging.ada, 1, "t0", flagged=flagged)
    assert flagging.told == [(1, 1, "Trains")]


def test_nobody_flags_once_the_step_is_closed(flagging: Flagging) -> None:
    flagging.room.closes()
    with pytest.raises(NotAllowed):
        flagging.say(flagging.ada, 1, "t0")


def test_a_tablet_speaks_for_everybody_around_it(flagging: Flagging) -> None:
    tablet, around = flagging.room.tablet("Cleo", "Dan", table=2)
    flags.say(flagging.room.db, tablet, 1, "t0", flagged=True)
    assert flagging.told == [(1, 2, "Trains")]
    one: UUID = around[0]
    flags.say(flagging.room.db, access.speak_for(flagging.room.db, tablet, one), 1, "t0", flagged=False)
    assert flagging.told == [(1, 1, "Trains")]


def test_the_flags_of_an_erased_person_are_gone_and_the_desk_hears_of_it(flagging: Flagging) -> None:
    flagging.say(flagging.ada, 1, "t0")
    before = flagging.revision
    people.erase(flagging.room.db, flagging.room.organiser, flagging.ada.participant_id)
    assert flagging.told == []
    assert flagging.revision == before + 1


def test_another_rooms_ideas_cannot_be_flagged(flagging: Flagging, db: Database) -> None:
    stranger = Room(db)
    somebody = stranger.joins("Eve")
    stranger.opens(StepKind.THEMES)
    with pytest.raises(NotFound):
        flags.say(db, somebody, 1, "t0", flagged=True)
    assert flagging.told == []
