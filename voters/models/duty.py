"""Round the reception day: who cannot come, what was done with a day, its paper, its calendar."""

import datetime
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Subquery
from django.urls import reverse

from congress.models import NumberlessText, Record
from congress.periods import Dated, DatedQuerySet, Period, holds_on, span_rule, today
from congress.roles import is_delegate, leads_group, reads_all
from delegates.models import Delegate
from groups.models import DelegateGroup, Membership

from .reception import ReceptionDay
from .visits import Visit


class UnavailabilityQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Office and chair: all. A leader: the own group's members. A delegate: the own."""
        if reads_all(user):
            return self
        if leads_group(user):
            members = Membership.objects.filter(
                holds_on(today()), group__in=DelegateGroup.objects.led_by(user, today())
            )
            return self.filter(delegate__in=members.values("mandate__delegate"))
        if is_delegate(user):
            return self.filter(delegate__account=user)
        return self.none()

    def of_duties(self, day: ReceptionDay):
        """What those on duty that day have declared for it, in the order of the duties."""
        return (
            self.holding_on(day.date)
            .filter(delegate__mandates__reception_duties__day=day)
            .select_related("delegate")
            .order_by("delegate__mandates__reception_duties__pk", "pk")
        )

    def touching(self, period: Period):
        """Those that cover at least one day of the period."""
        return self.filter(start__lte=period.last, end__gt=period.first)


class Unavailability(Record, Dated):
    """Days on which a delegate has said not to be able to receive voters."""

    delegate = models.ForeignKey(
        Delegate, models.CASCADE, verbose_name="代表", related_name="unavailabilities"
    )
    reason = models.CharField("事由", max_length=50, blank=True, help_text="如：外出；不要写病情")

    objects = UnavailabilityQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "不能接待的日期"
        ordering = ["-start", "-pk"]
        constraints = [
            span_rule("unavailability"),
            models.CheckConstraint(
                name="unavailability_has_end",
                condition=Q(end__isnull=False),
                violation_error_code="end",
                violation_error_message="请填写从哪一天起又能接待。",
            ),
        ]

    def __str__(self):
        return f"{self.delegate} {self.days_words}"

    @property
    def last_day(self) -> datetime.date:
        return self.end - datetime.timedelta(days=1)

    @property
    def days_words(self) -> str:
        """2020-08-15, or 2020-08-10至2020-08-20; both days included."""
        if self.last_day == self.start:
            return f"{self.start:%Y-%m-%d}"
        return f"{self.start:%Y-%m-%d}至{self.last_day:%Y-%m-%d}"


class DayEvent(models.Model):
    """The trail of a reception day: who did what with it, when and why."""

    class Kind(models.TextChoices):
        MADE = "made", "安排"
        CHANGED = "changed", "修改"
        ROTA = "rota", "排班"
        FIXED = "fixed", "固定轮值"
        RELEASED = "released", "放开轮值"
        SWAPPED = "swapped", "换班"
        MOVED = "moved", "改期"
        CANCELLED = "cancelled", "取消"
        ANNOUNCED = "announced", "公告"
        HELD = "held", "已举行"
        CLOSED = "closed", "结束登记"
        REOPENED = "reopened", "重新登记"

    day = models.ForeignKey(
        ReceptionDay, models.CASCADE, verbose_name="接待选民日", related_name="events"
    )
    kind = models.CharField("事项", max_length=10, choices=Kind.choices)
    at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="经办人"
    )
    note = NumberlessText("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接待日记录"
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.day} {self.get_kind_display()}"


class BlankFormQuerySet(models.QuerySet):
    def with_use(self):
        """Each form with the key of the visit that bears its number, if there is one."""
        visits = Visit.objects.filter(number=OuterRef("number"))
        return self.annotate(visit_key=Subquery(visits.values("pk")[:1]))

    def batches(self):
        """A dictionary a batch, the latest first: keys of first and last form, forms, used ones."""
        return (
            self.annotate(is_used=Exists(Visit.objects.filter(number=OuterRef("number"))))
            .order_by()
            .values("batch", "day__date", "day__group__ordinal", "printed_by__name")
            .annotate(
                first_key=Min("pk"),
                last_key=Max("pk"),
                printed_at=Min("printed_at"),
                forms=Count("pk"),
                used=Count("pk", filter=Q(is_used=True)),
            )
            .order_by("-first_key")
        )


class BlankForm(models.Model):
    """A registration form printed ahead: its number is given and belongs to no other visit."""

    number = models.CharField("登记号", max_length=30, unique=True)
    batch = models.UUIDField("批次", db_index=True)
    day = models.ForeignKey(
        ReceptionDay,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="接待选民日",
        related_name="blank_forms",
    )
    printed_at = models.DateTimeField("印制时间", auto_now_add=True)
    printed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="印制人"
    )

    objects = BlankFormQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "空白登记表"
        ordering = ["-pk"]

    def __str__(self):
        return self.number

    def get_absolute_url(self) -> str:
        """The page of its batch; what stands on the paper is the address ``form_open``."""
        return reverse("form_batch", args=[self.batch])


class VisitNote(models.Model):
    """更正和补充: added to a visit whose words stay as they were written down."""

    visit = models.ForeignKey(Visit, models.CASCADE, verbose_name="来访登记", related_name="notes")
    text = models.TextField("更正或补充")
    at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name="登记人"
    )

    class Meta:
        verbose_name = verbose_name_plural = "更正和补充"
        ordering = ["at", "pk"]

    def __str__(self):
        return self.text


def new_token() -> str:
    return secrets.token_urlsafe(32)


class CalendarFeed(models.Model):
    """The secret address of a user's reception days, for the calendar of a phone."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="账号", related_name="calendar_feed"
    )
    token = models.CharField("密址", max_length=50, unique=True, default=new_token)

    class Meta:
        verbose_name = verbose_name_plural = "日历订阅"

    def __str__(self):
        return str(self.user)
