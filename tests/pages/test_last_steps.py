"""Wall and desk in the last steps: what goes on, the cards, the pitch, commitments, and the moderator's hand."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import House, shown
from tests.services.finale import Finale, a_finale
from workshop.domain.consortium import Role
from workshop.domain.event import StepKind
from workshop.domain.pitch import Help
from workshop.services import cards, commitments, consortium, moderation, pitches, wall_control, workshops
from workshop.services.access import Badge


@pytest.fixture
def finale(house: House) -> Finale:
    finale = a_finale(house.db, StepKind.REVEAL, picked=0)
    house.room = finale.room
    return finale


def wall(house: House) -> str:
    page = house.browser().opens("wall", {"code": code(house, house.room.observer)})
    assert not page.exception
    return shown(page)


def code(house: House, badge: Badge) -> str:
    return workshops.of(house.db, badge).code


def desk(house: House) -> AppTest:
    page = house.browser("moderator").opens("desk")
    page.segmented_control[0].set_value("Consortium").run()
    assert not page.exception
    return page


def opens_the_gaps(page: AppTest) -> None:
    page.session_state["fill_gap"] = True
    page.run()
    assert not page.exception


def press(page: AppTest, label: str) -> None:
    next(button for button in page.button if button.label == label).click().run()
    assert not page.exception


def test_the_moderator_lets_the_proposal_go_on_and_undoes_it(house: House, finale: Finale) -> None:
    page = desk(house)
    assert "first in the two-sided order, first by dots" in shown(page)
    press(page, "Let these go on")
    assert finale.going == [finale.ideas[0].id]
    press(page, "Undo")
    assert finale.going == []


def test_the_wall_says_what_is_proposed_then_what_each_card_needs(house: House, finale: Finale) -> None:
    finale.room.opens(StepKind.CONSORTIUM)
    assert "Proposed to go on. The moderator decides." in wall(house)
    finale.picks(0, 1)
    finale.joins(finale.ada, Role.LEAD)
    text = wall(house)
    assert "needs a US lead, a next step, a date" in text
    assert "<b>0 of 2</b> ideas are ready" in text
    assert "Ada" not in text


def test_the_desk_shows_names_and_fills_a_gap(house: House, finale: Finale) -> None:
    finale.picks(0)
    finale.room.opens(StepKind.CONSORTIUM)
    finale.joins(finale.ada, Role.LEAD)
    page = desk(house)
    assert "Ada Ek, Port of Aarhus" in shown(page)
    opens_the_gaps(page)
    page.selectbox(key="gap_person").set_value(finale.bo.participant_id).run()
    press(page, "Put on the card")
    lead = cards.on_the_desk(house.db, finale.room.moderator).cards[0].lead("us")
    assert lead is not None
    assert lead.name == "Bo Lee"


def test_what_the_desk_types_stays_when_somebody_on_the_card_saves_meanwhile(house: House, finale: Finale) -> None:
    finale.picks(0)
    finale.room.opens(StepKind.CONSORTIUM)
    finale.joins(finale.ada, Role.LEAD)
    page = desk(house)
    opens_the_gaps(page)
    consortium.plan(house.db, finale.ada, finale.ideas[0].id, next_step="Of Ada", due=None, seen=0)
    page.text_area[0].set_value("Of the desk")
    press(page, "Save next step")
    assert "Somebody on this card was faster" in shown(page)
    assert (page.text_area[0].value, finale.card()["next_step"]) == ("Of the desk", "Of Ada")
    press(page, "Save next step")
    assert finale.card()["next_step"] == "Of the desk"


def test_the_pitched_card_is_on_the_wall_with_counts_and_on_the_desk_with_names(house: House, finale: Finale) -> None:
    finale.picks(0, 1)
    finale.room.opens(StepKind.PITCH)
    pitches.offer(house.db, finale.cy, finale.ideas[0].id, Help.FUND, offered=True)
    assert "Card 1 of 2" in wall(house)
    assert "Cy Novak" not in wall(house)
    page = desk(house)
    assert "Cy Novak" in shown(page)
    press(page, "Next card")
    assert finale.body("pitch")["place"] == 2


def test_a_name_is_on_the_wall_once_it_is_confirmed(house: House, finale: Finale) -> None:
    finale.picks(0)
    finale.room.opens(StepKind.CONSORTIUM)
    finale.joins(finale.ada, Role.LEAD)
    finale.room.opens(StepKind.COMMIT)
    assert "Ada" not in wall(house)
    assert "Still to confirm: Port of Aarhus" in wall(house)
    commitments.confirm(house.db, finale.ada, finale.ideas[0].id, confirmed=True)
    assert "<b>Ada Ek</b> lead, Port of Aarhus" in wall(house)
    assert "Everybody has confirmed." in wall(house)
    finale.room.opens(StepKind.CLOSING)
    assert "<b>Ada Ek</b> lead, Port of Aarhus" in wall(house)
    assert "Everybody has confirmed." not in wall(house)


def test_the_moderator_holds_the_wall_and_lets_it_go_on(house: House, finale: Finale) -> None:
    page = house.browser("moderator").opens("desk")
    press(page, "Hold the wall")
    finale.room.opens(StepKind.CONSORTIUM)
    assert "held while the steps go on" in shown(page.run())
    assert wall_control.current(house.db, finale.room.moderator).step == "Reveal"
    press(page, "Let the wall go on")
    assert wall_control.current(house.db, finale.room.moderator).step == "Consortium"


def test_a_held_wall_keeps_its_picture_and_the_code(house: House, finale: Finale) -> None:
    wall_control.hold(house.db, finale.room.moderator, seen=0)
    finale.room.opens(StepKind.CONSORTIUM)
    text = wall(house)
    assert "By support of both sides" in text
    assert code(house, finale.room.observer) in text


def test_must_not_happen_a_held_wall_keeps_what_was_hidden_since(house: House, finale: Finale) -> None:
    wall_control.hold(house.db, finale.room.moderator, seen=0)
    assert "Idea 1" in wall(house)
    moderation.hide(house.db, finale.room.moderator, finale.ideas[0].id, reason="Rude")
    assert "Idea 1" not in wall(house)
    finale.room.opens(StepKind.VOTE)
    assert "Idea 2" not in wall(house)


def test_one_idea_fills_the_wall_until_it_is_hidden(house: House, finale: Finale) -> None:
    wall_control.spotlight(house.db, finale.room.moderator, finale.ideas[2].id, seen=0)
    assert 'class="rt-picture rt-spotlight"' in wall(house)
    moderation.hide(house.db, finale.room.moderator, finale.ideas[2].id, reason="Rude")
    assert 'class="rt-picture rt-spotlight"' not in wall(house)
