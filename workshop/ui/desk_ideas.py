"""The desk's ideas: read, hide with a reason, restore, merge and take apart. Everything can be undone and is logged."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workshop.domain.event import Event
from workshop.domain.idea import AT_THE_TABLE, PITCH, REASON, TITLE, IdeaDraft, ShownIdea, Standing
from workshop.services import moderation
from workshop.services.access import ModeratorBadge
from workshop.ui import cards, desk_similar, gate, notice
from workshop.ui.buttons import button

_WHERE = {
    Standing.PUBLISHED: "on the board",
    Standing.KEPT_BACK: "kept at the table",
    Standing.MERGED: "merged into another idea",
    Standing.HIDDEN: "hidden by you",
    Standing.WITHDRAWN: "withdrawn",
}
_AT_ONCE = 30


def show(moderator: ModeratorBadge, event: Event) -> None:
    """Every idea that tables have shared, searchable, with what may be done to it."""
    every = moderation.overview(gate.house().db, moderator)
    if not every:
        notice.hint("Ideas appear here when tables share. While people write alone, nobody sees their texts.")
        return
    desk_similar.show(moderator, {(str(idea.id), idea.version) for idea in every if idea.standing in AT_THE_TABLE})
    _merge(moderator, [idea for idea in every if idea.published])
    wanted = st.text_input("Find an idea", placeholder="Number or words", key="find_idea").strip().casefold()
    found = [idea for idea in every if _matches(idea, wanted)]
    for idea in found[:_AT_ONCE]:
        _idea(moderator, event, idea)
    if len(found) > _AT_ONCE:
        notice.hint(f"{_AT_ONCE} of {len(found)} ideas. Type a number or a word to find the others.")
    elif not found:
        notice.hint("No idea has these words. Clear the field to see all.")


def _idea(moderator: ModeratorBadge, event: Event, idea: ShownIdea) -> None:
    with st.container(border=True):
        st.html(cards.idea(idea, event, note=_WHERE[idea.standing]))
        if idea.standing is Standing.HIDDEN:
            notice.hint(f"Reason: {idea.hidden_reason}")
            act = partial(moderation.restore, gate.house().db, moderator, idea.id)
            button(moderator, "Restore", act, key=f"restore_{idea.id}", done="Restored.", icon=":material/visibility:")
        elif idea.published and idea.originals:
            apart = partial(moderation.unmerge, gate.house().db, moderator, idea.id)
            button(
                moderator,
                "Take apart",
                apart,
                key=f"unmerge_{idea.id}",
                done="The originals are back.",
                icon=":material/call_split:",
            )
        if idea.standing in {Standing.PUBLISHED, Standing.KEPT_BACK}:
            _hide(moderator, idea)


def _hide(moderator: ModeratorBadge, idea: ShownIdea) -> None:
    with st.popover("Hide", icon=":material/visibility_off:"), st.form(f"hide_{idea.id}", border=False):
        reason = st.text_input("Reason, for the author to read", max_chars=REASON)
        if st.form_submit_button("Hide this idea"):
            hidden = notice.attempt(lambda: moderation.hide(gate.house().db, moderator, idea.id, reason=reason))
            if hidden is not None:
                st.rerun(scope="fragment")


def _merge(moderator: ModeratorBadge, board: list[ShownIdea]) -> None:
    with st.expander("Merge ideas", icon=":material/merge:"):
        by_number = {idea.number: idea for idea in board}
        numbers = st.multiselect(
            "Ideas that say the same",
            by_number,
            format_func=lambda number: f"#{number} {by_number[number].title}",
            placeholder="Choose two or more; the first one leads",
            key="merge_ideas",  # without it the choice is lost whenever a table publishes another idea
        )
        if len(numbers) < 2:
            notice.hint("The originals stay as they are and their authors stay credited. You can take it apart again.")
            return
        lead = by_number[numbers[0]]
        with st.form("merge", border=False):
            title = st.text_input("Title of the merged idea", value=lead.title, max_chars=TITLE)
            pitch = st.text_area("Pitch", value=lead.pitch, max_chars=PITCH)
            if st.form_submit_button("Merge these ideas", type="primary"):
                draft = IdeaDraft(title, pitch, lead.sectors, dict(lead.brings), lead.still_needed)
                chosen = [by_number[number].id for number in numbers]
                merged = notice.attempt(lambda: moderation.merge(gate.house().db, moderator, chosen, draft))
                if merged is not None:
                    st.rerun(scope="fragment")


def _matches(idea: ShownIdea, wanted: str) -> bool:
    text = f"#{idea.number} {idea.title} {idea.pitch}".casefold()
    return wanted in text
