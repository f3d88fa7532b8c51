"""A session of Streamlit's over its websocket: who it is, which page it runs, when a run has ended."""

import asyncio
from collections.abc import Callable

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.bench.live.browser import PATIENCE, Browser
from tests.bench.live.websocket import WebSocket

_UNAUTHENTICATED = "PLACEHOLDER_AUTH_TOKEN"  # what Streamlit's own page sends without a sign-in


class Session:
    """``take`` is told of every message. ``script`` is the page's hash, ``lost`` how often the server forgot us."""

    def __init__(self, browser: Browser, take: Callable[[ForwardMsg], None]) -> None:
        self.script = ""
        self.lost = self.received = 0
        self._browser, self._take = browser, take
        self._id = ""
        self._socket: WebSocket | None = None
        self._reading: asyncio.Task[None] | None = None
        self._ended: asyncio.Future[None] | None = None
        self._more = asyncio.Event()

    @property
    def connected(self) -> bool:
        return self._socket is not None

    def forget(self) -> None:
        """A page that is loaded anew begins a new session."""
        self.script = self._id = ""

    async def connect(self) -> None:
        """Open the socket; one that was open before goes on with its session, and nothing is drawn again."""
        known = [self._id] if self._id else []
        socket = await WebSocket.open(self._browser, "/_stcore/stream", ["streamlit", _UNAUTHENTICATED, *known])
        self._socket = socket
        self._reading = asyncio.create_task(self._read(socket))

    def drop(self) -> None:
        """Lose the connection."""
        if self._socket is not None:
            self._socket.drop()
        self._socket = None

    def ask(self, message: BackMsg) -> None:
        """Ask for a run."""
        if self._socket is None:
            raise ConnectionError("this tab has no connection")
        if self._ended is None or self._ended.done():
            self._ended = asyncio.get_running_loop().create_future()
        self._socket.send(message.SerializeToString())

    async def rests(self) -> None:
        """Wait for the end of the run that was asked for last."""
        if self._ended is not None:
            async with asyncio.timeout(PATIENCE):
                await asyncio.shield(self._ended)

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until a run has ended after which this is true."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                self._more.clear()
                await self._more.wait()

    async def _read(self, socket: WebSocket) -> None:
        while (frame := await socket.receive()) is not None:
            self.received += len(frame)
            message = ForwardMsg.FromString(frame)
            self._note(message)
            self._take(message)
            self._end(message)
        if self._socket is socket:
            self._socket = None
            self._browser.sockets_lost += 1

    def _note(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.script, now = message.new_session.page_script_hash, message.new_session.initialize.session_id
            self.lost += self._id not in {"", now}
            self._id = now
        elif kind == "navigation":  # which page it really is, the router decides
            self.script = message.navigation.page_script_hash

    def _end(self, message: ForwardMsg) -> None:
        ended = message.WhichOneof("type") == "script_finished"
        if not ended or message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        self._more.set()
        if self._ended is not None and not self._ended.done():
            self._ended.set_result(None)
