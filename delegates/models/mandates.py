"""Mandates of delegates over time, and their suspension."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.models import NumberlessLine, Record, Term
from congress.periods import Dated, DatedQuerySet, OneAtATime, ends_later, holds_on, span_rule
from congress.roles import is_delegate, reads_all

from .constituencies import Constituency, Level


class MandateQuerySet(DatedQuerySet):
    def visible_to(self, user):
        """Office and chair: all. A delegate: the own mandates."""
        if reads_all(user):
            return self
        if is_delegate(user):
            return self.filter(delegate__account=user)
        return self.none()

    def in_office_on(self, day: datetime.date | OuterRef):
        """Elected, not ended, not suspended on that day (代表法 61, 62).

        The day may also be a field of the query around this one.
        """
        own_day = OuterRef(day) if isinstance(day, OuterRef) else day
        suspended = Suspension.objects.filter(holds_on(own_day), mandate=OuterRef("pk"))
        return self.filter(holds_on(day)).exclude(Exists(suspended))


class Mandate(Record, Dated):
    class HowElected(models.TextChoices):
        GENERAL = "general", "换届选举"
        BY_ELECTION = "by_election", "补选"

    class EndReason(models.TextChoices):
        """代表法 62, in its order and words; death ends a mandate by itself."""

        MOVED_AWAY = "moved_away", "迁出或者调离本行政区域"
        RESIGNED = "resigned", "辞职被接受"
        ORDERED_TO_RESIGN = "ordered", "责令辞职被接受"
        ABSENT = "absent", "未经批准两次不出席本级人民代表大会会议"
        RECALLED = "recalled", "被罢免"
        NATIONALITY = "nationality", "丧失中华人民共和国国籍"
        RIGHTS = "rights", "依照法律被剥夺政治权利"
        CAPACITY = "capacity", "丧失行为能力"
        DIED = "died", "死亡"
        OTHER = "other", "其他"
        #: No termination in the sense of 代表法 62: the term was over (2).
        TERM_OVER = "term_over", "任期届满"

    delegate = models.ForeignKey(
        "delegates.Delegate", models.PROTECT, verbose_name="代表", related_name="mandates"
    )
    level = models.CharField("代表层级", max_length=10, choices=Level.choices)
    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届次")
    constituency = models.ForeignKey(Constituency, models.PROTECT, verbose_name="选区")
    card_number = models.CharField("代表证号", max_length=20)
    how_elected = models.CharField(
        "当选方式", max_length=20, choices=HowElected.choices, default=HowElected.GENERAL
    )
    end_reason = models.CharField("终止原因", max_length=20, choices=EndReason.choices, blank=True)
    deciding_body = models.CharField("决定机关", max_length=100, blank=True)
    announced_on = models.DateField("公告日期", null=True, blank=True)
    note = models.TextField("备注", blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代表资格"
        ordering = ["pk"]
        indexes = [models.Index(fields=["level", "start", "id"], name="mandate_level_start")]
        constraints = [
            span_rule("mandate"),
            models.UniqueConstraint(
                fields=["term", "card_number"],
                name="mandate_card_once",
                violation_error_message="本届已有这个代表证号，请核对。",
            ),
            OneAtATime(
                fields=["delegate", "term", "level"],
                condition=Q(end__isnull=True),
                name="mandate_one_a_level",
                violation_error_message="这位代表本届同一层级已有一项在任资格。",
            ),
            models.CheckConstraint(
                name="mandate_end_has_reason",
                condition=Q(end__isnull=True, end_reason="")
                | (Q(end__isnull=False) & ~Q(end_reason="")),
                violation_error_code="end_reason",
                violation_error_message="代表资格终止的，终止日期和终止原因都要填；在任的都留空。",
            ),
            models.CheckConstraint(
                name="mandate_level_known",
                condition=Q(level__in=["county", "town"]),
                violation_error_code="level",
                violation_error_message="代表层级须为县或镇。",
            ),
        ]

    def __str__(self):
        return f"{self.delegate}（{self.card_number}）"

    def is_in_office_on(self, day: datetime.date) -> bool:
        """Like ``in_office_on``, of one mandate; reads the prefetched suspensions."""
        return self.holds_on(day) and not any(
            suspension.holds_on(day) for suspension in self.suspensions.all()
        )

    def clean(self):
        if self.constituency_id and (
            self.constituency.level != self.level or self.constituency.term != self.term
        ):
            raise ValidationError({"constituency": "选区的层级和届次须与代表资格一致。"})


class Suspension(Record, Dated):
    """暂停执行代表职务 (代表法 61): the mandate stays, but is not counted among those in office."""

    #: 代表法 61.
    REASONS = (
        "因刑事案件被羁押正在受侦查、起诉、审判",
        "被依法判处管制、拘役或者有期徒刑而没有附加剥夺政治权利，正在服刑",
    )

    mandate = models.ForeignKey(
        Mandate, models.CASCADE, verbose_name="代表资格", related_name="suspensions"
    )
    reason = NumberlessLine("暂停原因", max_length=100)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "暂停执行职务"
        ordering = ["start", "pk"]
        constraints = [
            span_rule("suspension"),
            OneAtATime(
                fields=["mandate"],
                condition=Q(end__isnull=True),
                name="suspension_one_open",
                violation_error_message="该代表已在暂停执行职务期间。",
            ),
        ]

    def __str__(self):
        return f"{self.mandate} 暂停执行职务"

    def get_absolute_url(self) -> str:
        return self.mandate.get_absolute_url()

    def clean(self):
        """A suspension lies within its mandate."""
        if not self.start or self.mandate is None:
            return
        if self.start < self.mandate.start:
            raise ValidationError({"start": f"不能早于当选日期（{self.mandate.start}）。"})
        if ends_later(self, self.mandate):
            raise ValidationError({"end": f"不能晚于代表资格终止的日期（{self.mandate.end}）。"})
