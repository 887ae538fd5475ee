"""The list of duties: which delegate was on duty, or missing, on which reception day."""

from congress import roles
from congress.record_pages import RecordPages
from congress.tables import Column
from voters.filters import ReceptionDutyFilter
from voters.models import ReceptionDay, ReceptionDuty

_STATUS_CLASS = {ReceptionDuty.Status.ON_DUTY: "done", ReceptionDuty.Status.ABSENT: "overdue"}


class ReceptionDutyPages(RecordPages):
    model = ReceptionDuty
    filter_class = ReceptionDutyFilter
    select_related = ("day__group", "mandate__delegate")
    measure = "班次"
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有安排接待代表。在接待选民日中安排。"
    without = frozenset({"add", "detail", "edit", "delete"})
    columns = (
        Column("日期", "day.date", ("day__date",)),
        Column("代表小组", "day.group", ("day__group__ordinal",), width=18),
        Column("接待代表", "mandate.delegate.name", ("mandate__delegate__name",)),
        Column(
            "情况",
            "get_status_display",
            ("status",),
            width=8,
            state_class=lambda duty: _STATUS_CLASS.get(duty.status, ""),
        ),
        Column("接待日状态", "day.state_words", ("day__state",)),
        Column("地点", "day.place", ("day__place",), width=24, minor=True),
    )

    @classmethod
    def visible_to(cls, user):
        days = ReceptionDay.objects.visible_to(user)
        return super().visible_to(user).filter(day__in=days).order_by("-day__date", "pk")
