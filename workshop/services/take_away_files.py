"""Take-aways as files: made once for the same content. Nothing is written to a disk.

A sheet that differs from an earlier one in nothing but its moment is that one, and says since when it stands like this.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from functools import partial
from uuid import UUID

from workshop.domain.event import Event
from workshop.domain.report import Report
from workshop.errors import NotFound
from workshop.live import Once
from workshop.reporting import take_away_of_organisation, take_away_of_person, take_away_pdf, words
from workshop.reporting.take_away_page import Page
from workshop.services import idea_writing, reports, take_away, turn
from workshop.services.access import ParticipantBadge
from workshop.storage import Database, revisions_of

_MOST_FILES, _MOST_ROOMS = 256, 2

_files: Once[str, bytes] = Once(most=_MOST_FILES)
_reports: Once[tuple[str, UUID], Report] = Once(most=_MOST_ROOMS)


def of_person(db: Database, participant: ParticipantBadge) -> bytes:
    """The PDF of one person's take-away."""
    sheet = take_away.of(db, participant)
    page = take_away_of_person.page(sheet)
    return _file(page, sheet.event, at=sheet.at, how=words.OWN_HOW, rehearsal=sheet.rehearsal)


def of_organisation(db: Database, participant: ParticipantBadge) -> bytes:
    """The PDF of the organisation that this person speaks for, made from the report as it stands now."""
    with db.reading() as session:
        person = idea_writing.person(session, participant)
        if not person.organisation:
            raise NotFound("You named no organisation when you joined, so there is no page of one.")
        view = turn.look(session, participant.workshop_id)
        report = _reports.get(
            (db.url_without_secret, view.id),
            partial(reports.compiled, session, view),
            revision=(sum(revisions_of(session, view.id).values()),),
        )
    page = take_away_of_organisation.page(report, person.organisation, person.side)
    return _file(page, report.event, at=report.compiled_at, how=words.ITS_HOW, rehearsal=report.rehearsal)


def _file(page: Page, event: Event, *, at: datetime, how: str, rehearsal: bool) -> bytes:
    sides = [asdict(side) for side in event.sides]
    content = json.dumps([asdict(page), event.name, event.time_zone, sides, how, rehearsal])
    make = partial(
        take_away_pdf.pdf, (page,), event, title=words.OWN_TITLE.format(page.title), at=at, how=how, rehearsal=rehearsal
    )
    return _files.get(hashlib.sha256(content.encode()).hexdigest(), make)
