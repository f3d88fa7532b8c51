"""Signs that no bundled font has become boxes; the others stay as they are."""

from __future__ import annotations

import pytest

from tests.reporting import hostile
from workshop.reporting.glyphs import BOX, FONTS, families, heading, printable


@pytest.mark.parametrize(
    "text",
    [
        "Łódź, Ærø & København",
        "Ελληνικά",
        "Українська",
        "مرحبا",
        "שלום",
        "नमस्ते",
        "สวัสดี",
        "გამარჯობა",
        "Բարեւ",
        "👩‍🔬 🏳️‍🌈 1️⃣ 🇩🇰 👍🏽",
        "→ ✓ ∑ €",
    ],
)
def test_what_the_fonts_have_stays(text: str) -> None:
    assert printable(text) == text


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("水 power", BOX + " power"),
        ("日本", BOX * 2),
        ("a\u064e", "a"),  # an Arabic vowel on a Latin letter: no font has both
        ("水\u0301", BOX),
        ("水🏽", BOX),
        ("\ue000 x", "x"),
        ("\u0301", "\u0301"),
    ],
)
def test_what_they_lack_becomes_a_box_and_a_foreign_mark_is_left_out(typed: str, printed: str) -> None:
    assert printable(typed) == printed


def test_a_line_may_end_inside_a_very_long_word() -> None:
    printed = printable("W" * 400)
    assert printed.replace("\u200b", "") == "W" * 400
    assert max(map(len, printed.split("\u200b"))) <= 24
    assert printable("an ordinary sentence") == "an ordinary sentence"


def test_printing_twice_is_printing_once() -> None:
    for text in hostile.TEXTS:
        assert printable(printable(text)) == printable(text)


def test_an_invisible_heading_gets_words() -> None:
    assert heading("\u200d") == "(no name)"
    assert heading("Ports") == "Ports"


def test_every_font_comes_with_its_licence() -> None:
    assert families()[0] == "Noto Sans"
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")
