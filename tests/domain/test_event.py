from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from workshop.domain.event import OPEN_ENDED_KINDS, Event, StepKind, to_utc
from workshop.domain.event_file import read_event
from workshop.errors import NotFound

EVENTS = Path(__file__).parents[2] / "data" / "events"


@pytest.fixture(scope="module")
def roundtable() -> Event:
    return read_event((EVENTS / "eu-us-2018.toml").read_text(encoding="utf-8"), source="eu-us-2018.toml")


@pytest.fixture(scope="module")
def harbour() -> Event:
    return read_event((EVENTS / "harbour-2027.toml").read_text(encoding="utf-8"), source="harbour-2027.toml")


def test_the_roundtable_plans_every_kind_of_step_in_its_eighty_minutes(roundtable: Event) -> None:
    assert [step.kind for step in roundtable.run_of_show] == list(StepKind)
    assert roundtable.planned_minutes == 80
    assert [step.minutes for step in roundtable.run_of_show] == [0, 7, 6, 12, 13, 5, 4, 3, 6, 14, 6, 4, 0]
    assert [step.least_minutes for step in roundtable.run_of_show] == [0, 4, 4, 8, 7, 3, 3, 2, 4, 9, 4, 3, 0]


def test_the_roundtable_starts_at_eleven_in_copenhagen_which_is_ten_in_utc(roundtable: Event) -> None:
    assert roundtable.starts_at == datetime(2018, 11, 7, 10, 0, tzinfo=UTC)
    assert roundtable.ends_at == datetime(2018, 11, 7, 11, 20, tzinfo=UTC)
    assert roundtable.starts_at.tzinfo is UTC


def test_registration_closed_before_the_clocks_went_back(roundtable: Event, harbour: Event) -> None:
    assert roundtable.registration_closes_at == datetime(2018, 10, 26, 12, 0, tzinfo=UTC)
    assert harbour.registration_closes_at is None


def test_the_agenda_tells_who_speaks_and_when(roundtable: Event) -> None:
    assert [f"{item.starts:%H:%M}" for item in roundtable.agenda] == [
        "08:30", "09:00", "09:10", "09:20", "09:30", "09:40", "10:00", "10:45", "11:00", "12:20", "12:30",
    ]  # fmt: skip
    assert roundtable.agenda[2].speakers == ("Jessica Avery, SRI, BILAT USA 4.0",)
    assert roundtable.agenda[8].ends == time(12, 20)


def test_the_roundtable_has_two_sides_six_sectors_and_ten_tables(roundtable: Event) -> None:
    assert [side.short for side in roundtable.sides] == ["EU", "US"]
    assert [sector.name for sector in roundtable.sectors] == [
        "Clean energy", "Clean tech", "Sustainability", "Smart cities", "E-mobility", "Key enabling technologies",
    ]  # fmt: skip
    assert len(roundtable.tables) == 10
    assert (roundtable.venue.latitude, roundtable.venue.longitude) == pytest.approx((55.672136, 12.578678), abs=1e-6)


def test_the_harbour_is_quite_another_event(roundtable: Event, harbour: Event) -> None:
    assert len(harbour.sides) == 3
    assert harbour.planned_minutes == 45
    assert len(harbour.run_of_show) < len(roundtable.run_of_show)
    assert not {sector.key for sector in harbour.sectors} & {sector.key for sector in roundtable.sectors}
    assert harbour.anonymity != roundtable.anonymity
    assert harbour.limits.dots_per_idea != roundtable.limits.dots_per_idea
    assert harbour.starts_at == datetime(2027, 5, 19, 17, 0, tzinfo=UTC)


def test_a_key_leads_to_its_side_sector_and_step(roundtable: Event) -> None:
    assert roundtable.side("us").name == "United States"
    assert roundtable.sector("e_mobility").name == "E-mobility"
    assert roundtable.step("vote").kind is StepKind.VOTE


@pytest.mark.parametrize("look_up", ["side", "sector", "step"])
def test_an_unknown_key_is_answered_with_the_known_ones(roundtable: Event, look_up: str) -> None:
    known = {"side": "eu, us", "sector": "clean_energy, clean_tech", "step": "arrive, warm-up"}[look_up]
    with pytest.raises(NotFound, match=f'no {look_up} "mars".*{known}'):
        getattr(roundtable, look_up)("mars")


def test_prompts_come_for_one_kind_of_step_in_their_order(roundtable: Event) -> None:
    first, second, third = roundtable.prompts_for(StepKind.WRITE)
    assert first.startswith("How have you succeeded")
    assert "outcomes and impacts" in second
    assert third.startswith("What are your lessons learnt")
    assert roundtable.prompts_for(StepKind.CLOSING) == ()


def test_steps_without_a_clock_are_arriving_and_closing(roundtable: Event) -> None:
    assert all((step.minutes == 0) == (step.kind in OPEN_ENDED_KINDS) for step in roundtable.run_of_show)


def test_a_winter_and_a_summer_noon_differ_in_utc() -> None:
    assert to_utc(date(2026, 1, 15), time(12), "Europe/Copenhagen").hour == 11
    assert to_utc(date(2026, 7, 15), time(12), "Europe/Copenhagen").hour == 10


@pytest.mark.parametrize("name", ["eu-us-2018", "harbour-2027"])
def test_sentences_say_what_to_do_now_without_figures_that_an_organiser_may_change(name: str) -> None:
    event = read_event((EVENTS / f"{name}.toml").read_text(encoding="utf-8"), source=name)
    for step in event.run_of_show:
        assert len(step.instruction) <= 110
        assert len(step.wall) <= 75
        assert step.instruction.endswith(".")
        assert " dot" not in step.instruction or not any(sign.isdigit() for sign in step.instruction)
