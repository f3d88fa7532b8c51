"""Freezing the report, on the desk and on the report page: one button, and the versions that there are."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import StepKind
from workshop.domain.frozen_report import FrozenReport
from workshop.domain.room import WorkshopView
from workshop.domain.steps import current_step
from workshop.reporting import exporters
from workshop.services import frozen_reports
from workshop.services.access import ModeratorBadge, OrganiserBadge
from workshop.ui import buttons, gate, notice

_WHEN_TO_FREEZE = (StepKind.COMMIT, StepKind.CLOSING)

_DONE = "The report is frozen. Its version stands first in the list; every format of it stays as it is."
_LIST = Markup('<ol class="rt-versions">{}</ol>')
_VERSION = Markup(
    '<li class="rt-version"><p class="rt-version-head"><b>Version {number}</b> {told}</p>'
    '<p class="rt-version-files">{files}</p>'
    '<p class="rt-note">SHA-256 <code title="{sha256}">{sha256}</code></p></li>'
)
_FILE = Markup('<a href="/download/{code}/v{number}.{suffix}" aria-label="Version {number}: {label}">{name}</a>')


def show(badge: ModeratorBadge | OrganiserBadge, view: WorkshopView) -> None:
    """The button, and every version, newest first."""
    versions = frozen_reports.versions(gate.house().db, badge)
    _button(badge, versions, key="freeze")
    if not versions:
        notice.hint("Freeze the report when it shall stay as it is. Versions appear here, each in every format.")
        return
    st.html(_LIST.format(Markup("").join(_version(version, view) for version in versions)))


def offer(moderator: ModeratorBadge, view: WorkshopView) -> None:
    """In the last steps the button is at hand, with what was frozen last."""
    if current_step(view.event, view.state).kind not in _WHEN_TO_FREEZE:
        return
    versions = frozen_reports.versions(gate.house().db, moderator)
    with st.container(horizontal=True, vertical_alignment="center", key="freeze_at_hand"):
        _button(moderator, versions, key="freeze_now")
        if versions:
            notice.hint(f"Version {versions[0].number}: {_told(versions[0], view)}")
        else:
            notice.hint("For the closing speaker: the report as it stands now, with a number.")


def _button(badge: ModeratorBadge | OrganiserBadge, versions: tuple[FrozenReport, ...], *, key: str) -> None:
    """Its whole key names the newest version that was seen, so a second tap on the same button freezes nothing more."""
    seen = versions[0].number if versions else 0
    act = partial(frozen_reports.freeze, gate.house().db, badge, seen=seen)
    label = f"Freeze the report as version {seen + 1}"
    buttons.button(badge, label, act, key=f"{key}_{seen}", done=_DONE, icon=":material/lock:")


def _version(version: FrozenReport, view: WorkshopView) -> Markup:
    files = (
        _FILE.format(code=view.code, number=version.number, suffix=one.suffix, name=one.name.upper(), label=one.label)
        for one in exporters.values()
    )
    return _VERSION.format(
        number=version.number, told=_told(version, view), files=Markup(" ").join(files), sha256=version.sha256
    )


def _told(version: FrozenReport, view: WorkshopView) -> str:
    zone = ZoneInfo(view.event.time_zone)
    told = f"frozen at {version.at.astimezone(zone):%H:%M:%S} by the {version.by}"
    if version.rewritten_at is None:
        return told
    return f"{told}; at {version.rewritten_at.astimezone(zone):%H:%M} somebody was erased from it"
