"""Delegates' suggestions (建议、批评和意见): as items, and as drafts before the office has them.

代表法 24 and 36: delegates may make them at a session and between sessions, and they must be
specific; 51: they are answered within three months, the wide and difficult within six.
"""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from congress.models import NumberlessLine, Record, Session
from congress.roles import reads_all
from delegates.models import Mandate

from .feedback import FeedbackItem
from .feedback_query import FeedbackItemQuerySet
from .topics import Topic

#: Where a suggestion was made that belongs to no session.
BETWEEN_SESSIONS = "闭会期间"


class SuggestionManager(models.Manager.from_queryset(FeedbackItemQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(source=FeedbackItem.Source.DELEGATE)


class Suggestion(FeedbackItem):
    """A feedback item as a delegate's suggestion: the same record, listed by its proposers."""

    objects = SuggestionManager()

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "代表建议"
        ordering = ["-registered_on", "-pk"]

    def get_absolute_url(self) -> str:
        return FeedbackItem(pk=self.pk).get_absolute_url()

    @property
    def made_at(self) -> str:
        return str(self.session) if self.session_id else BETWEEN_SESSIONS


class SuggestionDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The proposer: the own. Who was invited to second it: that one. Office and chair: all
        that were handed in."""
        own = Q(lead__delegate__account=user)
        asked = Secondment.objects.filter(draft=OuterRef("pk"), mandate__delegate__account=user)
        mine = own | Q(Exists(asked))
        if reads_all(user):
            return self.filter(mine | ~Q(state=SuggestionDraft.State.DRAFT))
        return self.filter(mine)


class SuggestionDraft(Record):
    """What a delegate writes, lets others second and hands to the office, which registers it."""

    class State(models.TextChoices):
        DRAFT = "draft", "草稿"
        SUBMITTED = "submitted", "已提交"
        RETURNED = "returned", "退回修改"
        REGISTERED = "registered", "已登记"

    lead = models.ForeignKey(
        Mandate,
        models.PROTECT,
        verbose_name="领衔代表",
        related_name="suggestion_drafts",
        editable=False,
    )
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="提出时的会议",
        related_name="+",
        help_text="闭会期间提出的留空",
    )
    topic = models.ForeignKey(Topic, models.PROTECT, verbose_name="类别", related_name="+")
    title = NumberlessLine("标题", max_length=100, help_text="一事一议，如：关于修复村口道路的建议")
    content = models.TextField(
        "内容", help_text="写明具体问题、依据和解决的意见（代表法第二十四条、第三十六条）"
    )
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    submitted_on = models.DateField("提交日期", null=True, blank=True, editable=False)
    return_reason = models.TextField("退回的理由", blank=True, editable=False)
    item = models.OneToOneField(
        FeedbackItem,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="代表建议",
        related_name="draft",
        editable=False,
    )

    objects = SuggestionDraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "代表建议稿"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="suggestiondraft_state_known",
                condition=Q(state__in=["draft", "submitted", "returned", "registered"]),
                violation_error_message="建议稿的状态不对，请刷新页面。",
            ),
            models.CheckConstraint(
                name="suggestiondraft_submitted_on",
                condition=Q(state="draft") | Q(submitted_on__isnull=False),
                violation_error_message="已提交的建议稿须有提交日期。",
            ),
            models.CheckConstraint(
                name="suggestiondraft_item_if_registered",
                condition=Q(state="registered", item__isnull=False)
                | (~Q(state="registered") & Q(item__isnull=True)),
                violation_error_message="已登记的建议稿须有登记的代表建议。",
            ),
            models.CheckConstraint(
                name="suggestiondraft_returned_why",
                condition=~Q(state="returned") | ~Q(return_reason=""),
                violation_error_message="退回修改的，请写明理由。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether the proposer may still change it."""
        return self.state in (self.State.DRAFT, self.State.RETURNED)

    @property
    def made_at(self) -> str:
        return str(self.session) if self.session_id else BETWEEN_SESSIONS


class Secondment(models.Model):
    """附议: a delegate asked to second a draft, and the day of the consent."""

    draft = models.ForeignKey(
        SuggestionDraft, models.CASCADE, verbose_name="建议稿", related_name="secondments"
    )
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, verbose_name="附议代表", related_name="secondments"
    )
    agreed_on = models.DateField("同意日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "附议"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "mandate"],
                name="secondment_once",
                violation_error_message="这位代表已在附议之列。",
            ),
        ]

    def __str__(self):
        return f"{self.mandate} 附议"
