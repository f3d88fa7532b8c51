import re
import shutil
import subprocess
import sys

import pytest

from tests.architecture.test_docs import Environment
from tests.architecture.tree import ROOT, tracked
from tests.provision import postgres
from workshop import settings

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
COMPOSE = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
OF_COMPOSE_ITSELF = {"ROUNDTABLE_PORT"}


def test_deploy_names_only_settings_that_exist():
    known = Environment()
    settings.read(known)
    written = "\n".join(path.read_text(encoding="utf-8") for path in tracked() if path.is_relative_to(DEPLOY))
    named = set(re.findall(r"\b(?:ROUNDTABLE_[A-Z_]+|DATABASE_URL|PORT)\b", written))
    assert named >= {"ROUNDTABLE_BEHIND_PROXY", "DATABASE_URL", "PORT"}
    assert named - OF_COMPOSE_ITSELF <= known.names


def test_the_settings_of_a_server_are_those_of_one_behind_a_proxy():
    lines = (DEPLOY / "systemd" / "roundtable.env").read_text(encoding="utf-8").splitlines()
    read = settings.read(dict(line.split("=", 1) for line in lines if not line.startswith("#")) | {"PORT": "8501"})
    assert read.behind_proxy
    assert read.address == "127.0.0.1", "phones come through nginx only"
    assert read.join_url == "https://roundtable.example.org"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_understands_the_unit(unit, tmp_path):
    """Where systemd is not installed, at least every line is one of a unit."""
    text = unit.read_text(encoding="utf-8")
    assert re.fullmatch(r"(?:(?:#.*|\[\w+\]|\w+=.*|)\n)+", text)
    if program := shutil.which("systemd-analyze"):
        copy = tmp_path / unit.name.replace("@", "@8501")
        copy.write_text(text.replace("/opt/roundtable/current/.venv/bin/python", sys.executable), encoding="utf-8")
        done = subprocess.run([program, "verify", copy], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_the_template_starts_one_replica_on_the_port_in_its_name():
    unit = (DEPLOY / "systemd" / "roundtable@.service").read_text(encoding="utf-8")
    assert re.search(r"^Environment=PORT=%i\b", unit, re.MULTILINE)
    assert "Type=notify" in unit, "a restart must not return before the replica is ready"


def test_postgresql_takes_its_settings(tmp_path):
    file = DEPLOY / "postgresql" / "roundtable.conf"
    # "-C" first: then PostgreSQL only looks, and does so for root as well.
    command = [postgres.binaries() / "postgres", "-C", "max_connections", "-c", f"config_file={file}", "-D", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "100"), done.stderr


def test_nginx_knows_every_replica_of_compose():
    servers = (DEPLOY / "compose" / "replicas.conf").read_text(encoding="utf-8")
    started = set(re.findall(r"^  (replica-\d+): \*replica$", COMPOSE, re.MULTILINE))
    assert len(started) >= 2
    assert set(re.findall(r"^server ([\w-]+):8501 ", servers, re.MULTILINE)) == started


def test_compose_mounts_and_builds_from_files_that_are_there():
    mounted = re.findall(r"^      - (\./\S+?):", COMPOSE, re.MULTILINE)
    assert len(mounted) == 4
    assert [name for name in mounted if not (DEPLOY / name).is_file()] == []
    assert (ROOT / "deploy/Dockerfile").is_file()
    assert "dockerfile: deploy/Dockerfile" in COMPOSE


def test_the_image_holds_what_running_needs():
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    kept = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    assert [name for name in kept if not (ROOT / name).exists()] == []
    assert {"app.py", "pages", "workshop", "data", ".streamlit/config.toml", "requirements.txt"} <= set(kept)
