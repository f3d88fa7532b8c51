"""Native charts of the deck: bars by side, with the figures in a sheet of the file, so that they can be edited."""

from __future__ import annotations

from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Emu, Inches, Pt

from workshop.reporting.pptx_text import Place, rgb, write
from workshop.reporting.slide_charts import Chart

_HEAD = Inches(0.65)
_GAP = Inches(0.2)
_INK, _QUIET = "#14111A", "#5B5666"


def add(page: Any, chart: Chart, at: Place) -> None:
    """Draw one chart with its title and a line on how to read it."""
    write(
        page,
        Place(at.left, at.top, at.width - _GAP, _HEAD),
        [(chart.title, 20, _INK, True), (chart.how, 14, _QUIET, False)],
    )
    kind = XL_CHART_TYPE.BAR_STACKED if chart.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    size = at.left, at.top + _HEAD, at.width - _GAP, at.height - _HEAD
    drawn = page.shapes.add_chart(kind, *map(Emu, size), _figures(chart)).chart
    drawn.has_title, drawn.has_legend = False, True
    drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    drawn.legend.font.size = drawn.font.size = Pt(14)
    _axes(drawn, chart)
    for series, one in zip(drawn.plots[0].series, chart.series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(one.colour)
        _labels(series, chart)


def _figures(chart: Chart) -> Any:
    figures: Any = CategoryChartData(number_format="0%" if chart.shares else "0")  # type: ignore[no-untyped-call]
    figures.categories = [f"{name} · {score}" for name, score in zip(chart.categories, chart.scores, strict=True)]
    for one in chart.series:
        figures.add_series(one.name, one.values)
    return figures


def _axes(drawn: Any, chart: Chart) -> None:
    drawn.plots[0].gap_width = 40
    drawn.plots[0].overlap = 100 if chart.stacked else -10
    drawn.category_axis.reverse_order = True
    drawn.category_axis.tick_labels.font.size = Pt(14)
    drawn.category_axis.format.line.fill.background()
    drawn.category_axis.has_major_gridlines = drawn.value_axis.has_major_gridlines = False
    drawn.value_axis.minimum_scale = 0
    drawn.value_axis.maximum_scale = chart.longest
    drawn.value_axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    drawn.value_axis.visible = False


def _labels(series: Any, chart: Chart) -> None:
    labels = series.data_labels
    labels.show_value, labels.font.size = True, Pt(14)
    labels.number_format, labels.number_format_is_linked = "0%" if chart.shares else "0;;", False
    if chart.stacked:
        labels.position, labels.font.bold = XL_LABEL_POSITION.CENTER, True
        labels.font.color.rgb = rgb("#FFFFFF")
    else:
        labels.position = XL_LABEL_POSITION.OUTSIDE_END
