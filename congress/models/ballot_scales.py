"""By which grades ballots are counted, from which year on, and which result the votes give.

Nothing in the law fixes them (domain reference C.7). Each year keeps the scale that was in force
in it: a township that changes its scale adds one, and old ballots are never re-scaled.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from congress.cells import FIRST_YEAR, LAST_YEAR

from .base import Record

#: wording, least per cent of the best grade, least per cent of the two best ones together.
USUAL_THRESHOLDS = (("满意", 90, 98), ("比较满意", 70, 90), ("基本满意", 50, 80))
USUAL_GRADES = "满意/基本满意/不满意"


def words_of(grades: str) -> list[str]:
    """The grades of a scale, best first."""
    return [grade.strip() for grade in grades.split("/")]


def is_ballot_scale(grades: str) -> bool:
    """Three or four different grades."""
    words = words_of(grades)
    return len(words) in (3, 4) and len(set(words)) == len(words) and "" not in words


class BallotScale(Record):
    """测评口径: grades, thresholds and the least number of voters, from a year on."""

    from_year = models.PositiveSmallIntegerField(
        "自哪年起",
        unique=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        error_messages={"unique": "这一年已有测评口径。"},
    )
    grades = models.CharField(
        "等次",
        max_length=100,
        default=USUAL_GRADES,
        help_text="三个或四个，以“/”分隔，最好的在前；弃权不算等次",
    )
    least_present = models.PositiveSmallIntegerField(
        "到会选民最少人数", default=0, help_text="少于此数的给出提示，仍可登记；0为不限"
    )

    class Meta:
        verbose_name = verbose_name_plural = "测评口径"
        ordering = ["from_year"]

    def __str__(self):
        return f"{self.from_year}年起：{self.grades}"

    @property
    def words(self) -> list[str]:
        return words_of(self.grades)

    def clean(self):
        if not is_ballot_scale(self.grades):
            raise ValidationError(
                {"grades": "须写三个或四个不同的等次，以“/”分隔，如：优秀/称职/基本称职/不称职。"}
            )

    def usual_thresholds(self) -> list["BallotThreshold"]:
        """What a township starts with; not saved."""
        return [
            BallotThreshold(
                scale=self, wording=wording, best_percent=best, approved_percent=approved
            )
            for wording, best, approved in USUAL_THRESHOLDS
        ]

    def result(self, *, best: int, approved: int, valid: int) -> str:
        """The first wording whose thresholds the votes reach; empty where they reach none."""
        thresholds = self.thresholds.all() if self.pk and valid else ()
        reached = (
            threshold.wording
            for threshold in thresholds
            if threshold.is_reached(best=best, approved=approved, valid=valid)
        )
        return next(reached, "")


class BallotThreshold(models.Model):
    """From which votes on a result is called 比较满意, 称职 and the like."""

    scale = models.ForeignKey(
        BallotScale, models.CASCADE, related_name="thresholds", verbose_name="测评口径"
    )
    wording = models.CharField("结果用语", max_length=20, help_text="如：比较满意")
    best_percent = models.PositiveSmallIntegerField(
        "最好等次不低于（%）", validators=[MaxValueValidator(100)]
    )
    approved_percent = models.PositiveSmallIntegerField(
        "前两个等次合计不低于（%）", validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = verbose_name_plural = "结果用语"
        ordering = ["-best_percent", "-approved_percent", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["scale", "wording"],
                name="ballotthreshold_wording_once",
                violation_error_message="同一用语只能设一行。",
            ),
            models.CheckConstraint(
                name="ballotthreshold_percents",
                condition=Q(best_percent__lte=F("approved_percent"), approved_percent__lte=100),
                violation_error_code="approved_percent",
                violation_error_message="前两个等次合计的比例不得低于最好等次的，且不超过100。",
            ),
        ]

    def __str__(self):
        return self.wording

    def is_reached(self, *, best: int, approved: int, valid: int) -> bool:
        """Whether that many of the valid ballots suffice; one exactly on the edge does."""
        return (
            best * 100 >= valid * self.best_percent
            and approved * 100 >= valid * self.approved_percent
        )


class BallotScales:
    """All scales of the township, read at once: each year's without a further query."""

    def __init__(self, scales: Iterable[BallotScale]):
        self._scales = sorted(scales, key=lambda scale: scale.from_year)

    @classmethod
    def load(cls) -> "BallotScales":
        return cls(BallotScale.objects.prefetch_related("thresholds"))

    def of(self, year: int) -> BallotScale:
        """The scale in force that year; the first one holds for the years before it as well.

        Without any, an unsaved one with the usual grades and no results.
        """
        earlier = [scale for scale in self._scales if scale.from_year <= year]
        if earlier:
            return earlier[-1]
        return self._scales[0] if self._scales else BallotScale(from_year=year)

    def years_of(self, scale: BallotScale) -> tuple[int, int]:
        """First and last year in which the scale is in force, or would be once it is added."""
        others = [each.from_year for each in self._scales if each.pk != scale.pk]
        earlier = [year for year in others if year < scale.from_year]
        later = [year for year in others if year > scale.from_year]
        first = scale.from_year if earlier else FIRST_YEAR
        return first, min(later, default=LAST_YEAR + 1) - 1
