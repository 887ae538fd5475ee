"""Lists and forms of what was passed on after an activity, and of what came of it."""

import django_filters
from django.db.models import TextChoices
from django.urls import path

from congress import roles
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from groups.chain import RESULT_COLOURS, reply_state
from groups.forms.chain import FollowUpForm, TransmissionForm
from groups.models import FollowUp, Transmission
from groups.reply_terms import ReplyTerm
from groups.views.chain import StepAdd, StepDelete, StepEdit

from .groups import visible_groups


class StepFilter(RecordFilter):
    search_fields = ("who", "content", "activity__title")
    year = django_filters.NumberFilter("date__year", label="年度")
    group = django_filters.ModelChoiceFilter(
        "activity__group", queryset=visible_groups, label="组织者", null_label="本级人大"
    )


class ReplyState(TextChoices):
    AWAITING = "awaiting", "待答复"
    OVERDUE = "overdue", "逾期未答复"
    ANSWERED = "answered", "已答复"


class TransmissionFilter(StepFilter):
    state = django_filters.ChoiceFilter(
        choices=ReplyState.choices, method="in_state", label="答复情况"
    )

    def in_state(self, transmissions, name, state):
        if state == ReplyState.OVERDUE:
            return transmissions.overdue(today(), ReplyTerm.current())
        if state == ReplyState.AWAITING:
            return transmissions.awaiting()
        return transmissions.filter(answered_on__isnull=False)


class FollowUpFilter(StepFilter):
    result = django_filters.ChoiceFilter(choices=FollowUp.Result.choices, label="落实情况")
    told = django_filters.ChoiceFilter(
        choices=[("no", "须告知而未告知"), ("yes", "已告知")], method="is_told", label="告知代表"
    )

    def is_told(self, follow_ups, name, told):
        return (
            follow_ups.untold()
            if told == "no"
            else follow_ups.filter(told_delegates_on__isnull=False)
        )


class StepPages(RecordPages):
    """A step is read on the page of its activity, and added from there."""

    select_related = ("activity__group",)
    measure = "次"
    may_read = staticmethod(roles.reads_group_work)
    may_edit = staticmethod(roles.edits_group_work)
    without = frozenset({"detail", "add"})
    views = {"edit": StepEdit, "delete": StepDelete}

    @classmethod
    def urls(cls, prefix):
        add = path(
            f"activities/<int:pk>/{prefix}add/",
            StepAdd.as_view(pages=cls, model=cls.model),
            name=f"activity_{cls.name()}",
        )
        return [*super().urls(prefix), add]

    @classmethod
    def with_related(cls, steps):
        return super().with_related(steps).order_by("-date", "-pk")


class TransmissionPages(StepPages):
    model = Transmission
    form_class = TransmissionForm
    filter_class = TransmissionFilter
    when_empty = "还没有转送。转送在活动页面的“转送与后续”中登记。"

    @classmethod
    def with_related(cls, steps):
        return super().with_related(steps).with_reply()

    @classmethod
    def columns_for(cls, user):
        """The due day is computed with one reading of rule and calendar."""
        term, day = ReplyTerm.current(), today()

        def due(transmission):
            expected = reply_state(transmission, None, day)[0]
            return term.due(transmission.date) if expected else None

        def state(transmission):
            return reply_state(transmission, term.due(transmission.date), day)

        return (
            Column("转送给", "who", ("who",), width=20),
            Column("活动", "activity.title", ("activity__title",), width=32),
            Column("日期", "date", ("date",)),
            Column("方式", "get_how_display", ("how",), minor=True),
            Column("内容", "content", width=40, minor=True),
            Column("答复期限", due, minor=True),
            Column("答复日期", "answered_on", ("answered_on",), minor=True),
            Column(
                "答复情况",
                lambda each: state(each)[0],
                state_class=lambda each: state(each)[1],
            ),
        )


class FollowUpPages(StepPages):
    model = FollowUp
    form_class = FollowUpForm
    filter_class = FollowUpFilter
    when_empty = "还没有后续。后续在活动页面的“转送与后续”中登记。"
    columns = (
        Column("谁办的", "who", ("who",), width=20),
        Column("活动", "activity.title", ("activity__title",), width=32),
        Column("日期", "date", ("date",)),
        Column("内容", "content", width=50, minor=True),
        Column("告知代表日期", "told_delegates_on", ("told_delegates_on",), minor=True),
        Column(
            "落实情况",
            "get_result_display",
            ("result",),
            state_class=lambda follow_up: RESULT_COLOURS.get(follow_up.result, ""),
        ),
    )
