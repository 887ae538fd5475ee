"""Reception days and who was on duty."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from congress.models import NumberlessLine, Record
from congress.periods import Period, holds_on, today
from congress.roles import is_delegate
from delegates.models import Mandate
from groups.models import DelegateGroup, Membership
from groups.models.plan import GroupWorkQuerySet


class ReceptionDayQuerySet(GroupWorkQuerySet):
    def held_in(self, period: Period):
        """Days on which voters were received; a moved day counts on the day it took place."""
        return self.filter(state=ReceptionDay.State.HELD).filter(
            date__range=(period.first, period.last)
        )

    def in_calendar_of(self, user):
        """What the calendar shows: a delegate sees the days of the own group, and own turns."""
        if not is_delegate(user):
            return self.visible_to(user)
        memberships = Membership.objects.filter(holds_on(today()), mandate__delegate__account=user)
        own_turns = ReceptionDuty.objects.filter(mandate__delegate__account=user)
        return self.filter(
            Q(group__in=memberships.values("group")) | Q(pk__in=own_turns.values("day"))
        )

    def takes_visits(self, day: datetime.date):
        """Days on which visits can be logged on that day: come, not cancelled, not closed."""
        return self.filter(date__lte=day, closed_at__isnull=True).exclude(
            state=ReceptionDay.State.CANCELLED
        )

    def at_the_desk(self, day: datetime.date):
        """The days of today that take visits, else those of the latest date that does."""
        latest = self.takes_visits(day).order_by("-date").values("date")[:1]
        return (
            self.takes_visits(day)
            .filter(date=models.Subquery(latest))
            .select_related("group")
            .order_by("group__ordinal", "pk")
        )

    def to_rearrange(self):
        """Still to come with somebody on duty who has left office since."""
        gone = ReceptionDuty.objects.out_of_office()
        return self.filter(state__in=ReceptionDay.STILL_OPEN, pk__in=gone.values("day"))

    def coming(self, day: datetime.date):
        """Planned or announced days from that day on, the next first."""
        return self.filter(state__in=ReceptionDay.STILL_OPEN, date__gte=day).order_by(
            "date", "group__ordinal", "pk"
        )


class ReceptionDay(Record):
    """代表接待选民日 of one group; moved when it has an original date (改期)."""

    class State(models.TextChoices):
        PLANNED = "planned", "计划"
        ANNOUNCED = "announced", "已公告"
        HELD = "held", "已举行"
        CANCELLED = "cancelled", "取消"

    #: Still to come: it can be moved, cancelled or held, and people change over.
    STILL_OPEN = (State.PLANNED, State.ANNOUNCED)

    date = models.DateField("日期", help_text="实际接待的日期；取消的写原应接待的日期")
    original_date = models.DateField("原定日期", null=True, blank=True, help_text="改期的填写")
    group = models.ForeignKey(
        DelegateGroup, models.PROTECT, verbose_name="代表小组", related_name="reception_days"
    )
    place = models.CharField("地点", max_length=100)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    no_visitors = models.BooleanField(
        "当日无选民来访", default=False, help_text="已举行而无人来访时勾选"
    )
    note = models.TextField("备注", blank=True, help_text="改期、取消的原因写在这里")
    hours = models.CharField("时间", max_length=50, blank=True, help_text="留空用乡镇概况中的时间")
    is_fixed = models.BooleanField(
        "轮值已定", default=False, help_text="勾选后重新排班时不改动这一天"
    )
    announced_on = models.DateField("公告日期", null=True, blank=True)
    closed_at = models.DateTimeField("结束登记时间", null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        verbose_name="结束登记人",
        related_name="+",
    )
    on_duty = models.ManyToManyField(Mandate, through="ReceptionDuty", verbose_name="接待代表")

    objects = ReceptionDayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "接待选民日"
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["date", "id"], name="receptionday_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["date", "group"],
                name="receptionday_once",
                violation_error_message="该小组这一天已有接待安排。",
            ),
            models.CheckConstraint(
                name="receptionday_moved",
                condition=Q(original_date__isnull=True) | ~Q(original_date=F("date")),
                violation_error_code="original_date",
                violation_error_message="原定日期与日期相同；没有改期的请留空。",
            ),
            models.CheckConstraint(
                name="receptionday_no_visitors_if_held",
                condition=Q(no_visitors=False) | Q(state="held"),
                violation_error_code="no_visitors",
                violation_error_message="只有已举行的接待日才能登记“当日无选民来访”。",
            ),
            models.CheckConstraint(
                name="receptionday_closed_if_held",
                condition=Q(closed_at__isnull=True) | Q(state="held"),
                violation_error_message="只有已举行的接待日才能结束登记。",
            ),
            models.CheckConstraint(
                name="receptionday_state_known",
                condition=Q(state__in=["planned", "announced", "held", "cancelled"]),
                violation_error_code="state",
                violation_error_message="状态须从列表中选择。",
            ),
        ]

    def __str__(self):
        return f"{self.date:%Y-%m-%d} {self.group}"

    def takes_visits(self, day: datetime.date) -> bool:
        """The same rule as the queryset's ``takes_visits``."""
        return self.date <= day and self.closed_at is None and self.state != self.State.CANCELLED

    @property
    def is_moved(self) -> bool:
        return self.original_date is not None

    @property
    def state_words(self) -> str:
        """The ledger's words: a held day on another date is 改期."""
        if self.state == self.State.HELD and self.is_moved:
            return "改期"
        return self.get_state_display()

    @property
    def state_class(self) -> str:
        """Class of the state's colour."""
        return {self.State.ANNOUNCED: "in-hand", self.State.HELD: "done"}.get(self.state, "")


class ReceptionDutyQuerySet(models.QuerySet):
    def out_of_office(self):
        """Arranged, though the delegate is not in office on the day: ended or suspended since."""
        in_office = Mandate.objects.in_office_on(OuterRef("day__date"))
        return self.filter(
            ~Exists(in_office.filter(pk=OuterRef("mandate"))),
            status=ReceptionDuty.Status.ON_DUTY,
        )


class ReceptionDuty(models.Model):
    class Status(models.TextChoices):
        ON_DUTY = "on_duty", "到岗"
        SWAPPED = "swapped", "换班"
        ABSENT = "absent", "缺岗"

    day = models.ForeignKey(
        ReceptionDay, models.CASCADE, verbose_name="接待选民日", related_name="duties"
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, verbose_name="接待代表", related_name="reception_duties"
    )
    status = models.CharField("情况", max_length=10, choices=Status.choices, default=Status.ON_DUTY)
    reason = NumberlessLine("安排理由", max_length=200, blank=True)

    objects = ReceptionDutyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "轮值"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "mandate"],
                name="receptionduty_once",
                violation_error_message="同一位代表在同一接待日只能安排一次。",
            ),
            models.CheckConstraint(
                name="receptionduty_status_known",
                condition=Q(status__in=["on_duty", "swapped", "absent"]),
                violation_error_code="status",
                violation_error_message="轮值情况须从列表中选择。",
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.mandate.delegate}"

    def get_absolute_url(self):
        return self.day.get_absolute_url()
