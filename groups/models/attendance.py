"""Who came to an activity, and who asked for leave before it."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.models import Record
from delegates.models import Mandate

from .activities import Activity
from .plan import GroupWorkQuerySet


class AttendanceQuerySet(GroupWorkQuerySet):
    group_field = "activity__group"

    def counted(self):
        """Of who was in office on the activity's first day, as it is known by now.

        Whoever turns out to have left office before, or not to have taken it yet, is counted
        neither as present nor as missing. Of two mandates one in office is enough.
        """
        in_office = Mandate.objects.in_office_on(OuterRef("activity__date"))
        return self.filter(Exists(in_office.filter(delegate=OuterRef("mandate__delegate"))))


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
    approved_by = models.CharField(
        "批准人", max_length=50, blank=True, help_text="谁准的假，如：人大主席"
    )

    signed_in_at = models.DateTimeField("扫码签到时间", null=True, blank=True, editable=False)

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
            models.CheckConstraint(
                name="attendance_only_leave_is_approved",
                condition=Q(approved_by="") | Q(status="leave"),
                violation_error_code="approved_by",
                violation_error_message="只有请假的填批准人，出席、缺席的请留空。",
            ),
            models.CheckConstraint(
                name="attendance_only_present_signed_in",
                condition=Q(signed_in_at__isnull=True) | Q(status="present"),
                violation_error_code="status",
                violation_error_message="已扫码签到的为出席；确未到会的，请在登记出席页面改。",
            ),
        ]

    def __str__(self):
        return f"{self.mandate.delegate} {self.get_status_display()}"
