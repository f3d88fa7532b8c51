"""The page of the small app: ``?page=phone``, ``wall`` or ``map``. It counts its runs, so that a test can see them."""

import streamlit as st

from workshop.services import access, installation, people, workshops
from workshop.ui import components

house = installation.current()
view = workshops.every(house.db)[0]


def phone() -> None:
    components.room(view.code, table="Table 1", key="room")
    sectors = [{"key": "clean_energy", "name": "Clean energy"}, {"key": "e_mobility", "name": "E-mobility"}]
    components.stage(view.code, form={"sectors": sectors, "longest": {"title": 80, "pitch": 400, "note": 200}})


@st.fragment
def wall() -> None:
    st.session_state.wall_runs = st.session_state.get("wall_runs", 0) + 1
    components.pulse(view.code, topics=("people", "counters"), key="pulse")
    components.clock(view.code, size="wall")
    seated = sum(table.seated for table in people.tables(house.db, access.watch(house.db, view.id)))
    st.text(f"seated {seated}")
    st.text(f"wall runs {st.session_state.wall_runs}")


@st.fragment
def theme_map() -> None:
    """A picture that changes with a button: bubbles move, one goes and one comes."""
    later = st.button("Later")
    shown = {"1": 100, "2": 300} if not later else {"1": 700, "3": 300}
    bubbles = [
        {"key": number, "x": x, "y": 200, "radius": 40, "shape": "square", "fill": "#009988", "ring": "#0072B2",
         "ink": "#14111A", "text": number, "size": 40, "room": 60}
        for number, x in shown.items()
    ]  # fmt: skip
    name = "<b>WWWWWWWW</b>" if later else "W"
    names = [
        {"key": "t", "fill": "#009988", "lines": [name], "size": 40, "step": 46, "x": 500, "y": 20, "width": 120,
         "bar": [{"side": "eu", "text": "EU 2", "x": 0, "width": 120, "fill": "#0072B2"}], "bar_y": 46,
         "bar_height": 32, "bar_size": 28}
    ]  # fmt: skip
    picture = {"width": 1792, "height": 668, "spoken": "Two ideas", "bubbles": bubbles, "names": names}
    components.theme_map(picture, key="map")


st.session_state.runs = st.session_state.get("runs", 0) + 1
st.text(f"runs {st.session_state.runs}")
if st.query_params.get("page") == "wall":
    wall()
elif st.query_params.get("page") == "map":
    theme_map()
else:
    phone()
