"""The list of what was promised with answers; each is changed from its item's page."""

import django_filters

from congress import roles
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from voters.forms.commitments import FulfilForm
from voters.models import Commitment


class CommitmentFilter(RecordFilter):
    search_fields = ("text", "item__number", "item__title")
    state = django_filters.ChoiceFilter(
        choices=[("due", "已到期未落实"), ("open", "未落实"), ("kept", "已落实")],
        method="in_state",
        label="落实情况",
    )
    first = django_filters.DateFilter("due_on", "gte", label="期限自")
    last = django_filters.DateFilter("due_on", "lte", label="期限至")

    def in_state(self, commitments, name, state):
        if state == "kept":
            return commitments.filter(kept_on__isnull=False)
        still_open = commitments.open()
        return still_open.filter(due_on__lte=today()) if state == "due" else still_open


class CommitmentPages(RecordPages):
    model = Commitment
    form_class = FulfilForm
    filter_class = CommitmentFilter
    select_related = ("item__lead_unit",)
    measure = "项"
    may_read = staticmethod(roles.reads_items)
    without = frozenset({"add", "edit", "delete", "detail"})
    when_empty = "还没有承诺事项。答复的结果为B、C时一并填写，到期在这里和今日页提醒。"
    columns = (
        Column("编号", "item.number", ("item__number",)),
        Column("承诺事项", "text", width=50),
        Column("承诺期限", "due_on", ("due_on",)),
        Column(
            "落实情况",
            "state_words",
            width=16,
            state_class=lambda commitment: commitment.state_class,
        ),
        Column("主办单位", "item.lead_unit", ("item__lead_unit",), width=20, minor=True),
        Column("意见标题", "item.title", width=40, minor=True),
    )
