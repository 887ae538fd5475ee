"""Bills (议案) put to a session of the congress, what the presidium decided and how it was voted.

地方组织法 22: the presidium and the government may put bills, and five delegates of a township
jointly; 代表法 15: a bill has 案由、案据、方案; 地方组织法 23: it may be withdrawn before the vote;
25: it passes with more than half of all delegates.
"""

import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from congress.models import NumberlessLine, Record, Session
from congress.periods import holds_on, today
from congress.roles import is_delegate, leads_group, reads_all
from delegates.legal_numbers import majority
from delegates.models import Mandate
from groups.models import DelegateGroup, Membership

from .feedback import FeedbackItem

VOTES = ("votes_for", "votes_against", "votes_abstained")


class BillState(models.TextChoices):
    """How far it has come; read off the bill's own facts, never stored."""

    RECEIVED = "received", "待主席团决定"
    ON_AGENDA = "on_agenda", "列入议程"
    PASSED = "passed", "通过"
    FAILED = "failed", "未通过"
    AS_SUGGESTION = "as_suggestion", "转作建议办理"
    REFUSED = "refused", "不列入议程"
    WITHDRAWN = "withdrawn", "已撤回"


_IN_FORCE = Q(withdrawn_on__isnull=True)
_PASSED = Q(votes_for__gt=F("all_delegates") - F("votes_for"))
CONDITIONS = {
    BillState.RECEIVED: _IN_FORCE & Q(decision=""),
    BillState.ON_AGENDA: _IN_FORCE & Q(decision="agenda", voted_on__isnull=True),
    BillState.PASSED: Q(voted_on__isnull=False) & _PASSED,
    BillState.FAILED: Q(voted_on__isnull=False) & ~_PASSED,
    BillState.AS_SUGGESTION: _IN_FORCE & Q(decision="suggestion"),
    BillState.REFUSED: _IN_FORCE & Q(decision="refused"),
    BillState.WITHDRAWN: ~_IN_FORCE,
}


class BillQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office and chair: all. A leader: those of the group's members. A delegate: the own."""
        if reads_all(user):
            return self
        if leads_group(user):
            groups = DelegateGroup.objects.led_by(user, today())
            members = Membership.objects.filter(holds_on(today()), group__in=groups)
            return self.of(Mandate.objects.filter(pk__in=members.values("mandate")))
        if is_delegate(user):
            return self.of(Mandate.objects.filter(delegate__account=user))
        return self.none()

    def of(self, mandates):
        """Led or seconded by any of the mandates."""
        seconded = self.model.seconders.through.objects.filter(
            bill=OuterRef("pk"), mandate__in=mandates
        )
        return self.filter(Q(lead__in=mandates) | Q(Exists(seconded)))

    def in_state(self, state: str):
        return self.filter(CONDITIONS[BillState(state)])


def _rule(name: str, condition: Q, field: str, message: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"bill_{name}",
        condition=condition,
        violation_error_code=field,
        violation_error_message=message,
    )


def _all_null(fields: tuple[str, ...], null: bool) -> Q:
    return Q(**{f"{field}__isnull": null for field in fields})


class Bill(Record):
    class Proposer(models.TextChoices):
        DELEGATES = "delegates", "代表联名"
        PRESIDIUM = "presidium", "主席团"
        GOVERNMENT = "government", "人民政府"

    class Decision(models.TextChoices):
        AGENDA = "agenda", "列入会议议程"
        SUGGESTION = "suggestion", "转作代表建议办理"
        REFUSED = "refused", "不列入会议议程"

    session = models.ForeignKey(Session, models.PROTECT, verbose_name="会议", related_name="bills")
    number = models.PositiveSmallIntegerField("编号", editable=False)
    title = NumberlessLine("标题", max_length=100, help_text="如：关于加强饮用水水源保护的议案")
    cause = models.TextField("案由", help_text="要解决什么问题")
    grounds = models.TextField("案据", help_text="事实和法律、政策依据")
    scheme = models.TextField("方案", help_text="怎样解决，由谁办、何时办成")
    proposer_kind = models.CharField(
        "提案人", max_length=12, choices=Proposer.choices, default=Proposer.DELEGATES
    )
    lead = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="领衔代表",
        related_name="led_bills",
        help_text="代表联名的必填",
    )
    seconders = models.ManyToManyField(
        Mandate, blank=True, verbose_name="附议代表", related_name="seconded_bills"
    )
    received_on = models.DateField("收到日期", default=today)
    deadline = models.DateField(
        "议案截止日期", null=True, blank=True, help_text="主席团规定的，没有规定的留空"
    )
    decision = models.CharField(
        "主席团决定", max_length=12, choices=Decision.choices, blank=True, editable=False
    )
    decided_on = models.DateField("决定日期", null=True, blank=True, editable=False)
    decision_reason = models.TextField("决定的理由", blank=True, editable=False)
    voted_on = models.DateField("表决日期", null=True, blank=True, editable=False)
    all_delegates = models.PositiveSmallIntegerField(
        "全体代表", null=True, blank=True, editable=False
    )
    votes_for = models.PositiveSmallIntegerField("赞成", null=True, blank=True, editable=False)
    votes_against = models.PositiveSmallIntegerField("反对", null=True, blank=True, editable=False)
    votes_abstained = models.PositiveSmallIntegerField(
        "弃权", null=True, blank=True, editable=False
    )
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True, editable=False)
    item = models.OneToOneField(
        FeedbackItem,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="交办事项",
        related_name="bill",
        editable=False,
    )

    objects = BillQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "议案"
        ordering = ["-session__date", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "number"],
                name="bill_number_once",
                violation_error_message="这次会议已有这个编号的议案。",
            ),
            _rule(
                "lead_if_joint",
                Q(proposer_kind="delegates", lead__isnull=False)
                | (~Q(proposer_kind="delegates") & Q(lead__isnull=True)),
                "lead",
                "代表联名的须选择领衔代表；主席团、人民政府提出的留空。",
            ),
            _rule(
                "proposer_known",
                Q(proposer_kind__in=["delegates", "presidium", "government"]),
                "proposer_kind",
                "提案人须从列表中选择。",
            ),
            _rule(
                "decision_known",
                Q(decision__in=["", "agenda", "suggestion", "refused"]),
                "decision",
                "主席团决定须从列表中选择。",
            ),
            _rule(
                "decision_dated",
                Q(decision="", decided_on__isnull=True)
                | (~Q(decision="") & Q(decided_on__gte=F("received_on"))),
                "decided_on",
                "主席团决定的日期须填写，且不能早于收到日期。",
            ),
            _rule(
                "refused_why",
                ~Q(decision="refused") | ~Q(decision_reason=""),
                "decision_reason",
                "不列入会议议程的，须写明理由。",
            ),
            _rule(
                "suggestion_of_delegates",
                ~Q(decision="suggestion") | Q(proposer_kind="delegates"),
                "decision",
                "只有代表联名的议案可以转作代表建议办理。",
            ),
            _rule(
                "vote_complete",
                (Q(voted_on__isnull=True, all_delegates__isnull=True) & _all_null(VOTES, True))
                | (
                    Q(voted_on__gte=F("decided_on"), all_delegates__isnull=False)
                    & _all_null(VOTES, False)
                ),
                "voted_on",
                "表决日期、全体代表和各项票数都要填写，表决日期不能早于主席团决定的日期。",
            ),
            _rule(
                "vote_on_agenda",
                Q(voted_on__isnull=True) | Q(decision="agenda", withdrawn_on__isnull=True),
                "voted_on",
                "列入会议议程、没有撤回的议案才交付表决。",
            ),
            _rule(
                "votes_of_all",
                Q(voted_on__isnull=True)
                | Q(all_delegates__gte=F("votes_for") + F("votes_against") + F("votes_abstained")),
                "votes_for",
                "赞成、反对、弃权之和不能多于全体代表。",
            ),
            _rule(
                "withdrawn_after_received",
                Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("received_on")),
                "withdrawn_on",
                "撤回日期不能早于收到日期。",
            ),
            _rule(
                "item_if_carried_out",
                Q(item__isnull=True)
                | Q(decision="suggestion", withdrawn_on__isnull=True)
                | Q(voted_on__isnull=False),
                "item",
                "转作建议或者通过的议案才交办。",
            ),
        ]

    def __str__(self):
        return f"第{self.number}号议案 {self.title}"

    @property
    def texts(self) -> list[tuple[str, str]]:
        """案由, 案据, 方案, which every bill must have (代表法 15)."""
        return [("案由", self.cause), ("案据", self.grounds), ("方案", self.scheme)]

    @property
    def state(self) -> BillState:
        if self.withdrawn_on:
            return BillState.WITHDRAWN
        if self.voted_on:
            return BillState.PASSED if self.has_majority else BillState.FAILED
        decided = {
            "": BillState.RECEIVED,
            self.Decision.AGENDA: BillState.ON_AGENDA,
            self.Decision.SUGGESTION: BillState.AS_SUGGESTION,
            self.Decision.REFUSED: BillState.REFUSED,
        }
        return decided[self.decision]

    @property
    def has_majority(self) -> bool:
        """More than half of all delegates, be they there or not (地方组织法 25)."""
        return self.voted_on is not None and self.votes_for >= self.majority

    @property
    def majority(self) -> int:
        """So many votes for it pass it."""
        return majority(self.all_delegates)

    @property
    def is_late(self) -> bool:
        return self.deadline is not None and self.received_on > self.deadline

    @property
    def proposed_by(self) -> str:
        if self.proposer_kind == self.Proposer.DELEGATES:
            return f"{self.lead.delegate}等代表联名"
        return self.get_proposer_kind_display()

    @property
    def day_of_vote(self) -> datetime.date:
        """On which day the delegates in office are all delegates: that of the session."""
        return self.voted_on or self.session.date
