"""What an organiser may change: by the rules of event files, and never what somebody in the room depends on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.domain.test_steps import NOON
from workshop.domain import event_editing, event_writing, steps
from workshop.domain.event import Anonymity, Event, Paper, Step
from workshop.domain.event_editing import InUse
from workshop.domain.event_file import read_event
from workshop.errors import Conflict, Invalid

EVENTS = sorted((Path(__file__).parents[2] / "data" / "events").glob("*.toml"))
TEXT = EVENTS[0].read_text(encoding="utf-8")
EVENT = read_event(TEXT, source="an event")
FIRST = steps.first_state(EVENT, NOON)
STARTED = steps.open_step(EVENT, FIRST, "write", NOON)


def edited(*run: Step, **changes: object) -> Event:
    return replace(EVENT, run_of_show=run or EVENT.run_of_show, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.stem)
def test_an_event_that_is_written_again_is_the_same_event(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    again = event_writing.written(event_writing.tree_of(text))
    assert read_event(again, source="again") == read_event(text, source="first")


def test_a_change_meets_the_rules_of_event_files_with_their_sentences() -> None:
    assert read_event(event_editing.changed(TEXT, {"title": "Quiet nights"}), source="").title == "Quiet nights"
    limits = event_writing.tree_of(TEXT)["limits"] | {"dots_per_idea": 9}
    with pytest.raises(Invalid, match=r"(?s)title: found an empty text.*limits\.dots_per_idea: found 9"):
        event_editing.changed(TEXT, {"title": " ", "limits": limits})


def test_a_run_of_show_must_fill_the_time_until_its_end() -> None:
    shorter = [step for step in EVENT.run_of_show if step.key != "pitch"]
    with pytest.raises(Invalid, match="found 74 minutes in all; allowed: 80 minutes"):
        event_editing.changed(TEXT, event_editing.run_values(TEXT, shorter))
    text = event_editing.changed(TEXT, event_editing.run_values(TEXT, shorter, ends="12:14"))
    assert read_event(text, source="").ends.minute == 14
    followed = event_editing.changed(TEXT, event_editing.run_values(TEXT, shorter, follow=True))
    assert read_event(followed, source="").ends.minute == 14


def test_reports_go_on_another_paper_at_any_time() -> None:
    assert EVENT.paper is Paper.A4
    text = event_editing.changed(TEXT, {"paper": "letter"})
    on_letter = read_event(text, source="")
    assert on_letter.paper is Paper.LETTER
    event_editing.must_be_allowed(EVENT, on_letter, state=STARTED, in_use=InUse(written=True))


def test_prompts_of_a_step_that_was_left_out_go_with_it() -> None:
    shorter = [step for step in EVENT.run_of_show if step.key != "build"]
    text = event_editing.changed(TEXT, event_editing.run_values(TEXT, shorter, follow=True))
    assert "build_on_others" not in {prompt.step for prompt in read_event(text, source="").prompts}


def test_nothing_lasts_beyond_midnight() -> None:
    late = [replace(step, minutes=180) if step.minutes else step for step in EVENT.run_of_show]
    with pytest.raises(Invalid, match="midnight"):
        event_editing.end_after(EVENT, late)


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        (Anonymity.TABLE_TAG, Anonymity.ANONYMOUS, True),
        (Anonymity.NAMED, Anonymity.TABLE_TAG, True),
        (Anonymity.TABLE_TAG, Anonymity.NAMED, False),
        (Anonymity.ANONYMOUS, Anonymity.TABLE_TAG, False),
    ],
)
@pytest.mark.parametrize("state", [FIRST, STARTED])
def test_once_something_was_written_names_can_only_disappear(
    before: Anonymity, after: Anonymity, allowed: bool, state: steps.StepState
) -> None:
    def change(*, written: bool) -> None:
        event_editing.must_be_allowed(
            edited(anonymity=before), edited(anonymity=after), state=state, in_use=InUse(written=written)
        )

    change(written=False)
    if allowed:
        change(written=True)
    else:
        with pytest.raises(Conflict, match="only become stricter"):
            change(written=True)


@pytest.mark.parametrize(
    ("in_use", "sentence"),
    [
        (InUse(sides=frozenset({"mars"})), "the side “mars”"),
        (InUse(sectors=frozenset({"fish"})), "the sector “fish”"),
        (InUse(people=101), "101 people have joined"),
        (InUse(fullest_table=11), "11 people sit at one table"),
    ],
)
def test_before_the_start_nobody_loses_what_they_chose(in_use: InUse, sentence: str) -> None:
    with pytest.raises(Conflict, match=sentence):
        event_editing.must_be_allowed(EVENT, edited(title="Another"), state=FIRST, in_use=in_use)


def test_after_the_start_later_steps_may_be_shorter_clearer_or_left_out() -> None:
    run = [step for step in EVENT.run_of_show if step.key not in {"build", "pitch"}]
    run = [replace(step, minutes=9, instruction="Be quick.") if step.key == "consortium" else step for step in run]
    event_editing.must_be_allowed(EVENT, edited(*run), state=STARTED, in_use=InUse(people=500))


@pytest.mark.parametrize(
    "run",
    [
        pytest.param([step for step in EVENT.run_of_show if step.key != "write"], id="the open step"),
        pytest.param([step for step in EVENT.run_of_show if step.key != "warm-up"], id="a step that is over"),
        pytest.param(
            [*EVENT.run_of_show[:3], EVENT.run_of_show[4], EVENT.run_of_show[3], *EVENT.run_of_show[5:]], id="order"
        ),
        pytest.param(
            [replace(step, minutes=9) if step.key == "write" else step for step in EVENT.run_of_show], id="minutes"
        ),
        pytest.param(
            [*EVENT.run_of_show[:-1], replace(EVENT.run_of_show[4], key="new"), EVENT.run_of_show[-1]], id="a new step"
        ),
    ],
)
def test_after_the_start_the_past_and_the_order_stay(run: list[Step]) -> None:
    with pytest.raises(Conflict, match="has started"):
        event_editing.must_be_allowed(EVENT, edited(*run), state=STARTED, in_use=InUse())


def test_after_the_start_sides_and_limits_stay() -> None:
    for after in (edited(title="Another"), edited(limits=replace(EVENT.limits, dots=6))):
        with pytest.raises(Conflict, match="has started"):
            event_editing.must_be_allowed(EVENT, after, state=STARTED, in_use=InUse())
