"""The filter bar of feedback items: also every number of the board as a list of its items."""

import datetime

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property

from congress.cells import MONTH
from congress.fields import FIRST_DAY, LAST_DAY
from congress.models import Village
from congress.periods import Period, today
from congress.record_pages import RecordFilter
from groups.pages.groups import visible_groups

from . import progress
from .filters import YES, YES_NO
from .models import FeedbackItem, HandlingUnit, Topic
from .printable import prints_papers
from .queues import QUEUES
from .rates import PARTS, RATES, Basis
from .states import State

ONLY_VISITS, ALL_SOURCES = "true", "all"
COUNTED = [(ONLY_VISITS, "接待选民"), (ALL_SOURCES, "各种来源")]


class MonthField(forms.CharField):
    """2020-08, as the first day of that month."""

    def to_python(self, value) -> datetime.date | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return MONTH.read(text)
        except ValueError:
            raise forms.ValidationError("请填写年月，如2020-08。", code="invalid") from None


class MonthFilter(django_filters.Filter):
    field_class = MonthField


def month_of(first: datetime.date) -> Period:
    """The month that begins on that day."""
    following = (first + datetime.timedelta(days=31)).replace(day=1)
    return Period(first, following - datetime.timedelta(days=1))


def _choices(table: dict) -> list[tuple[str, str]]:
    return [(key, value.label) for key, value in table.items()]


class FeedbackItemFilter(RecordFilter):
    search_fields = ("number", "title", "summary", "reply")
    year = django_filters.NumberFilter(method="in_year", label="年度")
    state = django_filters.ChoiceFilter(choices=State.choices, method="in_state", label="状态")
    stage = django_filters.ChoiceFilter(
        choices=[(key, label) for key, (label, _) in progress.PROGRESS.items()],
        method="by_stage",
        label="办理情况",
    )
    overdue = django_filters.ChoiceFilter(choices=YES_NO, method="by_overdue", label="逾期")
    due_soon = django_filters.ChoiceFilter(choices=YES, method="by_due_soon", label="将到期")
    queue = django_filters.ChoiceFilter(choices=_choices(QUEUES), method="in_queue", label="待办")
    topic = django_filters.ModelChoiceFilter(queryset=Topic.objects.all(), label="类别")
    lead_unit = django_filters.ModelChoiceFilter(
        queryset=HandlingUnit.objects.all(), label="主办单位", null_label="没有主办单位"
    )
    group = django_filters.ModelChoiceFilter(
        "visit__day__group", queryset=visible_groups, label="代表小组"
    )
    village = django_filters.ModelChoiceFilter(
        "visit__village", queryset=Village.objects.all(), label="村", null_label="不是来访"
    )
    first = django_filters.DateFilter(method="together", label="提出日期自")
    last = django_filters.DateFilter(method="together", label="至")
    assigned_on = django_filters.DateFilter(label="交办日期")
    # What only numbers of the board ask for; shown as chips.
    counted = django_filters.ChoiceFilter(
        choices=COUNTED, method="together", label="计入统计", widget=forms.HiddenInput
    )
    day = django_filters.DateFilter(
        method="together", label="办理情况截至", widget=forms.HiddenInput
    )
    age = django_filters.ChoiceFilter(
        choices=_choices(progress.BANDS),
        method="by_age",
        label="未办结，已提出",
        widget=forms.HiddenInput,
    )
    late = django_filters.ChoiceFilter(
        choices=_choices(progress.BANDS),
        method="by_lateness",
        label="已逾期",
        widget=forms.HiddenInput,
    )
    rate = django_filters.ChoiceFilter(
        choices=[(key, rate.name) for key, rate in RATES.items()],
        method="by_rate",
        label="比率",
        widget=forms.HiddenInput,
    )
    part = django_filters.ChoiceFilter(
        choices=list(PARTS.items()),
        method="together",
        label="比率的哪一部分",
        widget=forms.HiddenInput,
    )
    timed = django_filters.ChoiceFilter(
        choices=[(key, stretch.words) for key, stretch in progress.STRETCHES.items()],
        method="by_stretch",
        label="有用时的",
        widget=forms.HiddenInput,
    )
    raised_in = MonthFilter(method="raised_in_month", label="提出月份", widget=forms.HiddenInput)
    answered_in = MonthFilter(
        method="answered_in_month", label="答复月份", widget=forms.HiddenInput
    )
    closed_in = MonthFilter(method="closed_in_month", label="办结月份", widget=forms.HiddenInput)

    class Meta:
        model = FeedbackItem
        fields = []

    @property
    def looked_on(self) -> datetime.date:
        """The day on which the items are looked at."""
        return self.form.cleaned_data.get("day") or today()

    def filter_queryset(self, items: QuerySet) -> QuerySet:
        chosen = self.form.cleaned_data
        counted = chosen.get("counted")
        if chosen.get("first") or chosen.get("last") or counted:
            items = items.raised_in(
                chosen.get("first") or FIRST_DAY,
                chosen.get("last") or LAST_DAY,
                only_visits=counted == ONLY_VISITS,
                with_cancelled=not counted,
            )
        return super().filter_queryset(items)

    def together(self, items, name, chosen):
        """Taken into account with the other filters that it goes with."""
        return items

    def in_year(self, items, name, year):
        period = Period.of_year(int(year))
        return items.raised_in(period.first, period.last, with_cancelled=True)

    def in_state(self, items, name, state):
        if self.form.cleaned_data.get("day"):
            return items.with_state_on(self.looked_on).filter(state_on=state)
        return items.filter(state=state)

    def by_stage(self, items, name, key):
        _, condition = progress.PROGRESS[key]
        return items.filter(condition(self.looked_on))

    def by_overdue(self, items, name, chosen):
        if chosen == "true":
            return items.overdue(self.looked_on)
        overdue = FeedbackItem.objects.overdue(self.looked_on)
        return items.exclude(pk__in=overdue.values("pk"))

    def in_queue(self, items, name, key):
        return QUEUES[key].select(items, self.request.user, today())

    def by_due_soon(self, items, name, chosen):
        return items.due_soon(today())

    def by_age(self, items, name, key):
        condition = progress.open_for(progress.BANDS[key], self.looked_on)
        return items.with_raised_day().filter(condition)

    def by_lateness(self, items, name, key):
        return items.with_deadline().filter(
            progress.overdue_for(progress.BANDS[key], self.looked_on)
        )

    def by_rate(self, items, name, key):
        part = self.form.cleaned_data.get("part") or "denominator"
        return RATES[key].items(items, part, Basis.on(self.looked_on))

    def by_stretch(self, items, name, key):
        return items.filter(progress.STRETCHES[key].done_by(self.looked_on))

    def raised_in_month(self, items, name, first):
        month = month_of(first)
        return items.raised_in(month.first, month.last, with_cancelled=True)

    def answered_in_month(self, items, name, first):
        month = month_of(first)
        return items.filter(
            progress.accepted(),
            progress.answered(self.looked_on),
            replied_on__range=(month.first, month.last),
        )

    def closed_in_month(self, items, name, first):
        month = month_of(first)
        closed = items.closed_by(self.looked_on).annotate(finished_on=progress.finished_on())
        return closed.filter(finished_on__range=(month.first, month.last))

    @property
    def may_print(self) -> bool:
        """Whether the user prints 交办单 of what the list shows."""
        return prints_papers(self.request.user)

    @cached_property
    def overdue_count(self) -> int:
        return self.qs.overdue(self.looked_on).count()
