"""Reads an event from its TOML file. All mistakes of a file are told at once, each with its key and what is allowed.

The keys, their meaning and their limits are documented for organisers in ``docs/events.md``; a test holds that page
and `SCHEMA` together.
"""

from __future__ import annotations

import tomllib
import unicodedata
from typing import Any, Final

from workshop.domain.event import (
    BUILDS_PER_PERSON,
    SHAPES,
    AgendaItem,
    Anonymity,
    Event,
    Limits,
    Organisation,
    Paper,
    Prompt,
    ReadyRun,
    Registration,
    Sector,
    Side,
    Step,
    StepKind,
    Venue,
)
from workshop.domain.event_checks import disagreements
from workshop.domain.event_rules import AN_ADDRESS, EMAIL, Listing, Mistake, Record
from workshop.domain.event_values import (
    NAME,
    SENTENCE,
    clock,
    colour,
    day,
    key,
    language,
    number,
    one_of,
    text,
    time_zone,
    whole,
)
from workshop.errors import Invalid

MOST_CHARACTERS: Final = 200_000
CONSENT: Final = 800

VENUE: Final = Record(
    Venue,
    {
        "name": text(NAME),
        "street": text(NAME),
        "city": text(NAME),
        "country": text(NAME),
        "latitude": number(-90, 90),
        "longitude": number(-180, 180),
    },
)
REGISTRATION: Final = Record(Registration, {"closes_on": day(), "closes": clock(), "note": text(SENTENCE)})
SIDE: Final = Record(
    Side, {"key": key(), "name": text(NAME), "short": text(12), "colour": colour(), "shape": one_of(SHAPES)}
)
SECTOR: Final = Record(Sector, {"key": key(), "name": text(NAME)})
ORGANISATION: Final = Record(
    Organisation, {"name": text(NAME), "side": key(), "sectors": Listing(key(), 0, 24)}, left_out={"sectors": []}
)
PROMPT: Final = Record(Prompt, {"step": one_of(StepKind), "text": text(SENTENCE)})
AGENDA_ITEM: Final = Record(
    AgendaItem,
    {"starts": clock(), "ends": clock(), "title": text(SENTENCE), "speakers": Listing(text(NAME), 0, 12)},
    left_out={"ends": None, "speakers": []},
)
STEP: Final = Record(
    Step,
    {
        "key": key(),
        "kind": one_of(StepKind),
        "title": text(NAME),
        "instruction": text(SENTENCE),
        "wall": text(SENTENCE),
        "minutes": whole(0, 180),
        "least_minutes": whole(0, 180),
    },
)
LIMITS: Final = Record(
    Limits,
    {
        "people": whole(2, 1000),
        "tables": whole(1, 200),
        "seats_per_table": whole(1, 30),
        "ideas_per_person": whole(1, 20),
        "ideas_per_table": whole(1, 200),
        "published_per_table": whole(1, 50),
        "dots": whole(1, 50),
        "dots_per_idea": whole(1, 50),
        "late_save_seconds": whole(0, 300),
        "offers_per_person": whole(1, 10),
        "builds_per_person": whole(1, 50),
        "ideas_to_rate": whole(1, 20),
    },
    left_out={"offers_per_person": 3, "builds_per_person": BUILDS_PER_PERSON, "ideas_to_rate": 4},
)
SCHEMA: Final = Record(
    Event,
    {
        "key": key(),
        "name": text(NAME),
        "title": text(NAME),
        "host": text(NAME),
        "venue": VENUE,
        "time_zone": time_zone(),
        "date": day(),
        "starts": clock(),
        "ends": clock(),
        "languages": Listing(language(), 1, 8),
        "sides": Listing(SIDE, 2, 6),
        "sectors": Listing(SECTOR, 1, 24),
        "tables": Listing(text(NAME), 1, 200),
        "organisations": Listing(ORGANISATION, 0, 500),
        "prompts": Listing(PROMPT, 0, 40),
        "agenda": Listing(AGENDA_ITEM, 0, 60),
        "run_of_show": Listing(STEP, 3, 30),
        "limits": LIMITS,
        "anonymity": one_of(Anonymity),
        "retention_days": whole(1, 365),
        "consent": text(CONSENT, lines=True),
        "registration": REGISTRATION,
        "paper": one_of(Paper),
    },
    left_out={"organisations": [], "prompts": [], "agenda": [], "registration": None, "paper": Paper.A4},
)


RUN: Final = Record(ReadyRun, {"title": text(NAME), "note": text(SENTENCE), "run_of_show": Listing(STEP, 3, 30)})


def read_run(text: str, *, source: str) -> ReadyRun:
    """Read a ready-made run of show from TOML. Raises Invalid; an event checks it again as its own."""
    mistakes: list[Mistake] = []
    tree = RUN.read(_toml(text, source=source), "", mistakes)
    if mistakes:
        raise Invalid("\n".join([f"{source} has mistakes:", *map(str, mistakes)]))
    run: ReadyRun = RUN.build(tree)
    return run


def read_event(text: str, *, source: str) -> Event:
    """Read an event from TOML; *source* is what its author calls the file.

    :raises Invalid: with all mistakes, one per line: the key, what was found there and what is allowed.
    """
    mistakes: list[Mistake] = []
    tree = SCHEMA.read(_toml(text, source=source), "", mistakes)
    mistakes += disagreements(tree)
    mistakes += _addresses_beside_values(text, already=mistakes)
    if mistakes:
        count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
        raise Invalid("\n".join([f"{source} has {count}:", *map(str, mistakes)]))
    event: Event = SCHEMA.build(tree)
    return event


def _toml(text: str, *, source: str) -> dict[str, Any]:
    """The file as Python values. An editor's byte order mark at the beginning is nobody's mistake."""
    if len(text) > MOST_CHARACTERS:
        raise Invalid(f"{source} has {len(text)} characters; an event file has {MOST_CHARACTERS} at most.")
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise Invalid(f"{source} is not TOML: {error}. Please correct this place.") from None
    except (ValueError, RecursionError):
        raise Invalid(f"{source} is not an event file: its numbers or brackets go too far.") from None


def _addresses_beside_values(text: str, *, already: list[Mistake]) -> list[Mistake]:
    """E-mail addresses in comments and keys, by line: the file is stored and passed on as a whole."""
    rows = enumerate(unicodedata.normalize("NFKC", text).split("\n"), start=1)
    lines = [line for line, row in rows if EMAIL.search(row)]
    if len(lines) <= sum(mistake.found == AN_ADDRESS for mistake in already):
        return []
    allowed = "no e-mail address anywhere, private addresses do not belong in an event file"
    return [Mistake(f"line {line}", AN_ADDRESS, allowed) for line in lines]
