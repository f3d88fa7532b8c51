"""The desk's section for the last steps: what goes on, the cards, the pitches, commitments and the session's rating."""

from __future__ import annotations

import streamlit as st

from workshop.domain.event import StepKind
from workshop.domain.permissions import Sight, sees
from workshop.domain.room import WorkshopView
from workshop.domain.steps import current_step
from workshop.services import commitments
from workshop.services.access import ModeratorBadge
from workshop.ui import desk_cards, desk_going_on, desk_pitch, gate, notice


def show(moderator: ModeratorBadge, view: WorkshopView) -> None:
    """What the present step needs first, the rest below."""
    sights = sees(view.event, view.state)
    if not sights & {Sight.RESULTS, Sight.CARDS}:
        notice.hint("From the step “Reveal” on you pick here the ideas that go on to become consortia.")
        return
    kind = current_step(view.event, view.state).kind
    if kind is StepKind.PITCH:
        desk_pitch.show(moderator, view.event, view.code)
    if Sight.COMMITMENTS in sights:
        _session(moderator)
    if Sight.CARDS in sights:
        desk_cards.show(moderator, view.event)
        desk_going_on.change(moderator)
    else:
        desk_going_on.show(moderator)


def _session(moderator: ModeratorBadge) -> None:
    """How far people are with committing, in numbers; comments without names."""
    now = commitments.session(gate.house().db, moderator)
    rated = f"{now.mean:.1f} of 5 from {len(now.ratings)}" if now.mean is not None else "nobody yet"
    notice.hint(
        f"Confirmed: {now.confirmed} of {now.of} roles. People with wishes: {now.wishing}. Session rated: {rated}."
    )
    comments = [rating.comment for rating in now.ratings if rating.comment]
    if comments:
        with st.expander(f"Comments: {len(comments)}", icon=":material/comment:"):
            for comment in comments:
                notice.hint(comment)
