"""Pages take turns: none runs beside another, and whoever tapped goes before a tab that opens."""

import threading

from streamlit.testing.v1 import AppTest

from workshop.live import Admission
from workshop.ui import turns

PAGE = """
import streamlit as st
from workshop.ui import turns

with turns.page():
    st.text(str(len(turns.queue)))
    st.button("Tap")
"""


def test_a_page_waits_while_another_runs(monkeypatch) -> None:
    monkeypatch.setattr(turns, "queue", Admission(patience=60))
    visit = AppTest.from_string(PAGE, default_timeout=30)
    running = threading.Thread(target=visit.run)
    with turns.queue.turn():
        running.start()
        while not len(turns.queue):
            assert running.is_alive()
    running.join(30)
    assert visit.text[0].value == "0"


def test_a_tap_goes_before_a_tab_that_opens(monkeypatch) -> None:
    ranks: list[int] = []
    turn = turns.queue.turn
    monkeypatch.setattr(turns.queue, "turn", lambda rank: ranks.append(rank) or turn(rank))
    visit = AppTest.from_string(PAGE, default_timeout=30).run()
    visit.button[0].click().run()
    assert ranks == [turns.Rank.OPENING, turns.Rank.TAP]
