"""A report of a period: what it counts, how it is headed and signed, how far it has come."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from congress.models import Record, Session
from congress.numerals import month_day
from congress.periods import Period
from congress.roles import reads_all
from groups.models import DelegateGroup
from reports.kinds import Kind, days_of, number_of, part_name
from reports.scope import Scope


class AnnualReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if reads_all(user) else self.none()

    def of_year(self, year: int) -> "AnnualReport | None":
        """The year's own report, of the whole township; 情况汇报 before 工作报告."""
        whole = self.filter(year=year, kind=AnnualReport.Kind.YEAR, group=None)
        return whole.order_by("genre", "pk").first()


class AnnualReport(Record):
    Kind = Kind

    class Genre(models.TextChoices):
        """情况汇报 goes up to the county; 工作报告 is given to the session of the congress."""

        BRIEFING = "briefing", "工作情况汇报"
        WORK_REPORT = "work_report", "工作报告"

    class FigureStyle(models.TextChoices):
        EXACT = "exact", "写确数"
        APPROXIMATE = "approximate", "写概数（余）"

    class State(models.TextChoices):
        DRAFT = "draft", "起草中"
        SUBMITTED = "submitted", "待签发"
        SIGNED = "signed", "已签发"

    year = models.PositiveSmallIntegerField("报告年度")
    kind = models.CharField("时段", max_length=8, choices=Kind.choices, default=Kind.YEAR)
    genre = models.CharField("文种", max_length=12, choices=Genre.choices, default=Genre.BRIEFING)
    group = models.ForeignKey(
        DelegateGroup,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="范围",
        help_text="留空为全镇（乡）",
        related_name="reports",
    )
    slug = models.SlugField(
        "网址",
        max_length=40,
        unique=True,
        editable=False,
        error_messages={"unique": "这一期报告已经建立。"},
    )
    start = models.DateField("统计起始")
    cut_off = models.DateField("统计截止", help_text="报告中的“截至目前”；当日计入")
    title = models.CharField(
        "标题", max_length=200, blank=True, help_text="留空用通常标题：XX镇人大工作情况汇报"
    )
    addressee = models.CharField(
        "主送机关", max_length=100, blank=True, help_text="如：县人大常委会；没有的留空"
    )
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="所报告的会议",
        help_text="工作报告用：标题下写明日期和会议",
        related_name="reports",
    )
    speaker = models.CharField(
        "报告人",
        max_length=50,
        blank=True,
        help_text="工作报告用：主席只写姓名；由他人报告的连职务写，如：XX镇人大副主席　李某",
    )
    organ = models.CharField(
        "署名", max_length=100, blank=True, help_text="写在成文日期上方；不署名的留空"
    )
    dated = models.DateField("成文日期", null=True, blank=True)
    figure_style = models.CharField(
        "数字写法", max_length=12, choices=FigureStyle.choices, default=FigureStyle.EXACT
    )
    has_figure_table = models.BooleanField(
        "附数据表", default=False, help_text="作为最后一个附件，列出报告的全部数据"
    )
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作报告"
        ordering = ["-year", "-cut_off", "pk"]
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
            models.CheckConstraint(
                name="annualreport_kind_known",
                condition=Q(kind__in=["year", "half", "quarter", "span"]),
                violation_error_code="kind",
                violation_error_message="时段须从列表中选择。",
            ),
            models.CheckConstraint(
                name="annualreport_genre_known",
                condition=Q(genre__in=["briefing", "work_report"]),
                violation_error_code="genre",
                violation_error_message="文种须从列表中选择。",
            ),
            models.CheckConstraint(
                name="annualreport_state_known",
                condition=Q(state__in=["draft", "submitted", "signed"]),
                violation_error_message="报告的状态只能是起草中、待签发、已签发。",
            ),
        ]

    def __str__(self):
        whose = str(self.group) if self.group_id else ""
        return f"{self.span_words}{whose}{self.get_genre_display()}"

    @property
    def span_words(self) -> str:
        """2020年; 2020年上半年."""
        return f"{self.year}年{self.part}"

    @property
    def part(self) -> str:
        """上半年, 第三季度, 3月2日至5月8日; empty for the year."""
        if self.kind == Kind.SPAN:
            return f"{month_day(self.start)}至{month_day(self.cut_off)}"
        return part_name(self.kind, self.start)

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = self.made_slug()
        super().save(*args, **kwargs)

    def made_slug(self) -> str:
        """Tells the reports of a year apart: 2020, 2020-h1, 2020-q3, 2020-g2, 2020-work_report."""
        first, last = self.start, self.cut_off
        parts = {
            Kind.HALF: f"h{number_of(self.kind, first)}",
            Kind.QUARTER: f"q{number_of(self.kind, first)}",
            Kind.SPAN: f"{first:%m%d}-{last:%m%d}",
        }
        group = f"g{self.group.ordinal}" if self.group_id else ""
        genre = "" if self.genre == self.Genre.BRIEFING else self.genre
        named = filter(None, (parts.get(self.kind, ""), group, genre))
        return "-".join([str(self.year), *named])

    def get_absolute_url(self) -> str:
        return reverse("annualreport_detail", args=[self.slug])

    def clean(self):
        """The period belongs to the year; the row's own constraint compares its two days."""
        if not self.year or not self.start or not self.cut_off:
            return
        errors = {}
        if not self.year - 1 <= self.start.year <= self.year:
            errors["start"] = f"统计起始须在{self.year - 1}年或{self.year}年。"
        if self.start <= self.cut_off and (refusal := self.refusal_of(self.cut_off)):
            errors["cut_off"] = refusal
        elif self.stands_already():
            errors["year"] = "这一期报告已经建立。"
        if errors:
            raise ValidationError(errors)

    def stands_already(self) -> bool:
        """Whether another report tells the same of the same."""
        others = AnnualReport.objects.exclude(pk=self.pk)
        return others.filter(slug=self.made_slug()).exists()

    def refusal_of(self, cut_off: datetime.date) -> str:
        """Why the report cannot stand as of that day; empty if it can."""
        if cut_off < self.start:
            return f"统计截止不能早于统计起始{self.start:%Y-%m-%d}。"
        if not self.year <= cut_off.year <= self.year + 1:
            return f"统计截止须在{self.year}年或{self.year + 1}年。"
        if self.kind in (Kind.HALF, Kind.QUARTER):
            part = days_of(self.kind, self.start.year, number_of(self.kind, self.start))
            if cut_off not in part:
                return f"统计截止须在{part_name(self.kind, self.start)}内，不晚于{part.last}。"
        return ""

    @property
    def period(self) -> Period:
        return Period(self.start, self.cut_off)

    @property
    def scope(self) -> Scope:
        return self.scope_until(None)

    def scope_until(self, cut_off: datetime.date | None) -> Scope:
        """What the report counts, with another cut-off where one is given."""
        period = Period(self.start, cut_off or self.cut_off)
        return Scope(period, self.year, self.group, self.kind, self.session)

    @property
    def state_class(self) -> str:
        colours = {self.State.DRAFT: "in-hand", self.State.SUBMITTED: "due-soon"}
        return colours.get(self.state, "done")

    @property
    def is_open(self) -> bool:
        """Whether texts and settings may be changed: not while the chair reads it, nor signed."""
        return self.state == self.State.DRAFT
