"""Cards for the tables: one each, with a code that leads to it, whatever the table is called."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from tests.reporting import hostile
from workshop.reporting import table_cards, words
from workshop.reporting.table_cards import TableCard

NOON = datetime(2027, 5, 4, 12, 0, tzinfo=UTC)
PLACE = "https://room.example"


def opened(*tables: str) -> PdfReader:
    cards = [TableCard(table, f"{PLACE}/j/token?table={number}") for number, table in enumerate(tables, start=1)]
    return PdfReader(io.BytesIO(table_cards.render("Quiet nights", "K7QF3M", cards, place=PLACE, at=NOON)))


def test_four_cards_stand_on_a_sheet_and_each_says_what_to_do() -> None:
    sheets = opened(*(f"Table {number}" for number in range(1, 6)))
    texts = [" ".join(page.extract_text().split()) for page in sheets.pages]
    assert [text.count(words.SCAN) for text in texts] == [4, 1]
    assert all(f"Table {number}" in " ".join(texts) for number in range(1, 6))
    assert texts[0].count("K7QF3M") == 4


def test_the_same_cards_are_the_same_bytes_and_another_address_is_another_picture() -> None:
    def card(address: str) -> bytes:
        return table_cards.render("Quiet nights", "K7QF3M", [TableCard("Table 1", address)], place=PLACE, at=NOON)

    assert card(f"{PLACE}/j/one") == card(f"{PLACE}/j/one")
    assert card(f"{PLACE}/j/one") != card(f"{PLACE}/j/two")


def test_hostile_names_are_printed_and_nothing_more() -> None:
    names = [text[:80] for text in (*hostile.MARKUP, *hostile.SIGNS)]
    assert len(opened(*names).pages) == -(-len(names) // 4), "a long name does not push a card off its sheet"
