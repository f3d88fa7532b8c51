"""Phrases and the names made of them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from workshop.themes.names import LONGEST_NAME, PLEASE_NAME, names_of, shortened
from workshop.themes.words import phrases_of, stem, stems_of, stop_words, vague_stems

HEAT = ["District heating for the old town", "A district heating network", "Heat pumps beside district heating"]
SHIPS = ["Ferries with batteries", "Battery ferries for the fjord", "Small ferries, big batteries"]


def named(texts, labels, titles):
    found = phrases_of(texts, ["en"] * len(texts))
    return names_of(np.array(labels), found, titles, meaning=None, home="en")


def test_forms_of_a_word_are_one_word():
    found = phrases_of(["ferries and batteries", "ferry, battery"], ["en", "en"])
    assert stems_of("Ferries", "en") in found.by_text[1]


def test_phrases_do_not_begin_with_a_stop_word_or_cross_a_full_stop():
    found = phrases_of(["The heat of the sea. Ferries"], ["en"])
    assert set(found.written.values()) == {"heat", "sea", "ferries"} | {"heat of the"} - {"heat of the"}


def test_abbreviations_keep_their_letters_and_sentence_starts_do_not():
    found = phrases_of(["Energy from CO2", "the CO2 of energy"], ["en", "en"])
    assert {"CO2", "energy"} <= set(found.written.values())


def test_possessives_and_elisions_leave_the_word():
    found = phrases_of(["Europe's ports", "l'énergie d'hiver"], ["en", "fr"])
    assert {"europe", "ports", "énergie", "hiver"} <= {form.casefold() for form in found.written.values()}


def test_scripts_without_spaces_have_phrases_too():
    assert "太陽" in phrases_of(["太陽光発電", "太陽の村"], ["ja", "ja"]).written.values()


def test_a_subject_in_one_language_is_not_silenced_by_another():
    assert "car" in stop_words("fr")
    assert "car" not in stop_words("en")


def test_a_theme_is_named_after_what_only_it_contains():
    heat, ships = named(HEAT + SHIPS, [0, 0, 0, 1, 1, 1], ["Heat", "Ships"])
    assert heat.text.lower().startswith("district heating")
    assert heat.confidence == 1.0
    assert "ferries" in ships.text.lower()
    assert ships.subtitle == "Ships"


def test_a_theme_without_common_words_asks_for_a_name():
    texts = ["apple", "bridge", "candle", "donkey", *HEAT]
    strange, _ = named(texts, [0, 0, 0, 0, 1, 1, 1], ["A title of its own", "Heat"])
    assert (strange.text, strange.subtitle) == ("A title of its own", PLEASE_NAME)
    assert strange.confidence < 0.22


def test_two_themes_never_share_their_first_word():
    texts = [f"ferries {word}" for word in ["red", "blue", "green", "red", "blue", "green"]] + HEAT
    names = named(texts, [0, 0, 0, 1, 1, 1, 2, 2, 2], ["One", "Two", "Three"])
    firsts = [name.keywords[0] for name in names if name.subtitle != PLEASE_NAME]
    assert len(set(firsts)) == len(firsts)


@given(st.text(max_size=200))
def test_a_shortened_text_fits(text):
    assert len(shortened(text)) <= LONGEST_NAME


def test_a_word_that_fits_any_proposal_is_no_name_alone_but_inside_of_a_phrase_it_may_be():
    assert stem("solutions", "en") in vague_stems("en")
    assert stem("Lösungen", "de") in vague_stems("de")
    assert not {stem(word, "en") for word in ("buildings", "cities", "hydrogen", "materials")} & vague_stems("en")
    texts = ["A smart grid solution for islands", "Smart grid solutions with storage", "One solution: a smart grid"]
    others = ["Wooden houses from the region"] * 3
    assert named(texts + others, [0, 0, 0, 1, 1, 1], ["Islands", "Houses"])[0].text == "Smart grid"
