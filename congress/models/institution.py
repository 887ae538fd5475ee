"""Terms and sessions, villages, documents."""

from django.db import models
from django.db.models import F, Q

from congress.numerals import ordinal_numeral

from .base import Record


class Term(Record):
    """届: from the first session of one term to the first session of the next (代表法 2)."""

    ordinal = models.PositiveSmallIntegerField(
        "届次", unique=True, error_messages={"unique": "这一届已经登记。"}
    )
    first_day = models.DateField("任期起始")
    last_day = models.DateField("任期届满", null=True, blank=True, help_text="现任届次留空")

    class Meta:
        verbose_name = verbose_name_plural = "届次"
        ordering = ["-ordinal"]
        constraints = [
            models.CheckConstraint(
                name="term_last_after_first",
                condition=Q(last_day__isnull=True) | Q(last_day__gt=F("first_day")),
                violation_error_code="last_day",
                violation_error_message="任期届满须晚于任期起始。",
            ),
            models.CheckConstraint(
                name="term_ordinal_positive",
                condition=Q(ordinal__gte=1),
                violation_error_code="ordinal",
                violation_error_message="届次须为正整数。",
            ),
        ]

    def __str__(self):
        return f"{ordinal_numeral(self.ordinal)}届"


class Session(Record):
    class State(models.TextChoices):
        PLANNED = "planned", "计划"
        HELD = "held", "已召开"
        CANCELLED = "cancelled", "取消"

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="届次", related_name="sessions")
    ordinal = models.PositiveSmallIntegerField("次", help_text="本届第几次会议")
    date = models.DateField("日期")
    agenda = models.TextField("议程", help_text="各项以“、”分隔")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = ["-date", "-pk"]
        indexes = [models.Index(fields=["date", "id"], name="session_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "ordinal"],
                name="session_once_a_term",
                violation_error_message="本届的这次会议已经登记。",
            ),
            models.CheckConstraint(
                name="session_ordinal_positive",
                condition=Q(ordinal__gte=1),
                violation_error_code="ordinal",
                violation_error_message="会议次数须为正整数。",
            ),
            models.CheckConstraint(
                name="session_state_known",
                condition=Q(state__in=["planned", "held", "cancelled"]),
                violation_error_code="state",
                violation_error_message="会议状态须从列表中选择。",
            ),
        ]

    def __str__(self):
        return f"{self.term}人大{ordinal_numeral(self.ordinal)}次会议"


class Village(Record):
    name = models.CharField(
        "村名",
        max_length=50,
        unique=True,
        help_text="按报告中的写法",
        error_messages={"unique": "已有同名的村。"},
    )
    population = models.PositiveIntegerField("人口")
    position = models.PositiveSmallIntegerField("排序", default=0, help_text="数字小的排在前")

    class Meta:
        verbose_name = verbose_name_plural = "村"
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Document(Record):
    class Level(models.TextChoices):
        COUNTY = "county", "上级"
        OWN = "own", "本级"

    title = models.CharField("标题", max_length=200, help_text="不加书名号")
    issuer = models.CharField("发文机关", max_length=100)
    number = models.CharField("文号", max_length=50, help_text="如：XX镇人〔2020〕1号")
    date = models.DateField("发文日期")
    level = models.CharField("来源", max_length=10, choices=Level.choices)
    position = models.PositiveSmallIntegerField(
        "排序", default=0, help_text="数字小的排在前，报告先写"
    )
    file = models.FileField("文件", upload_to="documents/%Y/", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["date", "id"], name="document_date")]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number"],
                name="document_number_once",
                violation_error_message="该机关的这个文号已经登记。",
            ),
            models.CheckConstraint(
                name="document_level_known",
                condition=Q(level__in=["county", "own"]),
                violation_error_code="level",
                violation_error_message="来源须为上级或本级。",
            ),
        ]

    def __str__(self):
        return f"《{self.title}》"
