"""Pitches: next, skip and back through the cards that go on, with a clock that a person starts."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from workshop.domain import pitch
from workshop.domain.pitch import PitchState
from workshop.errors import Conflict, Invalid

ORDER = A, B, C = [uuid4() for _ in range(3)]
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def test_the_first_card_is_on_until_somebody_steps_and_then_each_comes_once() -> None:
    state = PitchState()
    seen = [pitch.shown(state, ORDER)]
    while pitch.following(state, ORDER) is not None:
        state = pitch.step_on(state, ORDER)
        seen.append(pitch.shown(state, ORDER))
    assert seen == ORDER
    with pytest.raises(Invalid, match="last card"):
        pitch.step_on(state, ORDER)


def test_a_skipped_card_comes_again_after_the_last_one() -> None:
    state = pitch.step_on(PitchState(), ORDER, skip=True)
    state = pitch.step_on(pitch.step_on(state, ORDER), ORDER)
    assert pitch.shown(state, ORDER) == A
    assert pitch.following(state, ORDER) is None, "then everybody had a turn"


def test_back_goes_to_the_card_before_and_not_further_than_the_first() -> None:
    state = pitch.step_on(PitchState(), ORDER)
    state = pitch.step_back(state, ORDER)
    assert pitch.shown(state, ORDER) == A
    with pytest.raises(Invalid, match="first card"):
        pitch.step_back(state, ORDER)


def test_a_card_that_was_taken_off_the_list_is_stepped_over() -> None:
    state = pitch.step_on(PitchState(), ORDER)
    assert pitch.shown(state, [A, C]) == A
    with pytest.raises(Conflict, match="does not go on"):
        pitch.show(state, [A, C], B)


def test_the_clock_starts_at_forty_seconds_and_stops_with_the_next_card() -> None:
    running = pitch.start(PitchState(), ORDER, NOW)
    assert running.ends_at == NOW + timedelta(seconds=40)
    assert pitch.start(running, ORDER, NOW + timedelta(seconds=9)).ends_at == NOW + timedelta(seconds=49)
    assert pitch.step_on(running, ORDER).ends_at is None
    assert pitch.stop(running).ends_at is None
    with pytest.raises(Conflict, match="does not run"):
        pitch.stop(PitchState())


def test_nothing_to_pitch_is_said_in_words() -> None:
    assert pitch.shown(PitchState(), []) is pitch.following(PitchState(), []) is None
    with pytest.raises(Invalid, match="Pick the ideas"):
        pitch.start(PitchState(), [], NOW)
