"""Ideas: written, changed, published, withdrawn; and what is being typed, kept."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from workshop.domain.idea import IdeaDraft, draft_from
from workshop.errors import Invalid
from workshop.services import drafts, ideas, installation, phone
from workshop.storage import Database
from workshop.web import asked
from workshop.web.answers import guarded
from workshop.web.calls import calling
from workshop.web.calls.calling import Answer


def routes() -> list[Route]:
    return [
        Route("/live/idea", idea),
        Route("/live/idea", send_idea, methods=["POST"]),
        Route("/live/publish", publish, methods=["POST"]),
        Route("/live/withdraw", withdraw, methods=["POST"]),
        Route("/live/draft", draft),
        Route("/live/draft", keep_draft, methods=["PUT", "POST"]),
    ]


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
async def publish(request: Request) -> Response:
    """Put an idea of the table on the board, or take it off; answers with the table's ideas."""
    kinds = {"code": asked.text, "idea": asked.identity, "published": asked.yes_or_no}
    sent = await asked.body(request, kinds, calling.WHO)
    return await calling.done(
        request, sent, lambda db, pen: ideas.publish(db, pen, sent["idea"], published=sent["published"]), phone.table
    )


@guarded
async def withdraw(request: Request) -> Response:
    """Take back an own idea; answers with who acts here and what they have."""
    sent = await asked.body(request, {"code": asked.text, "idea": asked.identity}, calling.WHO)
    return await calling.done(request, sent, lambda db, pen: ideas.withdraw(db, pen, sent["idea"]), phone.me)


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
