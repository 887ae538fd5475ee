"""我的活动: what a delegate is invited to, with the own attendance and the own leave."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress import roles
from congress.models import User
from congress.periods import today
from congress.tables import KeyPaginator
from delegates.decisions import decide, only
from groups import leave
from groups.activity_words import agenda_of, days_of, hours_of, organiser_of, place_of
from groups.attendance import mark_of
from groups.forms.leave import AskForm, WithdrawForm
from groups.models import Activity, Attendance, LeaveRequest

PAGE_SIZE = 50
Status = Attendance.Status


@dataclass(frozen=True)
class OwnActivity:
    """An activity as one of those invited sees it."""

    activity: Activity
    attendance: Attendance | None
    request: LeaveRequest | None

    @property
    def is_coming(self) -> bool:
        return self.activity.date >= today()

    @property
    def may_ask(self) -> bool:
        asked = self.request is not None and self.request.is_standing
        return self.is_coming and self.attendance is None and not asked

    @property
    def may_withdraw(self) -> bool:
        asked = self.request is not None and self.request.is_standing
        return self.is_coming and self.attendance is None and asked

    @property
    def state(self) -> tuple[str, str]:
        """(words, class of the colour)."""
        if self.attendance:
            colours = {Status.PRESENT: "done", Status.ABSENT: "overdue"}
            return mark_of(self.attendance).words, colours.get(self.attendance.status, "")
        if self.request and self.request.state != LeaveRequest.State.WITHDRAWN:
            words = f"请假{self.request.get_state_display()}" if self.request.is_waiting else ""
            return words or self.request.get_state_display(), self.request.state_class
        return ("待参加", "in-hand") if self.is_coming else ("未登记", "")

    @property
    def when(self) -> str:
        return " ".join(filter(None, [days_of(self.activity), hours_of(self.activity)]))

    @property
    def place(self) -> str:
        return place_of(self.activity)

    @property
    def organiser(self) -> str:
        return organiser_of(self.activity)

    @property
    def agenda(self) -> list[str]:
        return agenda_of(self.activity)


def own(user: User, activities) -> list[OwnActivity]:
    """These activities with what is the user's own of them; two queries."""
    attendances = Attendance.objects.filter(
        activity__in=activities, mandate__delegate__account=user
    )
    marked = {each.activity_id: each for each in attendances}
    requests: dict[int, LeaveRequest] = {}
    for each in LeaveRequest.objects.of(user).filter(activity__in=activities).order_by("pk"):
        known = requests.get(each.activity_id)
        if known is None or each.is_standing or not known.is_standing:
            requests[each.activity_id] = each
    return [
        OwnActivity(activity, marked.get(activity.pk), requests.get(activity.pk))
        for activity in activities
    ]


def _invited_to(user: User) -> QuerySet:
    return Activity.objects.invited_to(user).select_related("group").prefetch_related("villages")


def _own_or_404(user: User, pk: int) -> OwnActivity:
    return own(user, [get_object_or_404(_invited_to(user), pk=pk)])[0]


@require_safe
@only(roles.may_be_delegate)
def my_activities(request):
    """Those to come, the next one first, or those of before, the last one first."""
    user, day = request.user, today()
    invited = _invited_to(user)
    coming, held = invited.coming(day), invited.held(day)
    shows_held = request.GET.get("which") == "held"
    chosen = held.order_by("-date", "-pk") if shows_held else coming.order_by("date", "pk")
    page = KeyPaginator(chosen, PAGE_SIZE).get_page(request.GET.get("page"))
    held_count = page.paginator.count if shows_held else held.count()
    coming_count = coming.count() if shows_held else page.paginator.count
    context = {
        "title": "我的活动",
        "is_delegate": hasattr(user, "delegate"),
        "shows_held": shows_held,
        "held_count": held_count,
        "coming_count": coming_count,
        "page_obj": page,
        "is_paginated": page.has_other_pages(),
        "rows": own(user, page.object_list),
    }
    return render(request, "groups/my_activities.html", context)


@require_safe
@only(roles.may_be_delegate)
def my_activity(request, pk):
    own_activity = _own_or_404(request.user, pk)
    context = {
        "title": str(own_activity.activity),
        "own": own_activity,
        "activity": own_activity.activity,
        "crumbs": [("我的活动", reverse("my_activities"))],
    }
    return render(request, "groups/my_activity.html", context)


def _crumbs(activity: Activity) -> list[tuple[str, str]]:
    return [
        ("我的活动", reverse("my_activities")),
        (str(activity), reverse("my_activity", args=[activity.pk])),
    ]


@only(roles.may_be_delegate)
def ask(request, pk):
    activity = _own_or_404(request.user, pk).activity
    mandate = leave.invited_mandate(activity, request.user.delegate)
    if mandate is None:
        raise Http404
    whom = f"{activity.group}负责人" if activity.group else "人大办公室"
    return decide(
        request,
        form=AskForm(request.POST or None),
        act=lambda **fields: leave.ask(
            by=request.user, activity=activity, mandate=mandate, **fields
        ),
        title="请假",
        about=f"{activity}，{days_of(activity)}",
        meaning=f"由{whom}批准；批准前后都可以撤回。",
        confirm="提交",
        done=lambda data: f"已提交请假，等待{whom}批准。",
        crumbs=_crumbs(activity),
    )


@only(roles.may_be_delegate)
def withdraw(request, pk):
    own_activity = _own_or_404(request.user, pk)
    if own_activity.request is None:
        raise Http404
    return decide(
        request,
        form=WithdrawForm(request.POST if request.method == "POST" else None),
        act=lambda: leave.withdraw(by=request.user, request=own_activity.request),
        title="撤回请假",
        about=f"{own_activity.activity}，{days_of(own_activity.activity)}",
        meaning="撤回后照常参加；仍不能参加的，请重新请假。",
        confirm="撤回请假",
        done=lambda data: "已撤回请假，请按时参加。",
        crumbs=_crumbs(own_activity.activity),
    )
