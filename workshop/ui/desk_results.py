"""The desk's view of votes and ratings: how many; from Reveal on what they say, and what the wall shows of it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workshop.domain import hand_count
from workshop.domain.event import StepKind
from workshop.domain.permissions import Sight, sees
from workshop.domain.room import WorkshopView
from workshop.domain.steps import reached
from workshop.services import ratings, topics, votes, wall_pictures
from workshop.services.access import ModeratorBadge
from workshop.services.wall_pictures import Picture
from workshop.ui import desk_opinions, desk_ranks, gate, notice, shared
from workshop.ui.buttons import button
from workshop.ui.plain import plain

_NAMES = {
    Picture.RANKING: "Both orders",
    Picture.BRIDGE: "Bridge of the sides",
    Picture.RATINGS: "Impact x feasibility",
}


def show(moderator: ModeratorBadge, view: WorkshopView) -> None:
    """Turnout in every step; until Reveal the tally is closed to the desk as well."""
    turnout = votes.turnout(gate.house().db, moderator)
    for side in turnout.by_side:
        share = side.voted / side.of if side.of else 0.0
        by_hand = hand_count.ballots_label(side.by_hand)
        voted = f"{side.name}: {side.voted} of {side.of} have voted" + (f", {by_hand}" if by_hand else "")
        st.progress(share, text=plain(voted))
    if reached(view.event, view.state, StepKind.RATE):
        _rated(moderator)
    if Sight.RESULTS in sees(view.event, view.state):
        _revealed(moderator, view)
    else:
        notice.hint("Nobody sees how the votes and ratings stand before the step “Reveal”, you included.")


def _rated(moderator: ModeratorBadge) -> None:
    found = ratings.turnout(gate.house().db, moderator)
    sides = ", ".join(f"{side.name} {side.rated} of {side.of}" for side in found.by_side)
    share = found.answered / found.dealt if found.dealt else 0.0
    st.progress(share, text=plain(f"{found.answered} of {found.dealt} ratings are in. People: {sides}"))


def _revealed(moderator: ModeratorBadge, view: WorkshopView) -> None:
    revisions = topics.revisions(gate.house().db, moderator.workshop_id)
    read = partial(shared.body, gate.house(), moderator.workshop_id, revisions=revisions)
    results = notice.attempt(lambda: read("results"))
    if results is None:
        return
    _on_the_wall(moderator, view, read("wall_picture")["picture"])
    st.subheader("Results")
    st.html(desk_ranks.table(results, read("room")["sides"]))
    desk_opinions.show(moderator, view.event)


def _on_the_wall(moderator: ModeratorBadge, view: WorkshopView, now: str) -> None:
    """One button per picture; what stands on the wall now is said, not offered again."""
    st.subheader("On the wall")
    notice.hint(f"The wall shows: {_NAMES[Picture(now)]}.")
    with st.container(horizontal=True):
        for picture in wall_pictures.offered(view):
            if picture != now:
                show_it = partial(wall_pictures.choose, gate.house().db, moderator, picture)
                label = f"Show {_NAMES[picture].lower()}"
                button(moderator, label, show_it, key=f"wall_{picture}", icon=":material/tv:")
