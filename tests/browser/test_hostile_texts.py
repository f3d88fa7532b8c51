"""Hostile texts wherever people type, on real screens: shown letter by letter, and nothing else.

Each text is the title of one idea and stands in other fields of the next; what is written in the steps around the ideas
stands in `tests.browser.hostile_steps`. The phone is 320 pixels wide. The long form takes half an hour:
`ROUNDTABLE_TEXTS=2000 pytest -o faulthandler_timeout=0 -m browser tests/browser/test_hostile_texts.py`
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import hostile_event, hostile_steps
from tests.browser.backstage import Backstage, backstage
from tests.browser.hostile import VISITOR, fitted, texts, titled
from tests.browser.letters import cards, fits, harmless, inside, nothing_happened, says
from tests.browser.screens import SECONDS, Desk, Phone, Wall
from tests.browser.slides import cut_off
from tests.browser.venue import Venue, open_venue
from workshop.domain.event import StepKind
from workshop.domain.idea import NOTE, PITCH, TITLE, IdeaDraft, ShownIdea
from workshop.domain.text import is_blank, normal
from workshop.errors import Invalid
from workshop.reporting import exporters
from workshop.services import ideas, paper_cards, people, reports, themes, votes, workshops
from workshop.services.access import ParticipantBadge

pytestmark = pytest.mark.xdist_group("hostile")

TEXTS = texts(int(os.environ.get("ROUNDTABLE_TEXTS", "120")))
TABLES = max(14, len(TEXTS) // 40)  # more than the wall draws large while people arrive
ON_THE_WALL = 8
NARROW = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "event.toml").write_text(hostile_event.written(tables=TABLES), encoding="utf-8")
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
        Phone(browser, venue, "phone", viewport=NARROW) as phone,
        Wall(browser, venue, "wall") as wall,
        Desk(browser, venue, "desk") as desk,
    ):
        screens = (phone, wall, desk)
        before_anybody_comes(desk, crew)
        desk.claims(venue.moderator)
        wall.opens()
        phone.joins_as(VISITOR, side="European Union", table="Table 1")
        crowd = arrive(crew)
        as_people_arrive(screens, crew)
        hostile_steps.people_introduce_themselves(screens, crew, crowd, TEXTS)
        crew.opens(StepKind.SHARE)
        on_the_wall_as_they_are_published(wall, crew, crowd)
        at_the_table(phone, crew)
        at_the_desk(desk, crew)
        hostile_steps.tables_build_on_ideas(screens, crew, crowd, TEXTS)
        as_names_of_themes(screens, crew)
        on_the_ballot(phone, crew)
        in_the_ranking(phone, wall, crew, crowd)
        hostile_steps.results_are_drawn(wall, crew)
        hostile_steps.ideas_become_cards(phone, wall, crew, crowd, TEXTS)
        hostile_steps.cards_are_pitched(screens, crew, crowd)
        hostile_steps.ideas_fill_the_wall(wall, desk, crew)
        hostile_steps.people_commit(screens, crew, crowd, TEXTS)
        hostile_steps.the_room_closes(phone, wall, crew)
        in_the_lists(desk)
        for screen in screens:
            nothing_happened(screen)


def test_the_report_from_a_memory_stick_asks_nobody_and_runs_nothing_typed(
    browser: Browser, crew: Backstage, tmp_path: Path
) -> None:
    """It is the report of the room above."""
    file = tmp_path / "report.html"
    file.write_bytes(exporters["html"].render(reports.compile_report(crew.db, crew.organiser)))
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    assert cut_off(page) == {}
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= page.evaluate("innerWidth")
    assert [address for address in asked if not address.startswith("data:")] == [file.as_uri()]
    assert (said, page.evaluate("window.hostile"), page.locator("script").count()) == ([], None, 1)
    assert page.locator("a, img, iframe, form, object, embed, base, [onclick]").count() == 0
    page.close()


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


def before_anybody_comes(desk: Desk, crew: Backstage) -> None:
    """What an organiser typed, in the fields of the organiser's page and in the labels of its boxes."""
    desk.claims(desk.venue.organiser)
    event = workshops.of(crew.db, crew.organiser).event
    desk.goes_to("/prepare")
    desk.looks_at("Event")
    expect(desk.page.get_by_label("Title of the session")).to_have_value(event.title)
    for place, side in enumerate(event.sides, start=1):
        expect(desk.page.get_by_label(f"Side {place}", exact=True)).to_have_value(side.name)
    desk.looks_at("Run of show")
    labels = [f"{place}. {' '.join(step.title.split())}" for place, step in enumerate(event.run_of_show, start=1)]
    boxes = desk.page.locator("[class*=st-key-run_step_] summary")
    expect(boxes).to_have_count(len(labels), timeout=30 * SECONDS)
    for label, shown in zip(labels, boxes.all_text_contents(), strict=True):
        assert label in shown.replace("\u2060", ""), (label, shown)
    for width in (320, desk.width):
        desk.page.set_viewport_size({"width": width, "height": 900})
        assert not desk.scrolls_sideways()
    nothing_happened(desk)


def as_people_arrive(screens: tuple[Phone, Wall, Desk], crew: Backstage) -> None:
    """Names of tables, the sentence of the step, walk-ins."""
    phone, wall, _ = screens
    for place, text in enumerate(TEXTS[::20]):
        name, organisation = (
            titled(text, people.NAME_CHARACTERS),
            fitted(text, people.ORGANISATION_CHARACTERS, lines=False),
        )
        form = people.JoinForm(name, "us", crew.tables[place % TABLES], organisation, (), consent=True)
        people.add_walk_in(crew.db, crew.moderator, form)
    step = crew.step
    says(wall, ".rt-sentence", [step.wall])
    says(phone, ".sentence", [step.instruction])
    inside(wall, cards(wall, ".rt-room", ".rt-name"))
    inside(phone, cards(phone, ".stage, .room"))
    fits(wall)


def draft(place: int) -> IdeaDraft:
    """A text as the title, its neighbours in the other fields."""
    pitch, eu, us, needed = (TEXTS[(place + step) % len(TEXTS)] for step in range(1, 5))
    brings = {"eu": fitted(eu, NOTE), "us": fitted(us, NOTE)}
    return IdeaDraft(titled(TEXTS[place], TITLE), fitted(pitch, PITCH), (), brings, fitted(needed, NOTE))


def on_the_wall_as_they_are_published(wall: Wall, crew: Backstage, crowd: Sequence[ParticipantBadge]) -> None:
    for start in range(0, len(TEXTS), ON_THE_WALL):
        for place in range(start, min(start + ON_THE_WALL, len(TEXTS))):
            publish(crew, place, crowd[place % len(crowd)])
        newest = crew.board()[-ON_THE_WALL:][::-1]
        wall.page.wait_for_function(
            "([number, count]) => { const cards = [...document.querySelectorAll('.rt-card')];"
            " return cards.length === count && cards[0].querySelector('b').textContent === `#${number}` }",
            arg=[newest[0].number, len(newest)],
        )
        shown = cards(wall, ".rt-card", "p", "span")
        assert [card["texts"] for card in shown] == [[idea.title, idea.credit_line] for idea in newest]
        inside(wall, shown)
        fits(wall)


def publish(crew: Backstage, place: int, author: ParticipantBadge) -> None:
    """Every fifth text stands on a paper card, which somebody enters."""
    written = draft(place)
    if place % 5 == 4 and author.table_id is not None:
        card = paper_cards.Card(written.title, author.table_id, author.side, written.pitch, author.participant_id)
        paper_cards.enter(crew.db, crew.moderator, card)
    else:
        crew.publishes("", written, author=author)


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


def in_the_lists(desk: Desk) -> None:
    desk.goes_to("/desk")
    for section in ("Tables", "Log"):
        desk.looks_at(section)
        desk.rests()
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
