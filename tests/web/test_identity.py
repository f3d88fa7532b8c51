"""Who a browser is: the device cookie that comes with a page, and the role cookies that come with a link."""

import hashlib
import stat
from concurrent.futures import ProcessPoolExecutor
from http.cookies import SimpleCookie
from pathlib import Path

import itsdangerous
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from tests.web.asgi import HOST, Answer, ask
from workshop.errors import Unavailable
from workshop.signing import (
    DEVICE_COOKIE,
    Signer,
    load_or_create_key,
    load_signer,
    new_device_id,
    read_device,
    read_role,
    role_cookie,
    sign_device,
    sign_role,
)
from workshop.web.identity import THIRTY_DAYS, DeviceCookie, clear_role_cookie, set_role_cookie

SIGNER = Signer((b"k" * 32,))
DEVICE = "0123456789abcdef0123456789abcdef"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    answers = {
        "/live/me": JSONResponse({}),
        "/j/ABCDEF": RedirectResponse("/?code=ABCDEF", status_code=303),
        "/broken": HTMLResponse("<p>", status_code=500),
    }
    await answers.get(scope["path"], HTMLResponse("<p>page"))(scope, receive, send)


def visit(path: str = "/", *cookies: str, method: str = "GET", trust_forwarded: bool = False, **how: str) -> Answer:
    headers = [("host", HOST), *[("cookie", cookie) for cookie in cookies]]
    headers += [("x-forwarded-proto", how.pop("forwarded"))] if "forwarded" in how else []
    return ask(
        DeviceCookie(app, signer=SIGNER, trust_forwarded=trust_forwarded), path, method=method, headers=headers, **how
    )


def only_cookie(answer: Answer) -> SimpleCookie:
    (header,) = answer.cookies
    return SimpleCookie(header)


def test_the_first_page_names_the_browser() -> None:
    morsel = only_cookie(visit())[DEVICE_COOKIE]
    assert read_device({DEVICE_COOKIE: morsel.value}, SIGNER)
    assert (morsel["httponly"], morsel["samesite"].lower(), morsel["path"]) == (True, "lax", "/")
    assert (morsel["max-age"], morsel["secure"]) == (str(THIRTY_DAYS), "")


def test_a_phone_that_comes_back_keeps_its_name() -> None:
    cookie = only_cookie(visit())[DEVICE_COOKIE].value
    assert visit("/participate", f"{DEVICE_COOKIE}={cookie}").cookies == []


@pytest.mark.parametrize(
    "forged",
    [
        DEVICE,
        f"{DEVICE}.",
        f"{DEVICE}.AAAA",
        sign_device(DEVICE, signer=Signer((b"x" * 32,))),
        sign_role("moderator", DEVICE, signer=SIGNER),
        SIGNER.sign("admin", purpose="device"),
        "",
        "é" * 10,
    ],
)
def test_a_forged_name_is_worth_nothing_and_is_replaced(forged: str) -> None:
    assert read_device({DEVICE_COOKIE: forged}, SIGNER) is None
    fresh = only_cookie(visit("/", f"{DEVICE_COOKIE}={forged}"))[DEVICE_COOKIE].value
    assert read_device({DEVICE_COOKIE: fresh}, SIGNER) not in {None, DEVICE}


@pytest.mark.parametrize(
    "path", ["/live/me", "/j/ABCDEF", "/broken", "/_stcore/health", "/static/index.html", "/media/a.html"]
)
def test_only_pages_name_a_browser(path: str) -> None:
    assert visit(path).cookies == []


def test_asking_for_the_head_of_a_page_names_nobody() -> None:
    assert visit(method="HEAD").cookies == []


def test_two_browsers_never_share_a_name() -> None:
    assert len({only_cookie(visit())[DEVICE_COOKIE].value for _ in range(50)}) == 50
    assert len(new_device_id()) * 4 == 128


def test_over_tls_the_cookie_stays_on_tls() -> None:
    assert only_cookie(visit(scheme="https"))[DEVICE_COOKIE]["secure"] is True


def test_a_proxys_word_counts_only_when_the_settings_trust_it() -> None:
    assert only_cookie(visit(forwarded="https", trust_forwarded=True))[DEVICE_COOKIE]["secure"] is True
    assert only_cookie(visit(forwarded="http", trust_forwarded=True))[DEVICE_COOKIE]["secure"] == ""
    assert only_cookie(visit(forwarded="https"))[DEVICE_COOKIE]["secure"] == ""


def role_headers(response: Response) -> SimpleCookie:
    return SimpleCookie(response.headers["set-cookie"])


def test_a_role_comes_with_a_cookie_and_goes_with_it() -> None:
    response = Response()
    set_role_cookie(response, role="moderator", grant_id="grant-7", signer=SIGNER, secure=True)
    morsel = role_headers(response)[role_cookie("moderator")]
    assert read_role({role_cookie("moderator"): morsel.value}, "moderator", SIGNER) == "grant-7"
    assert (morsel["httponly"], morsel["samesite"].lower(), morsel["secure"]) == (True, "lax", True)

    gone = Response()
    clear_role_cookie(gone, role="moderator", secure=True)
    morsel = role_headers(gone)[role_cookie("moderator")]
    assert (morsel.value, morsel["max-age"], morsel["path"]) == ("", "0", "/")


def test_the_cookie_of_one_role_never_opens_another() -> None:
    moderator = sign_role("moderator", "grant-7", signer=SIGNER)
    assert read_role({role_cookie("organiser"): moderator}, "organiser", SIGNER) is None
    assert read_role({role_cookie("moderator"): sign_device(DEVICE, signer=SIGNER)}, "moderator", SIGNER) is None
    assert read_role({}, "moderator", SIGNER) is None


def test_ids_that_could_mean_something_else_in_a_cookie_are_not_signed() -> None:
    for grant in ("", "a.b", "a b", "a;b", "x" * 65):
        with pytest.raises(ValueError, match="grant id"):
            sign_role("moderator", grant, signer=SIGNER)
    with pytest.raises(ValueError, match="role"):
        role_cookie("Moderator; Path=/")
    with pytest.raises(ValueError, match="device id"):
        sign_device("me", signer=SIGNER)


@given(st.text(max_size=80))
def test_whatever_a_cookie_holds_reading_it_never_raises(text: str) -> None:
    assert read_device({DEVICE_COOKIE: text}, SIGNER) is None
    assert read_role({role_cookie("organiser"): text}, "organiser", SIGNER) is None


def test_a_laptop_whose_clock_is_set_back_still_knows_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    cookie = {DEVICE_COOKIE: sign_device(DEVICE, signer=SIGNER)}
    with_time = itsdangerous.TimestampSigner(b"k" * 32, digest_method=hashlib.sha256).sign(DEVICE)
    monkeypatch.setattr("time.time", lambda: 1e9)
    assert read_device(cookie, SIGNER) == DEVICE
    with pytest.raises(itsdangerous.SignatureExpired):  # what a signature with a time would do to the room
        itsdangerous.TimestampSigner(b"k" * 32, digest_method=hashlib.sha256).unsign(with_time, max_age=THIRTY_DAYS)


def test_a_new_key_signs_and_the_old_one_still_verifies() -> None:
    old, new = b"o" * 32, b"n" * 32
    given_before = {DEVICE_COOKIE: sign_device(DEVICE, signer=Signer((old,)))}
    given_after = {DEVICE_COOKIE: sign_device(DEVICE, signer=Signer((new, old)))}
    assert read_device(given_before, Signer((new, old))) == DEVICE
    assert read_device(given_after, Signer((new,))) == DEVICE
    assert read_device(given_before, Signer((new,))) is None


def test_a_signer_never_shows_its_keys_and_refuses_weak_ones() -> None:
    assert "kkk" not in repr(SIGNER)
    for keys in ((), (b"short",)):
        with pytest.raises(ValueError, match="key"):
            Signer(keys)


def test_a_key_file_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "key"
    key = load_or_create_key(path)
    assert (len(key), load_or_create_key(path)) == (32, key)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["key"]


def test_two_processes_that_start_at_once_agree_on_the_key(tmp_path: Path) -> None:
    paths = [tmp_path / str(number) / "key" for number in range(20) for _ in range(2)]
    with ProcessPoolExecutor(2) as starting:
        keys = list(starting.map(load_or_create_key, paths))
    assert keys[::2] == keys[1::2]
    assert len(set(keys)) == 20


def test_who_comes_second_takes_the_key_of_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda _path: False)  # both looked before either had written
    path = tmp_path / "key"
    assert load_or_create_key(path) == load_or_create_key(path)


def test_a_key_is_replaced_by_writing_a_new_one_above_it(tmp_path: Path) -> None:
    path = tmp_path / "key"
    old = load_signer(path)
    path.write_text(f"{'ab' * 32}\n{path.read_text()}")
    rotated = load_signer(path)
    assert (rotated.keys[0].hex(), rotated.keys[1:]) == ("ab" * 32, old.keys)


@pytest.mark.parametrize("content", ["", "not a key", "ab" * 31, "\xff"])
def test_a_damaged_key_file_is_refused_with_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(Unavailable, match="key file"):
        load_signer(path)


def test_a_folder_that_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable, match="could not be made"):
        load_signer(tmp_path / "file" / "key")
