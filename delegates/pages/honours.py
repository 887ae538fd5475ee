"""List and page of honours."""

import django_filters

from congress import roles
from congress.models import User
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from delegates.forms import HonourForm
from delegates.models import Honour


def reads_honours(user: User) -> bool:
    """The office and the chair all, a delegate the own."""
    return roles.reads_all(user) or roles.is_delegate(user)


class HonourFilter(RecordFilter):
    search_fields = ("delegate__name", "title", "granted_by")
    year = django_filters.NumberFilter("day__year", label="年度")
    level = django_filters.ChoiceFilter(choices=Honour.Level.choices, label="级别")


class HonourPages(RecordPages):
    model = Honour
    form_class = HonourForm
    filter_class = HonourFilter
    select_related = ("delegate",)
    measure = "项"
    may_read = staticmethod(reads_honours)
    when_empty = "还没有登记表彰。代表受到表彰的，在代表页面或者这里登记，计入履职档案。"
    columns = (
        Column("代表", "delegate", ("delegate__name",), width=14),
        Column("表彰日期", "day", ("day",)),
        Column("荣誉名称", "title", ("title",), width=28),
        Column("授予单位", "granted_by", ("granted_by",), width=24),
        Column("级别", "get_level_display", ("level",)),
    )
    facts = ("delegate", "day", "title", "granted_by", "level")
