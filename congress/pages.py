"""Lists and forms of villages, terms, sessions, special days and documents."""

import django_filters

from . import roles
from .forms import DocumentForm, SessionForm, SpecialDayForm, TermForm, VillageForm
from .models import Document, Session, SpecialDay, Term, Village
from .record_pages import RecordFilter, RecordPages
from .tables import Column


class VillageFilter(RecordFilter):
    search_fields = ("name",)


class VillagePages(RecordPages):
    model = Village
    form_class = VillageForm
    filter_class = VillageFilter
    measure = "个"
    when_empty = "还没有村。可以逐个添加，也可以从台账导入。"
    columns = (
        Column("村名", "name", ("name",), width=20),
        Column("人口", "population", ("population",), numeric=True),
        Column("排序", "position", ("position",), numeric=True, minor=True),
    )
    facts = ("name", "population", "position")


class TermPages(RecordPages):
    model = Term
    form_class = TermForm
    measure = "届"
    when_empty = "还没有届次。"
    columns = (
        Column("届次", str, ("ordinal",)),
        Column("任期起始", "first_day", ("first_day",)),
        Column("任期届满", "last_day", ("last_day",)),
    )
    facts = ("ordinal", "first_day", "last_day")


class SpecialDayFilter(RecordFilter):
    search_fields = ("note",)
    year = django_filters.NumberFilter("date__year", label="年度")


class SpecialDayPages(RecordPages):
    model = SpecialDay
    form_class = SpecialDayForm
    filter_class = SpecialDayFilter
    measure = "天"
    when_empty = "还没有登记。尚未收录的年度，或本地另有安排的日子，在这里登记，以这里的为准。"
    columns = (
        Column("日期", "date", ("date",)),
        Column("安排", lambda day: "上班" if day.is_workday else "放假", ("is_workday",)),
        Column("说明", "note", width=30),
    )
    facts = ("date", "is_workday", "note")


class SessionFilter(RecordFilter):
    search_fields = ("agenda",)
    state = django_filters.ChoiceFilter(choices=Session.State.choices, label="状态")


class SessionPages(RecordPages):
    model = Session
    form_class = SessionForm
    filter_class = SessionFilter
    select_related = ("term",)
    measure = "次"
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有会议。"
    columns = (
        Column("会议", str, ("term__ordinal", "ordinal"), width=24),
        Column("日期", "date", ("date",)),
        Column("议程", "agenda", width=40),
        Column("状态", "get_state_display", ("state",)),
    )
    facts = ("term", "ordinal", "date", "state", "agenda")


class DocumentFilter(RecordFilter):
    search_fields = ("title", "issuer", "number")
    level = django_filters.ChoiceFilter(choices=Document.Level.choices, label="来源")
    date = django_filters.NumberFilter("date__year", label="年度")


class DocumentPages(RecordPages):
    model = Document
    form_class = DocumentForm
    filter_class = DocumentFilter
    measure = "份"
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有文件。"
    columns = (
        Column("标题", "title", ("title",), width=50),
        Column("发文机关", "issuer", ("issuer",), width=20),
        Column("文号", "number", ("number",), width=22),
        Column("发文日期", "date", ("date",)),
        Column("来源", "get_level_display", ("level",)),
    )
    facts = ("title", "issuer", "number", "date", "level", "position")
