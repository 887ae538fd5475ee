"""What items are about, and who handles them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from congress.models import Record
from congress.roles import Role


class TopicQuerySet(models.QuerySet):
    def in_use(self, besides: int | None = None):
        """Those that take new items, and the one of that key whatever became of it."""
        return self.filter(Q(merged_into__isnull=True) | Q(pk=besides))


class Topic(Record):
    """Closed list; a topic may be merged into another and then takes no more items."""

    name = models.CharField(
        "类别", max_length=50, unique=True, error_messages={"unique": "已有同名类别。"}
    )
    position = models.PositiveSmallIntegerField("排序", default=0, help_text="数字小的排在前")
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="已并入",
        help_text="并入后不再用于新的意见建议",
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见类别"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="topic_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")),
                violation_error_code="merged_into",
                violation_error_message="类别不能并入自己。",
            ),
        ]

    def __str__(self):
        return self.name


class HandlingUnit(Record):
    name = models.CharField(
        "单位名称", max_length=100, unique=True, error_messages={"unique": "已有同名单位。"}
    )
    short_name = models.CharField(
        "简称", max_length=50, unique=True, error_messages={"unique": "已有单位用这个简称。"}
    )
    contact = models.CharField("联系人", max_length=50, blank=True)
    phone = models.CharField("电话", max_length=50, blank=True)
    accounts = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        verbose_name="登录账号",
        related_name="handling_units",
        limit_choices_to={"role": Role.UNIT},
    )

    class Meta:
        verbose_name = verbose_name_plural = "承办单位"
        ordering = ["pk"]

    def __str__(self):
        return self.name
