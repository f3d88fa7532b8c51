"""Frozen versions: the report of one moment, numbered and kept, so that every format of it can be had again later.

A version is compiled in one read and kept only if nothing was logged meanwhile: erasing a person is logged, so nobody
who leaves at that moment can stay in a version.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from workshop.domain import report_document
from workshop.domain.frozen_report import FrozenReport, Leaver, checksum, without
from workshop.domain.report import Report
from workshop.domain.room import Person
from workshop.errors import Conflict, NotFound, Unavailable
from workshop.services import clock, reports, turn
from workshop.services.access import ModeratorBadge, OrganiserBadge, ReaderBadge
from workshop.storage import Database, Session, announce
from workshop.storage import frozen_reports as rows
from workshop.storage import introductions as introduction_rows
from workshop.storage import log as log_rows
from workshop.storage import wishes as wish_rows

Badge = ModeratorBadge | OrganiserBadge

MOST_VERSIONS = 100
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Document:
    """A frozen report as the text that is kept, and its checksum. To read a large one takes most of a second."""

    text: str
    sha256: str

    @property
    def report(self) -> Report:
        return report_document.read(self.text)


def freeze(db: Database, badge: Badge, *, seen: int) -> FrozenReport:
    """Freeze the report as it stands now. ``seen`` is the newest version on the screen: the same tap again is one."""
    for _ in range(_TRIES):
        compiled = reports.compile_report(db, badge)
        with db.writing() as session:
            view = turn.take(session, badge.workshop_id)
            same = rows.of_tap(session, view.id, grant_id=badge.grant_id, seen=seen)
            if same is not None:
                return same
            if view.log_head == compiled.log_head:
                return _keep(session, badge, compiled, seen=seen)
    raise Conflict("The room changes faster than a report can be frozen. Please tap once more.")


def versions(db: Database, badge: Badge) -> tuple[FrozenReport, ...]:
    """Every version, newest first."""
    with db.reading() as session:
        return rows.versions(session, badge.workshop_id)


def document_of(db: Database, badge: Badge, number: int) -> Document:
    """What was frozen under this number. Raises Unavailable when it is not what was written then."""
    with db.reading() as session:
        found = rows.document(session, badge.workshop_id, number) if number <= MOST_VERSIONS else None
    if found is None:
        raise NotFound(f"There is no version {number} of this report. The report page lists those that there are.")
    return _checked(number, *found)


def newest(db: Database, reader: ReaderBadge) -> Document:
    """What was frozen last."""
    with db.reading() as session:
        number = rows.newest(session, reader.workshop_id)
        found = rows.document(session, reader.workshop_id, number)
    if found is None:
        raise NotFound("The report is not frozen yet. Open this link again when it is.")
    return _checked(number, *found)


def erase(session: Session, workshop_id: UUID, person: Person, *, actor: str) -> None:
    """Take a person out of every version, before they are gone. Whoever calls has the turn of the workshop."""
    leaver, now = _leaver(session, person), clock.now()
    for version in rows.versions(session, workshop_id):
        found = rows.document(session, workshop_id, version.number)
        if found is None:
            continue
        before = report_document.read(found[0])
        after = without(before, leaver)
        if after != before:
            document = report_document.written(after)
            rows.rewrite(session, workshop_id, version.number, document, at=now)
            _log(session, workshop_id, actor, "rewrite", version.number, checksum(document))


def _checked(number: int, document: str, sha256: str) -> Document:
    if checksum(document) != sha256:
        raise Unavailable(f"Version {number} was changed in the database since it was frozen. Freeze the report again.")
    return Document(document, sha256)


def _keep(session: Session, badge: Badge, compiled: Report, *, seen: int) -> FrozenReport:
    number = rows.newest(session, badge.workshop_id) + 1
    if number > MOST_VERSIONS:
        raise Conflict(
            f"There are {MOST_VERSIONS} frozen versions; more do not fit. Take the newest, or a report of now."
        )
    document = report_document.written(compiled)
    version = FrozenReport(
        number=number,
        at=compiled.compiled_at,
        by=badge.label,
        sha256=checksum(document),
    )
    rows.add(session, badge.workshop_id, version, document, grant_id=badge.grant_id, seen=seen)
    _log(session, badge.workshop_id, badge.label, "freeze", version.number, version.sha256)
    announce(session, badge.workshop_id, "moderation")
    return version


def _log(session: Session, workshop_id: UUID, actor: str, verb: str, number: int, sha256: str) -> None:
    log_rows.record(
        session, workshop_id, actor=actor, verb=verb, subject=str(number), details={"sha256": sha256}, at=clock.now()
    )


def _leaver(session: Session, person: Person) -> Leaver:
    said = introduction_rows.of_person(session, person.id)
    rating = wish_rows.rating_of(session, person.id)
    return Leaver(
        name=person.name,
        organisation=person.organisation,
        lines=(*said.offers, *said.needs),
        comment="" if rating is None else rating.comment,
    )
