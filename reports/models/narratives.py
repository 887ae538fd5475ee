"""What people write into a report, place by place, and what stood there before."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from congress.models import Record
from congress.periods import now
from voters.models import CountyProposal

from .annual_report import AnnualReport


class Origin(models.TextChoices):
    """Whose words a text is: it counts as written as soon as somebody has edited it."""

    WRITTEN = "written", "撰写"
    SUGGESTED = "suggested", "按记录拟写，未改"
    CARRIED = "carried", "沿用，未改"


ORIGIN_KNOWN = Q(origin__in=["written", "suggested", "carried"])


class Narrative(Record):
    """A text that people write, by its place in the report (前言-1, 活动室-引语 …).

    A text that was taken out stays as an empty one: whoever still edits the old one is told.
    """

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, verbose_name="工作报告", related_name="narratives"
    )
    place = models.CharField("位置", max_length=30)
    text = models.TextField(
        "文字", blank=True, help_text="按印出的样子写，带标点；不写“一是”“二是”"
    )
    origin = models.CharField(
        "来历", max_length=10, choices=Origin.choices, default=Origin.WRITTEN, editable=False
    )
    carried_from = models.CharField("沿用自", max_length=60, blank=True, editable=False)
    proposal = models.ForeignKey(
        CountyProposal,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name="取自",
        related_name="narratives",
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        verbose_name="修改人",
    )
    edited_at = models.DateTimeField("修改时间", default=now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "报告文字"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "place"],
                name="narrative_once_a_place",
                violation_error_message="报告的这个位置已有文字，请修改原有文字。",
            ),
            models.UniqueConstraint(
                fields=["report", "proposal"],
                name="narrative_proposal_once",
                violation_error_message="这件建议已写入报告。",
            ),
            models.CheckConstraint(
                name="narrative_origin_known",
                condition=ORIGIN_KNOWN,
                violation_error_message="文字的来历须从列表中选择。",
            ),
        ]

    def __str__(self):
        return f"{self.report} {self.place}"

    def get_absolute_url(self) -> str:
        return f"{self.report.get_absolute_url()}#{self.place}"

    @property
    def draft_address(self) -> str:
        """Where it is written."""
        return f"{reverse('report_draft', args=[self.report.slug])}#{self.place}"

    @property
    def origin_words(self) -> str:
        """沿用2019年，未改; empty where somebody wrote or edited the text."""
        if self.origin == Origin.CARRIED:
            return f"沿用{self.carried_from}，未改"
        return "" if self.origin == Origin.WRITTEN else self.get_origin_display()


class NarrativeRevision(models.Model):
    """What stood at a place once it was saved; empty where the text was taken out."""

    report = models.ForeignKey(
        AnnualReport, models.CASCADE, verbose_name="工作报告", related_name="revisions"
    )
    place = models.CharField("位置", max_length=30)
    text = models.TextField("文字", blank=True)
    origin = models.CharField("来历", max_length=10, choices=Origin.choices, default=Origin.WRITTEN)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="修改人",
    )
    at = models.DateTimeField("修改时间", default=now)

    class Meta:
        verbose_name = verbose_name_plural = "报告文字的历次修改"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["report", "place", "id"], name="revision_of_place")]
        constraints = [
            models.CheckConstraint(
                name="narrativerevision_origin_known",
                condition=ORIGIN_KNOWN,
                violation_error_message="文字的来历须从列表中选择。",
            ),
        ]

    def __str__(self):
        return f"{self.report} {self.place} {self.at_words}"

    @property
    def at_words(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}"
