"""The desk's view of votes and ratings: how many; from Reveal on what they say, and what the wall shows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from workshop.domain import hand_count
from workshop.domain.event import Event, StepKind
from workshop.domain.permissions import Sight, sees
from workshop.domain.room import WorkshopView
from workshop.domain.steps import reached
from workshop.services import ratings, topics, votes, wall_pictures
from workshop.services.access import ModeratorBadge
from workshop.services.wall_pictures import Picture
from workshop.ui import desk_opinions, gate, notice, shared
from workshop.ui.buttons import button
from workshop.ui.plain import plain

Body = Mapping[str, Any]

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
    st.dataframe(_lines(results, view.event), hide_index=True, height="content")
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


def _lines(results: Body, event: Event) -> Sequence[dict[str, object]]:
    """One line per idea by two-sided support, by dots without it, by ratings without votes: shares with their bases."""
    support = {row["number"]: row for row in results["two_sided"]}
    rated = {row["number"]: row for row in results["ratings"]}
    order = results["two_sided"] or (results["raw"] if any(results["ballots_by_side"].values()) else results["ratings"])
    raw = {row["number"]: row for row in results["raw"]}
    by_hand = any(row["by_hand"] for row in results["raw"])
    return [
        {
            "Idea": f"#{row['number']} {row['title']}",
            **_voted(raw[row["number"]], support.get(row["number"]), results, event),
            **({"By hand": raw[row["number"]]["by_hand"]} if by_hand else {}),
            **(_marks(rated[row["number"]]) if rated else {}),
        }
        for row in order
    ]


def _voted(row: Body, supported: Body | None, results: Body, event: Event) -> dict[str, object]:
    ballots = results["ballots_by_side"]
    shares = {
        f"{side.short} ballots": f"{row['supporters_by_side'][side.key]} of {ballots[side.key]}" for side in event.sides
    }
    balanced = "" if supported is None else f"{100 * supported['score']:.0f} %"
    return {
        **shares,
        "Balanced": balanced,
        "Place": "" if supported is None else supported["rank"],
        "Dots": row["dots"],
        "Place by dots": row["rank"],
    }


def _marks(row: Body) -> dict[str, object]:
    if not row["impact"]:
        return {"Impact": "not enough", "Feasibility": "not enough", "Ratings": row["raters"]}
    figures: dict[str, object] = {
        name.capitalize(): f"{row[name]['mean']:.1f} ({row[name]['low']:.1f} to {row[name]['high']:.1f})"
        for name in ("impact", "feasibility")
    }
    return figures | {"Ratings": row["raters"]}
