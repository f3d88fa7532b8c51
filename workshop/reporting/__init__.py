"""Reports as files. A new format is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from workshop.domain.report import Report
from workshop.reporting import as_csv, as_html, as_json, as_markdown, as_pdf, as_tables, offers_csv, take_away_pdf
from workshop.reporting.exporter import Exporter

__all__ = ["Exporter", "exporters"]

_OFFICE = "application/vnd.openxmlformats-officedocument."
_CSV = "text/csv; charset=utf-8"


def _late(module: str) -> Callable[[Report], bytes]:
    """The exporter of a module that is loaded with its library when somebody first asks for the format."""

    def render(report: Report) -> bytes:
        rendered: bytes = import_module(f"{__name__}.{module}").render(report)
        return rendered

    return render


exporters: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("pdf", "Report to read and print", "application/pdf", "pdf", as_pdf.render),
        Exporter(
            "organisations", "A page per organisation", "application/pdf", "organisations.pdf", take_away_pdf.render
        ),
        Exporter("html", "Closing deck and report in one file", "text/html; charset=utf-8", "html", as_html.render),
        Exporter("pptx", "Closing deck to edit", f"{_OFFICE}presentationml.presentation", "pptx", _late("as_pptx")),
        Exporter("docx", "Report to edit", f"{_OFFICE}wordprocessingml.document", "docx", _late("as_docx")),
        Exporter("xlsx", "Everything as a workbook", f"{_OFFICE}spreadsheetml.sheet", "xlsx", _late("as_xlsx")),
        Exporter("markdown", "Report for a wiki", "text/markdown; charset=utf-8", "md", as_markdown.render),
        Exporter("csv", "Ideas and votes for a spreadsheet", _CSV, "csv", as_csv.render),
        Exporter(
            "offers", "Offers and needs for a spreadsheet", "text/csv; charset=utf-8", "offers.csv", offers_csv.render
        ),
        Exporter("csv-tables", "Everything as CSV files, in a zip", "application/zip", "tables.zip", as_tables.render),
        Exporter("json", "Everything for a program", "application/json", "json", as_json.render),
    )
}
