import re
import sys
from importlib import metadata

import pytest

from tests.architecture.tree import ROOT, imports, python_files

LISTS = ["requirements.txt", "tests/requirements.txt"]
LINE = re.compile(r"(?P<need>[^#]+?)\s*#\s*(?P<reason>.+)")


def test_everything_that_running_imports_is_required_by_name():
    """A package that is there only because another one needs it may be gone after an upgrade of that other one."""
    required = {name(line) for line in needs("requirements.txt")}
    packages = metadata.packages_distributions()
    for path in python_files("app.py", "pages", "workshop"):
        tops = {module.split(".")[0] for module in imports(path) | loaded_late(path)}
        foreign = tops - sys.stdlib_module_names - {"workshop"}
        providers = {
            module: {one.lower().replace("_", "-") for one in packages.get(module, [module])} for module in foreign
        }
        missing = [module for module, distributions in providers.items() if not distributions & required]
        assert missing == [], path.name


def loaded_late(path) -> set[str]:
    return set(re.findall(r"\blate\(\"([\w.]+)\"\)", path.read_text(encoding="utf-8")))


def name(line: str) -> str:
    return re.split(r"[\[<>=;#\s]", line, maxsplit=1)[0].lower()


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
