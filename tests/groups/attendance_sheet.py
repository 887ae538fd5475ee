"""The attendance sheet as a browser fills it in."""

import json

from django.urls import reverse

from groups.attendance import sheet
from groups.models import Activity, Attendance
from tests.factory import make_delegate, make_group, make_mandate, make_membership


def member(name, group=1, start="2017-01-05", end=None, **fields):
    mandate = make_mandate(make_delegate(name), **fields)
    make_membership(make_group(group), mandate, start=start, end=end)
    return mandate


def page_of(activity):
    return reverse("activity_attendance", args=[activity.pk])


def saved():
    return list(
        Attendance.objects.order_by("mandate").values_list(
            "mandate__delegate__name", "status", "reason"
        )
    )


def marks(activity, **fields):
    """What a browser sends that marks these people: 张某="leave:work:李建国"."""
    activity = Activity.objects.get(pk=activity.pk)
    lines = sheet(activity)
    shown = {line.mandate.pk: line.mark for line in lines}
    seen = {"marks": shown, "rest_not_asked": activity.rest_not_asked}
    data = {"version": activity.version, "seen": json.dumps(seen)}
    for line in lines:
        key, name = line.mandate.pk, line.mandate.delegate.name
        mark = fields.get(name, ":".join(line.mark or ("", "", "")))
        status, reason, approved_by, *_ = [*mark.split(":"), "", ""]
        data |= {
            f"status_{key}": status,
            f"reason_{key}": reason,
            f"approved_by_{key}": approved_by,
        }
    return data
