"""Duty reports that were held, with their ballots."""

from collections import defaultdict
from collections.abc import Sequence

from congress.models import BallotScales
from congress.periods import Period
from delegates.duty_file import Entry, Found, Source, add_source, days_so_far
from delegates.models import Delegate
from voters.ballots import Tally, percent
from voters.models import DutyReport


def duty_reports_of(persons: Sequence[Delegate], period: Period) -> Found:
    """Duty reports that were held, with their ballots read by the scale of the year."""
    held = DutyReport.objects.filter(
        mandate__delegate__in=persons, held_on__range=days_so_far(period)
    ).select_related("mandate")
    scales = BallotScales.load()
    found = defaultdict(list)
    for report in held.order_by("held_on", "pk"):
        found[report.mandate.delegate_id].append(_reported(report, scales))
    return found


def _reported(report: DutyReport, scales: BallotScales) -> Entry:
    tally = Tally(report, scales.of(report.year))
    grades = "、".join(
        f"{word}{votes}票（{percent(votes, tally.valid)}）" if votes else f"{word}0票"
        for word, votes, _ in tally.grades
    )
    return Entry(
        report.held_on,
        f"{report.year}年度向选民述职（{report.place}）",
        report.get_absolute_url(),
        remark=f"到会选民{report.voters_present}人，有效票{tally.valid}张：{grades}；"
        f"{tally.result_words}",
        number=tally.valid,
    )


add_source(Source("duty_reports", "向选民述职", "次", duty_reports_of))
