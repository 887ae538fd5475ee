"""Ballots on units in a 工作评议."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models

from congress.models import Record
from groups.models import Activity
from groups.models.plan import GroupWorkQuerySet

from .topics import HandlingUnit


class UnitEvaluationQuerySet(GroupWorkQuerySet):
    group_field = "activity__group"


class UnitEvaluation(Record):
    """Ballots on one unit in a 工作评议; rates are computed, never stored."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="unit_evaluations"
    )
    unit = models.ForeignKey(
        HandlingUnit, models.PROTECT, verbose_name="被评议单位", related_name="evaluations"
    )
    satisfied = models.PositiveIntegerField("满意")
    basically_satisfied = models.PositiveIntegerField("基本满意")
    dissatisfied = models.PositiveIntegerField("不满意")
    reported_on = models.DateField(
        "报送日期", null=True, blank=True, help_text="评议结果报送党委、政府的日期"
    )
    fed_back_on = models.DateField(
        "反馈日期", null=True, blank=True, help_text="评议结果反馈被评议单位的日期"
    )

    objects = UnitEvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作评议"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "unit"],
                name="unitevaluation_once",
                violation_error_message="该单位在本次评议中已有票数。",
            ),
        ]

    def __str__(self):
        return f"{self.activity} {self.unit}"

    def clean(self):
        if self.activity_id and self.activity.kind != Activity.Kind.EVALUATION:
            raise ValidationError({"activity": "只有工作评议活动才有单位测评票数。"})
        for field in ("reported_on", "fed_back_on"):
            day: datetime.date | None = getattr(self, field)
            if self.activity_id and day and day < self.activity.date:
                raise ValidationError({field: "日期不能早于评议活动日期。"})
