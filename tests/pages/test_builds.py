"""Build on others on wall and desk: how far the room has read, who holds what, and builds that can be hidden."""

from __future__ import annotations

from tests.pages.conftest import House, press, shown
from workshop.domain.build import BuildDraft, BuildKind
from workshop.domain.event import StepKind
from workshop.services import build_desk, builds, phone, routing, workshops
from workshop.services.access import ParticipantBadge

SAID = "Begin with two sites <b>that</b> have the data."


def reading(house: House) -> list[ParticipantBadge]:
    """Three tables with an idea each, in the step in which they read each other's."""
    people = [house.room.joins(f"Person {place}", table=place) for place in range(3)]
    house.room.opens(StepKind.SHARE)
    for place, author in enumerate(people):
        house.room.has_sent(author, f"Idea of table {place + 1}", published=True)
    house.room.opens(StepKind.BUILD)
    return people


def dealt(house: House, who: ParticipantBadge) -> list[dict[str, object]]:
    return phone.hand(house.db, who)["ideas"]  # type: ignore[no-any-return]


def wall(house: House) -> str:
    page = house.browser().opens("wall", {"code": workshops.of(house.db, house.room.observer).code})
    assert not page.exception
    return shown(page)


def test_the_wall_counts_what_two_other_tables_have_read(house: House) -> None:
    anna, bo, _ = reading(house)
    assert "0 of 3" in wall(house)
    for who in (anna, bo):
        for idea in dealt(house, who):
            routing.read(house.db, who, idea["id"])  # type: ignore[arg-type]
    text = wall(house)
    assert "<b>1 of 3</b><span>Read by two other tables</span>" in text
    assert "--read:50%" in text


def test_the_newest_build_is_on_the_wall_as_text(house: House) -> None:
    anna, *_ = reading(house)
    builds.submit(house.db, anna, dealt(house, anna)[0]["id"], BuildDraft(BuildKind.IMPROVE, SAID))  # type: ignore[arg-type]
    assert "&lt;b&gt;that&lt;/b&gt;" in wall(house)


def test_in_an_empty_room_the_wall_says_what_is_missing(house: House) -> None:
    house.room.opens(StepKind.BUILD)
    assert "No idea is on the board yet." in wall(house)


def test_the_desk_deals_again_hides_with_a_reason_and_restores(house: House) -> None:
    anna, bo, cy = reading(house)
    build = builds.submit(house.db, anna, dealt(house, anna)[0]["id"], BuildDraft(BuildKind.IMPROVE, SAID)).build  # type: ignore[arg-type]
    page = house.browser("moderator").opens("desk")
    page.button_group[0].set_value("Builds").run()
    assert not page.exception
    assert "Nothing read yet at: Table 2, Table 3." in shown(page)
    assert "&lt;b&gt;that&lt;/b&gt;" in shown(page)
    assert page.dataframe[0].value["Read"].tolist() == ["1 of 2", "0 of 2", "0 of 2"]
    press(page, "Deal them again")
    assert dealt(house, bo) == []
    assert dealt(house, cy), "only one table was meant"
    next(field for field in page.text_input if field.label.startswith("Reason")).set_value("Names a person")
    press(page, "Hide this")
    seen = build_desk.look(house.db, house.room.moderator)
    assert seen is not None
    assert seen.builds[0].build.hidden_reason == "Names a person"
    assert "Hidden by you. Reason: Names a person" in shown(page)
    press(page, "Restore")
    assert [each.id for each in builds.mine(house.db, anna) if not each.hidden_reason] == [build.id]


def test_before_the_step_the_desk_says_what_will_appear(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    page.button_group[0].set_value("Builds").run()
    assert not page.exception
    assert "Who reads what appears here then." in shown(page)
