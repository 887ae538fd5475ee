"""One person recorded twice: which records were merged, and which persons are not one.

A merge names persons by their keys, not by relations: it outlives both of them.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from .people import Delegate


class MergeQuerySet(models.QuerySet):
    def standing(self):
        """Not undone."""
        return self.filter(undone__isnull=True)


class Merge(models.Model):
    """合并: append-only; ``record`` is all that ``delegates.duplicates.undoing`` needs."""

    kept_key = models.BigIntegerField("留下的代表编号", editable=False)
    removed_key = models.BigIntegerField("并入的代表编号", db_index=True, editable=False)
    kept_name = models.CharField("留下的代表", max_length=50, editable=False)
    removed_name = models.CharField("并入的代表", max_length=50, editable=False)
    #: Key of a mandate that is gone -> key of the one that took its place.
    mandates = models.JSONField("并入的代表资格", default=dict, editable=False)
    record = models.JSONField("合并内容", editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="合并人", related_name="+"
    )
    at = models.DateTimeField("合并时间")

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代表合并"
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.removed_name}并入{self.kept_name}"

    def get_absolute_url(self) -> str:
        return reverse("merge_detail", args=[self.pk])

    @property
    def is_undone(self) -> bool:
        return hasattr(self, "undone")


class MergeUndone(models.Model):
    """撤销合并: append-only as well."""

    merge = models.OneToOneField(
        Merge, models.PROTECT, verbose_name="合并", related_name="undone", editable=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="撤销人", related_name="+"
    )
    at = models.DateTimeField("撤销时间")

    class Meta:
        verbose_name = verbose_name_plural = "撤销合并"

    def __str__(self):
        return f"撤销{self.merge}"


class KeptApart(models.Model):
    """确认不是同一人: the two are not proposed again; deleting the row takes it back."""

    one = models.ForeignKey(
        Delegate, models.CASCADE, verbose_name="代表", related_name="kept_apart"
    )
    other = models.ForeignKey(
        Delegate, models.CASCADE, verbose_name="另一位代表", related_name="kept_apart_too"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="确认人", related_name="+"
    )
    at = models.DateTimeField("确认时间")

    class Meta:
        verbose_name = verbose_name_plural = "确认不是同一人"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["one", "other"],
                name="keptapart_once",
                violation_error_message="这两位代表已经确认不是同一人。",
            ),
            models.CheckConstraint(
                name="keptapart_two_persons",
                condition=~Q(one=F("other")),
                violation_error_message="须是两位不同的代表。",
            ),
        ]

    def __str__(self):
        return f"{self.one}、{self.other}不是同一人"
