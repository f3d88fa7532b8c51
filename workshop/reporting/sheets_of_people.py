"""Tables of the room: the session, people, consortia, commitments, turnout and programme."""

from __future__ import annotations

from workshop.domain.pitch import Help
from workshop.domain.report import Report
from workshop.reporting import facts, words
from workshop.reporting.sheet import CREDIT, Cell, Sheet, credit_of, side_of

HELP = tuple(str(kind) for kind in Help)


def about(report: Report) -> Sheet:
    event, local = report.event, report.compiled_local
    rows: tuple[tuple[Cell, ...], ...] = (
        ("event", event.name), ("session", event.title), ("host", event.host), ("date", event.date),
        ("place", ", ".join(filter(None, (event.venue.name, event.venue.city, event.venue.country)))),
        ("code", report.code), ("compiled", f"{local:%Y-%m-%d %H:%M:%S %z}"), ("step", report.step),
        ("names shown", words.names_shown(report.anonymity)), ("rehearsal", "yes" if report.rehearsal else "no"),
        ("people", len(report.participants)), ("ideas", len(report.ideas)), ("ideas kept back", report.kept_back),
        ("people with wishes", report.session.people_with_wishes if report.session else None),
        ("ratings of the session", report.session.ratings if report.session else None),
        ("mean rating (1 to 5)", report.session.mean if report.session else None),
        ("log head", report.log_head),
    )  # fmt: skip
    return Sheet("report", ("what", "value"), rows)


def people(report: Report) -> Sheet:
    sectors = {sector.key: sector.name for sector in report.event.sectors}
    rows = (
        (
            side_of(report, one.side),
            one.name,
            one.organisation,
            one.table,
            "; ".join(sectors[key] for key in one.sectors),
        )
        for one in report.participants
    )
    return Sheet("people", ("side", "name", "organisation", "table", "sectors"), tuple(rows))


def lines(report: Report) -> Sheet:
    """Offers and needs of the warm-up."""
    rows = ((str(one.kind), one.text, side_of(report, one.side), *credit_of(one.credit)) for one in report.lines)
    return Sheet("offers and needs", ("kind", "text", "side", *CREDIT), tuple(rows))


def origins(report: Report) -> Sheet:
    return Sheet("origins", ("place", "people"), tuple((one.place, one.people) for one in report.origins))


def consortia(report: Report) -> Sheet:
    rows = (
        (
            *(card.number, card.title, words.WILD_CARD if card.wild_card else "yes"),
            *("yes" if card.ready else "no", ", ".join(card.missing), card.next_step, card.due),
            *(card.offers.get(kind, 0) for kind in HELP),
        )
        for card in report.cards
    )
    return Sheet("consortia", ("idea", "title", "goes on", "ready", "missing", "next step", "date", *HELP), tuple(rows))


def members(report: Report) -> Sheet:
    rows = (
        (
            card.number,
            one.organisation,
            side_of(report, one.side),
            one.role.words,
            "yes" if one.owner else "no",
            one.name,
        )
        for card in report.cards
        for one in card.members
    )
    return Sheet("members", ("idea", "organisation", "side", "role", "owner", "name"), tuple(rows))


def commitments(report: Report) -> Sheet:
    rows = (
        (
            *(one.member.name, one.member.organisation, side_of(report, one.member.side), one.member.role.words),
            *(one.card.number, one.card.title, one.card.next_step, one.card.due),
            "yes" if one.member.changed else "no",
        )
        for one in facts.commitments(report)
    )
    header = ("name", "organisation", "side", "role", "idea", "title", "next step", "date", "changed since")
    return Sheet("commitments", header, tuple(rows))


def turnout(report: Report) -> Sheet:
    rows = ((side_of(report, one.side), one.voted, one.of) for one in report.turnout)
    return Sheet("turnout", ("side", "voted", "people"), tuple(rows))


def agenda(report: Report) -> Sheet:
    rows = (
        (f"{item.starts:%H:%M}", f"{item.ends:%H:%M}" if item.ends else None, item.title, "; ".join(item.speakers))
        for item in report.event.agenda
    )
    return Sheet("agenda", ("starts", "ends", "title", "speakers"), tuple(rows))
