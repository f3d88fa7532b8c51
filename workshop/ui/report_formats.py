"""One button per format of the report, with what is known of the file: how large it is, and how long it takes."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from workshop.reporting import Exporter, exporters
from workshop.services import report_files
from workshop.services.report_files import Compiled, Known
from workshop.ui import notice


def show(compiled: Compiled) -> None:
    """The buttons. The files come from an authenticated route, which builds each of them once."""
    for exporter in exporters.values():
        kind: Literal["primary", "secondary"] = "primary" if exporter.name == "pdf" else "secondary"
        with st.container(horizontal=True, vertical_alignment="center", key=f"format_{exporter.name}"):
            st.link_button(_label(exporter), _address(compiled, exporter), icon=":material/download:", type=kind)
            notice.hint(told(report_files.known(compiled, exporter)))


def told(known: Known | None) -> str:
    """What is known of a file, in words."""
    if known is None:
        return "Made when you ask for it."
    if known.ready:
        return f"{_size(known.size)}, at hand. It took {_time(known.seconds)}."
    return f"About {_size(known.size)} and {_time(known.seconds)}, like the last one."


def _label(exporter: Exporter) -> str:
    return f"{exporter.name.upper()}: {exporter.label}"


def _address(compiled: Compiled, exporter: Exporter) -> str:
    return f"/download/{compiled.report.code}.{exporter.suffix}"


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"


def _time(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 0.1 else "less than 0.1 s"
