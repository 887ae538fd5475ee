"""Days on which delegates cannot receive voters, entered by office, leader or delegate."""

import django_filters
from django.urls import reverse

from congress import roles
from congress.periods import Period, today
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from delegates.pinyin import by_name
from voters.forms import UnavailabilityForm
from voters.models import ReceptionDay, ReceptionDuty, Unavailability


class UnavailabilityFilter(RecordFilter):
    search_fields = (by_name("delegate"), "reason")
    year = django_filters.NumberFilter(method="in_year", label="年度")

    def in_year(self, records, name, year):
        return records.touching(Period.of_year(int(year))) if 1900 <= year <= 2099 else records


def may_enter(user) -> bool:
    return roles.edits_group_work(user) or roles.is_delegate(user)


class UnavailabilityPages(RecordPages):
    model = Unavailability
    form_class = UnavailabilityForm
    filter_class = UnavailabilityFilter
    select_related = ("delegate",)
    may_read = staticmethod(roles.reads_calendar)
    may_edit = staticmethod(may_enter)
    when_empty = "没有人登记不能接待的日期。排班时会避开登记的日子。"
    columns = (
        Column("代表", "delegate", ("delegate__name",), width=16),
        Column("日期", "days_words", ("start",), width=24),
        Column("事由", "reason", width=30),
    )
    facts = ("delegate", ("days_words", "日期"), "reason")

    @classmethod
    def related(cls, record, user):
        """Turns already given on those days."""
        duties = ReceptionDuty.objects.filter(
            mandate__delegate=record.delegate,
            day__date__gte=max(record.start, today()),
            day__date__lt=record.end,
            day__state__in=ReceptionDay.STILL_OPEN,
        ).select_related("day__group")
        may_swap = roles.keeps_records(user)
        return {
            "duties": [
                (
                    duty,
                    reverse("receptionduty_swap", args=[duty.pk]) if may_swap else "",
                )
                for duty in duties.order_by("day__date")
            ]
        }
