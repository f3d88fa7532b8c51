"""Hostile texts as titles, pitches, notes, names and themes, on real screens: shown letter by letter, and nothing else.

`ROUNDTABLE_TEXTS=2000` plays the long form. Each text is the title of one idea and stands in other fields of the next.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.backstage import Backstage, backstage
from tests.browser.hostile import texts
from tests.browser.screens import SECONDS, Desk, Phone, Screen, Wall
from tests.browser.venue import EVENT, Venue, open_venue
from workshop.domain.event import StepKind
from workshop.domain.idea import NOTE, PITCH, TITLE, IdeaDraft, ShownIdea
from workshop.domain.text import is_blank, normal
from workshop.errors import Invalid
from workshop.services import ideas, people, themes, votes
from workshop.services.access import ParticipantBadge

pytestmark = pytest.mark.xdist_group("hostile")

TEXTS = texts(int(os.environ.get("ROUNDTABLE_TEXTS", "200")))
TABLES = max(8, len(TEXTS) // 40)
LARGE = {
    "people": 10 * TABLES, "tables": TABLES, "ideas_per_person": 20, "ideas_per_table": 200, "published_per_table": 50,
    "anonymity": '"named"',
}  # fmt: skip
ON_THE_WALL = 8

_READ = """
([card, fields]) => {
  const found = []
  const look = (root) => {
    for (const box of root.querySelectorAll(card)) {
      const text = (field) => [...box.querySelectorAll(field)].map((element) => element.textContent).join("|")
      const within = [...box.querySelectorAll("*")]
      found.push({ texts: fields.map(text), tags: [...new Set(within.map((element) => element.tagName))],
        acts: within.flatMap((element) => [...element.attributes])
          .filter((attribute) => /^on|^href$|^src|^action$|^xlink/.test(attribute.name)).length,
        wide: box.scrollWidth > box.clientWidth + 1, right: box.getBoundingClientRect().right })
    }
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) look(element.shadowRoot)
  }
  look(document)
  return found
}
"""
OURS = set("ARTICLE B BUTTON DD DETAILS DIV DL DT H3 I LI OL OUTPUT P SPAN SUMMARY UL".split(" "))  # noqa: SIM905


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    folder = tmp_path_factory.mktemp("hostile")
    text = EVENT.read_text(encoding="utf-8")
    names = ", ".join(f'"Table {number + 1}"' for number in range(TABLES))
    text = re.sub(r"(?ms)^tables = \[.*?^\]", f"tables = [{names}]", text, count=1)
    for key, value in LARGE.items():
        text = re.sub(rf"(?m)^{key} = [^\[\n]*$", f"{key} = {value}", text, count=1)
    (folder / "event.toml").write_text(text, encoding="utf-8")
    with open_venue(folder, event=folder / "event.toml") as venue:
        yield venue


@pytest.fixture(scope="module")
def crew(venue: Venue) -> Iterator[Backstage]:
    with backstage(venue) as crew:
        yield crew


def test_hostile_texts_are_shown_letter_by_letter_on_phone_wall_and_desk(
    browser: Browser, venue: Venue, crew: Backstage
) -> None:
    with (
        Phone(browser, venue, "phone") as phone,
        Wall(browser, venue, "wall") as wall,
        Desk(browser, venue, "desk") as desk,
    ):
        screens = (phone, wall, desk)
        desk.claims(venue.moderator)
        wall.opens()
        phone.joins_as("<img src=x onerror=window.hostile=1>", side="European Union", table="Table 1")
        crowd = arrive(crew)
        crew.opens(StepKind.SHARE)
        on_the_wall_as_they_are_published(wall, crew, crowd)
        at_the_table(phone, crew)
        at_the_desk(desk, crew)
        as_names_of_themes(screens, crew)
        on_the_ballot(phone, crew)
        in_the_ranking(phone, wall, crew, crowd)
        in_the_lists(desk, venue)
        for screen in screens:
            nothing_happened(screen)


def test_the_checks_see_what_an_unprotected_screen_would_do(browser: Browser, venue: Venue, crew: Backstage) -> None:
    with Wall(browser, venue, "wall", bypass_csp=True) as wall:
        wall.opens()
        wall.page.evaluate(
            "document.querySelector('.rt-foot').insertAdjacentHTML('beforeend',"
            '\'<div class=rt-card><p>x<img src="http://evil.example/a.png" onerror="window.hostile=1"></p></div>\')'
        )
        wall.page.wait_for_function("window.hostile === 1")
        assert not harmless(cards(wall, ".rt-card", "p")[0])
        assert wall.wire.foreign == ["http://evil.example/a.png"]


def test_what_is_too_long_is_refused_and_never_stored(crew: Backstage) -> None:
    writer = crew.joins("Somebody with much to say", table=TABLES - 1)
    crew.opens(StepKind.SHARE)
    with pytest.raises(Invalid, match="80 fit"):
        ideas.submit(crew.db, writer, IdeaDraft("a" * 10_000))
    assert ideas.mine(crew.db, writer) == ()


def arrive(crew: Backstage) -> list[ParticipantBadge]:
    """One person for ten texts, at every table, with hostile names and organisations."""
    return [
        crew.joins(
            f"{titled(TEXTS[place], people.NAME_CHARACTERS - 4)} {place}",  # nobody joins twice
            side=("eu", "us")[place % 2],
            table=place % TABLES,
            organisation=fitted(TEXTS[-place - 1], people.ORGANISATION_CHARACTERS),
        )
        for place in range(len(TEXTS) // 10)
    ]


def draft(place: int) -> IdeaDraft:
    """A text as the title, its neighbours in the other fields."""
    pitch, eu, us, needed = (TEXTS[(place + step) % len(TEXTS)] for step in range(1, 5))
    brings = {"eu": fitted(eu, NOTE), "us": fitted(us, NOTE)}
    return IdeaDraft(titled(TEXTS[place], TITLE), fitted(pitch, PITCH), (), brings, fitted(needed, NOTE))


def fitted(text: str, limit: int) -> str:
    return normal(text, lines=True)[:limit]


def titled(text: str, limit: int) -> str:
    cut = fitted(text, limit)
    return f"{cut[:40]} blank" if is_blank(cut) else cut


def on_the_wall_as_they_are_published(wall: Wall, crew: Backstage, crowd: Sequence[ParticipantBadge]) -> None:
    for start in range(0, len(TEXTS), ON_THE_WALL):
        for place in range(start, min(start + ON_THE_WALL, len(TEXTS))):
            crew.publishes("", draft(place), author=crowd[place % len(crowd)])
        newest = crew.board()[-ON_THE_WALL:][::-1]
        wall.page.wait_for_function(
            "([number, count]) => { const cards = [...document.querySelectorAll('.rt-card')];"
            " return cards.length === count && cards[0].querySelector('b').textContent === `#${number}` }",
            arg=[newest[0].number, len(newest)],
        )
        shown = cards(wall, ".rt-card", "p", "span")
        assert [card["texts"] for card in shown] == [[idea.title, idea.credit_line] for idea in newest]
        inside(wall, shown)


def at_the_table(phone: Phone, crew: Backstage) -> None:
    table = next(each for each in crew.shared() if each.name == "Table 1")
    expect(phone.page.locator(".stage .cards > .card")).to_have_count(len(table.ideas), timeout=30 * SECONDS)
    reads_as_written(phone, table.ideas)


def at_the_desk(desk: Desk, crew: Backstage) -> None:
    every = {idea.number: idea for idea in crew.board()}
    desk.goes_to("/desk")
    desk.looks_at("Ideas")
    seen: set[int] = set()
    for number in sorted(every):  # "#1" finds #1, #10 to #19 and so on
        if number not in seen:
            desk.finds(f"#{number}")
            shown = cards(desk, "article.rt-idea", ".rt-idea-head b", ".rt-idea-title", ".rt-idea-pitch")
            for card in shown:
                idea = every[int(card["texts"][0].removeprefix("#"))]
                assert card["texts"][1:] == [idea.title, idea.pitch]
                seen.add(idea.number)
            inside(desk, shown)
    assert seen == set(every)


def as_names_of_themes(screens: tuple[Phone, Wall, Desk], crew: Backstage) -> None:
    phone, wall, desk = screens
    crew.opens(StepKind.THEMES)
    themes.apply(crew.db, crew.moderator, themes.suggest(crew.db, crew.moderator))
    names = iter(titled(text, 60) for text in texts(60) if not is_blank(normal(text)))
    desk.looks_at("Themes")
    for _ in range(3):
        view = themes.current(crew.db, crew.moderator)
        assert view is not None
        version = view.version
        for theme in view.themes:
            version = themes.rename(crew.db, crew.moderator, theme.id, name=next(names), seen=version)
        named = themes.current(crew.db, crew.moderator)
        assert named is not None
        last = named.themes[-1].name
        expect(phone.page.locator(".theme .name").filter(has_text=last).first).to_be_visible(timeout=30 * SECONDS)
        assert phone.page.locator(".theme .name").all_text_contents()[: len(named.themes)] == [
            theme.name for theme in named.themes
        ]
        inside(phone, cards(phone, ".theme", ".name"))
        expect(desk.page.locator(".rt-theme b").filter(has_text=last).first).to_be_visible(timeout=30 * SECONDS)
        expect(wall.page.get_by_label(last).first).to_be_visible(timeout=30 * SECONDS)
        assert wall.page.locator(".st-key-wall_picture svg :is(a, image, foreignObject, script)").count() == 0


def on_the_ballot(phone: Phone, crew: Backstage) -> None:
    crew.opens(StepKind.VOTE)
    every = crew.board()
    expect(phone.page.locator(".stage .cards > .card")).to_have_count(len(every), timeout=60 * SECONDS)
    reads_as_written(phone, every)


def in_the_ranking(phone: Phone, wall: Wall, crew: Backstage, crowd: Sequence[ParticipantBadge]) -> None:
    for place, person in enumerate(crowd):
        board = votes.ballot(crew.db, person).ideas
        votes.cast(crew.db, person, board[place % len(board)].id, dots=1)
    crew.opens(StepKind.REVEAL)
    titles = {idea.number: idea.title for idea in crew.board()}
    expect(phone.page.locator(".rank").first).to_be_visible(timeout=60 * SECONDS)
    expect(wall.page.locator(".rt-rank").first).to_be_visible(timeout=60 * SECONDS)
    for screen, row, field in ((phone, ".rank", ".title"), (wall, ".rt-rank", ".rt-name")):
        shown = cards(screen, row, field)
        assert len(shown) >= ON_THE_WALL
        for card in shown:
            number, _, title = card["texts"][0].removeprefix("#").partition(" ")
            assert titles[int(number)] == title
        inside(screen, shown)


def in_the_lists(desk: Desk, venue: Venue) -> None:
    desk.goes_to("/desk")
    for section in ("Tables", "Log"):
        desk.looks_at(section)
        desk.rests()
    desk.claims(venue.organiser)
    for page, sentence in (("people", "people in the room"), ("report", "Ideas in the report")):
        desk.goes_to(f"/{page}")
        desk.sees(sentence)
        desk.rests()
        assert not desk.scrolls_sideways()


def reads_as_written(phone: Phone, written: Sequence[ShownIdea]) -> None:
    """Every card says what its idea says, in every field, and fits."""
    shown = cards(phone, ".card", ".number", ".title", ".pitch", ".brings dd", ".credit")
    by_number = {f"#{idea.number}": idea for idea in written}
    assert {card["texts"][0] for card in shown} == set(by_number)
    for card in shown:
        idea = by_number[card["texts"][0]]
        notes = [*(idea.brings.get(side, "") for side in ("eu", "us")), idea.still_needed]
        assert card["texts"][1:] == [idea.title, idea.pitch, "|".join(filter(None, notes)), idea.credit_line]
    inside(phone, shown)


def cards(screen: Screen, card: str, *fields: str) -> list[dict[str, Any]]:
    """The texts of every box on the screen, shadow roots included, with what else is in it."""
    found: list[dict[str, Any]] = screen.page.evaluate(_READ, [card, list(fields)])
    return found


def inside(screen: Screen, shown: Sequence[dict[str, Any]]) -> None:
    """No element that we did not put there, and nothing wider than its place."""
    width = screen.page.evaluate("innerWidth")
    for card in shown:
        assert harmless(card), card
        assert not card["wide"], card
        assert card["right"] <= width + 1, card
    assert not screen.scrolls_sideways()


def harmless(card: dict[str, Any]) -> bool:
    return OURS.issuperset(card["tags"]) and card["acts"] == 0


def nothing_happened(screen: Screen) -> None:
    assert screen.page.evaluate("window.hostile") is None
    assert screen.page.url.startswith(screen.venue.address)
    assert (screen.name, screen.wire.complaints, screen.wire.foreign) == (screen.name, [], [])
    assert screen.page.locator("meta[http-equiv=refresh], base, iframe").count() == 0
