"""Consortium cards: one tap, one lead per side, nothing typed is lost, names only with commitments."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import partial

import pytest

from tests.services.finale import Finale, a_finale
from tests.services.room import Room, at_once
from workshop.domain.build import BuildDraft, BuildKind
from workshop.domain.consortium import Role
from workshop.domain.event import StepKind
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.services import builds, cards, consortium, going_on, log, people, phone, taken_on
from workshop.storage import Database
from workshop.web import events

DAY = date(2099, 3, 1)


@pytest.fixture
def finale(db: Database) -> Finale:
    return a_finale(db)


def test_a_card_becomes_ready_and_is_counted(finale: Finale) -> None:
    assert (finale.body("consortium")["ready"], finale.body("consortium")["of"]) == (0, 2)
    finale.joins(finale.ada, Role.LEAD)
    assert finale.card()["missing"] == ("a US lead", "a next step", "a date")
    finale.joins(finale.bo, Role.LEAD)
    consortium.plan(finale.db, finale.bo, finale.ideas[0].id, next_step="Meet in May", due=DAY, seen=0)
    assert finale.card()["missing"] == ()
    assert finale.body("consortium")["ready"] == 1


def test_the_same_tap_twice_is_once_and_a_role_can_be_changed_and_left(finale: Finale) -> None:
    before = finale.revision("consortium")
    for role in (Role.PARTNER, Role.PARTNER, Role.ADVISOR, None, None):
        finale.joins(finale.ada, role)
        on_it = [member["role"] for member in finale.card()["members"]]
        assert on_it == ([role] if role else [])
    assert finale.revision("consortium") == before + 3, "only what changes something is told"


def test_sixteen_taps_of_one_person_at_the_same_moment_are_one_place_on_the_card(finale: Finale) -> None:
    answers = at_once([partial(finale.joins, finale.ada, Role.LEAD)] * 16)
    assert answers == [None] * 16
    assert len(finale.card()["members"]) == 1


def test_of_many_who_want_to_lead_at_the_same_moment_one_does_and_the_others_read_who(finale: Finale) -> None:
    rivals = [finale.ada, finale.cy, *(finale.room.joins(f"Rival {n}", table=n % 10) for n in range(10))]
    answers = at_once([partial(finale.joins, badge, Role.LEAD) for badge in rivals])
    refused = [answer for answer in answers if answer is not None]
    assert len(refused) == len(rivals) - 1
    leads = [member for member in finale.card()["members"] if member["role"] is Role.LEAD]
    assert len(leads) == 1
    for answer in refused:
        assert isinstance(answer, Conflict)
        assert str(answer).startswith(f"{leads[0]['organisation'] or 'Somebody'} leads #1 for EU already.")


def test_each_side_has_a_lead_of_its_own(finale: Finale) -> None:
    finale.joins(finale.ada, Role.LEAD)
    finale.joins(finale.bo, Role.LEAD)
    with pytest.raises(Conflict, match=r"Port of Aarhus leads #1 for EU already\. Join in another role"):
        finale.joins(finale.cy, Role.LEAD)
    finale.joins(finale.ada, None)
    finale.joins(finale.cy, Role.LEAD)


def test_must_not_happen_a_name_leaves_the_server_before_its_commitment_is_confirmed(finale: Finale) -> None:
    for badge in (finale.ada, finale.bo, finale.cy):
        finale.joins(badge)
    sent = events.dumps(finale.body("consortium")).decode()
    assert "Port of Aarhus" in sent
    assert not any(name in sent for name in ("Ada", "Bo Lee", "Cy Novak"))
    assert not any(str(badge.participant_id) in sent for badge in (finale.ada, finale.bo, finale.cy))


def test_whoever_saves_second_is_told_and_neither_text_is_lost(finale: Finale) -> None:
    finale.joins(finale.ada)
    finale.joins(finale.bo)
    save = partial(consortium.plan, finale.db, idea_id=finale.ideas[0].id, due=DAY)
    assert save(finale.ada, next_step="Meet in May", seen=0).version == 1
    assert save(finale.ada, next_step="Meet in May", seen=0).version == 1, "sent again after a lost answer"
    with pytest.raises(Conflict, match="Read their plan; yours is kept"):
        save(finale.bo, next_step="Meet in June", seen=0)
    assert (finale.card()["next_step"], finale.card()["version"]) == ("Meet in May", 1), "the phone shows it beside"
    assert save(finale.bo, next_step="Meet in June", seen=1).version == 2


def test_of_two_who_save_at_the_same_moment_one_is_told_of_the_other(finale: Finale) -> None:
    finale.joins(finale.ada)
    finale.joins(finale.bo)
    answers = at_once(
        partial(consortium.plan, finale.db, badge, finale.ideas[0].id, next_step=f"Of {badge.side}", due=None, seen=0)
        for badge in (finale.ada, finale.bo)
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Plan"]
    assert finale.card()["version"] == 1


def test_only_who_is_on_the_card_writes_on_it_and_a_date_has_not_passed(finale: Finale) -> None:
    with pytest.raises(NotAllowed, match="Join this card first"):
        consortium.plan(finale.db, finale.ada, finale.ideas[0].id, next_step="Meet", due=None, seen=0)
    finale.joins(finale.ada)
    today = cards.on_the_desk(finale.db, finale.room.moderator).today
    yesterday = today - timedelta(days=1)
    with pytest.raises(Invalid, match="has passed"):
        consortium.plan(finale.db, finale.ada, finale.ideas[0].id, next_step="Meet", due=yesterday, seen=0)
    consortium.plan(finale.db, finale.ada, finale.ideas[0].id, next_step="Meet", due=today, seen=0)


def test_the_desk_fills_a_gap_by_name_and_names_an_owner_and_both_are_logged(finale: Finale) -> None:
    moderator, idea = finale.room.moderator, finale.ideas[0].id
    consortium.place(finale.db, moderator, idea, finale.dee.participant_id, Role.PARTNER)
    consortium.name_owner(finale.db, moderator, idea, "us", finale.dee.participant_id)
    (card, _) = cards.on_the_desk(finale.db, moderator).cards
    assert [(member.name, member.owner, member.confirmed_at) for member in card.members] == [("Dee Moss", True, None)]
    assert "a US lead" not in finale.card()["missing"]
    consortium.name_owner(finale.db, moderator, idea, "us", None)
    assert "a US lead" in finale.card()["missing"]
    with pytest.raises(NotFound, match="Only somebody of European Union"):
        consortium.name_owner(finale.db, moderator, idea, "eu", finale.dee.participant_id)
    logged = [entry for entry in log.entries(finale.db, moderator) if entry.verb in {"place", "owner"}]
    assert [entry.verb for entry in logged] == ["place", "owner", "owner"]
    assert "Dee" not in json.dumps([dict(entry.details) for entry in logged])


@pytest.mark.parametrize("kind", [StepKind.REVEAL, StepKind.CLOSING])
def test_nobody_joins_outside_the_steps_of_the_cards_and_what_stands_there_stays(db: Database, kind: StepKind) -> None:
    finale = a_finale(db)
    finale.joins(finale.ada)
    finale.room.opens(kind)
    with pytest.raises(NotAllowed):
        finale.joins(finale.bo)
    finale.room.opens(StepKind.PITCH)
    finale.joins(finale.bo)
    assert len(finale.card()["members"]) == 2


def test_an_idea_that_was_taken_off_comes_back_with_everybody_on_it(finale: Finale) -> None:
    finale.joins(finale.ada)
    going_on.drop(finale.db, finale.room.moderator, finale.ideas[0].id, seen=2)
    with pytest.raises(NotFound, match="does not go on"):
        finale.joins(finale.bo)
    going_on.undo(finale.db, finale.room.moderator, seen=3)
    assert len(finale.card()["members"]) == 1


def test_an_erased_person_is_on_no_card_and_the_place_of_the_lead_is_free(finale: Finale) -> None:
    finale.joins(finale.ada, Role.LEAD)
    before = finale.revision("consortium")
    people.erase(finale.db, finale.room.organiser, finale.ada.participant_id)
    assert finale.card()["members"] == []
    assert finale.revision("consortium") == before + 1
    finale.joins(finale.cy, Role.LEAD)


def test_whoever_wrote_that_they_would_join_is_asked_for_a_role_on_that_card(db: Database) -> None:
    room = Room(db)
    ada, bo = room.joins("Ada"), room.joins("Bo", side="us", table=1)
    room.opens(StepKind.SHARE)
    idea = room.has_sent(ada, "Barges", published=True)
    room.opens(StepKind.BUILD)
    hand = phone.hand(db, bo)["ideas"]
    builds.submit(db, bo, hand[0]["id"], BuildDraft(BuildKind.JOIN, "", ""))
    room.opens(StepKind.REVEAL)
    going_on.pick(db, room.moderator, idea.id, seen=0)
    room.opens(StepKind.CONSORTIUM)
    assert [taken_on.of(db, badge)["people"][0]["would_join"] for badge in (ada, bo)] == [[], [idea.id]]


def test_another_rooms_card_cannot_be_joined(finale: Finale, db: Database) -> None:
    stranger = a_finale(db)
    with pytest.raises(NotFound):
        consortium.join(db, stranger.ada, finale.ideas[0].id, Role.PARTNER)
