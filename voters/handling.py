"""What a handling unit is shown of items: where and what, and by when; not who asked for it.

The summary is the office's. Name, telephone number and own words of the voter, the visit, who
received it and who told whom are none of the unit's business (个人信息保护法 6: no more than the
purpose needs).
"""

import django_filters
from django.db.models import Max, Q, QuerySet

from congress import roles
from congress.models import User
from congress.tables import Column
from voters.item_filter import FeedbackItemFilter
from voters.models import FeedbackItem, HandlingUnit, Topic
from voters.queues import QUEUES
from voters.states import WITHOUT_UNIT, State

#: Entries of the trail that are about the handling by the unit; the chair's remarks stand on its
#: 交办单 too. What the office corrects and whom it tells may name the voter.
_ABOUT_HANDLING = (
    "assign",
    "reassign",
    "sign",
    "record",
    "contribute",
    "reply",
    "retract",
    "ask_extension",
    "extend",
    "refuse_extension",
    "send_back",
    "keep",
    "remind",
    "supervise",
    "comment",
    "reopen",
    "release",
    "recall",
)
_BEGINS = ("assign", "reassign")
#: Of an item's papers and of its voter: for those who may see them.
_DISCREET = ("attach", "release", "recall")

NOTHING_YET = "还没有交给本单位办理的意见建议。人大办公室交办后列在这里，请及时签收。"
NO_UNIT = "这个账号还没有对应的承办单位，看不到意见建议。请与人大办公室联系。"


def village_of(item: FeedbackItem) -> str:
    """Where it is; of a voter who asked for confidence the summary has to do."""
    visit = item.visit
    return "" if visit is None or visit.confidential else str(visit.village)


COLUMNS = (
    Column("编号", "number", ("number",)),
    Column("标题", "title", ("title",), width=40),
    Column("状态", "state_words", ("state",), width=14, state_class=lambda item: item.state_class),
    Column("期限", "deadline_day", ("deadline",)),
    Column("类别", "topic", ("topic__position",), width=16),
    Column("主办单位", "lead_unit", ("lead_unit",), width=20),
    Column("村", village_of, width=12, minor=True),
    Column("交办日期", "assigned_on", ("assigned_on",), minor=True),
    Column("签收日期", "signed_on", ("signed_on",), minor=True),
    Column("答复日期", "replied_on", ("replied_on",), minor=True),
)


def _visible(request) -> QuerySet:
    return FeedbackItem.objects.visible_to(request.user).order_by()


def _topics(request) -> QuerySet:
    return Topic.objects.filter(pk__in=_visible(request).values("topic"))


def _lead_units(request) -> QuerySet:
    return HandlingUnit.objects.filter(pk__in=_visible(request).values("lead_unit"))


class UnitItemFilter(FeedbackItemFilter):
    """Offers what occurs among the unit's own items; village and group are left out."""

    state = django_filters.ChoiceFilter(
        choices=[(state.value, state.label) for state in State if state not in WITHOUT_UNIT],
        method="in_state",
        label="状态",
    )
    queue = django_filters.ChoiceFilter(
        choices=[
            (queue.key, queue.label)
            for queue in QUEUES.values()
            if queue.whose is roles.handles_items
        ],
        method="in_queue",
        label="待办",
    )
    topic = django_filters.ModelChoiceFilter(queryset=_topics, label="类别")
    lead_unit = django_filters.ModelChoiceFilter(queryset=_lead_units, label="主办单位")
    group = village = None


def empty_words(user: User) -> str:
    return NOTHING_YET if HandlingUnit.objects.filter(accounts=user).exists() else NO_UNIT


def trail_of(item: FeedbackItem, user: User) -> QuerySet:
    """The entries of an item's trail that the user may read.

    A unit reads what it wrote itself, and of the present handling what was written since; not what
    another unit did before.
    """
    steps = item.steps.select_related("user")
    if roles.reads_all(user):
        return steps
    if not roles.handles_items(user):
        return steps.exclude(kind__in=_DISCREET)
    begun = item.steps.filter(kind__in=_BEGINS).aggregate(pk=Max("pk"))["pk"] or 0
    units = HandlingUnit.objects.filter(accounts=user)
    own = Q(user__handling_units__in=units)
    present = Q(kind__in=_ABOUT_HANDLING, pk__gte=begun)
    return steps.filter(pk__in=item.steps.filter(own | present).values("pk"))
