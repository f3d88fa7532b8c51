"""The ideas and people of a rehearsal fit the built-in event and could stand in a real room."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from workshop.domain import text
from workshop.domain.event import Event
from workshop.domain.event_file import read_event
from workshop.domain.event_rules import EMAIL

DATA = Path(__file__).parents[2] / "data"


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / "ideas" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


IDEAS, PEOPLE = _read("sample.csv"), _read("people.csv")


@pytest.fixture(scope="module")
def event() -> Event:
    return read_event((DATA / "events" / "eu-us-2018.toml").read_text(encoding="utf-8"), source="eu-us-2018.toml")


def test_the_columns_follow_from_the_sides_of_the_event(event: Event) -> None:
    brings = [f"brings_{side.key}" for side in event.sides]
    assert list(IDEAS[0]) == ["title", "pitch", "side", "sectors", *brings, "still_needed"]
    assert list(PEOPLE[0]) == ["name", "organisation", "side", "sectors", "country"]


def test_there_are_enough_ideas_and_people_and_none_stands_twice() -> None:
    assert len({idea["title"].casefold() for idea in IDEAS}) == len(IDEAS) >= 90
    assert len({idea["pitch"].casefold() for idea in IDEAS}) == len(IDEAS)
    assert len({person["name"].casefold() for person in PEOPLE}) == len(PEOPLE) >= 80


def test_every_idea_fits_the_form() -> None:
    for idea in IDEAS:
        assert text.required(idea["title"], limit=80, what="title") == idea["title"]
        assert text.required(idea["pitch"], limit=350, what="pitch") == idea["pitch"]
        assert len(idea["pitch"]) >= 80, idea["title"]
        assert all(value == value.strip() for value in idea.values())


@pytest.mark.parametrize("rows", [IDEAS, PEOPLE], ids=["ideas", "people"])
def test_every_side_and_sector_is_one_of_the_event(rows: list[dict[str, str]], event: Event) -> None:
    for row in rows:
        event.side(row["side"])
        sectors = row["sectors"].split(";")
        assert len(set(sectors)) == len(sectors)
        for sector in sectors:
            event.sector(sector)


def test_both_sides_have_ideas_in_every_sector(event: Event) -> None:
    found = Counter((idea["side"], sector) for idea in IDEAS for sector in idea["sectors"].split(";"))
    assert min(found[side.key, sector.key] for side in event.sides for sector in event.sectors) >= 5


def test_an_organisation_has_one_side_and_the_delegation_its_thirteen() -> None:
    sides = {(person["organisation"], person["side"]) for person in PEOPLE}
    assert len(sides) == len({organisation for organisation, _ in sides})
    delegation = {organisation for organisation, side in sides if side == "us"}
    assert len(delegation) == 13
    assert len({organisation.rpartition(", ")[2] for organisation in delegation}) == 8


def test_a_room_of_sixty_has_both_sides_from_the_first_people_on() -> None:
    assert {person["side"] for person in PEOPLE[:4]} == {"eu", "us"}
    assert Counter(person["side"] for person in PEOPLE[:60])["us"] >= 10


def test_no_sample_holds_an_address() -> None:
    assert not [value for row in IDEAS + PEOPLE for value in row.values() if EMAIL.search(value)]
