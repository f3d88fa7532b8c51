"""Reading a screen letter by letter, and seeing what else is there: elements, links, a box too wide or too high."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import TimeoutError  # noqa: A004  the browser's own

from tests.browser.screens import SECONDS, Screen, Wall

OURS = frozenset(
    {
        *("ARTICLE", "B", "BUTTON", "DD", "DETAILS", "DIV", "DL", "DT", "FIELDSET", "FORM", "H1", "H2", "H3", "I"),
        *(
            "INPUT",
            "LABEL",
            "LEGEND",
            "LI",
            "OL",
            "OPTION",
            "OUTPUT",
            "P",
            "SECTION",
            "SELECT",
            "SPAN",
            "STRONG",
            "SUMMARY",
        ),
        *("TEXTAREA", "UL"),
    }
)
"""What we draw texts into."""

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
_TEXTS = """
(css) => {
  const found = []
  const look = (root) => {
    for (const element of root.querySelectorAll(css))
      found.push(element.matches("input, textarea") ? element.value : element.textContent)
    for (const element of root.querySelectorAll("*")) if (element.shadowRoot) look(element.shadowRoot)
  }
  look(document)
  return found
}
"""
_SAYS = f"([css, wanted]) => JSON.stringify(({_TEXTS.strip()})(css)) === JSON.stringify(wanted)"
_TWO_FRAMES = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
_STRANGE = """
() => {
  const found = []
  const look = (root) => {
    for (const element of root.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        const leads = /^(xlink:)?(href|src|srcset|action|formaction|poster|data)$/.test(name)
        if (/^on/.test(name) || (leads && /^\\s*javascript:|evil\\.example/i.test(value)))
          found.push(`${element.tagName} ${name}=${value}`)
      }
      if (/^(IFRAME|OBJECT|EMBED|BASE|MARQUEE|PLAINTEXT)$/.test(element.tagName)) found.push(element.tagName)
      if (element.shadowRoot) look(element.shadowRoot)
    }
  }
  look(document)
  return found
}
"""
_TOO_HIGH = """
() => {
  const at = (css) => document.querySelector(css)?.getBoundingClientRect()
  const head = at(".st-key-wall_head")
  const found = head.bottom > at(".st-key-wall_picture").top + 2 ? [`the headline ends at ${head.bottom}`] : []
  for (const box of document.querySelectorAll(".rt-picture, .rt-cards > *, .rt-foot")) {
    if (box.scrollHeight > box.clientHeight + 2 && getComputedStyle(box).display !== "inline")
      found.push(`${box.className} is ${box.scrollHeight} high in ${box.clientHeight}`)
    if (box.getBoundingClientRect().right > innerWidth)
      found.push(`${box.className} ends at ${box.getBoundingClientRect().right}`)
  }
  return found
}
"""


def cards(screen: Screen, card: str, *fields: str) -> list[dict[str, Any]]:
    """The texts of every box on the screen, shadow roots included, with what else is in it."""
    found: list[dict[str, Any]] = screen.page.evaluate(_READ, [card, list(fields)])
    return found


def texts_of(screen: Screen, css: str) -> list[str]:
    """What these elements say, or what stands in these fields, in the order of the page."""
    found: list[str] = screen.page.evaluate(_TEXTS, css)
    return found


def says(screen: Screen, css: str, wanted: Sequence[str]) -> None:
    """These elements say this, letter by letter, as soon as what was changed has arrived; then the page has settled."""
    try:
        screen.page.wait_for_function(_SAYS, arg=[css, list(wanted)], timeout=30 * SECONDS)
    except TimeoutError:  # read again only to show the difference: meanwhile the screen may have gone on
        assert texts_of(screen, css) == list(wanted), (screen.name, css)
    screen.rests()
    screen.page.evaluate(_TWO_FRAMES)  # a page that has just been drawn has its widths after the next frame


def inside(screen: Screen, shown: Sequence[dict[str, Any]]) -> None:
    """No element that we did not put there, and nothing wider than its place."""
    assert shown
    for card in shown:
        assert harmless(card), card
        assert not card["wide"], card
        assert card["right"] <= screen.width + 1, card
    assert not screen.scrolls_sideways()


def harmless(card: dict[str, Any]) -> bool:
    """Whether a box holds our elements only, none of which links, loads or acts."""
    return OURS.issuperset(card["tags"]) and card["acts"] == 0


def fits(wall: Wall) -> None:
    """Headline, picture and foot stay in their places: nobody scrolls a wall."""
    assert "; ".join(wall.page.evaluate(_TOO_HIGH)) == ""


def nothing_happened(screen: Screen) -> None:
    """No script ran, nothing foreign was asked for, no link or frame was made of a text."""
    assert screen.page.evaluate("window.hostile") is None
    assert screen.page.url.startswith(screen.venue.address)
    assert (screen.name, screen.page.evaluate(_STRANGE)) == (screen.name, [])
    assert (screen.name, screen.wire.complaints, screen.wire.foreign) == (screen.name, [], [])
    assert screen.page.locator("meta[http-equiv=refresh]").count() == 0
