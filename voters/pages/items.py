"""Lists and details of feedback items, topics and handling units."""

from django.urls import reverse

from congress import roles
from congress.action_views import ActionEdit
from congress.periods import today
from congress.privacy import texts_shown_to
from congress.record_pages import RecordPages
from congress.tables import Column
from voters import handling
from voters.actions import Standing
from voters.activity_sections import origin_of
from voters.asked_again import asked_before
from voters.filters import HandlingUnitFilter, NamedFilter
from voters.forms import FeedbackItemForm, HandlingUnitForm, TopicForm
from voters.item_facts import ItemFacts, told
from voters.item_filter import FeedbackItemFilter
from voters.item_sections import attachments_of, contact_of
from voters.models import Bill, CountyProposal, FeedbackItem, HandlingUnit, Topic
from voters.states import Route, State
from voters.step_menu import menu_of
from voters.views.bulk import ItemList
from voters.views.items import FeedbackItemAdd

from .counting import number_of, told_in_confidence
from .item_papers import papers_of


class FeedbackItemPages(RecordPages):
    model = FeedbackItem
    form_class = FeedbackItemForm
    filter_class = FeedbackItemFilter
    select_related = (
        "topic",
        "lead_unit",
        "right_unit",
        "visit__day__group",
        "visit__village",
    )
    prefetch_related = ("co_units",)
    may_read = staticmethod(roles.reads_items)
    when_empty = "还没有意见建议。登记来访时一并填写，也可以从台账导入。"
    views = {"list": ItemList, "add": FeedbackItemAdd, "edit": ActionEdit}
    columns = (
        Column("编号", "number", ("number",)),
        Column("标题", "title", ("title",), width=40),
        Column(
            "状态",
            "state_words",
            ("state",),
            width=14,
            state_class=lambda item: item.state_class,
        ),
        Column("期限", "deadline_day", ("deadline",)),
        Column("类别", "topic", ("topic__position",), width=16),
        Column("主办单位", "lead_unit", ("lead_unit",), width=20),
        Column("村", "visit.village", ("visit__village__position",), minor=True),
        Column("代表小组", "visit.day.group", ("visit__day__group__ordinal",), 18, minor=True),
    )

    @classmethod
    def visible_to(cls, user):
        return super().visible_to(user).with_clock(today())

    @classmethod
    def set_aside(cls, request):
        if roles.handles_items(request.user) or roles.is_delegate(request.user):
            return ""
        items = FeedbackItem.objects.set_aside_for(request.user).with_clock(today())
        return told_in_confidence(cls, request, items)

    @classmethod
    def columns_for(cls, user):
        return handling.COLUMNS if roles.handles_items(user) else cls.columns

    @classmethod
    def filter_for(cls, user):
        return handling.UnitItemFilter if roles.handles_items(user) else cls.filter_class

    @classmethod
    def empty_words(cls, user):
        return handling.empty_words(user) if roles.handles_items(user) else cls.when_empty

    @classmethod
    def may_delete(cls, user, item):
        """Once assigned, an item stays: somebody was asked to answer it."""
        may = super().may_delete(user, item) and item.state == State.REGISTERED
        return may and not item.steps.exclude(to_state=State.REGISTERED).exists()

    @classmethod
    def related(cls, item, user):
        facts = ItemFacts(item, user)
        earlier = list(item.earlier_answers.all())
        others = FeedbackItem.objects.visible_to(user)
        next_steps = Standing(user, [item]).next_steps(item)
        return {
            "menu": menu_of(item, next_steps),
            "answers": facts.answers(),
            "groups": facts.groups(),
            "compared": facts.compared(earlier),
            "commitments": texts_shown_to(user, item.commitments.all(), "text", "result"),
            "main": others.filter(pk=item.follows_id).first() if item.follows_id else None,
            "followers": [
                (follower, told(follower))
                for follower in others.filter(follows=item).with_clock(today()).order_by("pk")
            ],
            "steps": texts_shown_to(user, handling.trail_of(item, user), "note"),
            **papers_of(item, user),
            "asked": asked_before(item, user),
            "may_correct_proposers": item.is_suggestion and roles.keeps_records(user),
            "bill": _bill_of(item, user),
            "origin": origin_of(item, user),
            **_for_county(item, user),
            "may_merge": any(step.name == "merge" for step in next_steps),
            "may_open_visit": bool(item.visit_id) and roles.reads_group_work(user),
            **attachments_of(item, user),
            **contact_of(item, user),
        }


def _bill_of(item: FeedbackItem, user) -> Bill | None:
    """The bill that the item carries out, where the user may see it."""
    if not item.is_due_in_months:
        return None
    return Bill.objects.visible_to(user).filter(item=item).first()


def _for_county(item: FeedbackItem, user) -> dict:
    """What the item has grown into for the county congress; that it may, once it was handed up."""
    if not roles.reads_all(user) or item.route != Route.ABOVE:
        return {}
    return {
        "county_proposals": CountyProposal.objects.filter(items=item),
        "may_propose": roles.keeps_records(user),
    }


class TopicPages(RecordPages):
    model = Topic
    form_class = TopicForm
    filter_class = NamedFilter
    select_related = ("merged_into",)
    measure = "个"
    when_empty = "还没有意见类别。"
    columns = (
        Column("类别", "name", ("name",), width=20),
        Column("意见建议", "item_count", ("item_count",), numeric=True),
        Column("已并入", "merged_into", ("merged_into__position",), width=20),
        Column("排序", "position", ("position",), numeric=True, minor=True),
    )
    facts = ("name", "position", "merged_into", ("item_count", "意见建议（条）"))

    @classmethod
    def with_related(cls, topics):
        return (
            super()
            .with_related(topics)
            .annotate(item_count=number_of(FeedbackItem.objects.all(), "topic"))
        )

    @classmethod
    def buttons(cls, topic, user):
        buttons = [("查看意见建议", f"{reverse('feedbackitem_list')}?topic={topic.pk}")]
        if roles.keeps_records(user) and not topic.merged_into_id:
            buttons.append(("并入其他类别", reverse("topic_merge", args=[topic.pk])))
        return buttons


class HandlingUnitPages(RecordPages):
    model = HandlingUnit
    form_class = HandlingUnitForm
    filter_class = HandlingUnitFilter
    measure = "个"
    when_empty = "还没有承办单位。可以逐个添加，也可以从台账导入。"
    columns = (
        Column("单位名称", "name", ("name",), width=28),
        Column("简称", "short_name", ("short_name",)),
        Column("联系人", "contact", ("contact",)),
        Column("电话", "phone", width=14, tells_numbers=True),
        Column("主办意见", "item_count", ("item_count",), numeric=True, minor=True),
    )
    facts = ("name", "short_name", "contact", "phone", "accounts")
    tells_numbers = frozenset({"电话"})

    @classmethod
    def with_related(cls, units):
        return (
            super()
            .with_related(units)
            .annotate(item_count=number_of(FeedbackItem.objects.all(), "lead_unit"))
        )

    @classmethod
    def buttons(cls, unit, user):
        return [("查看主办的意见", f"{reverse('feedbackitem_list')}?lead_unit={unit.pk}")]
