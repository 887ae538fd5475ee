"""Ballots that were entered and then changed: what stood there before, by whom, and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from congress.models import NumberlessLine

from .duty_reports import DutyReport
from .evaluations import UnitEvaluation


class BallotCorrection(models.Model):
    """Written once, with the change itself; the database refuses to change or delete it."""

    report = models.ForeignKey(
        DutyReport,
        models.PROTECT,
        null=True,
        verbose_name="述职",
        related_name="corrections",
    )
    evaluation = models.ForeignKey(
        UnitEvaluation,
        models.PROTECT,
        null=True,
        verbose_name="工作评议",
        related_name="corrections",
    )
    #: Of the evaluation's 复评.
    is_second = models.BooleanField("复评", default=False)
    at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="更正人")
    reason = NumberlessLine("更正理由", max_length=200)
    #: In words: what was changed, from which number to which.
    changes = models.TextField("更正内容")

    class Meta:
        verbose_name = verbose_name_plural = "票数更正记录"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="ballotcorrection_of_one_vote",
                condition=Q(report__isnull=False, evaluation__isnull=True, is_second=False)
                | Q(report__isnull=True, evaluation__isnull=False),
                violation_error_message="更正记录须属于一次述职或者一个单位的评议。",
            ),
            models.CheckConstraint(
                name="ballotcorrection_reason",
                condition=~Q(reason="") & ~Q(changes=""),
                violation_error_code="reason",
                violation_error_message="请写明更正理由。",
            ),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d} {self.reason}"
