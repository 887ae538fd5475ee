"""Duty reports to the voters: planned for a month, held, judged by ballot."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from congress.models import Record, StoredFile
from congress.periods import Period, holds_on, today
from congress.roles import is_delegate, leads_group, reads_all
from delegates.models import Mandate
from groups.models import DelegateGroup

from . import ballot_counts
from .ballot_counts import BallotCounts, all_null, ballot_rules
from .opinions import Opinion

#: The numbers counted at a duty report, in their order.
COUNTS = ("voters_present", *ballot_counts.COUNTS)


def _after_held(field: str, label: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"dutyreport_{field}",
        condition=Q(**{f"{field}__isnull": True})
        | Q(held_on__isnull=False, **{f"{field}__gte": F("held_on")}),
        violation_error_code=field,
        violation_error_message=f"{label}不能早于述职日期；尚未述职的留空。",
    )


class DutyReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. A leader: those of the group's members. A delegate: the own."""
        if reads_all(user):
            return self
        if leads_group(user):
            groups = DelegateGroup.objects.led_by(user, today())
            return self.filter(
                holds_on(today(), "mandate__memberships__"),
                mandate__memberships__group__in=groups,
            ).distinct()
        if is_delegate(user):
            return self.filter(mandate__delegate__account=user)
        return self.none()

    def held_in(self, period: Period):
        return self.filter(held_on__range=(period.first, period.last))

    def due(self, day: datetime.date):
        """Planned for the month of that day or an earlier one, and not held.

        Whoever is no delegate any more will not report.
        """
        earlier = Q(year__lt=day.year) | Q(year=day.year, planned_month__lte=day.month)
        return self.awaited(day).filter(earlier)

    def awaited(self, day: datetime.date):
        """Not held, and the mandate has not ended by that day."""
        return self.filter(held_on__isnull=True).exclude(mandate__end__lte=day)

    def planned_for(self, year: int):
        return self.filter(year=year)


class DutyReport(BallotCounts, Record):
    """述职: planned for a month; from 述职日期 on filled when it was held, with its ballots."""

    class Form(models.TextChoices):
        ORAL = "oral", "口头"
        WRITTEN = "written", "书面"

    year = models.PositiveSmallIntegerField("年度")
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, verbose_name="代表", related_name="duty_reports"
    )
    planned_month = models.PositiveSmallIntegerField("计划月份", help_text="1至12")
    held_on = models.DateField("述职日期", null=True, blank=True, help_text="尚未述职的留空")
    place = models.CharField("地点", max_length=100, blank=True)
    host = models.CharField("主持人", max_length=50, blank=True)
    form = models.CharField("述职形式", max_length=10, choices=Form.choices, blank=True)
    report_text = models.TextField("述职报告", blank=True, help_text="全文或摘要")
    questions = models.TextField("提问与回答", blank=True)
    fed_back_on = models.DateField(
        "书面反馈日期", null=True, blank=True, help_text="测评结果和意见书面反馈代表本人的日期"
    )
    published_on = models.DateField(
        "公示日期", null=True, blank=True, help_text="测评结果向选民公布的日期"
    )
    voters_present = models.PositiveIntegerField("到会选民数", null=True, blank=True)

    objects = DutyReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "述职"
        ordering = ["-year", "planned_month", "pk"]
        indexes = [models.Index(fields=["year", "planned_month", "id"], name="dutyreport_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "mandate"],
                name="dutyreport_once_a_year",
                violation_error_message="这位代表本年度已安排述职。",
            ),
            models.CheckConstraint(
                name="dutyreport_month",
                condition=Q(planned_month__gte=1, planned_month__lte=12),
                violation_error_code="planned_month",
                violation_error_message="计划月份须为1至12。",
            ),
            models.CheckConstraint(
                name="dutyreport_held_complete",
                condition=(Q(held_on__isnull=True, place="") & all_null(COUNTS, True))
                | (Q(held_on__isnull=False) & ~Q(place="") & all_null(COUNTS, False)),
                violation_error_code="held_on",
                violation_error_message="已述职的，日期、地点、到会选民数和各项票数都要填；"
                "尚未述职的都留空。",
            ),
            _after_held("fed_back_on", "书面反馈日期"),
            _after_held("published_on", "公示日期"),
            models.CheckConstraint(
                name="dutyreport_form_known",
                condition=Q(form__in=["", "oral", "written"]),
                violation_error_code="form",
                violation_error_message="述职形式须从列表中选择。",
            ),
            models.CheckConstraint(
                name="dutyreport_issued_to_present",
                condition=Q(ballots_issued__isnull=True)
                | Q(ballots_issued__lte=F("voters_present")),
                violation_error_code="ballots_issued",
                violation_error_message="发出票不能多于到会选民数。",
            ),
            *ballot_rules("dutyreport"),
        ]

    def __str__(self):
        return f"{self.year}年 {self.mandate.delegate}"

    @property
    def is_held(self) -> bool:
        return self.held_on is not None

    def clean(self):
        if self.held_on and self.year and self.held_on.year != self.year:
            raise ValidationError({"held_on": f"述职日期须在{self.year}年内。"})


class DutyReportFile(StoredFile):
    """The report as written, pictures of the event, the count as signed."""

    belongs_to = "report"

    report = models.ForeignKey(
        DutyReport, models.PROTECT, verbose_name="述职", related_name="files"
    )

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "述职的图片和附件"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sha256"],
                name="dutyreportfile_once",
                violation_error_message="这次述职已有同样的附件。",
            ),
        ]


class DutyOpinion(Opinion):
    """What a voter said at a duty report."""

    about = "report"

    report = models.ForeignKey(
        DutyReport, models.PROTECT, verbose_name="述职", related_name="opinions"
    )
    item = models.OneToOneField(
        "voters.FeedbackItem",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="意见建议",
        related_name="duty_opinion",
    )

    class Meta(Opinion.Meta):
        verbose_name = verbose_name_plural = "选民意见"
