"""A page left out of the router's list is safe, a hidden one still runs: each page has a gate of its own."""

import ast

import pytest

from tests.architecture.tree import ROOT, python_files

PAGES = [path for path in python_files("pages") if not path.name.startswith("_")]
BEFORE_THE_GATE = ("look.", "st.query_params.")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_passes_the_gate_before_it_draws(page):
    called = calls(page.read_text(encoding="utf-8"))
    assert is_gated(called), f"{page.name} calls {called[:3]} before gate.…"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_page_has_a_test_that_starts_at_the_entry(page):
    assert (ROOT / "tests/pages" / f"test_{page.stem}.py").exists()


def test_a_page_without_a_gate_would_be_noticed():
    assert not is_gated(calls("import streamlit as st\nst.title('Everything')\nbadge = gate.moderator()"))
    assert not is_gated(calls("look.wall()"))
    assert is_gated(calls("look.wall()\nbadge = gate.moderator()\nst.title('Desk')"))


def is_gated(called: list[str]) -> bool:
    gates = [at for at, call in enumerate(called) if call.startswith("gate.")]
    return bool(gates) and all(call.startswith(BEFORE_THE_GATE) for call in called[: gates[0]])


def calls(source: str) -> list[str]:
    """The calls of a script in the order in which they stand."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [ast.unparse(node.func) for node in sorted(found, key=lambda node: (node.lineno, node.col_offset))]
