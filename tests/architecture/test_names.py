import pytest

from tests.architecture.tree import ROOT, python_files, tracked


def relative(path) -> str:
    return str(path.relative_to(ROOT))


FROM_THE_SHELF = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "handler", "handlers", "data",
                  "process", "misc", "base", "core"}  # fmt: skip
NOT_MIRRORED = {"architecture", "bench", "browser", "live", "pages", "provision"}


@pytest.mark.parametrize("path", python_files("workshop", "pages", "tests", "app.py"), ids=relative)
def test_a_module_is_named_after_something_in_the_room(path):
    parts = {part.strip("_") for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not parts & FROM_THE_SHELF, f"{path.name}: name it after what it is about (docs/glossary.md)"


def test_tests_mirror_the_package():
    folders = {
        path.relative_to(ROOT / "tests").parts[0] for path in python_files("tests") if path.parent.name != "tests"
    }
    package = {path.name for path in (ROOT / "workshop").iterdir() if path.is_dir()}
    assert folders <= package | NOT_MIRRORED


def test_the_top_level_is_what_the_architecture_says():
    fixed = {".ci", ".gitignore", ".streamlit", "LICENSE", "Makefile", "README.md", "app.py", "data", "deploy", "docs",
             "pages", "pyproject.toml", "requirements.txt", "tests", "workshop"}  # fmt: skip
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= fixed
