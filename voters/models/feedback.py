"""Feedback items and their trail."""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from congress.models import Record
from congress.periods import Period, today
from congress.roles import handles_items, leads_group, reads_all
from groups.models import DelegateGroup
from voters.lifecycle import COLOURS, DUE_SOON, UNANSWERED, State, state_constraints

from .reception import Channel, ReceptionDay, Visit
from .topics import HandlingUnit, Topic


class FeedbackItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. A leader: those of the own group. A unit: those assigned to it."""
        if reads_all(user):
            return self
        if leads_group(user):
            return self.filter(visit__day__group__in=DelegateGroup.objects.led_by(user, today()))
        if handles_items(user):
            own = HandlingUnit.objects.filter(accounts=user)
            shared = FeedbackItem.co_units.through.objects.filter(
                feedbackitem=OuterRef("pk"), handlingunit__in=own
            )
            return self.filter(Q(lead_unit__in=own) | Q(Exists(shared))).exclude(
                state__in=[State.REGISTERED, State.REJECTED]
            )
        return self.none()

    def collected_in(self, period: Period):
        """Items raised in visits of the period; the visit's day decides."""
        return self.filter(visit__day__date__range=(period.first, period.last)).exclude(
            visit__day__state=ReceptionDay.State.CANCELLED
        )

    def accepted(self):
        return self.exclude(state=State.REJECTED)

    def with_deadline(self):
        """Annotates ``deadline``: the extension if there is one, else the day it was due."""
        return self.annotate(deadline=Coalesce("extended_to", "due_on"))

    def replied_by(self, day: datetime.date):
        return self.filter(replied_on__lte=day)

    def past_due(self, day: datetime.date):
        """Accepted items whose deadline lies before that day; the deadline day is still in time."""
        return self.accepted().with_deadline().filter(deadline__lt=day)

    def overdue(self, day: datetime.date):
        """Past due and without a reply by that day."""
        return self.past_due(day).exclude(replied_on__lte=day)

    def due_soon(self, day: datetime.date):
        """In hand, unanswered, and the deadline is that day or within the days after it."""
        in_hand = self.with_deadline().filter(state__in=UNANSWERED)
        return in_hand.filter(deadline__range=(day, day + DUE_SOON))

    def waiting(self):
        """Not yet told and closed."""
        return self.exclude(state__in=[State.CLOSED, State.REJECTED])


class FeedbackItem(Record):
    class Source(models.TextChoices):
        VISIT = "visit", "接待选民"
        DELEGATE = "delegate", "代表建议"
        INSPECTION = "inspection", "视察调研"
        SESSION = "session", "会议"

    class Outcome(models.TextChoices):
        SOLVED = "A", "A 已解决或基本解决"
        IN_PROGRESS = "B", "B 正在解决"
        PLANNED = "C", "C 列入规划"
        EXPLAINED = "D", "D 解释说明"

    number = models.CharField(
        "编号",
        max_length=30,
        unique=True,
        help_text="如：2020-J001",
        error_messages={"unique": "已有这个编号。"},
    )
    source = models.CharField("来源", max_length=12, choices=Source.choices, default=Source.VISIT)
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="来访登记",
        related_name="items",
    )
    registered_on = models.DateField("登记日期", default=today)
    topic = models.ForeignKey(Topic, models.PROTECT, verbose_name="类别", related_name="items")
    title = models.CharField("标题", max_length=100)
    summary = models.TextField("内容")
    lead_unit = models.ForeignKey(
        HandlingUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="主办单位",
        related_name="led_items",
    )
    co_units = models.ManyToManyField(
        HandlingUnit, blank=True, verbose_name="协办单位", related_name="co_items"
    )
    responsible = models.CharField("责任人", max_length=50, blank=True)
    assigned_on = models.DateField("交办日期", null=True, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    extended_to = models.DateField("延期至", null=True, blank=True)
    replied_on = models.DateField("答复日期", null=True, blank=True)
    outcome = models.CharField("结果类别", max_length=1, choices=Outcome.choices, blank=True)
    reply = models.TextField("答复内容", blank=True)
    group_told_on = models.DateField("告知小组日期", null=True, blank=True)
    voter_told_on = models.DateField("告知选民日期", null=True, blank=True)
    told_by = models.CharField("告知方式", max_length=10, choices=Channel.choices, blank=True)
    process_satisfaction = models.CharField("过程满意度", max_length=20, blank=True)
    result_satisfaction = models.CharField("结果满意度", max_length=20, blank=True)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.REGISTERED)

    objects = FeedbackItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见建议"
        ordering = ["-registered_on", "-pk"]
        indexes = [
            models.Index(fields=["registered_on", "id"], name="feedbackitem_registered"),
            models.Index(fields=["state", "id"], name="feedbackitem_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="feedbackitem_visit_if_source",
                condition=Q(source="visit", visit__isnull=False)
                | (~Q(source="visit") & Q(visit__isnull=True)),
                violation_error_code="visit",
                violation_error_message="来源为接待选民的须有来访登记；其他来源的留空。",
            ),
            models.CheckConstraint(
                name="feedbackitem_due_after_assigned",
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("assigned_on")),
                violation_error_code="due_on",
                violation_error_message="办理期限不能早于交办日期。",
            ),
            models.CheckConstraint(
                name="feedbackitem_extended_after_due",
                condition=Q(extended_to__isnull=True) | Q(extended_to__gt=F("due_on")),
                violation_error_code="extended_to",
                violation_error_message="延期至须晚于办理期限。",
            ),
            models.CheckConstraint(
                name="feedbackitem_replied_after_assigned",
                condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("assigned_on")),
                violation_error_code="replied_on",
                violation_error_message="答复日期不能早于交办日期。",
            ),
            models.CheckConstraint(
                name="feedbackitem_group_told_after_reply",
                condition=Q(group_told_on__isnull=True) | Q(group_told_on__gte=F("replied_on")),
                violation_error_code="group_told_on",
                violation_error_message="告知小组日期不能早于答复日期。",
            ),
            models.CheckConstraint(
                name="feedbackitem_voter_told_after_reply",
                condition=Q(voter_told_on__isnull=True) | Q(voter_told_on__gte=F("replied_on")),
                violation_error_code="voter_told_on",
                violation_error_message="告知选民日期不能早于答复日期。",
            ),
            models.CheckConstraint(
                name="feedbackitem_outcome_known",
                condition=Q(outcome__in=["", "A", "B", "C", "D"]),
                violation_error_code="outcome",
                violation_error_message="结果类别须为A、B、C或D。",
            ),
            models.CheckConstraint(
                name="feedbackitem_state_known",
                condition=Q(state__in=State.values),
                violation_error_code="state",
                violation_error_message="状态须从列表中选择。",
            ),
            *state_constraints(
                {
                    "lead_unit": "主办单位",
                    "responsible": "责任人",
                    "assigned_on": "交办日期",
                    "due_on": "办理期限",
                    "extended_to": "延期至",
                    "replied_on": "答复日期",
                    "outcome": "结果类别",
                    "reply": "答复内容",
                    "group_told_on": "告知小组日期",
                    "voter_told_on": "告知选民日期",
                    "told_by": "告知方式",
                    "process_satisfaction": "过程满意度",
                    "result_satisfaction": "结果满意度",
                }
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def deadline_day(self) -> datetime.date | None:
        """The deadline that now holds."""
        return self.extended_to or self.due_on

    def is_overdue(self, day: datetime.date) -> bool:
        """The same rule as the queryset's ``overdue``."""
        return (
            self.state != State.REJECTED
            and self.deadline_day is not None
            and self.deadline_day < day
            and (self.replied_on is None or self.replied_on > day)
        )

    def is_due_soon(self, day: datetime.date) -> bool:
        """The same rule as the queryset's ``due_soon``."""
        return (
            self.state in UNANSWERED
            and self.deadline_day is not None
            and day <= self.deadline_day <= day + DUE_SOON
        )

    @property
    def state_words(self) -> str:
        """The state today, and that it is overdue or due soon."""
        words = self.get_state_display()
        if self.is_overdue(today()):
            return f"{words}·逾期"
        return f"{words}·将到期" if self.is_due_soon(today()) else words

    @property
    def state_class(self) -> str:
        """Class of the state's colour today."""
        if self.is_overdue(today()):
            return "overdue"
        return "due-soon" if self.is_due_soon(today()) else COLOURS[State(self.state)]

    def clean(self):
        if self.visit_id and self.assigned_on and self.assigned_on < self.visit.day.date:
            raise ValidationError({"assigned_on": "交办日期不能早于接待日期。"})


class FeedbackStep(models.Model):
    """The trail of an item: who, when, from which state to which, with what note."""

    item = models.ForeignKey(
        FeedbackItem, models.CASCADE, verbose_name="意见建议", related_name="steps"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="经办人"
    )
    from_state = models.CharField("原状态", max_length=12, choices=State.choices, blank=True)
    to_state = models.CharField("新状态", max_length=12, choices=State.choices)
    note = models.TextField("说明", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.item.number} {self.get_to_state_display()}"
