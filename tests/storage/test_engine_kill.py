"""“Saved” survives kill -9. The long form of this measurement is tests/bench/durability.py."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_what_was_said_to_be_saved_is_there_after_kill_9(tmp_path: Path) -> None:
    measured = _measure(tmp_path, "--cycles", "10")
    assert measured["said_saved"] >= 9
    assert measured["lost"] == 0
    assert measured["findings"] == 0


def test_the_measurement_would_notice_a_loss(tmp_path: Path) -> None:
    """The negative control: a program that says “saved” before the commit loses rows."""
    assert _measure(tmp_path, "--cycles", "5", "--say-saved-too-early")["lost"] > 0


def _measure(folder: Path, *options: str) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.bench.durability", "--folder", str(folder), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))
