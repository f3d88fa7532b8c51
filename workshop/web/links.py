"""Short links: to the room, to a person's second device, to a role, to the wall, to the desk that one has already.

A link that changes something shows a page with one button first, so that the preview of a chat program, which opens
every link it sees, uses nothing up.
"""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from workshop import signing
from workshop.errors import NotAllowed, WorkshopError
from workshop.services import access, desks, installation, people
from workshop.web.hosts import is_https
from workshop.web.identity import set_role_cookie

WALL_LOOK = "embed=true&embed_options=dark_theme"
_HOME = {"moderator": "/desk", "organiser": "/prepare", "helper": "/people"}
_SEE_OTHER = 303

_PAGE = Markup("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>Roundtable</title>
<style>
 :root {{ color-scheme: light dark }}
 body {{ font: 1.125rem/1.5 system-ui, sans-serif; margin: 0; min-height: 100vh; display: grid; place-items: center;
   background: light-dark(#fff, #14121a); color: light-dark(#1e1b24, #f4f2f8) }}
 main {{ max-width: 26rem; padding: 1.5rem }}
 h1 {{ font-size: 1.5rem; margin: 0 0 .5rem }}
 button, a.go {{ display: block; width: 100%; box-sizing: border-box; text-align: center; font: inherit;
   font-weight: 600; padding: .875rem; margin-top: 1.5rem; border: 0; border-radius: .5rem;
   background: #4a2d82; color: #fff; text-decoration: none; cursor: pointer }}
 button:focus-visible, a.go:focus-visible {{ outline: 3px solid #7c5cc4; outline-offset: 3px }}
</style></head><body><main><h1>{title}</h1><p>{text}</p>{action}</main></body></html>""")
_BUTTON = Markup('<form method="post"><button type="submit">{}</button></form>')
_WAY_HOME = Markup('<a class="go" href="/">Go to the start page</a>')


async def join(request: Request) -> Response:
    """``/j/CODE``: to the start page with the room's code or join token filled in, and the table of its card."""
    table = request.query_params.get("table", "")
    at_table = f"&table={table}" if table.isdecimal() and len(table) <= 3 else ""
    return RedirectResponse(f"/?code={quote(request.path_params['code'], safe='')}{at_table}", status_code=_SEE_OTHER)


async def wall(request: Request) -> Response:
    """``/w/CODE``: to the wall in its dark look without controls."""
    code = quote(request.path_params["code"], safe="")
    return RedirectResponse(f"/wall?code={code}&{WALL_LOOK}", status_code=_SEE_OTHER)


async def role(request: Request) -> Response:
    """``/r/TOKEN``: a one-time link to a role; GET says what it gives, POST takes it."""
    return await run_in_threadpool(_role, request)


async def personal(request: Request) -> Response:
    """``/p/TOKEN``: a personal link; GET says what it does, POST lets the person act on this device."""
    return await run_in_threadpool(_personal, request)


async def desk(request: Request) -> Response:
    """``/d/CODE``: to the desk of a room in which this browser is the moderator already; it uses nothing up."""
    return await run_in_threadpool(_desk, request)


def routes() -> list[Route]:
    """The short links of the room."""
    return [
        Route("/j/{code}", join),
        Route("/w/{code}", wall),
        Route("/d/{code}", desk),
        Route("/r/{token}", role, methods=["GET", "POST"]),
        Route("/p/{token}", personal, methods=["GET", "POST"]),
    ]


def _role(request: Request) -> Response:
    house = installation.current()
    token = request.path_params["token"]
    try:
        if request.method == "POST":
            grant = access.claim(house.db, token, device=_device(request))
            return _at_home(request, grant.role, grant.id)
        offer = access.offered(house.db, token)
    except WorkshopError as error:
        return _page("This link does not open", str(error), _WAY_HOME, status=error.status)
    return _page(
        f"You are invited as {offer.role}",
        f"The button makes this browser the {offer.role}'s. The link works for one browser only.",
        _BUTTON.format(f"Continue as {offer.role}"),
    )


def _desk(request: Request) -> Response:
    try:
        grant_id = desks.sit_down(installation.current().db, request.path_params["code"], device=_device(request))
    except WorkshopError as error:
        return _page("This is not your desk", str(error), _WAY_HOME, status=error.status)
    return _at_home(request, "moderator", grant_id)


def _at_home(request: Request, role: access.Role, grant_id: UUID) -> Response:
    """To the page of a role, which this browser holds from now on."""
    house = installation.current()
    answer = RedirectResponse(_HOME[role], status_code=_SEE_OTHER)
    secure = is_https(request.scope, trust_forwarded=house.settings.behind_proxy)
    set_role_cookie(answer, role=role, grant_id=str(grant_id), signer=house.signer, secure=secure)
    return answer


def _personal(request: Request) -> Response:
    house = installation.current()
    if request.method != "POST":
        text = "The button brings your place in the workshop to this device as well."
        return _page("Continue on this device", text, _BUTTON.format("Continue"))
    try:
        badge = people.come_back(house.db, request.path_params["token"], device=_device(request))
    except WorkshopError as error:
        return _page("This link does not open", str(error), _WAY_HOME, status=error.status)
    return RedirectResponse(f"/participate?person={badge.participant_id}", status_code=_SEE_OTHER)


def _device(request: Request) -> str:
    device = signing.read_device(request.cookies, installation.current().signer)
    if device is None:
        raise NotAllowed("This browser refused our cookie. Allow cookies for this page, open the link again.")
    return device


def _page(title: str, text: str, action: Markup, *, status: int = 200) -> HTMLResponse:
    return HTMLResponse(_PAGE.format(title=title, text=text, action=action), status_code=status)
