"""述职材料: what the records tell of a delegate's year, drafted for the report to the voters.

Voters appear as numbers only: no name, no telephone, nobody's own words.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from congress.models import Session
from congress.numerals import full_date, listing, month_day
from congress.periods import Period, holds_on, today
from delegates.models import SessionAttendance
from groups.models import Activity, Attendance, Membership
from voters import progress
from voters.models import DutyReport, FeedbackItem, ReceptionDay, ReceptionDuty, Visit

NOTHING = "本年度没有记录。"


@dataclass(frozen=True)
class Section:
    title: str
    paragraphs: tuple[str, ...]


class Material:
    """One delegate's year up to today, or to its end."""

    def __init__(self, report: DutyReport):
        self.report = report
        self.person = report.mandate.delegate
        whole = Period.of_year(report.year)
        self.period = Period(whole.first, max(whole.first, min(whole.last, today())))

    @property
    def title(self) -> str:
        return f"{self.report.year}年履行代表职务情况报告"

    def sections(self) -> list[Section]:
        found = (
            ("基本情况", self._mandate()),
            ("参加学习培训、视察调研等活动", self._activities()),
            ("接待选民、联系群众", self._reception()),
            ("反映意见建议及办理", self._items()),
            ("提出代表建议", self._suggestions()),
        )
        sections = [
            Section(title, tuple(filter(None, paragraphs)) or (NOTHING,))
            for title, paragraphs in found
        ]
        if attended := self._sessions():
            sections.insert(1, Section("出席人民代表大会会议", tuple(attended)))
        return sections

    def _mandate(self) -> list[str]:
        mandate = self.report.mandate
        membership = (
            Membership.objects.filter(holds_on(self.period.last), mandate=mandate)
            .select_related("group")
            .first()
        )
        group = f"，现编入{membership.group}" if membership else ""
        return [
            f"{self.person}，{full_date(mandate.start)}由{mandate.constituency}选民选举为"
            f"{mandate.term}人大代表{group}。"
        ]

    def _sessions(self) -> list[str]:
        """Sessions of the congress that were held, where attendance was taken."""
        marked = (
            SessionAttendance.objects.counted()
            .filter(
                mandate__delegate=self.person,
                session__state=Session.State.HELD,
                session__date__range=self._days,
            )
            .select_related("session__term")
        )
        all_of_them = list(marked.order_by("session__date", "pk"))
        if not all_of_them:
            return []
        present = [each for each in all_of_them if each.status == "present"]
        told = f"本年度应出席会议{len(all_of_them)}次，实际出席{len(present)}次"
        days = listing(f"{month_day(each.session.date)}{each.session}" for each in present)
        return [f"{told}：{days}。" if present else f"{told}。"]

    def _activities(self) -> list[str]:
        attended = (
            Attendance.objects.counted()
            .filter(mandate__delegate=self.person, activity__date__range=self._days)
            .select_related("activity")
        )
        all_of_them = list(attended.order_by("activity__date", "pk"))
        if not all_of_them:
            return []
        present = [each for each in all_of_them if each.status == Attendance.Status.PRESENT]
        told = [f"本年度应参加活动{len(all_of_them)}次，实际参加{len(present)}次。"]
        for kind, label in Activity.Kind.choices:
            of_kind = [each.activity for each in present if each.activity.kind == kind]
            if of_kind:
                days = listing(f"{month_day(each.date)}{each.title}" for each in of_kind)
                told.append(f"参加{label}{len(of_kind)}次：{days}。")
        return told

    def _reception(self) -> list[str]:
        held = {"day__state": ReceptionDay.State.HELD, "day__date__range": self._days}
        turns = ReceptionDuty.objects.filter(mandate__delegate=self.person, **held).exclude(
            status=ReceptionDuty.Status.ABSENT
        )
        visits = Visit.objects.filter(pk__in=self._visits(), **held)
        counts = visits.aggregate(number=Count("pk"), persons=Sum("persons", default=0))
        if not (number := turns.count()):
            return []
        return [
            f"按照轮流安排，在接待选民日接待选民{number}次，"
            f"登记来访{counts['number']}件、{counts['persons']}人次。"
        ]

    def _items(self) -> list[str]:
        mine = FeedbackItem.objects.filter(
            Q(visit__in=self._visits(), visit__day__date__range=self._days)
            | Q(
                duty_opinion__report__mandate__delegate=self.person, registered_on__range=self._days
            )
        )
        counts = mine.aggregate(
            number=Count("pk"),
            answered=Count("pk", filter=progress.answered(self.period.last)),
            closed=Count("pk", filter=progress.closed(self.period.last)),
        )
        if not counts["number"]:
            return []
        topics = mine.order_by().values_list("topic__name").annotate(number=Count("pk"))
        by_topic = listing(
            f"{name}{number}条" for name, number in topics.order_by("-number", "topic")
        )
        return [
            f"接待中和述职时收集选民意见建议{counts['number']}条，涉及{by_topic}。",
            f"其中已答复{counts['answered']}条，办结{counts['closed']}条。",
        ]

    def _suggestions(self) -> list[str]:
        mine = FeedbackItem.objects.filter(
            proposers__delegate=self.person, registered_on__range=self._days
        ).distinct()
        return [
            f"{place}．{item.title}（{item.get_state_display()}）"
            for place, item in enumerate(mine.order_by("registered_on", "pk"), 1)
        ]

    def _visits(self):
        through = Visit.received_by.through.objects
        return through.filter(mandate__delegate=self.person).values("visit")

    @property
    def _days(self) -> tuple[datetime.date, datetime.date]:
        return self.period.first, self.period.last
