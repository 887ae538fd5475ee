"""What holds of a plan once it is issued: since when, and each change with its reason."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .membership import DelegateGroup
from .plan import GroupWorkQuerySet, PlanItem


def _of_a_plan(**attributes) -> models.ForeignKey:
    """The group whose plan it is; empty for that of the whole township."""
    return models.ForeignKey(
        DelegateGroup,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="代表小组",
        help_text="空的是全乡镇",
        **attributes,
    )


class PlanIssue(models.Model):
    """下发: from that day on each change of this plan needs a reason. Written once."""

    year = models.PositiveSmallIntegerField("年度")
    group = _of_a_plan(related_name="plan_issues")
    issued_on = models.DateField("下发日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="下发人")

    objects = GroupWorkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "计划下发"
        ordering = ["-year", "group__ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "group"],
                condition=Q(group__isnull=False),
                name="planissue_once_a_group",
                violation_error_message="这个小组本年度的计划已经下发。",
            ),
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(group__isnull=True),
                name="planissue_once_for_the_township",
                violation_error_message="本年度的全乡镇计划已经下发。",
            ),
        ]

    def __str__(self):
        return f"{self.year}年{self.group or '全乡镇'}计划"


class PlanChange(models.Model):
    """A change of an issued plan in words, before and after. Written once.

    The item may be gone by now: its key is kept all the same.
    """

    class Kind(models.TextChoices):
        ADDED = "added", "增加"
        CHANGED = "changed", "修改"
        DELETED = "deleted", "删除"

    year = models.PositiveSmallIntegerField("年度")
    group = _of_a_plan(related_name="plan_changes")
    item = models.ForeignKey(
        PlanItem,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        verbose_name="项目",
        related_name="history",
    )
    kind = models.CharField("变更", max_length=10, choices=Kind.choices)
    title = models.CharField("项目名称", max_length=200)
    before = models.TextField("变更前", blank=True)
    after = models.TextField("变更后", blank=True)
    reason = models.TextField("变更原因")
    changed_on = models.DateField("变更日期")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="变更人"
    )
    at = models.DateTimeField("记录时间", auto_now_add=True)

    objects = GroupWorkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "计划变更"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["year", "group"], name="planchange_plan")]
        constraints = [
            models.CheckConstraint(
                name="planchange_has_reason",
                condition=~Q(reason=""),
                violation_error_code="reason",
                violation_error_message="请写明变更原因。",
            ),
            models.CheckConstraint(
                name="planchange_kind_known",
                condition=Q(kind__in=["added", "changed", "deleted"]),
                violation_error_code="kind",
                violation_error_message="变更须是增加、修改或删除。",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}“{self.title}”"

    @property
    def before_in_line(self) -> str:
        return self.before.replace("\n", "；")

    @property
    def after_in_line(self) -> str:
        return self.after.replace("\n", "；")
