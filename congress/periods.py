"""Days and spans of days.

Records that last have ``start`` (first day that holds) and a nullable ``end`` (first day that no
longer holds): half-open spans, so that two stretches that follow each other share one date and
never a day. Reporting periods, in contrast, include both their days (统计起始 … 统计截止).
"""

import calendar
import datetime
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, models
from django.db.models import F, OuterRef, Q
from django.utils import timezone

from .constraints import holds


def today() -> datetime.date:
    """The office's day; in a demonstration the day the demonstration is lived in."""
    return settings.TODAY or timezone.localdate()


def now() -> datetime.datetime:
    """The office's moment: its day, and the real time of day, in the local time zone."""
    moment = timezone.localtime()
    return timezone.make_aware(datetime.datetime.combine(today(), moment.time()))


def next_day_of_month(day: datetime.date, day_of_month: int) -> datetime.date:
    """The first date from ``day`` on that is that day of a month (1 to 28)."""
    if day.day > day_of_month:
        day = day.replace(day=1) + datetime.timedelta(
            days=calendar.monthrange(day.year, day.month)[1]
        )
    return day.replace(day=day_of_month)


def holds_on(day: datetime.date | F | OuterRef, prefix: str = "") -> Q:
    """Condition "in force on that day" on a half-open span; the only place that says it.

    The day may also be a field of the row, or of the query around it.
    """
    return Q(**{f"{prefix}start__lte": day}) & (
        Q(**{f"{prefix}end__isnull": True}) | Q(**{f"{prefix}end__gt": day})
    )


def falls_within(span: "Dated", field: str) -> Q:
    """Condition "that day lies in the span": ``holds_on`` the other way round."""
    condition = Q(**{f"{field}__gte": span.start})
    return condition & Q(**{f"{field}__lt": span.end}) if span.end else condition


@dataclass(frozen=True, order=True)
class Period:
    """Days from ``first`` to ``last``, both included."""

    first: datetime.date
    last: datetime.date

    def __post_init__(self):
        if self.first > self.last:
            raise ValueError("起始日期不能晚于截止日期")

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last

    @classmethod
    def of_year(cls, year: int) -> "Period":
        return cls(datetime.date(year, 1, 1), datetime.date(year, 12, 31))

    @property
    def is_of_whole_months(self) -> bool:
        """Whether it begins with a month's first day and ends with a month's last."""
        return self.first.day == 1 and (self.last + datetime.timedelta(days=1)).day == 1

    def with_year(self, year: int) -> "Period":
        """This period and the whole of a year."""
        whole = self.of_year(year)
        return Period(min(self.first, whole.first), max(self.last, whole.last))


class DatedQuerySet(models.QuerySet):
    def holding_on(self, day: datetime.date):
        return self.filter(holds_on(day))


def span_rule(model_name: str) -> models.CheckConstraint:
    """Constraint of every dated record: an end lies after its start."""
    return models.CheckConstraint(
        name=f"{model_name}_end_after_start",
        condition=Q(end__isnull=True) | Q(end__gt=models.F("start")),
        violation_error_code="end",
        violation_error_message="终止日期须晚于起始日期；请改正其中一个日期。",
    )


class Dated(models.Model):
    """Abstract base of all that lasts."""

    start = models.DateField("起始日期", help_text="自该日起有效")
    end = models.DateField(
        "终止日期", null=True, blank=True, help_text="自该日起不再有效；仍有效的留空"
    )

    class Meta:
        abstract = True

    def holds_on(self, day: datetime.date) -> bool:
        return self.start <= day and (self.end is None or self.end > day)

    @property
    def named(self) -> str:
        """The record as another one's refusal names it."""
        return str(self)


def ends_later(one: Dated, other: Dated) -> bool:
    """Whether the one still holds when the other no longer does."""
    return other.end is not None and (one.end is None or one.end > other.end)


class OneAtATime(models.UniqueConstraint):
    """Of the records that agree in ``fields`` no two hold on the same day.

    The database keeps apart those without an end, and ``condition`` says ``end__isnull=True``;
    ``validate`` keeps apart all of them, and names the record that stands in the way. What a ledger
    brought in overlapping may stay so (it tells of no post since when), and be changed otherwise.
    """

    OPEN = ("end__isnull", True)

    @property
    def among(self) -> Q:
        """Which records the rule is about, be they open or not."""
        return Q(*(child for child in self.condition.children if child != self.OPEN))

    def concerns(self, record: Dated) -> bool:
        return record.start is not None and holds(self.among, record) is not False

    def sentence(self, other: Dated) -> str:
        end = f"至{other.end}" if other.end else "起"
        return (
            f"{self.get_violation_error_message()}日期重叠的是{other.named}（{other.start}{end}）。"
        )

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        names = [model._meta.get_field(name).attname for name in self.fields]
        key = {name: getattr(instance, name) for name in names}
        if None in key.values() or not self.concerns(instance):
            return
        others = model._default_manager.using(using).filter(self.among, **key)
        others = others.filter(Q(end__isnull=True) | Q(end__gt=instance.start))
        if instance.end:
            others = others.filter(start__lt=instance.end)
        for other in others.exclude(pk=instance.pk).order_by("start"):
            if not self._stood_before(model, instance, other, key):
                raise ValidationError(self.sentence(other), code=self.violation_error_code)

    def _stood_before(self, model, instance: Dated, other: Dated, key: dict) -> bool:
        """Whether the stored record and the other one overlapped already."""
        stored = model._base_manager.filter(pk=instance.pk).first()
        return (
            stored is not None
            and self.concerns(stored)
            and all(getattr(stored, name) == value for name, value in key.items())
            and (other.end is None or stored.start < other.end)
            and (stored.end is None or other.start < stored.end)
        )

    def deconstruct(self):
        """To the database, and so to migrations, it is a unique constraint like others."""
        _, args, kwargs = super().deconstruct()
        return "django.db.models.UniqueConstraint", args, kwargs
