"""The parts of the duty file that this room knows: posts in groups, and activities by their kind.

Expected is who was in office and invited on the activity's day, as in ``attendance.expected_at``;
whoever was marked that day was invited on the spot.
"""

import datetime
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial

from django.urls import reverse

from congress.numerals import full_date
from congress.periods import Period, today
from delegates.duty_file import (
    DutyFile,
    Entry,
    Found,
    Part,
    Source,
    Standing,
    add_source,
    days_so_far,
)
from delegates.models import Delegate, Mandate

from .activity_words import organiser_of
from .attendance import Invitations, Mark, mark_of
from .models import Activity, Attendance, LeaveRequest, Membership

Reason, Status = Attendance.Reason, Attendance.Status


@dataclass(frozen=True)
class HeldPost(Entry):
    group: str = ""
    ordinal: int = 0
    #: First day on which it was no longer held.
    end: datetime.date | None = None


@dataclass(frozen=True)
class TakenPart(Entry):
    title: str = ""


_STANDINGS = {
    Status.PRESENT: Standing.PRESENT,
    Status.LEAVE: Standing.LEAVE,
    Status.ABSENT: Standing.ABSENT,
}
#: Of two mandates of one person that are marked, the one that counts.
_BEST_FIRST = list(_STANDINGS)
_UNMARKED = Mark("")


def posts_of(persons: Sequence[Delegate], period: Period) -> Found:
    """Time in groups of which a day lies in the period; that of two mandates is told once."""
    first, last = days_so_far(period)
    memberships = (
        Membership.objects.filter(mandate__delegate__in=persons, start__lte=last)
        .exclude(end__lte=first)
        .select_related("group", "mandate")
        .order_by("start", "pk")
    )
    found: dict[int, list[Entry]] = defaultdict(list)
    told = set()
    for each in memberships:
        key = (each.mandate.delegate_id, each.group_id, each.post, each.start, each.end)
        if key not in told:
            told.add(key)
            found[each.mandate.delegate_id].append(_held(each))
    return found


def _held(membership: Membership) -> HeldPost:
    return HeldPost(
        membership.start,
        f"{membership.group}{membership.get_post_display()}",
        membership.get_absolute_url(),
        remark=f"至{full_date(membership.end)}" if membership.end else "",
        group=str(membership.group),
        ordinal=membership.group.ordinal,
        end=membership.end,
    )


def last_posts(file: DutyFile) -> list[HeldPost]:
    """Those held on the last day of the file; of two mandates in two groups both."""
    last = days_so_far(file.period)[1]
    posts = file.part("posts").entries
    return [post for post in posts if post.end is None or post.end > last]


def all_activities(file: DutyFile) -> Part:
    return file.together("活动", Activity.Kind.values)


def activities_of(kind: str, persons: Sequence[Delegate], period: Period) -> Found:
    """Activities of the kind whose first day has come, each once a person."""
    days = days_so_far(period)
    activities = Activity.objects.filter(kind=kind, date__range=days)
    activities = list(activities.select_related("group").order_by("date", "pk"))
    mandates = Mandate.objects.filter(delegate__in=persons).order_by("pk")
    of_persons: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates.prefetch_related("suspensions", "memberships"):
        of_persons[mandate.delegate_id].append(mandate)
    marks, leaves = _marks(activities, persons), _leaves(activities, persons)
    invitations = Invitations(activities)
    found = defaultdict(list)
    for activity in activities:
        for person, held in of_persons.items():
            in_office = [each for each in held if each.is_in_office_on(activity.date)]
            mark = marks.get((activity.pk, person)) if in_office else None
            if mark is None and any(invitations.include(activity, each) for each in in_office):
                is_awaited = activity.date < today() and not activity.rest_not_asked
                mark = leaves.get((activity.pk, person)) or (_UNMARKED if is_awaited else None)
            if mark:
                found[person].append(_taken_part(activity, mark))
    return found


def _taken_part(activity: Activity, mark: Mark) -> TakenPart:
    return TakenPart(
        activity.date,
        f"{activity}（{organiser_of(activity)}组织）",
        activity.get_absolute_url(),
        Standing.UNMARKED if mark is _UNMARKED else _STANDINGS[Status(mark.status)],
        mark.why,
        mark.reason == Reason.HEALTH,
        own_address=reverse("my_activity", args=[activity.pk]),
        title=str(activity),
    )


def _leaves(
    activities: Collection[Activity], persons: Sequence[Delegate]
) -> dict[tuple[int, int], Mark]:
    """Leave approved beforehand, by activity and person; it counts until somebody is marked."""
    approved = LeaveRequest.objects.filter(
        state=LeaveRequest.State.APPROVED,
        activity__in=activities,
        mandate__delegate__in=persons,
    )
    return {
        (each.activity_id, each.mandate.delegate_id): Mark(
            Status.LEAVE, each.reason, each.approved_by
        )
        for each in approved.select_related("mandate")
    }


def _marks(
    activities: Collection[Activity], persons: Sequence[Delegate]
) -> dict[tuple[int, int], Mark]:
    """How each person is marked at each activity; of two mandates the better counts."""
    attendances = Attendance.objects.filter(activity__in=activities, mandate__delegate__in=persons)
    marks: dict[tuple[int, int], Mark] = {}
    for each in attendances.select_related("mandate").order_by("pk"):
        key, mark = (each.activity_id, each.mandate.delegate_id), mark_of(each)
        if key not in marks or _rank(mark) < _rank(marks[key]):
            marks[key] = mark
    return marks


def _rank(mark: Mark) -> int:
    return _BEST_FIRST.index(Status(mark.status))


add_source(Source("posts", "代表小组和职务", "项", posts_of))
for _kind in Activity.Kind:
    _title = "其他活动" if _kind == Activity.Kind.OTHER else str(_kind.label)
    add_source(Source(_kind.value, _title, "次", partial(activities_of, _kind.value)))
