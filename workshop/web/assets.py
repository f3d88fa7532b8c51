"""``/assets/<hash>/<file>``: the components' modules, kept by browsers for a year.

The hash of all files together is part of the path. So a module imports its neighbour by a relative name and gets the
same version and the same instance, and a new version is a new address.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from workshop.ui.components import modules

_A_YEAR = "public, max-age=31536000, immutable"


async def asset(request: Request) -> Response:
    """One module. An address of an earlier version gets the present one, which nobody then keeps."""
    text = modules.texts().get(request.path_params["name"])
    if text is None:
        return PlainTextResponse("There is nothing here.\n", status_code=404)
    kept = request.path_params["version"] == modules.version()
    return Response(text, media_type="text/javascript", headers={"cache-control": _A_YEAR if kept else "no-store"})


def routes() -> list[Route]:
    """The route of the modules."""
    return [Route("/assets/{version}/{name}", asset)]
