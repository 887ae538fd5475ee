"""履职积分办法: what each part of the duty file counts for, from which year on.

Nothing in the law asks for a score (domain reference C.10): without adopted rules there is none.
Each year keeps the rules that were in force in it; a score is always derived, see
``duty_file.score``.
"""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from congress.cells import FIRST_YEAR, LAST_YEAR
from congress.models import Record
from congress.periods import today

#: Parts of the duty file that can count, in its order; mandates and posts are no performance.
SCORED = (
    "sessions",
    "training",
    "inspection",
    "evaluation",
    "law_check",
    "other",
    "reception",
    "items",
    "duty_reports",
    "suggestions",
    "bills",
    "honours",
)


def points_field(name: str, *, optional: bool = False, **options) -> models.DecimalField:
    """Points from 0 to 999.9, in tenths."""
    filled = {"null": True} if optional else {"default": Decimal(0)}
    return models.DecimalField(
        name,
        max_digits=4,
        decimal_places=1,
        blank=True,
        validators=[MinValueValidator(0)],
        **filled,
        **options,
    )


class ScoreRulesQuerySet(models.QuerySet):
    def in_force(self, year: int) -> "ScoreRules | None":
        """The adopted rules of that year with their rows; None where there is no score."""
        adopted = self.filter(adopted_at__isnull=False, from_year__lte=year)
        rules = adopted.prefetch_related("rows").order_by("-from_year").first()
        return rules if rules and rules.rows.all() else None


class ScoreRules(Record):
    """A draft until it is adopted; then it governs from its year until later rules do."""

    from_year = models.PositiveSmallIntegerField(
        "自哪年起",
        unique=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
        error_messages={"unique": "这一年已有积分办法。"},
    )
    total_cap = points_field(
        "总分封顶", optional=True, help_text="全年最多多少分，如100；不封顶的留空"
    )
    basis = models.CharField(
        "依据",
        max_length=100,
        blank=True,
        help_text="通过办法的会议或者文号，如：主席团第5次会议通过",
    )
    adopted_at = models.DateTimeField("启用时间", null=True, blank=True, editable=False)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        verbose_name="启用人",
        related_name="+",
    )

    objects = ScoreRulesQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "积分办法"
        ordering = ["-from_year"]
        constraints = [
            models.CheckConstraint(
                name="scorerules_adopted_by_somebody",
                condition=Q(adopted_at__isnull=True, adopted_by__isnull=True)
                | Q(adopted_at__isnull=False, adopted_by__isnull=False),
                violation_error_message="启用的积分办法须记下启用人和时间。",
            ),
            models.CheckConstraint(
                name="scorerules_total_cap",
                condition=Q(total_cap__isnull=True) | Q(total_cap__gt=0),
                violation_error_code="total_cap",
                violation_error_message="总分封顶须大于0；不封顶的留空。",
            ),
        ]

    def __str__(self):
        return f"{self.from_year}年起的积分办法"

    @property
    def is_adopted(self) -> bool:
        return self.adopted_at is not None

    @property
    def has_begun(self) -> bool:
        return self.is_adopted and self.from_year <= today().year

    @property
    def state(self) -> str:
        if not self.is_adopted:
            return "草案"
        return "已启用" if self.has_begun else f"已定，{self.from_year}年起执行"


class ScoreRule(Record):
    """What one part of the duty file counts for."""

    rules = models.ForeignKey(
        ScoreRules, models.CASCADE, verbose_name="积分办法", related_name="rows"
    )
    category = models.CharField("类别", max_length=20)
    base_points = points_field("基础分")
    points = points_field("每次得分")
    base_count = models.PositiveSmallIntegerField(
        "基本次数", null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    extra_points = points_field("超出的每次得分")
    cap = points_field("封顶", optional=True)
    deduction = points_field("缺席每次扣分")

    class Meta:
        verbose_name = verbose_name_plural = "积分项目"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rules", "category"],
                name="scorerule_category_once",
                violation_error_message="同一类别只能设一行。",
            ),
            models.CheckConstraint(
                name="scorerule_category_known",
                condition=Q(category__in=SCORED),
                violation_error_code="category",
                violation_error_message="类别须是履职档案中可以计分的一部分。",
            ),
            models.CheckConstraint(
                name="scorerule_not_negative",
                condition=Q(base_points__gte=0, points__gte=0, extra_points__gte=0)
                & Q(deduction__gte=0),
                violation_error_message="分数不能小于0；扣多少分也写正数。",
            ),
            models.CheckConstraint(
                name="scorerule_base_within_cap",
                condition=Q(cap__isnull=True) | Q(cap__gte=F("base_points")),
                violation_error_code="cap",
                violation_error_message="封顶的分数不能少于基础分。",
            ),
            models.CheckConstraint(
                name="scorerule_extra_has_base_count",
                condition=Q(base_count__isnull=False) | Q(extra_points=0),
                violation_error_code="base_count",
                violation_error_message="填了超出的每次得分，就要填基本次数：超过几次才算超出。",
            ),
        ]

    def __str__(self):
        return self.category
