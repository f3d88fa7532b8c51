"""The HTML file is deck and report at once, asks nobody for anything, and takes nothing typed for markup."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace

from tests.reporting import hostile
from tests.reporting.pages import Page
from tests.reporting.rooms import CH, EU, US, a_report, with_consortia, with_texts
from workshop.domain.event import Anonymity
from workshop.domain.text import normal

ASKING = {"href", "src", "srcset", "action", "style", "data", "xlink:href", "formaction", "background", "poster"}


def policy(page: Page) -> str:
    return next(meta["content"] for meta in page.named("meta") if "http-equiv" in meta)


def test_the_file_asks_nobody_for_anything() -> None:
    page = Page(with_consortia(a_report()))
    assert policy(page).startswith("default-src 'none';")
    assert not [attributes for _, attributes in page.tags if ASKING & attributes.keys()]
    assert {found[:5] for found in re.findall(r"url\(\"?([^)]*)", "".join(page.styles))} == {"data:"}
    assert "@import" not in "".join(page.styles)


def test_only_the_style_and_the_script_of_the_file_may_run() -> None:
    page = Page(a_report())
    for kind, texts in (("style-src", page.styles), ("script-src", page.scripts)):
        (text,) = texts
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}';" in policy(page)
    assert "unsafe" not in policy(page)


def test_nothing_typed_becomes_markup() -> None:
    """A page of hostile texts has the tags and attributes of a page of the same room with harmless ones."""
    wild, tame = (
        with_texts(hostile.TEXTS),
        with_texts(tuple(f"text {place}\nand more" for place, _ in enumerate(hostile.TEXTS))),
    )
    page = Page(wild)
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in Page(tame).tags}
    assert Counter(tag for tag, _ in page.tags)["script"] == 1
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    read = page.text
    for text in hostile.TEXTS:
        assert " ".join(normal(text).split()) in read


def test_the_deck_has_its_slides_and_below_it_stands_every_idea() -> None:
    report = with_consortia(a_report(60))
    page = Page(report)
    slides = [each["id"] for each in page.named("section")]
    assert slides == [f"slide-{place}" for place in range(1, 9)]
    for idea in report.ideas:
        assert f"#{idea.number} {idea.title}" in page.text
        assert idea.still_needed in page.text


def test_a_third_side_has_its_place_on_every_chart() -> None:
    text = Page(a_report(20, 30, sides=(EU, US, CH))).text
    assert re.search(r"EU \d+ of \d+ US \d+ of \d+ CH \d+ of \d+", text)


def test_a_name_stands_beside_a_commitment_and_nowhere_else_without_names() -> None:
    for level in (Anonymity.TABLE_TAG, Anonymity.ANONYMOUS):
        report = with_consortia(a_report(anonymity=level))
        assert "Grace Okafor" in Page(report).text
        assert "Hansen" not in Page(report).text


def test_votes_that_are_hidden_are_not_in_the_file() -> None:
    text = Page(a_report(revealed=False)).text
    assert "Votes are still hidden." in text
    assert not re.search(r"\d+ dots?\b|place \d", text)


def test_a_rehearsal_says_so_on_its_first_slide() -> None:
    assert Page(replace(a_report(), rehearsal=True)).text.count("Rehearsal: nobody of this room is real.") == 2
