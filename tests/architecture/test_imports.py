"""What import-linter cannot say; the layers themselves are its contracts in pyproject.toml."""

import sys

import pytest

from tests.architecture.tree import imports, python_files

NOT_FOR_PAGES = (
    "workshop.storage",
    "workshop.live",
    "workshop.web",
    "workshop.cli",
    "sqlalchemy",
    "sqlmodel",
    "psycopg",
)


@pytest.mark.parametrize("path", [p for p in python_files("workshop") if "domain" in p.parts], ids=lambda p: p.name)
def test_the_domain_imports_nothing_but_python(path):
    ours = {"workshop"}
    assert {name.split(".")[0] for name in imports(path)} <= sys.stdlib_module_names | ours


@pytest.mark.parametrize("path", python_files("pages"), ids=lambda p: p.name)
def test_a_page_asks_services_and_leaves_the_rest_alone(path):
    assert not [name for name in imports(path) if name.startswith(NOT_FOR_PAGES)]


def test_the_guard_knows_streamlits_message_format_and_nothing_else():
    known = {name for path in python_files("workshop") if "web" in path.parts for name in imports(path)}
    assert {name for name in known if name.startswith("streamlit") and not name.startswith("streamlit.proto")} == set()
