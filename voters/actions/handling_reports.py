"""办理情况报告: drawn up from the suggestions of a span, then made public (代表法 51)."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from congress.models import Township, User
from congress.periods import today
from congress.privacy import without_phones
from congress.roles import keeps_records, require_keeper
from voters.models import FeedbackItem, HandlingReport, HandlingReportLine
from voters.outcomes import outcome_labels
from voters.states import FOLLOWING, State

from .sweep import refuse

_FORMAL = (FeedbackItem.Source.DELEGATE, FeedbackItem.Source.SESSION)


def reportable(first: datetime.date, last: datetime.date) -> QuerySet[FeedbackItem]:
    """Suggestions registered in the span and what sessions handed on, without those merged."""
    items = FeedbackItem.objects.filter(source__in=_FORMAL, registered_on__range=(first, last))
    return items.exclude(state__in=FOLLOWING).order_by("number", "pk")


def may_change_report(user: User, report: HandlingReport) -> bool:
    """What is public stays as it is."""
    return keeps_records(user) and not report.is_public


@transaction.atomic
def save_report(
    *, user: User, report: HandlingReport, items: Iterable[FeedbackItem] | None = None
) -> HandlingReport:
    """Save a report and draw up its lines anew, as the items stand today.

    Without ``items`` all of the span are told.
    """
    require_keeper(user)
    if report.pk:
        stored = HandlingReport.objects.select_for_update().get(pk=report.pk)
        _require_open(stored)
    if report.date and report.date > today():
        refuse("报告日期不能晚于今天。", "date")
    report.full_clean()
    found = reportable(report.first, report.last)
    if items is not None:
        found = found.filter(pk__in=[item.pk for item in items])
    lines = _lines(report, found)
    if not lines:
        refuse("这段时间没有登记的代表建议，请改选日期。", "first")
    report.save()
    report.lines.all().delete()
    HandlingReportLine.objects.bulk_create(lines)
    return report


@transaction.atomic
def publish_report(
    *, user: User, report: HandlingReport, published_on: datetime.date, published_where: str
) -> HandlingReport:
    """Note that it was made public, where and when; the lines are not drawn up again."""
    require_keeper(user)
    report = HandlingReport.objects.select_for_update().get(pk=report.pk)
    if published_on > today():
        refuse("公布日期不能晚于今天。", "published_on")
    report.published_on, report.published_where = published_on, published_where.strip()
    report.full_clean()
    report.version += 1
    report.save()
    return report


def _require_open(report: HandlingReport) -> None:
    if report.is_public:
        refuse("这份报告已经公布，不能再修改。")


def _lines(report: HandlingReport, items: QuerySet[FeedbackItem]) -> list[HandlingReportLine]:
    township = Township.current()
    labels, worst = outcome_labels(township), township.grades[-1]
    joined = items.select_related("lead_proposer__delegate", "lead_unit")
    return [_line(report, item, labels, worst) for item in joined]


def _line(report, item: FeedbackItem, labels: dict[str, str], worst: str) -> HandlingReportLine:
    """Nothing that reaches a person: no telephone number, and no words of the answer."""
    grades = [item.process_satisfaction, item.result_satisfaction]
    graded = zip(("过程", "结果"), grades, strict=True)
    return HandlingReportLine(
        report=report,
        item=item,
        number=item.number,
        title=without_phones(item.title),
        proposer=item.lead_proposer.delegate.name if item.lead_proposer_id else "",
        unit=str(item.lead_unit or item.escalated_to),
        state=item.get_state_display(),
        is_closed=item.state == State.CLOSED,
        replied_on=item.replied_on,
        outcome=item.outcome,
        outcome_words=labels.get(item.outcome, ""),
        opinion="，".join(f"{about}{grade}" for about, grade in graded if grade),
        is_content=worst not in grades if any(grades) else None,
    )
