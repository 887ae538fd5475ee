"""Pages of requests for leave, for leaders and office; delegates have the own activities."""

import django_filters
from django.urls import reverse
from django.utils import timezone

from congress import roles
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from delegates.pinyin import by_name
from groups import leave
from groups.models import LeaveRequest

from .groups import visible_groups
from .work import TOWNSHIP


class LeaveRequestFilter(RecordFilter):
    search_fields = (by_name("mandate__delegate"), "activity__title", "remark")
    state = django_filters.ChoiceFilter(choices=LeaveRequest.State.choices, label="状态")
    year = django_filters.NumberFilter("activity__date__year", label="年度")
    group = django_filters.ModelChoiceFilter(
        "activity__group", queryset=visible_groups, label="组织者", null_label=TOWNSHIP
    )


class LeaveRequestPages(RecordPages):
    model = LeaveRequest
    filter_class = LeaveRequestFilter
    select_related = ("activity__group", "mandate__delegate", "asked_by", "decided_by")
    when_empty = "没有人请假。代表从“我的活动”请假；打电话请假的，在活动页代为登记。"
    may_read = staticmethod(roles.reads_group_work)
    without = frozenset({"add", "edit", "delete"})
    columns = (
        Column("代表", "mandate.delegate", ("mandate__delegate__name",), width=14),
        Column("活动", "activity", ("activity__title",), width=28),
        Column("活动日期", "activity.date", ("activity__date",)),
        Column("事由", "get_reason_display", ("reason",)),
        Column("批准人", "approved_by", minor=True),
        Column(
            "状态",
            "get_state_display",
            ("state",),
            state_class=lambda request: request.state_class,
        ),
    )
    facts = (
        ("mandate.delegate", "代表"),
        "activity",
        ("activity.date", "活动日期"),
        "reason",
        "remark",
        "state",
        (lambda request: f"{request.asked_by.name}，{_at(request.asked_at)}", "登记"),
        (
            lambda request: (
                request.decided_by and f"{request.decided_by.name}，{_at(request.decided_at)}"
            ),
            "办理",
        ),
        "approved_by",
        "decision_remark",
    )

    @classmethod
    def buttons(cls, request, user):
        """What the state and the user's part allow; see ``leave``."""
        found = [("活动", request.activity.get_absolute_url())]
        if leave.may_decide(user, request):
            found += [
                ("准假", reverse("leaverequest_approve", args=[request.pk])),
                ("不准假", reverse("leaverequest_refuse", args=[request.pk])),
            ]
        if request.is_standing and roles.edits_group_work(user):
            found.append(("撤回", reverse("leaverequest_withdraw", args=[request.pk])))
        return found


def _at(moment) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
