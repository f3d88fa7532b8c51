"""How much a browser may send us in one request."""

from __future__ import annotations

from starlette.types import Message, Receive

# Our forms and votes are a few hundred bytes; the longest idea with all its fields stays under 10 kB.
LARGEST_BODY = 64 * 1024


class MeteredBody:
    """Counts a body while it is read, because a length need not be announced, or be true."""

    __slots__ = ("_largest", "_receive", "_seen", "exceeded")

    def __init__(self, receive: Receive, *, largest: int = LARGEST_BODY) -> None:
        self._receive = receive
        self._largest = largest
        self._seen = 0
        self.exceeded = False

    async def receive(self) -> Message:
        """The next piece. Past the limit the route sees what it sees when a browser goes away."""
        if self.exceeded:
            return {"type": "http.disconnect"}
        message = await self._receive()
        if message["type"] == "http.request":
            self._seen += len(message.get("body", b""))
            self.exceeded = self._seen > self._largest
        return {"type": "http.disconnect"} if self.exceeded else message
