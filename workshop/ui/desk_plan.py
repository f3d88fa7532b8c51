"""The desk's plan: how the run of show stands against its end, and where to cut or give back. A person decides."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

import streamlit as st
from markupsafe import Markup

from workshop.domain.cuts import Proposal
from workshop.domain.event import Event
from workshop.services import steps
from workshop.services.access import ModeratorBadge
from workshop.services.steps import RunOfShow
from workshop.ui import gate, notice
from workshop.ui.buttons import button

_NOT_STARTED = "The planned end is counted from the moment you open the first timed step."
_CHANGE = Markup(
    '<li class="rt-cut"><span>{title}</span>'
    '<span class="rt-minutes">{before}\u2002→\u2002<b>{after}</b> min</span></li>'
)
_CHANGES = Markup('<p class="rt-suggested">{}</p><ul class="rt-cuts">{}</ul>')


def show(moderator: ModeratorBadge, event: Event, picture: RunOfShow) -> None:
    """In time or not, in one sentence; below it the proposal, if there is one."""
    stand, proposal = picture.plan, picture.proposal
    if stand.ends_at is None:
        notice.hint(_NOT_STARTED)
        return
    end = f"{stand.ends_at.astimezone(ZoneInfo(event.time_zone)):%H:%M}"
    if stand.owed_minutes:
        notice.problem(f"{stand.owed_minutes} min owed until {end}.")
    elif stand.spare_minutes:
        notice.saved(f"In time for {end}, with {stand.spare_minutes} min to spare.")
    else:
        notice.saved(f"In time for {end}.")
    if proposal is not None:
        with st.container(key="cuts"):
            _decide(moderator, proposal, picture)


def _decide(moderator: ModeratorBadge, proposal: Proposal, picture: RunOfShow) -> None:
    version, cutting = picture.state.version, picture.plan.owed_minutes > 0
    if proposal.changes:
        lines = [
            _CHANGE.format(title=change.step.title, before=change.before, after=change.after)
            for change in proposal.changes
        ]
        lead = "Cut here:" if cutting else "Give back what was cut:"
        st.html(_CHANGES.format(lead, Markup("").join(lines)))
    if proposal.too_long:
        too_long = f"{proposal.too_long} minutes" if proposal.too_long > 1 else "1 minute"
        notice.hint(f"{too_long} too long even at the least; leave a step out or end later.")
    with st.container(horizontal=True, gap="small"):
        if proposal.changes:
            act = partial(steps.agree, gate.house().db, moderator, proposal.minutes, seen=version)
            label = "Cut these steps" if cutting else "Give these minutes back"
            button(moderator, label, act, key=f"agree_{version}", icon=":material/check:")
        if proposal.too_long:
            act = partial(steps.end_later, gate.house().db, moderator, proposal.too_long, seen=version)
            label = f"End {proposal.too_long} min later"
            button(moderator, label, act, key=f"end_later_{version}", icon=":material/update:")
