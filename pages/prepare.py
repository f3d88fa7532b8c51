"""Prepare: the event as it is set up, the links to the roles, and starting another workshop."""

from __future__ import annotations

from workshop.ui import gate, look, preparing

organiser = gate.organiser()
look.desk()
preparing.show(organiser)
