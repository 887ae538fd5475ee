"""Leave as leaders and office enter and decide it."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from congress.roles import edits_group_work, leads_group
from delegates.decisions import decide, only
from groups import leave
from groups.activity_words import days_of
from groups.forms.leave import ApproveForm, EnterForm, RefuseForm, WithdrawForm
from groups.models import Activity, LeaveRequest


@only(edits_group_work)
def enter(request, pk):
    """For somebody who telephoned or left word."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    return decide(
        request,
        form=EnterForm(request.POST or None, activity=activity, user=request.user),
        act=lambda **fields: leave.ask(by=request.user, activity=activity, **fields),
        title="代为登记请假",
        about=f"{activity}，{days_of(activity)}",
        meaning="为打电话、捎话请假的代表登记。写明批准人的即为准假，登记出席时预先标为请假。",
        confirm="登记",
        done=lambda data: (
            f"已登记{data['mandate'].delegate}请假"
            + ("，已准假。" if data["approved_by"] else "，待批准。")
        ),
        crumbs=[("活动", reverse("activity_list")), (str(activity), activity.get_absolute_url())],
    )


def _decision(request, pk, *, form, act, title, meaning, confirm, done):
    asked = get_object_or_404(
        LeaveRequest.objects.visible_to(request.user).select_related(
            "activity", "mandate__delegate"
        ),
        pk=pk,
    )
    return decide(
        request,
        form=form,
        act=lambda **fields: act(by=request.user, request=asked, **fields),
        title=title,
        about=f"{asked.mandate.delegate}，{asked.activity}，{days_of(asked.activity)}，"
        f"{asked.get_reason_display()}",
        meaning=meaning,
        confirm=confirm,
        done=lambda data: f"{done}{asked.mandate.delegate}的请假。",
        crumbs=[("请假", reverse("leaverequest_list")), (str(asked), asked.get_absolute_url())],
    )


@only(edits_group_work)
def approve(request, pk):
    own_name = request.user.name if leads_group(request.user) else ""
    return _decision(
        request,
        pk,
        form=ApproveForm(request.POST or None, initial={"approved_by": own_name}),
        act=leave.approve,
        title="准假",
        meaning="准假后，登记出席时预先标为请假，并写明事由和批准人。",
        confirm="准假",
        done="已批准",
    )


@only(edits_group_work)
def refuse(request, pk):
    return _decision(
        request,
        pk,
        form=RefuseForm(request.POST or None),
        act=leave.refuse,
        title="不准假",
        meaning="写明原因；代表仍在应到之列，可以另行请假。",
        confirm="不准假",
        done="没有批准",
    )


@only(edits_group_work)
def withdraw(request, pk):
    return _decision(
        request,
        pk,
        form=WithdrawForm(request.POST if request.method == "POST" else None),
        act=leave.withdraw,
        title="撤回请假",
        meaning="代表照常参加的，撤回请假；这条记录保留。",
        confirm="撤回",
        done="已撤回",
    )
