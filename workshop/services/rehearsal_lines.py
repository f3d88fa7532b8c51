"""What the people of a rehearsal offer and look for: short lines of the kind that is said in such rooms."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from workshop.domain.event import Event
from workshop.domain.introduction import Introduction
from workshop.services.rehearsal_cast import Character

_OFFERS = (
    "A test site for {} that members may use from spring on",
    "Introductions to 40 companies in {}",
    "Two engineers for a first project in {}",
    "Experience with permits for {}, good and bad",
    "Data of five years from a pilot in {}",
    "A training programme for technicians in {}",
    "A small fund for first projects in {}",
    "A place at our fair for partners in {}",
)
_NEEDS = (
    "A pilot site for {} with a partner who stays for two years",
    "Investors who know {}",
    "A university that works on {}",
    "Companies in {} that want to enter our market",
    "Somebody who has scaled {} beyond a pilot",
    "A partner for a joint call on {}",
    "Standards for {} that both of us can use",
    "Young people who want to work in {} for a year",
)
_SILENT, _ONE_MORE, _CHANGES, _NO_PLACE = 0.08, 0.15, 0.1, 0.2


def introductions(people: Sequence[Character], event: Event, *, seed: int) -> tuple[tuple[Introduction, ...], ...]:
    """What each of them says, in the order of the people: nothing, once, or once more with a line added."""
    chance = Random(f"{seed} lines")  # noqa: S311  a rehearsal, not a secret
    return tuple(_said(person, event, chance) for person in people)


def _said(person: Character, event: Event, chance: Random) -> tuple[Introduction, ...]:
    offers, needs = (chance.sample(lines, 2) for lines in (_OFFERS, _NEEDS))
    names = [event.sector(key).name for key in person.sectors] or [event.sectors[0].name]
    fields = [name[0].lower() + name[1:] for name in names]
    offers = [line.format(chance.choice(fields)) for line in offers]
    needs = [line.format(chance.choice(fields)) for line in needs]
    place = person.place if chance.random() > _NO_PLACE else ""
    first = Introduction(tuple(offers[:1]), tuple(needs[:1]), place)
    more = Introduction(tuple(offers[: event.limits.offers_per_person]), tuple(needs[:1]), place)
    drawn = chance.random()
    if drawn < _SILENT:
        return ()
    if drawn < _SILENT + _CHANGES:
        return first, more
    return (more,) if drawn > 1 - _ONE_MORE else (first,)
