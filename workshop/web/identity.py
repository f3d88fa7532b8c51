"""Cookies on responses: every browser gets a device id with its first page, a role comes with a one-time link.

How they are signed and read stands in ``workshop.signing``, because pages read them too.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workshop.signing import DEVICE_COOKIE, Signer, new_device_id, read_device, role_cookie, sign_device, sign_role
from workshop.web.hosts import is_https

THIRTY_DAYS = 30 * 24 * 3600

_NOT_PAGES = ("/_stcore/", "/static/", "/media/", "/component/", "/s/")


class DeviceCookie:
    """ASGI middleware that gives a browser its signed device id together with a page, when it has none of ours.

    Only pages carry it: they are fetched once, before anything else, so two answers never race to name one phone.
    """

    def __init__(self, app: ASGIApp, *, signer: Signer, trust_forwarded: bool = False) -> None:
        self._app = app
        self._signer = signer
        self._trust_forwarded = trust_forwarded

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._wants_cookie(scope):
            await self._app(scope, receive, send)
            return

        async def naming(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(message):
                MutableHeaders(scope=message).append("set-cookie", self._cookie(scope))
            await send(message)

        await self._app(scope, receive, naming)

    def _wants_cookie(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] == "GET"
            and not any(prefix in scope["path"] for prefix in _NOT_PAGES)
            and read_device(HTTPConnection(scope).cookies, self._signer) is None
        )

    def _cookie(self, scope: Scope) -> str:
        response = Response()
        secure = is_https(scope, trust_forwarded=self._trust_forwarded)
        _set_cookie(response, DEVICE_COOKIE, sign_device(new_device_id(), signer=self._signer), secure=secure)
        return response.headers["set-cookie"]


def set_role_cookie(response: Response, *, role: str, grant_id: str, signer: Signer, secure: bool) -> None:
    """Give the browser a role until the grant is revoked or thirty days are over."""
    _set_cookie(response, role_cookie(role), sign_role(role, grant_id, signer=signer), secure=secure)


def clear_role_cookie(response: Response, *, role: str, secure: bool) -> None:
    """Take the role's cookie from the browser. Revoking the grant is what counts; this only tidies up."""
    response.delete_cookie(role_cookie(role), path="/", secure=secure, httponly=True, samesite="lax")


def _set_cookie(response: Response, name: str, value: str, *, secure: bool) -> None:
    response.set_cookie(name, value, max_age=THIRTY_DAYS, path="/", secure=secure, httponly=True, samesite="lax")


def _is_page(message: Message) -> bool:
    headers = MutableHeaders(scope=message)
    return message["status"] == 200 and headers.get("content-type", "").startswith("text/html")
