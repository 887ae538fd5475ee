"""Activities; what was found and what came of it is in ``chain``."""

import datetime

from django.db import models
from django.db.models import F, Q

from congress.models import Record, StoredFile, Village
from congress.periods import Period, falls_within
from delegates.models import Level, Mandate

from .membership import DelegateGroup
from .plan import GroupWorkQuerySet


class ActivityQuerySet(GroupWorkQuerySet):
    def held_in(self, period: Period):
        """Activities whose first day lies in the period."""
        return self.filter(date__range=(period.first, period.last))

    def coming(self, day: datetime.date):
        return self.filter(date__gte=day)

    def held(self, day: datetime.date):
        """Those whose first day is over."""
        return self.filter(date__lt=day)

    def invited_to(self, user):
        """Those that the user is invited to as a delegate in office that day, or was marked at.

        The same rule as ``attendance.expected_at``, for one person and all activities.
        """
        mandates = Mandate.objects.filter(delegate__account=user)
        mandates = list(mandates.prefetch_related("suspensions", "memberships"))
        if not mandates:
            return self.none()
        keys = [mandate.pk for mandate in mandates]
        wanted = Q(pk__in=self._with(attendances__mandate__in=keys))
        for mandate in mandates:
            wanted |= self._inviting(mandate)
        return self.filter(wanted)

    def _inviting(self, mandate: Mandate) -> Q:
        circle = self.model.Circle
        in_office = falls_within(mandate, "date")
        for suspension in mandate.suspensions.all():
            in_office &= ~falls_within(suspension, "date")
        organised = Q(group__isnull=True)
        asked = Q(circle=circle.EVERYBODY) | Q(
            circle=circle.NAMED, pk__in=self._with(invited=mandate.pk)
        )
        if mandate.level == Level.TOWN:
            asked |= Q(circle=circle.TOWN)
        for membership in mandate.memberships.all():
            member = falls_within(membership, "date")
            organised |= member & Q(group=membership.group_id)
            with_group = self._with(invited_groups=membership.group_id)
            asked |= member & Q(circle=circle.GROUPS, pk__in=with_group)
        return in_office & organised & asked

    def _with(self, **conditions):
        """Keys of activities; in a query of their own, so that no activity is found twice."""
        return self.model._default_manager.filter(**conditions).values("pk")


class Activity(Record):
    class Kind(models.TextChoices):
        TRAINING = "training", "学习培训"
        INSPECTION = "inspection", "视察调研"
        EVALUATION = "evaluation", "工作评议"
        LAW_CHECK = "law_check", "执法检查"
        OTHER = "other", "其他"

    class Circle(models.TextChoices):
        """Who is invited; of a group's activity always among its members."""

        EVERYBODY = "everybody", "全体"
        TOWN = "town", "只请本级代表"
        GROUPS = "groups", "选定的代表小组"
        NAMED = "named", "逐人选定"

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
    starts_at = models.TimeField("开始时间", null=True, blank=True, help_text="如：09:00")
    ends_at = models.TimeField("结束时间", null=True, blank=True)
    agenda = models.TextField("议程", blank=True, help_text="每行一项")
    host = models.CharField("主持人", max_length=50, blank=True)
    observers = models.CharField(
        "列席人员",
        max_length=200,
        blank=True,
        help_text="代表以外到会的，如：农业综合服务站负责人",
    )
    circle = models.CharField(
        "邀请范围", max_length=10, choices=Circle.choices, default=Circle.EVERYBODY
    )
    invited_groups = models.ManyToManyField(
        DelegateGroup, blank=True, verbose_name="邀请的小组", related_name="+"
    )
    invited = models.ManyToManyField(
        Mandate, blank=True, verbose_name="邀请的代表", related_name="+"
    )

    rest_not_asked = models.BooleanField(
        "其余未安排",
        default=False,
        editable=False,
        help_text="没有登记的代表未安排到会，不计入应到",
    )
    #: Goes into the address that delegates scan to sign in; empty while nobody can.
    sign_in_secret = models.CharField("签到码", max_length=50, blank=True, editable=False)

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
                condition=Q(
                    kind__in=["training", "inspection", "evaluation", "law_check", "other"]
                ),
                violation_error_code="kind",
                violation_error_message="类型须从列表中选择。",
            ),
            models.CheckConstraint(
                name="activity_circle_known",
                condition=Q(circle__in=["everybody", "town", "groups", "named"]),
                violation_error_code="circle",
                violation_error_message="邀请范围须从列表中选择。",
            ),
            models.CheckConstraint(
                name="activity_times",
                condition=Q(ends_at__isnull=True)
                | Q(starts_at__isnull=False, last_day__isnull=False)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                violation_error_code="ends_at",
                violation_error_message="结束时间须晚于开始时间；没有开始时间的不填结束时间。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def content_items(self) -> list[str]:
        return [item.strip() for item in self.content.split("、") if item.strip()]


class ActivityFile(StoredFile):
    """A picture or paper of an activity."""

    belongs_to = "activity"

    activity = models.ForeignKey(
        Activity, models.PROTECT, verbose_name="活动", related_name="files"
    )

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "活动的图片和附件"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "sha256"],
                name="activityfile_once",
                violation_error_message="这次活动已有同样的附件。",
            ),
        ]
