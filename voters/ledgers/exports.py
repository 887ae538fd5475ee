"""Records about voters as rows of the ledger sheets."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from congress.models import User
from congress.periods import Period
from delegates.roster import is_town
from groups.ledgers.exports import TermBook
from groups.models import Activity

from ..models import (
    DutyReport,
    FeedbackItem,
    HandlingUnit,
    ReceptionDay,
    ReceptionDuty,
    UnitEvaluation,
    Visit,
)
from .ballots import DUTY_REPORTS, EVALUATIONS, elected_in, told_in_ledger
from .feedback import ITEMS, UNITS
from .reception import CANCELLED, DAYS, HELD, MOVED, VISITS, duty_tests


class ReceptionBook:
    """Reception days that took place or were cancelled, who was on duty, visits and their items.

    What was told in confidence is left out for a ``user`` who is not named with it.
    """

    def __init__(self, days: Period, term_book: TermBook, user: User | None = None):
        self.term_book = term_book
        visits, items = Visit.objects.all(), FeedbackItem.objects.all()
        self.visits = visits.visible_to(user) if user else visits
        self.items = items.visible_to(user) if user else items
        self.days = {
            day.pk: day
            for day in ReceptionDay.objects.filter(
                date__range=(days.first, days.last),
                state__in=[ReceptionDay.State.HELD, ReceptionDay.State.CANCELLED],
                group__in=term_book.groups,
            ).order_by("pk")
        }
        for day in self.days.values():
            day.group = term_book.groups[day.group_id]
        self.on_duty: dict[int, list[Any]] = defaultdict(list)
        duties = ReceptionDuty.objects.filter(
            day__in=self.days, status=ReceptionDuty.Status.ON_DUTY
        )
        for duty in duties.filter(mandate__in=term_book.mandates).order_by("pk"):
            self.on_duty[duty.day_id].append(term_book.mandates[duty.mandate_id])

    def day_records(self) -> Iterator[list[Any]]:
        for day in self.days.values():
            yield DAYS.record(
                day,
                {
                    "组别": day.group.ordinal,
                    "接待代表": self._references(day, self.on_duty[day.pk]),
                    "状态": _state_word(day),
                },
            )

    def visit_records(self) -> Iterator[list[Any]]:
        received: dict[int, list[Any]] = defaultdict(list)
        links = Visit.received_by.through.objects.filter(
            visit__day__in=self.days, mandate__in=self.term_book.mandates
        )
        for link in links.order_by("pk"):
            received[link.visit_id].append(self.term_book.mandates[link.mandate_id])
        visits = self.visits.filter(day__in=self.days).select_related("village").order_by("pk")
        for visit in visits:
            day = self.days[visit.day_id]
            on_duty = set(map(id, self.on_duty[day.pk]))
            yield VISITS.record(
                visit,
                {
                    "接待日期": day.date,
                    "组别": day.group.ordinal,
                    "接待代表": self._references(
                        day,
                        received[visit.pk],
                        lambda mandate, on_duty=on_duty: id(mandate) in on_duty,
                    ),
                    "村": visit.village.name,
                },
            )

    def item_records(self) -> Iterator[list[Any]]:
        through = FeedbackItem.co_units.through
        units: dict[int, list[str]] = defaultdict(list)
        links = through.objects.filter(feedbackitem__visit__day__in=self.days)
        for link in links.select_related("handlingunit").order_by("pk"):
            units[link.feedbackitem_id].append(link.handlingunit.name)
        items = self.items.filter(visit__day__in=self.days)
        for item in items.select_related("visit", "topic", "lead_unit").order_by("pk"):
            yield ITEMS.record(
                item,
                {
                    "登记号": item.visit.number,
                    "类别": item.topic.name,
                    "主办单位": item.lead_unit.name if item.lead_unit else "",
                    "协办单位": units[item.pk],
                },
            )

    def _references(self, day: ReceptionDay, mandates, *tests) -> list[str]:
        roster = self.term_book.roster
        tests = (*tests, *duty_tests(roster, self.term_book.book, day.group, day.date))
        return [roster.reference(mandate, *tests) for mandate in mandates]


def _state_word(day: ReceptionDay) -> str:
    if day.state == ReceptionDay.State.CANCELLED:
        return CANCELLED
    return MOVED if day.is_moved else HELD


def unit_records() -> Iterator[list[Any]]:
    return map(UNITS.record, HandlingUnit.objects.order_by("pk"))


def duty_report_records(year: int, term_book: TermBook) -> Iterator[list[Any]]:
    for report in DutyReport.objects.filter(year=year, mandate__in=term_book.mandates).order_by(
        "pk"
    ):
        mandate = term_book.mandates[report.mandate_id]
        constituency = mandate.constituency.name
        told = told_in_ledger(report).items()
        yield DUTY_REPORTS.record(
            report,
            {
                "代表": term_book.roster.reference(mandate, elected_in(constituency), is_town),
                "选区": constituency,
                **{DUTY_REPORTS.heading_of[name]: number for name, number in told},
            },
        )


def evaluation_records(activities: list[Activity]) -> Iterator[list[Any]]:
    numbers = {activity.pk: activity.number for activity in activities}
    """Units with votes; one arranged and not voted on has no row."""
    voted = UnitEvaluation.objects.voted()
    evaluations = voted.filter(activity__in=activities).select_related("unit")
    for evaluation in evaluations.order_by("pk"):
        yield EVALUATIONS.record(
            evaluation,
            {"活动编号": numbers[evaluation.activity_id], "被评议单位": evaluation.unit.name},
        )
