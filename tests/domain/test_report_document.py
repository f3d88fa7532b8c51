"""A frozen report is read again as the value that it was."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.reporting import hostile
from tests.reporting.rooms import (
    CH,
    EU,
    US,
    a_report,
    with_a_consortium,
    with_consortia,
    with_texts,
    with_votes_on_paper,
)
from workshop.domain import report_document
from workshop.domain.event import Anonymity
from workshop.domain.opinion import TypicalIdea, VoterGroup, VoterGroups
from workshop.domain.report import Report
from workshop.reporting import exporters

GROUPS = VoterGroups(24, (VoterGroup(9, (TypicalIdea(3, 8, 2),)),), silhouette=0.4, stability=0.9, seed=7)

ROOMS = {
    "empty": a_report(0, 0),
    "hidden votes": replace(a_report(revealed=False), kept_back=2),
    "cards": with_a_consortium(),
    "consortia": with_consortia(a_report()),
    "paper": with_votes_on_paper(),
    "three sides": a_report(20, 30, sides=(EU, US, CH)),
    "anonymous": a_report(anonymity=Anonymity.ANONYMOUS),
    "groups": replace(a_report(), groups=GROUPS),
    "hostile": with_texts(hostile.TEXTS),
}


@pytest.mark.parametrize("report", ROOMS.values(), ids=ROOMS.keys())
def test_what_is_written_is_read_as_the_same_report(report: Report) -> None:
    again = report_document.read(report_document.written(report))
    assert again == report
    assert report_document.written(again) == report_document.written(report)


def test_every_format_has_the_same_bytes_from_what_was_read() -> None:
    report = with_consortia(a_report())
    again = report_document.read(report_document.written(report))
    for exporter in exporters.values():
        assert exporter.render(again) == exporter.render(report), exporter.name


def test_a_text_of_another_version_of_the_program_is_read() -> None:
    """A field that did not exist yet takes its default; one that is unknown by now is left out."""
    tree = json.loads(report_document.written(with_a_consortium()))
    del tree["cards"], tree["ideas"][0]["builds"]
    tree["mood"] = "good"
    again = report_document.read(json.dumps(tree))
    assert (again.cards, again.ideas[0].builds) == ((), ())
    assert again.ideas[1:] == a_report().ideas[1:]
