"""The desk: the moderator steers the run of show, sees the tables, arranges themes and looks after ideas."""

from __future__ import annotations

from workshop.ui import desk, gate, look

moderator = gate.moderator()
look.desk()
desk.show(moderator)
