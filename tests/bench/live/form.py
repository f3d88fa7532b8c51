"""A form on a page of Streamlit's, and what the page says after it was sent."""

import asyncio
import re

from tests.bench.live.browser import PATIENCE
from tests.bench.live.place import PITCH
from tests.bench.live.tab import Tab
from tests.bench.live.widgets import Drawn

_SAVED = re.compile(r"Saved as #(\d+)\.")
_PROBLEM = re.compile(r'rt-problem" role="alert">([^<]*)')


class Form:
    """``problem`` is the sentence of a refusal, empty when there was none."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._answer: asyncio.Future[int] | None = None
        self.problem = ""

    def hear(self, element: Drawn) -> None:
        """Something was drawn: perhaps the answer."""
        if element.kind != "html":
            return
        if found := _PROBLEM.search(element.proto.body):
            self.problem = found[1]
        waiting = self._answer is not None and not self._answer.done()
        if waiting and (found := _SAVED.search(element.proto.body)):
            self._answer.set_result(int(found[1]))
        elif waiting and self.problem:
            self._answer.set_exception(ValueError(self.problem))

    async def send(self, button: str, **fields: object) -> None:
        """Fill in, press, and wait until the page has run."""
        self.problem = ""
        for label, value in fields.items():
            self._tab.fill(label, value)
        self._tab.press(button)
        await self._tab.session.rests()

    async def send_idea(self, title: str) -> int:
        """Send an idea; gives its number when the page confirms it."""
        self.problem, self._answer = "", asyncio.get_running_loop().create_future()
        self._tab.fill("Title", title)
        self._tab.fill("Pitch: what, for whom, why now", PITCH)
        self._tab.press("Send")
        async with asyncio.timeout(PATIENCE):
            return await self._answer
