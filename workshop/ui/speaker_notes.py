"""Speaker notes on the report page: what is said on each slide, to read and to write anew."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workshop.domain.speaker_note import LONGEST, SpeakerNote
from workshop.reporting import closing_text, slides
from workshop.reporting.slide import Slide
from workshop.services import report_files, speaker_notes
from workshop.services.access import OrganiserBadge
from workshop.ui import buttons, gate, notice

_SAVED = "Saved. The next report, and the next frozen version, say it like this."
_BACK = "This slide has the sentences made from the facts again."


def show(organiser: OrganiserBadge) -> None:
    """A form per slide. It does not follow the room, so that nothing that is being typed is lost."""
    st.subheader("Speaker notes")
    report = report_files.now(gate.house().db, organiser).report
    takes = closing_text.minutes(closing_text.paragraphs(report))
    notice.hint(
        f"For the closing speaker, below each slide of the deck: {takes:.1f} minutes to say. They are made from the "
        "facts and change with them. What you write yourself stays as you wrote it."
    )
    written = speaker_notes.of(gate.house().db, organiser)
    for slide in slides.of(report):
        _slide(organiser, slide, written.get(slide.key, SpeakerNote()))


def _slide(organiser: OrganiserBadge, slide: Slide, note: SpeakerNote) -> None:
    key = f"note_{slide.key}_{note.version}"
    with st.expander(f"{slide.title}: {'your own words' if note.text else 'from the facts'}"):
        with st.form(f"form_{key}", border=False):
            made = "\n".join(slide.notes)
            st.text_area("What to say", note.text or made, max_chars=LONGEST, height=140, key=key)
            save = partial(_save, organiser, slide, note, key)
            st.form_submit_button("Save what to say", on_click=save)
        if note.text:
            back = partial(speaker_notes.write, gate.house().db, organiser, slide.key, "", seen=note.version)
            buttons.button(organiser, "Take the sentences made from the facts", back, key=f"facts_{key}", done=_BACK)


def _save(organiser: OrganiserBadge, slide: Slide, note: SpeakerNote, key: str) -> None:
    text = st.session_state[key]
    if not note.text and text.split() == " ".join(slide.notes).split():
        return  # nobody has changed the sentences made from the facts: they shall follow them
    act = partial(speaker_notes.write, gate.house().db, organiser, slide.key, text, seen=note.version)
    buttons.press(organiser, act, _SAVED)
