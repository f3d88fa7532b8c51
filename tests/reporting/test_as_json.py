"""The JSON holds every fact of the report under keys that are a promise."""

from __future__ import annotations

import json
from typing import Any

from tests.reporting import hostile
from tests.reporting.rooms import a_report, with_a_consortium, with_texts, with_votes_on_paper
from workshop.domain.event import Anonymity
from workshop.domain.report import Report
from workshop.domain.text import normal
from workshop.reporting import as_json


def record(report: Report) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(as_json.render(report))
    return loaded


def test_the_promised_keys_are_there() -> None:
    told = record(a_report())
    assert {"event", "participants", "ideas", "themes", "ranking", "log_head"} <= told.keys()
    promised = {"number", "title", "pitch", "table", "side", "sectors", "theme", "votes"}
    assert all(promised <= idea.keys() for idea in told["ideas"])
    assert all({"name", "ideas"} <= theme.keys() for theme in told["themes"])


def test_every_idea_and_every_vote_is_there() -> None:
    report = a_report(150, 100)
    told = record(report)
    assert [idea["number"] for idea in told["ideas"]] == [idea.number for idea in report.ideas]
    for idea in told["ideas"]:
        assert idea["votes"] == report.votes[idea["number"]].dots
    assert [place["number"] for place in told["ranking"]["by_dots"]] == [
        idea.number
        for idea in report.ranking.by_dots  # type: ignore[union-attr]  # revealed
    ]
    assert sorted(sum((theme["ideas"] for theme in told["themes"]), told["without_theme"])) == list(range(1, 151))


def test_an_idea_names_its_theme() -> None:
    told = record(a_report())
    for theme in told["themes"]:
        assert {told["ideas"][number - 1]["theme"] for number in theme["ideas"]} == {theme["name"]}


def test_votes_are_null_before_reveal() -> None:
    told = record(a_report(revealed=False))
    assert told["ranking"] is None
    assert {idea["votes"] for idea in told["ideas"]} == {None}


def test_votes_on_paper_stand_apart() -> None:
    told = record(with_votes_on_paper())["ranking"]
    assert told["by_hand"] == {
        "ballots": {"us": 3},
        "dots": [{"number": 2, "dots": {"us": 5}}, {"number": 9, "dots": {"us": 2}}],
    }
    assert told["by_dots"] == record(a_report())["ranking"]["by_dots"]


def test_opinions_are_those_of_the_ranking_and_null_before_reveal() -> None:
    report = a_report(60)
    told = record(report)
    assert report.opinions is not None
    assert told["opinions"]["shared"] == [idea.number for idea in report.opinions.shared] != []
    for division, each in zip(told["opinions"]["divided"], report.opinions.divided, strict=True):
        assert (division["number"], division["more"], division["less"]) == (each.idea.number, each.more, each.less)
    assert "3 people with at least 7 votes, 20 are needed" in told["voter_groups"]["sentence"]
    hidden = record(a_report(revealed=False))
    assert hidden["opinions"] is hidden["voter_groups"] is None


def test_anonymous_leaves_one_participant_per_person_with_the_side_only() -> None:
    told = record(a_report(20, 60, anonymity=Anonymity.ANONYMOUS))
    assert len(told["participants"]) == 60
    for person in told["participants"]:
        assert {key for key, value in person.items() if value} == {"side"}
    assert {idea["table"] for idea in told["ideas"]} == {None}


def test_hostile_texts_come_back_in_their_normal_form() -> None:
    titles = [idea["title"] for idea in record(with_texts(hostile.TEXTS))["ideas"]]
    assert titles == [normal(text, lines=True) for text in hostile.TEXTS]


def test_offers_needs_and_ratings_are_there() -> None:
    report = a_report(20)
    told = record(report)
    assert len(told["offers"]) + len(told["needs"]) == len(report.lines)
    assert told["origins"][0] == {"place": "Denmark", "people": 30}
    few, enough = told["ratings"][8], told["ratings"][4]
    assert (few["raters"], few["impact"]) == (2, None)
    assert enough["impact"]["low"] <= enough["impact"]["mean"] <= enough["impact"]["high"]
    assert record(a_report(revealed=False))["ratings"] is None


def test_a_consortium_names_those_who_confirmed_and_nobody_else() -> None:
    told = record(with_a_consortium())
    (card,) = told["consortia"]
    assert (card["number"], card["wild_card"], card["ready"], card["missing"]) == (9, True, False, ["a US lead"])
    assert [(each["organisation"], each["role"], each["name"]) for each in card["members"]] == [
        ("Port of Aarhus", "lead", None),
        (None, "pilot_site", "Bo Lee"),
    ]
    assert (card["due"], card["offers"]["help"]) == ("2019-03-01", 2)
    (promise,) = told["commitments"]
    assert (promise["name"], promise["idea"], promise["changed_since"]) == ("Bo Lee", 9, True)
    assert told["session"] == {"people_with_wishes": 3, "ratings": 2, "mean": 4.5, "comments": ["Good"]}


def test_before_consortium_there_are_none() -> None:
    told = record(a_report())
    assert (told["consortia"], told["commitments"], told["session"]) == ([], [], None)
