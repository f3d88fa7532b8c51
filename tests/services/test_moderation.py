"""Moderation: hidden with a reason, merged with all credits, taken back, logged."""

from __future__ import annotations

from functools import partial

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import Anonymity, StepKind
from workshop.domain.idea import Idea, IdeaDraft, Mistakes, ShownIdea, Standing
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.services import ideas, log, moderation


@pytest.fixture
def on_board(room: Room) -> list[Idea]:
    """Ana's, Bo's and Cy's idea, on the board while tables share."""
    room.opens(StepKind.SHARE)
    people = [
        room.joins("Ana", organisation="Hub"),
        room.joins("Bo", side="us", table=1),
        room.joins("Cy", table=2),
    ]
    return [room.has_sent(person, f"Idea of {index}", published=True) for index, person in enumerate(people)]


def board(room: Room) -> list[int]:
    return [idea.number for idea in ideas.board(room.db, room.observer)]


def test_an_idea_is_hidden_with_a_reason_and_restored_where_it_stood(room: Room, on_board: list[Idea]) -> None:
    hidden = moderation.hide(room.db, room.moderator, on_board[0].id, reason="  Names a\nperson ")
    assert (hidden.standing, hidden.hidden_reason) == (Standing.HIDDEN, "Names a person")
    assert board(room) == [2, 3]
    assert ideas.counters(room.db, room.observer).ideas == 2
    restored = moderation.restore(room.db, room.moderator, on_board[0].id)
    assert (restored.standing, restored.hidden_reason) == (Standing.PUBLISHED, "")
    assert moderation.restore(room.db, room.moderator, on_board[0].id) == restored, "a second tap"
    assert board(room) == [1, 2, 3]


@pytest.mark.parametrize("reason", ["", " \n", "x" * 201])
def test_nothing_is_hidden_without_a_reason_that_fits(room: Room, on_board: list[Idea], reason: str) -> None:
    with pytest.raises(Invalid, match="reason"):
        moderation.hide(room.db, room.moderator, on_board[0].id, reason=reason)
    assert board(room) == [1, 2, 3]


def test_an_idea_of_another_workshop_cannot_be_hidden(room: Room, on_board: list[Idea]) -> None:
    other = Room(room.db)
    with pytest.raises(NotFound):
        moderation.hide(room.db, other.moderator, on_board[0].id, reason="none of my business")
    assert board(room) == [1, 2, 3]


def test_merging_makes_a_new_idea_and_keeps_originals_and_credits(room: Room, on_board: list[Idea]) -> None:
    room.names_people_as(Anonymity.NAMED)
    merged = moderation.merge(room.db, room.moderator, [on_board[1].id, on_board[0].id], IdeaDraft("Together"))
    assert (merged.number, merged.title, merged.side) == (4, "Together", "us"), "the first one leads"
    assert [original.number for original in merged.originals] == [1, 2]
    assert merged.credit_line == "Ana, Hub · Bo"
    assert board(room) == [3, 4]
    assert ideas.counters(room.db, room.observer).ideas == 3, "a merge is not one more idea"
    authors_view = {idea.number: idea.standing for idea in moderation.overview(room.db, room.moderator)}
    assert authors_view == {
        1: Standing.MERGED,
        2: Standing.MERGED,
        3: Standing.PUBLISHED,
        4: Standing.PUBLISHED,
    }


def test_a_merge_is_taken_apart_again_and_its_number_stays_used(room: Room, on_board: list[Idea]) -> None:
    both = [on_board[0].id, on_board[1].id]
    merged = moderation.merge(room.db, room.moderator, both, IdeaDraft("Together"))
    back = moderation.unmerge(room.db, room.moderator, merged.id)
    assert [(idea.number, idea.standing) for idea in back] == [(1, Standing.PUBLISHED), (2, Standing.PUBLISHED)]
    assert board(room) == [1, 2, 3]
    with pytest.raises(Conflict, match="taken apart already"):
        moderation.unmerge(room.db, room.moderator, merged.id)
    assert moderation.merge(room.db, room.moderator, both, IdeaDraft("Together")).number == 5


def test_a_merged_idea_can_be_merged_again_and_still_credits_everybody(room: Room, on_board: list[Idea]) -> None:
    first = moderation.merge(room.db, room.moderator, [on_board[0].id, on_board[1].id], IdeaDraft("Two"))
    second = moderation.merge(room.db, room.moderator, [first.id, on_board[2].id], IdeaDraft("Three"))
    assert {credit.table for credit in second.credits} == {"Table 1", "Table 2", "Table 3"}
    with pytest.raises(Conflict, match="part of another merged one"):
        moderation.unmerge(room.db, room.moderator, first.id)
    moderation.unmerge(room.db, room.moderator, second.id)
    assert board(room) == [3, 4]


def test_the_same_merge_tapped_eight_times_at_once_is_one_merge(room: Room, on_board: list[Idea]) -> None:
    merge = partial(
        moderation.merge, room.db, room.moderator, [on_board[0].id, on_board[1].id], IdeaDraft("Together", "pitch")
    )
    answers = at_once([merge] * 8)
    assert all(isinstance(answer, ShownIdea) for answer in answers), answers
    assert board(room) == [3, 4]


def test_what_cannot_be_merged_is_named(room: Room, on_board: list[Idea]) -> None:
    ids = [idea.id for idea in on_board]
    with pytest.raises(Invalid, match="at least two"):
        moderation.merge(room.db, room.moderator, [ids[0], ids[0]], IdeaDraft("Twice the same"))
    with pytest.raises(Mistakes, match="title"):
        moderation.merge(room.db, room.moderator, ids[:2], IdeaDraft(""))
    moderation.hide(room.db, room.moderator, ids[0], reason="wait")
    with pytest.raises(Conflict, match="#1 is not on the board"):
        moderation.merge(room.db, room.moderator, ids, IdeaDraft("All"))
    moderation.merge(room.db, room.moderator, ids[1:], IdeaDraft("Two"))
    with pytest.raises(Conflict, match="part of a merged one"):
        moderation.hide(room.db, room.moderator, ids[1], reason="too late")
    with pytest.raises(Conflict, match="#2 is not on the board"):
        moderation.merge(room.db, room.moderator, ids[1:], IdeaDraft("Another text"))
    with pytest.raises(Invalid, match="not made by merging"):
        moderation.unmerge(room.db, room.moderator, ids[0])
    assert board(room) == [4]


def test_an_original_of_a_merge_is_not_changed_or_withdrawn_behind_it(room: Room, on_board: list[Idea]) -> None:
    moderation.merge(room.db, room.moderator, [on_board[0].id, on_board[1].id], IdeaDraft("Together"))
    ana = room.joins("Ana")
    with pytest.raises(Conflict, match="became part of another one"):
        ideas.withdraw(room.db, ana, on_board[0].id)
    with pytest.raises(Conflict, match="became part of another one"):
        ideas.revise(room.db, ana, on_board[0].id, IdeaDraft("Mine again"), seen_version=1)


def test_once_voting_has_opened_nothing_is_merged_or_taken_apart(room: Room, on_board: list[Idea]) -> None:
    merged = moderation.merge(room.db, room.moderator, [on_board[0].id, on_board[1].id], IdeaDraft("Together"))
    room.opens(StepKind.VOTE)
    room.opens(StepKind.THEMES)
    with pytest.raises(NotAllowed, match="Voting has opened"):
        moderation.merge(room.db, room.moderator, [merged.id, on_board[2].id], IdeaDraft("All"))
    with pytest.raises(NotAllowed, match="Voting has opened"):
        moderation.unmerge(room.db, room.moderator, merged.id)
    assert board(room) == [3, 4]


def test_all_that_is_done_to_ideas_is_logged_without_texts_or_names(room: Room, on_board: list[Idea]) -> None:
    moderation.hide(room.db, room.moderator, on_board[0].id, reason="Names Ana")
    moderation.restore(room.db, room.moderator, on_board[0].id)
    merged = moderation.merge(room.db, room.moderator, [on_board[0].id, on_board[1].id], IdeaDraft("Together"))
    moderation.unmerge(room.db, room.moderator, merged.id)
    entries = log.entries(room.db, room.moderator)
    assert [entry.verb for entry in entries[-4:]] == ["hide", "restore", "merge", "unmerge"]
    assert {entry.actor for entry in entries} == {"moderator", "participant"}
    assert entries[-2].details["originals"] == [str(on_board[0].id), str(on_board[1].id)]
    written = repr(entries)
    for word in ("Ana", "Hub", "Idea of", "Together"):
        assert word not in written
