"""The calendar of reception days: a year, a month, and the feed for phones."""

import calendar
import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from congress import roles
from congress.fields import number_sent
from congress.periods import today
from delegates.models import Delegate
from voters.actions.calendar_feeds import remove_address, renew_address
from voters.calendar import (
    by_group_and_month,
    days_of,
    entries,
    reception_hours,
    with_last_event,
)
from voters.calendar_feed import CONTENT_TYPE, calendar_file
from voters.models import CalendarFeed, ReceptionDay

#: How far back the feed goes, in days.
FEED_KEEPS = 400


def calendar_year(request, year: int | None = None):
    """A row a group, a column a month; a group can be chosen where there are several."""
    user = _reader(request)
    year = year or today().year
    shown = entries(days_of(user, datetime.date(year, 1, 1), datetime.date(year, 12, 31)), user)
    table = by_group_and_month(shown)
    groups = [group for group, _ in table]
    chosen = number_sent(request.GET.get("group"))
    if chosen:
        table = [(group, months) for group, months in table if group.pk == chosen]
    context = {
        "title": f"{year}年接待选民日",
        "year": year,
        "table": table,
        "months": range(1, 13),
        "groups": groups,
        "chosen": chosen,
        "own_turns": sum(entry.is_own for entry in shown),
        "hours": reception_hours(),
        "may_plan": roles.keeps_records(user),
        "may_open": roles.reads_group_work(user),
    }
    return render(request, "voters/calendar_year.html", context)


def calendar_month(request, year: int, month: int):
    user = _reader(request)
    if not 1 <= month <= 12:
        raise Http404
    first = datetime.date(year, month, 1)
    last = first.replace(day=calendar.monthrange(year, month)[1])
    context = {
        "title": f"{year}年{month}月接待选民日",
        "year": year,
        "entries": entries(days_of(user, first, last), user),
        "before": first - datetime.timedelta(days=1),
        "after": last + datetime.timedelta(days=1),
        "hours": reception_hours(),
        "may_open": roles.reads_group_work(user),
        "crumbs": [(f"{year}年日历", reverse("calendar_year", args=[year]))],
    }
    return render(request, "voters/calendar_month.html", context)


def calendar_address(request):
    """The user's own secret address: created, renewed, removed."""
    user = _reader(request)
    if request.method == "POST":
        return _change_address(request)
    feed = CalendarFeed.objects.filter(user=user).first()
    address = ""
    if feed:
        address = request.build_absolute_uri(reverse("calendar_feed", args=[feed.token]))
    context = {
        "title": "在手机日历中查看",
        "address": address,
        "only_own": roles.is_delegate(user),
        "crumbs": [("全年日历", reverse("calendar"))],
    }
    return render(request, "voters/calendar_address.html", context)


def _change_address(request):
    if request.POST.get("action") == "remove":
        remove_address(user=request.user)
        messages.success(request, "已停用订阅地址，手机日历不再更新。")
    else:
        is_first = renew_address(user=request.user)
        messages.success(
            request,
            "已生成订阅地址。" if is_first else "已换新地址，原地址不再有效，请在手机上重新订阅。",
        )
    return redirect("calendar_address")


@login_not_required
def calendar_feed(request, secret: str):
    """What the owner of the address may see now; a delegate's phone gets the own turns only."""
    feed = get_object_or_404(
        CalendarFeed.objects.select_related("user"), token=secret, user__is_active=True
    )
    user = feed.user
    if not roles.reads_calendar(user):
        raise Http404
    day = today()
    days = days_of(
        user, day - datetime.timedelta(days=FEED_KEEPS), datetime.date(day.year + 1, 12, 31)
    )
    if roles.is_delegate(user):
        own = ReceptionDay.objects.filter(on_duty__delegate__account=user)
        days = days.filter(pk__in=own.values("pk"))
    person = Delegate.objects.filter(account=user).values_list("pk", flat=True).first()
    content = calendar_file(
        with_last_event(days), "接待选民日", reception_hours(), request.get_host(), person
    )
    return HttpResponse(
        content,
        content_type=CONTENT_TYPE,
        headers={
            "Content-Disposition": 'inline; filename="reception-days.ics"',
            "Cache-Control": "private, no-store",
            "Referrer-Policy": "no-referrer",
        },
    )


def _reader(request):
    if not roles.reads_calendar(request.user):
        raise PermissionDenied
    return request.user
