"""Take-aways on paper: a page per organisation, readable for screen readers, whatever people typed."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

from pypdf import PdfReader

from tests.reporting import hostile
from tests.reporting.rooms import a_report, an_event, with_consortia
from workshop.domain.event import Anonymity
from workshop.domain.report import Report
from workshop.reporting import take_away_of_organisation, take_away_pdf
from workshop.reporting.take_away_page import Entry, Page, Part


def texts(report: Report) -> list[str]:
    pages = PdfReader(io.BytesIO(take_away_pdf.render(report))).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_each_organisation_begins_on_a_page_of_its_own() -> None:
    report = with_consortia(a_report(6, 24, anonymity=Anonymity.TABLE_TAG))
    found = texts(report)
    assert [page.title for page in take_away_of_organisation.pages(report)] == [
        "Aqua Valley",
        "Nordic Wind Cluster",
        "CleanTX",
    ]
    assert len(found) == 3
    assert "Role: lead, confirmed by Grace Okafor." in found[2]
    assert "Grace Okafor" in found[0], "she leads a card that Aqua Valley is on"
    assert "Role: advisor, not confirmed by name." in found[1]


def test_a_room_without_organisations_has_a_page_that_says_so() -> None:
    (only,) = texts(replace(a_report(0, 0), participants=()))
    assert "No organisation stands in the report yet." in only


def test_hostile_texts_stand_there_as_text_and_are_no_link() -> None:
    entries = tuple(Entry(text, (text, text)) for text in hostile.TEXTS[::4])
    page = Page(hostile.TEXTS[0], "eu", (), (Part("ideas", "Ideas", entries),))
    at = datetime(2018, 11, 7, 11, 17, tzinfo=UTC)
    file = take_away_pdf.pdf((page,), an_event(), title="", at=at, how="", rehearsal=True)
    assert not any("/Annots" in page for page in PdfReader(io.BytesIO(file)).pages)
