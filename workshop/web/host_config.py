"""What Streamlit's page is told about the place where it runs: nobody may steer it, and it opens no dialogs of its own.

Without this a phone, the wall and the desk are covered by "Connection error: Streamlit server is not responding" three
seconds after the Wi-Fi has gone. Our own components say what has happened, and the text below them stays in reach.
Streamlit asks platforms to answer this address themselves (see its setting ``client.allowedOrigins``).
"""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

ADDRESS = "/_stcore/host-config"

_ANSWER = {
    "allowedOrigins": [],
    "useExternalAuthToken": False,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "blockErrorDialogs": True,
    "resourceCrossOriginMode": None,
}


class HostConfig:
    """ASGI middleware that answers in Streamlit's place, at the one address that counts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == ADDRESS:
            await JSONResponse(_ANSWER)(scope, receive, send)
        else:
            await self._app(scope, receive, send)
