"""Office files and other zips with the same bytes on every machine: their only clock is the moment of the report."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from workshop.reporting import progress, words

_STAMP = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:)")
LONGEST_PROPERTY = 250
"""Characters that the properties of an office file hold."""

_READABLE = 0o644 << 16


def packed(members: Iterable[tuple[str, bytes]], *, at: datetime) -> bytes:
    """Return a zip of these files, in this order."""
    progress.tell(words.PACKING)
    moment = at.astimezone(UTC)
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            member = ZipInfo(name, date_time=(*moment.timetuple()[:5], moment.second // 2 * 2))
            member.compress_type, member.external_attr, member.create_system = ZIP_DEFLATED, _READABLE, 3
            archive.writestr(member, content)
    return written.getvalue()


def steady(office: bytes, *, at: datetime) -> bytes:
    """Return an office file as if it had been written at this moment, the workbooks of its charts included."""
    with ZipFile(io.BytesIO(office)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    return packed(((name, _steady(name, content, at)) for name, content in members), at=at)


def _steady(name: str, content: bytes, at: datetime) -> bytes:
    if name.endswith(".xlsx"):
        return steady(content, at=at)
    if name == "docProps/core.xml":
        return _STAMP.sub(rb"\g<1>" + f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\g<3>", content)
    return content
