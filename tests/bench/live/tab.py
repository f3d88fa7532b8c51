"""A page of Streamlit's in a browser: what is drawn on it, and what a person does to its widgets."""

import asyncio
from collections.abc import Callable
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.bench.live.browser import Browser
from tests.bench.live.session import Session
from tests.bench.live.widgets import Drawn


class Tab:
    """One tab.

    ``on_drawn`` is told of every element as it is drawn, ``on_run`` of every run that has ended, ``on_timer`` of a
    fragment that wants to run again every so many seconds, or no longer (0).
    """

    def __init__(self, browser: Browser, page: str, query: str = "") -> None:
        self.browser = browser
        self.page, self.query = page, query
        self.session = Session(browser, self._take)
        self.on_drawn: Callable[[Drawn], None] = lambda _: None
        self.on_run: Callable[[], None] = lambda: None
        self.on_timer: Callable[[str, float], None] = lambda _fragment, _seconds: None
        self.widgets: dict[str, Drawn] = {}
        self.typed: dict[str, Any] = {}
        self._places: dict[tuple[int, ...], str] = {}
        self.problems: list[str] = []

    async def open(self) -> None:
        """Load the page, in place of the one that is there, and wait until it is drawn."""
        self.session.drop()
        place = f"/{self.page}" + (f"?{self.query}" if self.query else "")
        answer = await self.browser.get(place)
        if answer.status != 200:
            raise ConnectionError(f"{place} answered {answer.status}")
        await asyncio.gather(self.browser.get("/_stcore/health"), self.browser.get("/_stcore/host-config"))
        self.widgets, self.typed = {}, {}
        self.session.forget()
        await self.session.connect()
        self.run([])
        await self.session.rests()

    def leave(self) -> None:
        """Close the tab and its browser."""
        self.session.drop()
        self.browser.leave()

    def shows(self, label: str) -> bool:
        """Whether there is a widget with this label."""
        return any(getattr(drawn.proto, "label", None) == label for drawn in self.widgets.values())

    def widget(self, label: str) -> Drawn:
        """The widget with this label. Raises LookupError when it is not on the page."""
        for drawn in self.widgets.values():
            if getattr(drawn.proto, "label", None) == label:
                return drawn
        raise LookupError(f"“{label}” is not on the page")

    def fill(self, label: str, value: Any) -> None:
        self.typed[self.widget(label).id] = value

    def choose(self, label: str, value: Any) -> None:
        """Fill in a widget outside a form: the page, or its fragment, runs at once."""
        self.fill(label, value)
        self.run([], fragment=self.widget(label).fragment)

    def press(self, label: str) -> None:
        """Press a button; what was filled in goes with it."""
        button = self.widget(label)
        self.run([WidgetState(id=button.id, trigger_value=True)], fragment=button.fragment)

    def trigger(self, component: Drawn, event: str) -> None:
        """Let a component of ours say something, as its ``setTriggerValue`` does; ``event`` is JSON."""
        name = f"$$STREAMLIT_INTERNAL_KEY_{component.id}__events"
        self.run([WidgetState(id=name, json_trigger_value=event)], fragment=component.fragment)

    def run(self, pressed: list[WidgetState], *, fragment: str = "", timed: bool = False) -> None:
        """Ask for a run of the page, or of one fragment."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.fragment_id, state.is_auto_rerun = self.query, fragment, timed
        if self.session.script:
            state.page_script_hash = self.session.script
        else:
            state.page_name = self.page
        typed = [drawn.state(self.typed.get(drawn.id)) for drawn in self.widgets.values() if drawn.sent]
        state.widget_states.widgets.extend([*typed, *pressed])
        state.context_info.timezone, state.context_info.locale = "UTC", "en-US"
        state.context_info.url, state.context_info.color_scheme = f"{self.browser.address}/{self.page}", "light"
        self.session.ask(message)

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._draw(message)
        elif kind == "new_session":
            self._clear(set(message.metadata.run.fragment_ids))
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self.on_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self.on_timer(fragment, 0)
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.on_run()

    def _clear(self, fragments: set[str]) -> None:
        """A run draws its widgets anew: those of the page, or of the fragments that run."""
        if fragments:
            self.widgets = {key: drawn for key, drawn in self.widgets.items() if drawn.fragment not in fragments}
        else:
            self.widgets = {}
        self._places = {place: key for place, key in self._places.items() if key in self.widgets}

    def _draw(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return  # a block takes over what stands in the block before it
        place = tuple(message.metadata.delta_path)
        self._replace(place)
        drawn = Drawn.of(message.delta.new_element, message.delta.fragment_id)
        if drawn.kind == "exception":
            self.problems.append(drawn.proto.message)
        if drawn.kept:
            self.widgets[drawn.id] = drawn
            self._places[place] = drawn.id
        self.on_drawn(drawn)

    def _replace(self, place: tuple[int, ...]) -> None:
        """An element takes the place of all that stood there."""
        for there in [other for other in self._places if other[: len(place)] == place]:
            self.widgets.pop(self._places.pop(there), None)
