"""Records of the groups as rows of the ledger sheets."""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from django.db.models import Q

from congress.ledger_tables import Register
from congress.ledgers import Basics
from congress.models import Term
from congress.numerals import group_name
from congress.periods import Period
from delegates.ledgers.mandates import ROSTER, state_of
from delegates.models import Mandate, Suspension
from delegates.roster import Roster, is_town

from ..models import (
    OFFICERS,
    Activity,
    ActivityRoom,
    Attendance,
    DelegateGroup,
    FollowUp,
    GroupVillage,
    Membership,
    PlanItem,
    Post,
    Transmission,
)
from .activities import (
    ACTIVITIES,
    ATTENDANCE,
    CAME_OF_IT,
    CHAIN,
    PASSED_ON,
    expected_at,
    ledger_kind,
)
from .membership import GROUPS, GroupBook
from .year_plan import YEAR_PLAN

NO_ROOM = SimpleNamespace(name="", place="", has_sign=False, rules_on_wall=False)


class TermBook:
    """Everybody of a term in memory: what the references of all sheets are written from."""

    def __init__(self, term: Term):
        self.mandates = {
            mandate.pk: mandate
            for mandate in Mandate.objects.filter(term=term)
            .select_related("delegate", "constituency")
            .order_by("pk")
        }
        persons = {each.delegate_id: each.delegate for each in self.mandates.values()}
        for mandate in self.mandates.values():
            mandate.delegate = persons[mandate.delegate_id]
        suspensions = list(Suspension.objects.filter(mandate__term=term))
        self.suspended = {}
        for suspension in suspensions:
            suspension.mandate = self.mandates[suspension.mandate_id]
            if suspension.end is None:
                self.suspended[suspension.mandate_id] = suspension
        self.roster = Roster(self.mandates.values(), suspensions)
        self.groups = {group.pk: group for group in DelegateGroup.objects.filter(term=term)}
        self.book = GroupBook(Register({each.ordinal: each for each in self.groups.values()}))
        own = Q(mandate__term=term) | Q(mandate=None)
        self.memberships = list(Membership.objects.filter(own, group__term=term).order_by("pk"))
        for membership in self.memberships:
            membership.group = self.groups[membership.group_id]
            if membership.mandate_id:
                membership.mandate = self.mandates[membership.mandate_id]
                self.book.add(membership)


def mandate_records(term_book: TermBook) -> Iterator[list[Any]]:
    """One row for each stretch of a mandate in a group."""
    stretches: dict[int, list[Membership]] = defaultdict(list)
    for membership in term_book.memberships:
        if membership.mandate_id:
            stretches[membership.mandate_id].append(membership)
    for membership in term_book.memberships:
        if membership.mandate_id:
            own = sorted(stretches[membership.mandate_id], key=lambda each: each.start)
            yield _mandate_record(term_book, membership.mandate, membership, own)
    for mandate in term_book.mandates.values():
        if mandate.pk not in stretches:
            yield _mandate_record(term_book, mandate, None, [])


def _mandate_record(
    term_book: TermBook, mandate: Mandate, membership: Membership | None, own: list[Membership]
) -> list[Any]:
    if membership and membership is not own[-1]:
        state = {"状态": "终止", "状态原因": "调组", "状态日期": membership.end}
        note = membership.note
    else:
        state = state_of(mandate, term_book.suspended.get(mandate.pk))
        note = mandate.note
        joined_later = membership and membership.start != mandate.start
        if joined_later and state["状态"] == "在任":
            state["状态日期"] = membership.start
    person = mandate.delegate
    return ROSTER.record(
        mandate,
        {
            column.heading: getattr(person, column.field)
            for column in ROSTER.columns
            if column.field and hasattr(person, column.field)
        }
        | {
            "选区": mandate.constituency.name,
            "所属小组": membership and membership.group.ordinal,
            "组内职务": membership.get_post_display() if membership else "",
            "备注": note,
        }
        | state,
    )


def group_records(term_book: TermBook, day: datetime.date) -> Iterator[list[Any]]:
    """The groups as they stand that day."""
    villages: dict[int, list[str]] = defaultdict(list)
    coverage = GroupVillage.objects.holding_on(day).select_related("village").order_by("pk")
    for stretch in coverage:
        villages[stretch.group_id].append(stretch.village.name)
    current = ActivityRoom.objects.holding_on(day).with_standards(day).order_by("-pk")
    rooms = {room.group_id: room for room in current}
    officers = {
        (each.group_id, each.post): each
        for each in term_book.memberships
        if each.post in OFFICERS and each.holds_on(day)
    }
    for group in sorted(term_book.groups.values(), key=lambda group: group.pk):
        if not group.holds_on(day):
            continue
        liaison = officers.get((group.pk, Post.LIAISON))
        test = term_book.book.member_on(group, day)
        names = {
            post: term_book.roster.reference(holder.mandate, test)
            if (holder := officers.get((group.pk, post))) and holder.mandate
            else ""
            for post in OFFICERS
        }
        yield GROUPS.record(
            rooms.get(group.pk, NO_ROOM),
            {
                "组别": group.ordinal,
                "覆盖村": villages[group.pk],
                "组长": names[Post.LEADER],
                "副组长": names[Post.VICE_LEADER],
                "联系员": names[Post.LIAISON] or (liaison.staff_name if liaison else ""),
                "联系员是否代表": bool(liaison and liaison.mandate_id),
            },
        )


def activities_of(year: int, days: Period) -> list[Activity]:
    """Activities of these days, and the evaluations of the year before."""
    activities = Activity.objects.filter(
        date__range=(days.first, days.last)
    ) | Activity.objects.filter(date__year=year - 1, kind=Activity.Kind.EVALUATION)
    return list(activities.select_related("group").order_by("pk"))


def activity_records(activities: list[Activity], basics: Basics) -> Iterator[list[Any]]:
    through = Activity.villages.through
    links = through.objects.filter(activity__in=activities).select_related("village")
    villages: dict[int, list[str]] = defaultdict(list)
    for link in links.order_by("pk"):
        villages[link.activity_id].append(link.village.name)
    lines = {name: _lines(activities, name) for name in ("findings", "recommendations")}
    for activity in activities:
        places = [*villages[activity.pk], *([activity.place] if activity.place else [])]
        yield ACTIVITIES.record(
            activity,
            {
                "年度": activity.date.year,
                "类型": ledger_kind(activity),
                "组织者": group_name(activity.group.ordinal)
                if activity.group
                else basics.township.congress_name,
                "村或地点": "、".join(places),
                "发现": "\n".join(lines["findings"][activity.pk]),
                "建议": "\n".join(lines["recommendations"][activity.pk]),
            },
        )


def _lines(activities: list[Activity], name: str) -> dict[int, list[str]]:
    model = Activity._meta.get_field(name).related_model
    found: dict[int, list[str]] = defaultdict(list)
    for line in model.objects.filter(activity__in=activities):
        found[line.activity_id].append(line.text)
    return found


def attendance_records(activities: list[Activity], term_book: TermBook) -> Iterator[list[Any]]:
    by_pk = {activity.pk: activity for activity in activities}
    for attendance in Attendance.objects.filter(activity__in=activities).order_by("pk"):
        activity = by_pk[attendance.activity_id]
        mandate = term_book.mandates.get(attendance.mandate_id)
        if mandate:
            if activity.group:
                activity.group = term_book.groups.get(activity.group_id, activity.group)
            tests = expected_at(activity, term_book.roster, term_book.book)
            yield ATTENDANCE.record(
                attendance,
                {
                    "活动编号": activity.number,
                    "代表": term_book.roster.reference(mandate, *tests, is_town),
                },
            )


def chain_records(activities: list[Activity]) -> Iterator[list[Any]]:
    """What was passed on and what came of it, by activity and day."""
    places = {activity.pk: place for place, activity in enumerate(activities)}
    steps = [
        (places[step.activity_id], step.date, word, step.pk, model, step)
        for word, model in ((PASSED_ON, Transmission), (CAME_OF_IT, FollowUp))
        for step in model.objects.filter(activity__in=activities)
    ]
    # 转送 sorts after 后续 by code point, and comes before it in the office.
    for place, _, _, _, model, step in sorted(
        steps, key=lambda step: (step[0], step[1], step[2] != PASSED_ON, step[3])
    ):
        yield CHAIN.record(step, {"活动编号": activities[place].number, "类型": model})


def plan_records(year: int) -> Iterator[list[Any]]:
    items = PlanItem.objects.filter(year=year).select_related("group").order_by("pk")
    for item in items:
        yield YEAR_PLAN.record(
            item,
            {
                "组别": item.group and item.group.ordinal,
                "计划月份": (item.first_month, item.last_month),
            },
        )
