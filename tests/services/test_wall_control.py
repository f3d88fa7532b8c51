"""The wall in the moderator's hand: it stays on its picture, shows one idea, and never what was hidden since."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.services.finale import Finale, a_finale
from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.errors import Conflict, NotFound
from workshop.services import access, clock, log, moderation, pitches, topics, wall_control, wall_pictures
from workshop.services.wall_pictures import Picture
from workshop.storage import Database


@pytest.fixture
def finale(db: Database) -> Finale:
    return a_finale(db, StepKind.REVEAL)


def held(room: Room) -> tuple[str | None, dict[str, Any]]:
    """The kind of the picture that the wall keeps, and what is kept of it."""
    body = topics.payload(room.db, room.id, "wall").body
    return body["step"] and body["step"]["kind"], body["kept"]


def hold(room: Room) -> None:
    seen = wall_control.current(room.db, room.moderator).control.version
    wall_control.hold(room.db, room.moderator, seen=seen)


def test_a_held_wall_stays_on_its_picture_while_the_steps_go_on_and_then_follows_again(finale: Finale) -> None:
    hold(finale.room)
    finale.room.opens(StepKind.CONSORTIUM)
    assert held(finale.room)[0] is StepKind.REVEAL
    assert wall_control.current(finale.db, finale.room.moderator).step == "Reveal"
    with pytest.raises(Conflict, match="held already"):
        hold(finale.room)
    wall_control.let_go(finale.db, finale.room.moderator, seen=1)
    assert held(finale.room)[0] is None
    actions = [e.details["action"] for e in log.entries(finale.db, finale.room.moderator) if e.verb == "wall"]
    assert actions == ["hold", "let go"]


def test_a_held_wall_keeps_the_picture_of_the_results_that_was_chosen(finale: Finale) -> None:
    wall_pictures.choose(finale.db, finale.room.moderator, Picture.BRIDGE)
    hold(finale.room)
    wall_pictures.choose(finale.db, finale.room.moderator, Picture.RANKING)
    assert held(finale.room)[1] == {"wall_picture": {"picture": "bridge"}}


def test_must_not_happen_results_stay_on_a_held_wall_after_a_step_back(finale: Finale) -> None:
    hold(finale.room)
    finale.room.opens(StepKind.VOTE)
    assert held(finale.room) == (None, {})
    now = wall_control.current(finale.db, finale.room.moderator)
    assert (now.held, now.shown) == (True, False)
    finale.room.opens(StepKind.CONSORTIUM)
    assert held(finale.room)[0] is StepKind.REVEAL, "it returns when it may be seen again"


def test_going_back_is_announced_to_walls_that_are_held(finale: Finale) -> None:
    hold(finale.room)
    before = finale.revision("wall")
    finale.room.opens(StepKind.VOTE)
    assert finale.revision("wall") == before + 1


def test_a_held_board_keeps_its_choice_of_ideas_and_a_held_turnout_its_numbers(db: Database) -> None:
    room = Room(db, published_per_table=12)
    ada = room.joins("Ada")
    room.opens(StepKind.SHARE)
    room.has_sent(ada, "First", published=True)
    hold(room)
    room.has_sent(ada, "Second", published=True)
    assert held(room) == (StepKind.SHARE, {"ideas": [1]})
    wall_control.let_go(db, room.moderator, seen=1)
    room.opens(StepKind.VOTE)
    hold(room)
    room.joins("Bo", table=1)
    assert held(room)[1]["turnout"]["of"] == 1


def test_a_held_pitch_keeps_its_card_while_the_desk_steps_on(db: Database) -> None:
    finale = a_finale(db, StepKind.PITCH)
    hold(finale.room)
    pitches.step_on(db, finale.room.moderator, seen=0)
    assert held(finale.room)[1] == {"card": str(finale.ideas[0].id)}
    assert finale.body("pitch")["place"] == 2


def test_an_idea_in_the_spotlight_leaves_the_wall_when_it_is_hidden(finale: Finale) -> None:
    wall_control.spotlight(finale.db, finale.room.moderator, finale.ideas[1].id, seen=0)
    assert finale.body("wall")["spotlight"] == 2
    before = finale.revision("wall")
    moderation.hide(finale.db, finale.room.moderator, finale.ideas[1].id, reason="Rude")
    assert finale.revision("wall") == before + 1
    assert finale.body("wall")["spotlight"] is None
    with pytest.raises(NotFound, match="not on the board"):
        wall_control.spotlight(finale.db, finale.room.moderator, finale.ideas[1].id, seen=1)


def test_must_not_happen_a_spotlight_shows_an_idea_that_a_step_back_has_hidden(finale: Finale) -> None:
    wall_control.spotlight(finale.db, finale.room.moderator, finale.ideas[0].id, seen=0)
    finale.room.opens(StepKind.WRITE)
    assert finale.body("wall")["spotlight"] is None
    assert wall_control.current(finale.db, finale.room.moderator).spotlight is None


def test_the_last_change_is_undone_within_ten_seconds_and_only_once(finale: Finale) -> None:
    hold(finale.room)
    wall_control.spotlight(finale.db, finale.room.moderator, finale.ideas[0].id, seen=1)
    wall_control.undo(finale.db, finale.room.moderator, seen=2)
    now = wall_control.current(finale.db, finale.room.moderator)
    assert (now.spotlight, now.held, now.undo_until) == (None, True, None)
    with pytest.raises(Conflict, match="nothing to undo"):
        wall_control.undo(finale.db, finale.room.moderator, seen=3)
    wall_control.let_go(finale.db, finale.room.moderator, seen=3)
    with (
        clock.frozen(clock.now() + timedelta(seconds=11)),
        pytest.raises(Conflict, match="Undo works for 10 seconds"),
    ):
        wall_control.undo(finale.db, finale.room.moderator, seen=4)


def test_of_two_desks_that_hold_and_spotlight_at_once_one_looks_again(finale: Finale) -> None:
    db, moderator, idea = finale.db, finale.room.moderator, finale.ideas[0].id
    answers = at_once(
        [
            partial(wall_control.hold, db, moderator, seen=0),
            partial(wall_control.spotlight, db, moderator, idea, seen=0),
        ]
    )
    assert [type(answer) for answer in answers].count(Conflict) == 1
    assert wall_control.current(db, moderator).control.version == 1


def test_every_wall_is_told_what_was_decided_and_phones_are_not(finale: Finale) -> None:
    view = topics.payload(finale.db, finale.room.id, "room").view
    assert "wall" in topics.visible(access.watch(finale.db, finale.room.id), view)
    assert "wall" not in topics.visible(finale.ada, view)
