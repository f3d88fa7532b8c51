"""What the closing speaker may say: three minutes of plain sentences, each made of facts of the report.

One part per slide, in the order of the slides. A sentence without its facts is left out, so an early report has a short
text. The sentences themselves stand in `words`. What a person wrote on a slide stands in their place.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from workshop.domain.ranking import RankedIdea
from workshop.domain.report import Report
from workshop.domain.report_cards import ReportCard
from workshop.domain.speaker_note import SLIDES
from workshop.domain.text import normal, shorten
from workshop.reporting import facts, words
from workshop.reporting.words import brief_day, count, listed, people, quoted

WORDS_A_MINUTE = 130
_TOLD, _FEW = 3, 2
_LONGEST = 90
_TO_THE_ROOM = (words.SAID_ASK, words.SAID_THANKS)


def of(report: Report) -> dict[str, tuple[str, ...]]:
    """What is said, by key of the slide: what a person wrote, else the sentences made from the facts."""
    return {key: tuple(map(normal, report.notes.get(key, ()))) or made for key, made in _made(report).items()}


def paragraphs(report: Report) -> tuple[str, ...]:
    """The whole text, a paragraph per slide that has one."""
    return tuple(" ".join(sentences) for sentences in of(report).values() if sentences)


def summary(report: Report) -> tuple[str, ...]:
    """The text made from the facts, to read: without what only a speaker says, whatever a person wrote for them."""
    parts = (
        " ".join(sentence for sentence in sentences if sentence not in _TO_THE_ROOM)
        for sentences in _made(report).values()
    )
    return tuple(filter(None, parts))


def minutes(text: tuple[str, ...]) -> float:
    """How long it takes to say, at a calm pace."""
    return sum(len(paragraph.split()) for paragraph in text) / WORDS_A_MINUTE


def _made(report: Report) -> dict[str, tuple[str, ...]]:
    parts = (
        *(_numbers(report), _map(report), _themes(report), _orders(report)),
        *(_ratings(report), _consortia(report), _commitments(report), _afternoon(report)),
    )
    return {
        key: tuple(normal(sentence) for sentence in sentences) for key, sentences in zip(SLIDES, parts, strict=True)
    }


def _numbers(report: Report) -> Iterator[str]:
    yield words.SAID_ROOM.format(
        people=people(len(report.participants)), sides=facts.by_side(report, facts.people_by_side(report))
    )
    organisations = {one.organisation for one in report.participants if one.organisation}
    if organisations:
        yield words.SAID_ORGANISATIONS.format(count(len(organisations), words.AN_ORGANISATION))
    if report.ideas:
        shared = sum(idea.published for idea in report.ideas)
        yield words.SAID_IDEAS.format(count(len(report.ideas), words.AN_IDEA), shared)
    builds = sum(len(idea.builds) for idea in report.ideas)
    if builds:
        yield words.SAID_BUILDS.format(count(builds, words.A_TIME))


def _map(report: Report) -> Iterator[str]:
    themes = facts.themes_by_size(report)
    if not themes:
        return
    named = [f"“{theme.name}” with {count(len(theme.ideas), 'idea')}" for theme in themes[:_TOLD]]
    yield words.SAID_THEMES.format(themes=count(len(themes), words.A_THEME), named=listed(named))
    alone = facts.alone(report)
    if alone:
        yield words.SAID_ALONE if len(alone) == 1 else words.SAID_WITHOUT_THEME.format(count(len(alone), words.AN_IDEA))


def _themes(report: Report) -> Iterator[str]:
    shared = [theme for theme in report.themes if all(facts.ideas_by_side(report, theme).values())]
    if report.themes and len(report.event.sides) > 1:
        yield words.SAID_THEMES_OF_ALL.format(len(shared), len(report.themes))


def _orders(report: Report) -> Iterator[str]:
    if report.ranking is None:
        return
    voted, of = sum(one.voted for one in report.turnout), sum(one.of for one in report.turnout)
    yield words.SAID_TURNOUT.format(voted, of)
    titles = facts.titles(report)
    both = [idea for idea in report.ranking.two_sided if idea.balanced and idea.number in titles]
    dots = [idea for idea in report.ranking.by_dots if idea.total_dots and idea.number in titles]
    if both:
        first = both[0]
        yield words.SAID_FIRST.format(_idea(titles, first), facts.supporters(report, first))
    if both[1:_TOLD]:
        yield words.SAID_NEXT.format(listed([_idea(titles, idea) for idea in both[1:_TOLD]]))
    if dots and both:
        same = dots[0].number == both[0].number
        yield words.SAID_SAME_BY_DOTS if same else words.SAID_OTHER_BY_DOTS.format(_idea(titles, dots[0]))
    divided = report.opinions.divided[:1] if report.opinions else ()
    for each in divided:
        yield words.SAID_DIVIDED.format(_idea(titles, each.idea), facts.supporters(report, each.idea))


def _ratings(report: Report) -> Iterator[str]:
    titles = facts.titles(report)
    found = [idea for idea in report.ratings or () if idea.impact and idea.feasibility and idea.number in titles]
    if not found:
        return
    yield words.SAID_RATED.format(count(len(found), words.AN_IDEA))
    best = max(found, key=lambda idea: (idea.promise, -idea.number))
    yield words.SAID_PROMISE.format(quoted(best.number, titles[best.number]), best.raters)


def _consortia(report: Report) -> Iterator[str]:
    if not report.cards:
        return
    ready = [card for card in report.cards if card.ready]
    yield words.SAID_GO_ON.format(
        count(len(report.cards), words.AN_IDEA), verb=words.GOES if len(report.cards) == 1 else words.GO
    )
    yield words.SAID_READY.format(ready=len(ready), of=len(report.cards))
    for card in ready[:_FEW]:
        yield words.SAID_PLAN.format(
            quoted(card.number, card.title), shorten(card.next_step, _LONGEST).rstrip("."), _by(card)
        )
    waiting = [card for card in report.cards if not card.ready]
    for card in islice(waiting, _FEW):
        yield words.SAID_WAITS.format(quoted(card.number, card.title), listed(card.missing[:_TOLD]))
    if waiting:
        yield words.SAID_ASK


def _commitments(report: Report) -> Iterator[str]:
    found = facts.commitments(report)
    if found:
        persons = {(one.member.name, one.member.organisation, one.member.side) for one in found}
        yield words.SAID_PROMISED.format(people(len(persons)), count(len(found), words.A_ROLE))
    for each in found[:_FEW]:
        yield words.SAID_PERSON.format(facts.who(each.member), facts.role(report, each.member), each.card.title)
    if len(found) > _FEW:
        yield words.SAID_AND_OTHERS


def _afternoon(report: Report) -> Iterator[str]:
    later = facts.later_today(report)
    if later:
        yield words.SAID_LATER.format(
            listed([words.AT_TIME.format(item.title, f"{item.starts:%H:%M}") for item in later[:_TOLD]])
        )
    if report.session and report.session.people_with_wishes:
        yield words.WISHED.format(people(report.session.people_with_wishes))
    yield words.SAID_THANKS


def _idea(titles: dict[int, str], idea: RankedIdea) -> str:
    return quoted(idea.number, titles[idea.number])


def _by(card: ReportCard) -> str:
    return brief_day(card.due) if card.due else ""
