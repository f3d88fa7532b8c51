"""Ideas: what a form may hold, who may change what, what of it others see."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.credit import Credit
from workshop.domain.event import Anonymity
from workshop.domain.event_file import read_event
from workshop.domain.idea import (
    NOTES,
    WORDING,
    Idea,
    IdeaDraft,
    Mistakes,
    ShownIdea,
    Standing,
    Writer,
    all_shown,
    board_of,
    changed_fields,
    checked,
    draft_from,
    may_change,
    shown,
    text_hash,
)

EVENTS = Path(__file__).parents[2] / "data" / "events"
EVENT = read_event((EVENTS / "eu-us-2018.toml").read_text(encoding="utf-8"), source="eu-us-2018.toml")
THREE_SIDES = read_event((EVENTS / "harbour-2027.toml").read_text(encoding="utf-8"), source="harbour-2027.toml")
MORNING = datetime(2018, 11, 7, 10, 0, tzinfo=UTC)
ANA, TABLE = UUID(int=1), UUID(int=2)

IDEA = Idea(
    id=UUID(int=14),
    number=14,
    title="Heat",
    pitch="From the harbour",
    sectors=("clean_energy",),
    brings={"eu": "A site"},
    still_needed="A city",
    side="eu",
    author_id=ANA,
    table_id=TABLE,
    step_key="write",
    created_at=MORNING,
    credit=Credit("Table 4", "Ana", "Hub"),
)
DRAFTS = st.builds(
    IdeaDraft,
    title=st.text(max_size=20),
    pitch=st.text(max_size=20),
    sectors=st.lists(st.sampled_from(["clean_energy", "clean_tech"]), max_size=3).map(tuple),
    brings=st.dictionaries(st.sampled_from(["eu", "us"]), st.text(max_size=9)),
    still_needed=st.text(max_size=9),
)


def test_a_form_is_kept_in_its_normal_form() -> None:
    typed = IdeaDraft(" Heat ", "a\r\n\r\n\r\n\r\nb", ("clean_tech", "clean_energy"), {"us": " \u200b", "eu": " a\nb"})
    assert checked(EVENT, typed) == IdeaDraft("Heat", "a\n\nb", ("clean_energy", "clean_tech"), {"eu": "a b"}, "")


def test_only_the_title_is_required() -> None:
    assert checked(EVENT, IdeaDraft("Heat")) == IdeaDraft("Heat")
    with pytest.raises(Mistakes, match=r"^The title is empty\. Please fill it in\.$"):
        checked(EVENT, IdeaDraft("\u200d", "a long pitch"))


MISTAKES: list[tuple[dict[str, Any], str, str]] = [
    ({"title": "x" * 81}, "title", "The title has 81 characters; 80 fit. Please shorten it."),
    ({"pitch": "x" * 401}, "pitch", "The pitch has 401 characters; 400 fit. Please shorten it."),
    ({"sectors": ("astrology",)}, "sectors", "“astrology” is no sector of this event. Please pick from the list."),
    (
        {"brings": {"us": "x" * 201}},
        "brings.us",
        "The field “US brings” has 201 characters; 200 fit. Please shorten it.",
    ),
    ({"brings": {"mars": "dust"}}, "brings", "“mars” is no side of this event. Please reload the page."),
    (
        {"still_needed": "x" * 201},
        "still_needed",
        "The field “still needed” has 201 characters; 200 fit. Please shorten it.",
    ),
]


@pytest.mark.parametrize(("typed", "field", "sentence"), MISTAKES, ids=[field for _, field, _ in MISTAKES])
def test_a_mistake_is_told_in_one_sentence_at_its_field(typed: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(Mistakes) as refused:
        checked(EVENT, replace(IdeaDraft("Heat"), **typed))
    assert refused.value.by_field == {field: sentence}


def test_what_fits_exactly_is_taken() -> None:
    full = IdeaDraft("x" * 80, "x" * 400, (), {"eu": "x" * 200, "us": "x" * 200}, "x" * 200)
    assert checked(EVENT, full) == full


def test_each_event_has_the_fields_of_its_own_sides() -> None:
    brings = {side.key: side.name for side in THREE_SIDES.sides}
    assert len(brings) == 3
    assert checked(THREE_SIDES, IdeaDraft("Heat", brings=brings)).brings == brings


@given(DRAFTS)
def test_a_draft_is_read_back_as_it_was_kept(draft: IdeaDraft) -> None:
    assert draft_from(draft.as_fields()) == draft


@pytest.mark.parametrize("kept", [{}, {"title": 7, "sectors": "abc", "brings": [], "pitch": None}, {"sectors": [1]}])
def test_whatever_a_device_kept_is_read_as_some_draft(kept: dict[str, Any]) -> None:
    assert draft_from(kept) == IdeaDraft("")


@given(DRAFTS, DRAFTS)
def test_two_forms_have_the_same_hash_only_if_they_say_the_same(one: IdeaDraft, other: IdeaDraft) -> None:
    if text_hash(one) == text_hash(other):
        assert one.title.casefold().split() == other.title.casefold().split() or not one.title.isascii()
        assert sorted(one.sectors) == sorted(other.sectors)


@pytest.mark.parametrize("field", sorted(WORDING | NOTES))
def test_every_field_counts_in_the_hash(field: str) -> None:
    other: dict[str, Any] = {"sectors": ("clean_tech",), "brings": {"us": "A site"}}
    assert text_hash(replace(IDEA.draft, **{field: other.get(field, "something else")})) != text_hash(IDEA.draft)
    assert changed_fields(IDEA.draft, replace(IDEA.draft, **{field: other.get(field, "x")})) == {field}


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.KEPT_BACK),
        ({"published_at": MORNING}, Standing.PUBLISHED),
        ({"published_at": MORNING, "merged_into_id": UUID(int=3)}, Standing.MERGED),
        ({"published_at": MORNING, "hidden_at": MORNING}, Standing.HIDDEN),
        ({"published_at": MORNING, "hidden_at": MORNING, "withdrawn_at": MORNING}, Standing.WITHDRAWN),
    ],
)
def test_an_idea_stands_where_the_strongest_event_put_it(changes: dict[str, Any], standing: Standing) -> None:
    idea = replace(IDEA, **changes)
    assert idea.standing is standing
    assert bool(board_of([idea], Anonymity.NAMED)) == (standing is Standing.PUBLISHED)


BO, ELSEWHERE = UUID(int=8), UUID(int=9)


@pytest.mark.parametrize(
    ("writer", "alone", "sharing"),
    [
        (Writer(frozenset({ANA}), TABLE), WORDING | NOTES, WORDING | NOTES),
        (Writer(frozenset({ANA}), ELSEWHERE), WORDING | NOTES, WORDING | NOTES),
        (Writer(frozenset({BO}), TABLE), frozenset(), NOTES),
        (Writer(frozenset({BO}), ELSEWHERE), frozenset(), frozenset()),
        (Writer(frozenset({BO}), None), frozenset(), frozenset()),
        (Writer(frozenset({BO}), TABLE, tablet=True), frozenset(), WORDING | NOTES),
        (Writer(frozenset({BO}), ELSEWHERE, tablet=True), frozenset(), frozenset()),
        (Writer(frozenset({ANA, BO}), TABLE, tablet=True), WORDING | NOTES, WORDING | NOTES),
    ],
)
def test_the_pen_is_the_authors_and_at_the_table_the_tables(
    writer: Writer, alone: frozenset[str], sharing: frozenset[str]
) -> None:
    assert may_change(IDEA, writer, table_sees_it=False) == alone
    assert may_change(IDEA, writer, table_sees_it=True) == sharing
    assert may_change(replace(IDEA, is_merge=True), writer, table_sees_it=True) == frozenset()


@pytest.mark.parametrize("gone", [{"hidden_at": MORNING}, {"withdrawn_at": MORNING}, {"merged_into_id": UUID(int=3)}])
def test_what_left_the_table_is_changed_by_its_author_at_most(gone: dict[str, Any]) -> None:
    idea = replace(IDEA, **gone)
    assert may_change(idea, Writer(frozenset({BO}), TABLE, tablet=True), table_sees_it=True) == frozenset()
    assert may_change(idea, Writer(frozenset({ANA}), TABLE), table_sees_it=True) == WORDING | NOTES


def test_somebody_without_a_table_is_not_at_the_table_of_others_without_one() -> None:
    idea = replace(IDEA, table_id=None)
    assert may_change(idea, Writer(frozenset({BO}), None), table_sees_it=True) == frozenset()


def test_a_shown_idea_holds_no_id_of_a_person_or_table() -> None:
    names = {field.name for field in fields(ShownIdea)}
    assert not names & {"author_id", "table_id", "credit", "author"}
    assert str(ANA) not in repr(shown(IDEA, Anonymity.NAMED))


@pytest.mark.parametrize("level", list(Anonymity))
def test_a_merged_idea_is_credited_to_all_its_originals_at_the_level(level: Anonymity) -> None:
    parent = replace(IDEA, id=UUID(int=20), number=20, is_merge=True, published_at=MORNING, credit=Credit())
    second = replace(IDEA, id=UUID(int=15), number=15, credit=Credit("Table 5", "Bo", None), merged_into_id=parent.id)
    first = replace(IDEA, merged_into_id=parent.id)
    [board] = board_of([parent, second, first], level)
    lines = {Anonymity.ANONYMOUS: "", Anonymity.TABLE_TAG: "Table 4 · Table 5", Anonymity.NAMED: "Ana, Hub · Bo"}
    assert board.credit_line == lines[level]
    assert [original.number for original in board.originals] == [14, 15]
    assert [idea.number for idea in all_shown([parent, second, first], level)] == [14, 15, 20]
