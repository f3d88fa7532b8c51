import re
from importlib import metadata

import pytest

from tests.architecture.tree import ROOT

LISTS = ["requirements.txt", "tests/requirements.txt"]
LINE = re.compile(r"(?P<need>[^#]+?)\s*#\s*(?P<reason>.+)")


def needs(file: str) -> list[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-r "))]


@pytest.mark.parametrize("line", [line for file in LISTS for line in needs(file)])
def test_every_requirement_has_an_upper_bound_a_reason_and_a_licence(line):
    parts = LINE.fullmatch(line)
    assert parts, "say why it is needed"
    assert re.search(r"<\d|==\d", parts["need"]), "give it an upper bound"
    assert re.search(r"\([^)]*(?:MIT|BSD|Apache|MPL|PSF|LGPL)[^)]*\)$", parts["reason"]), "name its licence"


def test_nothing_installed_is_under_gpl_or_agpl():
    strong = re.compile(r"(?<!L)(?:A?GPL)|(?<!Lesser )General Public License|Affero", re.IGNORECASE)
    found = [f"{one.name}: {licence(one)}" for one in metadata.distributions() if strong.search(licence(one))]
    assert found == []


def licence(distribution: metadata.Distribution) -> str:
    about = distribution.metadata
    classified = [kind for kind in about.get_all("Classifier") or [] if kind.startswith("License")]
    first_line = (about.get("License") or "").splitlines()[:1]
    return " ".join([about.get("License-Expression") or "", *first_line, *classified])
