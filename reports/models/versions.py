"""The way of a report to the chair's signature, and what was signed; both stand for ever."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from congress.roles import reads_all

from .annual_report import AnnualReport


class ReportVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self if reads_all(user) else self.none()

    def in_brief(self):
        """Without text, proof and files; ``superseded_by`` is the latest version's number."""
        later = ReportVersion.objects.filter(
            report=OuterRef("report"), number__gt=OuterRef("number")
        ).order_by("-number")
        heavy = ("figures", "records", "text", "html", "pdf", "docx")
        brief = self.defer(*heavy).select_related("report__group")
        return brief.annotate(superseded_by=Subquery(later.values("number")[:1]))


class ReportVersion(models.Model):
    """A report as it was signed: figures, the records behind them, text and files.

    ``figures`` and ``records`` are the frozen proof, see ``reports/signing/``. ``accepted`` lists
    the warnings that were signed over, each with its reason. A later version supersedes an earlier
    one and never replaces it. The database refuses to change or delete a row (see apps.py).
    """

    report = models.ForeignKey(
        AnnualReport, models.PROTECT, verbose_name="工作报告", related_name="versions"
    )
    number = models.PositiveSmallIntegerField("版次")
    code = models.CharField("查验码", max_length=12, unique=True)
    title = models.CharField("标题", max_length=200)
    start = models.DateField("统计起始")
    cut_off = models.DateField("统计截止")
    figures = models.JSONField("数据")
    records = models.JSONField("数据所据记录")
    accepted = models.JSONField("已说明的提醒", default=list)
    text = models.TextField("文字")
    html = models.TextField("网页")
    pdf = models.BinaryField("PDF")
    docx = models.BinaryField("Word文件")
    html_sha256 = models.CharField("网页校验码", max_length=64)
    pdf_sha256 = models.CharField("PDF校验码", max_length=64, db_index=True)
    docx_sha256 = models.CharField("Word校验码", max_length=64, db_index=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="签发人", related_name="+"
    )
    signer_name = models.CharField("签发人姓名", max_length=50)
    signer_title = models.CharField("签发人职务", max_length=100, blank=True)
    signed_at = models.DateTimeField("签发时间")

    objects = ReportVersionQuerySet.as_manager()

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
        return f"{self.report}第{self.number}版"

    @property
    def signed_on(self) -> datetime.date:
        return timezone.localtime(self.signed_at).date()

    @property
    def signer(self) -> str:
        """Title and name."""
        return f"{self.signer_title}{self.signer_name}"

    def get_absolute_url(self) -> str:
        return reverse("report_version", args=[self.report.slug, self.number])


class ReportStep(models.Model):
    """One step of a report on its way: submitted, returned with a reason, signed, taken back."""

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, verbose_name="工作报告", related_name="steps"
    )
    before = models.CharField("原状态", max_length=10, choices=AnnualReport.State.choices)
    after = models.CharField("新状态", max_length=10, choices=AnnualReport.State.choices)
    note = models.CharField("说明", max_length=500, blank=True)
    version = models.ForeignKey(
        ReportVersion, models.PROTECT, null=True, blank=True, verbose_name="签发版本"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="办理人", related_name="+"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "报告办理记录"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="reportstep_states_known",
                condition=Q(
                    before__in=["draft", "submitted", "signed"],
                    after__in=["draft", "submitted", "signed"],
                ),
                violation_error_message="报告的状态只能是起草中、待签发、已签发。",
            ),
        ]

    def __str__(self):
        return f"{self.report} {self.words}"

    @property
    def words(self) -> str:
        """What was done, as its trail tells."""
        done = {
            ("draft", "submitted"): "提交签发",
            ("submitted", "signed"): f"签发第{self.version.number}版" if self.version else "签发",
            ("submitted", "draft"): "退回修改" if self.note else "撤回",
            ("signed", "draft"): "起草新版本",
        }
        return done[self.before, self.after]
