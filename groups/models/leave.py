"""Requests of delegates not to come to an activity, made and decided before it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from congress.models import Record
from congress.roles import is_delegate
from delegates.models import Mandate

from .activities import Activity
from .attendance import Attendance
from .plan import GroupWorkQuerySet


class LeaveRequestQuerySet(GroupWorkQuerySet):
    group_field = "activity__group"

    def visible_to(self, user):
        """Office and chair: all. A leader: those of the own group's activities. Else the own."""
        return self.of(user) if is_delegate(user) else super().visible_to(user)

    def of(self, user):
        """Requests for the user's own absence, whoever entered them."""
        return self.filter(mandate__delegate__account=user)

    def waiting(self):
        return self.filter(state=LeaveRequest.State.ASKED)

    def standing(self):
        """Neither refused nor withdrawn."""
        return self.filter(state__in=LeaveRequest.STANDING)


class LeaveRequest(Record):
    """Reasons are categories only: health details are sensitive (个人信息保护法 28)."""

    class State(models.TextChoices):
        ASKED = "asked", "待批准"
        APPROVED = "approved", "已准假"
        REFUSED = "refused", "未准假"
        WITHDRAWN = "withdrawn", "已撤回"

    STANDING = ("asked", "approved")

    activity = models.ForeignKey(
        Activity, models.CASCADE, verbose_name="活动", related_name="leave_requests"
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, verbose_name="代表", related_name="leave_requests"
    )
    reason = models.CharField("事由", max_length=10, choices=Attendance.Reason.choices)
    remark = models.CharField(
        "备注", max_length=100, blank=True, help_text="简短说明；不写病情等健康细节"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="登记人", related_name="+"
    )
    asked_at = models.DateTimeField("请假时间", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="办理人",
        related_name="+",
    )
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    approved_by = models.CharField(
        "批准人", max_length=50, blank=True, help_text="谁准的假，如：人大主席"
    )
    decision_remark = models.CharField("办理说明", max_length=100, blank=True)

    objects = LeaveRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "请假"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "mandate"],
                condition=Q(state__in=["asked", "approved"]),
                name="leaverequest_one_standing",
                violation_error_message="这位代表已就本次活动请假；要更改的，先撤回原来的请假。",
            ),
            models.CheckConstraint(
                name="leaverequest_state_known",
                condition=Q(state__in=["asked", "approved", "refused", "withdrawn"]),
                violation_error_code="state",
                violation_error_message="状态须从列表中选择。",
            ),
            models.CheckConstraint(
                name="leaverequest_reason_known",
                condition=Q(reason__in=["health", "work", "away", "family", "unstated"]),
                violation_error_code="reason",
                violation_error_message="事由须从列表中选择。",
            ),
            models.CheckConstraint(
                name="leaverequest_decided_by_somebody",
                condition=Q(state="asked", decided_by__isnull=True, decided_at__isnull=True)
                | Q(
                    state__in=["approved", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(state="withdrawn"),
                violation_error_code="state",
                violation_error_message="准假、不准假须记下办理人和时间；待批准的不填。",
            ),
            models.CheckConstraint(
                name="leaverequest_approved_by",
                condition=(Q(state="approved") & ~Q(approved_by=""))
                | Q(state__in=["asked", "refused"], approved_by="")
                | Q(state="withdrawn"),
                violation_error_code="approved_by",
                violation_error_message="准假的须写明批准人；没有准假的不填。",
            ),
        ]

    def __str__(self):
        return f"{self.mandate.delegate}：{self.activity}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def is_standing(self) -> bool:
        return self.state in self.STANDING

    @property
    def state_class(self) -> str:
        """Class of the colour in which its state is shown."""
        return {"asked": "due-soon", "approved": "done", "refused": "overdue"}.get(self.state, "")
