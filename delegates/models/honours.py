"""Honours (表彰) that delegates were given; part of the duty file."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from congress.models import Record
from congress.periods import today
from congress.roles import is_delegate, reads_all

from .people import Delegate


class HonourQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. A delegate: the own."""
        if reads_all(user):
            return self
        if is_delegate(user):
            return self.filter(delegate__account=user)
        return self.none()


class Honour(Record):
    class Level(models.TextChoices):
        NATION = "nation", "国家级"
        PROVINCE = "province", "省级"
        CITY = "city", "市级"
        COUNTY = "county", "县级"
        TOWN = "town", "乡镇级"
        OTHER = "other", "其他"

    delegate = models.ForeignKey(
        Delegate, models.PROTECT, verbose_name="代表", related_name="honours"
    )
    day = models.DateField("表彰日期", help_text="以表彰决定或证书上的日期为准")
    title = models.CharField("荣誉名称", max_length=100, help_text="如：优秀人大代表")
    granted_by = models.CharField("授予单位", max_length=100, help_text="如：YY县人大常委会")
    level = models.CharField("级别", max_length=10, choices=Level.choices)

    objects = HonourQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "表彰"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegate", "day", "title"],
                name="honour_once",
                violation_error_message="这位代表同一天的这项荣誉已经登记。",
            ),
            models.CheckConstraint(
                name="honour_level_known",
                condition=Q(level__in=["nation", "province", "city", "county", "town", "other"]),
                violation_error_code="level",
                violation_error_message="级别须从列表中选择。",
            ),
        ]

    def __str__(self):
        return f"{self.delegate} {self.title}"

    def clean(self):
        if self.day and self.day > today():
            raise ValidationError({"day": "表彰日期不能晚于今天。"})
