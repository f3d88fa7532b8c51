"""Every file is opened again: what it says of ideas, votes and names is what the report says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reporting.files import built
from tests.reporting.rooms import CH, EU, US, a_report, with_consortia
from workshop.domain.event import Anonymity
from workshop.domain.ranking import IdeaVotes, rank
from workshop.domain.report import Report
from workshop.reporting import exporters
from workshop.reporting.reading_files import READERS
from workshop.reporting.verifying import differences

NAMES_ONLY = ("organisations", "offers")
EVERY_READER = pytest.mark.parametrize("name", READERS)
EVERY_READER_OF_IDEAS = pytest.mark.parametrize("name", [name for name in READERS if name not in NAMES_ONLY])
ROOM = with_consortia(a_report(20, 24))


def told(name: str, written: Report, compared: Report) -> list[str]:
    return differences(compared, name, built(name, written))


@EVERY_READER
@pytest.mark.parametrize(
    "report",
    [
        ROOM,
        a_report(0, 0),
        a_report(8, 12, revealed=False),
        a_report(8, 12, sides=(EU, US, CH)),
        a_report(8, 12, anonymity=Anonymity.ANONYMOUS),
    ],
    ids=["consortia", "nobody has come", "votes are hidden", "three sides", "anonymous"],
)
def test_a_file_agrees_with_its_report(name: str, report: Report) -> None:
    assert told(name, report, report) == []


def test_every_format_has_a_reader() -> None:
    assert READERS.keys() == exporters.keys()


@EVERY_READER_OF_IDEAS
def test_another_title_is_told(name: str) -> None:
    assert ROOM.ranking is not None
    first = ROOM.ranking.by_dots[0].number
    other = replace(
        ROOM,
        ideas=tuple(replace(idea, title="Quite another one") if idea.number == first else idea for idea in ROOM.ideas),
    )
    found = told(name, other, ROOM)
    assert any(f"idea #{first} is " in sentence for sentence in found), found


@EVERY_READER
def test_one_dot_less_is_told_where_votes_are_compared(name: str) -> None:
    assert ROOM.ranking is not None
    votes = [
        IdeaVotes(
            idea.number,
            idea.dots | {"eu": idea.dots["eu"] - (idea.dots["eu"] > idea.supporters["eu"])},
            idea.supporters,
        )
        for idea in ROOM.ranking.by_dots
    ]
    other = replace(ROOM, ranking=rank(votes, ballots_per_side=ROOM.ranking.ballots))
    assert bool(told(name, other, ROOM)) is (name not in {"pdf", "pptx", *NAMES_ONLY})


@EVERY_READER
def test_a_name_that_is_missing_is_told(name: str) -> None:
    without = a_report(20, 24, anonymity=Anonymity.TABLE_TAG)
    assert bool(told(name, without, a_report(20, 24))) is (name != "pptx")


def test_a_name_too_many_is_told() -> None:
    named, hidden = a_report(20, 24), a_report(20, 24, anonymity=Anonymity.TABLE_TAG)
    for name in ("json", "csv", "csv-tables", "xlsx", "offers"):
        assert any("is not in the report." in sentence for sentence in told(name, named, hidden))


@pytest.mark.parametrize("name", ["pdf", "pptx", "docx", "xlsx", "csv-tables", "json"])
def test_a_file_that_does_not_open_is_told(name: str) -> None:
    (sentence,) = differences(ROOM, name, b"PK\x03\x04 half a file")
    assert sentence.startswith(f"{name}: the file cannot be read")


@pytest.mark.parametrize("name", ["html", "markdown", "csv"])
def test_a_text_without_ideas_misses_each_of_them(name: str) -> None:
    assert f"{name}: idea #20 is missing." in differences(ROOM, name, b"number,title\n")
