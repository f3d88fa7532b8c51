"""Slides of the closing deck in a browser: whether anything of one is cut off."""

from __future__ import annotations

from playwright.sync_api import Page

_CUT_OFF = """() => {
  const slide = document.querySelector('.slide.shown'), content = slide.querySelector('.content');
  const [whole, middle] = [slide, content].map((box) => box.getBoundingClientRect());
  const ends = (style) => style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
  return [slide, ...slide.querySelectorAll(':scope > :not(.notes), .foot *, .content *')].filter((box) => {
    const style = getComputedStyle(box), at = box.getBoundingClientRect();
    const around = content.contains(box) && box !== content ? middle : whole;
    if (style.display === 'inline' || box.parentElement.closest('svg')) return false;
    if (at.top < around.top - 2 || at.bottom > around.bottom + 2) return true;
    if (at.left < around.left - 2 || at.right > around.right + 2) return true;
    if (box instanceof SVGElement || ends(style)) return false;
    return box.scrollWidth > box.clientWidth + 2
      || (box.matches('.slide, .content') && box.scrollHeight > box.clientHeight + 2);
  }).map((box) => box.outerHTML.slice(0, 200));
}"""


def cut_off(page: Page) -> dict[int, list[str]]:
    """What of each slide stands outside of it, or is wider than its box and does not end with "…"."""
    page.keyboard.press("Home")
    found = {}
    for place in range(1, page.locator(".slide").count() + 1):
        page.wait_for_function("place => document.querySelector('.slide.shown').id === `slide-${place}`", arg=place)
        found[place] = page.evaluate(_CUT_OFF)
        page.keyboard.press("ArrowRight")
    return {place: boxes for place, boxes in found.items() if boxes}
