"""The JSON routes of phones and tablets: what is tapped often must not rerun a page.

Each of them says what shall be true ("this person gives this idea two dots"), so sending it again changes nothing, and
answers with the new state. Who asks is read from the cookie; ``person`` matters on a tablet only.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.domain.build import BuildDraft, BuildKind
from workshop.domain.idea import IdeaDraft, draft_from
from workshop.errors import Invalid
from workshop.services import builds, drafts, flags, ideas, installation, phone, readiness, routing, votes
from workshop.storage import Database
from workshop.web import asked, calling, consortium_api, hints, introductions, ratings
from workshop.web.answers import guarded

Answer = dict[str, Any]


def routes() -> list[Route]:
    """All of them. A draft is also taken by POST: that is what a page can still send while it is being closed."""
    return [
        Route("/live/me", me),
        Route("/live/ballot", ballot),
        Route("/live/vote", vote, methods=["POST"]),
        Route("/live/ready", ready, methods=["POST"]),
        Route("/live/flag", flag, methods=["POST"]),
        Route("/live/idea", idea),
        Route("/live/idea", send_idea, methods=["POST"]),
        Route("/live/hand", hand),
        Route("/live/read", read, methods=["POST"]),
        Route("/live/more", more, methods=["POST"]),
        Route("/live/build", build, methods=["POST"]),
        Route("/live/take_back", take_back, methods=["POST"]),
        Route("/live/publish", publish, methods=["POST"]),
        Route("/live/withdraw", withdraw, methods=["POST"]),
        Route("/live/draft", draft),
        Route("/live/draft", keep_draft, methods=["PUT", "POST"]),
        *introductions.routes(),
        *ratings.routes(),
        *consortium_api.routes(),
        *hints.routes(),
    ]


@guarded
async def me(request: Request) -> Response:
    """Who acts on this device, with their own ideas."""
    sent = calling.query(request)
    return await calling.answer(lambda: phone.me(installation.current().db, calling.pen(request, sent)))


@guarded
async def ballot(request: Request) -> Response:
    """A person's ballot: the order of the ideas by id, and the dots given. The ideas themselves are the board's."""
    sent = calling.query(request)

    def read() -> Answer:
        own = votes.ballot(installation.current().db, calling.person(request, sent))
        return {"order": [idea.id for idea in own.ideas], **_given(own)}

    return await calling.answer(read)


@guarded
async def vote(request: Request) -> Response:
    """Give an idea so many dots; answers with all that this person has given."""
    kinds = {"code": asked.text, "idea": asked.identity, "dots": asked.number}
    sent = await asked.body(request, kinds, calling.WHO)

    def cast() -> Answer:
        voter = calling.person(request, sent)
        return _given(votes.cast(installation.current().db, voter, sent["idea"], dots=sent["dots"]))

    return await calling.answer(cast)


@guarded
async def ready(request: Request) -> Response:
    """Say that one is ready in a step, or not; answers with who acts here. A tablet speaks for everybody around it."""
    kinds = {"code": asked.text, "step": asked.text, "ready": asked.yes_or_no}
    sent = await asked.body(request, kinds, calling.WHO)

    def say() -> Answer:
        db, pen = installation.current().db, calling.pen(request, sent)
        readiness.say(db, pen, sent["step"], ready=sent["ready"])
        return phone.me(db, pen)

    return await calling.answer(say)


@guarded
async def flag(request: Request) -> Response:
    """Say that an idea is in the wrong theme, or not; answers with who acts here. A tablet speaks for all around it."""
    kinds = {"code": asked.text, "idea": asked.number, "theme": asked.text, "flagged": asked.yes_or_no}
    sent = await asked.body(request, kinds, calling.WHO)

    def say() -> Answer:
        db, pen = installation.current().db, calling.pen(request, sent)
        flags.say(db, pen, sent["idea"], sent["theme"], flagged=sent["flagged"])
        return phone.me(db, pen)

    return await calling.answer(say)


@guarded
async def idea(request: Request) -> Response:
    """An idea as its text stands now, for whoever may change it: with the names of the fields that they may change."""
    sent = calling.query(request, {"idea": asked.identity})

    def read() -> Answer:
        found, fields = ideas.to_change(installation.current().db, calling.device(request, sent), sent["idea"])
        text = found.draft.as_fields()
        return {"number": found.number, "version": found.version, "fields": sorted(fields), "text": text}

    return await calling.answer(read)


@guarded
async def send_idea(request: Request) -> Response:
    """Send a new idea, or change the one that is named; answers with its number and who acts here.

    The same text sent again is the same idea. A text that finds no place is kept as a draft in its ``slot``.
    """
    kinds = {"code": asked.text, "slot": asked.text, "text": asked.form}
    sent = await asked.body(request, kinds, {**calling.WHO, "idea": asked.identity, "version": asked.number})

    def send() -> Answer:
        db, text = installation.current().db, draft_from(sent["text"])
        if sent["idea"] is None:
            answer = _saved(ideas.submit(db, calling.person(request, sent), text, slot=sent["slot"]))
        else:
            answer = _changed(db, request, sent, text)
        return answer | {"me": phone.me(db, calling.device(request, sent))}

    return await calling.answer(send)


@guarded
async def hand(request: Request) -> Response:
    """The ideas that this table has to read, or this person without a table."""
    sent = calling.query(request)
    return await calling.answer(lambda: phone.hand(installation.current().db, calling.pen(request, sent)))


@guarded
async def read(request: Request) -> Response:
    """Say that one's table has read an idea; answers with its hand."""
    sent = await asked.body(request, {"code": asked.text, "idea": asked.identity}, calling.WHO)

    def say() -> Answer:
        db, pen = installation.current().db, calling.pen(request, sent)
        routing.read(db, pen, sent["idea"])
        return phone.hand(db, pen)

    return await calling.answer(say)


@guarded
async def more(request: Request) -> Response:
    """Ask for a further hand when everything is read; answers with it."""
    sent = await asked.body(request, {"code": asked.text}, calling.WHO)

    def ask() -> Answer:
        db, pen = installation.current().db, calling.pen(request, sent)
        routing.more(db, pen)
        return phone.hand(db, pen)

    return await calling.answer(ask)


@guarded
async def build(request: Request) -> Response:
    """Add to an idea, or change one's own words on it (``build`` and the ``version`` that was seen)."""
    kinds = {"code": asked.text, "idea": asked.identity, "kind": _kind, "text": asked.text, "fix": asked.text}
    sent = await asked.body(request, kinds, {**calling.WHO, "build": asked.identity, "version": asked.number})

    def send() -> Answer:
        db, author = installation.current().db, calling.person(request, sent)
        draft = BuildDraft(sent["kind"], sent["text"], sent["fix"])
        if sent["build"] is None:
            builds.submit(db, author, sent["idea"], draft)
        else:
            builds.revise(db, author, sent["build"], draft, seen_version=sent["version"] or 0)
        return _after_building(request, sent)

    return await calling.answer(send)


@guarded
async def take_back(request: Request) -> Response:
    """Take an own build back."""
    sent = await asked.body(request, {"code": asked.text, "build": asked.identity}, calling.WHO)

    def withdraw() -> Answer:
        builds.withdraw(installation.current().db, calling.person(request, sent), sent["build"])
        return _after_building(request, sent)

    return await calling.answer(withdraw)


@guarded
async def publish(request: Request) -> Response:
    """Put an idea of the table on the board, or take it off; answers with the table's ideas."""
    kinds = {"code": asked.text, "idea": asked.identity, "published": asked.yes_or_no}
    sent = await asked.body(request, kinds, calling.WHO)

    def put() -> Answer:
        db, pen = installation.current().db, calling.pen(request, sent)
        ideas.publish(db, pen, sent["idea"], published=sent["published"])
        return phone.table(db, pen)

    return await calling.answer(put)


@guarded
async def withdraw(request: Request) -> Response:
    """Take back an own idea; answers with who acts here and what they have."""
    sent = await asked.body(request, {"code": asked.text, "idea": asked.identity}, calling.WHO)

    def take_back() -> Answer:
        db, pen = installation.current().db, calling.pen(request, sent)
        ideas.withdraw(db, pen, sent["idea"])
        return phone.me(db, pen)

    return await calling.answer(take_back)


@guarded
async def draft(request: Request) -> Response:
    """What was being typed in a form; null when nothing was kept."""
    sent = calling.query(request, {"slot": asked.text})
    return await calling.answer(
        lambda: {"body": drafts.read(installation.current().db, calling.person(request, sent), sent["slot"])}
    )


@guarded
async def keep_draft(request: Request) -> Response:
    """Keep what is being typed; without a body, throw it away."""
    kinds = {"code": asked.text, "slot": asked.text}
    sent = await asked.body(request, kinds, {**calling.WHO, "body": asked.form})

    def keep() -> Answer:
        db, writer = installation.current().db, calling.person(request, sent)
        if sent["body"] is None:
            drafts.discard(db, writer, sent["slot"])
        else:
            drafts.keep(db, writer, sent["slot"], sent["body"])
        return {"kept": sent["body"] is not None}

    return await calling.answer(keep)


def _kind(value: object) -> BuildKind:
    return BuildKind(asked.text(value))


def _after_building(request: Request, sent: Answer) -> Answer:
    """The hand, and who acts on this device: at a tablet everybody around it, whoever wrote."""
    db = installation.current().db
    pen = calling.device(request, sent)
    return {"hand": phone.hand(db, pen), "me": phone.me(db, pen)}


def _saved(saved: ideas.Saved) -> Answer:
    sent, limit = saved.of_limit
    return {"number": saved.idea.number, "sent": sent, "limit": limit, "late": saved.late}


def _changed(db: Database, request: Request, sent: Answer, text: IdeaDraft) -> Answer:
    """The version says from which text the form was filled: whatever came in between is not written over."""
    if sent["version"] is None:
        raise Invalid("“version” is missing. Please reload the page.")
    changed = ideas.revise(db, calling.device(request, sent), sent["idea"], text, seen_version=sent["version"])
    drafts.discard(db, calling.person(request, sent), sent["slot"])
    return {"number": changed.number, "version": changed.version}


def _given(given: votes.Given) -> Answer:
    return {
        "dots": {str(idea): dots for idea, dots in given.dots.items()},
        "by_number": given.by_number,
        "used": given.used,
        "budget": given.budget,
        "cap": given.cap,
        "open": given.open,
    }
