"""Commitments with a name, wishes for the afternoon, and what people thought of the session."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest

from tests.services.finale import Finale, a_finale
from tests.services.room import at_once
from workshop.domain.consortium import Role
from workshop.domain.event import Anonymity, StepKind
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.services import commitments, consortium, log, people, reports, taken_on
from workshop.services.access import ParticipantBadge
from workshop.storage import Database


@pytest.fixture
def finale(db: Database) -> Finale:
    finale = a_finale(db)
    finale.joins(finale.ada, Role.LEAD)
    finale.joins(finale.bo, Role.PARTNER)
    finale.room.opens(StepKind.COMMIT)
    return finale


def confirm(finale: Finale, who: ParticipantBadge, *, confirmed: bool = True) -> None:
    commitments.confirm(finale.db, who, finale.ideas[0].id, confirmed=confirmed)


def names(finale: Finale) -> list[str | None]:
    return [member["name"] for member in finale.card()["members"]]


def organisation(finale: Finale, name: str) -> UUID:
    found = taken_on.of(finale.db, finale.ada)["organisations"]
    return next(each["id"] for each in found if each["name"] == name)  # type: ignore[no-any-return]


def test_a_name_appears_with_its_commitment_and_goes_when_that_is_taken_back(finale: Finale) -> None:
    confirm(finale, finale.ada)
    assert names(finale) == ["Ada Ek", None]
    confirm(finale, finale.ada, confirmed=False)
    assert names(finale) == [None, None]
    verbs = [entry.verb for entry in log.entries(finale.db, finale.room.moderator)][-2:]
    assert verbs == ["confirm", "take back"]


def test_confirming_twice_is_once(finale: Finale) -> None:
    before = finale.revision("consortium")
    assert at_once([partial(confirm, finale, finale.ada)] * 8) == [None] * 8
    assert finale.revision("consortium") == before + 1


def test_another_role_is_another_promise_and_a_new_plan_is_said(finale: Finale) -> None:
    confirm(finale, finale.ada)
    consortium.plan(finale.db, finale.bo, finale.ideas[0].id, next_step="Meet", due=None, seen=0)
    mine = finale.mine(finale.ada)["cards"][str(finale.ideas[0].id)]
    assert (mine["confirmed"], mine["changed"]) == (True, True)
    confirm(finale, finale.ada)
    assert finale.mine(finale.ada)["cards"][str(finale.ideas[0].id)]["changed"] is False
    finale.joins(finale.ada, Role.ADVISOR)
    assert names(finale) == [None, None]


def test_nobody_confirms_what_they_have_not_taken_on(finale: Finale) -> None:
    with pytest.raises(NotFound, match="nothing to confirm"):
        confirm(finale, finale.cy)


def test_a_commitment_may_be_taken_back_until_the_session_is_closed(finale: Finale) -> None:
    confirm(finale, finale.ada)
    finale.room.opens(StepKind.CLOSING)
    confirm(finale, finale.bo)
    confirm(finale, finale.ada, confirmed=False)
    finale.room.closes()
    with pytest.raises(NotAllowed, match="What you confirmed stays"):
        confirm(finale, finale.bo, confirmed=False)
    assert names(finale) == [None, "Bo Lee"]


@pytest.mark.parametrize("kind", [StepKind.CONSORTIUM, StepKind.PITCH])
def test_must_not_happen_somebody_commits_before_the_step(db: Database, kind: StepKind) -> None:
    finale = a_finale(db, kind)
    finale.joins(finale.ada)
    with pytest.raises(NotAllowed):
        confirm(finale, finale.ada)
    with pytest.raises(NotAllowed):
        commitments.rate(db, finale.ada, stars=5)
    assert taken_on.of(db, finale.ada)["organisations"] == []


def test_people_wish_for_organisations_of_the_other_sides_a_few(finale: Finale) -> None:
    bay, own = organisation(finale, "Bay Cluster"), organisation(finale, "Clean Valley")
    for wished in (True, True):
        commitments.wish(finale.db, finale.ada, bay, wished=wished)
    assert finale.mine(finale.ada)["wishes"] == (bay,)
    with pytest.raises(NotFound, match="not in the room"):
        commitments.wish(finale.db, finale.ada, own, wished=True)
    commitments.wish(finale.db, finale.ada, bay, wished=False)
    assert finale.mine(finale.ada)["wishes"] == ()


def test_the_sixth_wish_is_refused_also_when_all_are_tapped_at_once(finale: Finale) -> None:
    for number in range(6):
        finale.room.joins(f"Guest {number}", side="us", table=number, organisation=f"Guest house {number}")
    wanted = [organisation(finale, f"Guest house {number}") for number in range(6)]
    answers = at_once([partial(commitments.wish, finale.db, finale.ada, each, wished=True) for each in wanted])
    assert [type(answer) for answer in answers].count(Conflict) == 1
    assert len(finale.mine(finale.ada)["wishes"]) == 5


def test_the_session_is_rated_once_per_person_and_shown_in_numbers(finale: Finale) -> None:
    commitments.rate(finale.db, finale.ada, stars=2)
    commitments.rate(finale.db, finale.ada, stars=4, comment="  More time, please. ")
    commitments.rate(finale.db, finale.bo, stars=5)
    now = commitments.session(finale.db, finale.room.moderator)
    assert (now.mean, len(now.ratings), now.confirmed, now.of) == (4.5, 2, 0, 2)
    assert finale.mine(finale.ada)["rating"] == {"stars": 4, "comment": "More time, please."}
    for stars in (0, 6):
        with pytest.raises(Invalid, match="1 to 5 stars"):
            commitments.rate(finale.db, finale.ada, stars=stars)


def test_an_erased_person_leaves_no_commitment_wish_or_rating(finale: Finale) -> None:
    confirm(finale, finale.ada)
    commitments.wish(finale.db, finale.ada, organisation(finale, "Bay Cluster"), wished=True)
    commitments.rate(finale.db, finale.ada, stars=1, comment="Ada was here")
    people.erase(finale.db, finale.room.organiser, finale.ada.participant_id)
    now = commitments.session(finale.db, finale.room.moderator)
    assert (now.confirmed, now.of, now.wishing, now.ratings) == (0, 1, 0, ())


@pytest.mark.parametrize("level", list(Anonymity))
def test_the_report_names_who_confirmed_and_nobody_else_at_every_level(finale: Finale, level: Anonymity) -> None:
    finale.room.names_people_as(level)
    confirm(finale, finale.bo)
    commitments.wish(finale.db, finale.ada, organisation(finale, "Bay Cluster"), wished=True)
    commitments.rate(finale.db, finale.ada, stars=3, comment="Fine")
    report = reports.compile_report(finale.db, finale.room.organiser)
    assert [(each.name, each.organisation) for each in report.cards[0].members] == [
        (None, "Port of Aarhus"),
        ("Bo Lee", "Bay Cluster"),
    ]
    assert report.session is not None
    assert (report.session.people_with_wishes, report.session.mean, report.session.comments) == (1, 3.0, ("Fine",))
