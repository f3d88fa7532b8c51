"""The wall's pictures of the last steps: the consortium board, the card that is pitched, the spotlight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from workshop.domain.text import shorten
from workshop.ui import bars, pictures

Body = Mapping[str, Any]

MOST_NEEDS = 3
_LARGE = 2
"""So many cards have room for everything that they need."""
_LONG = 44
"""A title of more characters is drawn smaller, so that it and what stands below it fit."""
_OFFERS = {"help": "can help", "introduce": "can introduce", "fund": "can fund", "host": "can host"}

_BOARD = Markup(
    '<div class="rt-picture rt-board"><p class="rt-how-many"><b>{ready} of {of}</b> {word} ready</p>'
    '<div class="rt-cards rt-cards-{of}">{cards}</div></div>'
)
_CARD = Markup(
    '<div class="rt-card rt-consortium{ready}"><div class="rt-in"><b>#{number}{wild}</b>{sides}</div><p>{title}</p>'
    '<span class="rt-needs">{needs}</span></div>'
)
_PITCH = Markup(
    '<div class="rt-picture rt-pitch"><div class="rt-big"><b>Card {place} of {of} · #{number}</b>'
    '<h2 class="rt-title{long}">{title}</h2>'
    '<p>{pitch}</p><div class="rt-in">{members}</div><p class="rt-next">{next}</p></div>'
    '<div class="rt-offers">{offers}</div></div>'
)
_OFFER = Markup('<div class="rt-offer"><b>{}</b><span>{}</span></div>')


def board(body: Body, sides: Sequence[Body]) -> Markup:
    """Every card with what it still needs, and how many are ready; before that what is proposed."""
    if not body["cards"]:
        return proposed(body["proposed"])
    most = MOST_NEEDS if body["of"] > _LARGE else len(sides) + 2
    cards = _joined(_card(card, sides, most=most) for card in body["cards"])
    word = "idea is" if body["of"] == 1 else "ideas are"
    return _BOARD.format(ready=body["ready"], of=body["of"], word=word, cards=cards)


def proposed(ideas: Sequence[Body]) -> Markup:
    """The first of the two-sided order, until a person decides."""
    if not ideas:
        return pictures.empty("The moderator picks the ideas that go on. They appear here.")
    rows = _joined(
        Markup('<li class="rt-rank"><span class="rt-place">#{}</span><span class="rt-name">{}</span>'
               '<span class="rt-number">{}</span></li>').format(idea["number"], idea["title"], idea["reason"])
        for idea in ideas
    )  # fmt: skip
    return Markup(
        '<div class="rt-picture rt-proposed"><h2>Proposed to go on. The moderator decides.</h2>'
        '<ol class="rt-ranks">{}</ol></div>'
    ).format(rows)


def pitch(on: Body, board: Body, sides: Sequence[Body]) -> Markup:
    """The card that is pitched, large, and what the room can do for it."""
    card = next((card for card in board["cards"] if str(card["id"]) == str(on["idea"])), None)
    if card is None:
        return pictures.empty("The cards that are pitched appear here, one by one.")
    counts = on["offers"].get(str(on["idea"]), {})
    place = [str(each["id"]) for each in board["cards"]].index(str(on["idea"])) + 1
    return _PITCH.format(
        place=place,
        of=len(board["cards"]),
        number=card["number"],
        long=pictures.long(card["title"], _LONG),
        title=card["title"],
        pitch=shorten(card["pitch"], 160),
        members=_joined(_side(side, card) for side in sides),
        next=_plan(card),
        offers=_joined(_OFFER.format(counts.get(kind, 0), words) for kind, words in _OFFERS.items()),
    )


def spotlight(idea: Body, sides: Sequence[Body]) -> Markup:
    """One idea, as large as it fits."""
    lines = [(f"{side['short']} brings", idea["brings"].get(side["key"], "")) for side in sides]
    lines.append(("Still needed", idea["still_needed"]))
    notes = _joined(Markup("<p><b>{}</b> {}</p>").format(name, shorten(text, 95)) for name, text in lines if text)
    return Markup(
        '<div class="rt-picture rt-spotlight"><b>#{number}</b><h2 class="rt-title{long}">{title}</h2>'
        "<p>{pitch}</p>"
        '<div class="rt-notes">{notes}</div><span>{credit}</span></div>'
    ).format(
        number=idea["number"],
        long=pictures.long(idea["title"], _LONG),
        title=idea["title"],
        pitch=shorten(idea["pitch"], 150),
        notes=notes,
        credit=idea["credit"],
    )


def _card(card: Body, sides: Sequence[Body], *, most: int) -> Markup:
    missing = card["missing"]
    return _CARD.format(
        ready="" if missing else " rt-ready",
        number=card["number"],
        wild=" wild card" if card["wild_card"] else "",
        title=card["title"],
        sides=_joined(_count(side, card) for side in sides),
        needs=f"needs {_spoken(missing, most=most)}" if missing else f"✓ ready · {card['due']}",
    )


def _spoken(missing: Sequence[str], *, most: int) -> str:
    """The first needs; whoever has many has just begun."""
    more = len(missing) - most
    return ", ".join(missing[:most]) + (f" and {more} more" if more > 0 else "")


def _count(side: Body, card: Body) -> Markup:
    """How many of a side are in: the shape, the name and the number."""
    number = sum(member["side"] == side["key"] for member in card["members"])
    return Markup("<i>{}{} {}</i>").format(bars.shape(side), side["short"], number)


def _side(side: Body, card: Body) -> Markup:
    """Who leads for a side, else who is in."""
    of_side = [member for member in card["members"] if member["side"] == side["key"]]
    names = [member["organisation"] for member in sorted(of_side, key=lambda member: member["role"] != "lead")]
    named = list(dict.fromkeys(name for name in names if name))
    who = shorten(named[0], 34) if named else f"{len(of_side)} in" if of_side else "nobody yet"
    more = f" +{len(named) - 1}" if len(named) > 1 else ""
    return Markup("<i>{}{} {}{}</i>").format(bars.shape(side), side["short"], who, more)


def _plan(card: Body) -> str:
    due = f"by {card['due']}" if card["due"] else ""
    return " · ".join(part for part in (shorten(card["next_step"], 90), due) if part)


def _joined(parts: Any) -> Markup:
    return Markup("").join(parts)
