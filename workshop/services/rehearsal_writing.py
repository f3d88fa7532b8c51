"""How the people of a rehearsal write, complete and publish their ideas, and say that they are ready."""

from __future__ import annotations

from collections import Counter
from functools import partial

from workshop.domain.idea import IdeaDraft
from workshop.services import ideas, readiness, workshops
from workshop.services.rehearsal_cast import Part
from workshop.services.rehearsal_crew import Action, Crew

_FORGET = 0.05


def write(crew: Crew) -> list[Action]:
    """Everybody writes, and says so; some tap “Send” twice."""
    return [*(partial(_write, crew, place) for place in range(len(crew.rehearsal.parts))), *_getting_ready(crew)]


def share(crew: Crew) -> list[Action]:
    """Each table completes its ideas, then puts as many on the board as it may."""
    chosen: list[int] = []
    at_table: Counter[int] = Counter()
    parts = crew.rehearsal.parts
    for place in crew.chance.sample(range(len(parts)), len(parts)):
        table = crew.rehearsal.people[parts[place].author].table
        if place in crew.written and at_table[table] < crew.event.limits.published_per_table:
            at_table[table] += 1
            chosen.append(place)
    completing = [partial(_complete, crew, place) for place in sorted(crew.written)]
    publishing = [partial(_publish, crew, place) for place in chosen]
    return [*completing, *publishing, *_getting_ready(crew)]


def _getting_ready(crew: Crew) -> list[Action]:
    """Towards the end of a step people say that they are ready, in any order; a few forget it."""
    return [partial(_get_ready, crew, place) for place in crew.shuffled() if crew.chance.random() > _FORGET]


def _write(crew: Crew, place: int) -> None:
    part = crew.rehearsal.parts[place]
    badge = crew.badges.get(part.author)
    if badge is None:
        return
    draft = _draft(crew, part, complete=False)
    for _ in range(2 if part.author in crew.habits.tap_twice else 1):
        sent = crew.tries(lambda: ideas.submit(crew.db, badge, draft))
        if sent is not None:
            crew.written[place] = sent.idea


def _get_ready(crew: Crew, place: int) -> None:
    step = workshops.of(crew.db, crew.moderator).state.step_key
    badge = crew.badges.get(place)
    if badge is not None:
        crew.tries(lambda: readiness.say(crew.db, badge, step, ready=True))


def _complete(crew: Crew, place: int) -> None:
    part, idea = crew.rehearsal.parts[place], crew.written[place]
    draft = _draft(crew, part, complete=True)
    if draft.brings or draft.still_needed:
        badge = crew.badges[part.author]
        crew.tries(lambda: ideas.revise(crew.db, badge, idea.id, draft, seen_version=idea.version))


def _publish(crew: Crew, place: int) -> None:
    badge = crew.badges[crew.rehearsal.parts[place].author]
    crew.tries(lambda: ideas.publish(crew.db, badge, crew.written[place].id, published=True))


def _draft(crew: Crew, part: Part, *, complete: bool) -> IdeaDraft:
    """The text as this event takes it: sectors and sides that it does not know are left out."""
    event, text = crew.event, part.text
    known = {sector.key for sector in event.sectors}
    sectors = tuple(key for key in text.sectors if key in known)
    brings = {side.key: text.brings[side.key] for side in event.sides if side.key in text.brings}
    return IdeaDraft(
        title=text.title,
        pitch=text.pitch,
        sectors=sectors or crew.rehearsal.people[part.author].sectors[:1],
        brings=brings if complete else {},
        still_needed=text.still_needed if complete else "",
    )
