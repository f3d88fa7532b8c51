"""The desk's consortium cards, with names: what each needs, and one form that fills a gap by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st
from markupsafe import Markup

from workshop.domain.consortium import NEXT_STEP, Card, Member, Plan, Role, missing, ready
from workshop.domain.event import Event
from workshop.domain.room import Person
from workshop.services import cards, consortium, people
from workshop.services.access import ModeratorBadge
from workshop.services.cards import DeskCards
from workshop.ui import gate, notice, tab
from workshop.ui.buttons import button

_CARD = Markup(
    '<article class="rt-idea"><p class="rt-idea-head"><b>#{number}</b> <span class="rt-needs{done}">{needs}</span></p>'
    '<h3 class="rt-idea-title">{title}</h3>{members}<p class="rt-idea-line">{plan}</p></article>'
)
_MEMBER = Markup('<p class="rt-idea-line"><b>{}</b> {} <span class="rt-note">{}</span></p>')


def show(moderator: ModeratorBadge, event: Event) -> None:
    """How many are ready, a form for gaps, and every card."""
    desk = cards.on_the_desk(gate.house().db, moderator)
    if not desk.cards:
        notice.hint("The cards appear here in the step “Consortium”, as soon as ideas were picked.")
        return
    st.subheader(f"Ready: {ready(desk.cards, event.sides)} of {len(desk.cards)}")
    _fill(moderator, event, desk)
    for card in desk.cards:
        with st.container(border=True):
            st.html(_card(card, event))


def _card(card: Card, event: Event) -> Markup:
    needs = missing(card, event.sides)
    due = f"by {card.plan.due.isoformat()}" if card.plan.due else ""
    return _CARD.format(
        number=card.number,
        done="" if needs else " rt-done",
        needs=f"needs {', '.join(needs)}" if needs else "ready",
        title=card.title,
        members=Markup("").join(_member(card, member, event) for member in card.members),
        plan=" · ".join(part for part in (card.plan.next_step, due) if part),
    )


def _member(card: Card, member: Member, event: Event) -> Markup:
    owner = ", owner" if card.owner(member.side) is member else ""
    confirmed = ", confirmed" if member.confirmed_at is not None else ""
    who = ", ".join(part for part in (member.name, member.organisation) if part)
    return _MEMBER.format(event.side(member.side).short, who, f"{member.role.words}{owner}{confirmed}")


def _fill(moderator: ModeratorBadge, event: Event, desk: DeskCards) -> None:
    """One form for all cards: a thousand people in eight lists would be a slow desk."""
    by_id = {card.idea_id: card for card in desk.cards}
    with st.expander("Fill a gap", icon=":material/person_add:", key="fill_gap", on_change="rerun") as gap:
        if not gap.open:
            return
        chosen = st.selectbox("Card", by_id, format_func=lambda key: _named(by_id[key], event), key="gap_card")
        if chosen is not None:
            _person(moderator, event, by_id[chosen], people.roster(gate.house().db, moderator))
            _owner(moderator, event, by_id[chosen])
            _plan(moderator, by_id[chosen])


def _person(moderator: ModeratorBadge, event: Event, card: Card, everybody: tuple[Person, ...]) -> None:
    known = {person.id: person for person in everybody}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = st.selectbox(
            "Person",
            known,
            index=None,
            format_func=lambda key: _spoken(known[key], event),
            placeholder="Name or organisation",
            key="gap_person",
        )
        role = st.selectbox("Role", list(Role), format_func=lambda each: each.words, key="gap_role")
    if who is None:
        return
    with st.container(horizontal=True):
        put = partial(consortium.place, gate.house().db, moderator, card.idea_id, who, role)
        button(moderator, "Put on the card", put, key=f"gap_put_{card.idea_id}_{who}", done="On the card.")
        if who in {member.participant_id for member in card.members}:
            off = partial(consortium.place, gate.house().db, moderator, card.idea_id, who, None)
            button(moderator, "Take off the card", off, key=f"gap_off_{card.idea_id}_{who}", done="Off the card.")
            side = known[who].side
            own = partial(consortium.name_owner, gate.house().db, moderator, card.idea_id, side, who)
            button(moderator, "Make them the owner", own, key=f"gap_own_{card.idea_id}_{who}", done="Named.")


def _owner(moderator: ModeratorBadge, event: Event, card: Card) -> None:
    """Where somebody was named in place of the lead, the lead can be the owner again."""
    for side in event.sides:
        named = any(member.owner for member in card.members if member.side == side.key)
        if named and card.lead(side.key) is not None:
            back = partial(consortium.name_owner, gate.house().db, moderator, card.idea_id, side.key, None)
            with st.container(horizontal=True, vertical_alignment="center"):
                notice.hint(f"{side.name}: somebody was named owner in place of the lead.")
                button(moderator, "Let the lead be the owner", back, key=f"gap_lead_{card.idea_id}_{side.key}")


def _plan(moderator: ModeratorBadge, card: Card) -> None:
    """Filled once: what is typed here stays when somebody on the card saves meanwhile, and the next press decides."""
    seen = tab.current().plans.setdefault(card.idea_id, card.plan)
    with st.form(f"gap_plan_{card.idea_id}", border=False):
        text = st.text_area("Next step", seen.next_step, max_chars=NEXT_STEP, height=68)
        due = st.date_input("Date", seen.due, format="YYYY-MM-DD")
        pressed = st.form_submit_button("Save next step")
    if seen.version != card.plan.version:
        notice.hint("Somebody on this card has written since you opened it: the card below shows their plan.")
    if pressed:
        _save(moderator, card, seen, text, due)


def _save(moderator: ModeratorBadge, card: Card, seen: Plan, text: str, due: date | None) -> None:
    plans, version = tab.current().plans, seen.version
    plans[card.idea_id] = replace(seen, version=card.plan.version)  # whoever presses again has read the other plan
    db = gate.house().db
    saved = notice.attempt(lambda: consortium.plan(db, moderator, card.idea_id, next_step=text, due=due, seen=version))
    if saved is not None:
        del plans[card.idea_id]
        notice.saved("Saved. It is on the card.")  # which follows by itself, like every desk


def _named(card: Card, event: Event) -> str:
    needs = missing(card, event.sides)
    return f"#{card.number} {card.title}" + (f" (needs {', '.join(needs)})" if needs else " (ready)")


def _spoken(person: Person, event: Event) -> str:
    who = ", ".join(part for part in (person.name, person.organisation) if part)
    return f"{who} ({event.side(person.side).short})"
