"""The page about themes shows code that runs, and names what there is."""

import re

import pytest

from tests.architecture.tree import ROOT
from workshop import themes

PAGE = (ROOT / "docs/themes.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```python\n(.+?)```", PAGE, re.DOTALL).group(1)


def test_the_example_runs_and_says_what_it_promises(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(compile(EXAMPLE, "docs/themes.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "Shared test port for floating wind anchors" in printed
    assert "Nearest themes: " in printed
    assert re.search(r"\d+ ideas? would move", printed)


@pytest.mark.parametrize("call", re.findall(r"`board\.(\w+)\(", PAGE))
def test_every_verb_in_the_document_exists(call):
    assert callable(getattr(themes.OpenBoard, call))


@pytest.mark.parametrize("name", re.findall(r"`theme\.(\w+)`", PAGE))
def test_every_value_in_the_document_exists(name):
    assert hasattr(themes.Theme, name)
