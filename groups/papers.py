"""签到表 of an activity, as PDF."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from congress.models import Township
from congress.pdf import render_pdf

from .activity_words import days_of, hours_of, organiser_of, place_of
from .attendance import Line, approved_leave, sheet
from .models import Activity, LeaveRequest, Membership, Post

#: Empty lines for observers whom nobody named before.
SPARE_LINES = 3


@dataclass(frozen=True)
class SheetRow:
    name: str
    group: str
    post: str
    remark: str


def sign_in_sheet(activity: Activity, township: Township) -> bytes:
    """Who is expected, by group, with lines to sign; over as many pages as it takes."""
    observers = [name.strip() for name in activity.observers.replace("，", "、").split("、")]
    organiser = organiser_of(activity) if activity.group else f"{township.name}人大"
    context = {
        "township": township,
        "activity": activity,
        "title": f"{activity}签到表",
        "organiser": organiser,
        "days": days_of(activity),
        "hours": hours_of(activity),
        "place": place_of(activity),
        "rows": rows_of(activity),
        "observers": [name for name in observers if name],
        "spare": range(SPARE_LINES),
    }
    return render_pdf(render_to_string("groups/papers/activity_sign_in.html", context))


def rows_of(activity: Activity) -> list[SheetRow]:
    """Those expected, in the order of the attendance sheet."""
    lines = [line for line in sheet(activity) if line.is_expected]
    leave = approved_leave(activity)
    officers = Membership.objects.holding_on(activity.date).exclude(post=Post.MEMBER)
    posts = {each.mandate_id: each.get_post_display() for each in officers}
    return [
        SheetRow(
            line.mandate.delegate.name,
            line.group,
            posts.get(line.mandate.pk, ""),
            _remark(line, leave.get(line.mandate.pk)),
        )
        for line in lines
    ]


def _remark(line: Line, request: LeaveRequest | None) -> str:
    """The reason of a leave is nobody's business on a sheet that goes round."""
    return "已请假" if request else ""
