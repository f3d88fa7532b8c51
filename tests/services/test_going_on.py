"""Picking what goes on: from Reveal on, by one moderator at a time, logged, with undo."""

from __future__ import annotations

from functools import partial

import pytest

from tests.services.finale import a_finale
from tests.services.room import at_once
from workshop.domain.event import StepKind
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import going_on, log, moderation
from workshop.storage import Database


def test_both_orders_suggest_and_a_person_picks_and_undoes(db: Database) -> None:
    finale = a_finale(db, StepKind.REVEAL, picked=0)
    room = finale.room
    choice = going_on.choice(db, room.moderator)
    assert [(each.number, each.reason) for each in choice.suggestions] == [
        (1, "first in the two-sided order, first by dots"),
        (2, "second by dots, without the support of every side"),
    ]
    going_on.pick(db, room.moderator, finale.ideas[0].id, seen=0)
    going_on.pick(db, room.moderator, finale.ideas[2].id, seen=1, wild_card=True)
    assert finale.going == [finale.ideas[0].id, finale.ideas[2].id]
    going_on.undo(db, room.moderator, seen=2)
    assert finale.going == [finale.ideas[0].id]
    with pytest.raises(Conflict, match="nothing to undo"):
        going_on.undo(db, room.moderator, seen=3)
    actions = [entry.details["action"] for entry in log.entries(db, room.moderator) if entry.verb == "go on"]
    assert actions == ["pick", "wild card", "undo"]


def test_of_two_moderators_who_pick_at_the_same_moment_the_second_one_looks_again(db: Database) -> None:
    finale = a_finale(db, StepKind.REVEAL, picked=0)
    answers = at_once([partial(going_on.pick, db, finale.room.moderator, idea.id, seen=0) for idea in finale.ideas])
    assert [type(answer) for answer in answers].count(Conflict) == 2
    assert len(finale.going) == 1


def test_where_nobody_picked_the_first_of_the_two_sided_order_is_proposed_and_a_person_accepts(db: Database) -> None:
    finale = a_finale(db, picked=0)
    body = finale.body("consortium")
    assert (body["cards"], body["of"]) == ([], 0), "a proposal is no decision"
    assert [(each["number"], each["reason"]) for each in body["proposed"]] == [
        (1, "first in the two-sided order, first by dots")
    ]
    going_on.accept(db, finale.room.moderator, seen=0)
    assert [card["number"] for card in finale.body("consortium")["cards"]] == [1]
    assert finale.body("consortium")["proposed"] == []


def test_must_not_happen_an_idea_is_picked_before_the_results_are_revealed(db: Database) -> None:
    finale = a_finale(db, StepKind.REVEAL, picked=0)
    finale.room.opens(StepKind.VOTE)
    with pytest.raises(NotAllowed, match="once the results are revealed"):
        going_on.pick(db, finale.room.moderator, finale.ideas[0].id, seen=0)
    with pytest.raises(NotAllowed):
        going_on.choice(db, finale.room.moderator)


def test_a_hidden_idea_leaves_the_cards_at_once_and_is_there_again_when_it_is_restored(db: Database) -> None:
    finale = a_finale(db)
    before = finale.revision("consortium")
    moderation.hide(db, finale.room.moderator, finale.ideas[0].id, reason="Rude")
    assert finale.revision("consortium") == before + 1
    assert [card["number"] for card in finale.body("consortium")["cards"]] == [2]
    with pytest.raises(NotFound):
        going_on.pick(db, finale.room.moderator, finale.ideas[0].id, seen=2)
    moderation.restore(db, finale.room.moderator, finale.ideas[0].id)
    assert [card["number"] for card in finale.body("consortium")["cards"]] == [1, 2]
