"""Templates of a year's plan, kept from one year for others."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.models import Record

from .plan import PlanItem


class PlanTemplate(Record):
    name = models.CharField(
        "名称", max_length=50, unique=True, error_messages={"unique": "已有同名的模板。"}
    )
    kept_from = models.PositiveSmallIntegerField("取自年度")
    kept_on = models.DateField("保存日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="保存人")

    class Meta:
        verbose_name = verbose_name_plural = "计划模板"
        ordering = ["-kept_on", "-pk"]

    def __str__(self):
        return self.name


class PlanTemplateItem(models.Model):
    """One item of the township, or one that each group has."""

    template = models.ForeignKey(
        PlanTemplate, models.CASCADE, verbose_name="计划模板", related_name="items"
    )
    position = models.PositiveSmallIntegerField("排序")
    for_each_group = models.BooleanField("各代表小组")
    title = models.CharField("项目", max_length=200)
    kind = models.CharField("类型", max_length=20, choices=PlanItem.Kind.choices)
    first_month = models.PositiveSmallIntegerField("起始月份")
    last_month = models.PositiveSmallIntegerField("截止月份")
    planned_count = models.PositiveIntegerField("计划数量")
    responsible = models.CharField("责任人", max_length=50)
    participants = models.CharField("参加对象", max_length=200, blank=True)
    note = models.TextField("备注", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "模板项目"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plantemplateitem_months",
                condition=Q(
                    first_month__gte=1, first_month__lte=F("last_month"), last_month__lte=12
                ),
                violation_error_code="last_month",
                violation_error_message="计划月份须为1至12，截止月份不早于起始月份。",
            ),
        ]

    def __str__(self):
        return self.title

    months = PlanItem.months
