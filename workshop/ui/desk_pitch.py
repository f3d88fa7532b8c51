"""The desk's pitches: the card on the wall, its forty seconds, next, skip and back, and who offers what by name."""

from __future__ import annotations

from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.domain.event import Event
from workshop.services import pitches
from workshop.services.access import ModeratorBadge
from workshop.services.pitches import Stage
from workshop.ui import components, gate, notice
from workshop.ui.buttons import Act, button

_ON = Markup('<p class="rt-kicker">Card {} of {} is pitched</p><h2 class="rt-lead">#{} {}</h2>')
_LINE = Markup('<p class="rt-idea-line"><b>{}</b> {} <span class="rt-note">{}</span></p>')


def show(moderator: ModeratorBadge, event: Event, code: str) -> None:
    """The card that is pitched and the buttons that move on."""
    stage = pitches.stage(gate.house().db, moderator)
    if stage.shown is None:
        notice.hint("No idea goes on yet, so there is nothing to pitch. Pick the ideas below.")
        return
    place = stage.cards.index(stage.shown) + 1
    st.html(_ON.format(place, len(stage.cards), stage.shown.number, stage.shown.title))
    components.pitch_clock(code, card=str(stage.shown.idea_id), key="desk_pitch_clock")
    _buttons(moderator, stage)
    following = stage.following
    notice.hint(f"Next: #{following.number} {following.title}" if following else "This is the last card.")
    _other(moderator, stage)
    offers = Markup("").join(
        _LINE.format(
            offer.kind,
            ", ".join(part for part in (offer.person.name, offer.person.organisation) if part),
            event.side(offer.person.side).short,
        )
        for offer in stage.offers
    )
    st.html(offers or Markup('<p class="rt-hint">Who offers help for this card appears here, by name.</p>'))


def _buttons(moderator: ModeratorBadge, stage: Stage) -> None:
    db, seen = gate.house().db, stage.state.version

    def small(label: str, act: Act, icon: str) -> None:
        button(moderator, label, act, key=f"pitch_{label}_{seen}", icon=f":material/{icon}:")

    with st.container(horizontal=True, gap="small"):
        if stage.running:
            small("Stop the clock", partial(pitches.stop, db, moderator, seen=seen), "stop_circle")
        else:
            small("Start 40 s", partial(pitches.start, db, moderator, seen=seen), "play_arrow")
        if stage.following is not None:
            small("Next card", partial(pitches.step_on, db, moderator, seen=seen), "arrow_forward")
            small("Skip", partial(pitches.step_on, db, moderator, seen=seen, skip=True), "redo")
        if stage.shown != stage.cards[0]:
            small("Card before", partial(pitches.step_back, db, moderator, seen=seen), "arrow_back")


def _other(moderator: ModeratorBadge, stage: Stage) -> None:
    by_id = {card.idea_id: card for card in stage.cards if card is not stage.shown}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Any other card",
            by_id,
            index=None,
            format_func=lambda key: (
                f"#{by_id[key].number} {by_id[key].title}" + ("" if key in stage.state.done else " (not yet)")
            ),
            placeholder="Choose a card",
            key=f"pitch_other_{stage.state.version}",
        )
        if chosen is not None:
            act = partial(pitches.show, gate.house().db, moderator, chosen, seen=stage.state.version)
            button(moderator, "Put it on the wall", act, key=f"pitch_show_{chosen}_{stage.state.version}")
