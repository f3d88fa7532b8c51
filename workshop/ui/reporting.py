"""The organiser's report: a preview in sentences, a button per format, and the frozen versions."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from workshop.domain.report import Report
from workshop.reporting import closing_text
from workshop.services import report_files, workshops
from workshop.services.access import OrganiserBadge
from workshop.ui import (
    buttons,
    components,
    frozen,
    gate,
    notice,
    organiser_menu,
    report_formats,
    runs,
    sharing,
    speaker_notes,
    turns,
)

_HEAD = Markup('<p class="rt-kicker">{}</p><h1 class="rt-lead">The report is ready at any second</h1>')
_SUMMARY = Markup('<div class="rt-summary">{}</div>')
_PARAGRAPH = Markup('<p dir="auto">{}</p>')
_TOPICS = (
    *("room", "people", "introductions", "counters", "board", "builds", "themes", "turnout", "ratings", "results"),
    *("consortium", "pitch", "wishes", "moderation"),
)


def show(organiser: OrganiserBadge) -> None:
    """What the report holds now, its files, and what was frozen."""
    organiser_menu.show()
    st.html(_HEAD.format(workshops.of(gate.house().db, organiser).event.name))
    _follow(organiser)
    speaker_notes.show(organiser)


@turns.fragment
@runs.of_a_fragment("report")
def _follow(organiser: OrganiserBadge) -> None:
    """Follows the room, so that the numbers here are those of a file downloaded now."""
    view = workshops.of(gate.house().db, organiser)
    components.pulse(view.code, topics=_TOPICS, key="report_pulse")
    buttons.outcome()
    compiled = report_files.now(gate.house().db, organiser)
    first_page, files = st.columns([5, 4], gap="large")
    with first_page:
        st.subheader("What happened in this room, so far")
        _summary(compiled.report)
        _ideas(compiled.report)
    with files:
        st.subheader("The report as it stands now")
        components.downloads(key="report_builds")
        report_formats.show(compiled)
        st.subheader("Frozen versions")
        frozen.show(organiser, view)
        st.subheader("For the closing speaker")
        sharing.show(organiser, view)


def _summary(report: Report) -> None:
    """The first page in numbers and in sentences."""
    for column, (label, number) in zip(st.columns(4), _numbers(report), strict=True):
        column.metric(label, number, border=True)
    st.html(_SUMMARY.format(Markup("").join(map(_PARAGRAPH.format, closing_text.summary(report)))))
    if report.ranking is None:
        notice.hint("Votes are still hidden, so the report has no ranking yet. It appears with the step “Reveal”.")
    if report.rehearsal:
        notice.hint("This is a rehearsal; the report says so on its first page.")


def _ideas(report: Report) -> None:
    st.subheader("Ideas in the report")
    themes = report.theme_of
    lines = [
        {
            "#": idea.number,
            "Title": idea.title,
            "Side": report.event.side(idea.side).short,
            "Theme": themes[idea.number].name if idea.number in themes else "",
            "Dots": report.votes[idea.number].total_dots if idea.number in report.votes else None,
        }
        for idea in report.ideas
    ]
    if lines:
        st.dataframe(lines, hide_index=True)
    else:
        notice.hint("Ideas appear here when tables share.")


def _numbers(report: Report) -> list[tuple[str, int]]:
    voted = sum(side.voted for side in report.turnout)
    return [
        ("People", len(report.participants)),
        ("Ideas", len(report.ideas)),
        ("Themes", len(report.themes)),
        ("Ballots", voted),
    ]
