"""What one person takes along: their own, and of everybody else only what screens have shown."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import pytest

from tests.services.finale import Finale, a_finale
from tests.services.room import Room, at_once
from workshop.domain.consortium import Role
from workshop.domain.event import Anonymity, StepKind
from workshop.domain.idea import IdeaDraft
from workshop.domain.pitch import Help
from workshop.errors import NotFound
from workshop.reporting import take_away_of_organisation, take_away_of_person
from workshop.reporting.take_away_page import Entry, Page
from workshop.services import (
    commitments,
    consortium,
    moderation,
    people,
    pitches,
    reports,
    take_away,
    take_away_files,
    taken_on,
)
from workshop.services.access import ParticipantBadge
from workshop.storage import Database


@pytest.fixture(scope="module")
def finale(db: Database) -> Finale:
    """A room that nobody here changes."""
    return a_room(db)


def a_room(db: Database) -> Finale:
    """Ada leads the card of idea 1, Bo is on it and confirmed; Dee offers to fund it; idea 2 waits for people."""
    finale = a_finale(db)
    finale.joins(finale.ada, Role.LEAD)
    finale.joins(finale.bo, Role.PARTNER)
    consortium.plan(db, finale.ada, finale.ideas[0].id, next_step="Call both ports", due=date(2099, 3, 1), seen=0)
    finale.room.opens(StepKind.PITCH)
    pitches.offer(db, finale.dee, finale.ideas[0].id, Help.FUND, offered=True)
    finale.room.opens(StepKind.COMMIT)
    commitments.confirm(db, finale.bo, finale.ideas[0].id, confirmed=True)
    wished = next(each for each in taken_on.of(db, finale.ada)["organisations"] if each["name"] == "Ohio Hub")
    commitments.wish(db, finale.ada, wished["id"], wished=True)
    return finale


def page(finale: Finale, who: ParticipantBadge) -> Page:
    return take_away_of_person.page(take_away.of(finale.db, who))


def part(found: Page, key: str) -> dict[str, tuple[str, ...]]:
    """The lines of each entry of a part, by its head."""
    entries: tuple[Entry, ...] = next((each.entries for each in found.parts if each.key == key), ())
    return {entry.head: entry.lines for entry in entries}


def test_ideas_are_told_with_what_became_of_them(finale: Finale) -> None:
    mine = part(page(finale, finale.ada), "ideas")
    assert mine["#1 Idea 1"] == (
        "3 dots, place 1 by the support of all sides, place 1 by dots.",
        "It goes on. It still needs a US lead.",
    )
    assert mine["#3 Idea 3"] == ("0 dots, place 3 by dots.", "It is not among those that go on.")
    bars = take_away_of_person.page(take_away.of(finale.db, finale.ada)).parts[0].entries[0].bars
    assert [(bar.side, bar.text) for bar in bars] == [("eu", "2 of 2"), ("us", "1 of 1")]


def test_roles_plans_and_whom_to_meet_stand_with_the_names_that_may_be_told(finale: Finale) -> None:
    ada = page(finale, finale.ada)
    assert part(ada, "roles")["#1 Idea 1"] == (
        "Role: lead, not confirmed by name.",
        "Next step: Call both ports. By 1 March 2099.",
        "Still needs a US lead.",
    )
    assert part(ada, "meet") == {
        "Ohio Hub": ("You asked to meet them.", "On #1: Dee Moss can fund."),
        "Bay Cluster": ("On #1: partner, Bo Lee.",),
    }
    assert part(page(finale, finale.bo), "meet") == {
        "Port of Aarhus": ("On #1: lead.",),
        "Ohio Hub": ("On #1: Dee Moss can fund.",),
    }, "Ada has not confirmed, so her name is not told; whom she asked to meet is hers alone"
    assert part(page(finale, finale.dee), "offers") == {"#1 Idea 1": ("fund",)}


def test_before_the_results_no_sheet_tells_votes_or_what_goes_on(db: Database) -> None:
    finale = a_room(db)
    finale.room.opens(StepKind.VOTE)
    early = take_away.of(db, finale.ada)
    assert early.ballots is None
    assert [idea.now and (idea.now.votes, idea.now.missing) for idea in early.ideas] == [(None, None)] * 3
    assert (early.roles, early.helpers, early.wishes, early.picked) == ((), (), (), False)
    finale.room.opens(StepKind.WRITE)
    assert [idea.now for idea in take_away.of(db, finale.ada).ideas] == [None] * 3


def test_what_was_merged_tells_of_the_idea_that_it_became(room: Room) -> None:
    ada = room.joins("Ada")
    room.opens(StepKind.SHARE)
    both = [room.has_sent(ada, title, published=True).id for title in ("One", "Two")]
    moderation.merge(room.db, room.moderator, both, IdeaDraft("Both together"))
    found = take_away_of_person.page(take_away.of(room.db, ada))
    assert part(found, "ideas")["#2 Two"] == ("It became part of #3 Both together.",)


def test_who_was_erased_and_what_was_hidden_is_on_no_sheet_that_is_made_afterwards(db: Database) -> None:
    finale = a_room(db)
    files: list[Any] = at_once([partial(take_away_files.of_person, db, finale.ada)] * 3)
    assert files[0].startswith(b"%PDF-")
    assert all(file is files[0] for file in files), "the same sheet is made once"
    for gone in (finale.bo, finale.dee):
        people.erase(db, finale.room.organiser, gone.participant_id)
    told = repr(page(finale, finale.ada))
    assert "Bo Lee" not in told
    assert "Dee Moss" not in told
    assert take_away_files.of_person(db, finale.ada) != files[0]
    with pytest.raises(NotFound, match="removed from this workshop"):
        take_away_files.of_person(db, finale.bo)
    moderation.hide(db, finale.room.moderator, finale.ideas[0].id, reason="Not here")
    ada = page(finale, finale.ada)
    assert part(ada, "ideas")["#1"] == ("The moderator has hidden it, so its text does not stand here.",)
    assert "Idea 1" not in repr([ada, page(finale, finale.cy)])


def test_the_page_of_an_organisation_keeps_the_level_of_the_room(finale: Finale) -> None:
    for level in Anonymity:
        finale.room.names_people_as(level)
        report = reports.compile_report(finale.db, finale.room.organiser)
        aarhus = take_away_of_organisation.page(report, "Port of Aarhus", "eu")
        assert bool(part(aarhus, "ideas")) is (level is Anonymity.NAMED)
        assert part(aarhus, "roles")["#1 Idea 1"][0] == "Role: lead, not confirmed by name."
        assert part(aarhus, "meet") == {"Bay Cluster": ("On #1: partner, Bo Lee.",)}
        told = repr(take_away_of_organisation.pages(report))
        assert "Bo Lee" in told, "he has confirmed"
        assert not any(name in told for name in ("Ada Ek", "Cy Novak", "Dee Moss", "asked to meet"))


def test_a_person_gets_the_page_of_their_own_organisation_or_a_sentence(finale: Finale) -> None:
    assert take_away_files.of_organisation(finale.db, finale.ada).startswith(b"%PDF-")
    nobody = finale.room.joins("Eve")
    with pytest.raises(NotFound, match="named no organisation"):
        take_away_files.of_organisation(finale.db, nobody)
