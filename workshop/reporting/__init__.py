"""Reports as files. A new format is one module and one line here."""

from __future__ import annotations

from workshop.reporting import as_csv, as_html, as_json, as_pdf, offers_csv
from workshop.reporting.exporter import Exporter

__all__ = ["Exporter", "exporters"]

_CSV = "text/csv; charset=utf-8"

exporters: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("pdf", "Report to read and print", "application/pdf", "pdf", as_pdf.render),
        Exporter("html", "Closing deck and report in one file", "text/html; charset=utf-8", "html", as_html.render),
        Exporter("csv", "Ideas and votes for a spreadsheet", _CSV, "csv", as_csv.render),
        Exporter(
            "offers", "Offers and needs for a spreadsheet", "text/csv; charset=utf-8", "offers.csv", offers_csv.render
        ),
        Exporter("json", "Everything for a program", "application/json", "json", as_json.render),
    )
}
