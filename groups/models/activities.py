"""Activities, who came, what was found, to whom it was passed on and what came of it."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from congress.models import Record, Village
from congress.periods import Period
from delegates.models import Mandate

from .membership import DelegateGroup
from .plan import GroupWorkQuerySet


class ActivityQuerySet(GroupWorkQuerySet):
    def held_in(self, period: Period):
        """Activities whose first day lies in the period."""
        return self.filter(date__range=(period.first, period.last))


class Activity(Record):
    class Kind(models.TextChoices):
        TRAINING = "training", "学习培训"
        INSPECTION = "inspection", "视察调研"
        EVALUATION = "evaluation", "工作评议"
        OTHER = "other", "其他"

    number = models.CharField(
        "活动编号",
        max_length=30,
        unique=True,
        help_text="如：2020-H01",
        error_messages={"unique": "已有这个活动编号。"},
    )
    kind = models.CharField("类型", max_length=20, choices=Kind.choices)
    title = models.CharField("名称", max_length=200)
    theme = models.CharField("主题", max_length=200, blank=True, help_text="口号，不加引号")
    theme_source = models.CharField(
        "主题来源", max_length=100, blank=True, help_text="由谁提出，如：镇党委"
    )
    date = models.DateField("日期")
    last_day = models.DateField("结束日期", null=True, blank=True, help_text="只有一天的留空")
    group = models.ForeignKey(
        DelegateGroup,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="组织的代表小组",
        related_name="activities",
        help_text="留空表示由本级人大组织",
    )
    villages = models.ManyToManyField(Village, blank=True, verbose_name="到访的村")
    place = models.CharField("地点", max_length=200, blank=True, help_text="不是村的地点写在这里")
    content = models.TextField("内容", help_text="各项以“、”分隔；学习培训写法律名称，不加书名号")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动"
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["date", "id"], name="activity_date")]
        constraints = [
            models.CheckConstraint(
                name="activity_last_day",
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("date")),
                violation_error_code="last_day",
                violation_error_message="结束日期不能早于开始日期。",
            ),
            models.CheckConstraint(
                name="activity_kind_known",
                condition=Q(kind__in=["training", "inspection", "evaluation", "other"]),
                violation_error_code="kind",
                violation_error_message="类型须从列表中选择。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def content_items(self) -> list[str]:
        return [item.strip() for item in self.content.split("、") if item.strip()]


class AttendanceQuerySet(GroupWorkQuerySet):
    group_field = "activity__group"


class Attendance(Record):
    class Status(models.TextChoices):
        PRESENT = "present", "出席"
        LEAVE = "leave", "请假"
        ABSENT = "absent", "缺席"

    class Reason(models.TextChoices):
        HEALTH = "health", "健康"
        WORK = "work", "工作"
        AWAY = "away", "外出"
        FAMILY = "family", "家庭"
        UNSTATED = "unstated", "未说明"

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="attendances"
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, verbose_name="代表", related_name="attendances"
    )
    status = models.CharField("出席情况", max_length=10, choices=Status.choices)
    reason = models.CharField("事由", max_length=10, choices=Reason.choices, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动出席"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "mandate"],
                name="attendance_once",
                violation_error_message="这位代表在本次活动中已有出席记录。",
            ),
            models.CheckConstraint(
                name="attendance_reason_if_not_present",
                condition=Q(status="present", reason="")
                | (Q(status__in=["leave", "absent"]) & ~Q(reason="")),
                violation_error_code="reason",
                violation_error_message="请假、缺席的须选事由（不清楚的选“未说明”）；出席的不填。",
            ),
        ]

    def __str__(self):
        return f"{self.mandate.delegate} {self.get_status_display()}"


class ActivityLine(models.Model):
    """Abstract: one entry of text that belongs to an activity, in the order written."""

    text = models.TextField("内容")
    position = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text


class Finding(ActivityLine):
    class Kind(models.TextChoices):
        GOOD = "good", "成绩"
        PROBLEM = "problem", "问题"
        COMPARISON = "comparison", "对比"

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="findings"
    )
    kind = models.CharField("性质", max_length=12, choices=Kind.choices, blank=True)

    class Meta(ActivityLine.Meta):
        verbose_name = verbose_name_plural = "发现"


class Recommendation(ActivityLine):
    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="recommendations"
    )
    addressee = models.CharField("建议对象", max_length=100, blank=True)

    class Meta(ActivityLine.Meta):
        verbose_name = verbose_name_plural = "建议"


class ChainStep(models.Model):
    """Abstract: a dated step after an activity; 对象, 日期, 内容."""

    who = models.CharField("对象", max_length=100)
    date = models.DateField("日期")
    content = models.TextField("内容")

    class Meta:
        abstract = True
        ordering = ["date", "pk"]

    def __str__(self):
        return f"{self.date} {self.who}"

    def clean(self):
        check_after_activity(self.activity.date if self.activity_id else None, self.date)


def check_after_activity(activity_day: datetime.date | None, day: datetime.date | None) -> None:
    """What comes of an activity cannot come before it."""
    if activity_day and day and day < activity_day:
        raise ValidationError({"date": "日期不能早于活动日期，请核对。"})


class Transmission(ChainStep):
    """转送: findings and recommendations handed to somebody (代表法 31)."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="transmissions"
    )

    class Meta(ChainStep.Meta):
        verbose_name = verbose_name_plural = "转送"


class FollowUp(ChainStep):
    """后续: what somebody then did."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="follow_ups"
    )

    class Meta(ChainStep.Meta):
        verbose_name = verbose_name_plural = "后续"
