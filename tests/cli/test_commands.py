import csv
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from workshop.cli import app, doctor
from workshop.services import access, themes, workshops
from workshop.services.rehearsal_ideas import SAMPLE
from workshop.settings import PROJECT
from workshop.storage import Database

COMMANDS = sorted(get_command(app).commands)


def opened(shell) -> Database:
    return Database.open(f"sqlite:///{shell.folder / 'var' / 'roundtable.db'}")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_in_a_sentence_what_a_command_does(shell, command: str):
    text = " ".join(shell(command, "--help").stdout.split())
    assert text.count(".") >= 1
    assert "--help" in text
    if command != "serve":
        assert "--json" in text


def test_without_a_command_the_commands_are_listed(shell):
    assert all(command in shell().output for command in COMMANDS)


def test_it_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "workshop", "--help"], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert "rehearse" in done.stdout


def test_a_rehearsal_prints_its_counts_its_code_and_where_to_watch_it(shell, ideas_file: Path):
    done = shell("rehearse", "--people", 6, "--minutes", 0, "--ideas", ideas_file)
    assert done.exit_code == 0
    assert "6 people, 12 ideas (12 on the board)" in done.stdout
    assert "It runs on a copy of the event with room for" in done.stdout
    assert "/w/" in done.stdout
    assert "/r/" in done.stdout


def test_a_program_reads_one_document_and_nothing_else(shell, ideas_file: Path):
    done = shell("rehearse", "--people", 6, "--minutes", 0, "--ideas", ideas_file, "--json")
    played = json.loads(done.stdout)
    assert {"code", "participants", "ideas", "votes", "themes"} <= played.keys()
    assert (played["participants"], played["ideas"]) == (6, 12)
    assert played["votes"] > 0
    assert played["themes"] > 0
    assert "Write alone: 12 ideas" in done.stderr


def test_a_rehearsal_of_another_event_in_another_database(shell, tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'elsewhere.db'}"
    event = PROJECT / "data" / "events" / "harbour-2027.toml"
    played = json.loads(
        shell("rehearse", "--people", 9, "--minutes", 0, "--event", event, "--database", url, "--json").stdout
    )
    assert played["participants"] == 9
    assert shell("report", "--workshop", played["code"], "--out", tmp_path / "r.pdf").exit_code == 1
    assert shell("report", "--workshop", played["code"], "--out", tmp_path / "r.pdf", "--database", url).exit_code == 0


def test_one_command_clears_rehearsals(shell, rehearsed):
    rehearsed()
    rehearsed()
    assert shell("rehearse", "--clear").stdout == "2 rehearsals removed.\n"
    assert json.loads(shell("rehearse", "--clear", "--json").stdout) == {"cleared": 0}


def test_each_format_of_the_report_holds_every_idea(shell, rehearsed, tmp_path: Path):
    code = rehearsed()
    for name in ("pdf", "csv", "json"):
        done = shell("report", "--workshop", code.lower(), "--format", name, "--out", tmp_path / f"report.{name}")
        assert done.exit_code == 0, done.stderr
        assert "12 ideas" in done.stdout
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert {"event", "participants", "ideas", "themes", "ranking", "log_head"} <= report.keys()
    first = report["ideas"][0]
    assert {"number", "title", "pitch", "table", "side", "sectors", "theme", "votes"} <= first.keys()
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as sheet:
        assert [row["title"] for row in csv.DictReader(sheet)] == [idea["title"] for idea in report["ideas"]]
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_all_formats_are_written_and_opened_again(shell, rehearsed, tmp_path: Path):
    code = rehearsed()
    done = shell("report", "--workshop", code, "--format", "all", "--out", tmp_path / "report", "--verify")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.endswith("Opened 11 files again: no difference in ideas, votes and names.\n")
    assert len(list((tmp_path / "report").iterdir())) == 11


def test_a_report_that_cannot_be_written_leaves_nothing_behind(shell, rehearsed, tmp_path: Path):
    code = rehearsed()
    done = shell("report", "--workshop", code, "--format", "json", "--out", tmp_path / "nowhere" / "report.json")
    assert done.exit_code == 1
    assert "Choose another place with --out." in done.stderr
    (tmp_path / "taken").mkdir()
    assert shell("report", "--workshop", code, "--format", "json", "--out", tmp_path / "taken").exit_code == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ideas.csv", "taken", "var"]


def test_themes_are_suggested_and_applied_only_when_asked(shell, ideas_file: Path):
    code = json.loads(shell("rehearse", "--people", 6, "--minutes", 0, "--ideas", ideas_file, "--json").stdout)["code"]
    suggested = json.loads(shell("themes", "--workshop", code, "--json").stdout)
    assert sum(theme["size"] for theme in suggested["themes"]) + len(suggested["not_sure"]) == 12
    assert all(idea["closest"] for theme in suggested["themes"] for idea in theme["members"])
    assert version(shell, code) == 1
    assert "Applied" in shell("themes", "--workshop", code, "--apply").stdout
    assert version(shell, code) == 2


def version(shell, code: str) -> int:
    db = opened(shell)
    try:
        view = workshops.find(db, code)
        assert view is not None
        current = themes.current(db, access.for_command_line(view.id)[0])
        return current.version if current else 0
    finally:
        db.close()


def test_a_file_is_grouped_without_any_workshop(shell, ideas_file: Path):
    done = shell("themes", ideas_file)
    assert done.exit_code == 0
    assert "#1 Hydrogen pipelines for steel works 0" in done.stdout
    assert not (shell.folder / "var").exists()


def test_known_groups_of_a_file_are_compared_with_its_themes(shell, tmp_path: Path):
    about = {
        "heat": "Waste heat from data centres warms greenhouses and district heating grids of the city",
        "boats": "Electric ferries and river barges charge their batteries with shore power in the port",
    }
    lines = [f"{name},{sentence} number {number},{number}" for number in range(6) for name, sentence in about.items()]
    path = tmp_path / "groups.csv"
    path.write_text("\n".join(["Group,What,year", *lines, ",a row without a label,1"]), encoding="utf-8")
    found = json.loads(shell("themes", path, "--text", "What", "--label", "Group", "--json").stdout)
    assert found["ari"] > 0.8
    assert 0 < found["nmi"] <= 1
    grouped = [member["idea"] for theme in found["themes"] for member in theme["members"]]
    assert len(grouped) + len(found["not_sure"]) == 13
    assert all(theme["evidence"]["typical"] in grouped for theme in found["themes"])
    assert json.loads(shell("themes", path, "--text", "What", "--json").stdout)["ari"] is None


def test_a_backup_is_a_whole_database(shell, rehearsed, tmp_path: Path):
    code = rehearsed()
    copy = Path(json.loads(shell("backup", "--json").stdout)["path"])
    assert copy.parent == tmp_path / "var" / "backups"
    assert shell("backup", "--out", tmp_path / "mine.db").exit_code == 0
    for path in (copy, tmp_path / "mine.db"):
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT code FROM workshop").fetchall() == [(code,)]
        connection.close()


def test_fresh_links_work_and_the_unused_ones_before_stop(shell):
    first = json.loads(shell("links", "--json").stdout)
    second = json.loads(shell("links", "--json", "--workshop", first["code"]).stdout)
    assert first["join"] == second["join"]
    assert first["moderator"] != second["moderator"]
    db = opened(shell)
    assert access.offered(db, second["moderator"].rpartition("/")[2]).role == "moderator"
    assert access.offered(db, second["organiser"].rpartition("/")[2]).role == "organiser"
    with pytest.raises(Exception, match="not valid"):
        access.offered(db, first["moderator"].rpartition("/")[2])
    db.close()


def test_purge_says_what_it_erased(shell, rehearsed):
    code = rehearsed()
    assert shell("purge").stdout == "Erased: no workshop; no backup.\n"
    db = opened(shell)
    with db.writing() as session:
        session.connection().exec_driver_sql("UPDATE workshop SET created_at = '2020-01-01', started_at = '2020-01-01'")
        session.connection().exec_driver_sql("UPDATE participant SET joined_at = '2020-01-01'")
    db.close()
    assert shell("doctor").exit_code == 1
    assert json.loads(shell("purge", "--json").stdout) == {"workshops": [code], "backups": []}


def test_the_doctor_finds_this_machine_well(shell, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ROUNDTABLE_PUBLIC_URL", "http://localhost:8501")
    done = shell("doctor", "--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["ok"]) == (0, True), found
    assert [each["look"] for each in found["findings"]] == ["settings", *doctor.LOOKS]


@pytest.mark.parametrize(
    ("setting", "value", "look", "says"),
    [
        ("PORT", "x", "settings", "PORT is “x”"),
        ("DATABASE_URL", "mysql://x/y", "database", "not supported"),
        ("ROUNDTABLE_EVENT", "nowhere.toml", "event", "cannot be read"),
        ("ROUNDTABLE_PUBLIC_URL", "https://nowhere.invalid", "network", "cannot find “nowhere.invalid”"),
    ],
)
def test_the_doctor_names_what_is_wrong(shell, monkeypatch: pytest.MonkeyPatch, setting, value, look, says):
    monkeypatch.setenv(setting, value)
    done = shell("doctor", "--json")
    wrong = {each["look"]: each["says"] for each in json.loads(done.stdout)["findings"] if not each["ok"]}
    assert done.exit_code == 1
    assert says in wrong[look]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["report", "--workshop", "NOSUCH", "--out", "x.pdf"], "There is no workshop with the code “NOSUCH”"),
        (["report", "--workshop", "NOSUCH", "--out", "x", "--format", "odt"], "There are: pdf, organisations, html, "),
        (["themes", "--workshop", "NOSUCH"], "There is no workshop with the code"),
        (["themes"], "Name a workshop with --workshop"),
        (["themes", "x.csv", "--apply"], "Name a workshop with --workshop"),
        (["themes", "--workshop", "NOSUCH", "--label", "x"], "Name a workshop with --workshop"),
        (["themes", "x.csv", "--granularity", "huge"], "fewer, default, more"),
        (["themes", "nowhere.csv"], "cannot be read"),
        (["themes", str(SAMPLE), "--text", "nothing"], "has no column “nothing”"),
        (["themes", str(SAMPLE), "--label", "nothing"], "has no column “nothing”"),
        (["rehearse", "--people", "1", "--minutes", "0"], "2 to 1000 people"),
        (["rehearse", "--minutes", "0", "--ideas", "nowhere.csv"], "cannot be read"),
        (["rehearse", "--minutes", "0", "--event", "nowhere.toml"], "cannot be read"),
        (["backup", "--database", "mysql://x/y"], "not supported"),
        (["links", "--workshop", "NOSUCH"], "There is no workshop with the code"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_exit_code_1(shell, words: list[str], says: str):
    done = shell(*words)
    assert done.exit_code == 1
    assert says in done.stderr
    assert "Traceback" not in done.output
    assert done.stdout == ""


def test_a_mistake_in_a_call_is_no_traceback_either():
    done = subprocess.run(
        [sys.executable, "-m", "workshop", "report", "--workshop", "NOSUCH", "--out", "x.pdf"],
        cwd=PROJECT,
        env=os.environ | {"DATABASE_URL": "mysql://x/y"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip().count("\n") == 0
