"""Whoever is erased goes out of frozen versions too, and what the room made stays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reporting.rooms import a_report, with_consortia
from workshop.domain import report_document
from workshop.domain.event import Anonymity
from workshop.domain.frozen_report import Leaver, checksum, without
from workshop.domain.report import Report, ideas_at, lines_at, participants_at
from workshop.reporting import facts

NAME, ORGANISATION = "Zoe Unique", "One Person's Firm"
LEAVER = Leaver(NAME, ORGANISATION, ("A crane in March",), "I did not like it.")


def with_the_leaver(level: Anonymity = Anonymity.NAMED) -> Report:
    """A room in which one person stands wherever a person can stand."""
    report = with_consortia(a_report())
    idea = report.ideas[1]
    credit = replace(idea.credit, author=NAME, organisation=ORGANISATION)
    told = replace(
        idea,
        credit=credit,
        builds=tuple(replace(build, credit=credit) for build in idea.builds),
        merged=tuple(replace(one, credit=credit) for one in report.ideas[8].merged),
    )
    member = replace(report.cards[0].members[0], name=NAME, organisation=ORGANISATION)
    assert report.session is not None
    assert told.builds
    assert told.merged
    return replace(
        report,
        anonymity=level,
        participants=participants_at(
            level, (replace(report.participants[0], name=NAME, organisation=ORGANISATION), *report.participants[1:])
        ),
        ideas=ideas_at(level, (told, report.ideas[0], *report.ideas[2:])),
        lines=lines_at(level, (replace(report.lines[0], text=LEAVER.lines[0], credit=credit), *report.lines[1:])),
        cards=(replace(report.cards[0], members=(member, *report.cards[0].members[1:])), *report.cards[1:]),
        session=replace(report.session, comments=("Fine.", LEAVER.comment)),
    )


@pytest.mark.parametrize("level", Anonymity)
def test_no_word_of_an_erased_person_stays(level: Anonymity) -> None:
    before = with_the_leaver(level)
    after = report_document.written(without(before, LEAVER))
    assert NAME in report_document.written(before)
    assert not {word for word in (NAME, *LEAVER.lines, LEAVER.comment) if word in after}


def test_what_the_room_made_and_all_its_numbers_stay() -> None:
    before = with_the_leaver()
    after = without(before, LEAVER)
    assert [idea.title for idea in after.ideas] == [idea.title for idea in before.ideas]
    assert (after.ranking, after.turnout, after.themes) == (before.ranking, before.turnout, before.themes)
    assert facts.people_by_side(after) == facts.people_by_side(before)
    assert after.ideas[1].credit.table == before.ideas[1].credit.table
    assert [len(card.members) for card in after.cards] == [len(card.members) for card in before.cards]
    assert len(after.cards[0].commitments) == len(before.cards[0].commitments) - 1


def test_somebody_else_is_left_alone_also_with_the_same_name_elsewhere() -> None:
    before = with_the_leaver()
    assert without(before, Leaver(NAME, "Another firm")) == before
    assert without(before, Leaver("Nobody")) == before


def test_the_checksum_is_the_plain_sha_256_of_the_text() -> None:
    assert checksum("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
