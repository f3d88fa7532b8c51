"""The running app survives kill -9 while a room writes. The long form of this measurement is tests/bench/kill.py."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.xdist_group("kill")  # its measurement is taken once

ROOT = Path(__file__).parents[2]
MUST_BE_NONE = (
    "lost",
    "not_recognised",
    "other_step_or_status",
    "wrong_clocks",
    "roles_refused",
    "other_room",
    "errors",
    "findings",
)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.bench.kill", "--cycles", "2", "--json", "--folder", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("figure", MUST_BE_NONE)
def test_after_kill_9_everything_is_as_people_were_told(measured: dict[str, Any], figure: str) -> None:
    assert measured[figure] == 0


def test_people_were_really_writing_when_the_plug_was_pulled(measured: dict[str, Any]) -> None:
    assert measured["cycles"] == 2
    assert set(measured["acknowledged"]) == {"dots", "on the board", "kept", "draft", "idea"}
    assert measured["unanswered"] > 0, "no kill fell between a request and its answer"
    assert measured["clocks_compared"] == 4


def test_the_measurement_would_notice_a_loss(measured: dict[str, Any]) -> None:
    """The negative control: phones that count an answer before it is given miss votes after the restart."""
    assert measured["control_lost"] > 0
