"""Streamlit's settings as a server finds them: the project's file above the user's own, and the environment."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

from workshop.cli.finding import Wrong
from workshop.settings import PROJECT, Settings

# Asked in a program of its own: Streamlit reads its settings once, from the folder that it starts in.
_ASK = "import json, sys, streamlit as st; print(json.dumps({name: st.get_option(name) for name in sys.argv[1:]}))"

_WANTED = {
    "runner.postScriptGC": ("false", "with it a full room waits for seconds"),
    "server.fileWatcherType": ("none", "a file that is saved during a workshop would run every page again"),
    "browser.gatherUsageStats": ("false", "browsers would call somebody outside the room"),
    "client.showErrorDetails": ("none", "a participant would read a traceback"),
}
_SWITCHES = {"0": "false", "no": "false", "1": "true", "yes": "true"}


def settings_of_streamlit(_house: Settings) -> str:
    """Those that make a room slow, or tell what they should not."""
    found = effective(*_WANTED)
    wrong = [
        f"{name} is {is_now} and must be {good}: {why}. {what_to_do}"
        for name, (good, why) in _WANTED.items()
        for is_now, what_to_do in _places(name, found[name])
        if is_now != good
    ]
    if wrong:
        raise Wrong(" ".join(wrong))
    return "as a full room needs them"


def effective(*names: str) -> dict[str, Any]:
    """The values that `serve` works with. Raises Wrong."""
    asked = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-c", _ASK, *names], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    try:
        found: dict[str, Any] = json.loads(asked.stdout)
    except ValueError as error:
        raise Wrong(
            "Streamlit cannot read its settings. Take .streamlit/config.toml from the project again, and look at "
            ".streamlit/config.toml in your home folder."
        ) from error
    return found


def _places(name: str, effective_now: object) -> list[tuple[str, str]]:
    """What the setting is and how to change it: in the files, and in the environment, which `streamlit run` obeys."""
    places = [(_written(effective_now), "Set it in .streamlit/config.toml.")]
    variable = "STREAMLIT_" + re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).replace(".", "_").upper()
    if variable in os.environ:
        places.append((_written(os.environ[variable]), f"Remove {variable} from the environment."))
    return places


def _written(value: object) -> str:
    text = str(value).lower()
    return _SWITCHES.get(text, text)
