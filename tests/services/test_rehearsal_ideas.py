from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.event_file import read_event
from workshop.domain.idea import IdeaDraft, checked
from workshop.domain.text import is_blank
from workshop.errors import Invalid
from workshop.services import rehearsal_cast, rehearsal_event
from workshop.services.rehearsal_ideas import SAMPLE, read_ideas, title_and_pitch

EVENTS = sorted((Path(__file__).parents[2] / "data" / "events").glob("*.toml"))
EVENT = read_event(EVENTS[0].read_text(encoding="utf-8"), source="the event")


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "ideas.csv"
    path.write_bytes(text.encode(encoding))
    return path


def pairs(path: Path) -> list[tuple[str, str]]:
    return [(idea.title, idea.pitch) for idea in read_ideas(path, most=100, seed=0)]


def test_a_short_first_sentence_is_the_title_and_the_rest_the_pitch():
    assert title_and_pitch("Share one test bed. Both sides pay half. Start in May.") == (
        "Share one test bed",
        "Both sides pay half. Start in May.",
    )


def test_a_long_sentence_is_cut_between_words_and_goes_on_in_the_pitch():
    title, pitch = title_and_pitch(f"Widen the road {'so that lorries pass ' * 6}and paint it. Soon.")
    assert len(title) <= 80
    assert title.endswith("pass…")
    assert pitch.startswith("…so that lorries pass")
    assert pitch.endswith("and paint it. Soon.")


def test_a_title_that_the_text_repeats_stands_once():
    assert title_and_pitch("Better cells. They last longer.", "Better cells") == ("Better cells", "They last longer.")


def test_a_pitch_that_is_too_long_ends_with_a_mark_after_a_whole_word():
    _, pitch = title_and_pitch("Begin. " + "word " * 200)
    assert 380 < len(pitch) <= 400
    assert pitch.endswith("word…")


@given(st.text(), st.text())
def test_every_text_becomes_an_idea_that_the_room_takes_or_shows_nothing(text: str, title: str):
    wording, pitch = title_and_pitch(text, title)
    if not is_blank(wording):
        checked(EVENT, IdeaDraft(wording, pitch))


@given(st.text(alphabet="ab .", min_size=1, max_size=300))
def test_nothing_is_lost_of_a_text_that_fits(text: str):
    wording, pitch = title_and_pitch(text)
    letters = "".join(letter for letter in wording + pitch if letter in "ab")
    assert letters == "".join(letter for letter in text if letter in "ab")


def test_columns_are_found_whatever_their_order_capitals_and_separator(tmp_path: Path):
    file = written(tmp_path, "﻿Label;TEXT;Title\r\nx;One. Two.;One\r\n\r\n;;\r\n")
    assert pairs(file) == [("One", "Two.")]


def test_in_a_single_column_a_comma_is_a_comma_with_quotes_or_without(tmp_path: Path):
    file = written(tmp_path, 'text\nFirst idea. With words, many\n"Second, with a comma"\n\n')
    assert pairs(file) == [("First idea", "With words, many"), ("Second, with a comma", "")]


def test_a_title_alone_stays_whole_or_goes_on_in_the_pitch(tmp_path: Path):
    (short, none), (long, rest) = pairs(written(tmp_path, f"title\nA. B. C.\n{'one two ' * 20}\n"))
    assert (short, none) == ("A. B. C.", "")
    assert long.endswith("…")
    assert rest.startswith("…")
    assert f"{long}{rest}".replace("…", " ").split() == ["one", "two"] * 20


def test_title_and_pitch_are_taken_as_they_are(tmp_path: Path):
    assert pairs(written(tmp_path, "title,pitch\nA. B. C.,Because.\n")) == [("A. B. C.", "Because.")]


def test_of_too_many_rows_a_sample_is_taken_the_same_for_the_same_seed(tmp_path: Path):
    file = written(tmp_path, "title\n" + "".join(f"Idea {number}\n" for number in range(50)))
    first = read_ideas(file, most=10, seed=1)
    assert len(first) == 10
    assert first == read_ideas(file, most=10, seed=1) != read_ideas(file, most=10, seed=2)


@pytest.mark.parametrize(
    ("content", "encoding", "says"),
    [
        ("name,label\na,b\n", "utf-8", "has no column “text” or “title”; it has: name, label"),
        ("", "utf-8", "it has: none"),
        ("text\n\n  \n", "utf-8", "every row is empty"),
        ("text\nÜber alles\n", "latin-1", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_what_to_do(tmp_path: Path, content: str, encoding: str, says: str):
    with pytest.raises(Invalid, match=says):
        read_ideas(written(tmp_path, content, encoding), most=10, seed=0)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(Invalid, match="cannot be read"):
        read_ideas(tmp_path / "nowhere.csv", most=10, seed=0)


def test_the_bundled_ideas_are_many_from_both_sides_and_all_sectors():
    found = read_ideas(SAMPLE, most=1000, seed=0)
    assert len(found) >= 80
    assert {idea.side for idea in found} == {side.key for side in EVENT.sides}
    assert {sector for idea in found for sector in idea.sectors} == {sector.key for sector in EVENT.sectors}


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_the_copy_of_an_event_differs_in_its_limits_only(path: Path):
    text = path.read_text(encoding="utf-8")
    original = read_event(text, source=path.name)
    copy = rehearsal_event.with_room(text, source=path.name, needs={"ideas_per_person": 9, "tables": 20}).event
    assert copy.limits.ideas_per_person == 9
    assert len(set(copy.tables)) == len(copy.tables) == 20
    assert copy.tables[: len(original.tables)] == original.tables
    assert replace(copy, limits=original.limits, tables=original.tables) == original


@given(people=st.integers(2, 1000), ideas=st.integers(0, 1000))
def test_a_room_of_any_size_gets_tables_and_people_of_both_sides(people: int, ideas: int):
    tables = rehearsal_cast.tables_for(EVENT, people=people, ideas=ideas)
    assert 1 <= tables <= min(people, 200)
    cast = rehearsal_cast.cast(EVENT, people=people, tables=tables, seed=0) if people < 60 else ()
    assert len(cast) in {people, 0}
    assert {person.side for person in cast} in ({"eu", "us"}, set())
