"""Activity rooms of the groups, what belongs to a room that is in order, and checks of it by day.

What holds in a room on a day is what the latest check of each item up to that day says, so that
the report of a past year shows what held then.
"""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from congress.models import Record, StoredFile
from congress.periods import Dated, DatedQuerySet, OneAtATime, span_rule, today
from congress.roles import keeps_records

from .membership import DelegateGroup


class Standard(models.TextChoices):
    """What every room is to have; the office adds items of its own."""

    SIGN = "sign", "标牌"
    RULES = "rules", "制度上墙"
    PLAN = "plan", "计划上墙"
    REGISTER = "register", "登记簿"


#: The standard items hold for all days on record.
ALWAYS = datetime.date(2000, 1, 1)


class RoomItem(Record, Dated):
    """An item of the checklist (规范化建设); an item that is given up keeps its past."""

    code = models.CharField(
        "代码", max_length=20, choices=Standard.choices, blank=True, editable=False
    )
    title = models.CharField("项目", max_length=20, help_text="如：宣传栏")
    requirement = models.CharField(
        "要求", max_length=100, blank=True, help_text="怎样算有，检查时显示在项目下面"
    )
    position = models.PositiveSmallIntegerField("排序", default=10)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动室建设项目"
        ordering = ["position", "pk"]
        constraints = [
            span_rule("roomitem"),
            models.UniqueConstraint(
                fields=["title"],
                name="roomitem_title_once",
                violation_error_message="已有这个项目；停用过的，请修改它的停用日期。",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="roomitem_code_once",
                violation_error_message="通用项目各只有一个。",
            ),
        ]

    def __str__(self):
        return self.title


def keep_standard_items(apps=None, using="default", **kwargs) -> None:
    """The standard items are always there: after each migration, and after a flush."""
    try:
        model = apps.get_model("groups", "RoomItem") if apps else RoomItem
    except LookupError:
        return
    for position, (code, title) in enumerate(Standard.choices, 1):
        model.objects.using(using).get_or_create(
            code=code, defaults={"title": title, "position": position, "start": ALWAYS}
        )


class ActivityRoomQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """The rooms of the groups that the user sees."""
        return self.filter(group__in=DelegateGroup.objects.visible_to(user))

    def with_standards(self, day: datetime.date):
        """Annotated with ``has_sign`` and ``rules_on_wall`` as they stood that day."""
        return self.annotate(
            has_sign=_met(Standard.SIGN, day), rules_on_wall=_met(Standard.RULES, day)
        )

    def incomplete(self, day: datetime.date, item: "RoomItem | None" = None):
        """Where an item, or this one, was missing that day, or never checked until then."""
        latest = RoomResult.objects.filter(
            room_check__room=OuterRef(OuterRef("pk")),
            item=OuterRef("pk"),
            room_check__day__lte=day,
        ).order_by("-room_check__day")
        items = RoomItem.objects.holding_on(day)
        if item:
            items = items.filter(pk=item.pk)
        items = items.annotate(met=Subquery(latest.values("met")[:1]))
        return self.filter(Exists(items.filter(Q(met=False) | Q(met__isnull=True))))

    def unchecked(self, after: datetime.date, until: datetime.date):
        """Not checked once in the days after the one and until the other."""
        checks = RoomCheck.objects.filter(room=OuterRef("pk"), day__gt=after, day__lte=until)
        return self.filter(~Exists(checks))


def _met(code: str, day: datetime.date):
    latest = RoomResult.objects.filter(
        room_check__room=OuterRef("pk"), item__code=code, room_check__day__lte=day
    ).order_by("-room_check__day")
    return Coalesce(
        Subquery(latest.values("met")[:1]), Value(False), output_field=models.BooleanField()
    )


class ActivityRoom(Record, Dated):
    """A room of a group at one place; where it moves or changes hands, another one follows it."""

    group = models.ForeignKey(
        DelegateGroup, models.PROTECT, verbose_name="代表小组", related_name="rooms"
    )
    name = models.CharField("活动室名称", max_length=100)
    place = models.CharField("活动室地点", max_length=100)
    end_reason = models.CharField(
        "停用原因", max_length=100, blank=True, help_text="如：迁往新址、并入其他活动室"
    )
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="原活动室",
        related_name="followed_by",
    )

    objects = ActivityRoomQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动室"
        ordering = ["group__ordinal", "pk"]
        constraints = [
            span_rule("activityroom"),
            OneAtATime(
                fields=["group", "name"],
                condition=Q(end__isnull=True),
                name="activityroom_once",
                violation_error_message="该小组已有同名的活动室。",
            ),
        ]

    def __str__(self):
        return self.name


class RoomCheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(room__in=ActivityRoom.objects.visible_to(user))


class RoomCheck(Record):
    """Somebody looked at a room that day; what was not looked at has no result."""

    room = models.ForeignKey(
        ActivityRoom, models.PROTECT, verbose_name="活动室", related_name="checks"
    )
    day = models.DateField("检查日期", default=today)
    checked_by = models.CharField("检查人", max_length=100, blank=True)
    remark = models.TextField("备注", blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="登记人",
    )

    objects = RoomCheckQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "活动室检查"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["room", "day"],
                name="roomcheck_once_a_day",
                violation_error_code="day",
                violation_error_message="这个活动室这一天已有检查记录，请修改那一条。",
            ),
        ]

    def __str__(self):
        return f"{self.day}检查{self.room}"

    def get_absolute_url(self) -> str:
        return reverse("roomcheck_detail", args=[self.pk])

    def may_be_changed_by(self, user) -> bool:
        """By the office; by who recorded it."""
        return keeps_records(user) or self.user_id == user.pk


class RoomResult(models.Model):
    """What a check found of an item."""

    room_check = models.ForeignKey(
        RoomCheck, models.CASCADE, verbose_name="活动室检查", related_name="results"
    )
    item = models.ForeignKey(RoomItem, models.PROTECT, verbose_name="项目", related_name="results")
    met = models.BooleanField("有")
    remark = models.CharField("说明", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查结果"
        ordering = ["item__position", "item", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["room_check", "item"],
                name="roomresult_once",
                violation_error_message="一次检查中每个项目只登记一次。",
            ),
        ]

    def __str__(self):
        return f"{self.item}：{'有' if self.met else '缺'}"


class RoomCheckFile(StoredFile):
    belongs_to = "room_check"

    room_check = models.ForeignKey(
        RoomCheck, models.PROTECT, verbose_name="活动室检查", related_name="files"
    )

    class Meta(StoredFile.Meta):
        verbose_name = verbose_name_plural = "检查照片"
        constraints = [
            models.UniqueConstraint(
                fields=["room_check", "sha256"],
                name="roomcheckfile_once",
                violation_error_message="这次检查已有内容相同的照片，不用再传。",
            )
        ]
