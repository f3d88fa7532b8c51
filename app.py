"""Entry point: the pages of Roundtable inside its guard, its routes and its start-up.

`python -m workshop serve` starts it. A host that runs this file as a plain Streamlit script gets the pages alone.
"""

import runpy
from contextlib import suppress
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from workshop import settings
from workshop.ui import notice
from workshop.web import application, logs

if get_script_run_ctx(suppress_warning=True) is None:
    logs.begin(settings.current().log)

app = st.App(
    "pages/_router.py",
    routes=application.routes(),
    middleware=application.middleware(),
    lifespan=application.lifespan,
    on_script_error=notice.unexpected,
)

if __name__ == "__main__":
    if get_script_run_ctx(suppress_warning=True) is None:
        with suppress(KeyboardInterrupt):  # Ctrl+C is how a room is closed; by now the database is
            app.run(config=application.server_options())
    else:
        runpy.run_path(str(Path(__file__).with_name("pages") / "_router.py"), run_name="__main__")
