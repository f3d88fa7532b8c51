"""What one person takes away, compiled in one read. What all take-aways share is read once per revision of the room.

Every part asks the step itself, as the screens do, so a sheet can never hold what its step hides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from workshop.domain.consortium import Card
from workshop.domain.idea import Idea, ShownIdea, Standing
from workshop.domain.permissions import Sight
from workshop.domain.report_cards import reported
from workshop.domain.room import Person, WorkshopView
from workshop.domain.take_away import BoardIdea, Helper, OwnBuild, OwnIdea, OwnOffer, OwnRole, TakeAway, Wished
from workshop.live import Once
from workshop.services import cards, clock, idea_writing, shown, shown_themes, turn
from workshop.services.access import ParticipantBadge
from workshop.storage import Database, Session, revisions_of
from workshop.storage import builds as build_rows
from workshop.storage import ideas as idea_rows
from workshop.storage import pitches as pitch_rows
from workshop.storage import wishes as wish_rows

_MOST_ROOMS = 8
_SHARED = ("room", "board", "themes", "results", "consortium")
"""The topics that change with what all take-aways share."""


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all take-aways share. ``board`` holds each idea under its id, and what was merged under its own as well."""

    board: Mapping[UUID, BoardIdea]
    cards: tuple[Card, ...]
    ballots: Mapping[str, int] | None


_rooms: Once[tuple[str, UUID], _Shared] = Once(most=_MOST_ROOMS)


def of(db: Database, participant: ParticipantBadge) -> TakeAway:
    """The take-away of this person as the room stands now."""
    with db.reading() as session:
        view = turn.look(session, participant.workshop_id)
        person = idea_writing.person(session, participant)
        revisions = revisions_of(session, view.id)
        room = _rooms.get(
            (db.url_without_secret, view.id),
            partial(_shared, session, view),
            revision=tuple(revisions.get(topic, 0) for topic in _SHARED),
        )
        return TakeAway(
            event=view.event,
            code=view.code,
            at=clock.now(),
            rehearsal=view.rehearsal,
            name=person.name,
            organisation=person.organisation,
            side=person.side,
            ideas=tuple(_own(idea, room) for idea in _written(session, person)),
            roles=tuple(_roles(person, room, view)),
            builds=tuple(_builds(session, person, room)),
            offers=tuple(_offers(session, person, room)),
            helpers=tuple(_helpers(session, person, room, view)),
            wishes=_wishes(session, person, view),
            ballots=room.ballots,
            picked=bool(room.cards),
        )


def _shared(session: Session, view: WorkshopView) -> _Shared:
    on_cards = cards.of(session, view)
    needs = {card.number: reported(card, view.event.sides, {}).missing for card in on_cards}
    applied = shown_themes.of(session, view) if shown.may_see(view, Sight.THEMES) else None
    themes = {idea.number: theme.name for theme in applied.themes for idea in theme.ideas} if applied else {}
    ranking = shown.results(session, view) if shown.may_see(view, Sight.RESULTS) else None
    votes = {idea.number: idea for idea in ranking.by_dots} if ranking else {}
    board: dict[UUID, BoardIdea] = {}
    for idea in shown.board(session, view):
        now = BoardIdea(
            idea.number, idea.title, themes.get(idea.number, ""), votes.get(idea.number), needs.get(idea.number)
        )
        board.update(dict.fromkeys(_ids(idea), now))
    return _Shared(board, on_cards, ranking.ballots if ranking else None)


def _ids(idea: ShownIdea) -> Iterator[UUID]:
    yield idea.id
    for original in idea.originals:
        yield from _ids(original)


def _written(session: Session, person: Person) -> list[Idea]:
    own = idea_rows.of_author(session, person.id)
    return [idea for idea in own if idea.standing is not Standing.WITHDRAWN]


def _own(idea: Idea, room: _Shared) -> OwnIdea:
    if idea.standing is Standing.HIDDEN:
        return OwnIdea(idea.number, "", idea.standing)
    return OwnIdea(idea.number, idea.title, idea.standing, room.board.get(idea.id))


def _roles(person: Person, room: _Shared, view: WorkshopView) -> Iterator[OwnRole]:
    for card in room.cards:
        place = next((at for at, each in enumerate(card.members) if each.participant_id == person.id), None)
        if place is None:
            continue
        mine, told = card.members[place], reported(card, view.event.sides, {})
        others = (*told.members[:place], *told.members[place + 1 :])
        yield OwnRole(
            card=replace(told, members=others),
            role=mine.role,
            confirmed=told.members[place].confirmed,
            changed=told.members[place].changed,
        )


def _builds(session: Session, person: Person, room: _Shared) -> Iterator[OwnBuild]:
    for build in build_rows.of_author(session, person.id):
        if build.stands:
            yield OwnBuild(build.kind, build.text, build.fix, room.board.get(build.idea_id))


def _offers(session: Session, person: Person, room: _Shared) -> Iterator[OwnOffer]:
    offered = pitch_rows.of_person(session, person.id)
    for card in room.cards:
        if card.idea_id in offered:
            yield OwnOffer(card.number, card.title, offered[card.idea_id])


def _helpers(session: Session, person: Person, room: _Shared, view: WorkshopView) -> Iterator[Helper]:
    """Who offers help to this person's cards."""
    own = {card.idea_id: card for card in room.cards if any(each.participant_id == person.id for each in card.members)}
    if not own or not shown.may_see(view, Sight.PITCHES):
        return
    found: dict[tuple[UUID, UUID], Helper] = {}
    for offer in pitch_rows.offers(session, view.id, list(own)):
        helper, key = offer.person, (offer.idea_id, offer.person.id)
        kinds = found[key].kinds if key in found else ()
        found[key] = Helper(
            own[offer.idea_id].number, (*kinds, offer.kind), helper.name, helper.organisation, helper.side
        )
    yield from (one for (_, who), one in found.items() if who != person.id)


def _wishes(session: Session, person: Person, view: WorkshopView) -> tuple[Wished, ...]:
    if not shown.may_see(view, Sight.COMMITMENTS):
        return ()
    wished = set(wish_rows.of_person(session, person.id))
    return tuple(Wished(each.name, each.side) for each in wish_rows.present(session, view.id) if each.id in wished)
