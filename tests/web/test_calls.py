"""The JSON routes: typed, idempotent, for one's own only, and every refusal is a sentence."""

import logging
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from tests.live.served import Phone, Room, served_room
from workshop.domain.event import StepKind
from workshop.services import drafts, guessing, ideas, readiness, themes, votes
from workshop.services import phone as phone_service
from workshop.themes import Board, Theme
from workshop.web.log_records import Record

JSON = {"content-type": "application/json"}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with served_room(tmp_path) as room:
        yield room


@pytest.fixture
def voting(room: Room) -> tuple[Room, Phone, str]:
    """A room that votes, a phone in it, and an idea on the board."""
    room.open_step(StepKind.WRITE)
    phone = room.phone()
    idea = phone.write("An idea")
    room.open_step(StepKind.SHARE)
    phone.publish(idea)
    room.open_step(StepKind.VOTE)
    return room, phone, str(idea)


def test_a_vote_says_what_shall_be_true_so_twice_is_once(voting: tuple[Room, Phone, str]) -> None:
    _, phone, idea = voting
    answers = [phone.post("/live/vote", idea=idea, dots=2).json() for _ in range(5)]
    assert answers == [answers[0]] * 5
    assert answers[0]["dots"] == {idea: 2}
    assert answers[0]["by_number"] == {"1": 2}
    assert (answers[0]["used"], answers[0]["budget"], answers[0]["cap"]) == (2, 5, 2)


def test_the_ballot_is_read_again_after_a_reload(voting: tuple[Room, Phone, str]) -> None:
    _, phone, idea = voting
    given = phone.post("/live/vote", idea=idea, dots=1).json()
    assert phone.get("/live/ballot").json() == {**given, "order": [1]}
    assert given["dots"] == {idea: 1}


def test_more_dots_than_fit_are_refused_with_a_sentence(voting: tuple[Room, Phone, str]) -> None:
    _, phone, idea = voting
    answer = phone.post("/live/vote", idea=idea, dots=3)
    assert answer.status_code == 422
    assert "0 to 2" in answer.json()["error"]


def test_nobody_votes_outside_the_step(voting: tuple[Room, Phone, str]) -> None:
    room, phone, idea = voting
    room.open_step(StepKind.REVEAL)
    answer = phone.post("/live/vote", idea=idea, dots=1)
    assert answer.status_code == 403
    assert "not open" in answer.json()["error"]


def test_nobody_votes_for_somebody_else(voting: tuple[Room, Phone, str]) -> None:
    room, phone, idea = voting
    other = room.phone("Ben")
    assert other.badge
    answer = phone.post("/live/vote", idea=idea, dots=1, person=str(other.badge.participant_id))
    assert answer.status_code == 403
    assert votes.ballot(room.house.db, other.badge).dots == {}


def test_a_table_reads_adds_and_takes_back_by_json(room: Room) -> None:
    phone, author = room.phone(), room.phone("Ben", table=1)
    room.open_step(StepKind.SHARE)
    idea = author.write("An idea of another table")
    author.publish(idea)
    room.open_step(StepKind.BUILD)
    [card] = phone.get("/live/hand").json()["ideas"]
    assert (card["id"], card["read"], card["builds"]) == (str(idea), False, [])
    for _ in range(2):
        assert [each["read"] for each in phone.post("/live/read", idea=str(idea)).json()["ideas"]] == [True]
    words = {"idea": str(idea), "kind": "concern", "text": "Who pays?", "fix": "A fund."}
    for _ in range(2):
        answer = phone.post("/live/build", **words).json()
    [build] = answer["me"]["people"][0]["builds"]
    assert [each["text"] for each in answer["hand"]["ideas"][0]["builds"]] == ["Who pays?"]
    changed = phone.post("/live/build", **words | {"text": "Who?", "build": build["id"], "version": 1}).json()
    assert [each["text"] for each in changed["hand"]["ideas"][0]["builds"]] == ["Who?"]
    assert author.post("/live/take_back", build=build["id"]).status_code == 404
    assert phone.post("/live/take_back", build=build["id"]).json()["me"]["people"][0]["builds"] == []
    assert phone.post("/live/more").json()["ideas"][0]["read"], "there is nothing more, and that is no mistake"
    for wrong in ({"kind": "praise"}, {"fix": ""}):
        assert phone.post("/live/build", **words | wrong).status_code == 422


def test_a_stranger_changes_nothing(voting: tuple[Room, Phone, str]) -> None:
    room, _, idea = voting
    stranger = room.stranger()
    for path, body in (
        ("/live/vote", {"idea": idea, "dots": 1}),
        ("/live/publish", {"idea": idea, "published": False}),
        ("/live/withdraw", {"idea": idea}),
        ("/live/idea", {"slot": "idea", "text": TEXT}),
        ("/live/idea", {"slot": f"idea:{idea}", "text": TEXT, "idea": idea, "version": 1}),
        ("/live/ready", {"step": "vote", "ready": True}),
        ("/live/flag", {"idea": 1, "theme": "t", "flagged": True}),
    ):
        answer = stranger.post(path, **body)
        assert answer.status_code == 403
        assert "has not joined" in answer.json()["error"]


def test_guessing_codes_here_is_slowed_down_as_everywhere(room: Room) -> None:
    guesser = room.stranger()
    for number in range(guessing.FREE_GUESSES):
        assert guesser.get("/live/me", code=f"GUES{number:02}").status_code == 404
    assert guesser.get("/live/me", code="GUESS9").status_code == 429
    for path in ("/live/me", "/live/ballot", "/live/stream", "/live/now"):
        assert guesser.get(path).status_code == 429, "the right code must answer like a wrong one"


def test_on_a_tablet_each_person_has_an_own_ballot(voting: tuple[Room, Phone, str]) -> None:
    room, _, idea = voting
    shared, both = room.tablet("Cleo", "Dan")
    assert shared.get("/live/ballot").status_code == 403, "somebody has to say who votes"
    shared.post("/live/vote", idea=idea, dots=2, person=both[0])
    assert shared.get("/live/ballot", person=both[0]).json()["used"] == 2
    assert shared.get("/live/ballot", person=both[1]).json()["used"] == 0
    me = shared.get("/live/me").json()
    assert me["tablet"] is True
    assert [person["name"] for person in me["people"]] == ["Cleo", "Dan"]


def test_me_tells_what_became_of_my_ideas_and_of_nobody_elses(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    phone, other = room.phone("Ada"), room.phone("Ben")
    phone.write("Mine")
    other.write("Not mine")
    me = phone.get("/live/me").json()
    assert [idea["title"] for idea in me["people"][0]["ideas"]] == ["Mine"]
    assert me["people"][0]["written"] == 1


def test_being_ready_is_said_twice_and_is_once_and_is_taken_back(room: Room) -> None:
    phone = room.phone()
    room.open_step(StepKind.WRITE)
    for ready, steps in ((True, ["write"]), (True, ["write"]), (False, [])):
        answer = phone.post("/live/ready", step="write", ready=ready).json()
        assert answer == phone.get("/live/me").json()
        assert [person["ready"] for person in answer["people"]] == [steps]


def test_who_is_ready_is_asked_in_its_step_only(room: Room) -> None:
    phone = room.phone()
    early = phone.post("/live/ready", step="arrive", ready=True)
    room.open_step(StepKind.SHARE)
    late = phone.post("/live/ready", step="write", ready=True)
    assert [(answer.status_code, answer.json()["error"][:23]) for answer in (early, late)] == [
        (403, "Nobody is asked now whe"),
        (403, "This was about another "),
    ]


def test_nobody_says_for_somebody_else_that_they_are_ready(room: Room) -> None:
    phone, other = room.phone("Ada"), room.phone("Ben")
    room.open_step(StepKind.WRITE)
    assert other.badge
    answer = phone.post("/live/ready", step="write", ready=True, person=str(other.badge.participant_id))
    assert answer.status_code == 403
    assert readiness.steps_of(room.house.db, other.badge) == ()


def test_publishing_answers_with_the_tables_ideas(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    phone = room.phone()
    idea = str(phone.write("An idea"))
    assert phone.post("/live/publish", idea=idea, published=True).status_code == 403, "not before tables share"
    room.open_step(StepKind.SHARE)
    for _ in range(2):
        answer = phone.post("/live/publish", idea=idea, published=True).json()
        assert (answer["published"], answer["ideas"][0]["published"]) == (1, True)
    assert phone.post("/live/publish", idea=idea, published=False).json()["published"] == 0


def test_withdrawing_twice_is_once(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    phone = room.phone()
    idea = str(phone.write("An idea"))
    answers = [phone.post("/live/withdraw", idea=idea) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json()["people"][0]["ideas"] == []


TEXT = {
    "title": "Heat from data centres",
    "pitch": "For greenhouses",
    "sectors": ["clean_tech"],
    "brings": {"eu": "Labs"},
}


def test_an_idea_sent_five_times_is_one_and_brings_along_what_is_mine(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    phone = room.phone()
    assert phone.badge
    phone.post("/live/draft", slot="idea", body=TEXT)
    answers = [phone.post("/live/idea", slot="idea", text=TEXT).json() for _ in range(5)]
    assert answers == [answers[0]] * 5
    assert (answers[0]["number"], answers[0]["sent"], answers[0]["limit"], answers[0]["late"]) == (1, 1, 3, False)
    assert answers[0]["me"] == phone.get("/live/me").json()
    kept = ideas.mine(room.house.db, phone.badge)
    assert [(idea.title, idea.pitch, idea.sectors, dict(idea.brings)) for idea in kept] == [
        ("Heat from data centres", "For greenhouses", ("clean_tech",), {"eu": "Labs"})
    ]
    assert phone.get("/live/draft", slot="idea").json() == {"body": None}


def test_a_refused_idea_says_why_and_is_kept_as_a_draft(room: Room) -> None:
    phone = room.phone()
    early = phone.post("/live/idea", slot="idea", text=TEXT)
    assert early.status_code == 403
    assert "kept as a draft" in early.json()["error"]
    assert phone.get("/live/draft", slot="idea").json()["body"]["title"] == TEXT["title"]
    room.open_step(StepKind.WRITE)
    untitled = phone.post("/live/idea", slot="idea", text={"pitch": "Something"})
    assert untitled.status_code == 422
    assert "title is empty" in untitled.json()["error"]


def test_what_somebody_changed_meanwhile_is_not_written_over(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    phone, other = room.phone(), room.phone("Ben")
    idea = str(phone.write("An idea"))
    found = phone.get("/live/idea", idea=idea).json()
    assert (found["number"], found["version"], found["text"]["title"]) == (1, 1, "An idea")
    assert found["fields"] == ["brings", "pitch", "sectors", "still_needed", "title"]
    assert other.get("/live/idea", idea=idea).status_code == 404, "not before tables share"
    phone.post("/live/draft", slot=f"idea:{idea}", body={"title": "An idea, better"})
    change = {"slot": f"idea:{idea}", "idea": idea, "version": 1}
    changed = phone.post("/live/idea", text={"title": "An idea, better"}, **change).json()
    assert (changed["number"], changed["version"]) == (1, 2)
    assert phone.get("/live/draft", slot=f"idea:{idea}").json() == {"body": None}
    again = phone.post("/live/idea", text={"title": "An idea, better"}, **change)
    assert again.json()["version"] == 2, "a second tap"
    late = phone.post("/live/idea", text={"title": "An idea, worse"}, **change)
    assert late.status_code == 409
    assert "Somebody changed this idea" in late.json()["error"]


def test_a_neighbour_completes_an_idea_of_the_table_and_leaves_its_wording(room: Room) -> None:
    room.open_step(StepKind.WRITE)
    author, neighbour = room.phone("Ada", table=2), room.phone("Ben", table=2)
    idea = str(author.write("An idea"))
    room.open_step(StepKind.SHARE)
    found = neighbour.get("/live/idea", idea=idea).json()
    assert found["fields"] == ["brings", "still_needed"]
    change = {"slot": f"idea:{idea}", "idea": idea, "version": 1}
    assert neighbour.post("/live/idea", text={"title": "Mine now"}, **change).status_code == 403
    completed = {**found["text"], "brings": {"us": "A test field"}}
    assert neighbour.post("/live/idea", text=completed, **change).json()["version"] == 2


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_draft_is_kept_and_thrown_away(room: Room, method: str) -> None:
    phone = room.phone()
    assert phone.badge
    body = {"title": "Half a sen", "brings": {"eu": "labs"}}
    assert phone.post("/live/draft", method, slot="idea", body=body).json() == {"kept": True}
    assert drafts.read(room.house.db, phone.badge, "idea") == body
    assert phone.get("/live/draft", slot="idea").json() == {"body": body}
    assert phone.post("/live/draft", method, slot="idea").json() == {"kept": False}
    assert drafts.read(room.house.db, phone.badge, "idea") is None


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"idea": "no id", "dots": 1}, "idea"),
        ({"idea": str(uuid4()), "dots": "1"}, "dots"),
        ({"idea": str(uuid4()), "dots": True}, "dots"),
        ({"idea": str(uuid4()), "dots": 1.5}, "dots"),
        ({"idea": str(uuid4())}, "dots"),
        ({"idea": str(uuid4()), "dots": 1, "budget": 99}, "budget"),
        ({"idea": str(uuid4()), "dots": 1, "person": 7}, "person"),
    ],
)
def test_what_is_not_of_the_right_kind_is_named(room: Room, body: dict[str, object], word: str) -> None:
    answer = room.phone().post("/live/vote", **body)
    assert answer.status_code == 422
    assert f"“{word}”" in answer.json()["error"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b"[" * 5000, b"\xff"])
def test_what_is_no_json_object_is_refused(room: Room, content: bytes) -> None:
    phone = room.phone()
    answer = httpx.post(
        f"{room.address}/live/vote",
        content=content,
        headers={"content-type": "application/json"},
        cookies=phone.cookies,
    )
    assert answer.status_code == 422
    assert answer.json()["error"]


def test_a_form_of_another_site_cannot_reach_a_route(room: Room) -> None:
    """A page elsewhere can send a plain form with our cookies, but never this content type without asking first."""
    phone = room.phone()
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = httpx.post(
            f"{room.address}/live/vote", content=b"{}", headers={"content-type": kind}, cookies=phone.cookies
        )
        assert answer.status_code == 422


def test_a_body_that_is_too_large_is_refused(room: Room) -> None:
    answer = room.phone().post("/live/draft", slot="idea", body={"title": "x" * 20_000})
    assert answer.status_code == 413
    assert "16 kB" in answer.json()["error"]


@pytest.fixture
def our_records() -> Iterator[None]:
    """The log as a server keeps it."""
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(Record)
    yield
    logging.setLogRecordFactory(before)


@pytest.mark.usefixtures("our_records")
def test_our_own_mistake_is_one_neutral_sentence_and_no_text_is_logged(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret words of Ada")

    monkeypatch.setattr(phone_service, "me", broken)
    answer = room.phone().get("/live/me")
    assert answer.status_code == 500
    assert answer.json()["error"].startswith("Something went wrong on our side")
    assert "RuntimeError" in caplog.text
    assert "secret words" not in caplog.text


def test_a_flag_says_what_shall_be_true_of_an_idea_in_a_theme(voting: tuple[Room, Phone, str]) -> None:
    room, phone, idea = voting
    theme = Theme("t", "Heat", "", (), (idea,), 1.0, 0, locked=False, central_id=idea)
    themes.apply(room.house.db, room.moderator, themes.Proposal(Board(themes=(theme,)), seen=0, sentence=""))
    room.open_step(StepKind.THEMES)
    for flagged, now in ((True, {"1": "t"}), (True, {"1": "t"}), (False, {})):
        answer = phone.post("/live/flag", idea=1, theme="t", flagged=flagged)
        assert answer.json() == phone.get("/live/me").json()
        assert answer.json()["people"][0]["flags"] == now
    refused = phone.post("/live/flag", idea=1, theme="another", flagged=True)
    assert (refused.status_code, refused.json()["error"]) == (409, "Idea #1 is in another theme now. Look at it there.")
    room.open_step(StepKind.VOTE)
    assert phone.post("/live/flag", idea=1, theme="t", flagged=True).status_code == 403


@pytest.mark.parametrize("wrong", [{"idea": "1"}, {"idea": True}, {"theme": 1}, {"flagged": 1}, {"number": 1}])
def test_a_flag_of_another_kind_is_refused(voting: tuple[Room, Phone, str], wrong: dict[str, object]) -> None:
    _, phone, _ = voting
    body: dict[str, object] = {"idea": 1, "theme": "t", "flagged": True, **wrong}
    assert phone.post("/live/flag", **body).status_code == 422
