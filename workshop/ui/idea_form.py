"""The form for an idea: new or one's own again. What is typed is kept while it is typed; sending twice is once.

Everything that names the form stands in the URL or belongs to the person: a phone whose session was lost (in a pocket,
or because the server was started again) sends the form that it shows, and the new session knows it.
"""

from __future__ import annotations

from uuid import uuid4

import streamlit as st
from markupsafe import Markup

from workshop.domain import idea as rules
from workshop.domain.event import Event
from workshop.domain.idea import Idea, IdeaDraft
from workshop.domain.permissions import Sight, sees
from workshop.domain.room import WorkshopView
from workshop.services import drafts, ideas
from workshop.services.access import ParticipantBadge
from workshop.services.ideas import Saved
from workshop.ui import buttons, components, gate, notice, tab
from workshop.ui.plain import plain

_CHANGE, _NUMBER = "change", "form"
"""What the URL calls the idea that stands in the form, and how many forms there were before: each begins anew."""

_TITLE = Markup('<h2 class="rt-form-title">{}</h2>')


def show(view: WorkshopView, badge: ParticipantBadge, *, author: str = "") -> None:
    """The form, filled with what was being typed; the style sheet hides it in steps that take no ideas.

    ``author`` is named above it where several people share a tablet.
    """
    memory = tab.current()
    edited = _edited(badge)
    slot = f"{drafts.IDEA}:{edited.id}" if edited else drafts.IDEA
    with st.container(key="idea_form"):
        new = f"Idea of {author}" if author else "Your idea"
        st.html(_TITLE.format(f"Change idea #{edited.number}" if edited else new))
        start = _start(badge, slot, edited)
        key = f"{slot}_{badge.participant_id}_{_number()}".replace(":", "_")
        with st.form(f"idea_{key}", border=False):
            draft = _fields(view.event, start, key)
            sent = st.form_submit_button("Save the change" if edited else "Send", type="primary", width="stretch")
        if sent:
            memory.arrived = uuid4().hex
        components.draft(
            view.code,
            container="idea_form",
            fields=_kept_fields(view.event, key),
            slot=slot,
            sent=memory.sent,
            arrived=memory.arrived,
            person=badge.participant_id,
            choices={"sectors": {sector.name: sector.key for sector in view.event.sectors}},
            on_restored=_begin_anew,
            key="draft",
        )
        if edited is not None and st.button("Stop changing it"):
            st.query_params.pop(_CHANGE, None)
            st.rerun()
        if sent:
            _send(view, badge, draft, slot, edited)
        buttons.outcome()


def change(idea_id: str) -> None:
    """Let one's own idea stand in the form when the page runs again."""
    st.query_params[_CHANGE] = idea_id


def _number() -> int:
    told = st.query_params.get(_NUMBER, "")
    return int(told) if told.isdecimal() and len(told) < 6 else 0


def _begin_anew() -> None:
    """Draw the form under new keys: empty after sending, or filled with a text that only this phone had."""
    st.query_params[_NUMBER] = str(_number() + 1)


def _fields(event: Event, start: IdeaDraft, key: str) -> IdeaDraft:
    title = st.text_input("Title", start.title, max_chars=rules.TITLE, key=f"title_{key}", autocomplete="off")
    pitch = st.text_area("Pitch: what, for whom, why now", start.pitch, max_chars=rules.PITCH, key=f"pitch_{key}")
    known = [sector.key for sector in event.sectors]
    sectors = st.multiselect(
        "Sectors",
        known,
        default=[sector for sector in start.sectors if sector in known],
        format_func=lambda sector: event.sector(sector).name,
        placeholder="Choose one or more",
        key=f"sectors_{key}",
    )
    brings = {
        side.key: st.text_input(
            plain(f"{side.short} brings"), start.brings.get(side.key, ""), max_chars=rules.NOTE, key=f"{side.key}_{key}"
        )
        for side in event.sides
    }
    needed = st.text_input("Still needed", start.still_needed, max_chars=rules.NOTE, key=f"needed_{key}")
    return IdeaDraft(title, pitch, tuple(sectors), brings, needed)


def _kept_fields(event: Event, key: str) -> dict[str, str]:
    """Which text of a draft stands in which field of the form."""
    names = {"title": "title", "pitch": "pitch", "sectors": "sectors", "still_needed": "needed"}
    names |= {f"brings.{side.key}": side.key for side in event.sides}
    return {name: f"{field}_{key}" for name, field in names.items()}


def _send(view: WorkshopView, badge: ParticipantBadge, draft: IdeaDraft, slot: str, edited: Idea | None) -> None:
    db, memory = gate.house().db, tab.current()
    if edited is None:
        saved = notice.attempt(lambda: ideas.submit(db, badge, draft, slot=slot))
        done = None if saved is None else _sentence(view, saved)
    else:
        changed = notice.attempt(lambda: ideas.revise(db, badge, edited.id, draft, seen_version=edited.version))
        done = None if changed is None else f"Saved: #{changed.number} is changed."
    if done is not None:
        drafts.discard(db, badge, slot)
        memory.done, memory.sent = done, uuid4().hex
        st.query_params.pop(_CHANGE, None)
        _begin_anew()
        st.rerun()


def _sentence(view: WorkshopView, saved: Saved) -> str:
    """What was saved, where it went, what is next."""
    sent, limit = saved.of_limit
    late = " It came after the time and is marked late." if saved.late else ""
    if Sight.TABLE_IDEAS in sees(view.event, view.state):
        where = "Your table sees it now."
    else:
        where = "Only you see it until your table shares."
    return f"Saved as #{saved.idea.number}. {sent} of {limit} ideas. {where}{late}"


def _start(badge: ParticipantBadge, slot: str, edited: Idea | None) -> IdeaDraft:
    kept = drafts.read(gate.house().db, badge, slot)
    if kept is not None:
        return rules.draft_from(kept)
    return edited.draft if edited is not None else IdeaDraft(title="")


def _edited(badge: ParticipantBadge) -> Idea | None:
    wanted = st.query_params.get(_CHANGE)
    if not wanted:
        return None
    return next((idea for idea in ideas.mine(gate.house().db, badge) if str(idea.id) == wanted), None)
