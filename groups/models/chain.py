"""What an activity found and recommends, to whom that was passed on, and what came of it.

代表法 31: the presidium passes the report of an inspection to the organs concerned, which tell the
delegates what was done. By when, is the township's own rule, see ``groups.reply_terms``.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import models, router
from django.db.models import F, Q
from django.db.models.deletion import Collector

from congress.models import Record

from .activities import Activity
from .chain_query import FollowUpQuerySet, RecommendationQuerySet, TransmissionQuerySet


class ActivityLine(models.Model):
    """Abstract: one entry of text that belongs to an activity, in the order written."""

    text = models.TextField("内容")
    position = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text

    def get_absolute_url(self) -> str:
        """The page of the activity, where it is told."""
        return f"{self.activity.get_absolute_url()}#findings"

    def is_needed(self) -> bool:
        """Whether something refers to it that must not lose it."""
        collector = Collector(using=router.db_for_write(type(self), instance=self))
        try:
            collector.collect([self])
        except (models.ProtectedError, models.RestrictedError):
            return True
        return False


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
        constraints = [
            models.CheckConstraint(
                name="finding_kind_known",
                condition=Q(kind__in=["", "good", "problem", "comparison"]),
                violation_error_code="kind",
                violation_error_message="性质须从列表中选择。",
            ),
        ]


class Recommendation(ActivityLine):
    class State(models.TextChoices):
        """Computed, never stored; see ``RecommendationQuerySet.with_state``."""

        UNSENT = "unsent", "未转送"
        OPEN = "open", "待答复"
        OVERDUE = "overdue", "逾期未答复"
        ANSWERED = "answered", "已答复"
        PASSED_ON = "passed_on", "已转送"

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="recommendations"
    )
    addressee = models.CharField("建议对象", max_length=100, blank=True)
    finding = models.ForeignKey(
        Finding,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="针对的发现",
        related_name="recommendations",
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta(ActivityLine.Meta):
        verbose_name = verbose_name_plural = "建议"


class ChainStep(Record):
    """Abstract: a dated step after an activity; 对象, 日期, 内容."""

    who = models.CharField("对象", max_length=100)
    date = models.DateField("日期")
    content = models.TextField("内容")

    class Meta:
        abstract = True
        ordering = ["date", "pk"]

    def __str__(self):
        return f"{self.date} {self.who}"

    def get_absolute_url(self) -> str:
        """The page of the activity, where its chain is told."""
        return f"{self.activity.get_absolute_url()}#chain"

    def clean(self):
        check_after_activity(self.activity.date if self.activity_id else None, self.date)


def check_after_activity(activity_day: datetime.date | None, day: datetime.date | None) -> None:
    """What comes of an activity cannot come before it."""
    if activity_day and day and day < activity_day:
        raise ValidationError({"date": "日期不能早于活动日期，请核对。"})


class Transmission(ChainStep):
    """转送: findings and recommendations handed to somebody (代表法 31)."""

    class How(models.TextChoices):
        WRITTEN = "written", "书面"
        MEETING = "meeting", "会议"
        IN_PERSON = "in_person", "当面"
        TELEPHONE = "telephone", "电话"
        EXCHANGE = "exchange", "公文交换"
        OTHER = "other", "其他"

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="transmissions"
    )
    how = models.CharField("方式", max_length=12, choices=How.choices, blank=True)
    recommendations = models.ManyToManyField(
        Recommendation,
        blank=True,
        verbose_name="转送的建议",
        related_name="transmissions",
        help_text="都不勾选的，视为全部转送",
    )
    expects_reply = models.BooleanField(
        "须答复", default=True, help_text="只是通报情况、不须答复的，不勾选"
    )

    objects = TransmissionQuerySet.as_manager()

    class Meta(ChainStep.Meta):
        verbose_name = verbose_name_plural = "转送"
        indexes = [models.Index(fields=["date", "id"], name="transmission_date")]
        constraints = [
            models.CheckConstraint(
                name="transmission_how_known",
                condition=Q(
                    how__in=[
                        "",
                        "written",
                        "meeting",
                        "in_person",
                        "telephone",
                        "exchange",
                        "other",
                    ]
                ),
                violation_error_code="how",
                violation_error_message="方式须从列表中选择。",
            ),
        ]


class FollowUp(ChainStep):
    """后续: what somebody then did, and when the delegates who took part were told of it."""

    class Result(models.TextChoices):
        DONE = "done", "已落实"
        IN_PROGRESS = "in_progress", "正在落实"
        PLANNED = "planned", "列入计划"
        NOT_DONE = "not_done", "未落实"

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="follow_ups"
    )
    result = models.CharField("落实情况", max_length=12, choices=Result.choices, blank=True)
    answers = models.ForeignKey(
        Transmission,
        models.RESTRICT,
        null=True,
        blank=True,
        verbose_name="答复哪次转送",
        related_name="follow_ups",
        help_text="不选的，视为答复此前的各次转送",
    )
    recommendation = models.ForeignKey(
        Recommendation,
        models.RESTRICT,
        null=True,
        blank=True,
        verbose_name="落实哪条建议",
        related_name="follow_ups",
    )
    told_delegates_on = models.DateField(
        "告知代表日期",
        null=True,
        blank=True,
        help_text="将处理情况告知参加活动的代表的日期（代表法第三十一条）；尚未告知的留空",
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta(ChainStep.Meta):
        verbose_name = verbose_name_plural = "后续"
        constraints = [
            models.CheckConstraint(
                name="followup_result_known",
                condition=Q(result__in=["", "done", "in_progress", "planned", "not_done"]),
                violation_error_code="result",
                violation_error_message="落实情况须从列表中选择。",
            ),
            models.CheckConstraint(
                name="followup_told_after",
                condition=Q(told_delegates_on__isnull=True) | Q(told_delegates_on__gte=F("date")),
                violation_error_code="told_delegates_on",
                violation_error_message="告知代表日期不能早于后续的日期。",
            ),
        ]

    def clean(self):
        super().clean()
        if self.answers_id and self.date and self.date < self.answers.date:
            raise ValidationError(
                {"date": f"日期不能早于所答复的转送（{self.answers.date}），请核对。"}
            )
