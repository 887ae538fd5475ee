"""签到表 of an activity and 履职公示 of a year, as PDF."""

from dataclasses import dataclass

from django.template.loader import render_to_string

from congress.models import Township
from congress.pdf import render_pdf, render_within_pages
from congress.qr_code import qr_code

from .activity_words import days_of, hours_of, organiser_of, place_of
from .attendance import Line, approved_leave, sheet
from .models import Activity, LeaveRequest, Membership, Post, Publication
from .public_figures import headings, published_rows

#: Empty lines for observers whom nobody named before.
SPARE_LINES = 3
#: Settings of the poster, the roomiest first; where none fills one page, the last runs on.
ROOMS = {"a3": (0, 1, 2, 3, 0), "a4": (0, 1, 0)}


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


def publication_poster(
    publication: Publication, township: Township, address: str, size: str
) -> bytes:
    """履职公示 for the notice board, on A3 or A4, with the code of its public page."""
    rows = published_rows(publication)
    context = {
        "publication": publication,
        "township": township,
        "size": size,
        "headings": headings(publication.parts),
        "columns": len(publication.parts) + 3,
        "rows": rows,
        "code": qr_code(address),
    }
    template = "groups/papers/publication_poster.html"
    return render_within_pages(
        [render_to_string(template, context | {"room": room}) for room in ROOMS[size]], 1
    )
