"""axe on every screen, light and dark: no violation of WCAG 2.2 A or AA that is ours.

What is Streamlit's own is named in `STREAMLITS`, each with its reason, and explained in docs/accessibility.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.backstage import Backstage, backstage
from tests.browser.screens import DESK, PHONE, Desk, Phone, Screen, Wall
from tests.browser.venue import Venue, open_venue
from workshop.domain.event import StepKind
from workshop.services import themes, workshops

STEPS = (
    StepKind.ARRIVE, StepKind.WRITE, StepKind.SHARE, StepKind.THEMES, StepKind.VOTE, StepKind.REVEAL, StepKind.CLOSING,
)  # fmt: skip
SECTIONS = ("Tables", "Ideas", "Themes", "Votes", "Log")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

STREAMLITS: dict[str, re.Pattern[str]] = {}
"""Rule -> the elements of Streamlit's own making that break it; whatever else breaks it is ours."""

Scheme = Literal["light", "dark"]
TITLES = [f"{what} for {whom}" for what in ("Hydrogen", "Heat", "Batteries") for whom in ("ports", "cities", "buses", "farms")]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Venue, Backstage]]:
    """A running app with a room full of ideas."""
    with open_venue(tmp_path_factory.mktemp("venue")) as venue, backstage(venue) as behind:
        behind.opens(StepKind.SHARE)
        for number, title in enumerate(TITLES):
            behind.has_sent(behind.joins(f"Person {number}", table=number % 6), title, published=True)
        behind.opens(StepKind.THEMES)
        themes.apply(behind.db, behind.moderator, themes.suggest(behind.db, behind.moderator))
        yield venue, behind


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_screen_of_a_workshop_can_be_used_by_everybody(
    room: tuple[Venue, Backstage], browser: Browser, scheme: Scheme
) -> None:
    venue, behind = room
    broken: list[str] = []
    behind.opens(StepKind.ARRIVE)
    with ExitStack() as open_screens:
        phone = open_screens.enter_context(Phone(browser, venue, f"Anna {scheme}", color_scheme=scheme))
        wall = open_screens.enter_context(Wall(browser, venue, "wall", color_scheme=scheme))
        wide = open_screens.enter_context(Phone(browser, venue, f"Bo {scheme}", **DESK, color_scheme=scheme))
        phone.goes_to(f"/j/{venue.code}")
        phone.sees("I have read this and agree")
        broken += _violations(phone, "join")
        phone.joins(side="European Union", table="Table 7")
        wide.joins(side="United States", table="Table 8")
        wall.opens()
        for kind in STEPS:
            behind.opens(kind)
            sentence = next(s.instruction for s in workshops.of(behind.db, behind.observer).event.run_of_show if s.kind is kind)
            for screen in (phone, wide):
                screen.is_told(sentence[:30])
                broken += _violations(screen, f"phone in {kind}")
            wall.page.wait_for_timeout(500)
            broken += _violations(wall, f"wall in {kind}")
    assert broken == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["1440", "390"])
def test_every_page_of_those_who_run_the_room_can_be_used_by_everybody(
    room: tuple[Venue, Backstage], browser: Browser, scheme: Scheme, size: dict[str, Any]
) -> None:
    venue, behind = room
    broken: list[str] = []
    behind.opens(StepKind.SHARE)
    with Desk(browser, venue, f"desk {scheme}", **size, color_scheme=scheme) as desk:
        for role in ("moderator", "organiser"):
            desk.goes_to(f"/r/{_link(behind, role)}")
            broken += _violations(desk, f"link to {role}")
            desk.page.get_by_role("button").click()
            desk.page.wait_for_url(re.compile("/(desk|prepare)"))
        desk.goes_to("/desk")
        desk.sees("Open next step")
        for section in SECTIONS:
            desk.looks_at(section)
            desk.rests()
            broken += _violations(desk, f"desk, {section}")
        for page, words in (("prepare", "Links to roles"), ("people", "in the room"), ("report", "Ideas in the report")):
            desk.goes_to(f"/{page}")
            desk.sees(words)
            desk.rests()
            broken += _violations(desk, page)
    assert broken == []


def _link(behind: Backstage, role: str) -> str:
    from workshop.services import access

    return access.invite(behind.db, behind.organiser, role)  # type: ignore[arg-type]


def _violations(screen: Screen, where: str) -> list[str]:
    found = Axe().run(screen.page, options=RULES).response["violations"]
    return [
        f"{where} ({screen.name}): {violation['id']} at {node['target']}: {node['html'][:160]} "
        f"{(node['any'] or node['all'] or node['none'] or [{}])[0].get('message', '')}"
        for violation in found
        for node in violation["nodes"]
        if not _is_streamlits(violation["id"], node["html"])
    ]


def _is_streamlits(rule: str, html: str) -> bool:
    return rule in STREAMLITS and STREAMLITS[rule].search(html) is not None


def test_the_pages_of_the_documents_name_every_exception() -> None:
    text = (Path(__file__).parents[2] / "docs" / "accessibility.md").read_text(encoding="utf-8")
    assert [rule for rule in STREAMLITS if f"`{rule}`" not in text] == []
