"""How the people of a rehearsal arrive, most in time and some late, say who they are, and go on with another phone."""

from __future__ import annotations

from functools import partial

from workshop.domain.event import StepKind
from workshop.domain.introduction import Introduction
from workshop.services import access, introductions, people, rehearsal_lines
from workshop.services.access import ParticipantBadge
from workshop.services.rehearsal_crew import Action, Crew

_EVERY_TABLE_WITH_A_TABLET = 5


def arrive(crew: Crew) -> list[Action]:
    """Everybody comes but for a few, who are late."""
    late = _late(crew)
    return [partial(_join, crew, place) for place in crew.everybody if place not in late]


def arrive_late(crew: Crew) -> list[Action]:
    """The others come while the room writes already."""
    return [partial(_join, crew, place) for place in sorted(_late(crew))]


def warm_up(crew: Crew) -> list[Action]:
    """People say what they offer and look for, in any order; some think about it and change a line."""
    drawn = rehearsal_lines.introductions(crew.rehearsal.people, crew.event, seed=crew.rehearsal.seed)
    said = [(place, words) for place, versions in enumerate(drawn) for words in versions]
    crew.chance.shuffle(said)
    return [partial(_introduce, crew, *each) for each in sorted(said, key=lambda each: len(each[1].lines))]


def come_back(crew: Crew) -> list[Action]:
    """Some go on with another phone, by their personal link: the first one is out of battery."""
    return [partial(_come_back, crew, place) for place in sorted(crew.habits.lose_the_phone)]


def _late(crew: Crew) -> frozenset[int]:
    writes = any(step.kind is StepKind.WRITE for step in crew.event.run_of_show)
    return crew.habits.late if writes else frozenset()


def _join(crew: Crew, place: int) -> None:
    person = crew.rehearsal.people[place]
    form = people.JoinForm(
        person.name, person.side, crew.tables[person.table], person.organisation, person.sectors, consent=True
    )
    badge = crew.tries(lambda: _sit_down(crew, place, form))
    if badge is not None:
        crew.badges[place] = badge


def _sit_down(crew: Crew, place: int, form: people.JoinForm) -> ParticipantBadge:
    """Every fifth table shares a tablet, at all others people have their phones."""
    workshop_id, table = crew.rehearsal.view.id, crew.rehearsal.people[place].table
    if table % _EVERY_TABLE_WITH_A_TABLET != 2:
        return people.join(crew.db, crew.observer, form, device=crew.device(f"phone {place}"))
    device = crew.device(f"tablet {table}")
    tablet = access.scribe(crew.db, workshop_id, device=device)
    tablet = tablet or people.open_tablet(crew.db, crew.observer, crew.tables[table], device=device)
    person = people.join_tablet(crew.db, tablet, form)
    return access.participant(crew.db, workshop_id, device=device, person=person)


def _introduce(crew: Crew, place: int, said: Introduction) -> None:
    badge = crew.badges.get(place)
    if badge is not None:
        crew.tries(lambda: introductions.say(crew.db, badge, said))


def _come_back(crew: Crew, place: int) -> None:
    badge = crew.badges.get(place)
    if badge is not None:
        link = people.personal_link(crew.db, badge)
        again = crew.device(f"second phone {place}")
        crew.badges[place] = crew.tries(lambda: people.come_back(crew.db, link, device=again)) or badge
