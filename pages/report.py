"""The report: what it holds at this second, and one button per format."""

from __future__ import annotations

from workshop.ui import gate, look, reporting

organiser = gate.organiser()
look.desk()
reporting.show(organiser)
