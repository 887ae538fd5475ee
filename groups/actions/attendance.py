"""Changes of attendance, and delegates told of what came of an activity."""

import datetime
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from congress.editing import EditedMeanwhile
from congress.models import User
from congress.periods import today
from congress.roles import edits_group_work
from delegates.actions import amend

from ..attendance import Mark, leave_marks, mark_of
from ..models import (
    Activity,
    Attendance,
    FollowUp,
)


@transaction.atomic
def tell_delegates(*, by: User, follow_up: FollowUp, told_on: datetime.date) -> FollowUp:
    """The delegates who took part were told what came of it (代表法 31)."""
    visible = FollowUp.objects.visible_to(by).filter(pk=follow_up.pk)
    if not edits_group_work(by) or not visible.exists():
        raise PermissionDenied
    if told_on > today():
        raise ValidationError({"told_on": "告知日期不能晚于今天。"})
    if told_on < follow_up.date:
        raise ValidationError({"told_on": f"告知日期不能早于后续的日期（{follow_up.date}）。"})
    amend(follow_up, told_delegates_on=told_on)
    return follow_up


@transaction.atomic
def take_attendance(
    *,
    by: User,
    activity: Activity,
    marks: Mapping[int, Mark],
    seen: Mapping[int, Mark | None],
    rest_not_asked: bool = False,
) -> None:
    """Who came, by the key of the mandate; who is not in ``marks`` is not marked.

    ``seen`` are the persons on the sheet and how they stood there when it was opened. Whoever is
    as seen keeps what was marked meanwhile, by signing in for instance. Raises ``EditedMeanwhile``
    where two marks contradict each other; nothing is saved then. The number of queries does not
    grow with the number of delegates.
    """
    visible = Activity.objects.visible_to(by).filter(pk=activity.pk)
    if not edits_group_work(by) or not list(visible.select_for_update(of=("self",))):
        raise PermissionDenied
    known = {each.mandate_id: each for each in activity.attendances.select_for_update()}
    leaves = leave_marks(activity)
    added, changed, removed = [], [], []
    for mandate, was in seen.items():
        attendance = known.get(mandate)
        stored = mark_of(attendance) if attendance else None
        now = stored or leaves.get(mandate)
        mark = marks.get(mandate)
        if now != was and mark == was:
            mark = now
        if now not in (was, mark):
            raise EditedMeanwhile
        if mark == stored:
            continue
        if attendance is None:
            added.append(Attendance(activity=activity, mandate_id=mandate, **mark._asdict()))
        elif mark is None:
            removed.append(attendance.pk)
        else:
            _mark(attendance, mark)
            changed.append(attendance)
    activity.attendances.filter(pk__in=removed).delete()
    Attendance.objects.bulk_update(
        changed, ["status", "reason", "approved_by", "signed_in_at", "version"]
    )
    Attendance.objects.bulk_create(added)
    Activity.objects.filter(pk=activity.pk).update(rest_not_asked=rest_not_asked)


def _mark(attendance: Attendance, mark: Mark) -> None:
    for name, value in mark._asdict().items():
        setattr(attendance, name, value)
    if attendance.status != Attendance.Status.PRESENT:
        attendance.signed_in_at = None
    attendance.version += 1
