"""The organiser's report: a preview in numbers, a button per format. The files come from an authenticated route."""

from __future__ import annotations

from typing import Literal

import streamlit as st
from markupsafe import Markup

from workshop.domain.report import Report
from workshop.reporting import exporters
from workshop.services import reports, workshops
from workshop.services.access import OrganiserBadge
from workshop.ui import buttons, components, frozen, gate, notice, organiser_menu, runs, turns

_HEAD = Markup('<p class="rt-kicker">{}</p><h1 class="rt-lead">The report is ready at any second</h1>')
_TOPICS = ("room", "people", "counters", "board", "themes", "turnout", "results", "moderation")


def show(organiser: OrganiserBadge) -> None:
    """What the report holds now, and the buttons."""
    organiser_menu.show()
    view = workshops.of(gate.house().db, organiser)
    st.html(_HEAD.format(view.event.name))
    with st.container(horizontal=True):
        for exporter in exporters.values():
            address = f"/download/{view.code}.{exporter.suffix}"
            kind: Literal["primary", "secondary"] = "primary" if exporter.name == "pdf" else "secondary"
            label = f"{exporter.name.upper()}: {exporter.label}"
            st.link_button(label, address, icon=":material/download:", type=kind)
    _follow(organiser)


@turns.fragment
@runs.of_a_fragment("report")
def _follow(organiser: OrganiserBadge) -> None:
    """Follows the room, so that the numbers here are those of a file downloaded now."""
    view = workshops.of(gate.house().db, organiser)
    components.pulse(view.code, topics=_TOPICS, key="report_pulse")
    buttons.outcome()
    st.subheader("Frozen versions")
    frozen.show(organiser, view)
    st.subheader("What it holds now")
    _preview(reports.compile_report(gate.house().db, organiser))


def _preview(report: Report) -> None:
    for column, (label, number) in zip(st.columns(4), _numbers(report), strict=True):
        column.metric(label, number, border=True)
    if report.ranking is None:
        notice.hint("Votes are still hidden, so the report has no ranking yet. It appears with the step “Reveal”.")
    if report.rehearsal:
        notice.hint("This is a rehearsal; the report says so on its first page.")
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
