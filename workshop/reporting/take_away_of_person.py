"""The take-away of one person in words, for their phone and for paper."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.domain.idea import Standing
from workshop.domain.take_away import BoardIdea, OwnBuild, OwnIdea, OwnRole, TakeAway
from workshop.reporting import facts, words
from workshop.reporting.take_away_page import (
    Entry,
    Page,
    Part,
    afternoon,
    bars,
    became,
    filled,
    name_of,
    needs,
    on_card,
    plan,
)

Met = dict[tuple[str, str], list[str]]
"""What there is to say of each organisation (or person without one) and its side."""


def page(sheet: TakeAway) -> Page:
    """The whole page; what has nothing to say is left out."""
    event = sheet.event
    return Page(
        title=sheet.name,
        side=sheet.side,
        about=(sheet.organisation, words.OWN_OF.format(event.title, words.day(event.date), sheet.code)),
        parts=filled(
            Part("ideas", words.OWN_IDEAS, tuple(_idea(sheet, own) for own in sheet.ideas), words.NO_OWN_IDEAS),
            Part("roles", words.OWN_ROLES, tuple(map(_role, sheet.roles))),
            Part("builds", words.OWN_BUILDS, tuple(map(_build, sheet.builds))),
            Part("offers", words.OWN_OFFERS, tuple(_offers(sheet))),
            Part("meet", words.TO_MEET, tuple(_to_meet(sheet)), words.NOBODY_TO_MEET if sheet.picked else ""),
            afternoon(facts.later_today(sheet)),
        ),
    )


def _idea(sheet: TakeAway, own: OwnIdea) -> Entry:
    if own.standing is Standing.HIDDEN:
        return Entry(f"#{own.number}", (words.WAS_HIDDEN,))
    head, now = name_of(own.number, own.title), own.now
    if now is None:
        return Entry(head, (words.KEPT_BACK_AT_TABLE,) if own.standing is Standing.KEPT_BACK else ())
    lines = [words.BECAME_PART.format(name_of(now.number, now.title))] if now.number != own.number else []
    lines += became(now, sheet.ballots, picked=sheet.picked)
    return Entry(head, tuple(lines), bars(now.votes, sheet.event, sheet.ballots))


def _role(own: OwnRole) -> Entry:
    card = own.card
    said = words.NOT_CONFIRMED if not own.confirmed else words.CHANGED_SINCE if own.changed else words.CONFIRMED
    role = words.IN_ROLE.format(own.role.words, said)
    return Entry(name_of(card.number, card.title), (role, plan(card), *needs(card)))


def _build(own: OwnBuild) -> Entry:
    head = name_of(own.on.number, own.on.title) if own.on else words.OFF_THE_BOARD
    said = f"{words.BUILD[own.kind]}: {own.text or words.WOULD_JOIN}"
    fix = (words.FIX.format(own.fix),) if own.fix else ()
    return Entry(head, (said, *fix, *_goes_on(own.on)))


def _goes_on(idea: BoardIdea | None) -> tuple[str, ...]:
    if idea is None or idea.missing is None:
        return ()
    return (words.GOES_ON_NEEDS.format(words.listed(idea.missing)) if idea.missing else words.GOES_ON_READY,)


def _offers(sheet: TakeAway) -> Iterator[Entry]:
    for offer in sheet.offers:
        yield Entry(name_of(offer.number, offer.title), (words.listed([kind.value for kind in offer.kinds]),))


def _to_meet(sheet: TakeAway) -> Iterator[Entry]:
    """Each organisation once: asked for first, then who is on the same cards, then who offers help to them."""
    met: Met = {(wish.organisation, wish.side): [words.YOU_ASKED] for wish in sheet.wishes}
    for own in sheet.roles:
        for member in own.card.members:
            if not member.organisation or (member.organisation, member.side) != (sheet.organisation, sheet.side):
                who = member.organisation or member.name
                if who is not None:  # nobody can be looked for by a role alone
                    met.setdefault((who, member.side), []).append(on_card(own.card, member))
    for helper in sheet.helpers:
        can = words.listed([kind.value for kind in helper.kinds])
        said = words.OFFERS_HELP.format(helper.number, helper.name, can)
        met.setdefault((helper.organisation or helper.name, helper.side), []).append(said)
    for (name, side), lines in met.items():
        yield Entry(name, tuple(dict.fromkeys(lines)), side=side)
