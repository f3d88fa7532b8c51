"""The form for an idea: new or one's own again. What is typed is kept while it is typed; sending twice is once.

Everything that names the form stands in the URL or belongs to the person: a phone whose session was lost (in a pocket,
or because the server was started again) sends the form that it shows, and the new session knows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

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


@dataclass(frozen=True, slots=True)
class _Form:
    """What stands in the form: a new idea, or one's own that is changed. ``key`` is part of its fields' keys."""

    edited: Idea | None
    slot: str
    key: str
    start: IdeaDraft


def show(view: WorkshopView, badge: ParticipantBadge, *, author: str = "") -> None:
    """The form, filled with what was being typed; the style sheet hides it in steps that take no ideas.

    ``author`` is named above it where several people share a tablet.
    """
    memory = tab.current()
    with st.container(key="idea_form"):
        place = st.empty()
        form = _form(badge)
        draft, sent = _draw(place, view.event, form, author)
        if sent:
            memory.arrived = uuid4().hex
            if _send(view, badge, draft, form):
                form = _form(badge)  # in place of a second run of the whole page, which would show the same
                _draw(place, view.event, form, author)
        components.draft(
            view.code,
            container="idea_form",
            fields=_kept_fields(view.event, form.key),
            slot=form.slot,
            sent=memory.sent,
            arrived=memory.arrived,
            person=badge.participant_id,
            choices={"sectors": {sector.name: sector.key for sector in view.event.sectors}},
            similar=True,
            on_restored=_begin_anew,
            key="draft",
        )
        if form.edited is not None and st.button("Stop changing it"):
            st.query_params.pop(_CHANGE, None)
            st.rerun()
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


def _send(view: WorkshopView, badge: ParticipantBadge, draft: IdeaDraft, form: _Form) -> bool:
    """Whether the text is kept; else a sentence says why not, and it stays in the form."""
    db, memory, edited = gate.house().db, tab.current(), form.edited
    if edited is None:
        saved = notice.attempt(lambda: ideas.submit(db, badge, draft, slot=form.slot))
        done = None if saved is None else _sentence(view, saved)
    else:
        changed = notice.attempt(lambda: ideas.revise(db, badge, edited.id, draft, seen_version=edited.version))
        done = None if changed is None else f"Saved: #{changed.number} is changed."
    if done is None:
        return False
    if edited is not None:
        drafts.discard(db, badge, form.slot)  # a new idea has thrown its draft away itself
    memory.done, memory.sent = done, uuid4().hex
    st.query_params.pop(_CHANGE, None)
    _begin_anew()
    return True


def _sentence(view: WorkshopView, saved: Saved) -> str:
    """What was saved, where it went, what is next."""
    sent, limit = saved.of_limit
    late = " It came after the time and is marked late." if saved.late else ""
    if Sight.TABLE_IDEAS in sees(view.event, view.state):
        where = "Your table sees it now."
    else:
        where = "Only you see it until your table shares."
    return f"Saved as #{saved.idea.number}. {sent} of {limit} ideas. {where}{late}"


def _form(badge: ParticipantBadge) -> _Form:
    db, wanted = gate.house().db, st.query_params.get(_CHANGE)
    with db.one_moment():
        own = ideas.mine(db, badge) if wanted else ()
        edited = next((idea for idea in own if str(idea.id) == wanted), None)
        slot = f"{drafts.IDEA}:{edited.id}" if edited else drafts.IDEA
        kept = drafts.read(db, badge, slot)
    key = f"{slot}_{badge.participant_id}_{_number()}".replace(":", "_")
    start = edited.draft if edited is not None else IdeaDraft(title="")
    return _Form(edited, slot, key, start if kept is None else rules.draft_from(kept))


def _draw(place: DeltaGenerator, event: Event, form: _Form, author: str) -> tuple[IdeaDraft, bool]:
    """What stands in the fields, and whether it was sent."""
    with place.container():
        new = f"Idea of {author}" if author else "Your idea"
        st.html(_TITLE.format(f"Change idea #{form.edited.number}" if form.edited else new))
        with st.form(f"idea_{form.key}", border=False, enter_to_submit=False):
            draft = _fields(event, form.start, form.key)
            label = "Save the change" if form.edited else "Send"
            return draft, st.form_submit_button(label, type="primary", width="stretch")
