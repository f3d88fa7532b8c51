import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from workshop.cli import open_files
from workshop.settings import PROJECT


def environment(folder: Path, port: int, **settings: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("ROUNDTABLE_", "DATABASE_"))}
    ours = {"PORT": str(port), "ROUNDTABLE_ADDRESS": "127.0.0.1", "ROUNDTABLE_VAR": str(folder)}
    return plain | {"PYTHONPATH": str(PROJECT)} | ours | settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def refused(folder: Path, port: int, *, cwd: Path = PROJECT, **settings: str) -> str:
    """What `serve` says before it ends without starting anything."""
    done = subprocess.run(
        [sys.executable, "-m", "workshop", "serve"],
        cwd=cwd,
        env=environment(folder, port, **settings),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    return done.stderr


AS_A_LOGIN_SHELL = ["sh", "-c", 'ulimit -Sn 1024 && exec "$@"', "sh"]
"""With few open files to begin with."""


@contextmanager
def serving(folder: Path, port: int, output: Path, *, cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    with output.open("wb") as file:
        server = subprocess.Popen(
            [*AS_A_LOGIN_SHELL, sys.executable, "-m", "workshop", "serve"],
            cwd=cwd,
            env=environment(folder, port),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            yield server
        finally:
            server.kill()
            server.wait()


def answer(url: str) -> int:
    """The status of a page, once the server is up; 0 when it does not come up in two minutes."""
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return int(response.status)
        except OSError:
            time.sleep(0.2)
    return 0


def open_files_of(process: int) -> int:
    limits = Path(f"/proc/{process}/limits").read_text(encoding="utf-8")
    found = re.search(r"Max open files +(\d+)", limits)
    assert found, limits
    return int(found[1])


def test_it_prints_the_links_answers_and_stops_when_asked(tmp_path: Path):
    port, output = free_port(), tmp_path / "output"
    with serving(Path("rooms"), port, output, cwd=tmp_path) as server:  # a folder relative to where it was started
        assert answer(f"http://127.0.0.1:{port}/readyz") == 200
        assert open_files_of(server.pid) >= open_files.NEEDED
        ends = time.monotonic() + 30
        while "Ctrl+C" not in output.read_text() and time.monotonic() < ends:
            time.sleep(0.1)
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    text = output.read_text()
    assert re.search(rf"Join       http://\S+:{port}/j/([A-Z2-9]{{6}})     room code \1", text)
    assert re.search(rf"Moderator  http://localhost:{port}/r/\S+ +works once", text)
    assert re.search(rf"Organiser  http://localhost:{port}/r/\S+ +works once", text)
    assert "Traceback" not in text
    assert "External URL" not in text
    assert (tmp_path / "rooms" / "roundtable.db").exists()


def test_a_port_that_is_taken_is_a_sentence_with_another_one(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = int(other.getsockname()[1])
        assert f"Port {port} is used by another program" in refused(tmp_path, port)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"PORT": "x"}, "PORT is “x”"),
        ({"ROUNDTABLE_ADDRESS": "192.0.2.77"}, "has no address 192.0.2.77"),
        ({"ROUNDTABLE_EVENT": "nowhere.toml"}, "nowhere.toml cannot be read"),
        ({"DATABASE_URL": f"sqlite:///{__file__}"}, "is not a database of Roundtable"),
    ],
)
def test_what_is_wrong_is_said_before_the_server_starts(tmp_path: Path, settings: dict[str, str], says: str):
    assert says in refused(tmp_path, free_port(), **settings)
