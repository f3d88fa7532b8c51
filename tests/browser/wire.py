"""Everything that reaches a browser, read below the page: what no screen may show must not even arrive."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import ConsoleMessage, Page, Request, WebSocket

_LISTEN = """
window.violations ??= []
document.addEventListener("securitypolicyviolation", (event) => hearViolation(
  `${event.violatedDirective} ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`))
window.touched = []
for (const kind of ["pointerdown", "pointerup", "click"]) document.addEventListener(kind, (event) => {
  const label = (event.target?.innerText ?? "").slice(0, 30)
  window.touched = [...window.touched, `${kind} ${label} at ${Math.round(performance.now())}`].slice(-12)
}, true)
const plainFetch = window.fetch
window.fetch = async (...asked) => {
  const answer = await plainFetch(...asked)
  if (String(asked[0]).includes("/live/")) answer.clone().text().then((text) => hearAnswer(text), () => {})
  return answer
}
"""
_TALLY = re.compile(
    r'"two_sided"|"share_by_side"|"supporters_by_side"|"ballots_by_side"|"fewest_raters"|class="rt-rank"'
    r"|By support of both sides"
)
_NO_NETWORK = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED", "WebSocket connection to")
# Whoever opens a page by its own address: Streamlit's script first looks for its server below that address.
_SEARCHING = re.compile(r"/(?:desk|wall|participate|prepare|people|report)/_stcore/(?:health|host-config)$")


class Wire:
    """What one page asked for, was sent and complained about. ``offline``: its network is taken away on purpose."""

    def __init__(self, page: Page, home: str) -> None:
        self.home = home
        self.offline = False
        self.asked: list[str] = []
        self.heard: list[str] = []
        self.complaints: list[str] = []
        page.expose_function("hearAnswer", self._answer)
        page.expose_function("hearViolation", lambda text: self.complaints.append(f"policy: {text}"))
        page.add_init_script(_LISTEN)
        page.on("request", self._request)
        page.on("websocket", self._socket)
        page.on("console", self._line)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("crash", lambda _: self.complaints.append("the page crashed"))
        below = page.context.new_cdp_session(page)
        below.send("Network.enable")
        below.on("Network.eventSourceMessageReceived", lambda event: self.heard.append(event["data"]))

    @property
    def foreign(self) -> list[str]:
        """Addresses that are not the app's."""
        own = (f"{self.home}/", f"blob:{self.home}/", "data:")
        return [address for address in self.asked if not address.startswith(own)]

    def carried(self, text: str) -> bool:
        """Whether these words ever reached the browser, as they are or as JSON writes them."""
        written = text.encode("unicode_escape").decode()
        return any(text in heard or written in heard for heard in self.heard)

    def tallies(self) -> list[str]:
        """Whatever arrived that says how the votes stand, with the words around it."""
        return [heard[max(0, found.start() - 80) :][:200] for heard in self.heard for found in _TALLY.finditer(heard)]

    def forget(self) -> None:
        """Listen from here on."""
        self.heard.clear()

    def _answer(self, text: str) -> None:
        self.heard.append(text)

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)

    def _socket(self, socket: WebSocket) -> None:
        self.asked.append(socket.url.replace("ws:", "http:", 1))
        socket.on("framereceived", self._frame)

    def _frame(self, payload: Any) -> None:
        self.heard.append(payload.decode("utf-8", "replace") if isinstance(payload, bytes) else payload)

    def _line(self, line: ConsoleMessage) -> None:
        expected = self.offline and any(known in line.text for known in _NO_NETWORK)
        where = line.location.get("url", "")
        if line.type in {"error", "warning"} and not expected and not _SEARCHING.search(where):
            self.complaints.append(f"{line.text} at {where}")
