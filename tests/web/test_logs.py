"""The log says what happened and where; a text, a name or an address never becomes part of it."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workshop import settings
from workshop.errors import Invalid
from workshop.settings import PROJECT
from workshop.web.log_records import JsonRecord, Record

HOSTILE = "Zirkonoxid-Membran of Ada"

Printed = Callable[[type[Record], str], io.StringIO]


@pytest.fixture
def printed() -> Iterator[Printed]:
    """What a handler that knows nothing of us prints, as a library sets one up, for a logger of this name."""
    before, used = logging.getLogRecordFactory(), []

    def listen(record: type[logging.LogRecord], name: str) -> io.StringIO:
        logging.setLogRecordFactory(record)
        logger, paper = logging.getLogger(name), io.StringIO()
        handler = logging.StreamHandler(paper)
        logger.addHandler(handler)
        used.append((logger, handler))
        return paper

    yield listen
    logging.setLogRecordFactory(before)
    for logger, handler in used:
        logger.removeHandler(handler)


def fail() -> None:
    try:
        int(HOSTILE)
    except ValueError as error:
        raise RuntimeError(f"cannot keep {HOSTILE}") from error


def log_a_failure(name: str) -> None:
    try:
        fail()
    except RuntimeError:
        logging.getLogger(name).exception("saving failed")


@pytest.mark.parametrize("name", ["workshop.services.ideas", "streamlit.error_util"])
def test_of_an_error_the_kind_and_the_places_are_said_and_never_the_message(printed: Printed, name: str) -> None:
    paper = printed(Record, name)
    log_a_failure(name)
    lines = paper.getvalue().splitlines()
    assert lines[:2] == ["saving failed", "  RuntimeError"]
    assert "  ValueError" in lines
    assert any(line.startswith("    tests/web/test_logs.py:") and line.endswith(" in fail") for line in lines)
    assert HOSTILE not in paper.getvalue()


def test_without_our_record_the_message_would_stand_there(printed: Printed) -> None:
    """The control of the test above: it looks where a leak would be."""
    paper = printed(logging.LogRecord, "workshop.services.ideas")
    log_a_failure("workshop.services.ideas")
    assert HOSTILE in paper.getvalue()


def test_one_json_object_per_line(printed: Printed) -> None:
    paper = printed(JsonRecord, "workshop.web")
    began = datetime.now(UTC).replace(microsecond=0)
    logging.getLogger("workshop.web").warning("two\nlines of %s", "ours")
    log_a_failure("workshop.web")
    first, second = (json.loads(line) for line in paper.getvalue().splitlines())
    assert first.keys() == {"time", "level", "logger", "event"}
    assert (first["level"], first["logger"], first["event"]) == ("warning", "workshop.web", "two\nlines of ours")
    assert began <= datetime.fromisoformat(first["time"]) <= datetime.now(UTC)
    assert [error["type"] for error in second["exception"]] == ["RuntimeError", "ValueError"]
    assert second["exception"][0]["frames"][-1].endswith(" in fail")
    assert HOSTILE not in paper.getvalue()


@pytest.mark.parametrize(
    ("said", "values", "event"),
    [
        ("Session with id %s is already connected", ("9b1d-secret",), "Session with id … is already connected"),
        ("Port %s is not available", (8501,), "Port 8501 is not available"),
        ('%s - "WebSocket %s" %d', ("192.0.2.7:50000", "/_stcore/stream?code=K7QF3M", 403), '… - "WebSocket …" 403'),
        ("%(who)s took %(seconds).1f s", ({"who": "Ada", "seconds": 2.5},), "… took 2.5 s"),
        ("Task exception was never retrieved\nfuture: <Task exception=ValueError('Ada')>", (), "Task exception was"),
        ("two lines of %s\nand %s", ("Ada", "Bo"), "two lines of %s"),
        (OSError("Ada"), (), "OSError"),
    ],
)
def test_a_library_says_its_sentence_without_values(
    printed: Printed, said: object, values: tuple[object, ...], event: str
) -> None:
    paper = printed(Record, "uvicorn.error")
    logging.getLogger("uvicorn.error").error(said, *values)
    assert paper.getvalue().strip().startswith(event)
    assert not any(word in paper.getvalue() for word in ("Ada", "192.0.2", "K7QF3M", "9b1d"))


PROGRAM = f"""
import asyncio, gc, logging, sys, threading, warnings
from workshop.errors import Unavailable
from workshop.web import logs

logs.begin(sys.argv[1])
late = logging.getLogger("uvicorn.error")  # sets up a handler of its own, as servers do
late.propagate = False
late.addHandler(logging.StreamHandler())
silenced = logging.getLogger("uvicorn.access")  # as servers silence what they were told not to log
silenced.propagate = False
logs.gather()
assert not silenced.hasHandlers(), "a server would make a record of each request"
logging.getLogger("uvicorn.error").info("not worth a line")
logging.getLogger("uvicorn.error").error("Exception in ASGI application\\n")
warnings.warn("{HOSTILE}")

def fail(*_):
    raise RuntimeError("{HOSTILE}")

class Fails:
    __del__ = fail

failing = threading.Thread(target=fail)
failing.start()
failing.join()
Fails()

async def lose_a_task():
    task = asyncio.create_task(asyncio.to_thread(fail))
    await asyncio.sleep(0.1)
    del task
    gc.collect()

asyncio.run(lose_a_task())
if sys.argv[2] == "sentence":
    raise Unavailable("The disk is full.")
fail()
"""


@pytest.mark.parametrize("ending", ["sentence", "defect"])
@pytest.mark.parametrize("form", ["lines", "json"])
def test_whatever_fails_in_a_process_is_in_its_log_and_says_nothing(form: str, ending: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, form, ending], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert HOSTILE not in done.stderr
    events = ["Exception in ASGI application", "UserWarning at <string>:16", "a thread ended"]
    events += ["an error came too late to be raised", "Task exception was never retrieved"]
    events += ["The disk is full." if ending == "sentence" else "the program ended"]
    if form == "json":
        assert [json.loads(line)["event"] for line in done.stderr.splitlines()] == events
    else:
        assert [line.split(": ", 1)[1] for line in done.stderr.splitlines() if line.startswith("20")] == events


def test_only_lines_and_json_are_known() -> None:
    assert [settings.read({"ROUNDTABLE_LOG": form}).log for form in ("", "lines", "json")] == ["lines", "lines", "json"]
    with pytest.raises(Invalid, match="Write lines or json"):
        settings.read({"ROUNDTABLE_LOG": "xml"})


def test_no_file_is_named_with_a_folder_of_this_machine(printed: Printed, tmp_path: Path) -> None:
    paper = printed(JsonRecord, "workshop.web")
    elsewhere = tmp_path / "elsewhere.py"
    elsewhere.write_text("import json\njson.loads('{')\n", encoding="utf-8")
    try:
        exec(compile(elsewhere.read_text(encoding="utf-8"), str(elsewhere), "exec"))
    except ValueError:
        logging.getLogger("workshop.web").exception("reading failed")
    assert str(tmp_path) not in paper.getvalue()
    assert "elsewhere.py:2 in <module>" in paper.getvalue()
