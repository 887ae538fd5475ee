"""Pages of divisions into groups."""

import django_filters
from django.urls import reverse

from congress import roles
from congress.action_views import ActionAdd
from congress.models import Term
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from groups.division.board import Board
from groups.division.paper import lines_of
from groups.forms.division import DivisionAddForm, DivisionForm
from groups.models import Division

STATES = (("False", "已确认"), ("True", "草案"))


class DivisionFilter(RecordFilter):
    search_fields = ("note",)
    term = django_filters.ModelChoiceFilter(queryset=Term.objects.all(), label="届次")
    draft = django_filters.ChoiceFilter(
        choices=STATES, method="in_state", label="状态", null_label=None
    )

    def in_state(self, divisions, name, is_draft):
        return divisions.filter(confirmed_on__isnull=is_draft == "True")


class DivisionPages(RecordPages):
    model = Division
    form_class = DivisionForm
    add_form_class = DivisionAddForm
    filter_class = DivisionFilter
    measure = "个"
    select_related = ("term", "made_by", "confirmed_by")
    prefetch_related = ("groups",)
    when_empty = "还没有小组划分。换届以后，或者届内要重新分组时，在这里编组、比较、确认。"
    views = {"add": ActionAdd}
    columns = (
        Column("划分", str, ("start",), width=34),
        Column("组数", lambda division: len(division.groups.all()), numeric=True),
        Column(
            "状态",
            "state",
            ("confirmed_on",),
            state_class=lambda division: "in-hand" if division.is_draft else "done",
        ),
        Column("编制人", "made_by.name", ("made_by__name",), minor=True),
        Column("确认日期", "confirmed_on", ("confirmed_on",), minor=True),
    )
    facts = (
        "term",
        "start",
        ("state", "状态"),
        "proposal",
        "note",
        ("made_by.name", "编制人"),
        ("confirmed_by.name", "确认人"),
        "confirmed_on",
        "reason",
    )
    #: Not mentioned where there is nothing to say.
    exceptional = ("说明", "确认人", "确认日期", "有村未编入的原因")

    @classmethod
    def facts_of(cls, division, user):
        return [
            (label, value)
            for label, value in super().facts_of(division, user)
            if value or label not in cls.exceptional
        ]

    @classmethod
    def may_change(cls, user, division):
        return cls.may_edit(user) and division.is_draft

    @classmethod
    def buttons(cls, division, user):
        keeps = roles.keeps_records(user)
        pages = [
            ("与原来比较", "division_compare", True),
            ("打印", "division_paper", True),
            ("下载表格", "division_workbook", True),
            ("确认划分", "division_confirm", keeps and division.is_draft),
            ("撤销确认", "division_undo", keeps and not division.is_draft),
        ]
        return [(word, reverse(name, args=[division.pk])) for word, name, shown in pages if shown]

    @classmethod
    def related(cls, division, user):
        board = Board(division)
        return {"lines": lines_of(board), "unplaced": board.people_in(None)}
