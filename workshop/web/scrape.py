"""``/metrics``: the numbers of this process in Prometheus's text format, for this machine or for whoever has the token.

To everybody else there is no such page. A connection from this machine proves nothing when a proxy stands in front, as
then everybody's does: whatever carries a proxy's marks needs the token.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from ipaddress import IPv6Address, ip_address

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from workshop.services import installation
from workshop.settings import Settings
from workshop.web.hosts import is_loopback
from workshop.web.metrics import REGISTRY

_MARKS_OF_A_PROXY = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


async def numbers(request: Request) -> Response:
    """Everything that is measured, as it stands now."""
    if not _may_read(request, installation.current().settings):
        return PlainTextResponse("There is nothing here.\n", status_code=404)
    return Response(
        generate_latest(REGISTRY), headers={"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"}
    )


def routes() -> list[Route]:
    """The route for Prometheus."""
    return [Route("/metrics", numbers)]


def _may_read(request: Request, chosen: Settings) -> bool:
    return _has_token(request, chosen.metrics_token) or (not chosen.behind_proxy and _is_from_here(request))


def _has_token(request: Request, token: str) -> bool:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    return bool(token) and kind.lower() == "bearer" and secrets.compare_digest(given.encode(), token.encode())


def _is_from_here(request: Request) -> bool:
    """From this machine, to this machine's own name, and by nobody's mediation."""
    if request.client is None or not is_loopback(request.headers.get("host", "")):
        return False
    if any(mark in request.headers for mark in _MARKS_OF_A_PROXY):
        return False
    with suppress(ValueError):
        address = ip_address(request.client.host)
        mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
        return (mapped or address).is_loopback
    return False
