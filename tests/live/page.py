"""A page in a browser's tab, seen from Streamlit's websocket: what its script draws, and a button that is pressed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates


@dataclass
class Page:
    """``drawn`` is everything that the last run sent, as text; ``buttons`` are ids of widgets by their labels."""

    name: str
    query: str
    socket: websockets.ClientConnection = field(repr=False)
    session: str = ""
    drawn: str = ""
    buttons: dict[str, str] = field(default_factory=dict)

    async def run(self, *states: WidgetState) -> None:
        """Run the script to its end."""
        state = ClientState(page_name=self.name, query_string=self.query, widget_states=WidgetStates(widgets=states))
        await self.socket.send(BackMsg(rerun_script=state).SerializeToString())
        self.drawn, self.buttons = "", {}
        async with asyncio.timeout(60):
            while (message := ForwardMsg.FromString(await self._bytes())).WhichOneof("type") != "script_finished":
                if message.WhichOneof("type") == "new_session":
                    self.session = message.new_session.initialize.session_id
                element = message.delta.new_element
                self.drawn += str(element)
                if element.WhichOneof("type") == "button":
                    self.buttons[element.button.label] = element.button.id

    async def press(self, label: str) -> None:
        """Press a button, and let the script run."""
        await self.run(WidgetState(id=self.buttons[label], trigger_value=True))

    async def _bytes(self) -> bytes:
        received = await self.socket.recv()
        assert isinstance(received, bytes)
        return received


@asynccontextmanager
async def opened(
    address: str, name: str, *, query: str = "", cookies: Mapping[str, str], session: str = ""
) -> AsyncIterator[Page]:
    """A page, drawn once. ``session`` is what a browser says when it comes back: the session that it had."""
    protocols = [websockets.Subprotocol(name) for name in ("streamlit", "none", session) if name]
    async with websockets.connect(
        f"{address.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=protocols,
        origin=websockets.Origin(address),
        additional_headers={"Cookie": "; ".join(f"{key}={value}" for key, value in cookies.items())},
        max_size=None,
    ) as socket:
        page = Page(name, query, socket)
        await page.run()
        yield page
