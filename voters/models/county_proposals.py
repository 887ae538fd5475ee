"""What goes up to the county congress: suggestions to it, and drafts for its session.

A township's congress asks things of the county's (对县人大的建议); its county delegates prepare
bills and suggestions for the county session (地方组织法 22: ten of them put a bill jointly).
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from congress.models import NumberlessLine, Record
from congress.periods import today
from congress.roles import reads_all
from delegates.models import Level, Mandate
from groups.models import Recommendation

from .feedback import FeedbackItem

#: So many county delegates put a bill jointly (地方组织法 22).
COUNTY_BILL_PROPOSERS = 10


class CountyProposalQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. A delegate: those led or seconded."""
        if reads_all(user):
            return self
        seconded = self.model.seconders.through.objects.filter(
            countyproposal=OuterRef("pk"), mandate__delegate__account=user
        )
        return self.filter(Q(lead__delegate__account=user) | Q(Exists(seconded)))


def _rule(name: str, condition: Q, field: str, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"countyproposal_{name}",
        condition=condition,
        violation_error_code=field,
        violation_error_message=message,
    )


class CountyProposal(Record):
    class Kind(models.TextChoices):
        TO_COUNTY = "to_county", "对县人大的建议"
        BILL = "bill", "拟提议案"
        SUGGESTION = "suggestion", "拟提建议"

    class State(models.TextChoices):
        DRAFT = "draft", "起草"
        SUBMITTED = "submitted", "已提交"
        ANSWERED = "answered", "已答复"
        DECLINED = "declined", "未采纳"

    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    title = NumberlessLine("标题", max_length=100)
    content = models.TextField(
        "内容",
        help_text="对县人大的建议按报告中的写法，带标点，不写“一是”；议案写明案由、案据、方案",
    )
    year = models.PositiveSmallIntegerField("年度", help_text="拟提交的会议所在年度")
    session_words = models.CharField(
        "拟提交的会议", max_length=50, blank=True, help_text="如：县十六届人大五次会议"
    )
    session_date = models.DateField("会议日期", null=True, blank=True, help_text="未定的留空")
    lead = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"level": Level.COUNTY},
        verbose_name="领衔县代表",
        related_name="county_proposals",
    )
    seconders = models.ManyToManyField(
        Mandate, blank=True, verbose_name="附议县代表", related_name="seconded_county_proposals"
    )
    items = models.ManyToManyField(
        FeedbackItem, blank=True, verbose_name="来自意见建议", related_name="county_proposals"
    )
    recommendations = models.ManyToManyField(
        Recommendation, blank=True, verbose_name="来自活动的建议", related_name="county_proposals"
    )
    drafted_on = models.DateField("起草日期", default=today)
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.DRAFT, editable=False
    )
    submitted_on = models.DateField("提交日期", null=True, blank=True, editable=False)
    replied_on = models.DateField("答复日期", null=True, blank=True, editable=False)
    reply = models.TextField("答复", blank=True, editable=False)

    objects = CountyProposalQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "对县人大的建议和议案"
        ordering = ["-year", "-pk"]
        constraints = [
            _rule(
                "kind_known",
                Q(kind__in=["to_county", "bill", "suggestion"]),
                "kind",
                "种类须从列表中选择。",
            ),
            _rule(
                "submitted",
                Q(state="draft", submitted_on__isnull=True)
                | (
                    Q(state__in=["submitted", "answered", "declined"])
                    & Q(submitted_on__gte=F("drafted_on"))
                ),
                "submitted_on",
                "提交日期须填写，且不能早于起草日期。",
            ),
            _rule(
                "answered",
                (Q(state__in=["draft", "submitted"], replied_on__isnull=True, reply=""))
                | (
                    Q(state__in=["answered", "declined"], replied_on__gte=F("submitted_on"))
                    & ~Q(reply="")
                ),
                "replied_on",
                "答复日期和内容都要填写，答复日期不能早于提交日期。",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def lacks_proposers(self) -> int:
        """How many county delegates more a bill needs; 0 for what needs no number."""
        if self.kind != self.Kind.BILL:
            return 0
        own = bool(self.lead_id) + self.seconders.count()
        return max(COUNTY_BILL_PROPOSERS - own, 0)
