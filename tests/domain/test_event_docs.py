"""The page for organisers and the rules of the file say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from workshop.domain.event import StepKind
from workshop.domain.event_file import SCHEMA
from workshop.domain.event_rules import Listing, Record, Rule

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")


def _tables_of(schema: Record) -> dict[str, Record]:
    inner = {name: rule.of if isinstance(rule, Listing) else rule for name, rule in schema.rules.items()}
    return {"The event": schema} | {name: rule for name, rule in inner.items() if isinstance(rule, Record)}


TABLES = _tables_of(SCHEMA)


def _rows(heading: str) -> list[list[str]]:
    """The rows of the first table under a heading: key, meaning, allowed."""
    section = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    text = next(part for part in section if part.startswith(f"{heading}\n"))
    table = re.search(r"\| key \|.*\n\|---.*\n((?:\|.*\n)+)", text)
    assert table is not None, heading
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table[1].splitlines()]


def _allowed(rule: Rule) -> str:
    return "a table" if isinstance(rule, Record) else rule.allowed


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_stands_on_the_page_with_what_is_allowed(heading: str) -> None:
    written = [(key.strip("`"), allowed) for key, _, allowed in _rows(heading)]
    assert written == [(key, _allowed(rule)) for key, rule in TABLES[heading].rules.items()]


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_has_a_meaning_and_the_optional_ones_say_so(heading: str) -> None:
    meanings = {key.strip("`"): meaning for key, meaning, _ in _rows(heading)}
    assert all(len(meaning) > 5 for meaning in meanings.values())
    assert {key for key, meaning in meanings.items() if "*optional*" in meaning} == set(TABLES[heading].left_out)


def test_every_kind_of_step_is_explained_once_in_the_order_of_a_run_of_show() -> None:
    kinds = PAGE[PAGE.index("| kind |") :].split("\n\n", maxsplit=1)[0]
    assert re.findall(r"^\| `(\w+)` \| .+ \|$", kinds, flags=re.MULTILINE) == [str(kind) for kind in StepKind]


def test_the_links_of_the_page_lead_somewhere() -> None:
    headings = {heading.strip().lower().replace(" ", "-") for heading in re.findall(r"^## (.+)$", PAGE, re.MULTILINE)}
    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) <= headings
