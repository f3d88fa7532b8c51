"""Phrases and the names made of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.themes.board import Board, Theme
from workshop.themes.evidence import explained
from workshop.themes.names import LONGEST_NAME, PLEASE_NAME, names_of, shortened
from workshop.themes.room import Room
from workshop.themes.subjects import subjects
from workshop.themes.support import Meaning, Support
from workshop.themes.words import phrases_of, stem, stems_of, stop_words, vague_stems

HEAT = ["District heating for the old town", "A district heating network", "Heat pumps beside district heating"]
SHIPS = ["Ferries with batteries", "Battery ferries for the fjord", "Small ferries, big batteries"]


# A ward in three languages, beside two other subjects of which every language has its own word.
LANGUAGES = ["en", "de", "fr", "es"] * 2
MIXED = [
    "Nurses for the hospital", "Ein Krankenhaus am Fluss", "Un hôpital ouvert", "Un hospital abierto",
    "Ferries on the fjord", "Leise Fähren", "Des bateaux légers", "Unos barcos ligeros",
]  # fmt: skip
SUBJECTS = [("hospitals", "hospital", "krankenhaus", "hôpital"), ("ships", "ferries", "fähren", "bateaux", "barcos")]
WIDTH = 1_000
EVERYWHERE = np.ones((3, WIDTH)) / 2


def named(texts, labels, titles, *, languages=(), meaning=None, directions=EVERYWHERE):
    found = phrases_of(texts, languages or ["en"] * len(texts))
    return names_of(np.array(labels), Support(found, meaning, home="en"), titles, directions=directions)


def a_dictionary(knows=lambda language: True, also=SUBJECTS):
    """Vectors that are equal for words of one meaning, and at right angles for everything else."""
    seen: dict[str, int] = {}

    def vectors(phrases):
        rows = np.zeros((len(phrases), WIDTH))
        for row, phrase in enumerate(phrases):
            word = phrase.casefold()
            subject = next((number for number, words in enumerate(also) if word in words), None)
            rows[row, seen.setdefault(word, len(seen) + len(also)) if subject is None else subject] = 1.0
        return rows

    return Meaning(vectors, knows)


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


def test_a_word_and_its_translations_name_a_theme_in_the_language_of_the_workshop():
    ward, boats = named(MIXED, [0] * 4 + [1] * 4, ["A", "B"], languages=LANGUAGES, meaning=a_dictionary())
    assert (ward.text.split(", ")[0], ward.confidence) == ("Hospitals", 1.0)
    assert (boats.text, boats.confidence) == ("Ships", 1.0)


def test_without_a_model_a_word_of_a_single_idea_is_no_name():
    _, boats = named(MIXED, [0] * 4 + [1] * 4, ["A", "B"], languages=LANGUAGES)
    assert (boats.text, boats.subtitle) == ("B", PLEASE_NAME)


def test_likeness_in_a_language_that_the_model_does_not_know_proves_nothing():
    spoken = ["da", "de", "fr", "es"] * 2
    texts = [MIXED[0], *MIXED[1:4], "Færger paa fjorden", *MIXED[5:]]
    meaning = a_dictionary(lambda language: language not in ("da", "de", "fr", "es"))
    _, boats = named(texts, [0] * 4 + [1] * 4, ["A", "B"], languages=spoken, meaning=meaning)
    assert boats.subtitle == PLEASE_NAME


def test_ideas_that_mean_the_same_without_a_common_word_are_named_after_their_subject():
    texts = ["Ferries for the north", "Bateaux of the south", "Barcos of the east", *HEAT]
    boats, _ = named(texts, [0, 0, 0, 1, 1, 1], ["Boats", "Heat"], meaning=a_dictionary())
    assert (boats.text, boats.confidence, boats.keywords) == ("Ships", 1.0, ("ships",))
    alone, _ = named(texts, [0, 0, 0, 1, 1, 1], ["Boats", "Heat"])
    assert alone.subtitle == PLEASE_NAME


def test_in_a_mixed_room_a_word_of_one_idea_names_a_theme_if_two_others_mean_the_same():
    spoken = ["en", "de", "fr", "de", "en", "en", "en"]
    texts = ["A windmill", "Eine Windmühle", "Un moulin", "Etwas anderes", *HEAT]
    meaning = a_dictionary(also=[("windmill", "windmühle", "moulin")])
    labels = [0, 0, 0, 0, 1, 1, 1]
    assert named(texts, labels, ["A", "B"], languages=spoken, meaning=meaning)[0].text == "Windmill"
    texts[2] = "Une autre chose"
    assert named(texts, labels, ["A", "B"], languages=spoken, meaning=meaning)[0].subtitle == PLEASE_NAME


def test_one_word_that_may_mean_something_else_makes_no_subject():
    texts = ["Barcos for the north", "Barcos of the south", "Something of the east", *HEAT]
    boats, _ = named(texts, [0, 0, 0, 1, 1, 1], ["Boats", "Heat"], meaning=a_dictionary())
    assert boats.text == "Barcos"


def test_a_subject_that_lies_elsewhere_is_no_name():
    texts = ["Ferries for the north", "Bateaux of the south", "Barcos of the east", *HEAT]
    away = -EVERYWHERE
    boats, _ = named(texts, [0, 0, 0, 1, 1, 1], ["Boats", "Heat"], meaning=a_dictionary(), directions=away)
    assert boats.subtitle == PLEASE_NAME


def test_the_subject_of_the_whole_event_names_no_theme():
    texts = ["Ferries for the north", "Bateaux of the south", "Barcos of the east", *HEAT]
    phrases = phrases_of(texts, ["en"] * 6, ["Ships of tomorrow"])
    support = Support(phrases, a_dictionary(), home="en")
    boats = names_of(np.array([0, 0, 0, 1, 1, 1]), support, ["Boats", "Heat"], directions=EVERYWHERE)[0]
    assert boats.subtitle == PLEASE_NAME


@pytest.mark.parametrize(("home", "name"), [("de", "Schiffe"), ("da", "Skibe"), ("xx", PLEASE_NAME)])
def test_a_subject_is_called_as_the_workshop_calls_it_or_not_at_all(home: str, name: str) -> None:
    texts = ["Ferries for the north", "Bateaux of the south", "Barcos of the east", *HEAT]
    meaning = a_dictionary(lambda language: language != "da", also=[*SUBJECTS[:1], ("schiffe", *SUBJECTS[1])])
    support = Support(phrases_of(texts, ["en"] * 6), meaning, home=home)
    boats = names_of(np.array([0, 0, 0, 1, 1, 1]), support, ["Boats", "Heat"], directions=EVERYWHERE)[0]
    assert name in (boats.text, boats.subtitle)


def test_a_second_phrase_is_of_the_language_of_the_first():
    texts = ["Ferries nach Oslo", "Fähren nach Oslo", "Bateaux nach Oslo", *HEAT]
    spoken = ["de", "de", "fr", "en", "en", "en"]
    boats, _ = named(texts, [0, 0, 0, 1, 1, 1], ["Boats", "Heat"], languages=spoken, meaning=a_dictionary())
    assert (boats.text, "Oslo" in boats.keywords) == ("Ships", True)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "da"])
def test_every_subject_can_be_told_from_the_others_and_fits_on_a_map(language: str) -> None:
    called = subjects(language)
    forms = [stems_of(subject, language) for subject in called]
    assert len(called) > 300
    assert all(forms)
    assert len(set(forms)) == len(forms)
    assert max(map(len, called)) <= 28


def test_a_translation_counts_as_the_word_itself_and_another_word_of_its_language_does_not():
    support = Support(phrases_of([*MIXED, "Bateaux to rent"], [*LANGUAGES, "en"]), a_dictionary(), home="en")
    assert support.share("Ferries", np.arange(4, 8)) == 1.0
    assert support.share("Ferries", np.array([8])) == 0
    assert support.share("Ferries", np.arange(4)) == 0
    assert support.share("nobody says this", np.arange(4)) == 0
    assert support.share("Ferries", np.array([], dtype=np.int64)) == 0


@pytest.mark.parametrize(("texts", "name"), [
    (["Photovoltaic roofs, PV", "PV, photovoltaic walls", "Photovoltaic PV"], "Photovoltaic"),
    (["EV: electric vehicles", "Electric vehicles (EV)", "The EV. Electric vehicles"], "Electric vehicles"),
    (["Win, Winfrey", "Winfrey, a win", "The win of Winfrey"], "Win"),
])  # fmt: skip
def test_initials_and_longer_forms_of_the_first_phrase_are_no_second_one(texts: list[str], name: str) -> None:
    found = named(texts + HEAT, [0] * len(texts) + [1] * len(HEAT), ["A title", "Heat"])[0]
    assert ", " not in found.text
    assert found.text.casefold() in {name.casefold(), *(word.casefold() for word in ("PV", "EV", "Winfrey"))}


def test_the_evidence_counts_an_idea_that_says_a_keyword_in_its_own_language():
    ids = tuple(map(str, range(len(MIXED))))
    rows = np.repeat(np.eye(2), 4, axis=0)
    room = Room(ids, tuple(MIXED), tuple(MIXED), tuple(LANGUAGES), rows, rows)
    ward = Theme("w", "Ward", "", ("hospital", "nurses"), ids[:4], 1.0, 0, locked=False, central_id="0")
    boats = Theme("b", "Boats", "", ("ferries",), ids[4:], 1.0, 1, locked=False, central_id="4")
    support = Support(phrases_of(MIXED, LANGUAGES), a_dictionary(), home="en")
    told = explained(Board(themes=(ward, boats)), room, support).evidence.words
    assert [told[idea] for idea in ids] == [("hospital", "nurses")] + 3 * [("hospital",)] + 4 * [("ferries",)]
