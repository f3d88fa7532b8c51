"""What changes between two boards, told to the person who decides."""

from dataclasses import replace

from workshop import themes
from workshop.themes import edits
from workshop.themes.board import Near
from workshop.themes.continuity import overlap, successors


def theme(name: str, *ideas: str, colour: int = 0) -> themes.Theme:
    return themes.Theme(name, name.title(), "", (), ideas, 1.0, colour, locked=False, central_id=ideas[0])


def test_the_preview_counts_moves_and_themes():
    old = themes.Board((theme("heat", "1", "2", "3"), theme("ships", "4", "5")), not_sure=("6",))
    new = themes.Board((theme("heat", "1", "2"), theme("farms", "3", "4", "5", "6", "7")))
    found = themes.changes(old, new)
    assert found.moved == ("3", "4", "5", "6")
    assert found.arrived == ("7",)
    assert found.sentence == "4 ideas would move, 1 new theme, 1 theme would go."


def test_nothing_changes_between_a_board_and_itself(board):
    found = themes.changes(board, board)
    assert (found.moved, found.arrived, found.left, found.renamed) == ((), (), (), ())
    assert found.sentence == "0 ideas would move."


def test_what_joined_an_idea_to_another_theme_is_no_reason_where_a_person_put_it():
    board = themes.Board((theme("heat", "1", "2"), theme("ships", "3", "4")))
    near = {"1": (Near("heat", 0.4, ("heat",)), Near("ships", 0.3, ("ferry",))), "2": (Near("heat", 0.5, ("heat",)),)}
    told = replace(board.evidence, words={"1": ("heat",), "2": ("heat",), "3": ("ferry",)}, near_themes=near)
    board = replace(board, evidence=told)
    assert edits.moved(board, "1", "ships").evidence.words == {"1": ("ferry",), "2": ("heat",), "3": ("ferry",)}
    assert edits.moved(board, "1", themes.NOT_SURE).evidence.words["1"] == ()
    assert edits.merged(board, "heat", "ships").evidence.words == {"1": ("ferry",), "2": (), "3": ("ferry",)}


def test_a_theme_goes_on_where_most_of_its_ideas_are():
    old = [theme("heat", "1", "2", "3"), theme("ships", "4", "5", "6")]
    groups = [frozenset("456"), frozenset("12378"), frozenset("9")]
    assert {row: found.id for row, found in successors(groups, old).items()} == {0: "ships", 1: "heat"}


def test_a_theme_does_not_go_on_in_a_group_with_hardly_any_of_its_ideas():
    assert successors([frozenset("1abcdefgh")], [theme("heat", "1", "2")]) == {}
    assert overlap(frozenset("12"), ("2", "3")) == 1 / 3


def test_hints_name_what_was_said_already(texts):
    typed = themes.Text("draft", "Hydrogen trucks between ports. Fuel cell lorries and shared refuelling stations.")
    found = themes.similar(typed, texts)
    assert found[0].id == "hydrogen-0"
    assert found[0].maybe_same
    assert len(found) <= 3
    assert themes.similar(themes.Text("draft", " "), texts) == ()
