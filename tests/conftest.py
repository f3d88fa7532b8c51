"""What every test may ask for: an empty database of either kind and the browser."""

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.provision import chromium as browser_provision
from tests.provision import postgres

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Two shared cores: an example may take its time, and the same examples every time make a failure repeatable.
# `ROUNDTABLE_TEST_PROFILE=long` looks at 25 times as many, other ones each time.
settings.register_profile("room", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", settings.get_profile("room"), derandomize=False, max_examples=2_475)
settings.load_profile(os.environ.get("ROUNDTABLE_TEST_PROFILE", "room"))

_DRAWN_ANEW = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}| at 0x")
_SERVER_HOME = "ROUNDTABLE_TEST_POSTGRES_HOME"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for the browser carries its mark."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


def pytest_configure(config: pytest.Config) -> None:
    """The process that was called owns the database server; workers find it through the environment."""
    if not hasattr(config, "workerinput"):
        os.environ[_SERVER_HOME] = tempfile.mkdtemp(prefix="roundtable-postgres-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        home = Path(os.environ.pop(_SERVER_HOME))
        postgres.stop_shared_server(home)
        shutil.rmtree(home)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Two workers must give a test the same name, so a value drawn anew in each of them is left out of it."""
    return argname if isinstance(val, str) and _DRAWN_ANEW.search(val) else None


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A database file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'roundtable.sqlite3'}"


@pytest.fixture(scope="session")
def pg_server() -> str:
    """A PostgreSQL server that may be asked for databases, shared by all workers."""
    return postgres.shared_server(Path(os.environ[_SERVER_HOME]))


@pytest.fixture
def pg_url(pg_server: str) -> Iterator[str]:
    """An empty PostgreSQL database for one test."""
    with postgres.fresh_database(pg_server) as url:
        yield url


@pytest.fixture(scope="module")
def new_pg_url(pg_server: str) -> Iterator[Callable[[], str]]:
    """Empty PostgreSQL databases that live as long as the module's tests."""
    with ExitStack() as databases:
        yield lambda: databases.enter_context(postgres.fresh_database(pg_server))


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser's program. Never skipped: `make test` installs one."""
    path = browser_provision.find()
    assert path, "No Chromium. `make test` installs one; `python -m tests.provision` does only that."
    return path


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator["Browser"]:
    """One browser for all tests of a process, asking nobody for anything but what a page asks for.

    It keeps an event loop in the main thread as long as it lives, so tests that run a loop of their own cannot share
    the process: `make test` calls pytest twice.
    """
    from playwright.sync_api import sync_playwright

    from tests.browser.screens import QUIET

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()
