"""What a notebook does with a board: group, place, propose, apply, pin, merge, split, rename, undo."""

import subprocess
import sys
from collections import Counter

import pytest

from tests.themes.conftest import IDEAS, WordCounter
from workshop import themes
from workshop.errors import Conflict, Invalid, NotFound

WORDS = [idea for ideas in IDEAS.values() for idea in ideas]


@pytest.fixture(scope="module")
def opened() -> themes.OpenBoard:
    """The 32 ideas, grouped by their words."""
    return themes.group(WORDS, languages=["en"], embedder=WordCounter())


def theme(board: themes.Board, theme_id: str) -> themes.Theme:
    return next(theme for theme in board.themes if theme.id == theme_id)


def test_plain_texts_become_a_board_of_numbered_ideas(opened):
    assert isinstance(opened, themes.Board)
    assert set(opened.theme_of()) == {str(number) for number in range(1, 33)}
    assert [text.text for text in opened.texts] == WORDS
    assert opened.themes == themes.propose(opened.texts, languages=["en"], embedder=WordCounter()).themes


def test_granularity_and_an_exact_number_are_heard():
    found = themes.group(WORDS, languages=["en"], embedder=WordCounter(), count=7)
    assert len(found.themes) == 7
    assert found.evidence.settings["granularity"] == "7 themes"
    with pytest.raises(Invalid):
        themes.group(WORDS, embedder=WordCounter(), granularity="enormous")


def test_progress_is_told():
    heard = []
    themes.group(WORDS, embedder=WordCounter(), told=lambda _, done, total: heard.append((done, total)))
    assert heard == [(16, 32), (32, 32)]


def test_a_newcomer_is_placed_and_moves_nobody(opened):
    grown = opened.place("Hydrogen trains. Fuel cells and hydrogen refuelling stations for trains.")
    assert grown.texts[-1].id == "33"
    assert themes.changes(opened, grown).moved == ()
    assert "33" in grown.theme_of()
    assert grown.place(grown.texts[-1]) is grown
    assert grown.undo() is opened
    assert "33" not in opened.theme_of()


def test_a_proposal_is_previewed_applied_and_undone(opened):
    grown = opened.place("Cheese.").place("Cheese and bread.").place("Bread, cheese and wine.")
    proposal = grown.propose(granularity="more")
    assert proposal.sentence.endswith(".")
    assert grown.propose(granularity="more") == proposal
    applied = grown.apply(proposal)
    assert set(applied.theme_of()) == set(grown.theme_of())
    assert applied.undo() is grown


def test_a_proposal_for_another_board_is_refused(opened):
    proposal = opened.propose()
    with pytest.raises(Conflict, match="Ask for a new one"):
        opened.rename(opened.themes[0].id, "Mine").apply(proposal)


def test_a_pinned_idea_is_moved_and_stays(opened):
    home, elsewhere = opened.themes[0], opened.themes[1]
    pinned = opened.pin(home.idea_ids[0], elsewhere.id).pin(home.idea_ids[1]).pin(home.idea_ids[2], themes.NOT_SURE)
    wanted = {home.idea_ids[0]: elsewhere.id, home.idea_ids[1]: home.id, home.idea_ids[2]: themes.NOT_SURE}
    assert pinned.pins == wanted
    for board in (pinned, pinned.propose().board, pinned.propose(granularity="fewer").board):
        assert {idea: board.theme_of()[idea] for idea in wanted} == wanted
    assert pinned.why(home.idea_ids[0]).startswith("Pinned by hand. ")


def test_merged_themes_stay_together_and_keep_their_pins(opened):
    gone, kept = opened.themes[0], opened.themes[1]
    merged = opened.pin(gone.idea_ids[0]).merge(gone.id, into=kept.id)
    together = set(gone.idea_ids) | set(kept.idea_ids)
    assert set(theme(merged, kept.id).idea_ids) == together
    assert merged.pins == {gone.idea_ids[0]: kept.id}
    proposed = theme(merged.propose(granularity="more").board, kept.id)
    assert together <= set(proposed.idea_ids)
    assert (proposed.name, proposed.colour) == (kept.name, kept.colour)
    with pytest.raises(Conflict, match="two different"):
        merged.merge(kept.id, into=kept.id)


def test_a_split_theme_stays_split_with_a_name_for_each_part(opened):
    whole = opened.themes[0]
    split = opened.split(whole.id, into=3)
    made = [each for each in split.themes if each.id not in {before.id for before in opened.themes}]
    assert len(made) == 2
    groups = [theme(split, whole.id), *made]
    assert Counter(idea for each in groups for idea in each.idea_ids) == Counter(whole.idea_ids)
    assert all(each.locked and each.name and each.central_id in each.idea_ids for each in groups)
    assert len({each.name for each in split.themes}) == len(split.themes)
    proposed = split.propose(granularity="fewer").board
    assert all(set(each.idea_ids) <= set(theme(proposed, each.id).idea_ids) for each in groups)
    with pytest.raises(Invalid, match="cannot be split into 50"):
        opened.split(whole.id, into=50)


def test_a_name_that_a_person_gave_is_never_overwritten(opened):
    first = opened.themes[0]
    board = opened.rename(first.id, "  Ours ")
    assert theme(board, first.id).name == "Ours"
    for wish in ("fewer", "default", "more"):
        proposed = theme(board.propose(granularity=wish).board, first.id)
        assert (proposed.name, proposed.locked, proposed.please_name) == ("Ours", True, False)
    with pytest.raises(Invalid):
        board.rename(first.id, " ")


def test_what_does_not_exist_is_not_found(opened):
    for verb in (
        lambda: opened.rename("nobody", "Name"),
        lambda: opened.split("nobody"),
        lambda: opened.merge("nobody", into=opened.themes[0].id),
        lambda: opened.pin("nobody"),
        lambda: opened.pin("1", "nobody"),
        lambda: opened.why("nobody"),
    ):
        with pytest.raises(NotFound):
            verb()
    with pytest.raises(Conflict, match="nothing more"):
        opened.undo()


def test_the_evidence_follows_what_people_change(opened):
    home, elsewhere = opened.themes[0], opened.themes[1]
    stranger = home.weakest_id
    moved = opened.pin(stranger, elsewhere.id)
    assert theme(moved, home.id).weakest_id != stranger
    assert theme(moved, home.id).cohesion > home.cohesion
    assert elsewhere.id in {near.theme_id for near in moved.evidence.near_themes[stranger]}


def test_every_idea_knows_its_nearest_themes_and_why(opened):
    for idea, home in opened.theme_of().items():
        near = opened.evidence.near_themes[idea]
        assert len(near) == min(3, len(opened.themes))
        assert [each.likeness for each in near] == sorted((each.likeness for each in near), reverse=True)
        if home != themes.NOT_SURE:
            own = next(each for each in near if each.theme_id == home)
            assert own.words == opened.evidence.words[idea]
        assert "Nearest themes: " in opened.why(idea)


def test_the_weakest_and_the_most_typical_idea_frame_a_theme(opened):
    for each in opened.themes:
        likeness = {
            idea: near.likeness
            for idea in each.idea_ids
            for near in opened.evidence.near_themes[idea]
            if near.theme_id == each.id
        }
        assert likeness[each.central_id] == max(likeness.values())
        assert likeness[each.weakest_id] == min(likeness.values())
        assert each.cohesion == pytest.approx(sum(likeness.values()) / len(likeness), abs=1e-3)


def test_a_console_shows_themes_and_ideas(opened):
    shown = str(opened)
    assert all(f"{each.name}: {len(each.idea_ids)}" in shown for each in opened.themes)
    assert "  Hydrogen buses" in shown


@pytest.mark.parametrize("threads", ["1", "2"])
def test_another_process_with_other_threads_groups_the_same(texts, board, threads):
    script = (
        "from tests.themes.conftest import IDEAS\nfrom workshop import themes\n"
        "texts = [themes.Text(f'{s}-{p}', i) for s, ideas in IDEAS.items() for p, i in enumerate(ideas)]\n"
        "found = themes.group(texts, languages=['en'])\n"
        "print([(t.id, t.name, t.idea_ids, t.cohesion) for t in found.themes], found.not_sure)"
    )
    surroundings = {"PYTHONPATH": ".", "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
    again = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=surroundings)
    here = [(t.id, t.name, t.idea_ids, t.cohesion) for t in board.themes]
    assert again.stdout.strip() == f"{here!r} {board.not_sure!r}"
