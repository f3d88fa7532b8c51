"""What a proposal finds, and what it must never undo."""

import subprocess
import sys
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.themes.conftest import WordCounter
from workshop import themes
from workshop.errors import Invalid

VOCABULARY = ("wind", "solar", "heat", "nurse", "field", "robot", "school", "ferry", "bridge", "cheese")
words = st.lists(st.sampled_from(VOCABULARY), max_size=6)
rooms = st.lists(words.map(" ".join), min_size=0, max_size=40).map(
    lambda ideas: [themes.Text(f"idea-{place:02}", idea) for place, idea in enumerate(ideas)]
)


def test_ideas_about_the_same_subject_stand_together(board, subjects):
    purest = [Counter(subjects[idea] for idea in theme.idea_ids).most_common(1)[0][1] for theme in board.themes]
    assert 3 <= len(board.themes) <= 6
    assert sum(purest) >= 0.85 * len(subjects)


def test_every_theme_says_why(board, texts):
    for theme in board.themes:
        assert theme.central_id in theme.idea_ids
        assert 0 < theme.confidence <= 1
        assert 0 < len(theme.name) <= 45
        assert any(theme.keywords[0] in board.evidence.words[idea] for idea in theme.idea_ids)
    assert board.evidence.model == themes.default_embedder().name
    assert set(board.evidence.neighbours) == {text.id for text in texts}
    assert all(len(near) == 5 for near in board.evidence.neighbours.values())


def test_names_come_from_the_subject_and_not_from_the_events_title(texts, board):
    named = " ".join(theme.name.lower() for theme in board.themes)
    assert "hydrogen" in named
    assert "farmers" in named
    told = themes.propose(texts, languages=["en"], stop_titles=["The hydrogen days of the farmers"])
    assert not any("hydrogen" in phrase.lower() for theme in told.themes for phrase in theme.keywords)


def test_the_order_of_the_ideas_does_not_matter(texts, board):
    assert themes.propose(texts[::-1], languages=["en"]) == board


def test_another_process_proposes_the_same_board(texts, board):
    script = (
        "from tests.themes.conftest import IDEAS\nfrom workshop import themes\n"
        "texts = [themes.Text(f'{s}-{p}', i) for s, ideas in IDEAS.items() for p, i in enumerate(ideas)]\n"
        "print(repr(themes.propose(texts, languages=['en'])))"
    )
    again = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "1", "PYTHONPATH": "."},
    )
    assert again.stdout.strip() == repr(board)


@pytest.mark.parametrize("count", range(8))
def test_fewer_than_eight_ideas_are_no_themes(texts, count, counter):
    board = themes.propose(texts[:count], embedder=counter)
    assert board.themes == ()
    assert sorted(board.not_sure) == sorted(text.id for text in texts[:count])
    assert board.draft


def test_below_thirty_ideas_themes_are_drafts(texts, board, counter):
    assert themes.propose(texts[:29], embedder=counter).draft
    assert not themes.propose(texts[:30], embedder=counter).draft


def test_more_themes_are_more_and_fewer_are_fewer(texts, counter):
    sentences = [sentence for text in texts for sentence in text.text.split(". ")]
    room = [themes.Text(f"{place:02}", sentence) for place, sentence in enumerate(sentences)]
    wishes: list[themes.Granularity] = ["fewer", "default", "more"]
    found = [len(themes.propose(room, embedder=counter, languages=["en"], granularity=wish).themes) for wish in wishes]
    assert found == sorted(found)
    assert found[0] < found[-1]


def test_an_unknown_granularity_is_refused_with_a_sentence(texts, counter):
    with pytest.raises(Invalid, match="fewer, default or more"):
        themes.propose(texts, embedder=counter, granularity="enormous")


def test_themes_keep_id_name_and_colour_when_ideas_arrive(texts):
    early = [text for text in texts if not text.id.endswith(("6", "7"))]
    old = themes.propose(early, languages=["en"])
    new = themes.propose(texts, languages=["en"], previous=old)
    kept = {theme.id: theme for theme in new.themes}
    same = [theme for theme in old.themes if theme.id in kept]
    assert len(same) >= len(old.themes) - 1
    for theme in same:
        assert kept[theme.id].colour == theme.colour
        shared = len(set(theme.idea_ids) & set(kept[theme.id].idea_ids))
        if shared / len(set(theme.idea_ids) | set(kept[theme.id].idea_ids)) >= 0.6:
            assert kept[theme.id].name == theme.name
    assert len({theme.id for theme in new.themes}) == len(new.themes)


def test_a_pinned_idea_stays_where_it_was_put(texts, board):
    home, elsewhere = board.themes[0], board.themes[1]
    pins = dict.fromkeys(home.idea_ids[:2], elsewhere.id)
    proposed = themes.propose(texts, languages=["en"], previous=board, pins=pins)
    assert {idea: proposed.theme_of()[idea] for idea in pins} == pins


def test_ideas_pinned_apart_stay_apart_though_they_are_twins(counter):
    twins = [themes.Text(f"twin-{place}", "the same words in every idea") for place in range(12)]
    pins = {"twin-0": "left", "twin-1": "right", "twin-2": themes.NOT_SURE}
    proposed = themes.propose(twins, embedder=counter, pins=pins)
    assert {idea: proposed.theme_of()[idea] for idea in pins} == pins


def test_a_locked_theme_grows_but_is_never_broken(texts, board):
    mixed = (*board.themes[0].idea_ids[:3], *board.themes[1].idea_ids[:3])
    rest = [replace(theme, idea_ids=tuple(set(theme.idea_ids) - set(mixed))) for theme in board.themes]
    odd = replace(board.themes[0], id="by-hand", name="Made by hand", idea_ids=mixed, locked=True, colour=7)
    proposed = themes.propose(texts, languages=["en"], previous=replace(board, themes=(odd, *rest)))
    found = next(theme for theme in proposed.themes if theme.id == "by-hand")
    assert set(mixed) <= set(found.idea_ids)
    assert (found.name, found.colour, found.locked) == ("Made by hand", 7, True)


def test_a_locked_theme_stays_when_its_ideas_have_gone(texts, board):
    alone = replace(board.themes[0], id="alone", idea_ids=("withdrawn",), locked=True)
    proposed = themes.propose(texts, languages=["en"], previous=replace(board, themes=(*board.themes, alone)))
    assert next(theme for theme in proposed.themes if theme.id == "alone").idea_ids == ()


@settings(max_examples=60)
@given(room=rooms, pinned=st.dictionaries(st.integers(0, 39), st.sampled_from(["one", "two", ""]), max_size=6))
def test_every_idea_has_one_home_and_one_place(room, pinned):
    pins = {f"idea-{place:02}": theme for place, theme in pinned.items()}
    board = themes.propose(room, embedder=WordCounter(), pins=pins, languages=["en"])
    homes = [idea for theme in board.themes for idea in theme.idea_ids] + list(board.not_sure)
    ids = sorted(text.id for text in room)
    assert sorted(homes) == ids == sorted(board.places)
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in board.places.values())
    assert all(board.theme_of()[idea] == theme for idea, theme in pins.items() if idea in ids)
    assert all(0 <= theme.colour <= 7 and theme.idea_ids for theme in board.themes)
    if len(room) >= 8:
        by_hand = sum(theme == "" for idea, theme in pins.items() if idea in ids)
        assert len(board.not_sure) <= 0.12 * len(room) + by_hand
