"""Builds: sending them exactly once, changing and taking them back until voting opens, hiding and restoring.

People build on ideas that their table was dealt. Whoever builds on an idea has read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from uuid import UUID, uuid4

from workshop.domain import build as rules
from workshop.domain import permissions
from workshop.domain.build import Build, BuildDraft
from workshop.domain.idea import REASON, Standing
from workshop.domain.room import Person, WorkshopView
from workshop.domain.routing import Dealt
from workshop.domain.text import fingerprint, required
from workshop.errors import Conflict, NotAllowed, NotFound, WorkshopError
from workshop.services import clock, idea_writing, routing, turn
from workshop.services.access import ModeratorBadge, ParticipantBadge
from workshop.services.idea_writing import SOMEBODY, AuthorBadge
from workshop.storage import Database, Session, announce
from workshop.storage import builds as rows
from workshop.storage import dealt as dealt_rows
from workshop.storage import drafts as draft_rows
from workshop.storage import log as log_rows

GONE = "This does not exist (any more). Please look at the idea again."


@dataclass(frozen=True, slots=True)
class Sent:
    """The answer to a build that was sent. ``already`` marks one that had been sent before."""

    build: Build
    already: bool


def submit(db: Database, participant: ParticipantBadge, idea_id: UUID, draft: BuildDraft) -> Sent:
    """Add to an idea of another table. The same text sent again, even after a restart, is the same build.

    When there is no place for it (the step is over, a limit is reached) it is kept as a draft, and the refusal says
    why. One that was taken back returns when it is sent again; to join again in other words changes the words.
    """
    with db.writing() as session:
        view = turn.take(session, participant.workshop_id)
        author = idea_writing.person(session, participant)
        normal = rules.checked(draft)
        same = rows.by_text(session, author.id, idea_id, normal.kind, rules.text_hash(normal))
        if same is not None and same.withdrawn_at is None and _says(same, normal):
            draft_rows.discard(session, author.id, slot_of(idea_id))
            return Sent(same, already=True)
        refusal = _no_place(session, view, author, idea_id, more=same is None or same.withdrawn_at is not None)
        if refusal is None:
            build = (
                _add(session, view, author, idea_id, normal) if same is None else _again(session, view, same, normal)
            )
            draft_rows.discard(session, author.id, slot_of(idea_id))
            routing.mark_read(session, view, routing.holder_of(session, participant), idea_id)
            return Sent(build, already=False)
        draft_rows.keep(session, author.id, slot_of(idea_id), asdict(normal), at=clock.now())
    raise refusal


def revise(db: Database, writer: AuthorBadge, build_id: UUID, draft: BuildDraft, *, seen_version: int) -> Build:
    """Change the words of one's own build; its kind stays. ``seen_version`` is what the form was filled from."""
    with db.writing() as session:
        view = turn.take(session, writer.workshop_id)
        build = _own(session, view, writer, build_id)
        normal = rules.checked(replace(draft, kind=build.kind))
        if _says(build, normal):
            return build
        must_be_before_the_vote(view)
        if build.withdrawn_at is not None:
            raise Conflict("This was taken back. Send it again to bring it back.")
        if build.version != seen_version:
            raise Conflict(
                "This was changed on another device a moment ago. Read it as it is now, then change it again."
            )
        after = _with_text(build, normal)
        _save(session, view, after, verb="revise_build", details={"text": rules.text_hash(normal)})
        return after


def withdraw(db: Database, writer: AuthorBadge, build_id: UUID) -> Build:
    """Take one's own build back, until voting opens."""
    with db.writing() as session:
        view = turn.take(session, writer.workshop_id)
        build = _own(session, view, writer, build_id)
        if build.withdrawn_at is not None:
            return build
        must_be_before_the_vote(view)
        after = replace(build, withdrawn_at=clock.now())
        _save(session, view, after, verb="withdraw_build", details={})
        return after


def mine(db: Database, participant: ParticipantBadge) -> tuple[Build, ...]:
    """A person's own builds that were not taken back, also hidden ones, with the moderator's reason."""
    with db.reading() as session:
        own = rows.of_author(session, participant.participant_id)
        return tuple(build for build in own if build.withdrawn_at is None)


def hide(db: Database, moderator: ModeratorBadge, build_id: UUID, *, reason: str) -> Build:
    """Take a build off every screen but its author's, who reads the reason, and the moderator's."""
    why = required(reason, limit=REASON, what="reason")
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        build = _found(session, view, build_id)
        if build.hidden_reason == why:
            return build
        after = replace(build, hidden_at=build.hidden_at or clock.now(), hidden_reason=why)
        details = {"reason": fingerprint(why)}
        _save(session, view, after, verb="hide_build", details=details, actor=moderator.label)
        return after


def restore(db: Database, moderator: ModeratorBadge, build_id: UUID) -> Build:
    """Show a hidden build again."""
    with db.writing() as session:
        view = turn.take(session, moderator.workshop_id)
        build = _found(session, view, build_id)
        if build.hidden_at is None:
            return build
        after = replace(build, hidden_at=None, hidden_reason="")
        _save(session, view, after, verb="restore_build", details={}, actor=moderator.label)
        return after


def slot_of(idea_id: UUID) -> str:
    """Where the draft of a person's build on an idea is kept."""
    return f"build:{idea_id}"


def must_be_before_the_vote(view: WorkshopView) -> None:
    """Refuse once voting has opened: people gave dots to what they read."""
    if view.state.voting_opened_at is not None:
        raise NotAllowed("Voting has opened, so everything stays as people read it.")


def _no_place(
    session: Session, view: WorkshopView, author: Person, idea_id: UUID, *, more: bool
) -> WorkshopError | None:
    """Why this person cannot build on this idea now, or None."""
    try:
        routing.must_be_open(view)
        _must_be_dealt(session, view, author, idea_id)
    except WorkshopError as refusal:
        return refusal
    limit, own = view.event.limits.builds_per_person, rows.count_of_author(session, author.id)
    if more and own >= limit:
        return Conflict(
            f"You have sent {own} of {limit}. Your text is kept as a draft; take one of yours back to send it."
        )
    return None


def _must_be_dealt(session: Session, view: WorkshopView, author: Person, idea_id: UUID) -> None:
    idea = idea_writing.found(session, view, idea_id)
    if idea.author_id == author.id:
        raise NotAllowed("This is your own idea. Ask the others at your table to build on theirs, and you on others'.")
    if idea.standing is not Standing.PUBLISHED:
        raise Conflict("This idea is not on the board any more. Your text is kept as a draft.")
    if not any(row.idea == idea_id and row.hand for row in _hand(session, author)):
        raise NotFound(routing.NOT_DEALT)


def _hand(session: Session, author: Person) -> tuple[Dealt, ...]:
    if author.table_id is None:
        return dealt_rows.to_person(session, author.id)
    return dealt_rows.to_table(session, author.table_id)


def _add(session: Session, view: WorkshopView, author: Person, idea_id: UUID, draft: BuildDraft) -> Build:
    now = clock.now()
    build = Build(
        id=uuid4(),
        idea_id=idea_id,
        kind=draft.kind,
        text=draft.text,
        fix=draft.fix,
        side=author.side,
        author_id=author.id,
        table_id=author.table_id,
        created_at=now,
        late=permissions.builds_late(view.event, view.state, now),
    )
    rows.add(session, view.id, build, text_hash=rules.text_hash(draft))
    details = {"kind": draft.kind.value, "text": rules.text_hash(draft)}
    _tell(session, view, build, verb="build", details=details, actor=SOMEBODY)
    return build


def _again(session: Session, view: WorkshopView, build: Build, draft: BuildDraft) -> Build:
    """One that was taken back returns, and who joins in other words has changed the words."""
    after = replace(_with_text(build, draft), withdrawn_at=None)
    _save(session, view, after, verb="build", details={"kind": draft.kind.value, "text": rules.text_hash(draft)})
    return after


def _with_text(build: Build, draft: BuildDraft) -> Build:
    return replace(build, text=draft.text, fix=draft.fix, version=build.version + 1, edited_at=clock.now())


def _says(build: Build, draft: BuildDraft) -> bool:
    """Whether it says that already; of a text that was sent again only case and spaces may differ."""
    return fingerprint(build.text) == fingerprint(draft.text) and fingerprint(build.fix) == fingerprint(draft.fix)


def _own(session: Session, view: WorkshopView, writer: AuthorBadge, build_id: UUID) -> Build:
    build = _found(session, view, build_id)
    if build.author_id not in idea_writing.writer(session, writer).people:
        raise NotFound(GONE)
    return build


def _found(session: Session, view: WorkshopView, build_id: UUID) -> Build:
    build = rows.by_id(session, view.id, build_id)
    if build is None:
        raise NotFound(GONE)
    return build


def _save(
    session: Session,
    view: WorkshopView,
    build: Build,
    *,
    verb: str,
    details: Mapping[str, object],
    actor: str = SOMEBODY,
) -> None:
    rows.save(session, build)
    _tell(session, view, build, verb=verb, details=details, actor=actor)


def _tell(
    session: Session, view: WorkshopView, build: Build, *, verb: str, details: Mapping[str, object], actor: str
) -> None:
    """Log and announce it: to the tables that read the idea, and to those it comes from."""
    log_rows.record(session, view.id, actor=actor, verb=verb, subject=str(build.id), details=details, at=clock.now())
    announce(session, view.id, "builds", *routing.topics_of(session, view, build.idea_id))
    if not routing.is_open(view):
        announce(session, view.id, "board")  # whoever votes sees how much was added
