"""The wall while people commit: every card with those who confirmed, by name, and who is still to confirm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from workshop.ui import bars, pictures
from workshop.ui.bars import Body

MOST_NAMES = 4
_FEW = 4
"""So many cards stand below each other, each with the organisations of its people; more stand in two columns."""
_IN_A_LINE, _IN_HALF_A_LINE = 84, 42

_PICTURE = Markup(
    '<div class="rt-picture rt-board"><p class="rt-how-many">{}</p>'
    '<ul class="rt-commitments rt-commitments-{}">{}</ul></div>'
)
_THANKS = Markup("{}<b>{} of {}</b> {} confirmed")
_NOBODY = "Nobody has taken a role yet."
_CARD = Markup(
    '<li class="rt-committed"><p><b>#{number} {title}</b><span>{beside}</span></p><div>{names}</div>{waiting}</li>'
)
_NAME = Markup('<span class="rt-person">{shape}<b>{name}</b> {who}</span>')
_WAITING = Markup('<p class="rt-waiting">{}</p>')


def while_open(body: Body, sides: Sequence[Body]) -> Markup:
    """All cards from the first moment on, so that everybody sees what they are asked to confirm."""
    if not body["cards"]:
        return pictures.empty("No idea went on to a card. Wish for meetings on your phone.")
    return _drawn(body["cards"], sides, still_open=True)


def in_the_end(body: Body, sides: Sequence[Body]) -> Markup:
    """What was confirmed, and thanks."""
    return _drawn([card for card in body["cards"] if _confirmed(card)], sides, still_open=False)


def has_names(body: Body) -> bool:
    """Whether somebody confirmed anything."""
    return any(_confirmed(card) for card in body["cards"])


def _drawn(cards: Sequence[Body], sides: Sequence[Body], *, still_open: bool) -> Markup:
    confirmed, of = sum(len(_confirmed(card)) for card in cards), sum(len(card["members"]) for card in cards)
    few = len(cards) <= _FEW
    rows = bars.joined(_card(card, sides, few=few, still_open=still_open) for card in cards)
    word = "role is" if of == 1 else "roles are"
    thanks = _THANKS.format("Thank you. " if confirmed else "", confirmed, of, word) if of else _NOBODY
    return _PICTURE.format(thanks, len(cards) if few else "many", rows)


def _card(card: Body, sides: Sequence[Body], *, few: bool, still_open: bool) -> Markup:
    """The idea and those who stand by it, leads first; below them the others, where there is room."""
    of_side = {side["key"]: side for side in sides}
    named = sorted(_confirmed(card), key=lambda member: member["role"] != "lead")
    names = (_name(member, of_side[member["side"]], few=few) for member in named[:MOST_NAMES])
    waiting = _still_to_confirm(card, most=_IN_A_LINE if few else _IN_HALF_A_LINE) if still_open else ""
    return _CARD.format(
        number=card["number"],
        title=card["title"],
        beside=_beside(len(named), len(card["members"]), still_open=still_open),
        names=bars.joined(names),
        waiting=_WAITING.format(waiting) if waiting and (few or len(named) <= MOST_NAMES // 2) else "",
    )


def _name(member: Body, side: Body, *, few: bool) -> Markup:
    who = filter(None, [member["role"].replace("_", " "), member["organisation"] if few else ""])
    return _NAME.format(shape=bars.shape(side), name=member["name"], who=", ".join(who))


def _beside(confirmed: int, of: int, *, still_open: bool) -> str:
    if still_open:
        return f"{confirmed} of {of}" if of else ""
    return f"and {confirmed - MOST_NAMES} more" if confirmed > MOST_NAMES else ""


def _still_to_confirm(card: Body, *, most: int) -> str:
    """Organisations, because a name appears only once it is confirmed; people without one are counted."""
    waiting = [member["organisation"] for member in card["members"] if member["name"] is None]
    if not card["members"]:
        return "Nobody is on this card yet. Join it on your phone."
    if not waiting:
        return "Everybody has confirmed."
    told = list(_that_fit(list(dict.fromkeys(filter(None, waiting))), most=most))
    more = sum(organisation not in told for organisation in waiting)
    if not told:
        return f"Still to confirm: {more} {'person' if more == 1 else 'people'}"
    return f"Still to confirm: {', '.join(told)}" + (f" and {more} more" if more else "")


def _that_fit(organisations: Sequence[str], *, most: int) -> Iterator[str]:
    for organisation in organisations:
        if len(organisation) + 2 <= most:
            most -= len(organisation) + 2
            yield organisation


def _confirmed(card: Body) -> list[Body]:
    return [member for member in card["members"] if member["name"] is not None]
