"""更正申请: what a delegate finds wrong in the own duty file; the office puts the record right."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from congress.models import NumberlessLine, Record
from congress.roles import keeps_records

from .people import Delegate


class CorrectionRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who keeps the records: all. Everybody else: those of the own file."""
        return self if keeps_records(user) else self.filter(delegate__account=user)

    def waiting(self):
        return self.filter(state=CorrectionRequest.State.ASKED)

    def unread(self):
        """Decided, and not yet acknowledged by the delegate."""
        return self.filter(state__in=CorrectionRequest.DECIDED, read_at__isnull=True)


class CorrectionRequest(Record):
    """Changes no record by itself: it names the record, and the office corrects that there."""

    class State(models.TextChoices):
        ASKED = "asked", "待办理"
        CORRECTED = "corrected", "已更正"
        REFUSED = "refused", "不予更正"
        WITHDRAWN = "withdrawn", "已撤回"

    DECIDED = ("corrected", "refused")

    delegate = models.ForeignKey(
        Delegate, models.PROTECT, verbose_name="代表", related_name="correction_requests"
    )
    year = models.PositiveSmallIntegerField("年度")
    part = models.CharField("部分", max_length=20)
    part_title = models.CharField("档案部分", max_length=50)
    #: The entry as the file told it; empty for what the file lacks.
    subject = NumberlessLine("哪条记录", max_length=400, blank=True)
    address = models.CharField("记录页面", max_length=200, blank=True)
    wrong = models.TextField(
        "哪里不对", max_length=500, help_text="如：这次视察我到会了，档案中记为缺席"
    )
    right = models.TextField(
        "应当怎样", max_length=500, help_text="写明正确的情况和依据，如签到表；不写病情等健康细节"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="办理人",
        related_name="+",
    )
    decided_at = models.DateTimeField("办理时间", null=True, blank=True)
    answer = models.TextField("办理说明", max_length=500, blank=True)
    read_at = models.DateTimeField("代表知悉时间", null=True, blank=True)

    objects = CorrectionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "更正申请"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegate", "year", "part", "subject"],
                condition=Q(state="asked") & ~Q(subject=""),
                name="correctionrequest_one_open",
                violation_error_message="这条记录已有待办理的更正申请；要改内容的，先撤回原来的申请。",
            ),
            models.CheckConstraint(
                name="correctionrequest_state_known",
                condition=Q(state__in=["asked", "corrected", "refused", "withdrawn"]),
                violation_error_code="state",
                violation_error_message="状态须从列表中选择。",
            ),
            models.CheckConstraint(
                name="correctionrequest_decided_by_somebody",
                condition=Q(
                    state__in=["asked", "withdrawn"],
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | Q(
                    state__in=["corrected", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                violation_error_code="state",
                violation_error_message="办理了的更正申请须记下办理人和时间；没有办理的不填。",
            ),
            models.CheckConstraint(
                name="correctionrequest_refused_with_reason",
                condition=~Q(state="refused") | ~Q(answer=""),
                violation_error_code="answer",
                violation_error_message="不予更正的，须写明理由，代表会看到。",
            ),
            models.CheckConstraint(
                name="correctionrequest_read_once_decided",
                condition=Q(read_at__isnull=True) | Q(state__in=["corrected", "refused"]),
                violation_error_message="没有办理的更正申请，代表还没有可知悉的结果。",
            ),
        ]

    def __str__(self):
        return f"{self.delegate}：{self.subject or self.part_title}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def is_unread(self) -> bool:
        return self.state in self.DECIDED and self.read_at is None

    @property
    def state_class(self) -> str:
        """Class of the colour in which its state is shown."""
        return {"asked": "due-soon", "corrected": "done", "refused": "overdue"}.get(self.state, "")
