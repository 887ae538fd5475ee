"""List and page of bills."""

import django_filters
from django.urls import reverse

from congress import roles
from congress.action_views import ActionAdd, ActionEdit
from congress.models import Session
from congress.periods import today
from congress.privacy import text_shown_to
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from delegates.pinyin import by_name
from voters.actions import (
    may_be_carried_out,
    may_be_decided,
    may_be_voted,
    may_be_withdrawn,
)
from voters.forms import BillForm
from voters.models import Bill, BillState, FeedbackItem

_COLOURS = {
    BillState.RECEIVED: "due-soon",
    BillState.ON_AGENDA: "in-hand",
    BillState.AS_SUGGESTION: "in-hand",
    BillState.PASSED: "done",
}


def colour(bill: Bill) -> str:
    return _COLOURS.get(bill.state, "")


def _state(bill: Bill) -> str:
    return bill.state.label


def _sessions(request):
    return Session.objects.filter(pk__in=Bill.objects.values("session")).select_related("term")


class BillFilter(RecordFilter):
    search_fields = ("title", "cause", "grounds", "scheme", by_name("lead__delegate"))
    session = django_filters.ModelChoiceFilter(queryset=_sessions, label="会议")
    year = django_filters.NumberFilter("session__date__year", label="年度")
    state = django_filters.ChoiceFilter(choices=BillState.choices, method="by_state", label="状态")
    proposer_kind = django_filters.ChoiceFilter(choices=Bill.Proposer.choices, label="提案人")

    class Meta:
        model = Bill
        fields = []

    def by_state(self, bills, name, state):
        return bills.in_state(state)


class BillPages(RecordPages):
    model = Bill
    form_class = BillForm
    filter_class = BillFilter
    select_related = ("session__term", "lead__delegate", "item")
    measure = "件"
    may_read = staticmethod(roles.reads_calendar)
    views = {"add": ActionAdd, "edit": ActionEdit}
    when_empty = "还没有议案。"
    columns = (
        Column("编号", lambda bill: f"第{bill.number}号", ("number",)),
        Column("标题", "title", ("title",), width=40),
        Column("提案人", "proposed_by", width=18),
        Column("状态", _state, width=14, state_class=colour),
        Column("会议", "session", ("session__date",), width=24, minor=True),
        Column("收到日期", "received_on", ("received_on",), minor=True),
        Column("交办编号", "item.number", ("item__number",), minor=True),
    )

    @classmethod
    def facts_of(cls, bill, user):
        seconders = [str(each) for each in bill.seconders.select_related("delegate").order_by("pk")]
        late = "（截止日期后收到）" if bill.is_late else ""
        facts = [
            ("会议", str(bill.session)),
            ("提案人", bill.get_proposer_kind_display()),
            ("领衔代表", str(bill.lead or "")),
            ("附议代表", f"{'、'.join(seconders)}（{len(seconders)}名）" if seconders else ""),
            ("收到日期", f"{bill.received_on}{late}"),
            ("议案截止日期", str(bill.deadline or "")),
            ("主席团决定", bill.get_decision_display()),
            ("决定日期", str(bill.decided_on or "")),
            ("决定的理由", bill.decision_reason),
            ("撤回日期", str(bill.withdrawn_on or "")),
        ]
        return [(label, value) for label, value in facts if value]

    @classmethod
    def may_change(cls, user, bill):
        return super().may_change(user, bill) and bill.state == BillState.RECEIVED

    @classmethod
    def related(cls, bill, user):
        items = FeedbackItem.objects.visible_to(user).with_clock(today())
        item = items.filter(pk=bill.item_id).first() if bill.item_id else None
        return {
            "colour": colour(bill),
            "texts": [(label, text_shown_to(user, text)) for label, text in bill.texts],
            "item": item,
            "reply": text_shown_to(user, item.reply) if item else "",
        }

    @classmethod
    def buttons(cls, bill, user):
        offered = (
            ("登记主席团决定" if not bill.decision else "更正主席团决定", "decide", may_be_decided),
            ("登记表决结果" if not bill.voted_on else "更正表决结果", "vote", may_be_voted),
            ("撤回", "withdraw", may_be_withdrawn),
            ("交办", "carry_out", may_be_carried_out),
        )
        return [
            *(
                (label, reverse(f"bill_{name}", args=[bill.pk]))
                for label, name, allowed in offered
                if allowed(user, bill)
            ),
            ("打印议案表", reverse("bill_paper", args=[bill.pk])),
        ]
