"""Terms and villages."""

from django.db import models
from django.db.models import F, Q

from congress.numerals import ordinal_numeral

from .base import Record


class Term(Record):
    """届: from the first session of one term to the first session of the next (代表法 2)."""

    ordinal = models.PositiveSmallIntegerField(
        "届次", unique=True, error_messages={"unique": "这一届已经登记。"}
    )
    first_day = models.DateField("任期起始")
    last_day = models.DateField("任期届满", null=True, blank=True, help_text="现任届次留空")

    class Meta:
        verbose_name = verbose_name_plural = "届次"
        ordering = ["-ordinal"]
        constraints = [
            models.CheckConstraint(
                name="term_last_after_first",
                condition=Q(last_day__isnull=True) | Q(last_day__gt=F("first_day")),
                violation_error_code="last_day",
                violation_error_message="任期届满须晚于任期起始。",
            ),
            models.CheckConstraint(
                name="term_ordinal_positive",
                condition=Q(ordinal__gte=1),
                violation_error_code="ordinal",
                violation_error_message="届次须为正整数。",
            ),
        ]

    def __str__(self):
        return f"{ordinal_numeral(self.ordinal)}届"


class Village(Record):
    name = models.CharField(
        "村名",
        max_length=50,
        unique=True,
        help_text="按报告中的写法",
        error_messages={"unique": "已有同名的村。"},
    )
    population = models.PositiveIntegerField("人口")
    position = models.PositiveSmallIntegerField("排序", default=0, help_text="数字小的排在前")

    class Meta:
        verbose_name = verbose_name_plural = "村"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name
