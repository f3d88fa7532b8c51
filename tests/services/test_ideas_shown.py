"""Hidden text never leaves the server: what each badge reads of ideas, step by step."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.room import Room
from workshop.domain.event import Anonymity, StepKind
from workshop.domain.idea import IdeaDraft
from workshop.errors import Conflict, NotAllowed, NotFound
from workshop.services import ideas, moderation, steps, votes
from workshop.services.access import Badge, HelperBadge
from workshop.storage import Database

SECRET = "a text that nobody else may read yet"


def everything_a_badge_can_read(room: Room, badge: Badge) -> str:
    """All that the reading verbs give to this badge, as one text to search in."""
    reads: list[Any] = [ideas.board(room.db, badge), ideas.counters(room.db, badge), votes.turnout(room.db, badge)]
    if badge == room.moderator:
        reads += [ideas.kept_back(room.db, room.moderator), moderation.overview(room.db, room.moderator)]
    if hasattr(badge, "table_id"):
        reads += [ideas.of_table(room.db, badge)]
    if hasattr(badge, "participant_id"):
        reads += [ideas.mine(room.db, badge), votes.ballot(room.db, badge)]
    return repr(reads)


def badges_but_the_author(room: Room) -> list[Badge]:
    scribe, _ = room.tablet("Dia")
    helper = HelperBadge(room.id, room.moderator.grant_id)
    return [room.joins("Bo"), scribe, room.observer, helper, room.moderator, room.organiser]


def test_while_people_write_alone_only_the_author_reads_the_text(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    ideas.submit(room.db, ana, IdeaDraft("Secret", SECRET))
    assert SECRET in everything_a_badge_can_read(room, ana)
    for badge in badges_but_the_author(room):
        assert SECRET not in everything_a_badge_can_read(room, badge), badge.label


def test_while_tables_share_the_table_and_the_moderator_read_it_and_the_room_does_not(room: Room) -> None:
    ana, cy = room.joins("Ana"), room.joins("Cy", table=1)
    room.opens(StepKind.WRITE)
    ideas.submit(room.db, ana, IdeaDraft("Secret", SECRET))
    room.opens(StepKind.SHARE)
    bo, scribe, observer, helper, moderator, organiser = badges_but_the_author(room)
    for badge in (bo, scribe, moderator):
        assert SECRET in everything_a_badge_can_read(room, badge), badge.label
    for badge in (cy, observer, helper, organiser):
        assert SECRET not in everything_a_badge_can_read(room, badge), badge.label


def test_a_published_idea_is_on_the_board_for_everybody_until_the_moderator_goes_back(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    idea = ideas.submit(room.db, ana, IdeaDraft("Secret", SECRET)).idea
    room.opens(StepKind.SHARE)
    ideas.publish(room.db, ana, idea.id, published=True)
    badges = badges_but_the_author(room)
    for badge in badges:
        assert SECRET in everything_a_badge_can_read(room, badge), badge.label
    steps.go_back(room.db, room.moderator, seen=room.state.version)
    for badge in badges:
        assert SECRET not in everything_a_badge_can_read(room, badge), badge.label


@pytest.mark.parametrize("fate", ["hidden", "withdrawn", "merged"])
def test_an_idea_that_left_the_board_is_read_by_its_author_and_the_moderator_only(room: Room, fate: str) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.SHARE)
    idea = ideas.submit(room.db, ana, IdeaDraft("Secret", SECRET)).idea
    ideas.publish(room.db, ana, idea.id, published=True)
    other = room.has_sent(bo, "Other", published=True)
    if fate == "hidden":
        moderation.hide(room.db, room.moderator, idea.id, reason="not for today")
    elif fate == "withdrawn":
        ideas.withdraw(room.db, ana, idea.id)
    else:
        moderation.merge(room.db, room.moderator, [idea.id, other.id], IdeaDraft("Both"))
    assert SECRET in repr(ideas.mine(room.db, ana))
    assert SECRET in repr(moderation.overview(room.db, room.moderator))
    assert idea.id not in {shown.id for shown in ideas.board(room.db, room.observer)}
    table = ideas.of_table(room.db, bo)
    assert table is not None
    assert idea.id not in {shown.id for shown in table.ideas}


def test_the_author_reads_why_an_idea_was_hidden(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.SHARE)
    idea = room.has_sent(ana, "One", published=True)
    moderation.hide(room.db, room.moderator, idea.id, reason="Names a person")
    assert ideas.mine(room.db, ana)[0].hidden_reason == "Names a person"


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (Anonymity.ANONYMOUS, ""),
        (Anonymity.TABLE_TAG, "Table 1"),
        (Anonymity.NAMED, "Ana, Cleantech Hub"),
    ],
)
def test_credit_follows_the_anonymity_of_the_workshop_on_every_read(room: Room, level: Anonymity, shown: str) -> None:
    ana = room.joins("Ana", organisation="Cleantech Hub")
    room.names_people_as(level)
    room.opens(StepKind.SHARE)
    room.has_sent(ana, "One", published=True)
    [on_board] = ideas.board(room.db, room.observer)
    assert on_board.credit_line == shown
    for badge in badges_but_the_author(room):
        read = everything_a_badge_can_read(room, badge)
        assert ("Cleantech Hub" in read) == (level is Anonymity.NAMED), badge.label
        assert str(ana.participant_id) not in read, badge.label


def test_counters_count_without_a_word_of_text(room: Room) -> None:
    ana, cy = room.joins("Ana"), room.joins("Cy", side="us", table=1)
    room.opens(StepKind.WRITE)
    ideas.submit(room.db, ana, IdeaDraft("One", SECRET, ("clean_energy", "clean_tech")))
    ideas.submit(room.db, cy, IdeaDraft("Two", SECRET, ("clean_energy",)))
    gone = ideas.submit(room.db, cy, IdeaDraft("Three", SECRET, ("clean_energy",))).idea
    ideas.withdraw(room.db, cy, gone.id)
    counters = ideas.counters(room.db, room.observer)
    assert (counters.ideas, counters.published) == (2, 0)
    assert [table.ideas for table in counters.by_table[:3]] == [1, 1, 0]
    assert {sector.key: sector.by_side for sector in counters.by_sector if sector.ideas} == {
        "clean_energy": {"eu": 1, "us": 1},
        "clean_tech": {"eu": 1},
    }
    [first, second] = ideas.kept_back(room.db, room.moderator)
    assert (first.name, first.count, second.count) == ("Table 1", 1, 1)


def test_a_table_publishes_three_and_takes_one_off_to_publish_another(room: Room) -> None:
    ana, bo, cy = room.joins("Ana"), room.joins("Bo"), room.joins("Cy", table=1)
    room.opens(StepKind.SHARE)
    sent = [room.has_sent(bo, f"Idea {number}") for number in range(2)] + [
        room.has_sent(ana, f"Idea {number}") for number in range(2)
    ]
    for idea in sent[:3]:
        ideas.publish(room.db, ana, idea.id, published=True)
        ideas.publish(room.db, bo, idea.id, published=True)
    with pytest.raises(Conflict, match="3 fit"):
        ideas.publish(room.db, ana, sent[3].id, published=True)
    with pytest.raises(NotFound):
        ideas.publish(room.db, cy, sent[0].id, published=False)
    ideas.publish(room.db, ana, sent[0].id, published=False)
    ideas.publish(room.db, ana, sent[3].id, published=True)
    table = ideas.of_table(room.db, ana)
    assert table is not None
    assert (table.name, table.published, table.published_limit, len(table.ideas)) == ("Table 1", 3, 3, 4)
    room.opens(StepKind.THEMES)
    with pytest.raises(NotAllowed, match="while tables share"):
        ideas.publish(room.db, ana, sent[0].id, published=True)


def test_the_moderator_publishes_for_a_table_that_did_not_get_to_it(db: Database) -> None:
    room = Room(db, published_per_table=2)
    ana = room.joins("Ana")
    room.opens(StepKind.WRITE)
    sent = [room.has_sent(ana, f"Idea {number}") for number in range(3)]
    with pytest.raises(NotAllowed):
        ideas.publish_for(db, room.moderator, room.tables[0])
    room.opens(StepKind.SHARE)
    room.opens(StepKind.THEMES)
    put_up = ideas.publish_for(db, room.moderator, room.tables[0])
    assert [idea.id for idea in put_up] == [sent[0].id, sent[1].id]
    [left] = ideas.kept_back(db, room.moderator)
    assert (left.table_id, left.count) == (room.tables[0], 1)
    with pytest.raises(Conflict, match="nothing to publish"):
        ideas.publish_for(db, room.moderator, room.tables[0])
    room.opens(StepKind.VOTE)
    with pytest.raises(NotAllowed, match="Voting has opened"):
        ideas.publish_for(db, room.moderator, room.tables[0])
