"""Each look of the doctor: what it finds when something is wrong, in a sentence that says what to do."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.storage.small_disk import small_disk
from workshop import settings
from workshop.cli import doctor, finding, look_addresses, look_machine, look_streamlit, open_files
from workshop.cli.finding import Look
from workshop.errors import Invalid
from workshop.services import clock
from workshop.storage import Database, checkup, place


def found(look: Look, **environment: str) -> str:
    """What the look says is wrong; empty when all is well."""
    seen = finding.of("", look, settings.read(environment))
    assert seen.says
    return "" if seen.ok else seen.says


def test_settings_of_streamlit_in_the_environment_are_found_although_its_file_is_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = {
        "STREAMLIT_RUNNER_POST_SCRIPT_GC": ("true", "runner.postScriptGC is true and must be false"),
        "STREAMLIT_SERVER_FILE_WATCHER_TYPE": ("auto", "server.fileWatcherType is auto and must be none"),
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": ("1", "browser.gatherUsageStats is true and must be false"),
        "STREAMLIT_CLIENT_SHOW_ERROR_DETAILS": ("full", "client.showErrorDetails is full and must be none"),
    }
    for variable, (value, _) in wrong.items():
        monkeypatch.setenv(variable, value)
    says = found(look_streamlit.settings_of_streamlit)
    for variable, (_, sentence) in wrong.items():
        assert sentence in says
        assert f"Remove {variable} from the environment." in says
    assert ".streamlit/config.toml" not in says


def test_what_neither_file_nor_environment_says_is_found_in_the_users_own_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    all_good_but_one = b"""
        [client]
        showErrorDetails = "none"
        [browser]
        gatherUsageStats = false
        [runner]
        postScriptGC = false
        [server]
        fileWatcherType = "poll"
    """
    streamlit_settings(tmp_path / "home", all_good_but_one)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert found(look_streamlit.settings_of_streamlit) == ""
    monkeypatch.setattr(look_streamlit, "PROJECT", tmp_path)
    says = found(look_streamlit.settings_of_streamlit)
    assert says.startswith("server.fileWatcherType is poll and must be none")
    assert says.endswith("Set it in .streamlit/config.toml.")


def test_a_file_that_streamlit_cannot_read_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    streamlit_settings(tmp_path, b"\xff\xfe")
    monkeypatch.setattr(look_streamlit, "PROJECT", tmp_path)
    assert "Take .streamlit/config.toml from the project again" in found(look_streamlit.settings_of_streamlit)


def streamlit_settings(folder: Path, text: bytes) -> None:
    (folder / ".streamlit").mkdir(parents=True)
    (folder / ".streamlit" / "config.toml").write_bytes(text)


@pytest.mark.parametrize("name", ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"])
def test_more_than_one_thread_for_sums(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert found(look_machine.threads) == ""
    monkeypatch.setenv(name, "8")
    assert f"{name} must be 1 or missing" in found(look_machine.threads)


def test_connections_are_asked_for_and_too_few_of_them_are_said() -> None:
    program = """
import resource
from workshop import settings
from workshop.cli import look_machine, open_files
from workshop.cli.finding import Wrong

resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 5000))
open_files.ask_for_enough()
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
for hard in (open_files.NEEDED, open_files.NEEDED - 1):
    resource.setrlimit(resource.RLIMIT_NOFILE, (1024, hard))
    try:
        print(look_machine.connections(settings.read({})))
    except Wrong as wrong:
        print(wrong)
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.PROJECT, capture_output=True, text=True, check=True
    )
    asked, enough, too_few = done.stdout.splitlines()
    assert (asked, enough) == ("5000", "enough for 1,000 phones")
    assert too_few.startswith(f"The system allows {open_files.NEEDED - 1} open files, and 1,000 phones need")
    assert "Raise the limit" in too_few


@pytest.mark.parametrize("part", ["uvloop", "httptools"])
def test_a_part_that_makes_the_server_fast_is_missing(monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    assert found(look_machine.fast_parts) == ""
    monkeypatch.setitem(sys.modules, part, None)
    assert found(look_machine.fast_parts).startswith(f"{part} cannot be loaded")


def test_two_servers_on_one_sqlite_file(tmp_path: Path) -> None:
    file = tmp_path / "room.db"
    Database.open(f"sqlite:///{file}").close()
    hold = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM workshop'); print(); input()"
    )
    with ExitStack() as running:

        def start(name: str) -> int:
            program = subprocess.Popen(
                [sys.executable, "-c", hold, str(file), name], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            running.callback(program.communicate)
            assert program.stdout
            program.stdout.readline()
            return program.pid

        one = [start(f"{settings.PROJECT}/app.py"), start("rehearse")][0]
        assert found(look_machine.one_server, DATABASE_URL=f"sqlite:///{file}") == ""
        two = start("app.py")
        says = found(look_machine.one_server, DATABASE_URL=f"sqlite:///{file}")
        assert f"2 servers have the same SQLite file open (processes {min(one, two)}, {max(one, two)})" in says
        assert "set DATABASE_URL to PostgreSQL" in says
    assert found(look_machine.one_server, DATABASE_URL="postgresql://host/name") == ""


@pytest.mark.parametrize(
    "url", ["http://bücher.example", "http://anna:secret@localhost:8501", "http://localhost:8501x"]
)
def test_a_public_address_that_the_guard_would_refuse(url: str) -> None:
    try:
        assert "The server would refuse the host" in found(look_addresses.network, ROUNDTABLE_PUBLIC_URL=url)
    except Invalid:
        assert url.endswith("x")


def test_a_public_address_that_nobody_can_find() -> None:
    assert found(look_addresses.network, ROUNDTABLE_PUBLIC_URL="http://localhost:8501") == ""
    says = found(look_addresses.network, ROUNDTABLE_PUBLIC_URL="http://roundtable.invalid")
    assert "cannot find “roundtable.invalid”" in says
    assert "Check the name" in says


@pytest.mark.parametrize(
    "hosts", ["https://room.example.org", "room.example.org:8501", "10.0.0.7:8501", "*.example.org", "room/desk", "a b"]
)
def test_what_no_host_header_can_hold_is_refused_with_the_setting(hosts: str) -> None:
    with pytest.raises(Invalid, match="ROUNDTABLE_HOSTS has"):
        settings.read({"ROUNDTABLE_HOSTS": f"localhost, {hosts}"})


def test_names_suffixes_and_addresses_are_hosts() -> None:
    hosts = ("room.example.org", ".example.org", "10.0.0.7", "::1", "[2001:db8::1]", "laptop_7")
    assert settings.read({"ROUNDTABLE_HOSTS": ", ".join(hosts)}).allowed_hosts == hosts


def test_a_proxy_without_an_address_and_https_without_a_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    https, proxied = {"ROUNDTABLE_PUBLIC_URL": "https://room.example.org"}, {"ROUNDTABLE_BEHIND_PROXY": "yes"}
    assert "ROUNDTABLE_PUBLIC_URL is missing" in found(look_addresses.proxy, **proxied)
    assert "Set ROUNDTABLE_BEHIND_PROXY=yes" in found(look_addresses.proxy, **https)
    assert found(look_addresses.proxy, **https, **proxied) == ""
    assert found(look_addresses.proxy) == ""
    streamlit_settings(tmp_path, b'server.sslCertFile = "room.pem"')
    monkeypatch.setattr(look_streamlit, "PROJECT", tmp_path)
    assert found(look_addresses.proxy, **https) == "", "the server speaks https itself"


def test_a_database_on_a_network_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'room.db'}"
    assert found(doctor._database, DATABASE_URL=url) == ""
    kinds = {line.split()[2] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()}
    monkeypatch.setattr(place, "_SHARES", kinds)
    assert "lies on a network share" in found(doctor._database, DATABASE_URL=url)


def test_a_disk_that_will_soon_be_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_disk(tmp_path / "disk") as disk:
        if not disk.mounted:
            monkeypatch.setattr(checkup, "FREE_BYTES", 2**60)
        says = found(doctor._database, DATABASE_URL=f"sqlite:///{disk.folder / 'room.db'}")
    assert "MB are free on the disk of the database. Free some space." in says


@pytest.mark.parametrize("wrong_by", [timedelta(minutes=-5), timedelta(minutes=5)])
def test_a_clock_that_is_far_from_that_of_the_database(pg_url: str, wrong_by: timedelta) -> None:
    assert "clocks" not in found(doctor._database, DATABASE_URL=pg_url)
    with clock.frozen(datetime.now(UTC) + wrong_by):
        assert "PostgreSQL's are 300 s apart. Let both ask" in found(doctor._database, DATABASE_URL=pg_url)
