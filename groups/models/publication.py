"""履职公示: what the public is told of the delegates' year (代表法 58), frozen once published.

Name, constituency, group and counts; no contact, no reasons, no voters (个人信息保护法 25).
"""

import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from congress.cells import FIRST_YEAR, LAST_YEAR
from congress.models import Record
from congress.periods import Period, today
from delegates.models import Mandate


class PublicationQuerySet(models.QuerySet):
    def published(self):
        """What the public reads now: one a year at most."""
        return self.filter(state=Publication.State.PUBLISHED)


class Publication(Record):
    """One version of a year's sheets, from the draft to what took its place."""

    class State(models.TextChoices):
        PREPARED = "prepared", "待公示"
        PUBLISHED = "published", "公示中"
        WITHDRAWN = "withdrawn", "已撤下"
        REPLACED = "replaced", "已被新版本代替"

    year = models.PositiveSmallIntegerField(
        "年度", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    cut_off = models.DateField("统计截至", help_text="从年初统计到这一天，公示这一天在任的代表")
    title = models.CharField("标题", max_length=60)
    remark = models.CharField(
        "说明", max_length=200, blank=True, help_text="写在公示上，如意见反映方式；不写代表的电话"
    )
    chosen = models.ManyToManyField(
        Mandate,
        blank=True,
        verbose_name="公示哪些代表",
        related_name="+",
        help_text="都不选，就公示统计截至日在任的全体代表",
    )
    is_indexed = models.BooleanField(
        "允许搜索引擎收录",
        default=False,
        help_text="不勾选的，仍然人人可以打开，但请搜索网站不收录",
    )
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.PREPARED, editable=False
    )
    #: [key, title, measure] of each part that is told, as it was published.
    parts = models.JSONField("公示项目", default=list, blank=True, editable=False)
    published_at = models.DateTimeField("公示时间", null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="公示人",
        related_name="+",
    )
    ended_at = models.DateTimeField("撤下时间", null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="撤下人",
        related_name="+",
    )
    end_reason = models.CharField("撤下原因", max_length=100, blank=True, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职公示"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"],
                condition=Q(state="published"),
                name="publication_one_a_year",
                violation_error_message="这一年已有公示；公示新版本时，原来的自动撤下。",
            ),
            models.CheckConstraint(
                name="publication_published_by_somebody",
                condition=Q(state="prepared", published_at__isnull=True, published_by__isnull=True)
                | Q(
                    state__in=["published", "withdrawn", "replaced"],
                    published_at__isnull=False,
                    published_by__isnull=False,
                ),
                violation_error_message="公示过的须记下公示人和时间；待公示的不填。",
            ),
            models.CheckConstraint(
                name="publication_ended_by_somebody",
                condition=Q(
                    state__in=["prepared", "published"],
                    ended_at__isnull=True,
                    ended_by__isnull=True,
                )
                | Q(
                    state__in=["withdrawn", "replaced"],
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                ),
                violation_error_message="撤下的公示须记下撤下人和时间；其他的不填。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def period(self) -> Period:
        return Period(datetime.date(self.year, 1, 1), self.cut_off)

    @property
    def is_prepared(self) -> bool:
        return self.state == self.State.PREPARED

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def state_class(self) -> str:
        return {"prepared": "in-hand", "published": "done"}.get(self.state, "")

    @property
    def public_address(self) -> str:
        return reverse("public_year", args=[self.year])

    def clean(self):
        if self.cut_off and self.year and self.cut_off.year != self.year:
            raise ValidationError({"cut_off": f"统计截至日须在{self.year}年内。"})
        if self.cut_off and self.cut_off > today():
            raise ValidationError({"cut_off": "统计截至日不能晚于今天。"})


class PublicSheet(models.Model):
    """What is told of one delegate; as it was when published, never recounted."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, verbose_name="履职公示", related_name="sheets"
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, verbose_name="代表资格", related_name="public_sheets"
    )
    position = models.PositiveSmallIntegerField("序号")
    name = models.CharField("姓名", max_length=50)
    constituency = models.CharField("选区", max_length=120)
    group = models.CharField("代表小组", max_length=50, blank=True)
    #: By the part's key: [done, expected]; expected is null where nobody is expected.
    counts = models.JSONField("履职次数", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "代表公示"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "mandate"],
                name="publicsheet_once",
                violation_error_message="同一位代表在一次公示中只列一次。",
            ),
        ]

    def __str__(self):
        return self.name
