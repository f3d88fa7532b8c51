"""A page of Streamlit's in a browser: its websocket, what is drawn on it, and what a person does to its widgets."""

import asyncio
from collections.abc import Callable
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.bench.live.browser import PATIENCE, Browser
from tests.bench.live.websocket import WebSocket
from tests.bench.live.widgets import Drawn

_UNAUTHENTICATED = "PLACEHOLDER_AUTH_TOKEN"  # what Streamlit's own page sends without a sign-in


class Tab:
    """One tab.

    ``on_drawn`` is told of every element as it is drawn, ``on_run`` of every run that has ended, ``on_timer`` of a
    fragment that wants to run again every so many seconds, or no longer (0).
    """

    def __init__(self, browser: Browser, page: str, query: str = "") -> None:
        self.browser = browser
        self.page, self.query = page, query
        self.on_drawn: Callable[[Drawn], None] = lambda _: None
        self.on_run: Callable[[], None] = lambda: None
        self.on_timer: Callable[[str, float], None] = lambda _fragment, _seconds: None
        self.widgets: dict[str, Drawn] = {}
        self.typed: dict[str, Any] = {}
        self.received = self.lost_sessions = 0
        self.problems: list[str] = []
        self._socket: WebSocket | None = None
        self._reading: asyncio.Task[None] | None = None
        self._script = self._session = ""
        self._ended: asyncio.Future[None] | None = None
        self._more = asyncio.Event()

    @property
    def connected(self) -> bool:
        return self._socket is not None

    async def open(self) -> None:
        """Load the page and wait until it is drawn."""
        place = f"/{self.page}" + (f"?{self.query}" if self.query else "")
        answer = await self.browser.get(place)
        if answer.status != 200:
            raise ConnectionError(f"{place} answered {answer.status}")
        await asyncio.gather(self.browser.get("/_stcore/health"), self.browser.get("/_stcore/host-config"))
        self._script = self._session = ""
        self.widgets, self.typed = {}, {}
        await self.connect()
        self.run([])
        await self.rests()

    async def connect(self) -> None:
        """Open the socket; a tab that had one goes on with its session, and nothing is drawn again."""
        known = [self._session] if self._session else []
        socket = await WebSocket.open(self.browser, "/_stcore/stream", ["streamlit", _UNAUTHENTICATED, *known])
        self._socket = socket
        self._reading = asyncio.create_task(self._read(socket))

    def drop(self) -> None:
        """Lose the connection."""
        if self._socket is not None:
            self._socket.drop()
        self._socket = None

    def leave(self) -> None:
        """Close the tab and its browser."""
        self.drop()
        self.browser.leave()

    async def until(self, true: Callable[[], bool], seconds: float) -> None:
        """Wait until a run has ended after which this is true. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not true():
                self._more.clear()
                await self._more.wait()

    async def rests(self) -> None:
        """Wait for the end of the run that was asked for last."""
        if self._ended is not None:
            async with asyncio.timeout(PATIENCE):
                await asyncio.shield(self._ended)

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
        if self._socket is None:
            raise ConnectionError("this tab has no connection")
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.fragment_id, state.is_auto_rerun = self.query, fragment, timed
        if self._script:
            state.page_script_hash = self._script
        else:
            state.page_name = self.page
        typed = [drawn.state(self.typed.get(drawn.id)) for drawn in self.widgets.values() if drawn.sent]
        state.widget_states.widgets.extend([*typed, *pressed])
        state.context_info.timezone, state.context_info.locale = "UTC", "en-US"
        state.context_info.url, state.context_info.color_scheme = f"{self.browser.address}/{self.page}", "light"
        if self._ended is None or self._ended.done():
            self._ended = asyncio.get_running_loop().create_future()
        self._socket.send(message.SerializeToString())

    async def _read(self, socket: WebSocket) -> None:
        while (frame := await socket.receive()) is not None:
            self.received += len(frame)
            self._take(ForwardMsg.FromString(frame))
        if self._socket is socket:
            self._socket = None
            self.browser.sockets_lost += 1

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "delta":
            self._draw(message)
        elif kind == "new_session":
            self._begin(message)
        elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.on_run()
            self._more.set()
            if self._ended is not None and not self._ended.done():
                self._ended.set_result(None)
        elif kind == "auto_rerun":
            self.on_timer(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self.on_timer(fragment, 0)

    def _begin(self, message: ForwardMsg) -> None:
        """A run draws its widgets anew: those of the page, or of the fragments that run."""
        self._script = message.new_session.page_script_hash
        session = message.new_session.initialize.session_id
        self.lost_sessions += bool(self._session) and self._session != session
        self._session = session
        fragments = set(message.metadata.run.fragment_ids)
        if fragments:
            self.widgets = {key: drawn for key, drawn in self.widgets.items() if drawn.fragment not in fragments}
        else:
            self.widgets = {}

    def _draw(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        drawn = Drawn.of(message.delta.new_element, message.delta.fragment_id)
        if drawn.kind == "exception":
            self.problems.append(drawn.proto.message)
        if drawn.kept:
            self.widgets[drawn.id] = drawn
        self.on_drawn(drawn)
