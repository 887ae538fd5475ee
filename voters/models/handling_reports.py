"""办理情况报告: what became of the suggestions, told to the congress and to all (代表法 51)."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from congress.models import NumberlessLine, Record, Session
from congress.periods import today
from congress.roles import is_delegate, leads_group, reads_all

from .feedback import FeedbackItem


class HandlingReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. Leaders and delegates: what is public."""
        if reads_all(user):
            return self
        if leads_group(user) or is_delegate(user):
            return self.filter(published_on__isnull=False)
        return self.none()


class HandlingReport(Record):
    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name="提交的会议", related_name="handling_reports"
    )
    title = NumberlessLine("标题", max_length=100)
    date = models.DateField("报告日期", default=today)
    first = models.DateField("建议登记日期自", help_text="这段时间登记的代表建议列入报告")
    last = models.DateField("至")
    published_on = models.DateField("公布日期", null=True, blank=True, editable=False)
    published_where = NumberlessLine("公布的地方", max_length=100, blank=True, editable=False)

    objects = HandlingReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理情况报告"
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="handlingreport_span",
                condition=Q(last__gte=F("first")),
                violation_error_code="last",
                violation_error_message="登记日期的止日不能早于起日。",
            ),
            models.CheckConstraint(
                name="handlingreport_published",
                condition=Q(published_on__isnull=True, published_where="")
                | (Q(published_on__gte=F("date")) & ~Q(published_where="")),
                violation_error_code="published_on",
                violation_error_message="公布日期不能早于报告日期，并须写明公布的地方。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_public(self) -> bool:
        return self.published_on is not None


class HandlingReportLine(models.Model):
    """One suggestion as it stood when the report was drawn up; later changes leave it alone."""

    report = models.ForeignKey(
        HandlingReport, models.CASCADE, verbose_name="办理情况报告", related_name="lines"
    )
    item = models.ForeignKey(
        FeedbackItem, models.PROTECT, verbose_name="代表建议", related_name="report_lines"
    )
    number = models.CharField("编号", max_length=30)
    title = NumberlessLine("标题", max_length=100)
    proposer = models.CharField("领衔代表", max_length=50, blank=True)
    unit = models.CharField("主办单位", max_length=100, blank=True)
    state = models.CharField("状态", max_length=20)
    is_closed = models.BooleanField("已办结")
    replied_on = models.DateField("答复日期", null=True, blank=True)
    outcome = models.CharField("结果类别", max_length=1, blank=True)
    outcome_words = models.CharField("办理结果", max_length=50, blank=True)
    opinion = models.CharField("代表意见", max_length=50, blank=True)
    is_content = models.BooleanField("代表满意或基本满意", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理情况"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "item"],
                name="handlingreportline_once",
                violation_error_message="这件建议已列入报告。",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"


def told_in_public() -> Exists:
    """Condition on items: a report that is public tells of them."""
    lines = HandlingReportLine.objects.filter(report__published_on__isnull=False)
    return Exists(lines.filter(item=OuterRef("pk")))
