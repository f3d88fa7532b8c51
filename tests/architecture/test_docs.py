import os
import re

from tests.architecture.tree import ROOT, tracked

PAGES = [path for path in tracked() if path.suffix == ".md"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)


def test_every_link_in_the_documents_leads_somewhere():
    dead = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in PAGES
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not target.startswith(("http:", "https:")) and not leads_somewhere(page, target)
    ]
    assert dead == []


def test_no_two_decisions_have_the_same_number():
    numbers = [record.name[:4] for record in (ROOT / "docs/decisions").glob("*.md")]
    assert all(number.isdigit() for number in numbers)
    assert len(numbers) == len(set(numbers))


def test_every_step_kind_stands_in_the_documents():
    from workshop.domain.event import StepKind

    assert undocumented(kind.value for kind in StepKind) == []


def test_every_setting_stands_in_the_documents():
    from workshop.settings import read

    asked = Environment()
    read(asked)
    assert asked.names >= {"DATABASE_URL", "PORT"}
    assert undocumented(asked.names) == []


def test_every_look_of_the_doctor_stands_in_the_documents():
    from workshop.cli.doctor import LOOKS

    assert undocumented(["settings", *LOOKS]) == []


def test_every_number_that_is_measured_stands_in_the_documents():
    from workshop.web.metrics import REGISTRY

    names = {f"{metric.name}_total" if metric.type == "counter" else metric.name for metric in REGISTRY.collect()}
    ours = {name for name in names if name.startswith("roundtable_")}
    assert len(ours) >= 10
    assert undocumented(ours) == []


def test_every_report_format_stands_in_the_documents():
    from workshop.reporting import exporters

    assert undocumented(exporters) == []


def test_every_command_stands_in_the_documents():
    from typer.main import get_command

    from workshop.cli import app

    commands = get_command(app).commands
    assert set(commands) >= {"serve", "rehearse", "themes", "report", "backup", "doctor"}
    assert undocumented(commands) == []


class Environment(dict[str, str]):
    """An empty environment that remembers what it was asked for."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def get(self, name, default=None):
        self.names.add(name)
        return default


def undocumented(words) -> list[str]:
    """The words that stand in no page of docs/ or README.md as `code`."""
    written = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    return [word for word in words if not re.search(rf"`[^`\n]*\b{re.escape(word)}\b[^`\n]*`", written)]


def leads_somewhere(page, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.exists() or not os.path.normpath(file).startswith(str(ROOT)):
        return False
    return not anchor or anchor in {slug(title) for title in HEADING.findall(file.read_text(encoding="utf-8"))}


def slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")
