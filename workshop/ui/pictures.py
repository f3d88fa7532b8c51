"""The pictures of the wall, one per step, from the same payloads that the phones receive.

Every text goes through `Markup.format`, which escapes it. At most eight items, nothing under 28 pixels, sides always
with their name and shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from workshop.domain import hand_count
from workshop.domain.text import shorten
from workshop.ui import bars
from workshop.ui.bars import Body

MOST_ITEMS = 8
LARGE_TABLES, TABLES_IN_A_COLUMN, MOST_TABLES = 12, 9, 36
"""While people arrive: more than the first are drawn small, nine in a column, and the rest is counted."""
MOST_ROWS = 7
_FEW = 4
"""So many cards stand in two columns, in larger letters."""

_EMPTY = Markup('<div class="rt-picture"><div class="rt-empty">{}</div></div>')
_NOTE = Markup('<p class="rt-more">{}</p>')
_BAR = Markup(
    '<div class="rt-bar"><span class="rt-name">{name}</span><span class="rt-number">{number}</span>{track}</div>'
)


def head(room: Body) -> Markup:
    """The step and its sentence: the headline of every screen of the wall."""
    step = room["step"]
    place = f"{step['number']} of {step['of']} · {step['title']}"
    sentence = "A short break between two steps." if room["status"] == "closed" else step["wall"]
    return Markup('<p class="rt-step">{}</p><h1 class="rt-sentence{}">{}</h1>').format(
        place, long(sentence, 80), sentence
    )


def totals(room: Body, people: Body, counters: Body, ready: Body) -> list[tuple[object, str]]:
    """The room in numbers: how many people, tables (and how many are ready, where that is asked) and ideas."""
    tables: tuple[object, str] = (_tables_in_use(people), "tables")
    if ready["asked"] and ready["tables"]:
        tables = (f"{ready['tables_ready']} of {ready['tables']}", "tables are ready")
    numbers = [(people["people"], "people"), tables, (counters["ideas"], "ideas")]
    return [*numbers, (counters["published"], "published")] if "board" in room["sees"] else numbers


def foot(room: Body, totals: Sequence[tuple[object, str]], *, qr: Markup, address: str) -> Markup:
    """The join code and its QR, always; then the room in numbers."""
    return Markup(
        '<div class="rt-foot"><div class="rt-qr">{qr}</div>'
        '<div class="rt-where"><b>Join</b> {address}<div class="rt-code">{code}</div></div>'
        '<div class="rt-totals">{totals}</div></div>'
    ).format(
        qr=qr,
        address=address,
        code=room["code"],
        totals=bars.joined(
            Markup('<div class="rt-total"><b>{}</b><span>{}</span></div>').format(*each) for each in totals
        ),
    )


def arriving(room: Body, people: Body, *, qr: Markup) -> Markup:
    """A large QR code, and the tables as they fill up, by side."""
    sides, seats, tables = room["sides"], room["limits"]["seats_per_table"], people["tables"]
    shown, hidden = tables[:MOST_TABLES], tables[MOST_TABLES:]
    dense = len(shown) > LARGE_TABLES
    return Markup(
        '<div class="rt-picture rt-arrive"><div><div class="rt-qr">{qr}</div>'
        '<div class="rt-big-code">{code}</div></div>'
        '<div class="rt-rooms{dense}" style="--columns: {columns}">'
        '<div class="rt-legend">{legend}</div>{rooms}{more}</div></div>'
    ).format(
        qr=qr,
        code=room["code"],
        dense=" rt-dense" if dense else "",
        columns=-(-len(shown) // TABLES_IN_A_COLUMN) if dense else 2,
        legend=_legend(sides, people["by_side"]),
        rooms=bars.joined(_filling(table, sides, seats) for table in shown),
        more=Markup('<p class="rt-more">and {} more</p>').format(len(hidden)) if hidden else "",
    )


def counting(counters: Body) -> Markup:
    """How much is written, per table and sector, while the texts are hidden."""
    return Markup(
        '<div class="rt-picture rt-two"><div><h2>Ideas per table</h2>{}</div>'
        "<div><h2>Ideas per sector</h2>{}</div></div>"
    ).format(_bars(counters["by_table"]), _bars(counters["by_sector"]))


def published(board: Body) -> Markup:
    """The newest published ideas as cards; the count stands in the foot."""
    ideas = list(board["ideas"])
    if not ideas:
        return empty("No table has published an idea yet. They appear here one by one.")
    newest = ideas[-MOST_ITEMS:][::-1]
    size = "few" if len(newest) <= _FEW else "many"
    return Markup('<div class="rt-picture"><div class="rt-cards rt-cards-{}">{}</div></div>').format(
        size, bars.joined(_card(idea) for idea in newest)
    )


def turnout(body: Body, sides: Sequence[Body], *, note: str = "") -> Markup:
    """Who has voted, by side; nothing of what they voted."""
    colours = {side["key"]: side for side in sides}
    rows = bars.joined(
        Markup(
            '<div class="rt-bar"><span class="rt-name">{shape}{name}</span><span class="rt-number">{n}</span>{t}</div>'
        ).format(
            shape=bars.shape(colours[side["side"]]),
            name=side["name"],
            n=f"{side['voted']} of {side['of']}"
            + (f", {hand_count.ballots_label(side['by_hand'])}" if side.get("by_hand") else ""),
            t=bars.track(bars.part(side["voted"], side["of"], colours[side["side"]]["colour"])),
        )
        for side in body["by_side"]
    )
    return Markup('<div class="rt-picture rt-turnout" style="--sides:{}">{}{}</div>').format(
        len(sides), rows, _NOTE.format(note) if note else ""
    )


def rated(body: Body, sides: Sequence[Body]) -> Markup:
    """How much is rated, by side; nothing of what was said."""
    people = {"by_side": [{**side, "voted": side["rated"]} for side in body["by_side"]]}
    note = (
        f"{body['answered']} of {body['dealt']} ratings are in"
        if body["dealt"]
        else "The first ratings are on their way"
    )
    return turnout(people, sides, note=note)


def long(text: str, most: int) -> str:
    """The class of a text that needs smaller letters."""
    return " rt-long" if len(text) > most else ""


def empty(sentence: str) -> Markup:
    """What will appear here."""
    return _EMPTY.format(sentence)


def _filling(table: Body, sides: Sequence[Body], seats: int) -> Markup:
    parts = bars.joined(bars.part(table["by_side"].get(side["key"], 0), seats, side["colour"]) for side in sides)
    return Markup(
        '<div class="rt-room"><span class="rt-name">{}</span><span class="rt-number">{} of {}</span>{}</div>'
    ).format(shorten(table["name"], 28), table["seated"], seats, bars.track(parts))


def _legend(sides: Sequence[Body], by_side: Mapping[str, int]) -> Markup:
    return bars.joined(
        Markup("<span>{}{} {}</span>").format(bars.shape(side), side["name"], by_side.get(side["key"], 0))
        for side in sides
    )


def _bars(rows: Sequence[Body]) -> Markup:
    """Always in the same order, so that nothing jumps; in two columns where one would be too long."""
    shown = rows[: 2 * MOST_ROWS]
    most = max((row["ideas"] for row in shown), default=0)
    rows_drawn = bars.joined(
        _BAR.format(
            name=shorten(row["name"], 40),
            number=row["ideas"],
            track=bars.track(bars.part(row["ideas"], most, "var(--rt-accent)")),
        )
        for row in shown
    )
    lines = len(shown) if len(shown) <= MOST_ROWS else (len(shown) + 1) // 2
    return Markup('<div class="rt-bars" style="grid-template-rows:repeat({},auto)">{}</div>').format(lines, rows_drawn)


def _card(idea: Body) -> Markup:
    return Markup('<div class="rt-card"><b>#{}</b><p>{}</p><span>{}</span></div>').format(
        idea["number"], idea["title"], idea["credit"] or ", ".join(idea["sectors"])
    )


def _tables_in_use(people: Body) -> int:
    return sum(1 for table in people["tables"] if table["seated"])
