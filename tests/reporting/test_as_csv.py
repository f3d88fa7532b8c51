"""The CSV holds every idea and vote, and runs nothing in a spreadsheet."""

from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from tests.reporting import hostile
from tests.reporting.rooms import a_report, with_a_consortium, with_texts, with_votes_on_paper
from workshop.domain.event import Anonymity
from workshop.domain.report import Report
from workshop.reporting import as_csv, offers_csv

FORMULA_STARTS = "=+-@\t\r＝＋－＠"


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv.render(report).decode("utf-8-sig"), newline="")))


def test_there_is_one_row_per_idea_with_its_votes_by_side() -> None:
    report = a_report(150, 80)
    sheet = rows(report)
    assert [row["number"] for row in sheet] == [str(idea.number) for idea in report.ideas]
    assert [row["title"] for row in sheet] == [idea.title for idea in report.ideas]
    for row in sheet:
        voted = report.votes[int(row["number"])]
        assert (row["EU dots"], row["US dots"]) == (str(voted.dots["eu"]), str(voted.dots["us"]))
        assert (row["dots"], row["dots place"]) == (str(voted.total_dots), str(voted.dots_rank))
        assert row["US ballots"] == str(report.turnout[1].voted)


def test_a_row_says_where_the_idea_comes_from_and_what_it_needs() -> None:
    report = a_report()
    row, idea = rows(report)[8], report.ideas[8]
    assert (row["table"], row["author"]) == (idea.credit.table, idea.credit.author)
    assert (row["side"], row["theme"]) == ({"eu": "EU", "us": "US"}[idea.side], report.theme_of[9].name)
    assert (row["EU brings"], row["still needed"]) == (idea.brings["eu"], idea.still_needed)
    assert row["merged from"] == f"#5009 {idea.merged[0].title}"


def test_votes_on_paper_have_columns_of_their_own() -> None:
    without, sheet = rows(a_report()), rows(with_votes_on_paper())
    assert [row["US hand-counted dots"] for row in sheet][:3] == ["0", "5", "0"]
    assert {row["EU hand-counted dots"] for row in sheet} == {"0"}
    assert [row["dots"] for row in sheet] == [row["dots"] for row in without]


def test_a_row_has_what_others_added_and_how_many_tables_read_it() -> None:
    report = a_report()
    row, idea = rows(report)[1], report.ideas[1]
    assert row["read by other tables"] == str(idea.readers)
    origin = idea.builds[1].credit.line
    assert row["builds"].splitlines() == [
        f"Improve: Begin with two sites. (US, {idea.builds[0].credit.line})",
        f"Concern: Who pays? Proposed fix: A fund. (EU, {origin})",
        f"Join: would join (US, {origin})",
    ]
    assert rows(report)[0]["builds"] == ""
    anonymous = rows(a_report(anonymity=Anonymity.ANONYMOUS))[1]["builds"]
    assert anonymous.splitlines()[0] == "Improve: Begin with two sites. (US)"


def test_spreadsheets_are_told_that_it_is_utf_8() -> None:
    assert as_csv.render(a_report()).startswith(b"\xef\xbb\xbfnumber,title,")


def test_vote_cells_are_empty_while_votes_are_hidden() -> None:
    for row in rows(a_report(revealed=False)):
        assert {row["EU dots"], row["US dots"], row["dots"], row["two-sided place"], row["US ballots"]} == {""}


def test_opinions_stand_beside_the_ideas_and_nowhere_before_reveal() -> None:
    report = a_report(60)
    assert report.opinions is not None
    shared = {idea.number for idea in report.opinions.shared}
    divided = {each.idea.number for each in report.opinions.divided}
    for row in rows(report):
        number = int(row["number"])
        assert row["opinion"] == ("every side" if number in shared else "divided" if number in divided else "")
    assert {row["opinion"] for row in rows(a_report(revealed=False))} == {""}


def test_a_table_tag_leaves_no_author() -> None:
    for row in rows(a_report(anonymity=Anonymity.TABLE_TAG)):
        assert row["table"]
        assert row["author"] == row["organisation"] == ""


def test_hostile_texts_stay_in_their_cells_and_never_start_a_formula() -> None:
    sheet = rows(with_texts(hostile.TEXTS))
    assert len(sheet) == len(hostile.TEXTS)
    for row in sheet:
        assert None not in row
        assert all(not cell.startswith(tuple(FORMULA_STARTS)) for cell in row.values())
        assert all("\x00" not in cell for cell in row.values())


@given(st.text(max_size=30), st.sampled_from(FORMULA_STARTS))
def test_no_text_whatsoever_becomes_a_formula(typed: str, start: str) -> None:
    for text in (typed, start + typed, " " + start + typed):
        assert not rows(with_texts((text,)))[0]["title"].startswith(tuple(FORMULA_STARTS))


def test_impact_and_feasibility_stand_with_their_interval_where_raters_are_enough() -> None:
    report = a_report(20)
    for row in rows(report):
        rated = report.rated[int(row["number"])]
        assert (row["raters"], row["could not judge"]) == (str(rated.raters), "1")
        told = [row[name] for name in ("impact", "impact from", "impact to")]
        found = rated.impact
        assert told == (
            ["", "", ""] if found is None else [f"{each:.2f}" for each in (found.mean, found.low, found.high)]
        )
    assert {row["raters"] for row in rows(a_report(20, revealed=False))} == {""}


def test_offers_and_needs_have_a_sheet_of_their_own_and_run_nothing() -> None:
    report = a_report(20)
    table = list(csv.DictReader(io.StringIO(offers_csv.render(report).decode("utf-8-sig"), newline="")))
    assert len(table) == len(report.lines)
    assert [row["kind"] for row in table] == sorted((row["kind"] for row in table), reverse=True)
    assert {row["side"] for row in table} == {"EU", "US"}
    hostile_cells = offers_csv.render(with_texts(hostile.TEXTS)).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(hostile_cells, newline="")) for cell in row]
    assert not [cell for cell in cells if cell[:1] in FORMULA_STARTS and cell]


def test_what_goes_on_has_columns_of_its_own_and_runs_no_formula() -> None:
    sheet = rows(with_a_consortium(next_step="=1+1"))
    row = sheet[8]
    assert (row["goes on"], row["date"], row["needs"]) == ("wild card", "2019-03-01", "a US lead")
    assert row["consortium"] == "EU lead Port of Aarhus; US pilot site"
    assert row["commitments"] == "Bo Lee (US pilot site)"
    assert row["next step"] == "'=1+1"
    assert {sheet[0][column] for column in ("goes on", "consortium", "next step", "date", "needs")} == {""}
