"""One idea more: it finds its place and nobody else moves."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.themes.conftest import WordCounter
from workshop import themes


def test_a_newcomer_joins_the_theme_it_speaks_of(texts, board):
    newcomer = themes.Text("new", "Hydrogen ferries. Fuel cell ferries that refuel with hydrogen in the port.")
    grown = themes.place(newcomer, board, texts)
    home = next(theme for theme in grown.themes if "new" in theme.idea_ids)
    assert sum(idea.startswith("hydrogen") for idea in home.idea_ids) >= 5
    assert "hydrogen" in " ".join(grown.evidence.words["new"]).lower()


def test_nobody_else_moves(texts, board):
    grown = themes.place(themes.Text("new", "A choir for everybody. Singing together at lunch."), board, texts)
    compared = themes.changes(board, grown)
    assert (compared.moved, compared.new_themes, compared.gone_themes, compared.renamed) == ((), (), (), ())
    assert compared.arrived == ("new",)
    assert {idea: grown.places[idea] for idea in board.places} == dict(board.places)
    assert [(theme.id, theme.name, theme.colour) for theme in grown.themes] == [
        (theme.id, theme.name, theme.colour) for theme in board.themes
    ]


def test_an_idea_that_is_there_already_stays_put(texts, board):
    assert themes.place(themes.Text(texts[0].id, "Something else entirely"), board, texts) == board


def test_before_there_are_themes_a_newcomer_waits(texts, counter):
    board = themes.propose(texts[:3], embedder=counter)
    grown = themes.place(texts[3], board, texts[:3], embedder=counter)
    assert texts[3].id in grown.not_sure
    assert texts[3].id in grown.places


def test_the_first_idea_of_a_room_finds_an_empty_board(texts, counter):
    grown = themes.place(texts[0], themes.Board(), [], embedder=counter)
    assert grown.not_sure == (texts[0].id,)


def test_a_newcomer_never_lands_in_an_emptied_theme(texts, board):
    empty = replace(board.themes[0], id="empty", idea_ids=(), locked=True)
    grown = themes.place(themes.Text("new", "Zzz"), replace(board, themes=(empty, *board.themes)), texts)
    assert grown.theme_of()["new"] != "empty"


@settings(max_examples=30)
@given(newcomers=st.lists(st.text(max_size=40), min_size=1, max_size=4))
def test_however_strange_the_newcomers_the_others_hold_still(newcomers):
    room = [themes.Text(f"idea-{place:02}", f"wind {'solar ' * (place % 3)}{place}") for place in range(12)]
    board = before = themes.propose(room, embedder=WordCounter(), languages=["en"])
    for place, words in enumerate(newcomers):
        newcomer = themes.Text(f"new-{place}", words)
        board = themes.place(newcomer, board, room, embedder=WordCounter(), languages=["en"])
        room = [*room, newcomer]
    assert themes.changes(before, board).moved == ()
    assert set(board.places) == {text.id for text in room}


def test_a_newcomer_in_another_language_says_the_words_of_its_theme(texts, board):
    newcomer = themes.Text("neu", "Wasserstoff im Hafen. Brennstoffzellen treiben die Fähren an, ganz ohne Diesel.")
    grown = themes.place(newcomer, board, texts, languages=["en", "de"])
    home = next(theme for theme in grown.themes if "neu" in theme.idea_ids)
    assert sum(idea.startswith("hydrogen") for idea in home.idea_ids) >= 5
    assert "hydrogen" in grown.evidence.words["neu"]
