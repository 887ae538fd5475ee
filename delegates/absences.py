"""缺席提醒: absences from sessions without approval, which may end a mandate (代表法 62, 63).

A warning at the first, an alert at the second. Nothing ends by itself: the qualification committee
reports, the congress announces, and the office then records the end.
"""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from .legal_numbers import DELEGATES_LAW
from .models import Mandate, SessionAttendance

#: So many absences without approval end a mandate (代表法 62).
LIMIT = 2
#: What a list can be narrowed to.
LEVELS = (
    ("any", "提醒和警示"),
    ("reminder", "提醒（1次）"),
    ("alert", f"警示（{LIMIT}次以上）"),
)


@dataclass(frozen=True)
class AbsenceWarning:
    word: str
    number: int
    advice: str
    #: Class of its colour.
    urgency: str

    def __str__(self):
        return f"{self.word}（{self.number}次）"


def with_absences(mandates: QuerySet) -> QuerySet:
    """Annotated with ``absences``, those that count."""
    counted = (
        SessionAttendance.objects.counting_as_absence()
        .filter(mandate=OuterRef("pk"))
        .order_by()
        .values("mandate")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return mandates.annotate(absences=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def absent_mandates(at_least: int = 1) -> QuerySet:
    """Mandates with so many absences that have not ended."""
    return with_absences(Mandate.objects.filter(end__isnull=True)).filter(absences__gte=at_least)


def warned_mandates(level: str) -> QuerySet:
    """Of a level of ``LEVELS``."""
    if level == "alert":
        return absent_mandates(LIMIT)
    found = absent_mandates()
    return found.filter(absences__lt=LIMIT) if level == "reminder" else found


def warning_of(absences: int) -> AbsenceWarning | None:
    """What so many absences mean; None for none."""
    if absences < 1:
        return None
    if absences < LIMIT:
        return AbsenceWarning(
            "提醒",
            absences,
            f"未经批准缺席本级人民代表大会会议{absences}次；再缺席一次，代表资格将依法终止"
            f"（{DELEGATES_LAW}第六十二条）。请提醒代表按规定书面请假。",
            "due-soon",
        )
    return AbsenceWarning(
        "警示",
        absences,
        f"未经批准缺席本级人民代表大会会议{absences}次，符合终止代表资格的情形（{DELEGATES_LAW}"
        "第六十二条）。须由代表资格审查委员会报本级人民代表大会，由大会予以公告（第六十三条）；"
        "公告后请在“终止资格”中登记，系统不会自动终止。",
        "overdue",
    )


def warning_for(mandate: Mandate) -> AbsenceWarning | None:
    """Reads the annotation; none once the mandate has ended."""
    return warning_of(mandate.absences) if mandate.end is None else None
