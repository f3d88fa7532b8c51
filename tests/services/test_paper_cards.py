"""Cards from paper: one after the other, duplicates told, credited as the room's level allows."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.idea import Mistakes
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import ideas, log, paper_cards
from workshop.services.access import HelperBadge
from workshop.services.paper_cards import Card, Entered


@pytest.fixture
def helper(room: Room) -> HelperBadge:
    return HelperBadge(room.id, room.moderator.grant_id)


def card(room: Room, title: str = "Ports that trade heat", *, table: int = 2, side: str = "us") -> Card:
    return Card(title, room.tables[table], side)


def test_a_card_is_an_idea_of_its_table_and_side_and_of_nobody(room: Room, helper: HelperBadge) -> None:
    room.opens(StepKind.SHARE)
    entered = paper_cards.enter(room.db, helper, card(room))
    assert (entered.idea.number, entered.idea.author_id, entered.idea.side) == (1, None, "us")
    assert not entered.already
    [shown] = ideas.board(room.db, room.observer)
    assert (shown.title, shown.credit_line) == ("Ports that trade heat", "Table 3")
    assert log.entries(room.db, room.moderator)[-1].actor == "helper"


def test_the_same_card_entered_twice_is_told_and_not_added(room: Room, helper: HelperBadge) -> None:
    room.opens(StepKind.WRITE)
    answers = at_once([lambda: paper_cards.enter(room.db, helper, card(room, "  ports that TRADE heat"))] * 3)
    found = [answer for answer in answers if isinstance(answer, Entered)]
    assert sorted(one.already for one in found) == [False, True, True]
    assert {one.idea.number for one in found} == {1}


def test_a_title_that_another_table_has_is_told_and_added(room: Room, helper: HelperBadge) -> None:
    anna = room.joins("Anna")
    room.opens(StepKind.WRITE)
    room.has_sent(anna, "Ports that trade heat")
    entered = paper_cards.enter(room.db, helper, card(room))
    assert (entered.idea.number, entered.already, entered.same_title) == (2, False, (1,))


def test_a_card_with_an_author_is_theirs(room: Room, helper: HelperBadge) -> None:
    anna = room.joins("Anna", table=1)
    room.opens(StepKind.WRITE)
    theirs = Card("Ports that trade heat", room.tables[0], "us", author_id=anna.participant_id)
    idea = paper_cards.enter(room.db, helper, theirs).idea
    assert (idea.side, idea.table_id) == ("eu", room.tables[1])
    assert [own.number for own in ideas.mine(room.db, anna)] == [1]


def test_while_people_write_a_card_stays_with_its_table(room: Room, helper: HelperBadge) -> None:
    room.opens(StepKind.WRITE)
    assert paper_cards.enter(room.db, helper, card(room)).idea.published_at is None
    assert ideas.board(room.db, room.observer) == ()


def test_no_more_cards_go_on_the_board_than_a_table_may_have_there(room: Room, helper: HelperBadge) -> None:
    room.opens(StepKind.SHARE)
    entered = [paper_cards.enter(room.db, helper, card(room, f"Card {number}")) for number in range(4)]
    assert [one.idea.published_at is not None for one in entered] == [True, True, True, False]


def test_cards_are_entered_from_the_first_step_until_the_vote(room: Room, helper: HelperBadge) -> None:
    with pytest.raises(NotAllowed, match="first timed step"):
        paper_cards.enter(room.db, helper, card(room))
    room.opens(StepKind.VOTE)
    with pytest.raises(NotAllowed, match="until voting opens"):
        paper_cards.enter(room.db, helper, card(room))


def test_what_does_not_fit_is_said_in_a_sentence(room: Room, helper: HelperBadge) -> None:
    room.opens(StepKind.WRITE)
    with pytest.raises(Mistakes, match="title"):
        paper_cards.enter(room.db, helper, card(room, "  "))
    with pytest.raises(NotFound, match="table"):
        paper_cards.enter(room.db, helper, Card("Heat", uuid4(), "us"))
    with pytest.raises(NotFound, match="no side"):
        paper_cards.enter(room.db, helper, card(room, side="mars"))
    with pytest.raises(NotFound, match="person"):
        paper_cards.enter(room.db, helper, Card("Heat", room.tables[0], "us", author_id=uuid4()))


def test_a_full_table_is_named(room: Room) -> None:
    room = Room(room.db, ideas_per_table=3)
    helper = HelperBadge(room.id, room.moderator.grant_id)
    room.opens(StepKind.WRITE)
    for number in range(3):
        paper_cards.enter(room.db, helper, card(room, f"Card {number}"))
    with pytest.raises(Conflict, match="3 of 3 ideas"):
        paper_cards.enter(room.db, helper, card(room, "One more"))
