"""Which parts a report has, in which order and under which headings."""

from django.db import models
from django.db.models import Q

from congress.models import Record

from .annual_report import AnnualReport


class OutlinePart(Record):
    """A chapter, or a section of one, as a report departs from the usual outline.

    Without a report it belongs to the township's template, of which each new report takes a copy.
    ``chapter`` is the key of the chapter a section stands in, empty for a chapter itself. Parts
    that the office added have keys own-1, own-2 …; their text is the narrative 自拟-1, 自拟-2 ….
    """

    report = models.ForeignKey(
        AnnualReport,
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        verbose_name="工作报告",
        related_name="outline_parts",
    )
    key = models.CharField("部分", max_length=40, editable=False)
    chapter = models.CharField("所属部分", max_length=40, blank=True)
    position = models.PositiveSmallIntegerField("顺序", default=0)
    heading = models.CharField(
        "标题", max_length=100, blank=True, help_text="留空用通常标题；不写“一、”“（一）”"
    )
    is_left_out = models.BooleanField("不写入报告", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "报告提纲"
        ordering = ["report", "chapter", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "key"],
                name="outlinepart_once_a_report",
                violation_error_message="提纲中已有这一部分。",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(report=None),
                name="outlinepart_once_in_template",
                violation_error_message="提纲模板中已有这一部分。",
            ),
        ]

    def __str__(self):
        return self.heading or self.key
