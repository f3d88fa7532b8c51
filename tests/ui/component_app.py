"""A small app around the components: a phone page and a wall page, with the real routes."""

import streamlit as st
from starlette.middleware import Middleware

from workshop.services import installation
from workshop.web import assets, calls, stream
from workshop.web.guard import Guard
from workshop.web.identity import DeviceCookie


def lifespan(_app: object):
    return stream.running(installation.current())


app = st.App(
    "component_page.py",
    routes=[*stream.routes(), *calls.routes(), *assets.routes()],
    middleware=[Middleware(Guard), Middleware(DeviceCookie, signer=installation.current().signer)],
    lifespan=lifespan,
)
