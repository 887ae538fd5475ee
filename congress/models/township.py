"""The one township of this installation and its own rules."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from congress.periods import today

from .ballot_scales import BallotScale, BallotThreshold, is_ballot_scale
from .base import Record


class ReceptionShift(models.TextChoices):
    """What becomes of a reception day on a weekend or public holiday."""

    KEEP = "keep", "照常接待"
    NEXT = "next", "顺延到下一个工作日"
    PREVIOUS = "previous", "提前到上一个工作日"


class Township(Record):
    """The one township of this installation and its own rules."""

    name = models.CharField("乡镇名称", max_length=50, help_text="全称，如XX镇、XX乡")
    county = models.CharField("县名", max_length=50)
    reception_day = models.PositiveSmallIntegerField(
        "接待日",
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
        help_text="每月几日接待选民，1至28",
    )
    reception_shift = models.CharField(
        "接待日逢休息日、节假日",
        max_length=10,
        choices=ReceptionShift.choices,
        default=ReceptionShift.KEEP,
    )
    reception_hours = models.CharField(
        "接待时间", max_length=50, default="8:30—11:00", help_text="写在公告上，如8:30—11:00"
    )
    duty_places = models.PositiveSmallIntegerField(
        "每次接待代表人数",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="每组每个接待日安排几名代表，1至12",
    )
    duty_minimum = models.PositiveSmallIntegerField(
        "每名代表每年至少轮值次数",
        default=2,
        validators=[MaxValueValidator(12)],
        help_text="年中加入或离任的按在任时间折算",
    )
    notice_days = models.PositiveSmallIntegerField(
        "公告提前天数", default=3, validators=[MaxValueValidator(30)]
    )
    evaluation_scale = models.CharField(
        "选民评价口径",
        max_length=100,
        default="满意/基本满意/不满意",
        help_text="选民评价意见建议办理情况的等次，以“/”分隔，最好的在前；述职测评的等次另设“测评口径”",
    )
    feedback_target_days = models.PositiveSmallIntegerField(
        "意见建议办理期限（工作日）", default=30, validators=[MinValueValidator(1)]
    )
    suggestion_months = models.PositiveSmallIntegerField(
        "代表建议答复期限（月）",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="自交办之日起（代表法第五十一条）",
    )
    suggestion_wide_months = models.PositiveSmallIntegerField(
        "涉及面广、处理难度大的（月）",
        default=6,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    inspection_reply_months = models.PositiveSmallIntegerField(
        "视察、检查建议答复期限（月）",
        default=3,
        validators=[MaxValueValidator(12)],
        help_text="自转送之日起（代表法第三十一条，期限按本省办法）；0为不设期限",
    )
    redo_months = models.PositiveSmallIntegerField(
        "重新办理期限（月）",
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text="选民不满意的，自重新办理之日起",
    )
    return_limit_days = models.PositiveSmallIntegerField(
        "退回期限（工作日）",
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text="承办单位收到交办后几个工作日内可以退回",
    )
    extension_limit = models.PositiveSmallIntegerField(
        "最多延期次数", default=1, validators=[MaxValueValidator(9)], help_text="0为不得延期"
    )
    remind_before_days = models.PositiveSmallIntegerField(
        "到期前几天提醒", default=7, validators=[MaxValueValidator(90)]
    )
    remind_after_days = models.PositiveSmallIntegerField(
        "逾期后每几天提醒",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    outcome_labels = models.CharField(
        "办理结果的叫法",
        max_length=100,
        default="已解决或基本解决/正在解决/列入规划/解释说明",
        help_text="A、B、C、D四类，以“/”分隔",
    )
    claim_percent = models.PositiveSmallIntegerField(
        "“基本做到”的最低比例（%）",
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="到期意见建议的答复率、办结率达到此比例，报告写“基本做到”；全部做到时不写“基本”",
    )

    counts_suspended = models.BooleanField(
        "全体代表包括暂停执行职务的代表",
        default=False,
        help_text="计算法定人数时的代表总数；法律没有写明，按本地做法选定。缺额不计入",
    )
    contact_years = models.PositiveSmallIntegerField(
        "选民联系方式保存年数",
        default=3,
        validators=[MaxValueValidator(30)],
        help_text="来访反映的意见建议全部办结后几年清除姓名、电话；0为不清除",
    )
    privacy_contact = models.CharField(
        "个人信息联系人、电话",
        max_length=100,
        blank=True,
        help_text="写在告知书上，如：镇人大办公室，0000-0000000",
    )
    privacy_note = models.TextField(
        "告知书补充内容", blank=True, help_text="本乡镇另需告知选民的，写在告知书末尾"
    )

    backup_days = models.PositiveSmallIntegerField(
        "核验过的备份最多几天",
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(92)],
        help_text="最近一份核验过的备份早于这个天数，“今日”用红色提醒人大秘书和系统管理员",
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
                name="township_duty_places",
                condition=Q(duty_places__gte=1, duty_places__lte=12),
                violation_error_code="duty_places",
                violation_error_message="每次接待代表人数须为1至12。",
            ),
            models.CheckConstraint(
                name="township_reception_shift_known",
                condition=Q(reception_shift__in=["keep", "next", "previous"]),
                violation_error_code="reception_shift",
                violation_error_message="请从列表中选择逢休息日的办法。",
            ),
            models.CheckConstraint(
                name="township_suggestion_months",
                condition=Q(suggestion_months__lte=F("suggestion_wide_months")),
                violation_error_code="suggestion_wide_months",
                violation_error_message="涉及面广、处理难度大的期限不能短于通常的期限。",
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
        """Keep to the one row; a new township starts with the usual scale of its ballots."""
        self.pk = 1
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new and not BallotScale.objects.exists():
            scale = BallotScale(from_year=today().year)
            if is_ballot_scale(self.evaluation_scale):
                scale.grades = self.evaluation_scale
            scale.save()
            BallotThreshold.objects.bulk_create(scale.usual_thresholds())

    @classmethod
    def current(cls) -> "Township":
        """The township; until it is set up an unsaved one with the usual rules."""
        return cls.objects.first() or cls()

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

    @property
    def outcomes(self) -> list[str]:
        """What the outcomes A to D are called here."""
        return [label.strip() for label in self.outcome_labels.split("/")]

    def clean(self):
        if len(set(self.outcomes)) != 4 or len(self.outcomes) != 4 or "" in self.outcomes:
            raise ValidationError(
                {"outcome_labels": "须写四个不同的叫法，以“/”分隔，依次为A、B、C、D。"}
            )
        if not self.evaluation_scale or len(set(self.grades)) < 2 or "" in self.grades:
            raise ValidationError(
                {"evaluation_scale": "至少写两个不同的等次，以“/”分隔，如：满意/基本满意/不满意。"}
            )
