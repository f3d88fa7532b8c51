"""How the people of a rehearsal end a session: they race for leads, plan, offer help, commit, and wish for meetings.

Believable and not tidy: some cards get no date, some people confirm nothing, and who comes second for a lead becomes a
partner.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from random import Random
from uuid import UUID

from workshop.domain import consortium as rules
from workshop.domain.consortium import Card, Role
from workshop.domain.pitch import Help
from workshop.domain.room import WorkshopView
from workshop.errors import Conflict
from workshop.services import cards, commitments, consortium, frozen_reports, going_on, pitches, taken_on
from workshop.services.access import ModeratorBadge, ParticipantBadge
from workshop.services.rehearsal_crew import Action
from workshop.storage import Database

_OTHER_ROLES = (Role.PARTNER, Role.PARTNER, Role.PARTNER, Role.PILOT_SITE, Role.FUNDER_LINK, Role.ADVISOR)
_NEXT_STEPS = (
    "A call of one hour: who does what, who pays for the first month",
    "Send a one-page sketch to both funding offices",
    "Visit each other's site and list what is there already",
    "Find two companies on each side that want to be first",
    "Write down the question that the pilot has to answer",
    "Ask the city for the permit, and the port for the place",
    "Agree on the figures that we share, and on those that we do not",
)
_COMMENTS = ("Good pace, and we left with names.", "More time for the cards, please.", "", "", "", "")
_JOINS, _DATED, _CONFIRMS, _OFFERS, _WISHES, _RATES = 0.65, 0.75, 0.8, 0.06, 0.5, 0.6


class LastSteps:
    """What the people with these badges do from Reveal on. ``try_`` lets somebody act, whatever the rules say."""

    def __init__(
        self,
        db: Database,
        moderator: ModeratorBadge,
        badges: Mapping[int, ParticipantBadge],
        *,
        seed: int,
        try_: Callable[[Action], object],
    ) -> None:
        self._db, self._moderator, self._badges, self._try = db, moderator, badges, try_
        self._chance = Random(f"{seed} cards")  # noqa: S311  a rehearsal, not a secret

    def reveal(self) -> list[Action]:
        """The moderator takes the proposal and one wild card."""
        return [partial(self._try, self._accept), partial(self._try, self._wild_card)]

    def consortium(self) -> list[Action]:
        """People join in any order; where two want to lead, one does; then leads write what comes next."""
        found = self._cards()
        joining = [partial(self._try, act) for card in found for act in self._joining(card)]
        self._chance.shuffle(joining)
        return [*joining, *(partial(self._try, partial(self._plan, card)) for card in found)]

    def pitch(self) -> list[Action]:
        """Card by card: the clock starts, some offer help, the moderator goes on."""
        actions: list[Action] = []
        found = self._cards()
        for place, card in enumerate(found):
            actions.append(partial(self._try, self._start_clock))
            actions += [partial(self._try, act) for act in self._offering(card)]
            if place < len(found) - 1:
                actions.append(partial(self._try, self._next_card))
        return actions

    def commit(self) -> list[Action]:
        """Most confirm what they have taken on, some wish for meetings, some rate; then the report is frozen."""
        everybody = list(self._badges.values())
        confirming = [
            partial(self._try, partial(commitments.confirm, self._db, badge, card, confirmed=True))
            for badge in everybody
            for card in self._mine(badge)
            if self._chance.random() < _CONFIRMS
        ]
        self._chance.shuffle(confirming)
        wishing = [partial(self._try, partial(self._wish, badge)) for badge in everybody if self._draws(_WISHES)]
        rating = [partial(self._try, partial(self._rate, badge)) for badge in everybody if self._draws(_RATES)]
        freezing = partial(self._try, partial(frozen_reports.freeze, self._db, self._moderator, seen=0))
        return [*confirming, *wishing, *rating, freezing]

    def ready(self, view: WorkshopView) -> str:
        """How many cards are ready, of how many."""
        found = self._cards()
        return f"{rules.ready(found, view.event.sides)} of {len(found)} cards are ready"

    def confirmed(self) -> int:
        """How many roles are confirmed."""
        return sum(member.confirmed_at is not None for card in self._cards() for member in card.members)

    def _accept(self) -> None:
        if not going_on.choice(self._db, self._moderator).going_on.version:
            going_on.accept(self._db, self._moderator, seen=0)

    def _wild_card(self) -> None:
        choice = going_on.choice(self._db, self._moderator)
        others = [idea.id for idea in choice.board if idea.id not in choice.going_on.ideas]
        if others and choice.going_on.wild_card is None:
            seen = choice.going_on.version
            going_on.pick(self._db, self._moderator, self._chance.choice(others), seen=seen, wild_card=True)

    def _joining(self, card: Card) -> list[Action]:
        sides: dict[str, list[ParticipantBadge]] = {}
        for badge in self._badges.values():
            sides.setdefault(badge.side, []).append(badge)
        leading = [
            partial(self._lead, badge, card)
            for people in sides.values()
            for badge in self._chance.sample(people, min(len(people), self._chance.choice((0, 1, 2, 2))))
        ]
        number = round(len(self._badges) * _JOINS / 7)
        others = self._chance.sample(list(self._badges.values()), min(number, len(self._badges)))
        return [*leading, *(partial(self._join, badge, card, self._chance.choice(_OTHER_ROLES)) for badge in others)]

    def _lead(self, badge: ParticipantBadge, card: Card) -> None:
        try:
            consortium.join(self._db, badge, card.idea_id, Role.LEAD)
        except Conflict:  # somebody of this side was faster
            consortium.join(self._db, badge, card.idea_id, Role.PARTNER)

    def _join(self, badge: ParticipantBadge, card: Card, role: Role) -> None:
        if card.idea_id not in self._mine(badge):
            consortium.join(self._db, badge, card.idea_id, role)

    def _plan(self, card: Card) -> None:
        now = next((each for each in self._cards() if each.idea_id == card.idea_id), card)
        writers = [member.participant_id for member in now.members if member.role is Role.LEAD]
        badge = next((badge for badge in self._badges.values() if badge.participant_id in writers), None)
        if badge is None or now.plan.version:
            return
        today = cards.on_the_desk(self._db, self._moderator).today
        due = today + timedelta(days=self._chance.randint(10, 120)) if self._draws(_DATED) else None
        text = self._chance.choice(_NEXT_STEPS)
        consortium.plan(self._db, badge, card.idea_id, next_step=text, due=due, seen=now.plan.version)

    def _start_clock(self) -> None:
        pitches.start(self._db, self._moderator, seen=pitches.stage(self._db, self._moderator).state.version)

    def _next_card(self) -> None:
        pitches.step_on(self._db, self._moderator, seen=pitches.stage(self._db, self._moderator).state.version)

    def _offering(self, card: Card) -> list[Action]:
        return [
            partial(pitches.offer, self._db, badge, card.idea_id, self._chance.choice(list(Help)), offered=True)
            for badge in self._badges.values()
            if self._draws(_OFFERS)
        ]

    def _wish(self, badge: ParticipantBadge) -> None:
        others = [each["id"] for each in taken_on.of(self._db, badge)["organisations"] if each["side"] != badge.side]
        for organisation in self._chance.sample(others, min(len(others), self._chance.randint(1, 3))):
            commitments.wish(self._db, badge, organisation, wished=True)

    def _rate(self, badge: ParticipantBadge) -> None:
        stars = self._chance.choice((3, 4, 4, 5, 5))
        commitments.rate(self._db, badge, stars=stars, comment=self._chance.choice(_COMMENTS))

    def _cards(self) -> tuple[Card, ...]:
        return cards.on_the_desk(self._db, self._moderator).cards

    def _mine(self, badge: ParticipantBadge) -> Sequence[UUID]:
        return [
            card.idea_id
            for card in self._cards()
            if any(member.participant_id == badge.participant_id for member in card.members)
        ]

    def _draws(self, share: float) -> bool:
        return self._chance.random() < share
