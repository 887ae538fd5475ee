"""The institution: township, terms and sessions, villages, documents."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from congress.numerals import ordinal_numeral

from .base import Record

#: wording, least per cent 满意, least per cent 满意 and 基本满意; the office may change its own.
USUAL_SATISFACTION = (("满意", 90, 98), ("比较满意", 70, 90), ("基本满意", 50, 80))


class Township(Record):
    """The one township of this installation and its own rules (domain.md B.4: local settings)."""

    name = models.CharField("乡镇名称", max_length=50, help_text="全称，如XX镇、XX乡")
    county = models.CharField("县名", max_length=50)
    reception_day = models.PositiveSmallIntegerField(
        "接待日",
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text="每月几日接待选民，1至28",
    )
    evaluation_scale = models.CharField(
        "选民评价口径",
        max_length=100,
        default="满意/基本满意/不满意",
        help_text="各等次以“/”分隔，最好的在前",
    )
    feedback_target_days = models.PositiveSmallIntegerField(
        "意见建议办理期限（工作日）", default=30, validators=[MinValueValidator(1)]
    )
    claim_percent = models.PositiveSmallIntegerField(
        "“基本做到”的最低比例（%）",
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="到期意见建议的答复率、办结率达到此比例，报告写“基本做到”；全部做到时不写“基本”",
    )

    class Meta:
        verbose_name = verbose_name_plural = "乡镇概况"
        constraints = [
            models.CheckConstraint(
                name="township_one_row",
                condition=Q(pk=1),
                violation_error_message="一套系统只服务一个乡镇，请修改已有的乡镇概况。",
            ),
            models.CheckConstraint(
                name="township_reception_day",
                condition=Q(reception_day__gte=1, reception_day__lte=28),
                violation_error_code="reception_day",
                violation_error_message="接待日须为1至28之间的整数。",
            ),
            models.CheckConstraint(
                name="township_claim_percent",
                condition=Q(claim_percent__gte=1, claim_percent__lte=100),
                violation_error_code="claim_percent",
                violation_error_message="比例须为1至100之间的整数。",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Keep to the one row; a new township starts with the usual wording of satisfaction."""
        self.pk = 1
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            SatisfactionThreshold.objects.bulk_create(self.usual_thresholds())

    def usual_thresholds(self) -> list["SatisfactionThreshold"]:
        """What a new township starts with; not saved."""
        return [
            SatisfactionThreshold(
                township=self,
                wording=wording,
                satisfied_percent=satisfied,
                approved_percent=approved,
            )
            for wording, satisfied, approved in USUAL_SATISFACTION
        ]

    @property
    def kind(self) -> str:
        """镇, 乡 …: the word for the township level, the last character of its name."""
        return self.name[-1:]

    @property
    def congress_name(self) -> str:
        return f"{self.kind}人大"

    @property
    def grades(self) -> list[str]:
        return [grade.strip() for grade in self.evaluation_scale.split("/")]

    def clean(self):
        if not self.evaluation_scale or len(set(self.grades)) < 2 or "" in self.grades:
            raise ValidationError(
                {"evaluation_scale": "至少写两个不同的等次，以“/”分隔，如：满意/基本满意/不满意。"}
            )


class SatisfactionThreshold(models.Model):
    """From which votes on the report says 比较满意 and the like; below all of them, the rates."""

    township = models.ForeignKey(
        Township, models.CASCADE, related_name="satisfaction_thresholds", verbose_name="乡镇"
    )
    wording = models.CharField("用语", max_length=20, help_text="如：比较满意")
    satisfied_percent = models.PositiveSmallIntegerField(
        "满意率不低于（%）", validators=[MaxValueValidator(100)]
    )
    approved_percent = models.PositiveSmallIntegerField(
        "满意和基本满意率不低于（%）", validators=[MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = verbose_name_plural = "满意度用语"
        ordering = ["-satisfied_percent", "-approved_percent", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["township", "wording"],
                name="satisfactionthreshold_wording_once",
                violation_error_message="同一用语只能设一行。",
            ),
            models.CheckConstraint(
                name="satisfactionthreshold_percents",
                condition=Q(
                    satisfied_percent__lte=F("approved_percent"), approved_percent__lte=100
                ),
                violation_error_code="approved_percent",
                violation_error_message="满意和基本满意率不得低于满意率，且不超过100。",
            ),
        ]

    def __str__(self):
        return self.wording


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
