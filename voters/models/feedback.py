"""Feedback items: what a voter, a delegate or an inspection asked for, and what came of it."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from congress.models import NumberlessLine, Record, Session
from congress.periods import today
from delegates.models import Mandate
from groups.models import Recommendation
from voters.states import COLOURS, USUAL_COLOUR, Route, State

from .feedback_query import Clock, FeedbackItemQuerySet
from .feedback_rules import FEEDBACK_RULES
from .topics import HandlingUnit, Topic
from .visits import Channel, Visit


class FeedbackItem(Record):
    class Source(models.TextChoices):
        VISIT = "visit", "接待选民"
        DELEGATE = "delegate", "代表建议"
        INSPECTION = "inspection", "视察调研"
        SESSION = "session", "会议"
        DUTY_REPORT = "duty_report", "述职"
        EVALUATION = "evaluation", "工作评议"

    class Outcome(models.TextChoices):
        SOLVED = "A", "A 已解决或基本解决"
        IN_PROGRESS = "B", "B 正在解决"
        PLANNED = "C", "C 列入规划"
        EXPLAINED = "D", "D 解释说明"

    class Urgency(models.TextChoices):
        USUAL = "usual", "一般"
        URGENT = "urgent", "紧急"
        AT_ONCE = "at_once", "特急"

    class ReturnKind(models.TextChoices):
        NOT_OURS = "not_ours", "不属于本单位职责"
        OTHER = "other", "其他原因"

    number = models.CharField(
        "编号",
        max_length=30,
        unique=True,
        help_text="如：2020-J001",
        error_messages={"unique": "已有这个编号。"},
    )
    source = models.CharField("来源", max_length=12, choices=Source.choices, default=Source.VISIT)
    visit = models.ForeignKey(
        Visit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="来访登记",
        related_name="items",
    )
    lead_proposer = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="领衔代表",
        related_name="led_suggestions",
    )
    proposers = models.ManyToManyField(
        Mandate,
        blank=True,
        verbose_name="提出建议的代表",
        related_name="suggestions",
        help_text="领衔代表和附议代表",
    )
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="提出时的会议",
        related_name="suggestions",
        help_text="闭会期间提出的留空",
    )
    recommendation = models.OneToOneField(
        Recommendation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="来自视察的建议",
        related_name="item",
        editable=False,
    )
    registered_on = models.DateField("登记日期", default=today)
    topic = models.ForeignKey(Topic, models.PROTECT, verbose_name="类别", related_name="items")
    title = NumberlessLine("标题", max_length=100)
    summary = models.TextField("内容")
    lead_unit = models.ForeignKey(
        HandlingUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="主办单位",
        related_name="led_items",
    )
    co_units = models.ManyToManyField(
        HandlingUnit, blank=True, verbose_name="协办单位", related_name="co_items"
    )
    responsible = models.CharField("责任人", max_length=50, blank=True)
    urgency = models.CharField(
        "紧急程度", max_length=10, choices=Urgency.choices, default=Urgency.USUAL
    )
    route = models.CharField(
        "处理方式", max_length=10, choices=Route.choices, default=Route.UNIT, editable=False
    )
    is_wide = models.BooleanField(
        "涉及面广、处理难度大",
        default=False,
        help_text="代表建议的办理期限由三个月延为六个月，须说明理由",
    )
    assigned_on = models.DateField("交办日期", null=True, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    extended_to = models.DateField("延期至", null=True, blank=True)
    extended_times = models.PositiveSmallIntegerField("已延期次数", default=0, editable=False)
    asked_until = models.DateField("申请延期至", null=True, blank=True)
    signed_on = models.DateField("签收日期", null=True, blank=True)
    signed_by = models.CharField("签收人", max_length=50, blank=True)
    returned_on = models.DateField("退回日期", null=True, blank=True)
    return_kind = models.CharField(
        "退回原因", max_length=10, choices=ReturnKind.choices, blank=True
    )
    right_unit = models.ForeignKey(
        HandlingUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="应由哪个单位办理",
        related_name="+",
    )
    escalated_to = models.CharField("上报至", max_length=100, blank=True)
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="主件",
        related_name="followers",
        help_text="与哪一条一并办理；答复仍须分别告知各选民",
    )
    replied_on = models.DateField("答复日期", null=True, blank=True)
    outcome = models.CharField("结果类别", max_length=1, choices=Outcome.choices, blank=True)
    reply = models.TextField("答复内容", blank=True)
    group_told_on = models.DateField("告知小组日期", null=True, blank=True)
    group_told_how = models.CharField(
        "告知小组方式", max_length=10, choices=Channel.choices, blank=True
    )
    group_teller = models.CharField("告知小组的人", max_length=50, blank=True)
    group_untold_reason = models.CharField("未告知小组的理由", max_length=100, blank=True)
    voter_told_on = models.DateField("告知选民日期", null=True, blank=True)
    told_by = models.CharField("告知方式", max_length=10, choices=Channel.choices, blank=True)
    voter_teller = models.CharField("告知选民的人", max_length=50, blank=True)
    voter_untold_reason = models.CharField(
        "未告知选民的理由", max_length=100, blank=True, help_text="如：匿名反映；已迁离，无法联系"
    )
    process_satisfaction = models.CharField("过程满意度", max_length=20, blank=True)
    result_satisfaction = models.CharField("结果满意度", max_length=20, blank=True)
    dissatisfaction = models.TextField("不满意的原因", blank=True)
    supervised_on = models.DateField("列入督办日期", null=True, blank=True, editable=False)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.REGISTERED)

    objects = FeedbackItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "意见建议"
        ordering = ["-registered_on", "-pk"]
        indexes = [
            models.Index(fields=["registered_on", "id"], name="feedbackitem_registered"),
            models.Index(fields=["state", "registered_on", "id"], name="feedbackitem_state"),
            # Also what is overdue: unanswered, or open again.
            models.Index(fields=["replied_on", "id"], name="feedbackitem_replied"),
            # What a voter may be asking again: the latest before it of the same topic.
            models.Index(fields=["topic", "registered_on", "id"], name="feedbackitem_topic"),
            models.Index(
                fields=["asked_until", "id"],
                name="feedbackitem_asked",
                condition=Q(asked_until__isnull=False),
            ),
            models.Index(
                fields=["supervised_on", "id"],
                name="feedbackitem_supervised",
                condition=Q(supervised_on__isnull=False),
            ),
        ]
        constraints = FEEDBACK_RULES

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def is_confidential(self) -> bool:
        """Raised by a voter who asked for confidence; see ``visits``."""
        return bool(self.visit_id) and self.visit.confidential

    @property
    def deadline_day(self) -> datetime.date | None:
        """The deadline that was set, whether or not its clock now runs."""
        return self.extended_to or self.due_on

    @property
    def state_words(self) -> str:
        """The state, and that it is overdue or due soon; of an item read ``with_clock``."""
        words = self.get_state_display()
        return f"{words}·{Clock(self.clock).label}" if self.clock else words

    @property
    def state_class(self) -> str:
        """Class of the state's colour; of an item read ``with_clock``."""
        return self.clock or COLOURS.get(State(self.state), USUAL_COLOUR)

    @property
    def raised_on(self) -> datetime.date:
        """The day it was asked: that of the reception day, else of its registration."""
        return self.visit.day.date if self.visit_id else self.registered_on

    @property
    def noun(self) -> str:
        """What it is called: 代表建议, else 意见建议."""
        source = self.get_source_display() if self.is_suggestion else self._meta.verbose_name
        return str(source)

    @property
    def is_suggestion(self) -> bool:
        """A delegate's formal suggestion, to be answered within months (代表法 51)."""
        return self.source == self.Source.DELEGATE

    @property
    def is_due_in_months(self) -> bool:
        """A suggestion, and by the same term what the congress itself has passed."""
        return self.source in (self.Source.DELEGATE, self.Source.SESSION)

    @property
    def asker(self) -> str:
        """Who asked, is told the answer and judges it: 选民, else 代表."""
        by_voter = (self.Source.VISIT, self.Source.DUTY_REPORT)
        return "选民" if self.source in by_voter else "代表"

    def clean(self):
        """Nothing of it happened before the voter was received."""
        if not self.visit_id:
            return
        for name in ("assigned_on", "replied_on", "voter_told_on"):
            if (done_on := getattr(self, name)) and done_on < self.visit.day.date:
                label = self._meta.get_field(name).verbose_name
                raise ValidationError({name: f"{label}不能早于接待日期。"})
