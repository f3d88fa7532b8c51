"""Badges that were made a while ago: which of them would not be made any more."""

from __future__ import annotations

import pytest

from tests.services.room import Room
from workshop.errors import NotAllowed
from workshop.services import access, holding, people

DEVICE = "a moderator's laptop"


def moderator(room: Room) -> access.RoleBadge:
    grant = access.claim(room.db, access.invite(room.db, room.organiser, "moderator"), device=DEVICE)
    return access.role(room.db, "moderator", grant_id=str(grant.id), device=DEVICE)


def test_a_role_holds_until_it_is_taken_away(room: Room) -> None:
    badge = moderator(room)
    holding.check(room.db, badge, device=DEVICE)
    access.revoke(room.db, room.organiser, badge.grant_id)
    with pytest.raises(NotAllowed, match="This page is for the moderator"):
        holding.check(room.db, badge, device=DEVICE)


def test_a_role_holds_on_its_own_device_only(room: Room) -> None:
    badge = moderator(room)
    with pytest.raises(NotAllowed):
        holding.check(room.db, badge, device="somebody else's laptop")


def test_whoever_has_no_role_has_nothing_to_lose(room: Room) -> None:
    holding.check(room.db, room.observer, device=DEVICE)
    holding.check(room.db, room.joins("Ada"), device=DEVICE)


def test_badges_that_still_hold_are_not_outdated(room: Room) -> None:
    tablet, _ = room.tablet("Eve", "Fay")
    badges = {room.observer, room.joins("Ada"), tablet, moderator(room)}
    assert holding.outdated(room.db, room.id, badges) == frozenset()


def test_moving_leaving_and_being_removed_outdate_a_badge(room: Room) -> None:
    stays, moves, leaves, removed = (room.joins(name) for name in ("Ada", "Ben", "Cid", "Dee"))
    people.move(room.db, moves, room.tables[3])
    people.leave_device(room.db, leaves)
    people.erase(room.db, room.organiser, removed.participant_id)
    assert holding.outdated(room.db, room.id, {stays, moves, leaves, removed}) == {moves, leaves, removed}


def test_a_tablet_that_is_carried_to_another_table_is_outdated_and_one_with_more_people_is_not(room: Room) -> None:
    tablet, _ = room.tablet("Eve")
    people.join_tablet(room.db, tablet, people.JoinForm("Fay", "eu", None, consent=True))
    assert holding.outdated(room.db, room.id, {tablet}) == frozenset()
    people.open_tablet(room.db, room.observer, room.tables[5], device=f"tablet of 0 in {room.id}")
    assert holding.outdated(room.db, room.id, {tablet}) == {tablet}


def test_a_revoked_role_is_outdated_and_the_others_are_not(room: Room) -> None:
    kept, revoked = moderator(room), moderator(room)
    access.revoke(room.db, room.organiser, revoked.grant_id)
    assert holding.outdated(room.db, room.id, {kept, revoked}) == {revoked}
