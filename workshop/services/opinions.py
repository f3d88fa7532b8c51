"""Opinions behind the votes: what every side supports, what divides them, who votes alike. Nothing before Reveal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workshop.domain import opinion
from workshop.domain.opinion import Opinions, VoterGroups
from workshop.domain.room import WorkshopView
from workshop.services import shown, turn
from workshop.services.access import Badge
from workshop.storage import Database, Session
from workshop.storage import votes as rows
from workshop.themes import opinions as method


@dataclass(frozen=True, slots=True)
class OpinionView:
    """Opinions by side with the ballots that they are shares of, groups of voters, and titles by idea number."""

    opinions: Opinions
    ballots: Mapping[str, int]
    groups: VoterGroups
    titles: Mapping[int, str]


def current(db: Database, badge: Badge) -> OpinionView:
    """The opinions as the votes stand. Raises NotAllowed for every badge before the results are revealed."""
    with db.reading() as session:
        view = turn.look(session, badge.workshop_id)
        ranking = shown.results(session, view)
        titles = {idea.number: idea.title for idea in shown.board(session, view)}
        return OpinionView(opinion.opinions(ranking), ranking.ballots, voter_groups(session, view), titles)


def voter_groups(session: Session, view: WorkshopView) -> VoterGroups:
    """Groups of people who vote alike, without a word of who they are. Raises NotAllowed before Reveal as well."""
    shown.must_be_revealed(view)
    return method.voter_groups(rows.every_ballot(session, view.id))
