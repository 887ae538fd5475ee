"""视察建议落实情况: every recommendation with where it stands, and the item it became."""

import django_filters
from django.db.models import TextChoices

from congress import roles
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.record_views import RecordList
from congress.tables import Column
from delegates.decisions import DecisionForm
from groups.chain import recommendation_state
from groups.models import Activity, Recommendation
from groups.pages.groups import visible_groups
from groups.reply_terms import ReplyTerm
from voters.models import FeedbackItem


class Standing(TextChoices):
    """What the list is filtered by."""

    UNSENT = "unsent", "未转送"
    OPEN = "open", "待答复"
    OVERDUE = "overdue", "逾期未答复"
    ANSWERED = "answered", "已答复"
    PASSED_ON = "passed_on", "已转送，不须答复"
    TAKEN_UP = "taken_up", "已交办"


class RecommendationFilter(RecordFilter):
    search_fields = ("text", "addressee", "activity__title")
    year = django_filters.NumberFilter("activity__date__year", label="年度")
    addressee = django_filters.CharFilter(lookup_expr="icontains", label="建议对象")
    state = django_filters.ChoiceFilter(choices=Standing.choices, method="in_state", label="情况")
    kind = django_filters.ChoiceFilter(
        "activity__kind", choices=Activity.Kind.choices, label="活动类型"
    )
    group = django_filters.ModelChoiceFilter(
        "activity__group", queryset=visible_groups, label="组织者", null_label="本级人大"
    )

    def in_state(self, lines, name, state):
        if state == Standing.TAKEN_UP:
            return lines.filter(item__isnull=False)
        return lines.filter(state=state)


def _item_of(line: Recommendation) -> FeedbackItem | None:
    return getattr(line, "item", None)


def _item_words(line: Recommendation) -> str:
    item = _item_of(line)
    return f"{item.number} {item.get_state_display()}" if item else ""


class RecommendationList(RecordList):
    noun = "视察建议落实情况"


class RecommendationPages(RecordPages):
    """A recommendation is read, edited and taken up on the page of its activity."""

    model = Recommendation
    form_class = DecisionForm
    filter_class = RecommendationFilter
    select_related = ("activity__group", "item")
    measure = "条"
    views = {"list": RecommendationList}
    may_read = staticmethod(roles.reads_group_work)
    without = frozenset({"add", "edit", "delete", "detail"})
    when_empty = "还没有建议。视察、检查的建议在活动页面的“发现与建议”中填写。"

    @classmethod
    def with_related(cls, lines):
        lines = super().with_related(lines).with_state(today(), ReplyTerm.current())
        return lines.order_by("-activity__date", "-activity", "position", "pk")

    @classmethod
    def columns_for(cls, user):
        """The due day is computed with one reading of rule and calendar."""
        term = ReplyTerm.current()
        return (
            Column("建议", "text", width=50),
            Column("建议对象", "addressee", ("addressee",), width=20),
            Column("活动", "activity.title", ("activity__title",), width=30, minor=True),
            Column("活动日期", "activity.date", ("activity__date",)),
            Column("转送日期", "sent_on", ("sent_on",), minor=True),
            Column(
                "答复期限",
                lambda line: line.awaiting_since and term.due(line.awaiting_since),
                ("awaiting_since",),
                minor=True,
            ),
            Column("交办为", _item_words, ("item__number",), width=20, minor=True),
            Column(
                "落实情况",
                lambda line: recommendation_state(line)[0],
                ("state",),
                state_class=lambda line: recommendation_state(line)[1],
            ),
        )
