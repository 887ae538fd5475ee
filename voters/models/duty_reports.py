"""Duty reports to the voters: planned for a month, held, judged by ballot."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from congress.models import Record
from congress.periods import Period, holds_on, today
from congress.roles import is_delegate, leads_group, reads_all
from delegates.models import Mandate
from groups.models import DelegateGroup

_HELD_FIELDS = [
    "voters_present",
    "ballots_issued",
    "ballots_returned",
    "ballots_valid",
    "satisfied",
    "basically_satisfied",
    "third_grade",
    "dissatisfied",
    "abstained",
]


def _all_null(fields: list[str], null: bool) -> Q:
    return Q(**{f"{field}__isnull": null for field in fields})


class DutyReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. A leader: those of the group's members. A delegate: the own."""
        if reads_all(user):
            return self
        if leads_group(user):
            groups = DelegateGroup.objects.led_by(user, today())
            return self.filter(
                holds_on(today(), "mandate__memberships__"),
                mandate__memberships__group__in=groups,
            ).distinct()
        if is_delegate(user):
            return self.filter(mandate__delegate__account=user)
        return self.none()

    def held_in(self, period: Period):
        return self.filter(held_on__range=(period.first, period.last))

    def planned_for(self, year: int):
        return self.filter(year=year)


class DutyReport(Record):
    """述职: planned for a month; from 述职日期 on filled when it was held, with its ballots.

    The four fields of grades are places on the scale of the year, best first; ``third_grade`` is 0
    where the scale has three. See ``voters.ballots``.
    """

    year = models.PositiveSmallIntegerField("年度")
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, verbose_name="代表", related_name="duty_reports"
    )
    planned_month = models.PositiveSmallIntegerField("计划月份", help_text="1至12")
    held_on = models.DateField("述职日期", null=True, blank=True, help_text="尚未述职的留空")
    place = models.CharField("地点", max_length=100, blank=True)
    voters_present = models.PositiveIntegerField("到会选民数", null=True, blank=True)
    ballots_issued = models.PositiveIntegerField("发出票", null=True, blank=True)
    ballots_returned = models.PositiveIntegerField("收回票", null=True, blank=True)
    ballots_valid = models.PositiveIntegerField("有效票", null=True, blank=True)
    satisfied = models.PositiveIntegerField("满意", null=True, blank=True)
    basically_satisfied = models.PositiveIntegerField("基本满意", null=True, blank=True)
    third_grade = models.PositiveIntegerField("第三等次", null=True, blank=True)
    dissatisfied = models.PositiveIntegerField("不满意", null=True, blank=True)
    abstained = models.PositiveIntegerField("弃权", null=True, blank=True)

    objects = DutyReportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "述职"
        ordering = ["-year", "planned_month", "pk"]
        indexes = [models.Index(fields=["year", "planned_month", "id"], name="dutyreport_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "mandate"],
                name="dutyreport_once_a_year",
                violation_error_message="这位代表本年度已安排述职。",
            ),
            models.CheckConstraint(
                name="dutyreport_month",
                condition=Q(planned_month__gte=1, planned_month__lte=12),
                violation_error_code="planned_month",
                violation_error_message="计划月份须为1至12。",
            ),
            models.CheckConstraint(
                name="dutyreport_held_complete",
                condition=(Q(held_on__isnull=True, place="") & _all_null(_HELD_FIELDS, True))
                | (Q(held_on__isnull=False) & ~Q(place="") & _all_null(_HELD_FIELDS, False)),
                violation_error_code="held_on",
                violation_error_message="已述职的，日期、地点、到会选民数和各项票数都要填；"
                "尚未述职的都留空。",
            ),
            models.CheckConstraint(
                name="dutyreport_issued_to_present",
                condition=Q(ballots_issued__isnull=True)
                | Q(ballots_issued__lte=F("voters_present")),
                violation_error_code="ballots_issued",
                violation_error_message="发出票不能多于到会选民数。",
            ),
            models.CheckConstraint(
                name="dutyreport_returned_of_issued",
                condition=Q(ballots_returned__isnull=True)
                | Q(ballots_returned__lte=F("ballots_issued")),
                violation_error_code="ballots_returned",
                violation_error_message="收回票不能多于发出票。",
            ),
            models.CheckConstraint(
                name="dutyreport_valid_of_returned",
                condition=Q(ballots_valid__isnull=True)
                | Q(ballots_valid__lte=F("ballots_returned")),
                violation_error_code="ballots_valid",
                violation_error_message="有效票不能多于收回票。",
            ),
            models.CheckConstraint(
                name="dutyreport_grades_add_up",
                condition=Q(ballots_valid__isnull=True)
                | Q(
                    ballots_valid=F("satisfied")
                    + F("basically_satisfied")
                    + F("third_grade")
                    + F("dissatisfied")
                    + F("abstained")
                ),
                violation_error_code="ballots_valid",
                violation_error_message="各等次和弃权之和须等于有效票；没有无效票的，有效票即收回票。",
            ),
        ]

    def __str__(self):
        return f"{self.year}年 {self.mandate.delegate}"

    @property
    def is_held(self) -> bool:
        return self.held_on is not None

    def clean(self):
        if self.held_on and self.year and self.held_on.year != self.year:
            raise ValidationError({"held_on": f"述职日期须在{self.year}年内。"})
