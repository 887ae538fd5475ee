"""Where the list behind a number is."""

import datetime
from urllib.parse import urlencode

from django.urls import reverse

from groups.models import DelegateGroup
from reports.models import AnnualReport


def figure_address(
    report: AnnualReport,
    key: str,
    cut_off: datetime.date | None = None,
    *,
    year: int | None = None,
    group: DelegateGroup | None = None,
) -> str:
    """The page of the figure: ``key`` as in the marks of the text, with ``:id`` of one record.

    It may be asked for the same days of another year, and for one group.
    """
    name, _, of = key.partition(":")
    asked = {
        "of": of,
        "cut_off": cut_off.isoformat() if cut_off else "",
        "year": year,
        "group": group and group.pk,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("report_figure", args=[report.slug, name])
    return f"{address}?{query}" if query else address
