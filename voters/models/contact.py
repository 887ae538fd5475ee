"""A voter's name and telephone number outside the office: released to whom, seen by whom and when.

网络数据安全管理条例 12: personal data go to another processor for an agreed purpose and extent, and
the record of it is kept for three years at least. Here it is kept for good: a release and its end
in the trail of the item, each view as a row that nobody can change.
"""

from django.conf import settings
from django.db import models
from django.db.models import F

from congress.models import NumberlessLine
from voters.states import WITH_UNIT

from .feedback import FeedbackItem
from .topics import HandlingUnit
from .visits import Visit


class ContactReleaseQuerySet(models.QuerySet):
    def in_force(self):
        """As long as the unit it was made to handles the item, and has not answered."""
        return self.filter(unit=F("item__lead_unit"), item__state__in=WITH_UNIT)


class ContactRelease(models.Model):
    """The office lets the lead unit of one item see the voter's name and telephone number."""

    item = models.OneToOneField(
        FeedbackItem, models.CASCADE, verbose_name="意见建议", related_name="contact_release"
    )
    unit = models.ForeignKey(
        HandlingUnit, models.PROTECT, verbose_name="承办单位", related_name="contact_releases"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人")
    reason = NumberlessLine("提供的理由", max_length=100)

    objects = ContactReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "提供联系方式"

    def __str__(self):
        return f"{self.item} {self.unit}"


class ContactReveal(models.Model):
    """Who had a voter's telephone number shown in full, and when.

    An account of a unit for the sake of an item, whose voter's name it was shown as well.
    """

    visit = models.ForeignKey(
        Visit, models.PROTECT, verbose_name="来访登记", related_name="reveals"
    )
    item = models.ForeignKey(
        FeedbackItem,
        models.PROTECT,
        null=True,
        verbose_name="意见建议",
        related_name="contact_reveals",
    )
    unit = models.ForeignKey(
        HandlingUnit, models.PROTECT, null=True, verbose_name="承办单位", related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="查看人"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    reason = NumberlessLine("事由", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "查看联系方式记录"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.visit.number} {self.user}"
