"""What happened to a feedback item: its trail, and what hangs on single steps of it."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from congress.models import NumberlessText, Record
from congress.periods import today
from congress.privacy import without_personal_numbers
from voters.lifecycle import STEPS
from voters.states import State

from .feedback import FeedbackItem
from .topics import Topic

#: Further entries of the trail, which move nothing.
_OTHER_ENTRIES = {
    "register": "登记",
    "correct": "更正",
    "import": "台账导入",
    "release": "提供联系方式",
    "recall": "收回联系方式",
    "attach": "附件",
    "fulfil": "承诺落实",
    "postpone": "承诺改期",
}
#: What an entry of the trail may be.
KINDS = {name: step.label for name, step in STEPS.items()} | _OTHER_ENTRIES


class FeedbackStep(models.Model):
    """The trail of an item: who, when, from which state to which, with what note.

    Written once: the database refuses to change it, or to delete it with an item that was taken up.
    """

    item = models.ForeignKey(
        FeedbackItem, models.CASCADE, verbose_name="意见建议", related_name="steps"
    )
    at = models.DateTimeField("时间", auto_now_add=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="经办人"
    )
    kind = models.CharField("事项", max_length=20, choices=list(KINDS.items()), blank=True)
    from_state = models.CharField("原状态", max_length=12, choices=State.choices, blank=True)
    to_state = models.CharField("新状态", max_length=12, choices=State.choices)
    note = NumberlessText("说明", blank=True)
    #: Of a reminder.
    answer_by = models.DateField("要求答复日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["kind", "item"], name="feedbackstep_kind")]

    def __str__(self):
        return f"{self.item.number} {self.get_to_state_display()}"

    @property
    def words(self) -> str:
        """What was done, and the note."""
        words = "：".join(filter(None, [self.get_kind_display(), self.note]))
        return f"{words}（要求{self.answer_by}前答复）" if self.answer_by else words

    @property
    def office_day(self) -> datetime.date:
        """The office's day on which it was written; a demonstration is lived on an earlier day."""
        return min(timezone.localdate(self.at), today())


class EarlierAnswer(models.Model):
    """An answer that did not satisfy, kept beside the one given after handling again."""

    item = models.ForeignKey(
        FeedbackItem, models.CASCADE, verbose_name="意见建议", related_name="earlier_answers"
    )
    replied_on = models.DateField("答复日期")
    outcome = models.CharField("结果类别", max_length=1, choices=FeedbackItem.Outcome.choices)
    reply = models.TextField("答复内容")
    voter_told_on = models.DateField("告知选民日期", null=True)
    process_satisfaction = models.CharField("过程满意度", max_length=20, blank=True)
    result_satisfaction = models.CharField("结果满意度", max_length=20, blank=True)
    dissatisfaction = models.TextField("不满意的原因", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "原答复"
        ordering = ["replied_on", "pk"]

    def __str__(self):
        return f"{self.item.number} {self.replied_on}"


class CommitmentQuerySet(models.QuerySet):
    def open(self):
        return self.filter(kept_on__isnull=True)

    def visible_to(self, user):
        return self.filter(item__in=FeedbackItem.objects.visible_to(user))


class Commitment(Record):
    """承诺事项: what is to follow an answer B or C, and the day it comes back on."""

    item = models.ForeignKey(
        FeedbackItem, models.CASCADE, verbose_name="意见建议", related_name="commitments"
    )
    text = models.TextField("承诺事项")
    due_on = models.DateField("承诺期限", db_index=True)
    kept_on = models.DateField("落实日期", null=True, blank=True)
    result = models.TextField("落实情况", blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承诺事项"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="commitment_result_if_kept",
                condition=Q(kept_on__isnull=True) | ~Q(result=""),
                violation_error_code="result",
                violation_error_message="已落实的，须写明落实情况。",
            ),
        ]

    def __str__(self):
        """Stands in titles, where no one's number does."""
        return f"{self.item.number} {without_personal_numbers(self.text)}"

    @property
    def state_words(self) -> str:
        if self.kept_on:
            return f"{self.kept_on}已落实"
        return "已到期，未落实" if self.is_due else "未到期"

    @property
    def state_class(self) -> str:
        """Class of the state's colour."""
        if self.kept_on:
            return "done"
        return "overdue" if self.is_due else "in-hand"

    @property
    def is_due(self) -> bool:
        """Its day has come."""
        return not self.kept_on and self.due_on <= today()

    def get_absolute_url(self) -> str:
        return self.item.get_absolute_url()


class ReplyTemplate(Record):
    """Usual words of an answer, by outcome and, where it is special, by topic."""

    outcome = models.CharField("结果类别", max_length=1, choices=FeedbackItem.Outcome.choices)
    topic = models.ForeignKey(
        Topic,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name="类别",
        related_name="reply_templates",
        help_text="不填则各类别通用",
    )
    title = models.CharField("名称", max_length=50)
    text = models.TextField("答复用语")

    class Meta:
        verbose_name = verbose_name_plural = "答复模板"
        ordering = ["outcome", "topic__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                name="replytemplate_title_once",
                violation_error_message="已有同名模板。",
            ),
            models.CheckConstraint(
                name="replytemplate_outcome_known",
                condition=Q(outcome__in=["A", "B", "C", "D"]),
                violation_error_code="outcome",
                violation_error_message="结果类别须为A、B、C或D。",
            ),
        ]

    def __str__(self):
        return self.title
