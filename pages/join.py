"""Join: from the QR code to a seat in under twenty seconds, without an account."""

from __future__ import annotations

import streamlit as st

from workshop.ui import gate, joining, look

look.phone()
code = st.query_params.get("code", "")
seats = gate.seats()
if seats is not None and not joining.is_another_room(seats, code):
    st.switch_page(joining.PARTICIPATE)
if not code:
    joining.ask_for_code()
else:
    joining.show(gate.observer())
