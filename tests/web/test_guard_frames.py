"""The websocket: what Streamlit may hear, and in which rhythm."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.types import ASGIApp
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.web.asgi import HOST, talk
from workshop.web.frames import LARGEST_FRAME, NEEDED, Pace, TokenBucket, Verdict, judge
from workshop.web.guard import Guard

TAP = BackMsg(rerun_script={"query_string": "code=ABCDEF"}).SerializeToString()
HEARTBEAT = BackMsg(app_heartbeat=True).SerializeToString()
ATTACK = BackMsg(clear_cache=True).SerializeToString()
FILE_URLS = BackMsg(file_urls_request={"request_id": "1"}).SerializeToString()


def guard(app: ASGIApp) -> Guard:
    return Guard(app)


def bare(app: ASGIApp) -> ASGIApp:
    return app


def test_taps_and_heartbeats_pass_unchanged() -> None:
    result = talk(guard, TAP, HEARTBEAT, TAP)
    assert (result.seen, result.closed_with) == ([TAP, HEARTBEAT, TAP], [])


@pytest.mark.parametrize(
    "frame",
    [
        ATTACK,
        BackMsg(set_run_on_save=True).SerializeToString(),
        BackMsg(load_git_info=True).SerializeToString(),
        BackMsg(stop_script=True).SerializeToString(),
        BackMsg(debug_disconnect_websocket=True).SerializeToString(),
        BackMsg(debug_shutdown_runtime=True).SerializeToString(),
        BackMsg(backend_operation_request={"request_id": "1", "install_skills": {}}).SerializeToString(),
        FILE_URLS,
        b"",
    ],
)
def test_what_no_screen_needs_is_dropped_and_the_person_stays(frame: bytes) -> None:
    result = talk(guard, frame, TAP)
    assert (result.seen, result.closed_with) == ([TAP], [])
    assert talk(bare, frame, TAP).seen == [frame, TAP]


def test_every_kind_of_message_of_the_installed_streamlit_was_decided_on() -> None:
    """A new Streamlit with a new message fails here, so that somebody thinks about it."""
    assert {option.name for option in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields} - NEEDED == {
        "clear_cache", "set_run_on_save", "load_git_info", "stop_script", "debug_disconnect_websocket",
        "debug_shutdown_runtime", "backend_operation_request", "file_urls_request",
    }  # fmt: skip


def test_the_last_of_two_messages_in_one_frame_counts_as_it_does_for_streamlit() -> None:
    assert judge(TAP + ATTACK) is Verdict.DROP
    assert judge(ATTACK + TAP) is Verdict.PASS


def test_a_frame_that_is_too_big_or_no_message_or_text_closes_the_socket() -> None:
    huge = BackMsg(rerun_script={"query_string": "x" * LARGEST_FRAME}).SerializeToString()
    for frame, code in ((huge, 1009), (b"\xff\xff\xff", 1002), ("text", 1003)):
        result = talk(guard, frame, TAP)
        assert (result.seen, result.closed_with, result.inside[-1]) == ([], [code], "websocket.disconnect")
    assert talk(bare, huge).seen == [huge]


def test_the_largest_form_still_passes() -> None:
    form = BackMsg(rerun_script={"query_string": "x" * (LARGEST_FRAME - 100)}).SerializeToString()
    assert talk(guard, form).seen == [form]


def test_uploads_are_asked_for_only_by_those_who_may() -> None:
    def allowing(app: ASGIApp) -> Guard:
        return Guard(app, may_upload=lambda cookies: "organiser" in cookies)

    with_cookie = [("host", HOST), ("cookie", "organiser=1")]
    assert talk(allowing, FILE_URLS, headers=with_cookie).seen == [FILE_URLS]
    assert talk(allowing, FILE_URLS).seen == []


@pytest.mark.parametrize(
    "headers",
    [
        [("host", "evil.example")],
        [("host", HOST), ("origin", "http://evil.example")],
        [("host", HOST), ("origin", "null")],
        [],
    ],
)
def test_a_foreign_page_gets_no_socket(headers: list[tuple[str, str]]) -> None:
    result = talk(guard, TAP, headers=headers)
    assert (result.inside, result.closed_with) == ([], [1008])
    assert talk(bare, TAP, headers=headers).seen == [TAP]


def test_there_is_no_other_socket() -> None:
    assert talk(guard, TAP, path="/live/stream").closed_with == [1008]


def test_sixty_angry_taps_pass_at_once_and_later_ones_only_wait() -> None:
    bucket = TokenBucket(Pace(), now=0.0)
    assert [bucket.take(0.0) for _ in range(60)] == [0.0] * 60
    assert bucket.take(0.0) == pytest.approx(0.05)
    assert bucket.take(10.0) == 0.0


def test_only_ten_seconds_of_flood_without_a_breath_use_up_our_patience() -> None:
    bucket, now, passed = TokenBucket(Pace(), now=0.0), 0.0, 0
    while (wait := bucket.take(now)) is not None:
        now, passed = now + wait + 0.001, passed + 1  # a sleep is never exact
    assert (now, passed) == (pytest.approx(10, abs=0.3), pytest.approx(261, abs=5))


def test_whoever_pauses_for_two_seconds_is_never_given_up() -> None:
    bucket, now = TokenBucket(Pace(), now=0.0), 0.0
    for _ in range(50):
        for _ in range(100):
            wait = bucket.take(now)
            assert wait is not None
            now += wait
        now += 2


def test_a_server_that_keeps_up_lets_a_flood_pass() -> None:
    flood = [TAP] * 400
    assert talk(lambda app: Guard(app, pace=Pace(per_second=1e6)), *flood).seen == flood


def test_a_flood_ends_with_a_closed_socket() -> None:
    slow = Pace(per_second=2000, burst=5, patience=10)
    result = talk(lambda app: Guard(app, pace=slow), *[TAP] * 100)
    assert result.closed_with == [1008]
    assert 15 <= len(result.seen) < 100


@given(st.lists(st.one_of(st.binary(max_size=200), st.text(max_size=20)), max_size=20))
@example([b"\x5a\xff\xff\xff\xff\x0f"])
@example([b"\x5b" * 200])
def test_whatever_a_stranger_sends_the_guard_never_raises(frames: list[bytes | str]) -> None:
    result = talk(guard, *frames)
    assert all(judge(frame) is Verdict.PASS for frame in result.seen)
    assert result.inside[-1] == "websocket.disconnect"


@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_whatever_the_headers_and_path_hold_the_guard_never_raises(host: str, origin: str, path: str) -> None:
    latin = [value.encode("latin-1", "replace").decode("latin-1") for value in (host, origin)]
    talk(guard, TAP, path=f"/{path}", headers=[("host", latin[0]), ("origin", latin[1]), ("cookie", latin[0])])


@given(st.integers(0, 19), st.integers(0, 255), st.integers(0, 200))
def test_one_bit_of_damage_never_turns_a_tap_into_an_attack(byte: int, value: int, cut: int) -> None:
    damaged = bytearray(TAP)
    damaged[byte % len(damaged)] = value
    frame = bytes(damaged[:cut] if cut else damaged)
    if judge(frame) is Verdict.PASS:
        assert BackMsg.FromString(frame).WhichOneof("type") in NEEDED
