"""A folder of settings of its own, and the commands as somebody would type them."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from workshop.cli import app


@dataclass
class Shell:
    """Somebody with a shell on the machine; every call is one command."""

    folder: Path

    def __call__(self, *words: object) -> Result:
        result = CliRunner().invoke(app, [str(word) for word in words])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    for name in list(os.environ):
        if name.startswith(("ROUNDTABLE_", "STREAMLIT_")) or name in {"DATABASE_URL", "PORT"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("ROUNDTABLE_VAR", str(tmp_path / "var"))
    return Shell(tmp_path)


@pytest.fixture
def ideas_file(tmp_path: Path) -> Path:
    """Twelve ideas of three kinds."""
    path = tmp_path / "ideas.csv"
    kinds = ("Hydrogen pipelines for steel works", "Apprentices for wind farms", "Sensors for drinking water")
    path.write_text(
        "text\n" + "".join(f"{kinds[place % 3]} {place}. Because of reason {place}.\n" for place in range(12)),
        encoding="utf-8",
    )
    return path


@pytest.fixture
def rehearsed(shell: Shell, ideas_file: Path) -> Callable[[], str]:
    """Play a small rehearsal and give its code."""

    def play() -> str:
        done = shell("rehearse", "--people", 6, "--minutes", 0, "--ideas", ideas_file, "--json")
        return str(json.loads(done.stdout)["code"])

    return play
