"""What waits on the way to a signature: the chair's to sign, the secretary's that came back."""

import datetime
from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse

from congress.models import User
from congress.roles import runs_the_year, signs_reports
from congress.todo import Sample, Todo, todo_source
from reports.models import AnnualReport, ReportStep

SHOWN = 5
State = AnnualReport.State


def to_sign() -> QuerySet[AnnualReport]:
    return AnnualReport.objects.filter(state=State.SUBMITTED)


def returned() -> QuerySet[AnnualReport]:
    """Drafts whose last step was the chair's: not those taken back."""
    last = ReportStep.objects.filter(report=OuterRef("pk")).order_by("-pk")
    drafts = AnnualReport.objects.filter(state=State.DRAFT)
    return drafts.annotate(reason=Subquery(last.values("note")[:1])).filter(reason__gt="")


@todo_source
def waiting_reports(user: User, day: datetime.date) -> Iterable[Todo]:
    if signs_reports(user):
        yield _todo("待签发的工作报告", to_sign(), "看过后签发，或者退回修改")
    if runs_the_year(user):
        yield _todo("退回修改的工作报告", returned(), "按退回的原因修改，再提交签发")


def _todo(label: str, reports: QuerySet[AnnualReport], advice: str) -> Todo:
    return Todo(
        label,
        reports.count(),
        reverse("report_list"),
        "due-soon",
        advice,
        measure="份",
        samples=lambda: [
            Sample(str(each), getattr(each, "reason", ""), each.get_absolute_url())
            for each in reports.select_related("group")[:SHOWN]
        ],
    )
