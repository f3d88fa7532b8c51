"""The closing text says what the report holds, in sentences, and nothing before it may be said."""

from __future__ import annotations

from dataclasses import replace

from tests.reporting.rooms import CH, EU, US, a_report, with_consortia
from workshop.reporting import closing_text


def test_a_full_room_gives_a_text_of_some_minutes() -> None:
    text = closing_text.paragraphs(with_consortia(a_report(60)))
    assert 1 <= closing_text.minutes(text) <= 4
    assert text[0].startswith("60 people worked together in this room: EU 48, US 12.")
    assert text[-1].endswith("Thank you for what you gave to this room.")


def test_the_best_idea_is_told_with_the_ballots_of_each_side() -> None:
    report = a_report(60)
    assert report.ranking is not None
    first = report.ranking.two_sided[0]
    title = next(idea.title for idea in report.ideas if idea.number == first.number)
    (sentence, ballots) = closing_text.of(report)["orders"][1].split(". Ballots for it: ")
    assert sentence == f"The idea with the best support on every side is number {first.number}, “{title}”"
    assert ballots == f"EU {first.supporters['eu']} of 43, US {first.supporters['us']} of 11."


def test_a_consortium_is_told_with_its_next_step_or_with_what_it_needs() -> None:
    report = with_consortia(a_report())
    told = " ".join(closing_text.of(report)["consortia"])
    assert "Ready are 1 of 3" in told
    assert "the next step is: Call both ports, by 3 December 2018." in told
    assert "it needs a US lead and a date." in told


def test_commitments_are_told_by_name() -> None:
    told = " ".join(closing_text.of(with_consortia(a_report()))["commitments"])
    assert told.startswith("2 people confirmed 3 roles by name.")
    assert "Grace Okafor, CleanTX is US lead for" in told


def test_an_early_report_says_only_what_is_known() -> None:
    text = closing_text.of(a_report(0, 1, revealed=False))
    assert text["numbers"][0] == "1 person worked together in this room: EU 0, US 1."
    assert text["orders"] == text["consortia"] == text["commitments"] == ()


def test_one_side_that_gave_no_ballot_leaves_the_two_sided_sentences_out() -> None:
    report = a_report(20, 30, sides=(EU, US, CH))
    assert report.ranking is not None
    silent = replace(report, ranking=replace(report.ranking, two_sided=()))
    assert closing_text.of(silent)["orders"] == (f"{sum(one.voted for one in report.turnout)} of 30 people voted.",)
