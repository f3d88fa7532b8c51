"""What the people of a rehearsal read of other tables and add to it: words that fit any idea, of all four kinds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from random import Random

from workshop.domain.build import BuildDraft, BuildKind
from workshop.services import builds, phone, routing
from workshop.services.rehearsal_crew import Action, Crew

_BUILD_ON_IT = 0.7
_FEWEST_WITH_A_SILENT_ONE = 4

_SHARES = {BuildKind.IMPROVE: 40, BuildKind.OFFER: 25, BuildKind.CONCERN: 18, BuildKind.JOIN: 17}

_IMPROVE = (
    "Start with two sites that have the data already, and invite the third one once the first results are there.",
    "Name one person on each side who answers within a week. Without that it stays a nice plan.",
    "Put the small companies first: they decide faster and they need it more.",
    "Add a visit of both teams before the money is asked for, two days are enough.",
    "Make the results open, then a university can teach with them.",
    "Turn it around: let the user write the specification and the technology follow.",
    "Set a date for the first joint test, next spring for example.",
)
_OFFER = (
    "We have a test site with permits that stands empty from May on.",
    "We can write the call together with our ministry, the next deadline is in the autumn.",
    "Two of our members make exactly this part. I will introduce you this afternoon.",
    "Our office can host the first meeting and pay for the rooms.",
    "We did half of this in an earlier project and can share the reports.",
    "We know the standards committee and can bring the question there.",
)
_CONCERN = (
    (
        "Who owns the data of the partners?",
        "Agree on one page before the start: each keeps its own, results are shared.",
    ),
    (
        "Two sets of rules, two approvals: that takes a year.",
        "Begin with what needs no approval, and ask for it meanwhile.",
    ),
    (
        "The budget fits a pilot but not the operation after it.",
        "Look for the operator first and let them set the price.",
    ),
    ("Too many partners for a first step.", "Three of them start, the others join as observers."),
    ("There is a similar project already.", "Call them this week and offer to be their second site."),
)
_JOIN = (
    "",
    "",
    "As a pilot site, if we can begin after the summer.",
    "Two of our members asked for this last month.",
    "With a small budget of our own for the first half year.",
)


def build(crew: Crew) -> list[Action]:
    """Tables read hand by hand, some faster than others and one not at all; most ideas get something added."""
    places: dict[int, list[int]] = {}
    for place, person in enumerate(crew.rehearsal.people):
        places.setdefault(person.table, []).append(place)
    silent = crew.chance.choice(sorted(places)) if len(places) > _FEWEST_WITH_A_SILENT_ONE else None
    pace = {table: crew.chance.randint(3, 9) for table in sorted(places) if table != silent}
    turns = [(turn / pace[table], table) for table in pace for turn in range(1, pace[table] + 1)]
    return [partial(_read_on, crew, places[table]) for _, table in sorted(turns)]


def _read_on(crew: Crew, around: Sequence[int]) -> None:
    """Somebody at a table reads the next idea in its hand, and adds to it or says that the table has read it."""
    badges = (crew.badges[place] for place in crew.chance.sample(around, len(around)) if place in crew.badges)
    badge = next(badges, None)
    if badge is None:
        return
    unread = [idea["id"] for idea in phone.hand(crew.db, badge)["ideas"] if not idea["read"]]
    if not unread:
        return
    if crew.chance.random() < _BUILD_ON_IT:
        draft = _draw(crew.chance)
        if crew.tries(lambda: builds.submit(crew.db, badge, unread[0], draft)) is not None:
            return
    crew.tries(lambda: routing.read(crew.db, badge, unread[0]))


def _draw(chance: Random) -> BuildDraft:
    """Draw what somebody adds."""
    kind = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
    if kind is BuildKind.CONCERN:
        text, fix = chance.choice(_CONCERN)
        return BuildDraft(kind, text, fix)
    return BuildDraft(kind, chance.choice({BuildKind.IMPROVE: _IMPROVE, BuildKind.OFFER: _OFFER}.get(kind, _JOIN)))
