import re

import pytest

from tests.architecture.tree import texts

ITSELF = frozenset({"tests/architecture/test_tracked_files.py"})

NOWHERE = {
    "a path of somebody's machine": r"(?<![\w.~-])/(?:home|Users)/\w+/|(?<![\w.~-])/(?:root|work)/\w|[A-Z]:\\Users\\",
    "an e-mail address": (
        r"\b[\w.+-]+@(?!(?:[\w-]+\.)*example\.(?:org|com|net)\b)"
        r"(?:[\w-]+\.)+(?!example\b|invalid\b|test\b)[A-Za-z]{2,}\b"
    ),
    "the host of a package registry": r"\bpypi\.|pythonhosted\.|\bnpmjs\.|--(?:extra-)?index-url|--find-links",
    "work left for later": r"\b(?:TODO|FIXME|XXX)\b",
}
IN_THE_APP = {
    "st.connection, which caches reads for ever": r"\bst\.connection\b",
    "HTML that Streamlit does not clean": r"\bunsafe_allow_html\b",
}
IN_PAGES = {
    "a loop without end": r"\bwhile\s+(?:True|1)\b",
    "a sleeping script": r"\btime\.sleep\b|\bfrom time import\b.*\bsleep\b",
}


@pytest.mark.parametrize(("what", "pattern"), NOWHERE.items(), ids=NOWHERE)
def test_no_tracked_file_holds(what, pattern):
    assert found(pattern, texts(but=ITSELF)) == [], f"{what} is in a tracked file"


@pytest.mark.parametrize(("what", "pattern"), IN_THE_APP.items(), ids=IN_THE_APP)
def test_no_screen_uses(what, pattern):
    assert found(pattern, code("app.py", "pages/", "workshop/")) == []


@pytest.mark.parametrize(("what", "pattern"), IN_PAGES.items(), ids=IN_PAGES)
def test_no_page_holds(what, pattern):
    assert found(pattern, code("app.py", "pages/", "workshop/ui/")) == []


@pytest.mark.parametrize(
    "bad",
    [
        "see /home/maria/room",
        "write to maria@" + "cluster.eu",
        "# TODO later",
        "--index-url https://x",
        "C:\\Users\\Maria",
    ],
)
def test_what_must_not_be_there_would_be_found(bad):
    assert any(found(pattern, [("x", bad)]) for pattern in NOWHERE.values())


@pytest.mark.parametrize(
    "good", ["maria@example.org", "postgresql://user:password@host/name", "a @decorator.call", "/j/CODE"]
)
def test_what_may_be_there_is_left_alone(good):
    assert not any(found(pattern, [("x", good)]) for pattern in NOWHERE.values())


def code(*places: str) -> list[tuple[str, str]]:
    return [(name, text) for name, text in texts() if name.endswith(".py") and name.startswith(places)]


def found(pattern: str, files) -> list[str]:
    rule = re.compile(pattern)
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in files
        for number, line in enumerate(text.splitlines(), start=1)
        if rule.search(line)
    ]
