"""What leaves the server in a step, said in another way than the permissions say it, and held against every topic."""

from __future__ import annotations

import json
from itertools import chain
from typing import Any

from tests.services.ledger import Ledger
from workshop.domain.event import StepKind
from workshop.domain.idea import Idea, Standing
from workshop.errors import NotAllowed
from workshop.services import topics, workshops

FIRST_SHOWN = {
    "introductions": StepKind.WARM_UP,
    "board": StepKind.SHARE,
    "table": StepKind.SHARE,
    "builds": StepKind.BUILD,
    "hand": StepKind.BUILD,
    "themes": StepKind.THEMES,
    "results": StepKind.REVEAL,
    "wall_picture": StepKind.REVEAL,
    "consortium": StepKind.CONSORTIUM,
    "pitch": StepKind.PITCH,
}
"""The step from which on a topic may leave the server, in the built-in run of show."""

ALWAYS = ("room", "people", "counters", "ready", "turnout", "ratings", "presence", "wall")
_TELLS_BUILDS = frozenset({"builds", "hand"})


def nothing_hidden(ledger: Ledger) -> dict[str, dict[str, Any]]:
    """Ask for every topic: closed ones refuse, open ones hold what may be seen and no more. Give the open ones."""
    room, bodies = ledger.room, {}
    view = workshops.of(room.db, room.moderator)
    order = [step.kind for step in view.event.run_of_show]
    here = [step.key for step in view.event.run_of_show].index(view.state.step_key)
    tables = [f"{name}:{table}" for name in ("table", "ready_at", "hand") for table in room.tables[:3]]
    for topic in (*ALWAYS, *(name for name in FIRST_SHOWN if name not in ("table", "hand")), *tables):
        name = topic.partition(":")[0]
        try:
            bodies[topic] = topics.payload(room.db, room.id, topic).body
        except NotAllowed:
            assert here < order.index(FIRST_SHOWN[name]), f"{topic} is refused too late"
            continue
        first = FIRST_SHOWN.get(name)
        assert first is None or here >= order.index(first), f"{topic} leaves the server too early"
        _holds_only(ledger, topic, json.dumps(bodies[topic], default=str))
    return bodies


def ready_means_what_it_says(bodies: dict[str, dict[str, Any]], sides: list[str]) -> None:
    """A card is ready when each side has an owner and an organisation, and there is a next step and a date."""
    body = bodies.get("consortium")
    if body is None:
        return
    for card in body["cards"]:
        of_side = {side: [member for member in card["members"] if member["side"] == side] for side in sides}
        complete = card["next_step"] and card["due"]
        for members in of_side.values():
            owners = sum(member["owner"] for member in members)
            assert owners <= 1
            complete = complete and owners and any(member["organisation"] for member in members)
        assert bool(complete) == (not card["missing"]), f"{card['missing']} is missing of {card}"
    assert body["ready"] == sum(not card["missing"] for card in body["cards"])


def _holds_only(ledger: Ledger, topic: str, text: str) -> None:
    name, _, table = topic.partition(":")
    for idea in ledger.ideas.values():
        if idea.title in text:
            assert _may_stand(idea, name, table), f"{idea.title}, which is {idea.standing}, stands in {topic}"
    for build in ledger.builds.values():
        if build.text in text:
            assert name in _TELLS_BUILDS, f"{build.text} stands in {topic}"
            assert build.stands, f"{build.text} was taken back or hidden, and stands in {topic}"
    if name != "consortium":
        for word in chain((plan.next_step for plan in ledger.plans.values()), ("Nomen",)):
            assert not word or word not in text, f"{word} stands in {topic}"
        return
    named = {member["name"] for card in json.loads(text)["cards"] for member in card["members"]} - {None}
    confirmed = {ledger.names[person] for (_, person), (_, version) in ledger.roles.items() if version is not None}
    assert named <= confirmed, "a name left the server before its owner confirmed"


def _may_stand(idea: Idea, name: str, table: str) -> bool:
    if name == "table":
        return str(idea.table_id) == table and idea.standing in (Standing.KEPT_BACK, Standing.PUBLISHED)
    return name in FIRST_SHOWN and idea.standing is Standing.PUBLISHED
