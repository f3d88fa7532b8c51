import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from workshop.domain.event import StepKind
from workshop.domain.event_file import read_event
from workshop.errors import Invalid
from workshop.reporting import exporters
from workshop.services import access, ideas, log, people, rehearsals, reports, steps, themes, votes, workshops
from workshop.services.rehearsal_habits import Habits
from workshop.services.rehearsals import Pace, Rehearsal
from workshop.storage import Database

EVENTS = Path(__file__).parents[2] / "data" / "events"
EU_US, HARBOUR = EVENTS / "eu-us-2018.toml", EVENTS / "harbour-2027.toml"


def rows(path: Path, number: int, **columns: str) -> Path:
    """A CSV file with so many ideas of three kinds."""
    kinds = ("Hydrogen pipelines for steel works", "Apprentices for wind farms", "Sensors for drinking water")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "pitch", *columns])
        for place in range(number):
            writer.writerow([f"{kinds[place % 3]} {place}", f"Pitch number {place}.", *columns.values()])
    return path


def facts(db: Database, rehearsal: Rehearsal) -> dict[str, object]:
    """What the report says, without ids, codes and times."""
    _, organiser = access.for_command_line(rehearsal.view.id)
    report = json.loads(exporters["json"].render(reports.compile_report(db, organiser)))
    for thing in (*report["ideas"], *report["themes"]):
        del thing["id"]
    return {key: value for key, value in report.items() if key not in {"workshop", "log_head"}}


@pytest.fixture(scope="module")
def played(db: Database, tmp_path_factory: pytest.TempPathFactory):
    """A rehearsal of 20 people with 24 ideas of their own file."""
    file = rows(tmp_path_factory.mktemp("ideas") / "ideas.csv", 24)
    rehearsal = rehearsals.prepare(db, EU_US, number=20, ideas_file=file, seed=7)
    return rehearsal, rehearsals.play(db, rehearsal), file


def test_a_rehearsal_plays_from_arriving_to_the_commitments(db: Database, played):
    rehearsal, came, _ = played
    state = workshops.of(db, access.watch(db, rehearsal.view.id)).state
    assert rehearsal.view.event.step(state.step_key).kind is StepKind.COMMIT
    assert (came.participants, came.ideas, came.published, came.refused) == (20, 24, 24, 0)
    assert came.themes > 0
    assert came.votes > 40
    assert came.commitments > 5


def test_consortia_of_a_rehearsal_are_believable_some_ready_and_some_not(db: Database, played):
    rehearsal, came, _ = played
    _, organiser = access.for_command_line(rehearsal.view.id)
    report = reports.compile_report(db, organiser)
    assert len(report.cards) >= 4
    assert sum(card.wild_card for card in report.cards) == 1
    assert {card.ready for card in report.cards} == {True, False}
    assert sum(len(card.commitments) for card in report.cards) == came.commitments
    assert report.session is not None
    assert report.session.people_with_wishes > 0
    assert report.session.ratings > 0


def test_its_report_holds_every_idea_and_every_vote_in_each_format(db: Database, played):
    rehearsal, came, file = played
    with file.open(encoding="utf-8") as source:
        titles = {row["title"] for row in csv.DictReader(source)}
    _, organiser = access.for_command_line(rehearsal.view.id)
    report = reports.compile_report(db, organiser)
    as_json = json.loads(exporters["json"].render(report))
    sheet = list(csv.DictReader(exporters["csv"].render(report).decode("utf-8-sig").splitlines()))
    assert {idea["title"] for idea in as_json["ideas"]} == {row["title"] for row in sheet} == titles
    assert sum(sum(idea["votes"].values()) for idea in as_json["ideas"]) == came.votes
    assert sum(int(row["dots"]) for row in sheet) == came.votes
    assert exporters["pdf"].render(report).startswith(b"%PDF")


def test_some_come_late_lose_their_phone_or_tap_twice_and_nobody_and_nothing_counts_twice(db: Database, played):
    rehearsal, came, _ = played
    moderator, organiser = access.for_command_line(rehearsal.view.id)
    habits = Habits(20, seed=7)
    assert all((habits.late, habits.tap_twice, habits.lose_the_phone, habits.change_their_mind))
    opened = next(entry.at for entry in log.entries(db, moderator) if entry.details.get("to") == "write")
    late = [person for person in people.roster(db, organiser) if person.joined_at >= opened]
    assert len(late) == len(habits.late)
    submitted = [entry for entry in log.entries(db, moderator) if entry.verb == "submit"]
    assert len(submitted) == came.ideas == 24
    back = next(iter(habits.lose_the_phone))
    device = f"rehearsal {rehearsal.view.id} second phone {back}"
    assert len(access.seats(db, rehearsal.view.id, device=device)) == 1


def test_the_same_seed_plays_the_same_rehearsal(db: Database, played):
    rehearsal, came, file = played
    again = rehearsals.prepare(db, EU_US, number=20, ideas_file=file, seed=7)
    assert replace(rehearsals.play(db, again), code=came.code) == came
    assert facts(db, again) == facts(db, rehearsal)


def test_another_seed_plays_another_one(db: Database, played):
    rehearsal, _, file = played
    other = rehearsals.prepare(db, EU_US, number=20, ideas_file=file, seed=8)
    assert [person.name for person in other.people] != [person.name for person in rehearsal.people]
    assert [part.text.title for part in other.parts] != [part.text.title for part in rehearsal.parts]


def test_a_rehearsal_is_marked_and_is_never_taken_for_the_room(db: Database, played):
    rehearsal, _, _ = played
    assert rehearsal.view.rehearsal
    assert workshops.resume_or_create(db, EU_US).id != rehearsal.view.id


def test_nobody_overspends_and_the_dots_are_not_spread_evenly(db: Database, played):
    rehearsal, _, _ = played
    limits = rehearsal.view.event.limits
    ranking = votes.results(db, access.watch(db, rehearsal.view.id))
    assert sum(ranking.ballots.values()) <= 20
    assert ranking.by_dots[0].total_dots >= 3 * max(1, ranking.by_dots[-1].total_dots)
    for place in ranking.by_dots:
        assert all(place.dots[side] <= limits.dots_per_idea * place.supporters[side] for side in place.dots)


def test_without_a_file_the_room_writes_bundled_ideas_within_the_limits_of_the_event(db: Database):
    rehearsal = rehearsals.prepare(db, EU_US, number=30)
    event = rehearsal.view.event
    assert rehearsal.raised == ""
    assert event == read_event(EU_US.read_text(encoding="utf-8"), source="the event")
    assert len(rehearsal.parts) > 30
    came = rehearsals.play(db, rehearsal)
    assert came.refused == 0
    assert came.published <= 5 * event.limits.published_per_table < came.ideas


def test_people_come_from_both_sides_and_sit_mixed(db: Database):
    rehearsal = rehearsals.prepare(db, EU_US, number=60)
    sides = [person.side for person in rehearsal.people]
    assert (sides.count("eu"), sides.count("us")) == (47, 13)
    assert {person.table for person in rehearsal.people} == set(range(10))
    assert len({person.name for person in rehearsal.people}) == 60
    assert {sector for person in rehearsal.people for sector in person.sectors} == {
        sector.key for sector in rehearsal.view.event.sectors
    }


def test_more_ideas_than_fit_are_played_on_a_copy_of_the_event_that_says_so(db: Database, tmp_path: Path):
    file = rows(tmp_path / "ideas.csv", 30)
    rehearsal = rehearsals.prepare(db, EU_US, number=6, ideas_file=file)
    original, copy = read_event(EU_US.read_text(encoding="utf-8"), source="the event"), rehearsal.view.event
    assert "5 ideas per person" in rehearsal.raised
    assert "published ideas per table" in rehearsal.raised
    assert replace(copy, limits=original.limits) == original
    assert copy.limits.dots == original.limits.dots
    came = rehearsals.play(db, rehearsal)
    assert (came.ideas, came.published, came.refused) == (30, 30, 0)


def test_an_event_with_three_sides_few_tables_and_no_themes_step_is_played_too(db: Database):
    rehearsal = rehearsals.prepare(db, HARBOUR, number=32)
    assert {person.side for person in rehearsal.people} == {"port", "ships", "town"}
    assert "32 people" in rehearsal.raised
    came = rehearsals.play(db, rehearsal)
    assert (came.participants, came.refused) == (32, 0)
    assert came.themes > 0
    assert came.votes > 40


def test_more_people_than_the_bundled_list_names_still_have_a_name_each(db: Database):
    rehearsal = rehearsals.prepare(db, EU_US, number=300)
    assert len({person.name for person in rehearsal.people}) == 300
    assert len(rehearsal.view.event.tables) == 30


def test_a_moderator_who_takes_the_helm_is_not_fought_and_what_is_refused_is_counted(db: Database, tmp_path: Path):
    rehearsal = rehearsals.prepare(db, EU_US, number=8, ideas_file=rows(tmp_path / "ideas.csv", 9))
    moderator, _ = access.for_command_line(rehearsal.view.id)

    def close_voting(line: str) -> None:
        if line.startswith("Themes"):
            state = workshops.of(db, moderator).state
            steps.open_step(db, moderator, "vote", seen=state.version)
            steps.close(db, moderator, seen=state.version + 1)

    came = rehearsals.play(db, rehearsal, tell=close_voting)
    assert came.votes == 0
    assert came.refused > 0


def test_clearing_removes_rehearsals_with_all_that_was_played_and_leaves_workshops(db: Database, played):
    real = workshops.create(db, EU_US.read_text(encoding="utf-8"))
    assert rehearsals.clear(db) > 0
    assert [view.rehearsal for view in workshops.every(db)].count(True) == 0
    assert workshops.find(db, real.code) is not None
    assert rehearsals.clear(db) == 0


@pytest.mark.parametrize("number", [0, 1, 1001])
def test_a_room_that_cannot_be_is_refused(db: Database, number: int):
    with pytest.raises(Invalid, match="2 to 1000"):
        rehearsals.prepare(db, EU_US, number=number)


def test_more_ideas_than_any_event_takes_are_refused_with_what_to_do(db: Database, tmp_path: Path):
    with pytest.raises(Invalid, match="--most"):
        rehearsals.prepare(db, EU_US, number=3, ideas_file=rows(tmp_path / "ideas.csv", 100))


def test_the_steps_share_the_minutes_and_the_actions_share_the_step():
    at = [100.0]
    done: list[float] = []

    def wait(seconds: float) -> None:
        at[0] += seconds

    pace = Pace(1, wait=wait, now=lambda: at[0])
    pace.start([1, 2])
    pace.act([lambda: done.append(at[0])])
    assert at[0] == pytest.approx(120)
    pace.act([lambda: done.append(at[0]) for _ in range(3)])
    assert at[0] == pytest.approx(160)
    assert done == pytest.approx([110, 130, 140, 150])


def test_no_minutes_are_no_waiting():
    def wait(seconds: float) -> None:
        raise AssertionError(seconds)

    pace = Pace(0, wait=wait)
    pace.start([5, 6])
    pace.act([list])
    pace.act([])


def test_what_people_bring_is_added_while_they_share(db: Database, tmp_path: Path):
    file = rows(
        tmp_path / "ideas.csv", 9, side="us", brings_eu="Test sites", still_needed="An insurer", sectors="clean_tech"
    )
    rehearsal = rehearsals.prepare(db, EU_US, number=6, ideas_file=file)
    rehearsals.play(db, rehearsal)
    written = ideas.board(db, access.watch(db, rehearsal.view.id))
    assert {(idea.brings["eu"], idea.still_needed, idea.sectors) for idea in written} == {
        ("Test sites", "An insurer", ("clean_tech",))
    }
    assert {idea.version for idea in written} == {2}


def test_themes_of_a_rehearsal_can_be_changed_like_any_others(db: Database, tmp_path: Path):
    rehearsal = rehearsals.prepare(db, EU_US, number=6, ideas_file=rows(tmp_path / "ideas.csv", 12))
    rehearsals.play(db, rehearsal)
    moderator, _ = access.for_command_line(rehearsal.view.id)
    applied = themes.current(db, moderator)
    assert applied is not None
    themes.rename(db, moderator, applied.themes[0].id, name="Ours", seen=applied.version)
    renamed = themes.current(db, moderator)
    assert renamed is not None
    assert renamed.themes[0].name == "Ours"
