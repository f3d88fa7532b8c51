"""The PDF says what the report says, to eyes, to search and to screen readers, and nothing typed takes part in it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import Destination

from tests.reporting import hostile
from tests.reporting.files import built, text_of_pdf
from tests.reporting.rooms import (
    CH,
    EU,
    US,
    a_report,
    with_consortia,
    with_one_side_silent,
    with_texts,
    with_votes_on_paper,
)
from workshop.domain.event import SHAPES, Anonymity
from workshop.domain.ranking import IdeaVotes, rank
from workshop.domain.report import Report
from workshop.reporting import as_pdf, pdf_contents
from workshop.reporting.glyphs import printable

HOSTILE = with_texts(hostile.TEXTS)


def opened(report: Report) -> PdfReader:
    return PdfReader(io.BytesIO(built("pdf", report)))


def words(report: Report) -> str:
    return text_of_pdf(built("pdf", report))


def bookmarks(outline: list[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, Destination):
            yield str(entry.title)
        else:
            yield from bookmarks(entry)


def test_the_first_page_tells_the_closing_speaker_what_the_room_wants() -> None:
    report = a_report()
    first = " ".join(opened(report).pages[0].extract_text().split())
    assert "Building New Transatlantic Cluster Collaborations" in first
    assert "Wednesday 7 November 2018, 11:00–12:20 BLOX, Bryghusgade 8, Copenhagen, Denmark" in first
    assert "Compiled Wednesday 7 November 2018, 12:17 CET" in first
    best = report.ranking.two_sided[0]  # type: ignore[union-attr]  # revealed
    eu, us = (f"{best.supporters[turn.side]} of {turn.voted}" for turn in report.turnout)
    assert f"1 #{best.number} {report.ideas[best.number - 1].title} EU {eu} US {us}" in first


def test_what_the_sides_share_and_what_divides_them_stands_in_both_directions() -> None:
    report = with_a_divided_idea()
    told = words(report)
    shared, divided = told.index("What every side supports"), told.index("What divides the sides")
    assert report.opinions is not None
    for idea in report.opinions.shared:
        assert f"#{idea.number} {report.ideas[idea.number - 1].title}" in told[shared:divided]
    assert f"#7 {report.ideas[6].title} EU 1 of 40 US 9 of 10" in told[divided:]
    assert "3 people with at least 7 votes, 20 are needed" in told
    assert "What divides" not in words(a_report(revealed=False)) + words(with_one_side_silent())


def with_a_divided_idea() -> Report:
    report = a_report(20, 40)
    behind = [{"eu": 1, "us": 9} if idea.number == 7 else {"eu": 8, "us": 2 + idea.number % 2} for idea in report.ideas]
    votes = (IdeaVotes(number, supporters, supporters) for number, supporters in enumerate(behind, start=1))
    return replace(report, ranking=rank(votes, ballots_per_side={"eu": 40, "us": 10}))


def test_every_idea_is_a_bookmark_and_carries_all_its_votes() -> None:
    report = a_report(60)
    told = words(report)
    assert {f"#{idea.number} {idea.title}" for idea in report.ideas} <= set(bookmarks(opened(report).outline))
    for idea in report.ideas:
        voted = report.votes[idea.number]
        listed = told[told.rindex(f"#{idea.number} {idea.title}") :]
        eu, us = (
            f"{voted.dots[side]} dots? from {voted.supporters[side]} supporters?" if voted.dots[side] else "no dots"
            for side in ("eu", "us")
        )
        first_votes = re.search(r"EU [^#]*? by dots", listed)
        assert first_votes
        assert re.search(rf"EU {eu} US {us} place {voted.dots_rank} by dots$", first_votes[0])


def test_under_the_name_of_a_theme_stand_the_words_that_join_it() -> None:
    report, told = a_report(), words(a_report())
    for theme in report.themes:
        for word, said_by in theme.words.items():
            assert f"“{word}” ({len(said_by)})" in told[told.index("Ideas by theme") :]


def test_who_took_part_is_counted_by_side_sector_and_table() -> None:
    told = words(a_report())
    assert "Side People Ideas Ballots European Union" in told
    assert "Sector People Clean energy" in told
    assert "Table People Table 1 " in told


def test_people_stand_at_their_tables() -> None:
    report = a_report()
    told = words(report)
    for person in report.participants:
        assert f"{person.name} {person.organisation} {person.side.upper()}" in told


def test_both_orders_are_there_with_their_own_places() -> None:
    told = words(a_report())
    two_sided, dots = told.index("By two-sided support"), told.index("By raw dots")
    assert (
        two_sided
        < told.index("Supporters of each side’s ballots", two_sided)
        < dots
        < told.index("Dots of each side", dots)
    )


def test_who_goes_on_and_who_promised_what_stand_behind_the_summary() -> None:
    told = words(with_consortia(a_report()))
    summary, cards, promised, votes = (
        told.index(head)
        for head in ("What happened in this room", "Who goes on together", "What people promised", "Votes in both")
    )
    assert summary < cards < promised < votes
    assert "From all of this, 3 ideas go on." in told[summary:cards]
    assert "CleanTX US lead yes Grace Okafor" in told[cards:promised]
    assert "Still needs an EU lead and a US lead" in told[cards:promised]
    assert "Not picked this time: 17 ideas." in told[cards:promised]
    assert "Grace Okafor, CleanTX US lead #1" in told[promised:votes]
    assert "Who goes on together" not in words(a_report())


@pytest.mark.parametrize(
    ("level", "credit"),
    [(Anonymity.NAMED, r"\w+ \w+, \w"), (Anonymity.TABLE_TAG, r"Table \d"), (Anonymity.ANONYMOUS, "")],
)
def test_offers_and_needs_stand_side_by_side_with_as_much_credit_as_the_level_shows(
    level: Anonymity, credit: str
) -> None:
    told = words(a_report(anonymity=level))
    listed = told[told.index("Offers and needs") :].partition("Programme and notes")[0]
    assert "Where people come from: Denmark 30, Ohio 3" in listed
    lines = re.findall(r"Somebody who knows \w+( · [^·]*?)?(?= EU | US | What | People | Compiled |$)", listed)
    assert len(lines) == 60
    assert all(re.match(f" · {credit}", line) if credit else line == "" for line in lines)
    assert "Offers and needs" not in words(replace(a_report(), lines=()))


def test_signs_without_a_glyph_are_listed_with_the_ideas_that_hold_them() -> None:
    notes = words(with_texts(("日本", "plain", "水 power"))).partition("How to read this report")[2]
    assert "Boxes stand in #1 (U+65E5 U+672C U+6C34), #2 (U+65E5 U+672C), #3 (U+6C34 U+65E5 U+672C)." in notes
    assert "Boxes stand in" not in words(a_report())


def test_votes_on_paper_are_named_beside_both_orders() -> None:
    sentence = (
        "Beside both orders, plus 3 ballots counted by hand: #2 plus 5 hand-counted dots, #9 plus 2 hand-counted dots."
    )
    assert sentence in words(with_votes_on_paper())
    assert "counted by hand" not in words(a_report())


def test_hidden_votes_are_not_in_it() -> None:
    told = words(a_report(revealed=False))
    assert "Votes are still hidden." in told
    assert "by dots" not in told
    assert "By raw dots" not in told


def test_an_idea_that_its_table_kept_says_why_it_has_no_votes() -> None:
    report = a_report(1)
    assert "has not published it" not in words(report)
    kept = replace(report, ideas=(replace(report.ideas[0], published=False),), ranking=None)
    assert "Its table has not published it, so nobody can vote on it." in words(kept)


def test_a_side_that_has_not_voted_is_named() -> None:
    assert "No ballot from United States yet" in words(with_one_side_silent())


def test_a_third_side_has_its_bars_and_counts_too() -> None:
    told = words(a_report(20, 60, sides=(EU, US, CH)))
    assert re.search(r"EU \d+ of 43 US \d+ of 6 CH \d+ of 6", told)


@pytest.mark.parametrize(
    ("level", "names", "tables"),
    [(Anonymity.NAMED, True, True), (Anonymity.TABLE_TAG, False, True), (Anonymity.ANONYMOUS, False, False)],
)
def test_the_anonymity_level_holds_on_paper(level: Anonymity, names: bool, tables: bool) -> None:
    told = words(a_report(anonymity=level))
    assert ("Hansen" in told, "Table 3" in told) == (names, tables)


def test_a_rehearsal_says_so_on_every_page() -> None:
    pages = opened(replace(a_report(), rehearsal=True)).pages
    assert all("Rehearsal" in page.extract_text() for page in pages)
    assert "Rehearsal" not in words(a_report())


def test_it_is_tagged_and_calls_itself_pdf_ua_1() -> None:
    reader = opened(a_report())
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert (root["/Lang"], "/StructTreeRoot" in root) == ("en", True)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def figures(tags: Any) -> Iterator[str]:
    """The text alternatives of all figures below these tags."""
    for tag in tags if isinstance(tags, list) else [tags]:
        below = tag.get_object() if hasattr(tag, "get_object") else tag
        if isinstance(below, dict):
            if below.get("/S") == "/Figure":
                yield str(below["/Alt"])
            yield from figures(below.get("/K", []))


def spoken(report: Report) -> list[str]:
    return list(figures(opened(report).trailer["/Root"]["/StructTreeRoot"]["/K"]))  # type: ignore[index]  # a dictionary


def test_the_bridge_and_the_ratings_are_pictures_with_a_text_for_who_listens() -> None:
    report = a_report(20, 60)
    assert report.ranking is not None
    best = report.ranking.two_sided[0]
    bridge, ratings, _ = spoken(report)
    supported = ", ".join(
        f"{best.supporters[key]} of {report.ranking.ballots[key]} {key.upper()} ballots" for key in ("eu", "us")
    )
    assert supported in bridge
    enough = next(idea for idea in report.ratings or () if idea.impact)
    assert f"#{enough.number}: impact" in ratings
    told = words(report)
    assert "How far each side supports an idea" in told
    assert "Impact x feasibility" in told
    assert "3 of 5" in told, "an idea with three raters is listed and not drawn"


def test_before_the_reveal_and_in_a_room_that_rates_nothing_there_is_no_picture_of_it() -> None:
    hidden = words(a_report(20, 60, revealed=False))
    unrated = words(replace(a_report(20, 60), ratings=()))
    assert "Impact x feasibility" not in hidden + unrated
    assert "How far each side" not in hidden


def test_a_room_of_three_sides_has_a_lane_for_each_in_the_pdf() -> None:
    told = words(a_report(20, 60, sides=(EU, US, CH)))
    assert all(f"{side.name} · " in told for side in (EU, US, CH))


def test_the_theme_map_is_a_picture_with_a_text_for_who_listens() -> None:
    report = a_report(60)
    told = spoken(report)[-1]
    for theme in report.themes:
        assert f"{theme.name}: {len(theme.ideas)} ideas (EU " in told
    page = next(page.extract_text() for page in opened(report).pages if "Near means alike" in page.extract_text())
    assert "The larger a bubble, the more dots" in " ".join(page.split())
    assert "Near means alike" not in words(replace(report, themes=(), places={}))


def test_before_the_reveal_all_bubbles_of_the_map_are_equal() -> None:
    hidden, revealed = (pdf_contents.of(a_report(60, revealed=seen))["map"] for seen in (False, True))
    assert len({bubble["radius"] for bubble in hidden["bubbles"]}) == 1
    assert len({bubble["radius"] for bubble in revealed["bubbles"]}) > 1
    assert "dots" not in hidden["sized"]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_a_side_can_be_drawn(shape: str) -> None:
    report = a_report(12, sides=(replace(EU, shape=shape), US))
    assert {bubble["shape"] for bubble in pdf_contents.of(report)["map"]["bubbles"]} == {shape, "square"}
    assert as_pdf.render(report).startswith(b"%PDF")


def test_only_bundled_fonts_are_in_it() -> None:
    fonts = {
        str(font.get_object().get("/BaseFont", "/X+NotoEmoji"))
        for page in opened(HOSTILE).pages
        for font in page["/Resources"].get("/Font", {}).values()  # type: ignore[attr-defined]  # a dictionary
    }
    assert fonts
    assert all(re.match(r"/[A-Z]+\+Noto", font) for font in fonts), fonts


def test_hostile_texts_are_printed_and_nothing_more() -> None:
    report, reader = HOSTILE, opened(HOSTILE)
    titles = {"".join(title.split()) for title in bookmarks(reader.outline)}
    expected = {"".join(f"#{idea.number} {printable(idea.title)}".split()) for idea in report.ideas}
    assert expected <= titles
    root: Any = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & root.keys()
    assert all("/Annots" not in page for page in reader.pages)
    assert {tuple(map(round, page.mediabox)) for page in reader.pages} == {(0, 0, 595, 842)}


def test_without_boxes_one_foreign_sign_would_cost_everybody_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_contents, "printable", str)
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        as_pdf.render(with_texts(("水",)))


def test_a_thousand_ideas_and_people_fit() -> None:
    reader = opened(a_report(1000, 1000))
    assert len({title.split()[0] for title in bookmarks(reader.outline) if title.startswith("#")}) == 1000
