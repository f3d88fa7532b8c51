"""The wall: one picture per step, the join code always, nothing personal."""

from __future__ import annotations

import json

import pytest

from tests.pages.conftest import House, shown
from tests.services.two_sides import WANTED_BY_BOTH, WANTED_BY_ONE, sixty_and_thirteen
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.domain.introduction import Introduction
from workshop.domain.rating import Said
from workshop.services import (
    ideas,
    introductions,
    moderation,
    ratings,
    readiness,
    themes,
    votes,
    wall_pictures,
    workshops,
)
from workshop.services.wall_pictures import Picture

SENT = "Heat from data centres"


def wall(house: House) -> str:
    page = house.browser().opens("wall", {"code": workshops.of(house.db, house.room.observer).code})
    assert not page.exception
    return shown(page)


IN_ORDER = (
    *(StepKind.ARRIVE, StepKind.WARM_UP, StepKind.WRITE, StepKind.SHARE, StepKind.THEMES, StepKind.VOTE, StepKind.RATE),
    *(StepKind.REVEAL, StepKind.CLOSING),
)


@pytest.mark.parametrize("kind", IN_ORDER)
def test_in_every_step_the_code_is_on_the_wall(house: House, kind: StepKind) -> None:
    if kind is not StepKind.ARRIVE:
        house.room.opens(kind)
    text = wall(house)
    assert workshops.of(house.db, house.room.observer).code in text
    assert "QR code to join" in text


@pytest.mark.parametrize("picture", [Picture.RANKING, Picture.BRIDGE])
def test_must_not_happen_ideas_have_places_before_anybody_has_voted(house: House, picture: Picture) -> None:
    anna = house.room.joins("Anna Berg")
    house.room.opens(StepKind.SHARE)
    house.room.has_sent(anna, SENT, published=True)
    house.room.opens(StepKind.REVEAL)
    if picture is not Picture.RANKING:
        wall_pictures.choose(house.db, house.room.moderator, picture)
    text = wall(house)
    assert "Nobody has voted." in text
    assert SENT not in text
    house.room.opens(StepKind.CLOSING)
    assert SENT in wall(house)


def test_a_published_idea_is_on_the_wall_with_its_table(house: House) -> None:
    anna = house.room.joins("Anna Berg", organisation="Green Port")
    house.room.opens(StepKind.SHARE)
    house.room.has_sent(anna, SENT, published=True)
    text = wall(house)
    assert SENT in text
    assert "Table 1" in text


def test_the_ranking_is_on_the_wall_after_the_reveal(house: House) -> None:
    anna = house.room.joins("Anna")
    house.room.opens(StepKind.SHARE)
    idea = house.room.has_sent(anna, SENT, published=True)
    house.room.opens(StepKind.VOTE)
    votes.cast(house.db, anna, idea.id, dots=2)
    assert SENT not in wall(house)
    house.room.opens(StepKind.REVEAL)
    assert SENT in wall(house)


def test_the_desk_chooses_which_picture_of_the_results_stands_on_the_wall(house: House) -> None:
    sixty_and_thirteen(house.room)
    assert "By support of both sides" in wall(house)
    wall_pictures.choose(house.db, house.room.moderator, Picture.BRIDGE)
    page = house.browser().opens("wall", {"code": workshops.of(house.db, house.room.observer).code})
    (drawn,) = [
        json.loads(each.proto.json) for each in page.get("bidi_component") if "sheet" in each.proto.component_name
    ]
    assert {"9 of 13 · 69 %", "United States · 13 ballots"} <= {words["text"] for words in drawn["words"]}
    assert "By support of both sides" not in shown(page)
    assert f"#2 {WANTED_BY_BOTH}: 30 of 60 EU ballots, 9 of 13 US ballots; balanced 59 %; 48 dots" in shown(page)
    wall_pictures.choose(house.db, house.room.moderator, Picture.RATINGS)
    assert "Not enough ratings yet: an idea needs 5 raters." in wall(house)


def test_an_idea_that_is_hidden_leaves_the_results_on_the_wall_at_once(house: House) -> None:
    sixty_and_thirteen(house.room)
    page = house.browser().opens("wall", {"code": workshops.of(house.db, house.room.observer).code})
    assert WANTED_BY_ONE in shown(page)
    first = votes.results(house.db, house.room.observer).by_dots[1]
    idea = next(each for each in ideas.board(house.db, house.room.moderator) if each.number == first.number)
    moderation.hide(house.db, house.room.moderator, idea.id, reason="Rude")
    assert WANTED_BY_ONE not in shown(page.run())


def test_the_warm_up_shows_who_is_here_and_the_newest_lines_as_text(house: House) -> None:
    anna = house.room.joins("Anna Berg", organisation="Green Port")
    house.room.joins("Uma", side="us", table=1)
    house.room.opens(StepKind.WARM_UP)
    assert "The first offer appears here." in wall(house)
    introductions.say(house.db, anna, Introduction(("<b>A test site</b>",), (), "Denmark"))
    text = wall(house)
    assert "&lt;b&gt;A test site" in text
    assert "1 organisation · from Denmark 1" in text
    assert "Anna" not in text


def test_while_people_rate_the_wall_says_how_much_is_rated_and_no_mark(house: House) -> None:
    anna, bo = house.room.joins("Anna"), house.room.joins("Bo", side="us", table=1)
    house.room.opens(StepKind.SHARE)
    house.room.has_sent(anna, SENT, published=True)
    house.room.opens(StepKind.RATE)
    (dealt,) = ratings.hand(house.db, bo).ideas
    ratings.say(house.db, bo, dealt.idea_id, Said(5, 4))
    text = wall(house)
    assert "1 of 1 ratings are in" in text
    assert SENT not in text


def themed(house: House) -> None:
    """A board with themes in the step that shows them."""
    house.room.opens(StepKind.SHARE)
    for number in range(12):
        writer = house.room.joins(f"Person {number}", side="us" if number % 3 == 0 else "eu", table=number % 6)
        house.room.has_sent(writer, f"Hydrogen for ferry port number {number}", published=True)
    house.room.opens(StepKind.THEMES)
    themes.apply(house.db, house.room.moderator, themes.suggest(house.db, house.room.moderator))


def test_themes_are_drawn_for_who_looks_and_told_to_who_listens(house: House) -> None:
    themed(house)
    view = themes.current(house.db, house.room.observer)
    assert view is not None
    text = wall(house)
    for theme in view.themes:
        assert f"<li>{theme.name} ({len(theme.ideas)} idea" in text
        for idea in theme.ideas:
            assert f"<li>#{idea.number} {idea.title} ({idea.side.upper()})</li>" in text


def test_an_idea_that_is_reworded_is_told_in_its_new_words(house: House) -> None:
    themed(house)
    writer = house.room.joins("Late", table=5)
    house.room.opens(StepKind.SHARE)
    late = house.room.has_sent(writer, SENT, published=True)
    house.room.opens(StepKind.THEMES)
    themes.place_newcomers(house.db, house.room.id)
    assert SENT in wall(house)
    ideas.revise(house.db, writer, late.id, IdeaDraft("Cold from harbours"), seen_version=late.version)
    text = wall(house)
    assert "Cold from harbours" in text
    assert SENT not in text


def test_must_not_happen_the_map_tells_votes_that_are_hidden_again(house: House) -> None:
    themed(house)
    voter = house.room.joins("Voter", table=0)
    house.room.opens(StepKind.VOTE)
    votes.cast(house.db, voter, votes.ballot(house.db, voter).ideas[0].id, dots=2)
    house.room.opens(StepKind.REVEAL)
    house.room.opens(StepKind.THEMES)
    page = house.browser().opens("wall", {"code": workshops.of(house.db, house.room.observer).code})
    drawn = [element.proto for element in page.get("bidi_component")]
    (picture,) = [json.loads(proto.json) for proto in drawn if proto.component_name.endswith("theme_map")]
    assert len(picture["bubbles"]) == 12
    assert len({bubble["radius"] for bubble in picture["bubbles"]}) == 1


@pytest.mark.parametrize(("published", "told"), [(0, "0 of 8"), (7, "7 of 8"), (8, "appear here in a moment")])
def test_the_wall_says_what_themes_are_waiting_for(house: House, published: int, told: str) -> None:
    house.room.opens(StepKind.SHARE)
    for number in range(published):
        writer = house.room.joins(f"Person {number}", table=number % 6)
        house.room.has_sent(writer, f"Hydrogen for ferry port number {number}", published=True)
    house.room.opens(StepKind.THEMES)
    assert told in wall(house)


@pytest.mark.parametrize("kind", [StepKind.WRITE, StepKind.SHARE])
def test_the_wall_counts_the_tables_that_are_ready(house: House, kind: StepKind) -> None:
    anna = house.room.joins("Anna Berg")
    house.room.joins("Bo", table=1)
    house.room.opens(kind)
    assert "<b>0 of 2</b><span>tables are ready</span>" in wall(house)
    readiness.say(house.db, anna, house.room.state.step_key, ready=True)
    assert "<b>1 of 2</b><span>tables are ready</span>" in wall(house)
    house.room.opens(StepKind.THEMES)
    assert "<b>2</b><span>tables</span>" in wall(house)


def test_must_not_happen_a_text_is_on_the_wall_while_people_write_alone(house: House) -> None:
    anna = house.room.joins("Anna")
    house.room.opens(StepKind.WRITE)
    house.room.has_sent(anna, SENT)
    assert SENT not in wall(house)


def test_must_not_happen_a_name_is_on_the_wall(house: House) -> None:
    anna = house.room.joins("Anna Berg", organisation="Green Port")
    house.room.opens(StepKind.SHARE)
    house.room.has_sent(anna, SENT, published=True)
    text = wall(house)
    assert "Anna" not in text
    assert "Green Port" not in text


def test_must_not_happen_markup_that_somebody_typed_is_markup_on_the_wall(house: House) -> None:
    anna = house.room.joins("Anna")
    house.room.opens(StepKind.SHARE)
    house.room.has_sent(anna, "<img src=x onerror=alert(1)><meta http-equiv=refresh>", published=True)
    text = wall(house)
    assert "&lt;img" in text
    assert "<meta" not in text


def test_must_not_happen_the_wall_opens_without_the_code(house: House) -> None:
    page = house.browser().opens("wall")
    assert "needs the room code" in shown(page)
