"""Reports: one workshop at one moment, in one transaction, as far as the present step and the anonymity level show it.

The report is the only thing that leaves the room, so it follows the strictest reader: no text before tables share, no
tally before the results are revealed, whoever asks; hidden and withdrawn ideas are never in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from workshop.domain import steps
from workshop.domain.idea import AT_THE_TABLE, Idea, Standing
from workshop.domain.permissions import Sight
from workshop.domain.pitch import Help
from workshop.domain.report import (
    MergedIdea,
    Origin,
    Report,
    ReportBuild,
    ReportIdea,
    ReportParticipant,
    ReportTheme,
    SideTurnout,
    ideas_at,
    lines_at,
    participants_at,
)
from workshop.domain.report_cards import ReportCard, ReportSession, reported
from workshop.domain.room import WorkshopView
from workshop.services import (
    cards,
    clock,
    opinions,
    shown,
    shown_builds,
    shown_people,
    shown_ratings,
    shown_themes,
    turn,
)
from workshop.services.access import ModeratorBadge, OrganiserBadge
from workshop.services.shown_builds import Card
from workshop.services.shown_themes import ThemesView, ThemeView
from workshop.storage import Database, Session
from workshop.storage import ideas as idea_rows
from workshop.storage import people as people_rows
from workshop.storage import pitches as pitch_rows
from workshop.storage import room_tables as table_rows
from workshop.storage import speaker_notes as note_rows
from workshop.storage import wishes as wish_rows

COLOURS_ON_PAPER = ("#009988", "#EE3377", "#004488", "#AA7744", "#9970AB", "#774411", "#222255", "#882255")
"""The colour of each theme: the same on paper as on light screens, which a test holds together."""


def compile_report(db: Database, badge: OrganiserBadge | ModeratorBadge) -> Report:
    """The report of this second."""
    with db.reading() as session:
        return compiled(session, turn.look(session, badge.workshop_id))


def compiled(session: Session, view: WorkshopView) -> Report:
    """The report in a transaction that reads. Whoever calls hands out of it what their reader may have."""
    everything = idea_rows.every(session, view.id)
    ideas = _ideas(view, everything, shown_builds.of_report(session, view, everything))
    readable = {idea.number for idea in ideas}
    applied = shown_themes.of(session, view)
    revealed = shown.may_see(view, Sight.RESULTS)
    return Report(
        event=view.event,
        code=view.code,
        compiled_at=clock.now(),
        step=steps.current_step(view.event, view.state).title,
        anonymity=view.anonymity,
        rehearsal=view.rehearsal,
        log_head=view.log_head,
        participants=participants_at(view.anonymity, _participants(session, view)),
        turnout=_turnout(session, view),
        ideas=ideas_at(view.anonymity, ideas),
        kept_back=sum(idea.standing in AT_THE_TABLE for idea in everything) - len(ideas),
        themes=_themes(applied, readable),
        places={} if applied is None else {idea: at for idea, at in applied.places.items() if idea in readable},
        draft_themes=applied is not None and applied.draft,
        ranking=shown.results(session, view) if revealed else None,
        groups=opinions.voter_groups(session, view) if revealed else None,
        cards=_cards(session, view),
        session=_end_of(session, view),
        ratings=shown_ratings.results(session, view) if revealed else None,
        lines=lines_at(view.anonymity, shown_people.offers_and_needs(session, view)),
        origins=_origins(session, view),
        notes={slide: note.paragraphs for slide, note in note_rows.of(session, view.id).items() if note.text},
    )


def _cards(session: Session, view: WorkshopView) -> tuple[ReportCard, ...]:
    counted = pitch_rows.counted(session, view.id)
    return tuple(
        reported(card, view.event.sides, {kind: counted[card.idea_id][kind] for kind in Help})
        for card in cards.of(session, view)
    )


def _end_of(session: Session, view: WorkshopView) -> ReportSession | None:
    if not shown.may_see(view, Sight.COMMITMENTS):
        return None
    ratings = wish_rows.ratings(session, view.id)
    return ReportSession(
        people_with_wishes=wish_rows.people_with_wishes(session, view.id),
        ratings=len(ratings),
        mean=sum(rating.stars for rating in ratings) / len(ratings) if ratings else None,
        comments=tuple(sorted(rating.comment for rating in ratings if rating.comment)),
    )


def _participants(session: Session, view: WorkshopView) -> list[ReportParticipant]:
    tables = table_rows.table_names(session, view.id)
    return [
        ReportParticipant(
            side=person.side,
            sectors=person.sectors,
            table=tables.get(person.table_id) if person.table_id else None,
            name=person.name,
            organisation=person.organisation or None,
        )
        for person in people_rows.everybody(session, view.id)
    ]


def _origins(session: Session, view: WorkshopView) -> tuple[Origin, ...]:
    return tuple(Origin(place.name, place.people) for place in shown_people.who_is_here(session, view).places)


def _turnout(session: Session, view: WorkshopView) -> tuple[SideTurnout, ...]:
    return tuple(SideTurnout(side.side, side.voted, side.of) for side in shown.turnout(session, view).by_side)


def _ideas(view: WorkshopView, everything: Sequence[Idea], built: Mapping[UUID, Card]) -> list[ReportIdea]:
    """The ideas that stand on the board or were kept at their table, once tables share."""
    if not shown.may_see(view, Sight.TABLE_IDEAS):
        return []
    parts: dict[UUID, list[Idea]] = {}
    for idea in everything:
        if idea.merged_into_id is not None:
            parts.setdefault(idea.merged_into_id, []).append(idea)
    return [_idea(idea, parts, built.get(idea.id)) for idea in everything if idea.standing in AT_THE_TABLE]


def _idea(idea: Idea, parts: Mapping[UUID, Sequence[Idea]], built: Card | None) -> ReportIdea:
    return ReportIdea(
        number=idea.number,
        id=idea.id,
        title=idea.title,
        pitch=idea.pitch,
        side=idea.side,
        sectors=idea.sectors,
        brings=dict(idea.brings),
        still_needed=idea.still_needed,
        credit=idea.credit,
        merged=tuple(
            MergedIdea(original.number, original.title, original.pitch, original.side, original.credit)
            for original in _originals(idea, parts)
        ),
        published=idea.standing is Standing.PUBLISHED,
        builds=tuple(
            ReportBuild(build.kind.value, build.text, build.side, build.fix, build.credit)
            for build in (built.builds if built else ())
        ),
        readers=built.readers if built else None,
    )


def _originals(idea: Idea, parts: Mapping[UUID, Sequence[Idea]]) -> Iterator[Idea]:
    """What an idea was made of; a merge of merges lists each of them, then its own originals."""
    for original in parts.get(idea.id, ()):
        yield original
        yield from _originals(original, parts)


def _themes(applied: ThemesView | None, readable: set[int]) -> tuple[ReportTheme, ...]:
    """The applied themes with the ideas of this report: a name tells what its ideas say, so it goes with them."""
    found = () if applied is None else tuple(_theme(theme, readable) for theme in applied.themes)
    return tuple(theme for theme in found if theme.ideas)


def _theme(theme: ThemeView, readable: set[int]) -> ReportTheme:
    said = {word: tuple(number for number in ideas if number in readable) for word, ideas in theme.words.items()}
    return ReportTheme(
        id=theme.id,
        name=theme.name,
        ideas=tuple(idea.number for idea in theme.ideas if idea.number in readable),
        words={word: ideas for word, ideas in said.items() if ideas},
        subtitle=theme.subtitle,
        colour=COLOURS_ON_PAPER[theme.colour % len(COLOURS_ON_PAPER)],
        confidence=None if theme.locked else theme.confidence,  # people named it: their name is no guess
    )
