from __future__ import annotations

import json
import tomllib
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workshop.domain.event import Event, StepKind
from workshop.domain.event_file import MOST_CHARACTERS, read_event
from workshop.errors import Invalid

EVENTS = Path(__file__).parents[2] / "data" / "events"
GOOD = (EVENTS / "harbour-2027.toml").read_text(encoding="utf-8")
LINE_OF_VENUE = GOOD.split("\n").index("[venue]") + 1


def told(text: str) -> str:
    with pytest.raises(Invalid) as refusal:
        read_event(text, source="harbour.toml")
    return str(refusal.value)


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new, 1)


WRONG = {
    "a number where text belongs": ('host = "Gannet Bay Harbour Council"', "host = 7", "host: found 7; allowed: text"),
    "text where a number belongs": (
        "dots = 3",
        'dots = "3"',
        'limits.dots: found "3"; allowed: a whole number from 1 to 50.',
    ),
    "true where a number belongs": ("dots = 3", "dots = true", "limits.dots: found true; allowed: a whole number"),
    "a fraction of a person": ("people = 30", "people = 30.5", "limits.people: found 30.5; allowed: a whole number"),
    "a number out of its range": ("latitude = 47.91", "latitude = 91", "venue.latitude: found 91; allowed: a number"),
    "a latitude that is no number": ("latitude = 47.91", "latitude = nan", "venue.latitude: found nan"),
    "more digits than fit a sentence": ("dots = 3", f"dots = 0x{'f' * 9000}", "limits.dots: found a very large number"),
    "a missing key": ('host = "Gannet Bay Harbour Council"\n', "", "host: found nothing; allowed: text of 1 to 80"),
    "a missing table": (
        "[limits]",
        "[limit]",
        "limits: found nothing; allowed: a table with people, tables, seats_per_table",
    ),
    "a misspelt key": (
        'colour = "#009E73"',
        'color = "#009E73"',
        "sides[0].color: found an unknown key; allowed: key, name, short, colour, shape (did you mean “colour”?).",
    ),
    "a key from nowhere": (
        "dots = 3",
        "dots = 3\nxyz = 1",
        "limits.xyz: found an unknown key; allowed: people, tables",
    ),
    "a list instead of a table": ("[venue]", "[[venue]]", "venue: found a list of 1; allowed: a table with name"),
    "a table instead of a list": ("[[sectors]]", "[sectors]", "not TOML"),
    "text instead of a list": (
        'languages = ["en", "fr"]',
        'languages = "en"',
        'languages: found "en"; allowed: a list',
    ),
    "an empty text": ('city = "Gannet Bay"', 'city = " \\u200B "', "venue.city: found an empty text; allowed: text of"),
    "a name that is too long": (
        'city = "Gannet Bay"',
        f'city = "{"a" * 81}"',
        "venue.city: found 81 characters; allowed: text of 1 to 80",
    ),
    "a sentence that is too long": (
        "Write one idea, without talking.",
        "a" * 201,
        "run_of_show[1].wall: found 201 characters; allowed: text of 1 to 200",
    ),
    "capitals in a key": ('key = "port"', 'key = "Port!"', 'sides[0].key: found "Port!"; allowed: 1 to 40 of a-z'),
    "a key that stands twice": (
        'key = "ships"',
        'key = "port"',
        'sides[1].key: found "port" again, as in sides[0].key',
    ),
    "a sector that stands twice": (
        'key = "clear-water"',
        'key = "quay-power"',
        'sectors[2].key: found "quay-power" again, as in sectors[0].key',
    ),
    "a step key that stands twice": (
        'key = "choose"',
        'key = "talk"',
        'run_of_show[3].key: found "talk" again, as in run_of_show[2].key; allowed: each only once.',
    ),
    "a table name that stands twice": ('"Beacon"', '"ANCHOR"', 'tables[1]: found "ANCHOR" again, as in tables[0]'),
    "two sides of one shape": ('shape = "diamond"', 'shape = "star"', 'sides[2].shape: found "star" again'),
    "an unknown shape": ('shape = "star"', 'shape = "heart"', 'sides[2].shape: found "heart"; allowed: one of circle'),
    "a colour by name": ('"#0072B2"', '"blue"', 'sides[1].colour: found "blue"; allowed: a colour as #RRGGBB'),
    "a colour nobody sees on white": ('"#0072B2"', '"#F0E442"', "which is too pale (contrast 1.3); allowed"),
    "an unknown side": (
        'side = "ships"',
        'side = "pirates"',
        'organisations[1].side: found "pirates"; allowed: a key of sides: port, ships, town.',
    ),
    "an unknown sector": (
        '["quay-power", "last-mile"]',
        '["quay-power", "rum"]',
        'organisations[1].sectors[1]: found "rum"; allowed: a key of sectors: quay-power',
    ),
    "an unknown time zone": (
        "America/St_Johns",
        "st johns",
        'time_zone: found "st johns" (did you mean “America/St_Johns”?); allowed: a time zone such as',
    ),
    "a time zone of one machine": ("America/St_Johns", "localtime", 'time_zone: found "localtime"; allowed'),
    "a time zone that climbs": ("America/St_Johns", "../../etc/passwd", "time_zone: found"),
    "a date in quotes": ("2027-05-19", '"2027-05-19"', 'date: found "2027-05-19"; allowed: a date as YYYY-MM-DD'),
    "a date with a time": ("2027-05-19", "2027-05-19T10:00:00", "date: found 2027-05-19T10:00:00; allowed: a date"),
    "a date in another age": ("2027-05-19", "1066-10-14", "date: found 1066-10-14; allowed: a date as YYYY-MM-DD"),
    "a time of twelve hours": ('starts = "14:30"', 'starts = "2:30 pm"', 'starts: found "2:30 pm"; allowed: a time of'),
    "an end before the start": (
        'ends = "15:15"',
        'ends = "14:15"',
        "ends: found 14:15; allowed: a time after starts, 14:30, on the same day.",
    ),
    "minutes that do not add up": (
        "minutes = 17",
        "minutes = 18",
        "run_of_show: found 46 minutes in all; allowed: 45 minutes, from starts (14:30) to ends (15:15).",
    ),
    "less than the least": (
        "least_minutes = 6",
        "least_minutes = 11",
        "run_of_show[1].least_minutes: found 11; allowed: at most its minutes, 10.",
    ),
    "a clock while people arrive": (
        "minutes = 0",
        "minutes = 5",
        "run_of_show[0].minutes: found 5; allowed: 0, “arrive”",
    ),
    "a vote without a clock": (
        "minutes = 8\nleast_minutes = 5",
        "minutes = 0\nleast_minutes = 0",
        "run_of_show[3].minutes: found 0; allowed: 1 or more",
    ),
    "an unknown kind of step": (
        'kind = "reveal"',
        'kind = "surprise"',
        'run_of_show[4].kind: found "surprise"; allowed: one of arrive, warm_up, write_alone',
    ),
    "nobody arrives": (
        'kind = "arrive"',
        'kind = "themes"',
        'run_of_show[0].kind: found "themes"; allowed: arrive, the',
    ),
    "no closing": ('kind = "closing"', 'kind = "themes"', 'run_of_show[5].kind: found "themes"; allowed: closing, the'),
    "voting twice": ('kind = "reveal"', 'kind = "vote_blind"', 'run_of_show[4].kind: found "vote_blind" again'),
    "results before a vote": (
        'kind = "vote_blind"',
        'kind = "themes"',
        'run_of_show[4].kind: found "reveal"; allowed: this kind only after a step of the kind vote_blind or rate.',
    ),
    "a prompt for no step": (
        'step = "share_at_the_table"',
        'step = "pitch"',
        'prompts[1].step: found "pitch"; allowed: a kind that the run of show has: arrive, write_alone',
    ),
    "more dots on an idea than there are": (
        "dots_per_idea = 1",
        "dots_per_idea = 4",
        "limits.dots_per_idea: found 4; allowed: at most limits.dots, 3.",
    ),
    "more published than written": (
        "published_per_table = 4",
        "published_per_table = 11",
        "limits.published_per_table: found 11; allowed: at most limits.ideas_per_table, 10.",
    ),
    "more people than seats": (
        "people = 30",
        "people = 37",
        "limits.people: found 37; allowed: at most limits.tables x limits.seats_per_table, 36.",
    ),
    "more tables than there may be": (
        "tables = 6",
        "tables = 4",
        "tables: found 5 names; allowed: at most limits.tables",
    ),
    "a notice with other days": (
        "retention_days = 14",
        "retention_days = 15",
        "consent: found a notice without the number of days; allowed: a notice that says 15, as retention_days.",
    ),
    "an unknown paper": (
        'host = "Gannet Bay Harbour Council"',
        'host = "Gannet Bay Harbour Council"\npaper = "a5"',
        'paper: found "a5"; allowed: one of a4, letter.',
    ),
    "an unknown level of anonymity": (
        '"anonymous"',
        '"secret"',
        'anonymity: found "secret"; allowed: one of anonymous, table_tag, named.',
    ),
    "an address in a value": (
        'host = "Gannet Bay Harbour Council"',
        'host = "Ask mary.byrne@gannet-bay.example"',
        "host: found an e-mail address; allowed: text of 1 to 80 characters, no e-mail address.",
    ),
    "an address with a wide sign": (
        'host = "Gannet Bay Harbour Council"',
        'host = "mary＠gannet.example"',
        "host: found an e-mail address",
    ),
    "an address in escapes": (
        'host = "Gannet Bay Harbour Council"',
        'host = "mary\\u0040gannet.example"',
        "host: found an e-mail address",
    ),
    "an address in a comment": (
        "[venue]",
        "# mary@gannet.example\n[venue]",
        f"line {LINE_OF_VENUE}: found an e-mail address; allowed",
    ),
    "an address in a key": (
        "[venue]",
        '"mary@gannet.example" = 1\n[venue]',
        f"line {LINE_OF_VENUE}: found an e-mail address",
    ),
    "agenda items in disorder": (
        "[limits]",
        '[[agenda]]\nstarts = "10:00"\ntitle = "B"\n[[agenda]]\nstarts = "09:00"\ntitle = "A"\n[limits]',
        "agenda[1].starts: found 09:00; allowed: not before the item above it, 10:00.",
    ),
    "an agenda item that ends before it starts": (
        "[limits]",
        '[[agenda]]\nstarts = "10:00"\nends = "09:00"\ntitle = "B"\n[limits]',
        "agenda[0].ends: found 09:00; allowed: a time after its start, 10:00.",
    ),
    "a registration without a time": (
        "[limits]",
        '[registration]\ncloses_on = 2027-05-01\nnote = "Free"\n[limits]',
        'registration.closes: found nothing; allowed: a time of day as "HH:MM", 24 hours.',
    ),
    "a line that is not TOML": ("dots = 3", "dots = three", "harbour.toml is not TOML: Invalid value (at line "),
}


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG.values(), ids=list(WRONG))
def test_a_mistake_is_told_with_its_key_what_was_found_and_what_is_allowed(old: str, new: str, sentence: str) -> None:
    message = told(changed(old, new))
    assert sentence in message
    assert message.startswith("harbour.toml ")


def test_one_mistake_is_told_once() -> None:
    assert told(changed("minutes = 17", "minutes = 18")).count("\n") == 1
    assert told(changed('colour = "#009E73"', 'colour = "green"')).startswith("harbour.toml has 1 mistake:\n")


def test_an_event_of_one_side_has_nobody_to_meet() -> None:
    alone = GOOD[: GOOD.index('[[sides]]\nkey = "ships"')] + GOOD[GOOD.index("[[sectors]]") :]
    assert "sides: found a list of 1; allowed: a list of 2 to 6." in told(alone)


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    text = GOOD
    for old, new in [
        ('"#0072B2"', '"blue"'),
        ("America/St_Johns", "Atlantis/Centre"),
        ('side = "ships"', 'side = "pirates"'),
        ("minutes = 17", "minutes = 18"),
        ("dots_per_idea = 1", "dots_per_idea = 4"),
        ("least_minutes = 6", "least_minutes = 60"),
        ('"Beacon"', '"Anchor"'),
        ("late_save_seconds", "late_save_secs"),
        ("[venue]", "# mary@gannet.example\n[venue]"),
    ]:
        text = text.replace(old, new, 1)
    lines = told(text).splitlines()
    assert lines[0] == "harbour.toml has 10 mistakes:"
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "time_zone", "sides[1].colour", "limits.late_save_secs", "limits.late_save_seconds", "tables[1]",
        "organisations[1].side", "run_of_show[1].least_minutes", "run_of_show", "limits.dots_per_idea",
        f"line {LINE_OF_VENUE}",
    ]  # fmt: skip


def test_nobodys_address_is_repeated_in_a_mistake() -> None:
    message = told(changed('colour = "#009E73"', 'colour = "mary@gannet.example"'))
    assert 'sides[0].colour: found "(e-mail address)"' in message
    assert "mary" not in message


def test_what_need_not_be_said_may_be_left_out() -> None:
    text = GOOD[: GOOD.index("[[organisations]]")] + GOOD[GOOD.index("[[run_of_show]]") :]
    event = read_event(text, source="harbour.toml")
    assert (event.organisations, event.prompts, event.agenda, event.registration) == ((), (), (), None)


def test_a_file_from_a_windows_editor_is_the_same_event() -> None:
    assert read_event("\ufeff" + GOOD.replace("\n", "\r\n"), source="w") == read_event(GOOD, source="u")


def test_times_may_be_written_as_toml_times() -> None:
    assert read_event(changed('"14:30"', "14:30:00"), source="t").starts == time(14, 30)
    assert 'starts: found 14:30:20; allowed: a time of day as "HH:MM"' in told(changed('"14:30"', "14:30:20"))


def test_names_are_kept_in_their_normal_form() -> None:
    event = read_event(changed('"The Net Loft"', '"The  Ne\\u0301t\\u202E Loft "'), source="n")
    assert event.venue.name == "The Nét Loft"


def test_a_day_on_which_the_clocks_change_has_its_real_minutes() -> None:
    spring = changed("2027-05-19", "2027-03-14").replace('starts = "14:30"', 'starts = "01:30"')
    assert "45 minutes in all; allowed: 105 minutes" in told(spring.replace('ends = "15:15"', 'ends = "04:15"'))
    assert read_event(spring.replace('ends = "15:15"', 'ends = "03:15"'), source="s").planned_minutes == 45


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        "a = " + "[" * 5_000,
        "a = " + "{a=" * 3_000,
        "a = " + "9" * 5_000,
        "a = 2027-02-31",
        "a.b=1\na=2",
    ],
    ids=["nothing", "brackets", "lists", "tables", "digits", "no such day", "a key twice"],
)
def test_a_file_that_goes_too_far_is_refused_with_a_sentence(text: str) -> None:
    assert told(text).startswith("harbour.toml ")


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    assert f"an event file has {MOST_CHARACTERS} at most" in told("#" * (MOST_CHARACTERS + 1))


LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-2, 60),
    st.floats(),
    st.text(max_size=30),
    st.text(st.characters(), min_size=70, max_size=210),
    st.sampled_from(["port", "arrive", "#FFFFFF", "09:30", "a@b.example", "UTC", "Europe", "en", *StepKind]),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.just([]),
    st.just({}),
    st.lists(st.text(max_size=5), max_size=4),
    st.dictionaries(st.text(max_size=8), st.integers(), max_size=3),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_change_of_values_is_ever_answered_with_anything_but_a_sentence(data: st.DataObject) -> None:
    tree = tomllib.loads(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        _change_somewhere(tree, data)
    _read_or_refuse(_toml(tree))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_slip_of_the_keyboard_is_ever_answered_with_anything_but_a_sentence(data: st.DataObject) -> None:
    text = GOOD
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 40))
        text = text[:start] + data.draw(st.text(max_size=12) | st.sampled_from(list("\"'[]{}=#.\n\\,"))) + text[end:]
    _read_or_refuse(text)


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_no_text_at_all_is_ever_answered_with_anything_but_a_sentence(text: str) -> None:
    _read_or_refuse(text)


def _read_or_refuse(text: str) -> None:
    """Whatever is accepted keeps its promises; whatever is not is refused with the file's name."""
    refusal = None
    try:
        _keeps_its_promises(read_event(text, source="harbour.toml"))
    except Invalid as error:
        refusal = str(error)
    assert refusal is None or refusal.startswith("harbour.toml ")


def _keeps_its_promises(event: Event) -> None:
    assert len(event.sides) == len({side.key for side in event.sides}) >= 2
    assert (event.ends_at - event.starts_at).total_seconds() == event.planned_minutes * 60
    assert 1 <= event.limits.dots_per_idea <= event.limits.dots
    assert all(0 <= step.least_minutes <= step.minutes for step in event.run_of_show)
    assert {organisation.side for organisation in event.organisations} <= {side.key for side in event.sides}
    assert type(event.date) is date
    assert hash(event)


def _change_somewhere(tree: dict[str, Any], data: st.DataObject) -> None:
    """Walk to a random place of the tree and replace, remove, rename or double what is there."""
    node: Any = tree
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = data.draw(st.sampled_from(keys))
        if isinstance(node[key], dict | list) and node[key] and data.draw(st.booleans()):
            node = node[key]
            continue
        act = data.draw(st.sampled_from(["replace", "remove", "double"]))
        if act == "remove":
            del node[key]
        elif act == "replace":
            node[key] = data.draw(LEAVES)
        elif isinstance(node, list):
            node.append(node[key])
        else:
            node[data.draw(st.text(max_size=8))] = node[key]
        return


def _toml(value: Any) -> str:
    """A file with these values: every table on one line, which TOML reads like the long form."""
    return "\n".join(f"{_text(key)} = {_value(one)}" for key, one in value.items())


def _value(value: Any) -> str:
    match value:
        case None | str():
            written = _text(value or "")
        case dict():
            written = "{" + ", ".join(f"{_text(key)} = {_value(one)}" for key, one in value.items()) + "}"
        case list():
            written = "[" + ", ".join(map(_value, value)) + "]"
        case date() | time():
            written = value.isoformat()
        case _:
            written = repr(value).lower()
    return written


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
