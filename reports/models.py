"""The annual report: its settings, the texts people write, and frozen versions."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from congress.models import Record
from congress.periods import Period
from congress.roles import reads_all
from voters.models import CountyProposal


class AnnualReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if reads_all(user) else self.none()


class AnnualReport(Record):
    class FigureStyle(models.TextChoices):
        EXACT = "exact", "写确数"
        APPROXIMATE = "approximate", "写概数（余）"

    year = models.PositiveSmallIntegerField(
        "报告年度", unique=True, error_messages={"unique": "这一年度的报告已经建立。"}
    )
    start = models.DateField("统计起始")
    cut_off = models.DateField("统计截止", help_text="报告中的“截至目前”；当日计入")
    title = models.CharField(
        "标题", max_length=200, blank=True, help_text="留空用通常标题：XX镇人大工作情况汇报"
    )
    addressee = models.CharField(
        "主送机关", max_length=100, blank=True, help_text="如：县人大常委会；没有的留空"
    )
    figure_style = models.CharField(
        "数字写法", max_length=12, choices=FigureStyle.choices, default=FigureStyle.EXACT
    )

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度工作报告"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="annualreport_cut_off",
                condition=Q(cut_off__gte=F("start")),
                violation_error_code="cut_off",
                violation_error_message="统计截止不能早于统计起始。",
            ),
            models.CheckConstraint(
                name="annualreport_figure_style_known",
                condition=Q(figure_style__in=["exact", "approximate"]),
                violation_error_code="figure_style",
                violation_error_message="数字写法须从列表中选择。",
            ),
        ]

    def __str__(self):
        return f"{self.year}年工作报告"

    def get_absolute_url(self) -> str:
        return reverse("annualreport_detail", args=[self.year])

    def clean(self):
        """The period belongs to the year; the row's own constraint compares its two days."""
        if not self.year or not self.start or not self.cut_off:
            return
        errors = {}
        if not self.year - 1 <= self.start.year <= self.year:
            errors["start"] = f"统计起始须在{self.year - 1}年或{self.year}年。"
        if self.start <= self.cut_off and (refusal := self.refusal_of(self.cut_off)):
            errors["cut_off"] = refusal
        if errors:
            raise ValidationError(errors)

    def refusal_of(self, cut_off: datetime.date) -> str:
        """Why the report cannot stand as of that day; empty if it can."""
        if cut_off < self.start:
            return f"统计截止不能早于统计起始{self.start:%Y-%m-%d}。"
        if not self.year <= cut_off.year <= self.year + 1:
            return f"统计截止须在{self.year}年或{self.year + 1}年。"
        return ""

    @property
    def period(self) -> Period:
        return Period(self.start, self.cut_off)


class Narrative(Record):
    """A text that people write, by its place in the report (前言-1, 活动室-引语 …)."""

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, verbose_name="工作报告", related_name="narratives"
    )
    place = models.CharField("位置", max_length=30)
    text = models.TextField("文字", help_text="按印出的样子写，带标点；不写“一是”“二是”")
    proposal = models.ForeignKey(
        CountyProposal,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name="取自",
        related_name="narratives",
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        verbose_name="修改人",
    )
    edited_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "报告文字"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "place"],
                name="narrative_once_a_place",
                violation_error_message="报告的这个位置已有文字，请修改原有文字。",
            ),
            models.UniqueConstraint(
                fields=["report", "proposal"],
                name="narrative_proposal_once",
                violation_error_message="这件建议已写入报告。",
            ),
        ]

    def __str__(self):
        return f"{self.report} {self.place}"

    def get_absolute_url(self) -> str:
        return f"{self.report.get_absolute_url()}#{self.place}"


class ReportVersion(models.Model):
    """A report as it was signed; kept for ever."""

    report = models.ForeignKey(
        AnnualReport, models.PROTECT, verbose_name="工作报告", related_name="versions"
    )
    number = models.PositiveSmallIntegerField("版次")
    figures = models.JSONField("数据")
    text = models.TextField("文字")
    html = models.TextField("网页")
    pdf = models.BinaryField("PDF")
    sha256 = models.CharField("校验码", max_length=64)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="签发人")
    signed_at = models.DateTimeField("签发时间")

    class Meta:
        verbose_name = verbose_name_plural = "签发版本"
        ordering = ["report", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="reportversion_number_once",
                violation_error_message="这个版次已经签发。",
            ),
        ]

    def __str__(self):
        return f"{self.report} 第{self.number}版"
