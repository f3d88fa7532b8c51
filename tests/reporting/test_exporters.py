"""Every format: the same report is the same file, at any second and on any machine."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.reporting.rooms import CH, EU, US, a_report, with_consortia, with_one_side_silent
from workshop.domain.event import Anonymity
from workshop.domain.report import Report
from workshop.reporting import Exporter, exporters

ROOT = Path(__file__).parents[2]
SUFFIXES = ("pdf", "organisations.pdf", "html", "pptx", "docx", "xlsx", "md", "csv", "offers.csv", "tables.zip", "json")
EVERY_FORMAT = pytest.mark.parametrize("exporter", exporters.values(), ids=exporters.keys())

ROOMS = {
    "nobody has come": a_report(0, 0),
    "ideas are kept back": replace(a_report(0, 12, revealed=False), kept_back=9),
    "votes are hidden": a_report(revealed=False),
    "no themes yet": replace(a_report(), themes=()),
    "one side has not voted": with_one_side_silent(),
    "three sides": a_report(20, 30, sides=(EU, US, CH)),
    "table tags": a_report(anonymity=Anonymity.TABLE_TAG),
    "anonymous": a_report(anonymity=Anonymity.ANONYMOUS),
    "three ideas go on": with_consortia(a_report()),
    "a rehearsal": replace(a_report(), rehearsal=True, log_head=""),
}


def unpacked(content: bytes) -> bytes:
    """The bytes of a file, or of all files in it."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(unpacked(archive.read(name)) for name in archive.namelist())


@EVERY_FORMAT
@pytest.mark.parametrize("report", ROOMS.values(), ids=ROOMS.keys())
def test_a_report_can_be_had_at_any_second(exporter: Exporter, report: Report) -> None:
    assert exporter.render(report)


@EVERY_FORMAT
def test_the_same_report_has_the_same_bytes(exporter: Exporter) -> None:
    assert exporter.render(a_report(30)) == exporter.render(a_report(30))
    assert exporter.render(a_report(30)) != exporter.render(a_report(31))


def test_another_process_in_another_place_gives_the_same_bytes(tmp_path: Path) -> None:
    program = (
        "from hashlib import sha256\n"
        "from tests.reporting.rooms import a_report\n"
        "from workshop.reporting import exporters\n"
        "print(*(sha256(one.render(a_report(30))).hexdigest() for one in exporters.values()))"
    )
    elsewhere = {
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "LC_ALL": "C",
        "TZ": "Pacific/Auckland",
        "PATH": os.defpath,
    }
    printed = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=elsewhere, capture_output=True, text=True, check=True
    )
    assert printed.stdout.split() == [sha256(one.render(a_report(30))).hexdigest() for one in exporters.values()]


@EVERY_FORMAT
def test_the_anonymity_level_holds_in_every_format(exporter: Exporter) -> None:
    """The PDF is compressed, so it is read in test_as_pdf; here nothing readable may slip into any file."""
    reports = (a_report(anonymity=level) for level in reversed(Anonymity))
    named, tagged, anonymous = (unpacked(exporter.render(report)) for report in reports)
    assert (b"Hansen" in named) is (exporter.name not in {"pdf", "organisations", "pptx"})  # only who confirmed
    assert b"Hansen" not in tagged + anonymous
    assert b"Table 1" not in anonymous


def test_file_names_sort_by_time_and_are_plain() -> None:
    names = [exporter.file_name(a_report()) for exporter in exporters.values()]
    assert names == [f"roundtable-K7QF3M-20181107-1217.{suffix}" for suffix in SUFFIXES]


def test_every_format_is_described_for_the_organiser() -> None:
    described = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
    for exporter in exporters.values():
        assert f"`{exporter.name}`" in described, exporter.name
