"""Invented rooms of any size as reports: the same arguments always give the same report."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from math import cos, pi, sin
from random import Random
from uuid import UUID

from workshop.domain.consortium import Role
from workshop.domain.credit import Credit
from workshop.domain.event import (
    SHAPES,
    AgendaItem,
    Anonymity,
    Event,
    Limits,
    Prompt,
    Sector,
    Side,
    Step,
    StepKind,
    Venue,
)
from workshop.domain.hand_count import CountedByHand
from workshop.domain.introduction import LineKind, ShownLine
from workshop.domain.opinion import too_few
from workshop.domain.ranking import IdeaVotes, Ranking, rank
from workshop.domain.rating import RatedIdea, Said, rated_ideas
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
from workshop.domain.report_cards import ReportCard, ReportMember, ReportSession

EU = Side("eu", "European Union", "EU", "#0072B2", "circle")
US = Side("us", "United States", "US", "#D55E00", "square")
CH = Side("ch", "Switzerland", "CH", "#009E73", "triangle")
SECTORS = tuple(
    Sector(key, name)
    for key, name in {
        "energy": "Clean energy",
        "cleantech": "Clean tech",
        "cities": "Smart cities",
        "mobility": "E-mobility",
        "materials": "Advanced materials",
    }.items()
)
SUBJECTS = (
    "hydrogen corridor", "battery recycling", "district heating", "offshore wind service", "port electrification",
    "water reuse", "charging for heavy trucks", "low-carbon cement", "grid storage", "building retrofit",
    "digital twins of harbours", "power-to-X training",
)  # fmt: skip
FORMS = (
    "Joint test bed for {}", "A shared map of suppliers in {}", "Exchange of young engineers in {}",
    "One voucher for first projects in {}", "Common standards group on {}", "Twin demonstration sites for {}",
)  # fmt: skip
THEMES = (
    ("Test beds and demonstration sites", "#332288"), ("Suppliers - supply chains", "#117733"),
    ("Skills and exchange of people", "#AA4499"), ("First money for small projects", "#999933"),
    ("Standards - permits", "#88CCEE"),
)  # fmt: skip


def an_event(*sides: Side) -> Event:
    return Event(
        key="harbour-2018",
        name="EU-US Cluster Roundtable for knowledge exchange",
        title="Building New Transatlantic Cluster Collaborations",
        host="Cluster Excellence Denmark",
        venue=Venue("BLOX", "Bryghusgade 8", "Copenhagen", "Denmark", 55.6721, 12.5787),
        time_zone="Europe/Copenhagen",
        date=date(2018, 11, 7),
        starts=time(11, 0),
        ends=time(12, 20),
        languages=("en",),
        sides=sides or (EU, US),
        sectors=SECTORS,
        tables=tuple(f"Table {number}" for number in range(1, 13)),
        organisations=(),
        prompts=(
            Prompt(StepKind.WRITE, "What could we do together that neither side can do alone?"),
            Prompt(StepKind.SHARE, "Who has to be at the table for this to start next month?"),
        ),
        agenda=(
            AgendaItem(time(8, 30), time(9, 0), "Registration and networking coffee", ()),
            AgendaItem(time(11, 0), time(12, 20), "Co-creation: new transatlantic collaborations", ("The hosts",)),
            AgendaItem(time(12, 20), None, "Summary and closing remarks", ("Closing speaker",)),
        ),
        run_of_show=(Step("closing", StepKind.CLOSING, "Closing", "Take your sheet along.", "Thank you", 0, 0),),
        limits=Limits(1000, 120, 10, 3, 12, 3, 5, 2, 60),
        anonymity=Anonymity.NAMED,
        retention_days=30,
        consent="Your name stands beside your commitments.",
    )


def a_report(
    ideas: int = 20,
    people: int = 60,
    *,
    anonymity: Anonymity = Anonymity.NAMED,
    revealed: bool = True,
    sides: tuple[Side, ...] = (EU, US),
) -> Report:
    """A room of this size at 12:17, three minutes before the closing: for the same arguments the same value."""
    return _a_room(ideas, people, anonymity, revealed, sides)


@cache
def _a_room(ideas: int, people: int, anonymity: Anonymity, revealed: bool, sides: tuple[Side, ...]) -> Report:
    chance = Random(f"{ideas} {people}")  # the same invented room every time
    persons = [_a_person(chance, number, sides) for number in range(people)]
    written = [_an_idea(chance, number, persons) for number in range(1, ideas + 1)]
    turnout = tuple(_turnout(persons, side) for side in sides)
    return Report(
        event=an_event(*sides),
        code="K7QF3M",
        compiled_at=datetime(2018, 11, 7, 11, 17, 8, tzinfo=UTC),
        step="Closing",
        anonymity=anonymity,
        rehearsal=False,
        log_head="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        participants=participants_at(anonymity, persons),
        turnout=turnout,
        ideas=ideas_at(anonymity, written),
        themes=_themes(ideas),
        places={number: _a_place(number) for number in range(1, ideas + 1)},
        draft_themes=ideas < 30,
        ranking=_votes(chance, written, turnout) if revealed else None,
        groups=too_few(3) if revealed else None,
        ratings=_ratings(ideas) if revealed else None,
        lines=lines_at(anonymity, map(_a_line, persons)),
        origins=(Origin("Denmark", people // 2), Origin("Ohio", 3)),
    )


def _a_person(chance: Random, number: int, sides: tuple[Side, ...]) -> ReportParticipant:
    return ReportParticipant(
        side=sides[0 if number % 5 else 1 % len(sides) + (number // 5) % max(1, len(sides) - 1)].key,
        sectors=tuple(sector.key for sector in chance.sample(SECTORS, chance.randint(1, 2))),
        table=f"Table {number % 12 + 1}",
        name=f"{chance.choice(('Anna', 'Søren', 'Łukasz', 'Eva', 'Ben', 'María', 'Jörg', 'Grace'))} "
        f"{chance.choice(('Berg', 'Ødegaard', 'Novák', 'Silva', 'Okafor', 'Müller', 'Hansen', 'Smith'))}",
        organisation=chance.choice(("Nordic Wind Cluster", "CleanTX", "Aqua Valley", "Smart City Lab", "E-Motion")),
    )


def _a_line(person: ReportParticipant) -> ShownLine:
    kind = LineKind.OFFER if "energy" in person.sectors else LineKind.NEED
    credit = Credit(person.table, person.name, person.organisation)
    return ShownLine(kind, f"Somebody who knows {person.sectors[0]}", person.side, credit)


def _ratings(ideas: int) -> tuple[RatedIdea, ...]:
    """Every idea with two to ten raters, so that some have too few."""
    chance = Random(f"{ideas} marks")
    said = {
        number: [Said(chance.randint(1, 5), chance.randint(2, 5)) for _ in range(2 + number % 9)] + [Said(passed=True)]
        for number in range(1, ideas + 1)
    }
    return rated_ideas(said, said)


def _an_idea(chance: Random, number: int, persons: list[ReportParticipant]) -> ReportIdea:
    author = chance.choice(persons)
    subject = SUBJECTS[number % len(SUBJECTS)]
    return ReportIdea(
        number=number,
        id=UUID(int=number),
        title=FORMS[(number // len(SUBJECTS) + number) % len(FORMS)].format(subject),
        pitch=f"Two regions open their sites for {subject} to each other's members for one year. "
        "Each side names one coordinator; first visits happen within three months and results are shared openly.",
        side=author.side,
        sectors=author.sectors,
        brings={"eu": f"Pilot sites and permits for {subject}.", "us": "Two venture funds and a national laboratory."},
        still_needed="A legal frame for shared data." if number % 3 else "",
        credit=Credit(author.table, author.name, author.organisation),
        builds=_builds(author) if number % 2 == 0 else (),
        readers=number % 4,
        merged=(
            MergedIdea(5000 + number, f"Small {subject}", "Start with one site.", "us", Credit("Table 3", "Eva Silva")),
        )
        if number % 9 == 0
        else (),
    )


def _builds(other: ReportParticipant) -> tuple[ReportBuild, ...]:
    said = Credit(other.table, other.name, other.organisation)
    return (
        ReportBuild("improve", "Begin with two sites.", "us", credit=said),
        ReportBuild("concern", "Who pays?", "eu", "A fund.", credit=said),
        ReportBuild("join", "", "us", credit=said),
    )


def _turnout(persons: list[ReportParticipant], side: Side) -> SideTurnout:
    joined = sum(person.side == side.key for person in persons)
    return SideTurnout(side.key, voted=joined - joined // 9, of=joined)


def _themes(ideas: int) -> tuple[ReportTheme, ...]:
    """Themes of different sizes; every eleventh idea stays without one."""
    members: dict[int, list[int]] = {place: [] for place in range(len(THEMES))}
    for number in range(1, ideas + 1):
        if number % 11:
            members[number * number % 7 % len(THEMES)].append(number)
    return tuple(
        ReportTheme(
            id=f"theme-{place + 1}",
            name=name,
            ideas=tuple(members[place]),
            subtitle=FORMS[place].format(SUBJECTS[place]),
            colour=colour,
            confidence=0.8 - place / 8,
            words={
                word.lower(): tuple(members[place][: 9 - step])
                for step, word in enumerate(name.split())
                if len(word) > 3
            },
        )
        for place, (name, colour) in enumerate(THEMES)
        if members[place]
    )


def _a_place(number: int) -> tuple[float, float]:
    """Around the middle of its theme, which stands on a circle."""
    turn = 2 * pi * (number * number % 7 % len(THEMES) if number % 11 else 0.5) / len(THEMES)
    return 0.6 * cos(turn) + 0.3 * sin(5 * number), 0.6 * sin(turn) + 0.3 * cos(3 * number)


def _votes(chance: Random, ideas: list[ReportIdea], turnout: tuple[SideTurnout, ...]) -> Ranking:
    """Every ballot gives its five dots; some ideas are liked on one side only."""
    dots: dict[int, dict[str, int]] = {idea.number: {} for idea in ideas}
    supporters: dict[int, dict[str, int]] = {idea.number: {} for idea in ideas}
    for side in turnout:
        taste = [chance.paretovariate(1.2) for _ in ideas]
        for _ in range(side.voted):
            for number in {chance.choices(ideas, taste)[0].number for _ in range(3 if ideas else 0)}:
                dots[number][side.side] = dots[number].get(side.side, 0) + chance.randint(1, 2)
                supporters[number][side.side] = supporters[number].get(side.side, 0) + 1
    return rank(
        (IdeaVotes(idea.number, dots[idea.number], supporters[idea.number]) for idea in ideas),
        ballots_per_side={side.side: side.voted for side in turnout},
    )


def with_one_side_silent() -> Report:
    """Three ballots of the EU, none of the US."""
    report = a_report(20, 40)
    votes = (IdeaVotes(idea.number, {"eu": idea.number % 3}, {"eu": idea.number % 3}) for idea in report.ideas)
    return replace(report, ranking=rank(votes, ballots_per_side={"eu": 3, "us": 0}))


def with_a_consortium(*, next_step: str = "Meet in May", name: str = "Bo Lee") -> Report:
    """Idea 9 goes on as the wild card: two are in, one of them has confirmed."""
    card = ReportCard(
        number=9,
        title="A card",
        wild_card=True,
        members=(
            ReportMember("eu", Role.LEAD, "Port of Aarhus", owner=True),
            ReportMember("us", Role.PILOT_SITE, None, confirmed=True, changed=True, name=name),
        ),
        next_step=next_step,
        due=date(2019, 3, 1),
        missing=("a US lead",),
        offers={"help": 2, "introduce": 0, "fund": 1, "host": 0},
    )
    session = ReportSession(people_with_wishes=3, ratings=2, mean=4.5, comments=("Good",))
    return replace(a_report(), cards=(card,), session=session)


def with_votes_on_paper() -> Report:
    """Three ballots of one side counted by hand, with seven dots on two ideas."""
    report = a_report()
    assert report.ranking is not None
    return replace(
        report, ranking=replace(report.ranking, by_hand=CountedByHand({"us": 3}, {2: {"us": 5}, 9: {"us": 2}}))
    )


def with_consortia(report: Report) -> Report:
    """Three ideas of the room go on: one is ready, one lacks a date, of one nobody is in yet."""
    first, second, third = report.ideas[:3]
    lead = ReportMember("us", Role.LEAD, "CleanTX", owner=True, confirmed=True, name="Grace Okafor")
    partner = ReportMember(
        "eu", Role.PILOT_SITE, "Aqua Valley", owner=True, confirmed=True, changed=True, name="Łukasz Ødegaard"
    )
    silent = ReportMember("eu", Role.ADVISOR, "Nordic Wind Cluster")
    return replace(
        report,
        cards=(
            ReportCard(first.number, first.title, members=(lead, partner, silent), next_step="Call both ports.",
                       due=date(2018, 12, 3), offers={"help": 2, "introduce": 1, "fund": 0, "host": 0}),
            ReportCard(second.number, second.title, members=(partner,), next_step="Write one page.",
                       missing=("a US lead", "a date")),
            ReportCard(third.number, third.title, wild_card=True, missing=("an EU lead", "a US lead")),
        ),
        session=ReportSession(people_with_wishes=12, ratings=9, mean=4.2, comments=("Short and clear.",)),
    )  # fmt: skip


_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#7A5C00", "#000000")


def a_full_room(sides: int) -> Report:
    """As many cards, commitments, themes and hours to come as there can be, each with words of full length."""
    named = tuple(
        Side(f"s{place}", f"Wide West Wood {place} " * 4, f"{place} Wide West", _COLOURS[place], SHAPES[place])
        for place in range(sides)
    )
    report = a_report(80, 90, sides=named)
    long = "Memoranda of understanding with municipal wastewater management companies and many more words"
    members = tuple(
        ReportMember(side.key, Role.LEAD, long[:80], owner=True, confirmed=True, name=long[:60]) for side in named
    )
    ready = ReportCard(1, long[:80], members=members, next_step=long * 2, due=date(2018, 12, 3))
    waiting = replace(ready, next_step="", due=None, missing=tuple(f"a lead of {side.short}" for side in named))
    cards = tuple(replace(ready if number % 2 else waiting, number=number) for number in range(1, 13))
    themes = tuple(
        ReportTheme(f"theme-{place}", f"{long[:57]} {place}", tuple(range(7 * place + 1, 7 * place + 8)), long[:80],
                    THEMES[place % 5][1], 0.8)
        for place in range(10)
    )  # fmt: skip
    later = tuple(AgendaItem(time(13 + place), None, long * 2, ()) for place in range(8))
    event = replace(
        report.event, title=long[:80], agenda=later, venue=replace(report.event.venue, name=long[:80], city=long[:80])
    )
    return replace(
        report,
        rehearsal=True,
        event=event,
        cards=cards,
        themes=themes,
        ideas=tuple(replace(idea, title=f"{long[:76]} {idea.number}") for idea in report.ideas),
        session=ReportSession(people_with_wishes=60, ratings=9, mean=4.2),
    )


def with_texts(texts: tuple[str, ...], *, revealed: bool = True) -> Report:
    """A room in which these texts stand in every field that somebody can fill in, each as the title of one idea."""
    report = a_report(len(texts), 24, revealed=revealed)
    ideas = (
        replace(
            idea,
            title=text,
            pitch=texts[place - 1],
            still_needed=texts[place // 2],
            brings={"eu": text, "us": texts[place // 3]},
            credit=Credit(text, texts[place - 1], text),
            builds=(ReportBuild("concern", text, "us", texts[place - 1], Credit(text, text, text)),),
            merged=(MergedIdea(9000 + place, text, text, "us", Credit(text, text, text)),) if place % 5 == 0 else (),
        )
        for place, (idea, text) in enumerate(zip(report.ideas, texts, strict=True))
    )
    people = (
        replace(person, name=text, organisation=text, table=text)
        for person, text in zip(report.participants, texts[::7], strict=False)
    )
    return replace(
        report,
        ideas=ideas_at(report.anonymity, ideas),
        participants=participants_at(report.anonymity, people),
        lines=lines_at(
            report.anonymity, (replace(line, text=text) for line, text in zip(report.lines, texts, strict=False))
        ),
        themes=tuple(
            replace(theme, name=text, subtitle=text, colour=text, words={text: theme.ideas})
            for theme, text in zip(report.themes, texts[::-9], strict=False)
        ),
        event=replace(
            report.event,
            title=texts[0],
            host=texts[-1],
            prompts=tuple(Prompt(StepKind.WRITE, text) for text in texts[::11]),
            agenda=tuple(AgendaItem(time(9), None, text, (text, text)) for text in texts[::13]),
        ),
    )
