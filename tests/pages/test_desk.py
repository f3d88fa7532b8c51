"""The desk: for the moderator only, and one tap is one step."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.pages.conftest import House, press, shown
from tests.services.two_sides import WANTED_BY_BOTH, sixty_and_thirteen
from workshop.domain.event import StepKind
from workshop.domain.introduction import Introduction
from workshop.services import (
    access,
    clock,
    frozen_reports,
    introductions,
    moderation,
    presence,
    readiness,
    rehearsal_desk,
    steps,
    votes,
)


def test_the_moderator_opens_the_next_step(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    assert not page.exception
    press(page, "Open next step")
    assert house.room.state.version == 1
    assert "Write alone" in shown(page)


def test_a_wrong_step_is_undone(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    before = house.room.state.step_key
    press(page, "Open next step")
    press(page, "Undo the last change")
    assert house.room.state.step_key == before


def test_the_moderator_accepts_a_proposal_where_to_cut_and_takes_it_back(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    press(page, "Open next step")
    steps.add_minutes(house.db, house.room.moderator, 150, seen=house.room.state.version)
    page.run()
    assert "min owed until" in shown(page)
    assert "Share at the table</span>" in shown(page)
    press(page, "Cut these steps")
    assert not page.exception
    assert house.room.state.agreed_minutes
    assert "cut to" in shown(page)
    assert "too long even at the least; leave a step out or end later." in shown(page)
    press(page, "Undo the last change")
    assert house.room.state.agreed_minutes == {}


def test_a_second_moderator_who_was_faster_is_named(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    house.room.opens(StepKind.WRITE)
    press(page, "Open next step")
    assert "changed a moment ago" in shown(page)
    assert house.room.state.version == 1


def test_the_desk_shows_who_is_ready_in_a_step_that_asks(house: House) -> None:
    anna, bo = house.room.joins("Anna Berg"), house.room.joins("Bo", table=1)
    house.room.joins("Cid", table=1)
    house.room.opens(StepKind.WRITE)
    for person in (anna, bo):
        readiness.say(house.db, person, "write", ready=True)
    page = house.browser("moderator").opens("desk")
    assert not page.exception
    assert "1 of 2 tables are ready, 2 of 3 people." in shown(page)
    tables = page.dataframe[0].value
    assert list(tables["Ready"])[:3] == ["1 of 1\u2002✓", "1 of 2", ""]
    assert "Anna" not in shown(page) + tables.to_string()
    house.room.opens(StepKind.THEMES)
    page = page.run()
    assert "ready" not in shown(page)
    assert "Ready" not in page.dataframe[0].value


def test_the_desk_suggests_one_thing_until_it_is_dismissed(house: House) -> None:
    house.room.joins("Anna Berg", table=3)
    page = house.browser("moderator").opens("desk")
    assert "The room works." in shown(page)
    opened = clock.now() - timedelta(minutes=5)
    with clock.frozen(opened):
        house.room.opens(StepKind.WRITE)
    presence.tell(house.db, house.room.id, "one", {house.room.tables[3]: presence.Seen(1)})
    page.run()
    said = "Table 4 has written nothing for 5 minutes: go and ask what holds them up."
    assert said in shown(page)
    assert page.dataframe[0].value["Silent for"][3] == "5 min"
    assert page.dataframe[0].value["Connected"][3] == "1 of 1"
    press(page, "Dismiss")
    assert said not in shown(page)
    assert "The room works." in shown(page)
    assert "Anna" not in shown(page)


def test_the_moderator_makes_a_link_that_stays_until_it_is_put_away_and_takes_badges_back(house: House) -> None:
    helper = house.browser("helper")
    page = house.browser("moderator").opens("desk")
    page.button_group[0].set_value("Team").run()
    press(page, "New moderator link")
    assert access.offered(house.db, page.run().code[0].value.rsplit("/", 1)[-1]).role == "moderator"
    press(page, "Put it away")
    assert len(page.code) == 0
    held = next(grant for grant in access.grants(house.db, house.room.organiser) if grant.role == "helper")
    page.button(key=f"take_back_{held.id}").click().run()
    assert not page.exception
    assert "This page is for the" in shown(helper.opens("people"))


def test_ideas_that_may_be_the_same_are_listed_on_demand_as_long_as_they_stand(house: House) -> None:
    anna, bo = house.room.joins("Anna Berg"), house.room.joins("Bo", table=1)
    page = house.browser("moderator").opens("desk")
    house.room.opens(StepKind.SHARE)
    first = house.room.has_sent(anna, "Hydrogen barges on the <b>Rhine</b> and the Ohio")
    house.room.has_sent(bo, "Hydrogen barges on the Ohio and the <b>Rhine</b>")
    house.room.has_sent(bo, "Nurses swap wards for three months")
    page.button_group[0].set_value("Ideas").run()
    assert 'class="rt-pair"' not in shown(page)
    press(page, "Compare all ideas now")
    assert not page.exception
    assert shown(page).count('class="rt-pair"') == 1
    pairs = next(text for text in shown(page).splitlines() if 'class="rt-pairs"' in text)
    assert "<b>#1</b> Hydrogen barges on the &lt;b&gt;Rhine" in pairs
    moderation.hide(house.db, house.room.moderator, first.id, reason="Twice")
    assert 'class="rt-pair"' not in shown(page.run())


def test_must_not_happen_a_participant_opens_the_desk(house: House) -> None:
    page = house.browser().opens("desk")
    assert "This page is for the moderator" in shown(page)
    assert [button.label for button in page.button] == []


def test_must_not_happen_an_open_desk_moves_a_step_after_its_role_was_taken_away(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    held = next(grant for grant in access.grants(house.db, house.room.organiser) if grant.claimed_at)
    access.revoke(house.db, house.room.organiser, held.id)
    press(page, "Open next step")
    assert house.room.state.version == 0
    assert "This page is for the moderator" in shown(page)


def test_must_not_happen_the_organiser_takes_the_helm(house: House) -> None:
    page = house.browser("organiser").opens("desk")
    assert "This page is for the moderator" in shown(page)


def test_must_not_happen_the_desk_sees_the_tally_before_the_reveal(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    house.room.opens(StepKind.VOTE)
    page.button_group[0].set_value("Votes").run()
    assert not page.exception
    assert "Nobody sees how the votes and ratings stand" in shown(page)


def test_from_the_reveal_on_the_desk_shows_what_the_sides_share(house: House) -> None:
    room = house.room
    people = [room.joins(f"{side} {number}", side=side) for side in ("eu", "us") for number in range(2)]
    room.opens(StepKind.SHARE)
    idea = room.has_sent(people[0], "Both <b>want</b> this", published=True)
    room.has_sent(people[1], "Nobody wants this", published=True)
    room.opens(StepKind.VOTE)
    for person in people:
        votes.cast(house.db, person, idea.id, dots=1)
    page = house.browser("moderator").opens("desk")
    page.button_group[0].set_value("Votes").run()
    assert "What every side supports" not in shown(page)
    room.opens(StepKind.REVEAL)
    page.run()
    assert not page.exception
    assert "Both &lt;b&gt;want&lt;/b&gt; this" in shown(page)
    assert "EU 2 of 2, US 2 of 2" in shown(page)
    assert "No idea divides the sides more than chance does." in shown(page)
    assert "0 people with at least 7 votes, 20 are needed" in shown(page)
    room.opens(StepKind.VOTE)
    page.run()
    assert "What every side supports" not in shown(page)


def test_the_desk_lists_offers_and_needs_hides_a_line_and_names_who_is_silent(house: House) -> None:
    anna = house.room.joins("Anna Berg")
    house.room.joins("Bo Lind", table=1)
    house.room.opens(StepKind.WARM_UP)
    introductions.say(house.db, anna, Introduction(("<i>Something</i> rude",), ("Money",)))
    page = house.browser("moderator").opens("desk")
    page.button_group[0].set_value("Offers").run()
    assert not page.exception
    assert "1 offer and 1 need" in shown(page)
    assert "&lt;i&gt;Something&lt;/i&gt; rude" in shown(page)
    assert "Anna Berg" not in shown(page)
    assert "Bo Lind" in str(page.dataframe[-1].value)
    rude = next(each.id for each in introductions.lines(house.db, house.room.moderator) if "rude" in each.line.text)
    page.button(key=f"line_True_{rude}").click().run()
    assert [each.hidden for each in introductions.lines(house.db, house.room.moderator) if each.id == rude] == [True]


def test_at_the_reveal_the_desk_has_every_share_with_its_base_and_chooses_the_walls_picture(house: House) -> None:
    sixty_and_thirteen(house.room)
    page = house.browser("moderator").opens("desk")
    page.button_group[0].set_value("Votes").run()
    assert not page.exception
    row = next(row for row in shown(page).split("<tr>") if WANTED_BY_BOTH in row)
    assert re.findall(r'data-name="([\w ]+)">([^<]+)<', row) == [
        ("EU ballots", "30 of 60"),
        ("US ballots", "9 of 13"),
        ("Balanced", "59 %"),
        ("Dots", "48 "),
    ]
    press(page, "Show bridge of the sides")
    assert "The wall shows: Bridge of the sides." in shown(page)


def test_a_new_moderator_is_offered_a_rehearsal_begins_stops_and_clears_it(house: House) -> None:
    page = house.browser("moderator").opens("desk")
    assert "Play a rehearsal first: 3 minutes, nothing of it stays." in shown(page)
    press(page, "Play a rehearsal")
    assert not page.exception
    assert "A rehearsal is playing." in shown(page)
    begun = rehearsal_desk.of(house.db, house.room.moderator)
    assert begun is not None
    assert f"/d/{begun.code}" in shown(page)
    press(page, "Stop it")
    assert "The rehearsal is over." in shown(page)
    press(page, "Clear it")
    assert "Play a rehearsal first" in shown(page)
    assert rehearsal_desk.of(house.db, house.room.moderator) is None


def test_a_workshop_that_has_begun_is_not_offered_a_rehearsal(house: House) -> None:
    house.room.opens(StepKind.WRITE)
    assert "Play a rehearsal" not in shown(house.browser("moderator").opens("desk"))


def test_in_the_last_steps_the_report_is_frozen_with_one_tap(house: House) -> None:
    label = "Freeze the report as version 1"
    page = house.browser("moderator").opens("desk")
    assert label not in [button.label for button in page.button]
    house.room.opens(StepKind.COMMIT)
    page.run()
    press(page, label)
    assert not page.exception
    assert [version.by for version in frozen_reports.versions(house.db, house.room.moderator)] == ["moderator"]
    assert "Version 1: frozen at" in shown(page)


def test_the_section_on_the_report_can_be_open_in_the_last_steps(house: House) -> None:
    house.room.opens(StepKind.CLOSING)
    page = house.browser("moderator").opens("desk")
    page.segmented_control[0].set_value("Report").run()
    assert not page.exception
    assert [button.label for button in page.button].count("Freeze the report as version 1") == 2
