"""What a run of the desk's theme workshop costs: none of the themes open, the largest open, and read anew each time.

    python -m tests.bench.desk_themes --ideas 20 60 150 --runs 9

Processor time of the script's own thread, medians. The helm, which a run draws as well, is the measure in the
same run: what it costs does not depend on the ideas.
"""

import argparse
import csv
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import House
from tests.services.room import Room
from workshop import settings
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.services import ideas, installation, themes
from workshop.services.shown_themes import ThemesView
from workshop.ui import desk_steps, desk_themes

SAMPLE = Path(__file__).parents[2] / "data" / "ideas" / "sample.csv"


def main() -> None:
    """Measure and print a line per number of ideas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ideas", type=int, nargs="+", default=[20, 60, 150])
    parser.add_argument("--runs", type=int, default=9)
    chosen = parser.parse_args()
    print("ideas  themes  none open  largest open  changed each time  helm   (ms)")
    for number in chosen.ideas:
        with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ, {"ROUNDTABLE_VAR": folder}):
            settings.current.cache_clear()
            print(measured(number, chosen.runs))
            installation.close()


def measured(number: int, runs: int) -> str:
    """A desk with so many ideas in themes."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        house = House(monkeypatch)
        house.room = Room(house.db, published_per_table=20, seats_per_table=20, people=200)
        view = _themes(house, number)
        page = house.browser("moderator").opens("desk")
        page.button_group[0].set_value("Themes").run()
        closed, helm = _cost(page, runs)
        largest = max(view.themes, key=lambda theme: len(theme.ideas))
        page.button(key=f"open_{largest.id}").click().run()
        open_, _ = _cost(page, runs)
        anew, _ = _cost(page, runs, before=lambda: _somebody_renames(house, view))
    return f"{number:5}  {len(view.themes):6}  {closed:9.1f}  {open_:12.1f}  {anew:17.1f}  {helm:4.1f}"


def _themes(house: House, number: int) -> ThemesView:
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    house.room.opens(StepKind.SHARE)
    for place in range(number):
        row, again = rows[place % len(rows)], place // len(rows)
        author = house.room.joins(f"Person {place}", table=place % len(house.room.tables))
        title = f"{row['title'][:70]} {again or ''}"
        idea = ideas.submit(house.db, author, IdeaDraft(title, row["pitch"][:400])).idea
        ideas.publish(house.db, author, idea.id, published=True)
    house.room.opens(StepKind.THEMES)
    themes.apply(house.db, house.room.moderator, themes.suggest(house.db, house.room.moderator))
    return _now(house)


def _cost(page: AppTest, runs: int, before: Callable[[], object] = list) -> tuple[float, float]:
    """Milliseconds of the theme workshop and of the helm."""
    took: dict[str, list[float]] = {"themes": [], "helm": []}

    def timed(name: str, show: Callable[..., None]) -> Callable[..., None]:
        def showing(*args: object) -> None:
            began = time.thread_time()
            show(*args)
            took[name].append(time.thread_time() - began)

        return showing

    with (
        patch.object(desk_themes, "show", timed("themes", desk_themes.show)),
        patch.object(desk_steps, "show", timed("helm", desk_steps.show)),
    ):
        for _ in range(runs):
            before()
            page.run()
    return 1000 * statistics.median(took["themes"]), 1000 * statistics.median(took["helm"])


def _somebody_renames(house: House, view: ThemesView) -> None:
    now = _now(house)
    theme = view.themes[-1].id
    themes.rename(house.db, house.room.moderator, theme, name=f"Name {now.version}", seen=now.version)


def _now(house: House) -> ThemesView:
    view = themes.current(house.db, house.room.moderator)
    assert view is not None
    return view


if __name__ == "__main__":
    main()
