"""The paper of a work evaluation, as PDF: ballot slips to cut, the tally sheet, the results."""

from django.template.loader import render_to_string

from congress.charts import on_paper
from congress.models import Township
from congress.pdf import render_pdf, render_within_pages
from voters.ballots import ABSTAINED
from voters.unit_results import ActivityResults

#: Slips on a sheet of A4, and at most at once.
SLIPS = (1, 2, 4)
MOST_SLIPS = 400
#: Settings of a slip, the roomiest first.
_FITS = range(4)


def slips(found: ActivityResults, number: int, per_sheet: int, township: Township) -> bytes:
    """So many unsigned slips, each with all units; what is over on the last sheet stays blank."""
    across = 2 if per_sheet == 4 else 1
    lines = [
        [place < number for place in range(start, start + across)]
        for start in range(0, number, across)
    ]
    context = {
        "township": township,
        "activity": found.activity,
        "units": [each.unit for each in found.evaluations],
        "words": found.scale.words,
        "per_sheet": per_sheet,
        "lines": lines,
    }
    sheets = -(-number // per_sheet)
    return render_within_pages(
        [render_to_string("voters/papers/unit_slips.html", context | {"fit": f}) for f in _FITS],
        sheets,
    )


def tally_sheet(found: ActivityResults, township: Township) -> bytes:
    """计票单: to be filled in by hand, a line of 正 for each unit and grade, and signed."""
    context = {
        "township": township,
        "activity": found.activity,
        "units": [each.unit for each in found.evaluations],
        "grades": [*found.scale.words, ABSTAINED],
        "chain": ("参评代表", "其他参评", "发出票", "收回票"),
    }
    return render_pdf(render_to_string("voters/papers/unit_tally.html", context))


def results(found: ActivityResults, township: Township) -> bytes:
    """测评结果: votes, rates, result and rank of each unit."""
    context = {
        "township": township,
        "activity": found.activity,
        "results": found,
        "chart": on_paper(found.chart) if found.chart else "",
    }
    return render_pdf(render_to_string("voters/papers/unit_results.html", context))
