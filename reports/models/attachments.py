"""What is attached to a report: texts of its own, and tables that the records fill."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from congress.models import Record

from .annual_report import AnnualReport


class ReportAttachment(Record):
    """附件1, 附件2 …: listed below the text, each on a page of its own behind it."""

    class Content(models.TextChoices):
        TEXT = "text", "文字"
        GROUPS = "groups", "代表小组一览表"
        ACTIVITIES = "activities", "代表活动一览表"
        DUTY_REPORTS = "duty_reports", "代表述职情况表"
        ITEMS = "items", "意见建议办理情况表"

    report = models.ForeignKey(
        AnnualReport,
        models.CASCADE,
        editable=False,
        verbose_name="工作报告",
        related_name="attachments",
    )
    position = models.PositiveSmallIntegerField("顺序", default=0)
    title = models.CharField("附件名称", max_length=100)
    content = models.CharField("内容", max_length=12, choices=Content.choices, default=Content.TEXT)
    text = models.TextField("文字", blank=True, help_text="内容选“文字”时填写，每段一行")

    class Meta:
        verbose_name = verbose_name_plural = "报告附件"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="reportattachment_content_known",
                condition=Q(
                    content__in=[
                        "text",
                        "groups",
                        "activities",
                        "duty_reports",
                        "items",
                    ]
                ),
                violation_error_code="content",
                violation_error_message="附件内容须从列表中选择。",
            ),
            models.CheckConstraint(
                name="reportattachment_text_given",
                condition=~Q(content="text", text=""),
                violation_error_code="text",
                violation_error_message="请填写附件的文字，或者改选一种表。",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("report_attachments", args=[self.report.slug])
