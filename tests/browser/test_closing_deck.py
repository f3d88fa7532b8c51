"""The closing deck on the projector: every slide fits, however many sides there are and however long their names."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.slides import cut_off
from tests.reporting.rooms import a_full_room
from workshop.reporting import exporters


@pytest.mark.parametrize("sides", [2, 3, 6])
def test_every_slide_of_a_room_that_is_full_of_long_names_fits(browser: Browser, tmp_path: Path, sides: int) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(exporters["html"].render(a_full_room(sides)))
    page = browser.new_page(viewport={"width": 1920, "height": 1080})
    page.goto(file.as_uri())
    assert cut_off(page) == {}
    page.set_viewport_size({"width": 1280, "height": 720})
    assert cut_off(page) == {}
    page.evaluate("for (const row of document.querySelectorAll('.card, li')) row.style.padding = '1.2em 0'")
    assert cut_off(page), "rows that are too high are seen"
    page.close()
