"""For the report's page and its print."""

import datetime
from collections.abc import Mapping

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from congress import charts
from reports.marks import Run
from reports.models import AnnualReport
from reports.proof.address import figure_address
from reports.structure import Piece

register = template.Library()
register.simple_tag(figure_address)


@register.filter
def at_place(edits: Mapping, place: str):
    """The narrative stored at a place, or None."""
    return edits.get(place)


@register.filter
def on_paper(chart: str):
    """A drawing of ``congress.charts`` for the PDF engine."""
    return charts.on_paper(mark_safe(chart))


@register.filter
def in_one_line(title: str) -> str:
    """A title without the line breaks that the office gave it."""
    return "".join(title.splitlines())


@register.simple_tag
def with_figures(
    piece: Piece, report: AnnualReport, cut_off: datetime.date | None = None
) -> SafeString:
    """A computed text in which each number is a link to its records."""

    def shown(run: Run) -> str:
        if not run.figure:
            return run.text
        address = figure_address(report, run.figure, cut_off)
        return format_html('<a class="figure" href="{}">{}</a>', address, run.text)

    return format_html_join("", "{}", ((shown(run),) for run in piece.runs))
