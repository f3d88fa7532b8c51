"""Take part: a person's phone, or the tablet of a table. Whoever has not joined yet is led to the start page."""

from __future__ import annotations

import streamlit as st

from workshop.ui import gate, joining, look, phone

look.phone()
seats = gate.seats()
if seats is None:
    st.switch_page(joining.JOIN)
phone.show(seats)
