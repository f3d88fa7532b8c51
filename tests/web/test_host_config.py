"""What Streamlit's page is told about its host: no dialogs, and nobody outside who may steer it."""

import json

from starlette.applications import Starlette
from streamlit.web.server.starlette.starlette_routes import create_host_config_routes

from tests.web.asgi import ask
from workshop.web.host_config import ADDRESS, HostConfig

STREAMLIT = Starlette(routes=create_host_config_routes(None))


def test_the_page_opens_no_dialogs_and_takes_no_orders_from_outside() -> None:
    told = json.loads(ask(HostConfig(STREAMLIT), ADDRESS).body)
    assert told["blockErrorDialogs"] is True
    assert told["allowedOrigins"] == []


def test_without_us_it_would() -> None:
    told = json.loads(ask(STREAMLIT, ADDRESS).body)
    assert told["blockErrorDialogs"] is False
    assert told["allowedOrigins"] != []


def test_we_answer_all_that_the_installed_streamlit_answers() -> None:
    own, ours = (json.loads(ask(app, ADDRESS).body) for app in (STREAMLIT, HostConfig(STREAMLIT)))
    assert ours.keys() == own.keys()


def test_everything_else_is_streamlits() -> None:
    assert ask(HostConfig(STREAMLIT), "/_stcore/health").status == 404
