"""Joining: exactly once, on a phone or around a tablet; coming back, moving, leaving, being erased."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.services.room import Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.introduction import Introduction
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.services import access, drafts, flags, ideas, introductions, people, ratings, readiness, themes, votes
from workshop.services.access import HelperBadge, ParticipantBadge
from workshop.services.people import JoinForm
from workshop.storage.tables import METADATA
from workshop.themes import Board, Theme


def a_form(room: Room, **changes: object) -> JoinForm:
    values: dict[str, object] = {
        "name": "Anna Berg",
        "side": "eu",
        "table_id": room.tables[0],
        "organisation": "Green Port",
        "sectors": ("clean_energy",),
        "consent": True,
    }
    return JoinForm(**(values | changes))  # type: ignore[arg-type]


def names(room: Room) -> list[str]:
    return [person.name for person in people.roster(room.db, room.organiser)]


def test_eight_taps_on_join_are_one_person(room: Room) -> None:
    answers = at_once([lambda: people.join(room.db, room.observer, a_form(room), device="one phone")] * 8)
    assert {answer.participant_id for answer in answers if isinstance(answer, ParticipantBadge)} == {
        access.participant(room.db, room.id, device="one phone").participant_id
    }
    assert names(room) == ["Anna Berg"]


def test_a_phone_that_comes_back_is_the_same_person(room: Room) -> None:
    first = people.join(room.db, room.observer, a_form(room), device="phone")
    again = people.join(room.db, room.observer, a_form(room, name="Somebody else"), device="phone")
    assert again == first


def test_two_people_with_one_name_on_two_phones_are_two_people(room: Room) -> None:
    people.join(room.db, room.observer, a_form(room), device="phone 1")
    people.join(room.db, room.observer, a_form(room), device="phone 2")
    assert names(room) == ["Anna Berg", "Anna Berg"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": "  \u200b "}, "name"),
        ({"name": "x" * 61}, "60 fit"),
        ({"side": "mars"}, "Choose your side"),
        ({"sectors": ("no such sector",)}, "sectors"),
        ({"table_id": None}, "Choose the table"),
        ({"consent": False}, "read the notice"),
        ({"organisation": "y" * 81}, "80 fit"),
    ],
)
def test_what_does_not_fit_is_said_in_one_sentence_and_nobody_joins(
    room: Room, change: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        people.join(room.db, room.observer, a_form(room, **change), device="phone")
    assert names(room) == []


def test_a_table_of_another_room_does_not_exist_here(room: Room) -> None:
    with pytest.raises(NotFound, match="table"):
        people.join(room.db, room.observer, a_form(room, table_id=uuid4()), device="phone")


def test_the_last_chair_is_given_once(room: Room) -> None:
    room = Room(room.db, seats_per_table=10)
    for number in range(9):
        people.join(room.db, room.observer, a_form(room, name=f"Person {number}"), device=f"phone {number}")
    latecomers = [
        lambda n=n: people.join(room.db, room.observer, a_form(room, name=f"Late {n}"), device=f"late {n}")  # type: ignore[misc]
        for n in range(6)
    ]
    answers = at_once(latecomers)
    assert sum(isinstance(answer, ParticipantBadge) for answer in answers) == 1
    assert all("full (10 of 10)" in str(answer) for answer in answers if isinstance(answer, Conflict))
    assert len(names(room)) == 10


def test_several_people_share_a_tablet_and_each_has_an_own_badge(room: Room) -> None:
    tablet, (anna, bo) = room.tablet("Anna", "Bo")
    assert {person.name for person in people.around(room.db, tablet)} == {"Anna", "Bo"}
    assert access.speak_for(room.db, tablet, anna).participant_id == anna
    assert access.speak_for(room.db, tablet, bo).table_id == room.tables[0]
    with pytest.raises(NotAllowed, match="not at this tablet"):
        access.speak_for(room.db, tablet, uuid4())


def test_a_tablet_does_not_act_before_somebody_is_chosen(room: Room) -> None:
    tablet, _ = room.tablet("Anna", "Bo")
    with pytest.raises(NotAllowed, match="Choose who you are"):
        access.participant(room.db, room.id, device=f"tablet of 0 in {room.id}")
    assert access.scribe(room.db, room.id, device=f"tablet of 0 in {room.id}") == tablet


def test_a_personal_link_brings_the_same_person_to_a_second_device(room: Room) -> None:
    anna = room.joins("Anna")
    token = people.personal_link(room.db, anna)
    second = people.come_back(room.db, token, device="laptop")
    assert second.participant_id == anna.participant_id
    assert access.participant(room.db, room.id, device="laptop") == second


def test_a_new_personal_link_replaces_the_one_before(room: Room) -> None:
    anna = room.joins("Anna")
    old = people.personal_link(room.db, anna)
    people.personal_link(room.db, anna)
    with pytest.raises(NotFound, match="personal link"):
        people.come_back(room.db, old, device="laptop")


def test_a_personal_link_does_not_take_over_a_tables_tablet(room: Room) -> None:
    room.tablet("Bo")
    token = people.personal_link(room.db, room.joins("Anna"))
    with pytest.raises(NotAllowed, match="own phone"):
        people.come_back(room.db, token, device=f"tablet of 0 in {room.id}")


def test_moving_changes_the_seat_but_not_where_an_idea_was_written(room: Room) -> None:
    anna = room.joins("Anna")
    room.opens(StepKind.WRITE)
    idea = room.has_sent(anna, "Heat from data centres")
    assert people.move(room.db, anna, room.tables[1]).table_id == room.tables[1]
    assert [table.seated for table in people.tables(room.db, room.observer)][:2] == [0, 1]
    assert next(own for own in ideas.mine(room.db, anna) if own.id == idea.id).table_id == room.tables[0]


def test_a_phone_that_was_left_is_free_for_somebody_else(room: Room) -> None:
    anna = people.join(room.db, room.observer, a_form(room), device="shared phone")
    people.leave_device(room.db, anna)
    bo = people.join(room.db, room.observer, a_form(room, name="Bo"), device="shared phone")
    assert bo.participant_id != anna.participant_id
    assert names(room) == ["Anna Berg", "Bo"]


def test_an_erased_person_leaves_no_name_but_the_idea_stays(room: Room) -> None:
    anna = room.joins("Anna", organisation="Green Port")
    room.opens(StepKind.WRITE)
    room.has_sent(anna, "Heat from data centres")
    people.erase(room.db, room.organiser, anna.participant_id)
    assert names(room) == []
    assert ideas.counters(room.db, room.observer).ideas == 1
    with pytest.raises(NotAllowed):
        access.participant(room.db, room.id, device=f"phone of Anna in {room.id}")


def test_no_table_points_to_an_erased_person(room: Room) -> None:
    anna = room.joins("Anna", organisation="Green Port")
    drafts.keep(room.db, anna, "idea:14", {"title": "Half a sentence"})
    room.opens(StepKind.WARM_UP)
    introductions.say(room.db, anna, Introduction(("Heat",)))
    room.opens(StepKind.SHARE)
    room.has_sent(room.joins("Bo", table=1), "Cold from harbours", published=True)
    idea = room.has_sent(anna, "Heat from data centres", published=True)
    readiness.say(room.db, anna, "share", ready=True)
    theme = Theme("t", "Heat", "", (), (str(idea.id),), 1.0, 0, locked=False, central_id="")
    themes.apply(room.db, room.moderator, themes.Proposal(Board(themes=(theme,)), seen=0, sentence=""))
    room.opens(StepKind.THEMES)
    flags.say(room.db, anna, idea.number, "t", flagged=True)
    room.opens(StepKind.VOTE)
    votes.cast(room.db, anna, idea.id, dots=1)
    room.opens(StepKind.RATE)
    ratings.hand(room.db, anna)
    told = {"draft", "flag", "idea", "introduction", "rating", "ready", "seat", "vote"}
    assert pointing_to(room, anna) == told
    people.erase(room.db, room.organiser, anna.participant_id)
    assert pointing_to(room, anna) == set()


def pointing_to(room: Room, person: ParticipantBadge) -> set[str]:
    """The tables with a row that is this person's."""
    with room.db.reading() as session:
        keys = [key for table in METADATA.tables.values() for key in table.foreign_keys]
        return {
            key.parent.table.name
            for key in keys
            if key.target_fullname == "participant.id"
            and session.connection().execute(select(key.parent).where(key.parent == person.participant_id)).first()
        }


def test_a_participant_can_erase_nobody_but_themselves(room: Room) -> None:
    anna, bo = room.joins("Anna"), room.joins("Bo")
    with pytest.raises(NotAllowed, match="yourself only"):
        people.erase(room.db, anna, bo.participant_id)
    assert len(names(room)) == 2


def test_the_headcount_tells_sides_and_no_name(room: Room) -> None:
    people.join(room.db, room.observer, a_form(room), device="phone 1")
    people.join(room.db, room.observer, a_form(room, name="Bo", side="us", organisation=""), device="phone 2")
    count = people.headcount(room.db, room.observer)
    assert (count.people, count.by_side) == (2, {"eu": 1, "us": 1})


def test_organisations_typed_in_the_room_can_be_picked_by_the_next(room: Room) -> None:
    people.join(room.db, room.observer, a_form(room), device="phone")
    assert "Green Port" in people.organisations(room.db, room.observer)


def test_a_walk_in_without_a_device_counts_in_the_room_and_twice_is_once(room: Room) -> None:
    helper = HelperBadge(room.id, room.moderator.grant_id)
    form = a_form(room, name="Paul Walker")
    person, already = people.add_walk_in(room.db, helper, form)
    again, there = people.add_walk_in(room.db, helper, form)
    assert (person.id, already, there) == (again.id, False, True)
    assert people.headcount(room.db, room.observer).people == 1
    answers = at_once([lambda: people.add_walk_in(room.db, helper, a_form(room, name="Pia"))] * 4)
    assert sum(isinstance(answer, tuple) and not answer[1] for answer in answers) == 1
    assert names(room) == ["Paul Walker", "Pia"]


def test_nobody_is_added_who_has_not_agreed(room: Room) -> None:
    with pytest.raises(Invalid, match="read the notice"):
        people.add_walk_in(room.db, room.organiser, a_form(room, consent=False))
    assert names(room) == []


def test_a_walk_in_is_erased_like_everybody(room: Room) -> None:
    person, _ = people.add_walk_in(room.db, room.organiser, a_form(room))
    people.erase(room.db, room.organiser, person.id)
    assert names(room) == []
