"""Lists and forms of villages, terms, sessions and special days."""

import django_filters

from . import roles
from .forms import (
    SessionAddForm,
    SessionForm,
    SpecialDayForm,
    TermForm,
    VillageForm,
)
from .models import AgendaItem, Session, SessionFile, SpecialDay, Term, Village
from .numerals import full_date, weekday
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
    search_fields = ("agenda", "place")
    term = django_filters.ModelChoiceFilter(queryset=Term.objects.all(), label="届次")
    year = django_filters.NumberFilter("date__year", label="年度")
    state = django_filters.ChoiceFilter(choices=Session.State.choices, label="状态")


SESSION_STATES = {"planned": "in-hand", "held": "done", "cancelled": ""}


def days_of(session: Session) -> str:
    """2020年9月3日（周四）, or from the first to the last day."""
    first = f"{full_date(session.date)}（{weekday(session.date)}）"
    if session.last_day in (None, session.date):
        return first
    return f"{first}至{full_date(session.last_day)}（{weekday(session.last_day)}）"


class SessionPages(RecordPages):
    """As far as this room knows sessions; ``delegates.pages`` adds to them and opens them."""

    model = Session
    form_class = SessionForm
    add_form_class = SessionAddForm
    filter_class = SessionFilter
    select_related = ("term",)
    measure = "次"
    file_model = SessionFile
    may_read = staticmethod(roles.reads_group_work)
    when_empty = "还没有会议。可以逐次添加，也可以从台账导入。"
    columns = (
        Column("会议", str, ("term__ordinal", "ordinal"), width=24),
        Column("日期", "date", ("date",)),
        Column("议程", "agenda", width=40, minor=True),
        Column("地点", "place", width=16, minor=True),
        Column(
            "状态",
            "get_state_display",
            ("state",),
            state_class=lambda session: SESSION_STATES[session.state],
        ),
    )
    facts = (
        "term",
        (days_of, "日期"),
        (lambda session: f"{session.opens_at:%H:%M}" if session.opens_at else "", "开会时间"),
        "place",
        "presiding",
        "state",
        "original_date",
        "moved_because",
        "cancelled_because",
    )
    #: Not mentioned where there is nothing to say.
    exceptional = ("原定日期", "改期原因", "取消原因")

    @classmethod
    def facts_of(cls, session, user):
        return [
            (label, value)
            for label, value in super().facts_of(session, user)
            if value or label not in cls.exceptional
        ]

    @classmethod
    def related(cls, session, user):
        return {"agenda": agenda_of(session)}


def agenda_of(session: Session) -> list[AgendaItem]:
    """The items of the agenda in their order, each with what is known of it."""
    known = {item.title: item for item in session.agenda_items.all()}
    return [known.get(title) or AgendaItem(title=title) for title in session.agenda_titles]
