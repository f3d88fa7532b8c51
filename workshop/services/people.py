"""People: joining in under twenty seconds, sharing a tablet, coming back on a second device, leaving."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from workshop.domain.event import Event
from workshop.domain.room import Headcount, Person, TableView, WorkshopView
from workshop.domain.text import clean, required
from workshop.errors import Conflict, Invalid, NotAllowed, NotFound
from workshop.services import access, clock, frozen_reports, readiness, routing, speaker_notes, turn
from workshop.services.access import (
    Badge,
    HelperBadge,
    ModeratorBadge,
    ObserverBadge,
    OrganiserBadge,
    ParticipantBadge,
    ScribeBadge,
)
from workshop.storage import Database, IntegrityError, Session, announce
from workshop.storage import devices as device_rows
from workshop.storage import log as log_rows
from workshop.storage import people as rows
from workshop.storage import room_tables as table_rows
from workshop.storage import workshops as workshop_rows

StaffBadge = HelperBadge | ModeratorBadge | OrganiserBadge

NAME_CHARACTERS = 60
ORGANISATION_CHARACTERS = 80

_WHAT_THEY_LEAVE = (
    *("people", "badges", "introductions", "board", "builds", "flags"),
    *("turnout", "ratings", "results", "consortium", "pitch", "wishes", "moderation"),
)
"""What looks different when somebody is erased."""


@dataclass(frozen=True, slots=True)
class JoinForm:
    """What a person fills in to join. ``sectors`` are keys of the event; ``consent`` means the notice was read."""

    name: str
    side: str
    table_id: UUID | None
    organisation: str = ""
    sectors: tuple[str, ...] = ()
    consent: bool = False


def join(db: Database, observer: ObserverBadge, form: JoinForm, *, device: str) -> ParticipantBadge:
    """Join with a phone. The same tap again, or a reload in the middle, is the same person."""
    already = access.seats(db, observer.workshop_id, device=device)
    if already:
        return already[0]
    person_id = _add(db, observer.workshop_id, form, device_hash=access.hash_of(device), kind="phone")
    return access.participant(db, observer.workshop_id, device=device, person=person_id)


def open_tablet(db: Database, observer: ObserverBadge, table_id: UUID, *, device: str) -> ScribeBadge:
    """Make this device the tablet of a table; the people around it are added one by one."""
    with db.writing() as session:
        if table_rows.hold_table(session, observer.workshop_id, table_id) is None:
            raise NotFound("This table does not exist. Choose one from the list.")
        device_rows.add(
            session,
            observer.workshop_id,
            access.hash_of(device),
            kind="tablet",
            table_id=table_id,
            at=clock.now(),
        )
        announce(session, observer.workshop_id, "badges")
    tablet = access.scribe(db, observer.workshop_id, device=device)
    if tablet is None:
        raise Conflict("This tablet was changed on another page a moment ago. Reload this page.")
    return tablet


def join_tablet(db: Database, tablet: ScribeBadge, form: JoinForm) -> UUID:
    """Add a person around the tablet; gives the person's id."""
    at_the_table = JoinForm(form.name, form.side, tablet.table_id, form.organisation, form.sectors, form.consent)
    return _add(db, tablet.workshop_id, at_the_table, device_hash=tablet.device_hash, kind="tablet")


def add_walk_in(db: Database, badge: StaffBadge, form: JoinForm) -> tuple[Person, bool]:
    """Add a person without a device; whoever adds them has read the notice to them and ticks the box.

    Gives the person, and whether they were there already: the same form sent again is the same person.
    """
    with db.reading() as session:
        person = _checked(_event(session, badge.workshop_id), form, clock.now())
    who = f"{person.name.casefold()} {person.organisation.casefold()} {person.side} {person.table_id}"
    join_key = access.hash_of(f"walk-in {who}")
    try:
        with db.writing() as session:
            view = turn.take(session, badge.workshop_id)  # first the workshop: the log is one chain
            added: UUID | None = _sit_down(session, view, person, join_key=join_key)
            if added == person.id:
                log_rows.record(
                    session, badge.workshop_id, actor=badge.label, verb="walk-in", subject=str(added), at=clock.now()
                )
    except IntegrityError:  # the other tap of a double tap came first
        added = None
    with db.reading() as session:
        same = rows.by_join_key(session, badge.workshop_id, join_key)
    if same is None:
        raise Conflict("This person was removed a moment ago. Add them again.")
    return same, added != person.id


def leave_device(db: Database, participant: ParticipantBadge) -> None:
    """Free this device for somebody else; the person and what they wrote stay in the workshop."""
    with db.writing() as session:
        device_rows.unseat(session, participant.workshop_id, participant.device_hash, participant.participant_id)
        announce(session, participant.workshop_id, "badges")


def move(db: Database, participant: ParticipantBadge, table_id: UUID) -> Person:
    """Sit down at another table. Ideas stay with the table where they were written."""
    with db.writing() as session:
        view = _first_the_workshop(session, participant.workshop_id)
        _take_a_chair(session, view.event, participant.workshop_id, table_id)
        before = rows.hold(session, participant.workshop_id, [participant.participant_id])
        rows.move(session, participant.participant_id, table_id)
        lights = readiness.topics(*before.values(), table_id)
        announce(session, participant.workshop_id, "people", "badges", *lights)
        routing.sat_down(session, view, table_id)
    return me(db, participant)


def personal_link(db: Database, participant: ParticipantBadge) -> str:
    """A fresh token that brings this person to a second device; the one before stops working."""
    token = secrets.token_urlsafe(16)
    with db.writing() as session:
        rows.set_link(session, participant.participant_id, access.hash_of(token))
    return token


def come_back(db: Database, token: str, *, device: str) -> ParticipantBadge:
    """Use a personal link: the person acts on this device as well."""
    with db.writing() as session:
        found = rows.by_link(session, access.hash_of(token))
        if found is None:
            raise NotFound(
                "This personal link is not valid (any more). Make a new one on the phone that you joined with."
            )
        workshop_id, person = found
        if device_rows.tablet_table(session, workshop_id, access.hash_of(device)) is not None:
            raise NotAllowed("This is the tablet of a table. Open your personal link on your own phone.")
        device_id = device_rows.add(  # first: who opens the link at the same moment waits here
            session, workshop_id, access.hash_of(device), kind="phone", table_id=None, at=clock.now()
        )
        for other in device_rows.seats(session, workshop_id, access.hash_of(device)):
            device_rows.unseat(session, workshop_id, access.hash_of(device), other.id)
        device_rows.seat(session, device_id, person.id, at=clock.now())
        announce(session, workshop_id, "badges")
    return access.participant(db, workshop_id, device=device, person=person.id)


def me(db: Database, participant: ParticipantBadge) -> Person:
    """The person behind a badge."""
    with db.reading() as session:
        person = rows.by_id(session, participant.workshop_id, participant.participant_id)
    if person is None:
        raise NotFound("You were removed from this workshop. Scan the code on the wall to join again.")
    return person


def around(db: Database, tablet: ScribeBadge) -> tuple[Person, ...]:
    """The people around a tablet."""
    with db.reading() as session:
        return device_rows.seats(session, tablet.workshop_id, tablet.device_hash)


def tables(db: Database, badge: Badge) -> tuple[TableView, ...]:
    """The tables of the room, with how many sit there from each side."""
    with db.reading() as session:
        return table_rows.tables(session, badge.workshop_id)


def table_name(db: Database, badge: ParticipantBadge | ScribeBadge) -> str:
    """What the table of this badge is called; empty for somebody without one."""
    if badge.table_id is None:
        return ""
    with db.reading() as session:
        return table_rows.table_name(session, badge.table_id)


def headcount(db: Database, badge: Badge) -> Headcount:
    """Who is in the room, in numbers."""
    with db.reading() as session:
        return rows.headcount(session, badge.workshop_id)


def organisations(db: Database, badge: Badge) -> tuple[str, ...]:
    """Names to pick from when joining: those that the event expects and those that were typed in the room."""
    with db.reading() as session:
        event = _event(session, badge.workshop_id)
        typed = [name for name, _ in rows.organisations(session, badge.workshop_id)]
    expected = [organisation.name for organisation in event.organisations]
    return tuple(sorted({*expected, *typed}, key=str.casefold))


def roster(db: Database, badge: StaffBadge) -> tuple[Person, ...]:
    """Everybody by name: for the people who run the room only."""
    with db.reading() as session:
        return rows.everybody(session, badge.workshop_id)


def erase(db: Database, badge: OrganiserBadge | ParticipantBadge, participant_id: UUID) -> None:
    """Remove a person with all that hangs on them, from frozen reports too.

    Ideas and builds stay without a name; the log names nobody.
    """
    if isinstance(badge, ParticipantBadge) and badge.participant_id != participant_id:
        raise NotAllowed("You can remove yourself only. Ask the organiser to remove somebody else.")
    with db.writing() as session:
        turn.take(session, badge.workshop_id)  # first the workshop, then the person: the order of everybody who writes
        person = rows.by_id(session, badge.workshop_id, participant_id)
        if person is None:
            raise NotFound("This person is not in the workshop (any more).")
        frozen_reports.erase(session, badge.workshop_id, person, actor=badge.label)
        speaker_notes.erase(session, badge.workshop_id, person)
        rows.remove(session, badge.workshop_id, participant_id)
        log_rows.record(
            session,
            badge.workshop_id,
            actor=badge.label,
            verb="erase",
            subject=str(participant_id),
            details={},
            at=clock.now(),
        )
        table = [] if person.table_id is None else [f"table:{person.table_id}"]
        lights = readiness.topics(person.table_id)
        hands = [routing.hand_of(table_id) for table_id in table_rows.table_names(session, badge.workshop_id)]
        announce(session, badge.workshop_id, *_WHAT_THEY_LEAVE, *table, *lights, *hands)


def _add(db: Database, workshop_id: UUID, form: JoinForm, *, device_hash: str, kind: str) -> UUID:
    now = clock.now()
    with db.reading() as session:
        person = _checked(_event(session, workshop_id), form, now)
    join_key = access.hash_of(f"{device_hash} {kind} {person.name.casefold()}")
    try:
        with db.writing() as session:
            return _write(session, workshop_id, person, join_key=join_key, device_hash=device_hash, kind=kind)
    except IntegrityError:  # the other tap of a double tap came first
        with db.reading() as session:
            same = rows.by_join_key(session, workshop_id, join_key)
        if same is None:
            raise Conflict("Two people joined at the same moment. Please tap once more.") from None
        return same.id


def _write(session: Session, workshop_id: UUID, person: Person, *, join_key: str, device_hash: str, kind: str) -> UUID:
    person_id = _sit_down(session, _first_the_workshop(session, workshop_id), person, join_key=join_key)
    table_id = person.table_id if kind == "tablet" else None
    device_id = device_rows.add(session, workshop_id, device_hash, kind=kind, table_id=table_id, at=person.joined_at)
    device_rows.seat(session, device_id, person_id, at=person.joined_at)
    return person_id


def _sit_down(session: Session, view: WorkshopView, person: Person, *, join_key: str) -> UUID:
    """The id of the person who joined with this key, after seating them if nobody has."""
    same = rows.by_join_key(session, view.id, join_key)
    if same is not None:
        return same.id
    if rows.count(session, view.id) >= view.event.limits.people:
        raise Conflict(f"The workshop is full: {view.event.limits.people} people. Please ask the moderator.")
    if person.table_id is not None:
        _take_a_chair(session, view.event, view.id, person.table_id)
    rows.add(
        session,
        view.id,
        person,
        join_key=join_key,
        link_token_hash=access.hash_of(secrets.token_urlsafe(16)),
        dots_budget=view.event.limits.dots,
    )
    announce(session, view.id, "people", "turnout", *readiness.topics(person.table_id))
    routing.sat_down(session, view, person.table_id)
    return person.id


def _checked(event: Event, form: JoinForm, now: datetime) -> Person:
    if not form.consent:
        raise Invalid("Please read the notice and tick the box, then join.")
    sides = {side.key for side in event.sides}
    if form.side not in sides:
        raise Invalid("Choose your side: " + " or ".join(side.name for side in event.sides) + ".")
    known = {sector.key for sector in event.sectors}
    if not set(form.sectors) <= known:
        raise Invalid("One of the sectors is not in this event. Choose from the list.")
    if form.table_id is None:
        raise Invalid("Choose the table that you sit at. Its name stands on the table.")
    return Person(
        id=uuid4(),
        name=required(form.name, limit=NAME_CHARACTERS, what="name"),
        organisation=clean(form.organisation, limit=ORGANISATION_CHARACTERS, what="organisation"),
        side=form.side,
        sectors=tuple(dict.fromkeys(form.sectors)),
        table_id=form.table_id,
        joined_at=now,
    )


def _take_a_chair(session: Session, event: Event, workshop_id: UUID, table_id: UUID) -> None:
    table = table_rows.hold_table(session, workshop_id, table_id)
    if table is None:
        raise NotFound("This table does not exist. Choose one from the list.")
    name, seated = table
    if seated >= event.limits.seats_per_table:
        raise Conflict(f"{name} is full ({seated} of {event.limits.seats_per_table}). Choose another table.")


def _event(session: Session, workshop_id: UUID) -> Event:
    return _workshop(session, workshop_id).event


def _first_the_workshop(session: Session, workshop_id: UUID) -> WorkshopView:
    """Whoever comes while ideas are dealt may be dealt some, so they wait for their turn before they take a chair."""
    view = _workshop(session, workshop_id)
    return turn.take(session, workshop_id) if routing.is_open(view) else view


def _workshop(session: Session, workshop_id: UUID) -> WorkshopView:
    view = workshop_rows.by_id(session, workshop_id)
    if view is None:
        raise NotFound("This workshop was removed.")
    return view
