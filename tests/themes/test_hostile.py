"""Whatever a phone may send, a board comes back."""

import pytest

from workshop import themes

STRANGE = [
    "", " ", "\n\n", "a", "😀", "😀😀😀 👩‍👩‍👧‍👦", "x" * 10_000, "word " * 3_000, "\x00", "\ud800", "\u202eabc",
    "نص عربي", "日本語のアイデア", "ไทย", "<script>alert(1)</script>", "'; DROP TABLE idea; --", "1234567890", "....",
    "%s %d {0}", "İİİ", "ﬀ", "e" + "\u0301" * 50,
]  # fmt: skip


def test_every_strange_text_at_once_makes_a_board():
    texts = [themes.Text(str(place), text) for place, text in enumerate(STRANGE)]
    board = themes.propose(texts)
    assert set(board.theme_of()) == {text.id for text in texts}
    assert all(theme.name for theme in board.themes)


@pytest.mark.parametrize("words", ["", "😀", "one idea that everybody had at once. The very same words."])
@pytest.mark.parametrize("count", [0, 1, 2, 7, 8, 40])
def test_equal_texts_end_in_one_group(words, count):
    board = themes.propose([themes.Text(f"{place:02}", words) for place in range(count)])
    assert len(board.themes) == (1 if count >= 8 else 0)
    assert len(board.theme_of()) == count


def test_a_repeated_id_counts_once(texts):
    board = themes.propose([*texts, *texts], languages=["en"])
    assert len(board.theme_of()) == len(texts)


@pytest.mark.parametrize("languages", [[], ["xx"], ["tlh", "en"], ["en", "en"]])
def test_an_unknown_language_is_no_obstacle(texts, counter, languages):
    assert themes.propose(texts, embedder=counter, languages=languages).themes


def test_a_thousand_ideas_fit_on_one_board(texts, counter):
    many = [themes.Text(f"{place:04}", f"{texts[place % 32].text} {place}") for place in range(1_000)]
    board = themes.propose(many, embedder=counter, languages=["en"])
    assert len(board.theme_of()) == 1_000
    assert 2 <= len(board.themes) <= 15


def test_a_text_is_cut_at_four_hundred_characters():
    assert len(themes.Text("long", "é" * 10_000).text) == 400
    assert themes.Text("half", "good\ud800 idea").text == "good idea"
