"""Files of reports: the same content is built once, another content is never served from before."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.services.room import Room, at_once
from workshop.domain.event import Anonymity, StepKind
from workshop.domain.report import Report
from workshop.reporting import Exporter, exporters, progress
from workshop.reporting.progress import Stage
from workshop.services import frozen_reports, people, report_files


class Counted:
    """A format that counts how often it is built."""

    def __init__(self, name: str) -> None:
        self.built = 0
        self.exporter = Exporter(name, "Numbers of ideas", "text/plain", "txt", self._render)

    def _render(self, report: Report) -> bytes:
        self.built += 1
        return b"%d" % len(report.ideas)


def test_the_same_content_is_built_once_also_for_several_at_once(room: Room) -> None:
    numbers = Counted("once")
    files = at_once([lambda: report_files.content(report_files.now(room.db, room.organiser), numbers.exporter)] * 4)
    assert set(files) == {b"0"}
    assert numbers.built == 1


def test_a_changed_room_gets_another_file(room: Room) -> None:
    numbers = Counted("changed")
    ada = room.joins("Ada")
    room.opens(StepKind.SHARE)
    before = report_files.now(room.db, room.organiser)
    assert report_files.content(before, numbers.exporter) == b"0"
    room.has_sent(ada, "A hydrogen corridor", published=True)
    after = report_files.now(room.db, room.organiser)
    assert report_files.content(after, numbers.exporter) == b"1"
    assert report_files.content(before, numbers.exporter) == b"0"


def test_a_room_where_nothing_happens_keeps_its_report_and_the_moment_of_it(room: Room) -> None:
    first, second = (report_files.now(room.db, room.organiser) for _ in range(2))
    assert first.report is second.report
    room.joins("Ada")
    assert report_files.now(room.db, room.organiser).report.compiled_at > first.report.compiled_at


def test_what_is_known_of_a_file_says_whether_it_is_of_this_report(room: Room) -> None:
    numbers = Counted("known")
    before = report_files.now(room.db, room.organiser)
    assert report_files.known(before, numbers.exporter) is None
    report_files.content(before, numbers.exporter)
    known = report_files.known(before, numbers.exporter)
    assert known is not None
    assert (known.size, known.ready) == (1, True)
    room.joins("Ada")
    assert report_files.known(report_files.now(room.db, room.organiser), numbers.exporter) == replace(
        known, ready=False
    )


def test_a_build_is_at_what_it_says_while_it_runs_and_at_nothing_afterwards(room: Room) -> None:
    seen: list[Stage | None] = []
    now = report_files.now(room.db, room.organiser)

    def render(report: Report) -> bytes:
        progress.tell("Setting pages", 2, 7)
        seen.append(report_files.stage(report.code, "told"))
        if len(seen) == 1:
            raise ValueError("a broken format")
        return b""

    exporter = Exporter("told", "Told", "text/plain", "txt", render)
    with pytest.raises(ValueError, match="broken"):
        report_files.content(now, exporter)
    assert report_files.stage(now.report.code, "told") is None
    report_files.content(now, exporter)
    assert seen == [Stage("Setting pages", 2, 7)] * 2
    assert report_files.stage(now.report.code, "told") is None


def test_a_frozen_version_is_read_once_for_all_its_files(room: Room) -> None:
    frozen_reports.freeze(room.db, room.organiser, seen=0)
    first, second = (report_files.frozen(room.db, room.organiser, 1) for _ in range(2))
    assert first.report is second.report


def test_a_frozen_file_is_another_one_after_somebody_was_erased(room: Room) -> None:
    room.names_people_as(Anonymity.NAMED)
    ada = room.joins("Ada")
    version = frozen_reports.freeze(room.db, room.organiser, seen=0)
    before = report_files.frozen(room.db, room.organiser, version.number)
    assert before.sha256 == version.sha256
    report_files.content(before, exporters["json"])
    people.erase(room.db, room.organiser, ada.participant_id)
    after = report_files.content(report_files.frozen(room.db, room.organiser, version.number), exporters["json"])
    assert [person["name"] for person in json.loads(after)["participants"]] == [None]
