"""The wall: live pictures for the projector, without controls and without anything personal."""

from __future__ import annotations

from workshop.ui import gate, look, wall

badge = gate.observer()
look.wall()
wall.show(badge)
