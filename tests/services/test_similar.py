"""Similar ideas while somebody writes, and pairs for the desk: never a text that the step hides from its reader."""

from __future__ import annotations

import pytest

from tests.services.room import Room
from workshop import themes as method
from workshop.domain.event import Anonymity, StepKind
from workshop.domain.idea import Idea, IdeaDraft
from workshop.errors import NotFound
from workshop.services import ideas, moderation, people, similar, topics
from workshop.services.access import ParticipantBadge
from workshop.services.similar import Hint, Where
from workshop.storage import Database
from workshop.themes import embedders

TITLE, PITCH = "Hydrogen barges", "Push boats with fuel cells carry containers on the Rhine and the Ohio."
NEARLY = "Push boats with fuel cells carry containers on the Ohio and the Rhine."
OTHER = IdeaDraft("Nurse exchange", "Nurses from hospitals on both sides swap wards for three months.")


@pytest.fixture(scope="module", autouse=True)
def encoder() -> None:
    """The server loads it after its start; nobody waits for it."""
    method.embed([method.Text("", "Good morning")], embedder=embedders.quick_part(embedders.default_embedder()))


def sent(room: Room, author: ParticipantBadge, *, published: bool = False) -> Idea:
    """The idea that somebody else is about to write again."""
    idea = ideas.submit(room.db, author, IdeaDraft(TITLE, PITCH)).idea
    return ideas.publish(room.db, author, idea.id, published=True) if published else idea


def asks(room: Room, writer: ParticipantBadge, title: str = TITLE, pitch: str = NEARLY) -> tuple[Hint, ...]:
    return similar.hints(room.db, writer, title=title, pitch=pitch)


def test_who_writes_what_the_table_has_already_is_told_and_nobody_is_moved(room: Room) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.SHARE)
    idea = sent(room, ana)
    ideas.submit(room.db, ana, OTHER)
    [hint] = asks(room, bo)
    assert (hint.idea.number, hint.maybe_same, hint.where, hint.completable) == (1, True, Where.TABLE, True)
    assert ideas.mine(room.db, ana)[0] == idea
    [own] = asks(room, ana)
    assert (own.where, own.completable) == (Where.OWN, False)


def test_in_write_alone_only_own_ideas_are_compared(room: Room) -> None:
    ana, bo, cy = room.joins("Ana"), room.joins("Bo"), room.joins("Cy", table=1)
    room.opens(StepKind.WRITE)
    sent(room, ana)
    assert asks(room, bo) == asks(room, cy) == ()
    assert [hint.where for hint in asks(room, ana)] == [Where.OWN]


@pytest.mark.parametrize("published", [False, True])
def test_while_tables_share_another_tables_idea_is_nobodys_hint(room: Room, published: bool) -> None:
    ana, cy, alone = room.joins("Ana"), room.joins("Cy", table=1), room.joins("Dee", table=2)
    room.opens(StepKind.SHARE)
    sent(room, ana, published=published)
    assert asks(room, cy) == asks(room, alone) == ()
    people.move(room.db, cy, room.tables[0])
    assert [hint.where for hint in asks(room, cy)] == [Where.TABLE], "the badge of before knows the old table only"


def test_once_phones_read_the_board_it_is_compared_and_after_a_step_back_it_is_not(room: Room) -> None:
    ana, cy = room.joins("Ana"), room.joins("Cy", table=1)
    room.opens(StepKind.SHARE)
    sent(room, ana, published=True)
    room.opens(StepKind.THEMES)
    assert [hint.where for hint in asks(room, cy)] == [Where.BOARD]
    room.opens(StepKind.SHARE)
    assert asks(room, cy) == ()


def test_what_ones_table_was_dealt_can_be_built_on_in_place_of_a_new_idea(room: Room) -> None:
    ana, cy, eli = (room.joins(name, table=place) for place, name in enumerate(("Ana", "Cy", "Eli")))
    room.opens(StepKind.SHARE)
    idea = sent(room, ana, published=True)
    assert asks(room, cy) == ()
    room.opens(StepKind.BUILD)
    for reader in (cy, eli):
        assert [(hint.where, hint.buildable, hint.idea.id) for hint in asks(room, reader)] == [
            (Where.HAND, True, idea.id)
        ]
    assert not any(hint.buildable for hint in asks(room, ana)), "one's own is not built on"
    room.opens(StepKind.SHARE)
    assert asks(room, cy) == ()
    room.opens(StepKind.WRITE)
    assert asks(room, cy) == ()


@pytest.mark.parametrize("kind", [StepKind.SHARE, StepKind.THEMES])
@pytest.mark.parametrize("fate", ["hidden", "withdrawn", "merged"])
def test_an_idea_that_was_taken_away_is_nobodys_hint_its_authors_included(
    room: Room, kind: StepKind, fate: str
) -> None:
    ana, bo, cy = room.joins("Ana"), room.joins("Bo"), room.joins("Cy", table=1)
    room.opens(StepKind.SHARE)
    idea = sent(room, ana, published=True)
    other = room.has_sent(cy, "Something else", published=True)
    if kind is not StepKind.SHARE:
        room.opens(kind)
    assert asks(room, bo)
    if fate == "hidden":
        moderation.hide(room.db, room.moderator, idea.id, reason="Names a person")
    elif fate == "withdrawn":
        ideas.withdraw(room.db, ana, idea.id)
    else:
        moderation.merge(room.db, room.moderator, [other.id, idea.id], IdeaDraft("Something else"))
    for badge in (ana, bo, cy):
        assert asks(room, badge) == (), badge.label


def test_another_workshops_idea_is_nobodys_hint(room: Room) -> None:
    elsewhere = Room(room.db)
    for each in (room, elsewhere):
        each.opens(StepKind.SHARE)
    sent(elsewhere, elsewhere.joins("Ana"), published=True)
    assert asks(room, room.joins("Bo")) == ()
    for each in (room, elsewhere):
        each.opens(StepKind.THEMES)
    assert asks(room, room.joins("Cy")) == ()


def test_who_was_removed_is_told_nothing(room: Room) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.SHARE)
    sent(room, ana)
    people.erase(room.db, bo, bo.participant_id)
    with pytest.raises(NotFound):
        asks(room, bo)


def test_an_idea_is_not_similar_to_itself_while_it_is_changed(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.SHARE)
    idea = sent(room, ana)
    assert similar.hints(room.db, ana, title=TITLE, pitch=NEARLY, changing=idea.id) == ()


def test_what_changed_or_came_a_moment_ago_is_compared(room: Room) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.SHARE)
    assert asks(room, bo) == ()
    idea = sent(room, ana)
    assert asks(room, bo)
    ideas.revise(room.db, ana, idea.id, OTHER, seen_version=1)
    assert asks(room, bo) == ()
    assert asks(room, bo, OTHER.title, OTHER.pitch)[0].idea.version == 2


def test_at_most_three_the_most_similar_first_and_two_words_are_too_few(db: Database) -> None:
    room = Room(db, ideas_per_person=6)
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.opens(StepKind.SHARE)
    for pitch in (PITCH, NEARLY, "Push boats with fuel cells.", "Fuel cell push boats on rivers."):
        ideas.submit(room.db, ana, IdeaDraft(TITLE, pitch))
    found = asks(room, bo, TITLE, NEARLY)
    assert len(found) == 3
    assert found[0].idea.pitch == NEARLY
    assert asks(room, bo, "Hydrogen barges", "") == ()
    assert asks(room, bo, "\ud800 \ud800 \ud800", "\0") == ()


@pytest.mark.parametrize(
    ("level", "credit"), [(Anonymity.ANONYMOUS, ""), (Anonymity.TABLE_TAG, "Table 1"), (Anonymity.NAMED, "Ana")]
)
def test_a_hint_names_whom_the_level_names(room: Room, level: Anonymity, credit: str) -> None:
    ana, bo = room.joins("Ana"), room.joins("Bo")
    room.names_people_as(level)
    room.opens(StepKind.SHARE)
    sent(room, ana)
    [hint] = asks(room, bo)
    assert hint.idea.credit_line == credit
    assert str(ana.participant_id) not in repr(hint)


def test_a_cold_server_gives_no_hint_and_no_error(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.SHARE)
    sent(room, ana)
    embedders._sentence_encoder.cache_clear()
    assert asks(room, ana) == ()
    method.embed([method.Text("", "Warm again")], embedder=embedders.quick_part(embedders.default_embedder()))
    assert asks(room, ana)


def test_asking_writes_nothing(room: Room) -> None:
    ana = room.joins("Ana")
    room.opens(StepKind.SHARE)
    sent(room, ana)
    before = topics.revisions(room.db, room.id)
    assert asks(room, ana)
    assert topics.revisions(room.db, room.id) == before


def test_the_desk_is_told_of_pairs_at_tables_and_on_the_board_and_of_none_before(room: Room) -> None:
    ana, cy = room.joins("Ana"), room.joins("Cy", table=1)
    room.opens(StepKind.WRITE)
    sent(room, ana)
    again = ideas.submit(room.db, cy, IdeaDraft(TITLE, NEARLY)).idea
    ideas.submit(room.db, cy, OTHER)
    assert similar.pairs(room.db, room.moderator) == ()
    room.opens(StepKind.SHARE)
    [pair] = similar.pairs(room.db, room.moderator)
    assert [idea.number for idea in pair.both] == [1, 2]
    moderation.hide(room.db, room.moderator, again.id, reason="Twice")
    assert similar.pairs(room.db, room.moderator) == ()


def test_the_desk_is_told_of_eight_pairs_at_most(db: Database) -> None:
    room = Room(db, ideas_per_person=6)
    ana = room.joins("Ana")
    room.opens(StepKind.SHARE)
    for number in range(5):
        ideas.submit(room.db, ana, IdeaDraft(TITLE, f"{PITCH} {number}"))
    assert len(similar.pairs(room.db, room.moderator)) == 8
