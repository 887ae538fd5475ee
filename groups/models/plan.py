"""The annual plan of the township and its groups."""

from django.db import models
from django.db.models import F, Q

from congress.models import Record
from congress.periods import today
from congress.roles import leads_group, reads_all

from .membership import DelegateGroup


class GroupWorkQuerySet(models.QuerySet):
    """What a group plans and does: its leaders see the own group's."""

    group_field = "group"

    def visible_to(self, user):
        if reads_all(user):
            return self
        if leads_group(user):
            led = DelegateGroup.objects.led_by(user, today())
            return self.filter(**{f"{self.group_field}__in": led})
        return self.none()


class PlanItem(Record):
    class Kind(models.TextChoices):
        RECEPTION = "reception", "接待选民"
        DUTY_REPORT = "duty_report", "述职"
        TRAINING = "training", "学习培训"
        INSPECTION = "inspection", "视察调研"
        EVALUATION = "evaluation", "工作评议"
        SESSION = "session", "会议"
        OTHER = "other", "其他"

    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("序号")
    group = models.ForeignKey(
        DelegateGroup,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="代表小组",
        related_name="plan_items",
        help_text="留空表示全乡镇",
    )
    title = models.CharField("项目", max_length=200)
    kind = models.CharField("类型", max_length=20, choices=Kind.choices)
    first_month = models.PositiveSmallIntegerField("起始月份")
    last_month = models.PositiveSmallIntegerField("截止月份")
    planned_count = models.PositiveIntegerField("计划数量", default=1)
    responsible = models.CharField("责任人", max_length=50)
    participants = models.CharField(
        "参加对象", max_length=200, blank=True, help_text="如：全体代表、本组代表"
    )
    note = models.TextField("备注", blank=True)

    objects = GroupWorkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度计划"
        ordering = ["-year", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="planitem_number_once",
                violation_error_message="本年度计划已有这个序号。",
            ),
            models.CheckConstraint(
                name="planitem_months",
                condition=Q(
                    first_month__gte=1, first_month__lte=F("last_month"), last_month__lte=12
                ),
                violation_error_code="last_month",
                violation_error_message="计划月份须为1至12，截止月份不早于起始月份。",
            ),
            models.CheckConstraint(
                name="planitem_count_positive",
                condition=Q(planned_count__gte=1),
                violation_error_code="planned_count",
                violation_error_message="计划数量至少为1。",
            ),
            models.CheckConstraint(
                name="planitem_kind_known",
                condition=Q(
                    kind__in=[
                        "reception",
                        "duty_report",
                        "training",
                        "inspection",
                        "evaluation",
                        "session",
                        "other",
                    ]
                ),
                violation_error_code="kind",
                violation_error_message="类型须从列表中选择。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def months(self) -> str:
        """计划月份 as the ledger writes it: 10 or 3-12."""
        if self.first_month == self.last_month:
            return str(self.first_month)
        return f"{self.first_month}-{self.last_month}"
