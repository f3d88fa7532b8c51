"""Pitches: the desk steps through the cards, the room offers help; counts for all, names for few."""

from __future__ import annotations

from functools import partial

import pytest

from tests.services.finale import Finale, a_finale
from tests.services.room import at_once
from workshop.domain.event import StepKind
from workshop.domain.pitch import Help
from workshop.errors import Conflict, NotAllowed
from workshop.services import clock, people, pitches, taken_on
from workshop.storage import Database
from workshop.web import events


@pytest.fixture
def finale(db: Database) -> Finale:
    return a_finale(db, StepKind.PITCH, picked=3)


def offer(finale: Finale, who: str = "cy", kind: Help = Help.FUND, *, offered: bool = True, place: int = 0) -> None:
    pitches.offer(finale.db, getattr(finale, who), finale.ideas[place].id, kind, offered=offered)


def test_the_wall_shows_one_card_after_the_other(finale: Finale) -> None:
    moderator = finale.room.moderator
    assert (finale.body("pitch")["idea"], finale.body("pitch")["place"]) == (finale.ideas[0].id, 1)
    pitches.step_on(finale.db, moderator, seen=0)
    pitches.step_on(finale.db, moderator, seen=1, skip=True)
    assert finale.body("pitch")["place"] == 3
    pitches.step_back(finale.db, moderator, seen=2)
    pitches.show(finale.db, moderator, finale.ideas[0].id, seen=3)
    assert finale.body("pitch")["place"] == 1


def test_two_taps_on_next_are_one_step(finale: Finale) -> None:
    answers = at_once([partial(pitches.step_on, finale.db, finale.room.moderator, seen=0)] * 8)
    assert [type(answer) for answer in answers].count(Conflict) == 7
    assert finale.body("pitch")["place"] == 2


def test_the_clock_is_the_servers_and_survives_a_restart(finale: Finale) -> None:
    now = clock.now().replace(hour=11, minute=0, second=0, microsecond=0)
    with clock.frozen(now):
        pitches.start(finale.db, finale.room.moderator, seen=0)
        ends = finale.body("pitch")["ends"]
    assert ends == clock.time_of_day("Europe/Copenhagen", now) + 40
    assert finale.body("pitch")["ends"] == ends
    pitches.stop(finale.db, finale.room.moderator, seen=1)
    assert finale.body("pitch")["ends"] is None


def test_an_offer_counts_once_however_often_it_is_tapped_and_can_be_taken_back(finale: Finale) -> None:
    at_once([partial(offer, finale)] * 8)
    offer(finale, kind=Help.HOST)
    counts = finale.body("pitch")["offers"][str(finale.ideas[0].id)]
    assert counts == {"help": 0, "introduce": 0, "fund": 1, "host": 1}
    offer(finale, offered=False)
    assert finale.mine(finale.cy)["offers"] == {str(finale.ideas[0].id): (Help.HOST,)}


def test_a_tap_that_comes_after_the_next_card_is_for_the_card_that_it_was_made_for(finale: Finale) -> None:
    pitches.step_on(finale.db, finale.room.moderator, seen=0)
    offer(finale)
    assert finale.body("pitch")["offers"][str(finale.ideas[0].id)]["fund"] == 1


def test_names_are_seen_at_the_desk_and_on_the_phones_of_the_card_only(finale: Finale) -> None:
    finale.joins(finale.ada)
    offer(finale)
    assert [each.person.name for each in pitches.stage(finale.db, finale.room.moderator).offers] == ["Cy Novak"]
    assert [each["name"] for each in taken_on.of(finale.db, finale.ada)["offered"]] == ["Cy Novak"]
    assert taken_on.of(finale.db, finale.bo)["offered"] == []
    assert b"Cy" not in events.dumps(finale.body("pitch"))


@pytest.mark.parametrize("kind", [StepKind.CONSORTIUM, StepKind.COMMIT])
def test_must_not_happen_help_is_offered_outside_the_pitches(finale: Finale, kind: StepKind) -> None:
    offer(finale)
    finale.room.opens(kind)
    for offered in (True, False):
        with pytest.raises(NotAllowed, match="while ideas are pitched"):
            offer(finale, offered=offered)
    finale.room.opens(StepKind.PITCH)
    assert finale.body("pitch")["offers"][str(finale.ideas[0].id)]["fund"] == 1, "going back destroys nothing"


def test_the_offers_of_an_erased_person_are_gone(finale: Finale) -> None:
    offer(finale)
    before = finale.revision("pitch")
    people.erase(finale.db, finale.room.organiser, finale.cy.participant_id)
    assert finale.body("pitch")["offers"][str(finale.ideas[0].id)]["fund"] == 0
    assert finale.revision("pitch") == before + 1
