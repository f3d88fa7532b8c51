"""Badges: who gets one, who does not, and how guessing is slowed down."""

from __future__ import annotations

import ast
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest

from tests.services.room import EVENT, Room, at_once
from workshop.domain.event import StepKind
from workshop.domain.steps import StepState
from workshop.errors import NotAllowed, NotFound, TooMany
from workshop.services import access, clock, guessing, steps, workshops
from workshop.services.access import Grant

BADGES = {"ObserverBadge", "ParticipantBadge", "ScribeBadge", "HelperBadge", "ModeratorBadge", "OrganiserBadge"}
PACKAGE = Path(__file__).parents[2] / "workshop"


def view(room: Room) -> workshops.WorkshopView:
    return workshops.of(room.db, room.observer)


def wrong_guess(room: Room, device: str) -> None:
    with pytest.raises(NotFound):
        access.observe(room.db, "WRONG2", device=device)


def test_the_room_code_opens_however_it_is_typed(room: Room) -> None:
    code = view(room).code
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} ", f"{code[:3]} {code[3:]}"):
        assert access.observe(room.db, typed, device="phone").workshop_id == room.id


def test_a_wrong_code_says_where_the_right_one_is(room: Room) -> None:
    with pytest.raises(NotFound, match="on the wall"):
        access.observe(room.db, "AAAAAA", device=f"phone {room.id}")


def test_ten_wrong_codes_lock_this_device_for_a_while_and_no_other(room: Room) -> None:
    thief, guest = f"thief {room.id}", f"guest {room.id}"
    start = clock.now()
    with clock.frozen(start):
        for _ in range(guessing.FREE_GUESSES):
            wrong_guess(room, thief)
        with pytest.raises(TooMany, match="Wait 15 seconds"):
            access.observe(room.db, view(room).code, device=thief)
        assert access.observe(room.db, view(room).code, device=guest).workshop_id == room.id
    with clock.frozen(start + timedelta(seconds=16)):
        assert access.observe(room.db, view(room).code, device=thief).workshop_id == room.id


def test_each_further_wrong_code_doubles_the_wait_up_to_ten_minutes(room: Room) -> None:
    thief, now = f"thief {room.id}", clock.now()
    waits = []
    for _ in range(guessing.FREE_GUESSES + 8):
        with clock.frozen(now):
            wrong_guess(room, thief)
            try:
                guessing.refuse(room.db, access.hash_of(thief))
            except TooMany as error:
                waits.append(str(error))
        now += guessing.LONGEST_WAIT
    assert "15 seconds" in waits[0]
    assert "30 seconds" in waits[1]
    assert "10 minutes" in waits[-1]


def test_the_token_in_the_qr_code_is_never_slowed_down(room: Room) -> None:
    thief = f"thief {room.id}"
    for _ in range(guessing.FREE_GUESSES):
        wrong_guess(room, thief)
    assert access.observe(room.db, view(room).join_token, device=thief).workshop_id == room.id


def test_a_one_time_link_gives_the_role_to_one_device(room: Room) -> None:
    token = access.invite(room.db, room.organiser, "moderator")
    answers = at_once([lambda n=n: access.claim(room.db, token, device=f"laptop {n}") for n in range(8)])  # type: ignore[misc]
    assert sum(isinstance(answer, Grant) for answer in answers) == 1
    assert all(isinstance(answer, Grant | NotAllowed) for answer in answers)


def test_the_same_device_may_use_its_link_again(room: Room) -> None:
    token = access.invite(room.db, room.organiser, "moderator")
    first = access.claim(room.db, token, device="laptop")
    assert access.claim(room.db, token, device="laptop").id == first.id


def test_looking_at_a_link_does_not_use_it_up(room: Room) -> None:
    token = access.invite(room.db, room.organiser, "helper")
    assert access.offered(room.db, token).role == "helper"
    assert access.claim(room.db, token, device="laptop").role == "helper"


def test_a_role_holds_for_its_device_only_and_until_it_is_revoked(room: Room) -> None:
    grant = access.claim(room.db, access.invite(room.db, room.organiser, "moderator"), device="laptop")
    assert access.moderator(room.db, grant_id=str(grant.id), device="laptop").workshop_id == room.id
    with pytest.raises(NotAllowed):
        access.moderator(room.db, grant_id=str(grant.id), device="a stolen cookie's device")
    with pytest.raises(NotAllowed):
        access.organiser(room.db, grant_id=str(grant.id), device="laptop")
    access.revoke(room.db, room.organiser, grant.id)
    with pytest.raises(NotAllowed, match="moderator link"):
        access.moderator(room.db, grant_id=str(grant.id), device="laptop")


@pytest.mark.parametrize("forged", [None, "", "not a grant", str(uuid4()), "x" * 500])
def test_a_forged_grant_is_nobodys(room: Room, forged: str | None) -> None:
    with pytest.raises(NotAllowed):
        access.moderator(room.db, grant_id=forged, device="laptop")


def test_links_printed_at_an_earlier_start_stop_working_unless_they_were_used(room: Room) -> None:
    used, unused = (access.first_link(room.db, room.id, "moderator"), "")
    grant = access.claim(room.db, used, device="laptop")
    unused = access.first_link(room.db, room.id, "moderator")
    access.first_link(room.db, room.id, "moderator")
    with pytest.raises(NotFound):
        access.offered(room.db, unused)
    assert access.moderator(room.db, grant_id=str(grant.id), device="laptop")


def test_the_organiser_cannot_revoke_the_link_of_this_very_browser(room: Room) -> None:
    grant = access.claim(room.db, access.invite(room.db, room.organiser, "organiser"), device="laptop")
    organiser = access.organiser(room.db, grant_id=str(grant.id), device="laptop")
    with pytest.raises(NotAllowed, match="lock yourself out"):
        access.revoke(room.db, organiser, grant.id)


def test_a_role_in_one_workshop_is_nothing_in_another(room: Room) -> None:
    other = workshops.create(room.db, EVENT.read_text(encoding="utf-8"))
    grant = access.claim(room.db, access.invite(room.db, room.organiser, "moderator"), device="laptop")
    badge = access.moderator(room.db, grant_id=str(grant.id), device="laptop")
    assert badge.workshop_id != other.id
    with pytest.raises(NotFound):
        access.revoke(room.db, access.for_command_line(other.id)[1], grant.id)


def test_a_device_that_has_not_joined_has_no_seat(room: Room) -> None:
    with pytest.raises(NotAllowed, match="Scan the code"):
        access.participant(room.db, room.id, device="somebody's phone")


def test_only_this_module_makes_badges() -> None:
    makers = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in BADGES
    }
    assert makers == {"services/access.py"}


def test_a_moderator_hands_the_desk_over_with_a_one_time_link(room: Room) -> None:
    first = a_moderator(room, "laptop")
    token = access.invite(room.db, first, "moderator")
    grant = access.claim(room.db, token, device="phone")
    second = access.moderator(room.db, grant_id=str(grant.id), device="phone")
    assert {one.id for one in access.grants(room.db, second)} == {first.grant_id, second.grant_id}
    access.revoke(room.db, second, first.grant_id)
    with pytest.raises(NotAllowed, match="moderator"):
        access.moderator(room.db, grant_id=str(first.grant_id), device="laptop")


def test_a_moderator_decides_about_no_organiser_and_never_about_themselves(room: Room) -> None:
    moderator = a_moderator(room, "laptop")
    organiser_link = access.invite(room.db, room.organiser, "organiser")
    organiser = access.claim(room.db, organiser_link, device="office")
    assert organiser.id not in {grant.id for grant in access.grants(room.db, moderator)}
    for act in (
        lambda: access.invite(room.db, moderator, "organiser"),
        lambda: access.revoke(room.db, moderator, organiser.id),
    ):
        with pytest.raises(NotAllowed, match="Only an organiser"):
            act()
    with pytest.raises(NotAllowed, match="lock yourself out"):
        access.revoke(room.db, moderator, moderator.grant_id)


def test_of_two_moderators_who_press_at_once_nobodys_click_is_lost_unseen(room: Room) -> None:
    """Each click has happened, or its owner reads that it has not; none is done twice or over another."""
    desks = [a_moderator(room, "laptop"), a_moderator(room, "phone")]
    room.opens(StepKind.WRITE)
    for _ in range(5):
        before = room.state
        answers = at_once([partial(steps.add_minutes, room.db, desk, 1, seen=before.version) for desk in desks])
        done = [answer for answer in answers if isinstance(answer, StepState)]
        assert len(done) == 1
        assert all("a moment ago" in str(answer) for answer in answers if isinstance(answer, Exception))
        assert room.state == done[0]


def a_moderator(room: Room, device: str) -> access.ModeratorBadge:
    grant = access.claim(room.db, access.invite(room.db, room.organiser, "moderator"), device=device)
    return access.moderator(room.db, grant_id=str(grant.id), device=device)
