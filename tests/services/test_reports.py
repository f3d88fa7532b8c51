import json
from datetime import UTC, datetime

import pytest

from tests.services.room import Room
from workshop.domain.credit import NOBODY
from workshop.domain.event import Anonymity, StepKind
from workshop.domain.idea import IdeaDraft
from workshop.domain.report import Report
from workshop.reporting import exporters, pdf_contents
from workshop.services import clock, ideas, moderation, reports, themes, votes, workshops
from workshop.ui import colours, wall_themes


def compiled(room: Room) -> Report:
    return reports.compile_report(room.db, room.organiser)


def numbers(report: Report) -> list[int]:
    return [idea.number for idea in report.ideas]


def bytes_of(report: Report) -> bytes:
    return exporters["json"].render(report) + exporters["csv"].render(report)


def test_before_tables_share_the_report_counts_ideas_and_shows_none(room: Room):
    room.opens(StepKind.WRITE)
    room.has_sent(room.joins("Ada"), "A hydrogen corridor")
    report = compiled(room)
    assert (report.ideas, report.themes, report.kept_back) == ((), (), 1)
    assert b"hydrogen" not in bytes_of(report)


def test_from_sharing_on_an_unpublished_idea_is_in_the_report_and_marked(room: Room):
    ada = room.joins("Ada")
    room.opens(StepKind.SHARE)
    room.has_sent(ada, "On the board", published=True)
    room.has_sent(ada, "Kept at the table")
    report = compiled(room)
    assert [(idea.title, idea.published) for idea in report.ideas] == [
        ("On the board", True),
        ("Kept at the table", False),
    ]
    assert report.kept_back == 0


def test_going_back_to_writing_takes_the_texts_out_of_the_report_again(room: Room):
    ada = room.joins("Ada")
    room.opens(StepKind.SHARE)
    room.has_sent(ada, "A hydrogen corridor", published=True)
    room.opens(StepKind.WRITE)
    assert b"hydrogen" not in bytes_of(compiled(room))


def test_hidden_and_withdrawn_ideas_are_not_in_the_report(room: Room):
    ada = room.joins("Ada")
    room.opens(StepKind.SHARE)
    stays = room.has_sent(ada, "A joint test bed", published=True)
    hidden = room.has_sent(ada, "Something rude", published=True)
    withdrawn = room.has_sent(ada, "Something silly", published=True)
    moderation.hide(room.db, room.moderator, hidden.id, reason="rude words")
    ideas.withdraw(room.db, ada, withdrawn.id)
    report = compiled(room)
    assert (numbers(report), report.kept_back) == ([stays.number], 0)
    written = bytes_of(report)
    assert b"Something" not in written
    assert b"rude words" not in written


def test_a_merged_idea_carries_its_originals_also_those_of_an_earlier_merge(room: Room):
    room.names_people_as(Anonymity.NAMED)
    ada, ben = room.joins("Ada"), room.joins("Ben", side="us", table=1)
    room.opens(StepKind.SHARE)
    one, two = room.has_sent(ada, "One", published=True), room.has_sent(ben, "Two", published=True)
    three = room.has_sent(ben, "Three", published=True)
    first = moderation.merge(room.db, room.moderator, [one.id, two.id], IdeaDraft("One and two"))
    moderation.merge(room.db, room.moderator, [first.id, three.id], IdeaDraft("All three"))
    (idea,) = compiled(room).ideas
    assert (idea.title, idea.credit) == ("All three", NOBODY)
    assert {original.title: original.credit.author for original in idea.merged} == {
        "One and two": None,
        "One": "Ada",
        "Two": "Ben",
        "Three": "Ben",
    }


@pytest.mark.parametrize("kind", [StepKind.SHARE, StepKind.THEMES, StepKind.VOTE])
def test_before_the_reveal_no_vote_is_in_the_report(room: Room, kind: StepKind):
    voter = voted_for(room, "A joint test bed")
    if kind is not StepKind.VOTE:
        room.opens(kind)
    report = compiled(room)
    assert report.ranking is None
    assert (report.turnout[0].voted, report.turnout[0].of) == (1, 1)
    assert voted_values(report) == {}
    assert str(voter.participant_id).encode() not in bytes_of(report)


def test_from_the_reveal_on_the_report_holds_every_vote(room: Room):
    voted_for(room, "A joint test bed")
    room.opens(StepKind.REVEAL)
    report = compiled(room)
    assert report.ranking == votes.results(room.db, room.organiser)
    assert voted_values(report) == {"votes": {"eu": 2, "us": 0}, "supporters": {"eu": 1, "us": 0}}
    assert b"A joint test bed" in exporters["csv"].render(report)


@pytest.mark.parametrize(
    ("level", "shown", "secret"),
    [
        (Anonymity.ANONYMOUS, [], ["Ada Lovelace", "Wind Valley", "Table 1"]),
        (Anonymity.TABLE_TAG, ["Table 1"], ["Ada Lovelace", "Wind Valley"]),
        (Anonymity.NAMED, ["Ada Lovelace", "Wind Valley", "Table 1"], []),
    ],
)
def test_the_report_names_nobody_beyond_the_anonymity_level(
    room: Room, level: Anonymity, shown: list[str], secret: list[str]
):
    room.names_people_as(level)
    ada = room.joins("Ada Lovelace", organisation="Wind Valley")
    room.opens(StepKind.SHARE)
    room.has_sent(ada, "A joint test bed", published=True)
    report = compiled(room)
    written = bytes_of(report).decode()
    assert all(word in written for word in shown)
    assert not any(word in written for word in secret)
    assert str(ada.participant_id) not in written
    assert len(report.participants) == 1


def test_themes_are_in_the_report_with_their_numbers_and_colours(room: Room):
    full_board(room)
    themes.apply(room.db, room.moderator, themes.suggest(room.db, room.moderator))
    report, applied = compiled(room), themes.current(room.db, room.moderator)
    assert applied is not None
    assert applied.themes
    assert {theme.name: theme.ideas for theme in report.themes} == {
        theme.name: tuple(idea.number for idea in theme.ideas) for theme in applied.themes
    }
    assert all(theme.colour in reports.COLOURS_ON_PAPER for theme in report.themes)
    assert all(theme.confidence is not None for theme in report.themes)


def test_a_theme_tells_the_words_that_join_it_and_which_ideas_say_them(room: Room):
    full_board(room)
    themes.apply(room.db, room.moderator, themes.suggest(room.db, room.moderator))
    report = compiled(room)
    titles = {idea.number: idea.title for idea in report.ideas}
    said = [(theme, word, ideas) for theme in report.themes for word, ideas in theme.words.items()]
    assert {"hydrogen", "apprentices", "drinking"} <= {part for _, word, _ in said for part in word.lower().split()}
    assert all(word.lower() in titles[number] for _, word, ideas in said for number in ideas)
    assert all(set(ideas) <= set(theme.ideas) for theme, _, ideas in said)


def test_must_not_happen_a_joining_word_outlives_the_ideas_that_said_it(room: Room):
    full_board(room)
    themes.apply(room.db, room.moderator, themes.suggest(room.db, room.moderator))
    theme = compiled(room).themes[0]
    word, said_by = next(iter(theme.words.items()))
    for idea in ideas.board(room.db, room.moderator):
        if idea.number in said_by[1:]:
            moderation.hide(room.db, room.moderator, idea.id, reason="A test")
    assert next(each for each in compiled(room).themes if each.id == theme.id).words[word] == said_by[:1]
    last = next(idea for idea in ideas.board(room.db, room.moderator) if idea.number == said_by[0])
    moderation.hide(room.db, room.moderator, last.id, reason="A test")
    assert all(word not in each.words for each in compiled(room).themes if each.id == theme.id)


def test_a_theme_that_people_named_is_no_guess(room: Room):
    full_board(room)
    seen = themes.apply(room.db, room.moderator, themes.suggest(room.db, room.moderator))
    applied = themes.current(room.db, room.moderator)
    assert applied is not None
    themes.rename(room.db, room.moderator, applied.themes[0].id, name="Our own words", seen=seen)
    named = next(theme for theme in compiled(room).themes if theme.name == "Our own words")
    assert named.confidence is None


def test_a_theme_has_the_same_colour_on_paper_as_on_light_screens():
    assert colours.of_themes(dark=False) == reports.COLOURS_ON_PAPER


def test_the_report_holds_the_same_picture_as_the_wall(room: Room):
    room.opens(StepKind.SHARE)
    for number in range(12):
        writer = room.joins(f"Person {number}", side="us" if number % 3 else "eu", table=number % 6)
        room.has_sent(writer, f"Hydrogen for ferry port number {number}", published=True)
    room.opens(StepKind.THEMES)
    themes.apply(room.db, room.moderator, themes.suggest(room.db, room.moderator))
    view = themes.current(room.db, room.observer)
    assert view is not None
    sides = [{"key": side.key, "short": side.short, "shape": side.shape, "colour": side.colour}
             for side in workshops.of(room.db, room.observer).event.sides]  # fmt: skip
    on_the_wall = wall_themes.picture(view, sides, dots=None, dark=False)
    on_paper = pdf_contents.of(compiled(room))["map"]
    assert on_paper["bubbles"] == on_the_wall["bubbles"]
    for paper, screen in zip(on_paper["names"], on_the_wall["names"], strict=True):
        assert {**paper, "key": ""} == {**screen, "key": ""}


def test_the_report_says_when_it_was_compiled_and_which_log_stands_behind_it(room: Room):
    room.opens(StepKind.WRITE)
    with clock.frozen(at := datetime(2018, 11, 7, 11, 17, tzinfo=UTC)):
        report = compiled(room)
    assert report.compiled_at == at
    assert (report.step, report.rehearsal, len(report.log_head)) == ("Write alone", False, 64)


def test_a_moment_is_one_transaction(room: Room, monkeypatch: pytest.MonkeyPatch):
    """What somebody does between two of the report's queries is not in it, on either database."""
    room.opens(StepKind.SHARE)
    ada = room.joins("Ada")
    room.has_sent(ada, "One", published=True)
    real = reports.turn.look

    def look_and_be_overtaken(session, workshop_id):
        view = real(session, workshop_id)
        monkeypatch.setattr(reports.turn, "look", real)
        room.has_sent(ada, "Two", published=True)
        return view

    monkeypatch.setattr(reports.turn, "look", look_and_be_overtaken)
    report = compiled(room)
    after = compiled(room)
    assert (numbers(report), numbers(after)) == ([1], [1, 2])
    assert report.log_head != after.log_head


def voted_for(room: Room, title: str):
    ada = room.joins("Ada")
    room.opens(StepKind.SHARE)
    idea = room.has_sent(ada, title, published=True)
    room.opens(StepKind.VOTE)
    votes.cast(room.db, ada, idea.id, dots=2)
    return ada


def voted_values(report: Report) -> dict[str, dict[str, int]]:
    (idea,) = json.loads(exporters["json"].render(report))["ideas"]
    return {key: idea[key] for key in ("votes", "supporters") if idea[key] is not None}


def full_board(room: Room) -> None:
    """Enough ideas of three kinds for themes."""
    kinds = ("hydrogen pipelines for steel", "apprentices in wind farms", "drinking water sensors")
    room.opens(StepKind.SHARE)
    for place in range(12):
        author = room.joins(f"Author {place}", table=place % 5)
        room.has_sent(author, f"{kinds[place % 3]} number {place}", published=True)
