"""The paper of duty reports, as PDF: ballot slips to cut, the tally sheet, the list of a year."""

from collections.abc import Iterable

from django.template.loader import render_to_string

from congress.models import BallotScale, BallotScales, Township
from congress.pdf import render_pdf
from voters.ballots import ABSTAINED, Tally
from voters.models import DutyReport

#: Slips on a page of A4.
SLIPS = (4, 8)


def slips(report: DutyReport, per_page: int, township: Township) -> bytes:
    """One page of slips; print as many as voters are expected."""
    context = {
        "township": township,
        "report": report,
        "scale": _scale(report),
        "per_page": per_page,
        "rows": [range(2)] * (per_page // 2),
    }
    return render_pdf(render_to_string("voters/papers/ballot_slips.html", context))


def tally_sheet(report: DutyReport, township: Township) -> bytes:
    """计票单: to be filled in by hand before the voters, and signed."""
    context = {
        "township": township,
        "report": report,
        "grades": [*_scale(report).words, ABSTAINED],
        "chain": ("到会选民", "发出票", "收回票", "无效票", "有效票"),
    }
    return render_pdf(render_to_string("voters/papers/tally_sheet.html", context))


def year_list(reports: Iterable[DutyReport], year: int, township: Township) -> bytes:
    """The year's reports, planned and held, with their results."""
    scale = BallotScales.load().of(year)
    rows = [(each, Tally(each, scale) if each.is_held else None) for each in reports]
    context = {
        "township": township,
        "year": year,
        "rows": rows,
        "held": sum(1 for _, tally in rows if tally),
        "grades": scale.grades,
    }
    return render_pdf(render_to_string("voters/papers/duty_year.html", context))


def _scale(report: DutyReport) -> BallotScale:
    return BallotScales.load().of(report.year)
