"""What people write in the steps around the ideas, hostile text by hostile text, and how every screen shows it.

Texts come in rounds through the services, as many at once as a screen shows; then all screens are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from playwright.sync_api import expect

from tests.browser.backstage import Backstage
from tests.browser.hostile import SHAPE, VISITOR, fitted, titled
from tests.browser.letters import cards, fits, inside, says, texts_of
from tests.browser.screens import SECONDS, Desk, Phone, Wall
from workshop.domain.build import TEXT, BuildDraft, BuildKind
from workshop.domain.consortium import NEXT_STEP, Card, Member, Role
from workshop.domain.event import Event, StepKind
from workshop.domain.idea import TITLE, ShownIdea
from workshop.domain.introduction import LINE, PLACE, Introduction, LineKind
from workshop.domain.pitch import Help
from workshop.domain.text import shorten
from workshop.services import (
    build_desk,
    builds,
    commitments,
    consortium,
    going_on,
    introductions,
    people,
    pitches,
    wall_control,
    wall_pictures,
    workshops,
)
from workshop.services import phone as phones
from workshop.services.access import ParticipantBadge
from workshop.services.shown_people import ShownLine
from workshop.services.wall_pictures import Picture

Crowd = Sequence[ParticipantBadge]

_LINES_OF_THE_DESK, _LINES_OF_A_PERSON = 40, 10
_BUILDS_OF_THE_DESK = 20
_CARDS = 8
_DUE = date(2099, 6, 1)
_KINDS = {BuildKind.IMPROVE: "Improve", BuildKind.OFFER: "Offer", BuildKind.CONCERN: "Concern", BuildKind.JOIN: "Join"}


def people_introduce_themselves(
    screens: tuple[Phone, Wall, Desk], crew: Backstage, crowd: Crowd, texts: Sequence[str]
) -> None:
    """Offers, needs and places: the newest on the wall, forty at the desk, one's own in the fields of the phone."""
    phone, wall, desk = screens
    crew.opens(StepKind.WARM_UP)
    event = workshops.of(crew.db, crew.moderator).event
    desk.looks_at("Offers")
    for start in range(0, len(texts), _LINES_OF_THE_DESK):
        for at in range(start, min(start + _LINES_OF_THE_DESK, len(texts)), _LINES_OF_A_PERSON):
            lines = [fitted(text, LINE, lines=False) for text in texts[at : at + _LINES_OF_A_PERSON]]
            said = Introduction(tuple(lines[::2]), tuple(lines[1::2]), fitted(texts[at], PLACE, lines=False))
            introductions.say(crew.db, crowd[at // _LINES_OF_A_PERSON], said)
        told = [each.line for each in introductions.lines(crew.db, crew.moderator)]
        says(desk, "p.rt-idea-line:has(.rt-shape)", [_told(event, line) for line in told[:_LINES_OF_THE_DESK]])
        inside(desk, cards(desk, "p.rt-idea-line", "b"))
        newest = [[line.text for line in told if line.kind is kind][:3] for kind in (LineKind.OFFER, LineKind.NEED)]
        says(wall, ".rt-here-line:not(.rt-here-quiet) span", [*newest[0], *newest[1]])
        inside(wall, cards(wall, ".rt-here-line"))
        fits(wall)
    mine = introductions.say(
        crew.db, crew.person(VISITOR), Introduction(tuple(map(_line, SHAPE[:3])), (_line(SHAPE[3]),))
    )
    phone.reloads()
    says(phone, ".introduction textarea", [*mine.said.offers, *mine.said.needs])
    inside(phone, cards(phone, ".introduction"))


def tables_build_on_ideas(
    screens: tuple[Phone, Wall, Desk], crew: Backstage, crowd: Crowd, texts: Sequence[str]
) -> None:
    """Improvements, offers and concerns with their fixes, joined to ideas of other tables."""
    phone, wall, desk = screens
    crew.opens(StepKind.BUILD)
    desk.looks_at("Builds")
    for start in range(0, len(texts), _BUILDS_OF_THE_DESK):
        for place in range(start, min(start + _BUILDS_OF_THE_DESK, len(texts))):
            _adds(crew, crowd[place % len(crowd)], place, texts)
        seen = build_desk.look(crew.db, crew.moderator)
        assert seen is not None
        newest = seen.builds[:_BUILDS_OF_THE_DESK]
        says(desk, ".rt-flag + .rt-idea-pitch", [each.build.text or "Would join." for each in newest])
        says(
            desk,
            ".rt-idea-pitch + .rt-idea-line",
            [f"Proposed fix {each.build.fix}" for each in newest if each.build.fix],
        )
        inside(desk, cards(desk, ".rt-flag, .rt-idea-pitch, .rt-idea-line"))
        says(
            wall,
            ".rt-newest li",
            [
                f"{_KINDS[each.build.kind]} #{each.number} {shorten(each.build.text or 'Would join.', 90)}"
                for each in newest[:2]
            ],
        )
        fits(wall)
    _at_the_table(phone, crew)


def ideas_become_cards(phone: Phone, wall: Wall, crew: Backstage, crowd: Crowd, texts: Sequence[str]) -> None:
    """Eight cards at a time, each with a lead of both sides, a next step and a date; the widest titles come last."""
    crew.opens(StepKind.CONSORTIUM)
    for eight in _by_eight(crew.board()):
        going = going_on.choice(crew.db, crew.moderator)
        for version, idea in enumerate(going.picked, start=going.going_on.version):
            going_on.drop(crew.db, crew.moderator, idea.id, seen=version)
        for idea in eight:
            now = going_on.choice(crew.db, crew.moderator).going_on.version
            going_on.pick(crew.db, crew.moderator, idea.id, seen=now)
            for badge in crowd[idea.number % 5 : idea.number % 5 + 2]:
                consortium.join(crew.db, badge, idea.id, Role.LEAD)
            step = titled(texts[-idea.number % len(texts)], NEXT_STEP)
            consortium.plan(crew.db, crew.moderator, idea.id, next_step=step, due=_DUE, seen=0)
        says(wall, ".rt-consortium p", [idea.title for idea in eight])
        inside(wall, cards(wall, ".rt-consortium"))
        fits(wall)
        shown = pitches.stage(crew.db, crew.moderator).cards
        says(phone, ".consortium .title", [card.title for card in shown])
        says(phone, ".consortium .next", [f"{card.plan.next_step} · by {_DUE}" for card in shown])
        inside(phone, cards(phone, ".card"))
    for card in shown:  # a phone asks for what its person has taken on when the next step opens
        consortium.join(crew.db, crew.person(VISITOR), card.idea_id, Role.PARTNER)


def cards_are_pitched(screens: tuple[Phone, Wall, Desk], crew: Backstage, crowd: Crowd) -> None:
    """Each of the widest cards fills the wall; then it stays there, held, while the next step is open."""
    phone, wall, desk = screens
    crew.opens(StepKind.PITCH)
    stage = pitches.stage(crew.db, crew.moderator)
    for card in stage.cards:
        seen = pitches.stage(crew.db, crew.moderator).state.version
        pitches.show(crew.db, crew.moderator, card.idea_id, seen=seen)
        for badge in crowd[:4]:
            pitches.offer(crew.db, badge, card.idea_id, Help.FUND, offered=True)
        says(wall, ".rt-big h2", [card.title])
        says(wall, ".rt-next", [f"{shorten(card.plan.next_step, 90)} · by {_DUE}"])
        inside(wall, cards(wall, ".rt-big"))
        fits(wall)
        says(phone, "article.card .title", [card.title])
        inside(phone, cards(phone, "article.card"))
    desk.looks_at("Consortium")
    says(desk, "h2.rt-lead", [f"#{stage.cards[-1].number} {stage.cards[-1].title}"])
    inside(desk, cards(desk, ".rt-idea-line, article.rt-idea"))
    wall_control.hold(crew.db, crew.moderator, seen=wall_control.current(crew.db, crew.moderator).control.version)
    crew.opens(StepKind.COMMIT)
    says(wall, ".rt-big h2", [stage.cards[-1].title])


def ideas_fill_the_wall(wall: Wall, desk: Desk, crew: Backstage) -> None:
    """The spotlight on each of the widest ideas; the desk says what the wall shows."""
    for idea in _by_eight(crew.board())[-1]:
        seen = wall_control.current(crew.db, crew.moderator).control.version
        wall_control.spotlight(crew.db, crew.moderator, idea.id, seen=seen)
        says(wall, ".rt-spotlight h2", [idea.title])
        inside(wall, cards(wall, ".rt-spotlight"))
        fits(wall)
    desk.page.wait_for_function(
        "(title) => document.querySelector('.rt-wall-now').textContent.includes(title)", arg=idea.title
    )
    now = wall_control.current(crew.db, crew.moderator).control.version
    wall_control.spotlight(crew.db, crew.moderator, None, seen=now)
    wall_control.let_go(crew.db, crew.moderator, seen=now + 1)


def people_commit(screens: tuple[Phone, Wall, Desk], crew: Backstage, crowd: Crowd, texts: Sequence[str]) -> None:
    """Names beside roles, wishes for organisations, and comments on the session."""
    phone, wall, desk = screens
    stage = pitches.stage(crew.db, crew.moderator)
    by_id = {badge.participant_id: badge for badge in crowd}
    for card in stage.cards:
        for member in _leads(card):
            commitments.confirm(crew.db, by_id[member.participant_id], card.idea_id, confirmed=True)
    says(wall, ".rt-person b", [member.name for card in stage.cards for member in _leads(card)])
    inside(wall, cards(wall, ".rt-committed"))
    fits(wall)
    says(phone, ".card[data-key] > .head > .title", [card.title for card in stage.cards])
    inside(phone, cards(phone, ".card"))
    others = {person.organisation for person in people.roster(crew.db, crew.organiser) if person.side == "us"}
    wished = texts_of(phone, ".wishes button")
    assert wished
    assert set(wished) <= others
    inside(phone, cards(phone, ".wishes"))
    for start in range(0, len(texts), len(crowd)):
        for place, badge in enumerate(crowd):
            comment = fitted(texts[(start + place) % len(texts)], commitments.COMMENT)
            commitments.rate(crew.db, badge, stars=1 + place % 5, comment=comment)
        ratings = commitments.session(crew.db, crew.moderator).ratings
        desk.opens_the_box(f"Comments: {sum(bool(each.comment) for each in ratings)}")
        says(desk, "details:has(p.rt-hint) p.rt-hint", [each.comment for each in ratings if each.comment])
        inside(desk, cards(desk, "details p.rt-hint"))


def results_are_drawn(wall: Wall, crew: Backstage) -> None:
    """The bridge of the sides, whose titles are drawn, not set."""
    wall_pictures.choose(crew.db, crew.moderator, Picture.BRIDGE)
    picture = wall.page.locator(".st-key-wall_picture svg[role=img]")
    picture.wait_for()
    assert picture.locator(":is(a, image, foreignObject, script)").count() == 0
    fits(wall)


def the_room_closes(phone: Phone, wall: Wall, crew: Backstage) -> None:
    """The take-away of somebody who is on all cards."""
    crew.opens(StepKind.CLOSING)
    phone.sees("Your take-away, to read here or to keep.")  # the step before shows the same cards
    stage = pitches.stage(crew.db, crew.moderator)
    says(phone, ".card > .head > .title", [card.title for card in stage.cards])
    inside(phone, cards(phone, ".card"))
    inside(wall, cards(wall, ".rt-committed"))
    fits(wall)


def _adds(crew: Backstage, person: ParticipantBadge, place: int, texts: Sequence[str]) -> None:
    """One of the four kinds in turn, on something that the table was dealt."""
    hand = phones.hand(crew.db, person)
    dealt = [*hand["ideas"], *hand["earlier"]]
    kind = list(BuildKind)[place % 4]
    fix = titled(texts[-place - 1], TEXT) if kind is BuildKind.CONCERN else ""
    builds.submit(crew.db, person, dealt[place % len(dealt)]["id"], BuildDraft(kind, titled(texts[place], TEXT), fix))


def _at_the_table(phone: Phone, crew: Backstage) -> None:
    """What others added to the ideas that this phone reads, and to those of its table."""
    hand = phones.hand(crew.db, crew.person(VISITOR))
    wanted = {f"#{idea['number']}": idea["builds"] for idea in [*hand["ideas"], *hand["earlier"], *hand["received"]]}
    lines = [build for those in wanted.values() for build in those]
    assert len(lines) >= _CARDS
    expect(phone.page.locator(".card .words")).to_have_count(len(lines), timeout=30 * SECONDS)
    shown = cards(phone, ".card", ".number", ".words", ".fix")
    assert {card["texts"][0] for card in shown} == set(wanted)
    for card in shown:
        those = wanted[card["texts"][0]]
        assert card["texts"][1] == "|".join(build["text"] or "Would join." for build in those)
        assert card["texts"][2] == "|".join(f"Proposed fix: {build['fix']}" if build["fix"] else "" for build in those)
    inside(phone, shown)


def _by_eight(board: Sequence[ShownIdea]) -> list[Sequence[ShownIdea]]:
    """The whole board; its last eight are the widest there are."""
    wide = [titled(text, TITLE) for text in SHAPE]
    widest = [idea for idea in board if idea.title in wide][:_CARDS]
    rest = [idea for idea in board if idea not in widest]
    return [*(rest[at : at + _CARDS] for at in range(0, len(rest), _CARDS)), widest]


def _told(event: Event, line: ShownLine) -> str:
    verb = "offers" if line.kind is LineKind.OFFER else "looks for"
    return f"{event.side(line.side).short} {verb} {line.text} {line.credit.line}"


def _leads(card: Card) -> list[Member]:
    return [member for member in card.members if member.role is Role.LEAD]


def _line(text: str) -> str:
    return fitted(text, LINE, lines=False)
