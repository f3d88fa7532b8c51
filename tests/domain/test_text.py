"""What people type is kept in one normal form, or refused with a sentence."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain import text
from workshop.errors import Invalid

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
ROUGH_TEXT = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("aE\u0301\u0323\u0345\u09c7\u09be\u1100\u1161\u11a8\u200d\u200c\ufe0f\r\n\t \u2028\u202e"),
    )
)
FORBIDDEN = {"Cc", "Cf", "Co", "Cs"}


def cleaned(typed: str, *, lines: bool = False) -> str:
    return text.clean(typed, limit=10_000, lines=lines, what="pitch")


def test_a_long_title_is_refused_with_both_numbers() -> None:
    with pytest.raises(Invalid, match=r"^The title has 93 characters; 80 fit\. Please shorten it\.$"):
        text.clean("x" * 93, limit=80, what="title")


def test_characters_are_counted_after_cleaning() -> None:
    assert text.clean("  " + "e\u0301" * 80 + "\u202e\x00  ", limit=80, what="title") == "é" * 80


def test_an_empty_text_is_allowed_by_clean_and_refused_by_required() -> None:
    assert cleaned(" \n ") == ""
    with pytest.raises(Invalid, match=r"^The title is empty\. Please fill it in\.$"):
        text.required(" \n ", limit=80, what="title")


@pytest.mark.parametrize(
    "typed", ["\u200d", "\u3164", "\u2800", "\u0301", "\u115f \u200c", "\u200b", "\ufeff", "\ufe0f"]
)
def test_an_invisible_text_counts_as_empty(typed: str) -> None:
    with pytest.raises(Invalid):
        text.required(typed, limit=80, what="title")


@pytest.mark.parametrize("typed", ["x", "7", "?", "€", "👩‍🔬", "水", "ع", "\U0001fae8"])
def test_any_visible_sign_is_enough(typed: str) -> None:
    assert text.required(typed, limit=80, what="title") == typed


@given(ROUGH_TEXT, st.booleans())
def test_cleaning_twice_is_cleaning_once(typed: str, lines: bool) -> None:
    once = cleaned(typed, lines=lines)
    assert cleaned(once, lines=lines) == once


@given(ROUGH_TEXT, st.booleans())
def test_no_forbidden_character_survives(typed: str, lines: bool) -> None:
    survivors = {sign for sign in cleaned(typed, lines=lines) if unicodedata.category(sign) in FORBIDDEN}
    assert survivors <= ({"\u200c", "\u200d", "\n"} if lines else {"\u200c", "\u200d"})


@given(ROUGH_TEXT)
def test_the_result_is_composed_and_can_be_encoded(typed: str) -> None:
    normal = cleaned(typed)
    assert unicodedata.is_normalized("NFC", normal)
    assert normal.encode().decode() == normal


@given(ROUGH_TEXT)
def test_no_letter_carries_more_than_three_marks(typed: str) -> None:
    longest = run = 0
    for sign in cleaned(typed):
        if sign in "\u200c\u200d":
            continue
        run = run + 1 if unicodedata.category(sign).startswith("M") else 0
        longest = max(longest, run)
    assert longest <= text.MOST_MARKS


@given(ROUGH_TEXT)
def test_a_single_line_has_single_spaces_and_no_edges(typed: str) -> None:
    normal = cleaned(typed)
    assert normal == " ".join(normal.split())


@given(ROUGH_TEXT)
def test_lines_stay_with_at_most_one_empty_line_between(typed: str) -> None:
    normal = cleaned(typed, lines=True)
    assert "\n\n\n" not in normal
    assert normal == normal.strip()


@given(ANY_TEXT)
def test_every_way_to_write_the_same_accents_gives_the_same_text(typed: str) -> None:
    assert cleaned(unicodedata.normalize("NFD", typed)) == cleaned(unicodedata.normalize("NFC", typed))


def test_line_ends_of_every_machine_become_one() -> None:
    assert cleaned("a\r\nb\rc\u2028d\x0be\n\n\n\nf", lines=True) == "a\nb\nc\nd\ne\n\nf"
    assert cleaned("a\r\nb\tc\u00a0d") == "a b c d"


def test_text_cannot_turn_the_line_around() -> None:
    assert cleaned("pay \u202e001\u202c euros\u2066\u200f") == "pay 001 euros"


def test_families_and_persian_words_keep_their_joiners() -> None:
    for typed in ("👨‍👩‍👧", "🏳️‍🌈", "می‌خواهم"):
        assert cleaned(typed) == typed


def test_a_tower_of_accents_is_cut_and_takes_no_time() -> None:
    started = time.process_time()
    assert len(cleaned("a" + "\u0301\u0323" * 100_000)) <= 1 + text.MOST_MARKS
    assert len(cleaned("a" + "\u0336\u200d" * 100_000)) <= 2 + text.MOST_MARKS
    assert time.process_time() - started < 10


@given(ANY_TEXT)
def test_the_fingerprint_ignores_case_and_spaces(typed: str) -> None:
    assert text.fingerprint(f"  {typed}\n") == text.fingerprint(typed)
    assert text.fingerprint(cleaned(typed)) == text.fingerprint(typed)


def test_the_fingerprint_tells_texts_apart() -> None:
    prints = {text.fingerprint(typed) for typed in ("", "ab", "a b", "a  B", "A\nb", "straße", "STRASSE")}
    assert len(prints) == 4
    assert all(len(one) == 64 for one in prints)


@given(ANY_TEXT, st.integers(min_value=1, max_value=60))
def test_a_shortened_text_fits_on_one_line(typed: str, limit: int) -> None:
    short = text.shorten(typed, limit)
    assert len(short) <= limit
    assert "\n" not in short


def test_shortening_leaves_whole_signs() -> None:
    assert text.shorten("Hydrogen corridor", 40) == "Hydrogen corridor"
    assert text.shorten("Hydrogen corridor", 10) == "Hydrogen…"
    assert text.shorten("ab👩‍🔬cd", 5) == "ab…"
    assert text.shorten("abe\u0336xyz", 4) == "ab…"
