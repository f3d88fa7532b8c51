"""The desk's view of “Build on others”: who holds what, what nobody has read, silent tables, and the builds."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import Event
from workshop.domain.idea import REASON
from workshop.services import build_desk, builds, routing
from workshop.services.access import ModeratorBadge
from workshop.services.build_desk import BuildDesk
from workshop.services.shown_builds import OnIdea, TableReading
from workshop.ui import gate, notice
from workshop.ui.buttons import button, press
from workshop.ui.wall_builds import KINDS

_AT_ONCE = 20
_BY = {1: "read by another table", 2: "read by two other tables"}
_BUILD = Markup(
    '<p class="rt-flag"><b>{kind} #{number}</b> <span class="rt-note">{title}</span></p>'
    '<p class="rt-idea-pitch">{text}</p>{fix}<p class="rt-note">{origin}</p>'
)
_FIX = Markup('<p class="rt-idea-line"><b>Proposed fix</b> {}</p>')


def show(moderator: ModeratorBadge, event: Event) -> None:
    """First how far the room is, then where the moderator is needed, then the builds."""
    seen = build_desk.look(gate.house().db, moderator)
    if seen is None:
        notice.hint("Ideas are dealt to other tables when “Build on others” opens. Who reads what appears here then.")
        return
    coverage = seen.coverage
    if coverage.aim:
        st.progress(
            coverage.enough / len(coverage.ideas) if coverage.ideas else 0.0,
            text=f"{coverage.enough} of {len(coverage.ideas)} ideas {_BY[coverage.aim]}",
        )
    if coverage.note:
        notice.hint(coverage.note)
    _silent(moderator, seen)
    unread = [f"#{idea.number} {idea.title}" for idea in coverage.ideas if not idea.readers]
    if unread:
        with st.expander(f"Read by nobody yet: {len(unread)}", icon=":material/visibility_off:", key="unread_ideas"):
            st.text("\n".join(unread))
    st.dataframe([_line(table) for table in seen.tables], hide_index=True, height="content")
    st.subheader("What was added")
    _builds(moderator, event, seen.builds)


def _silent(moderator: ModeratorBadge, seen: BuildDesk) -> None:
    """Tables that still have something to read; who has read nothing stands first."""
    silent = [table.name for table in seen.tables if table.silent]
    if silent:
        notice.hint("Nothing read yet at: " + ", ".join(silent) + ".")
    reading = {
        table.table_id: table for table in sorted(seen.tables, key=lambda table: not table.silent) if table.unread
    }
    if not seen.open or not reading:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Give what this table has not read to others",
            list(reading),
            format_func=lambda table_id: f"{reading[table_id].name}: {len(reading[table_id].unread)} not read",
            key="pass_on",
        )
        act = partial(routing.pass_on, gate.house().db, moderator, chosen)
        done = "Dealt to other tables. This table gets new ideas when somebody there asks for them."
        button(moderator, "Deal them again", act, key=f"pass_on_{chosen}", done=done, icon=":material/shuffle:")


def _line(table: TableReading) -> dict[str, object]:
    numbers = [f"#{number} ✓" for number in table.read] + [f"#{number}" for number in table.unread]
    return {
        "Table": table.name,
        "Read": f"{len(table.read)} of {len(table.read) + len(table.unread) + table.waiting}",
        "Ideas": ", ".join(numbers) + (f", {table.waiting} waiting" if table.waiting else ""),
        "Builds": table.builds,
        "Given away": str(table.passed_on or ""),
    }


def _builds(moderator: ModeratorBadge, event: Event, every: tuple[OnIdea, ...]) -> None:
    if not every:
        notice.hint(
            "Nothing was added yet. Improvements, offers, concerns and who would join appear here, newest first."
        )
        return
    wanted = st.text_input("Find", placeholder="Number of the idea, or words", key="find_build").strip().casefold()
    found = [each for each in every if wanted in f"#{each.number} {each.build.text} {each.build.fix}".casefold()]
    for each in found[:_AT_ONCE]:
        _build(moderator, event, each)
    if len(found) > _AT_ONCE:
        notice.hint(f"{_AT_ONCE} of {len(found)}. Type a number or a word to find the others.")


def _build(moderator: ModeratorBadge, event: Event, each: OnIdea) -> None:
    build, db = each.build, gate.house().db
    with st.container(border=True):
        origin = [event.side(build.side).name, build.credit.line, "late" if build.late else ""]
        st.html(
            _BUILD.format(
                kind=KINDS[build.kind],
                number=each.number,
                title=each.title,
                text=build.text or "Would join.",
                fix=_FIX.format(build.fix) if build.fix else "",
                origin=" · ".join(filter(None, origin)),
            )
        )
        if build.hidden_reason:
            notice.hint(f"Hidden by you. Reason: {build.hidden_reason}")
            act = partial(builds.restore, db, moderator, build.id)
            button(moderator, "Restore", act, key=f"restore_{build.id}", done="Restored.", icon=":material/visibility:")
            return
        with st.popover("Hide", icon=":material/visibility_off:"), st.form(f"hide_{build.id}", border=False):
            st.text_input("Reason, for the author to read", max_chars=REASON, key=f"reason_{build.id}")
            hide = partial(_hide, moderator, build.id)
            st.form_submit_button("Hide this", on_click=press, args=(moderator, hide, "Hidden. The author reads why."))


def _hide(moderator: ModeratorBadge, build_id: UUID) -> None:
    """The reason is what stands in the field now: the run that drew it knows only what stood there then."""
    builds.hide(gate.house().db, moderator, build_id, reason=str(st.session_state.get(f"reason_{build_id}", "")))
