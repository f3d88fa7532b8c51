"""People: who is in the room by name and table, for those who run it."""

from __future__ import annotations

from workshop.ui import gate, look, roster

badge = gate.runs_the_room()
look.desk()
roster.show(badge)
