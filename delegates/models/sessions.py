"""Who came to a session of the congress, and who stayed away with or without leave."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from congress.models import Record, Session
from congress.roles import is_delegate, reads_all

from .constituencies import Level
from .mandates import Mandate


class SessionAttendanceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. A delegate: the own."""
        if reads_all(user):
            return self
        if is_delegate(user):
            return self.filter(mandate__delegate__account=user)
        return self.none()

    def counted(self):
        """Of who was in office on the session's first day, as it is known by now.

        A mandate that turns out to have ended or been suspended before counts neither as present
        nor as absent.
        """
        in_office = Mandate.objects.in_office_on(OuterRef("session__date"))
        return self.filter(Exists(in_office.filter(pk=OuterRef("mandate"))))

    def counting_as_absence(self):
        """Absences without approval from sessions that were held, of the delegate's own congress.

        Only while the mandate lasted and was not suspended (代表法 61, 62).
        """
        return self.counted().filter(
            status__in=["unapproved", "absent"],
            session__state=Session.State.HELD,
            session__term=F("mandate__term"),
            mandate__level=Level.TOWN,
        )


class SessionAttendance(Record):
    """代表法 13: leave only for health or another special reason, by the rules."""

    class Status(models.TextChoices):
        PRESENT = "present", "出席"
        APPROVED = "approved", "请假（已批准）"
        UNAPPROVED = "unapproved", "请假（未批准）"
        ABSENT = "absent", "缺席"

    class Reason(models.TextChoices):
        HEALTH = "health", "健康"
        SPECIAL = "special", "其他特殊原因"
        WORK = "work", "工作"
        AWAY = "away", "外出"
        FAMILY = "family", "家庭"
        UNSTATED = "unstated", "未说明"

    session = models.ForeignKey(
        Session, models.PROTECT, verbose_name="会议", related_name="attendances"
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, verbose_name="代表", related_name="session_attendances"
    )
    status = models.CharField("出席情况", max_length=10, choices=Status.choices)
    reason = models.CharField("事由", max_length=10, choices=Reason.choices, blank=True)
    approved_by = models.CharField("批准人", max_length=50, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = SessionAttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议出席"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "mandate"],
                name="sessionattendance_once",
                violation_error_message="这位代表在本次会议中已有出席记录。",
            ),
            models.CheckConstraint(
                name="sessionattendance_status_known",
                condition=Q(status__in=["present", "approved", "unapproved", "absent"]),
                violation_error_code="status",
                violation_error_message="出席情况须从列表中选择。",
            ),
            models.CheckConstraint(
                name="sessionattendance_reason",
                condition=Q(status="present", reason="")
                | (Q(status__in=["approved", "unapproved", "absent"]) & ~Q(reason="")),
                violation_error_code="reason",
                violation_error_message="请假、缺席的须选事由（不清楚的选“未说明”）；出席的不填。",
            ),
            models.CheckConstraint(
                name="sessionattendance_approved_by",
                condition=(Q(status="approved") & ~Q(approved_by=""))
                | Q(status__in=["present", "unapproved", "absent"], approved_by=""),
                violation_error_code="approved_by",
                violation_error_message="请假已批准的须写批准人；其他的不填。",
            ),
        ]

    def __str__(self):
        return f"{self.mandate.delegate} {self.get_status_display()}"
