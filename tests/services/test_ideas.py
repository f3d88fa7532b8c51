"""Ideas: sent once, counted, completed at the table, closed with the step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.services.room import Room
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft, Mistakes, Standing
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import access, clock, drafts, ideas, people
from workshop.storage import Database
from workshop.storage import ideas as idea_rows

HEAT = IdeaDraft(
    title="Heat from the harbour",
    pitch="District heating from sea water.\nTwo pilots.",
    sectors=("smart_cities", "clean_energy"),
    brings={"eu": "A pilot site", "us": "Heat pumps"},
    still_needed="A city that buys it",
)


def test_an_idea_is_kept_as_it_was_typed_and_credited_to_person_and_table(room: Room) -> None:
    ana = room.joins("Ana", organisation="Cleantech Hub")
    room.opens(StepKind.WRITE)
    saved = ideas.submit(room.db, ana, HEAT)
    assert (saved.already, saved.late, saved.of_limit) == (False, False, (1, 3))
    assert saved.idea.draft == IdeaDraft(
        HEAT.title, HEAT.pitch, ("clean_energy", "smart_cities"), HEAT.brings, HEAT.still_needed
    )
    assert (saved.idea.number, saved.idea.side, saved.idea.author_id) == (1, "eu", ana.participant_id)
    assert saved.idea.credit.line == "Ana, Cleantech Hub"
    assert saved.idea.credit.table == "Table 1"
    assert ideas.mine(room.db, ana) == (saved.idea,)


def test_numbers_have_no_gap_even_when_texts_are_refused(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    assert room.has_sent(ana, "One").number == 1
    with pytest.raises(Mistakes):
        ideas.submit(room.db, ana, IdeaDraft(""))
    assert room.has_sent(ana, "Two").number == 2
    assert room.has_sent(room.joins("Bo"), "One").number == 3


def test_the_same_text_sent_again_is_the_same_idea_whatever_the_keyboard_changed(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    first = ideas.submit(room.db, ana, HEAT)
    again = ideas.submit(room.db, ana, IdeaDraft(**HEAT.as_fields() | {"title": " heat  from the HARBOUR "}))
    assert again.already
    assert again.idea == first.idea
    room.opens(StepKind.SHARE)
    assert ideas.submit(room.db, ana, HEAT).idea == first.idea, "the tap that arrives in the next step"
    assert ideas.counters(room.db, room.observer).ideas == 1


def test_the_same_text_sent_after_a_restart_is_the_same_idea(db_url: str, room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    first = ideas.submit(room.db, ana, HEAT)
    restarted = Database.open(db_url)
    again = ideas.submit(restarted, ana, HEAT)
    restarted.close()
    assert (again.already, again.idea) == (True, first.idea)


def test_a_text_sent_again_after_a_change_does_not_undo_the_change(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    idea = ideas.submit(room.db, ana, HEAT).idea
    ideas.revise(room.db, ana, idea.id, IdeaDraft("Cold from the harbour"), seen_version=1)
    again = ideas.submit(room.db, ana, HEAT)
    assert (again.already, again.idea.title) == (True, "Cold from the harbour")


def test_two_people_may_have_the_same_idea(room: Room) -> None:
    room.opens(StepKind.WRITE)
    ours = {ideas.submit(room.db, room.joins(name), HEAT).idea.id for name in ("Ana", "Bo")}
    assert len(ours) == 2


def test_every_mistake_is_told_with_its_field(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    with pytest.raises(Mistakes) as refused:
        ideas.submit(room.db, ana, IdeaDraft("", "p" * 401, ("astrology",), {"eu": "e" * 201}, "n" * 201))
    assert set(refused.value.by_field) == {"title", "pitch", "sectors", "brings.eu", "still_needed"}
    assert ideas.mine(room.db, ana) == ()


def test_nobody_sends_more_than_the_limit_and_the_text_becomes_a_draft(db: Database) -> None:
    room = Room(db, ideas_per_person=2)
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    first = room.has_sent(ana, "One")
    room.has_sent(ana, "Two")
    with pytest.raises(Conflict, match=r"2 of 2 ideas.*kept as a draft"):
        ideas.submit(db, ana, HEAT)
    assert (
        drafts.read(db, ana, drafts.IDEA)
        == IdeaDraft(
            HEAT.title, HEAT.pitch, ("clean_energy", "smart_cities"), HEAT.brings, HEAT.still_needed
        ).as_fields()
    )
    ideas.withdraw(db, ana, first.id)
    assert ideas.submit(db, ana, HEAT).of_limit == (2, 2)
    assert drafts.read(db, ana, drafts.IDEA) is None, "what was sent is no draft any more"


def test_a_table_sends_no_more_than_its_limit(db: Database) -> None:
    room = Room(db, ideas_per_table=2, ideas_per_person=2, published_per_table=2)
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.WRITE)
    room.has_sent(ana, "One")
    mine = room.has_sent(bo, "Two")
    with pytest.raises(Conflict, match="table has sent 2 of 2"):
        ideas.submit(db, ana, HEAT)
    ideas.submit(db, room.joins("Cy", table=1), HEAT)
    ideas.withdraw(db, bo, mine.id)
    assert ideas.submit(db, ana, HEAT).idea.number == 4


def test_a_withdrawn_idea_that_is_sent_again_returns_under_its_number(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    idea = ideas.submit(room.db, ana, HEAT).idea
    assert ideas.withdraw(room.db, ana, idea.id).standing is Standing.WITHDRAWN
    assert ideas.withdraw(room.db, ana, idea.id).standing is Standing.WITHDRAWN, "a second tap"
    again = ideas.submit(room.db, ana, HEAT)
    assert (again.already, again.idea.id, again.idea.number) == (False, idea.id, 1)
    assert again.idea.standing is Standing.KEPT_BACK


def test_before_writing_opens_a_text_becomes_a_draft(room: Room) -> None:
    ana = room.joins("Ana")
    with pytest.raises(NotAllowed, match=r"has not opened yet\. Your text is kept as a draft"):
        ideas.submit(room.db, ana, HEAT)
    kept = drafts.read(room.db, ana, drafts.IDEA)
    assert kept is not None
    assert kept["title"] == HEAT.title
    assert ideas.mine(room.db, ana) == ()


def test_a_late_text_is_taken_for_a_minute_and_marked(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    room.opens(StepKind.SHARE)
    room.opens(StepKind.THEMES)
    closed_at = room.state.writing_closed_at
    assert closed_at is not None
    with clock.frozen(closed_at + timedelta(seconds=59)):
        saved = ideas.submit(room.db, ana, HEAT)
        assert (saved.late, saved.idea.late) == (True, True)
    with clock.frozen(closed_at + timedelta(seconds=61)), pytest.raises(NotAllowed, match=r"is over.*kept as a draft"):
        ideas.submit(room.db, ana, IdeaDraft("Too late"))
    assert [idea.title for idea in ideas.mine(room.db, ana)] == [HEAT.title]


def test_a_tap_that_was_answered_into_the_void_is_still_saved_after_the_close(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    first = ideas.submit(room.db, ana, HEAT)
    closed_at = room.closes().writing_closed_at
    assert closed_at is not None
    with clock.frozen(closed_at + timedelta(hours=1)):
        assert ideas.submit(room.db, ana, HEAT).idea == first.idea


def test_a_late_text_of_a_run_without_sharing_goes_to_the_board_at_once(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    room.opens(StepKind.THEMES)
    idea = ideas.submit(room.db, ana, HEAT).idea
    assert [shown.id for shown in ideas.board(room.db, room.observer)] == [idea.id]


def test_somebody_who_was_removed_is_told_so(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    idea = room.has_sent(ana, "One")
    people.erase(room.db, room.organiser, ana.participant_id)
    with pytest.raises(NotFound, match="removed"):
        ideas.submit(room.db, ana, HEAT)
    with room.db.reading() as session:
        left = idea_rows.by_id(session, room.id, idea.id)
    assert left is not None
    assert (left.author_id, left.credit.author, left.credit.table) == (None, None, "Table 1")


def test_a_change_made_on_an_old_page_does_not_overwrite_a_newer_one(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    idea = room.has_sent(ana, "One")
    after = ideas.revise(room.db, ana, idea.id, IdeaDraft("One, better"), seen_version=1)
    assert (after.version, after.title, after.edited_at is not None) == (2, "One, better", True)
    assert ideas.revise(room.db, ana, idea.id, IdeaDraft("One, better"), seen_version=1).version == 2, "a second tap"
    with pytest.raises(Conflict, match="Somebody changed this idea"):
        ideas.revise(room.db, ana, idea.id, IdeaDraft("One, worse"), seen_version=1)


def test_the_table_completes_what_is_brought_and_needed_but_the_words_are_the_authors(room: Room) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    stranger = room.joins("Cy", table=1)
    room.opens(StepKind.WRITE)
    idea = room.has_sent(ana, "One")
    completed = IdeaDraft("One", brings={"us": "Labs"}, still_needed="Money")
    with pytest.raises(NotFound):
        ideas.revise(room.db, bo, idea.id, completed, seen_version=1)
    room.opens(StepKind.SHARE)
    assert ideas.revise(room.db, bo, idea.id, completed, seen_version=1).brings == {"us": "Labs"}
    with pytest.raises(NotAllowed, match="are the author's"):
        ideas.revise(room.db, bo, idea.id, IdeaDraft("Two"), seen_version=2)
    with pytest.raises(NotFound):
        ideas.revise(room.db, stranger, idea.id, IdeaDraft("One", still_needed="x"), seen_version=2)


def test_the_tablet_of_the_table_holds_the_pen_for_its_people_and_at_share_for_its_table(room: Room) -> None:
    scribe, (dia, _) = room.tablet("Dia", "Edo")
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    theirs = room.has_sent(access.speak_for(room.db, scribe, dia), "One")
    phones = room.has_sent(ana, "Two")
    assert ideas.revise(room.db, scribe, theirs.id, IdeaDraft("One!"), seen_version=1).title == "One!"
    with pytest.raises(NotFound):
        ideas.revise(room.db, scribe, phones.id, IdeaDraft("Two!"), seen_version=1)
    room.opens(StepKind.SHARE)
    assert ideas.revise(room.db, scribe, phones.id, IdeaDraft("Two!"), seen_version=1).title == "Two!"
    assert ideas.withdraw(room.db, scribe, theirs.id).standing is Standing.WITHDRAWN
    with pytest.raises(NotFound):
        ideas.withdraw(room.db, scribe, phones.id)


def test_from_the_vote_on_no_text_changes_even_after_a_step_back(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    idea = room.has_sent(ana, "One")
    room.opens(StepKind.VOTE)
    room.opens(StepKind.SHARE)
    with pytest.raises(NotAllowed, match="Voting has opened"):
        ideas.revise(room.db, ana, idea.id, IdeaDraft("Two"), seen_version=1)
    with pytest.raises(NotAllowed, match="Voting has opened"):
        ideas.withdraw(room.db, ana, idea.id)


def test_only_the_author_withdraws(room: Room) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.WRITE)
    idea = room.has_sent(ana, "One")
    with pytest.raises(NotFound):
        ideas.withdraw(room.db, bo, idea.id)


def test_an_idea_of_another_workshop_does_not_exist_here(room: Room) -> None:
    other = Room(room.db)
    ana, bo = room.joins("Ana"), other.joins("Bo")
    for each in (room, other):
        each.opens(StepKind.SHARE)
    idea = room.has_sent(ana, "One")
    calls: list[Any] = [
        lambda: ideas.revise(room.db, bo, idea.id, IdeaDraft("Two"), seen_version=1),
        lambda: ideas.withdraw(room.db, bo, idea.id),
        lambda: ideas.publish(room.db, bo, idea.id, published=True),
    ]
    for call in calls:
        with pytest.raises(NotFound):
            call()


def test_screens_hear_of_ideas_in_the_topics_that_show_them(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.SHARE)
    heard: list[set[str]] = []
    stop = room.db.on_commit(lambda changes: heard.append({change.topic for change in changes}))
    table = f"table:{room.tables[0]}"
    idea = room.has_sent(ana, "One")
    ideas.publish(room.db, ana, idea.id, published=True)
    ideas.revise(room.db, ana, idea.id, IdeaDraft("Two"), seen_version=1)
    ideas.publish(room.db, ana, idea.id, published=False)
    stop()
    shown = {"counters", table, "board", "results", "consortium", "pitch", "wall"}
    assert heard == [{"counters", table}, shown, shown, {"counters", table, "board"}]
