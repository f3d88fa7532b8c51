"""What the bench compares with: the same content as plain Streamlit code, where every page asks again by a timer.

It uses our services and nothing of our feed: no streams, no components, no shared reads, no turns. `streamlit run`
starts it; the URL says which page this is and for whom.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from workshop.domain import permissions
from workshop.domain.event import StepKind
from workshop.domain.idea import IdeaDraft
from workshop.domain.permissions import Act
from workshop.domain.room import WorkshopView
from workshop.domain.steps import current_step
from workshop.errors import WorkshopError
from workshop.services import access, clock, ideas, installation, people, readiness, steps, topics, votes, workshops
from workshop.services.access import ModeratorBadge, ParticipantBadge
from workshop.ui import cards, desk_signals, desk_tables, pictures, ranks

SECONDS = 2

_FOOT = Markup("<p><b>{}</b><span>people</span> <b>{}</b><span>ideas</span></p>")
_HELM = Markup('<p class="rt-kicker">Open now</p><h1 class="rt-lead">{}</h1>')

db = installation.current().db


def phone(badge: ParticipantBadge) -> None:
    """A form, and below it whatever the step is about."""
    event = workshops.of(db, badge).event
    said = st.container()
    with st.form("idea", clear_on_submit=True):
        title = st.text_input("Title")
        pitch = st.text_area("Pitch: what, for whom, why now")
        st.multiselect("Sectors", [sector.name for sector in event.sectors])
        brings = {side.key: st.text_input(f"{side.short} brings") for side in event.sides}
        needed = st.text_input("Still needed")
        if st.form_submit_button("Send"):
            with said, _told():
                saved = ideas.submit(db, badge, IdeaDraft(title, pitch, (), brings, needed))
                st.html(f"Saved as #{saved.idea.number}.")
    _phone_follows(badge)


@st.fragment(run_every=SECONDS)
def _phone_follows(badge: ParticipantBadge) -> None:
    view = workshops.of(db, badge)
    st.html(pictures.head(_read(view, "room")))
    st.text(f"{people.me(db, badge).name}, {view.state.remaining(clock.now()) or 0:.0f} s left")
    draw: dict[StepKind, Callable[[], object]] = {
        StepKind.ARRIVE: lambda: st.text(f"{_read(view, 'people')['people']} here"),
        StepKind.WRITE: lambda: _own(badge),
        StepKind.SHARE: lambda: _table(view, badge),
        StepKind.THEMES: lambda: st.text("\n".join(theme["name"] for theme in _read(view, "themes")["themes"])),
        StepKind.VOTE: lambda: _ballot(view, badge),
        StepKind.REVEAL: lambda: st.html(ranks.both(_read(view, "results"), _read(view, "room")["sides"])),
    }
    step = current_step(view.event, view.state)
    draw[step.kind]()
    if Act.READY in permissions.may(view.event, view.state, clock.now()):
        say = partial(readiness.say, db, badge, step.key, ready=True)
        st.button("I am ready", on_click=_quietly, args=(say,))


def _own(badge: ParticipantBadge) -> None:
    for idea in ideas.mine(db, badge):
        st.text(f"#{idea.number} {idea.title}")


def _table(view: WorkshopView, badge: ParticipantBadge) -> None:
    table = ideas.of_table(db, badge)
    own = {idea.id for idea in ideas.mine(db, badge)}
    for idea in table.ideas if table is not None else ():
        st.html(cards.idea(idea, view.event))
        if idea.id in own and not idea.published:
            publish = partial(ideas.publish, db, badge, idea.id, published=True)
            st.button(f"Publish #{idea.number}", on_click=_quietly, args=(publish,))


def _ballot(view: WorkshopView, badge: ParticipantBadge) -> None:
    ballot = votes.ballot(db, badge)
    st.text(f"{ballot.budget - ballot.used} of {ballot.budget} dots left")
    shown = {idea.id: idea for idea in ideas.board(db, badge)}
    for idea in ballot.ideas:
        st.html(cards.idea(shown[idea.id], view.event))
        key = f"dots_{idea.id}"
        give = partial(_give, badge, idea.id, key)
        st.pills(f"Dots for #{idea.number}", range(ballot.cap + 1), key=key, on_change=give)


def _give(badge: ParticipantBadge, idea: Any, key: str) -> None:
    _quietly(lambda: votes.cast(db, badge, idea, dots=st.session_state[key] or 0))


@st.fragment(run_every=SECONDS)
def wall(code: str) -> None:
    """The wall's pictures, read anew each time."""
    view = _workshop(code)
    room, here, counters = _read(view, "room"), _read(view, "people"), _read(view, "counters")
    draw: dict[StepKind, Callable[[], Markup]] = {
        StepKind.ARRIVE: lambda: pictures.arriving(room, here, qr=Markup("")),
        StepKind.WRITE: lambda: pictures.counting(counters),
        StepKind.SHARE: lambda: pictures.published(_read(view, "board")),
        StepKind.THEMES: lambda: pictures.empty(f"{len(_read(view, 'themes')['themes'])} themes"),
        StepKind.VOTE: lambda: pictures.turnout(_read(view, "turnout"), room["sides"]),
        StepKind.REVEAL: lambda: ranks.both(_read(view, "results"), room["sides"]),
    }
    st.html(pictures.head(room))
    st.html(draw[StepKind(room["step"]["kind"])]())
    st.html(_FOOT.format(here["people"], counters["ideas"]))


@st.fragment(run_every=SECONDS)
def desk(moderator: ModeratorBadge) -> None:
    """The next step, and the tables."""
    picture, view = steps.run_of_show(db, moderator), workshops.of(db, moderator)
    step = current_step(view.event, view.state)
    st.html(_HELM.format(step.title))
    open_next = partial(steps.open_next, db, moderator, seen=picture.state.version)
    st.button("Open next step", on_click=_quietly, args=(open_next,))
    st.text("\n".join(f"{line.step.title} {line.real_minutes or 0:.0f} min" for line in picture.lines))
    desk_tables.show(moderator, view, desk_signals.bodies(view))


def _read(view: WorkshopView, topic: str) -> dict[str, Any]:
    return topics.payload(db, view.id, topic).body


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except WorkshopError as error:
        st.html(Markup('<p class="rt-notice rt-problem" role="alert">{}</p>').format(str(error)))


def _quietly(act: Callable[[], object]) -> None:
    """A button's act: what is refused shows by itself, because nothing has changed."""
    with suppress(WorkshopError):
        act()


def _workshop(code: str) -> WorkshopView:
    found = workshops.find(db, code)
    assert found is not None, "this workshop is gone"
    return found


def _page(name: str, code: str, device: str) -> None:
    here = _workshop(code)
    if name == "phone":
        phone(access.participant(db, here.id, device=device))
    elif name == "wall":
        wall(code)
    else:
        desk(access.for_command_line(here.id)[0])


_page(*(st.query_params[key] for key in ("page", "code", "device")))
