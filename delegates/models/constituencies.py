"""The levels of congresses, and the constituencies that elect their delegates."""

from django.db import models
from django.db.models import Q

from congress.models import Record, Term


class Level(models.TextChoices):
    COUNTY = "county", "县"
    TOWN = "town", "镇"


class Constituency(Record):
    """选区: elects one to three delegates (选举法 25)."""

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届次")
    level = models.CharField("层级", max_length=10, choices=Level.choices)
    name = models.CharField("选区", max_length=50)
    seats = models.PositiveSmallIntegerField(
        "应选代表名额", null=True, blank=True, help_text="1至3名；不清楚的留空"
    )

    class Meta:
        verbose_name = verbose_name_plural = "选区"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "level", "name"],
                name="constituency_once",
                violation_error_message="本届已有同一层级的同名选区。",
            ),
            models.CheckConstraint(
                name="constituency_seats",
                condition=Q(seats__isnull=True) | Q(seats__gte=1, seats__lte=3),
                violation_error_code="seats",
                violation_error_message="每个选区应选代表1至3名（选举法第二十五条）。",
            ),
            models.CheckConstraint(
                name="constituency_level_known",
                condition=Q(level__in=["county", "town"]),
                violation_error_code="level",
                violation_error_message="层级须为县或镇。",
            ),
        ]

    def __str__(self):
        return self.name
