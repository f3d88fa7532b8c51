"""A report holds what the anonymity level shows, and cannot be made with more."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

import pytest

from tests.reporting.rooms import a_report
from workshop.domain.credit import Credit
from workshop.domain.event import Anonymity
from workshop.domain.report import MergedIdea, ReportIdea, ReportParticipant, ideas_at, participants_at

ANNA = ReportParticipant("eu", ("wind",), "Table 10", "Anna Berg", "Wind Denmark")
BEN = ReportParticipant("us", ("solar",), "Table 2", "Ben Ode", "CleanTX")
IDEA = ReportIdea(
    number=1,
    id=UUID(int=1),
    title="Test bed",
    pitch="",
    side="eu",
    credit=Credit("Table 2", "Anna Berg", "Wind Denmark"),
    merged=(MergedIdea(2, "Old", "", "us", Credit("Table 3", "Ben Ode", "CleanTX")),),
)


def test_named_shows_people_by_table_in_the_order_of_their_numbers() -> None:
    assert participants_at(Anonymity.NAMED, [ANNA, BEN]) == (BEN, ANNA)


def test_a_table_tag_leaves_table_side_and_sectors() -> None:
    assert participants_at(Anonymity.TABLE_TAG, [ANNA]) == (ReportParticipant("eu", ("wind",), "Table 10"),)


def test_anonymous_leaves_one_entry_per_person_with_the_side_only() -> None:
    assert participants_at(Anonymity.ANONYMOUS, [BEN, ANNA]) == (ReportParticipant("eu"), ReportParticipant("us"))


@pytest.mark.parametrize(
    ("level", "credit", "of_the_original"),
    [
        (Anonymity.NAMED, IDEA.credit, IDEA.merged[0].credit),
        (Anonymity.TABLE_TAG, Credit("Table 2"), Credit("Table 3")),
        (Anonymity.ANONYMOUS, Credit(), Credit()),
    ],
)
def test_ideas_and_their_originals_carry_the_credit_of_the_level(
    level: Anonymity, credit: Credit, of_the_original: Credit
) -> None:
    (idea,) = ideas_at(level, [IDEA])
    assert (idea.credit, idea.merged[0].credit) == (credit, of_the_original)


def test_a_report_with_a_name_too_many_cannot_be_made() -> None:
    report = a_report(anonymity=Anonymity.TABLE_TAG)
    with pytest.raises(ValueError, match="more than the level table_tag shows"):
        replace(report, participants=(*report.participants, ANNA))
    with pytest.raises(ValueError, match="more than the level table_tag shows"):
        replace(report, ideas=(IDEA,))


def test_the_moment_of_a_report_has_a_time_zone_and_is_told_in_the_rooms_time() -> None:
    report = a_report()
    assert report.compiled_local.strftime("%H:%M %Z") == "12:17 CET"
    with pytest.raises(ValueError, match="time zone"):
        replace(report, compiled_at=datetime(2018, 11, 7, 11, 17))  # noqa: DTZ001 - the mistake under test


def test_an_idea_outside_every_theme_is_not_lost() -> None:
    report = a_report(ideas=20)
    assert {*report.theme_of, *report.without_theme} == {idea.number for idea in report.ideas}
    assert report.without_theme
