"""The sheets that belong to an activity: who came, and what came of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from congress.editing import EditedMeanwhile, save_if_unchanged
from congress.roles import edits_group_work
from delegates.decisions import only
from groups import actions
from groups.attendance import sheet, turnout
from groups.forms.attendance import AttendanceForm
from groups.forms.work import FollowUpFormSet, TransmissionFormSet, VersionForm
from groups.models import Activity
from groups.pages.work import chain_of


def _activity_or_404(request, pk: int) -> Activity:
    visible = Activity.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("group"), pk=pk)


def _context(activity: Activity, title: str, **more) -> dict:
    return {
        "title": title,
        "activity": activity,
        "crumbs": [
            ("活动", reverse("activity_list")),
            (str(activity), activity.get_absolute_url()),
        ],
        "cancel_url": activity.get_absolute_url(),
        **more,
    }


@only(edits_group_work)
def chain(request, pk):
    """To whom the findings were passed on and what came of it, edited together."""
    activity = _activity_or_404(request, pk)
    data = request.POST or None
    version = VersionForm(data, initial={"version": activity.version})
    formsets = {
        "转送": TransmissionFormSet(data, instance=activity, prefix="transmissions"),
        "后续": FollowUpFormSet(data, instance=activity, prefix="follow_ups"),
    }
    context = _context(activity, "转送与后续", form=version, formsets=formsets.items())
    valid = data is not None and [form.is_valid() for form in (version, *formsets.values())]
    if not valid or not all(valid):
        return render(request, "groups/chain_form.html", context)

    def save():
        for formset in formsets.values():
            formset.save()
        return activity

    try:
        save_if_unchanged(activity, version.cleaned_data["version"], save)
    except EditedMeanwhile:
        activity = _activity_or_404(request, pk)
        context["form"] = VersionForm(initial={"version": activity.version})
        context["saved"] = chain_of(activity)
        return render(request, "groups/chain_form.html", context, status=409)
    messages.success(request, f"已保存“{activity}”的转送与后续。")
    return redirect(activity)


@only(edits_group_work)
def attendance(request, pk):
    """Take attendance: the whole sheet is saved together, or shown again with what was typed."""
    activity = _activity_or_404(request, pk)
    form = _attendance_form(request, activity)
    context = _context(activity, "登记出席", form=form, turnout=turnout(activity.attendances.all()))
    if request.method != "POST" or not form.is_valid():
        return render(request, "groups/attendance_form.html", context)
    if "all_present" in request.POST:
        form.mark_all_present()
        messages.info(request, "已全部标为出席，尚未保存；请改好请假、缺席的代表后保存。")
        return render(request, "groups/attendance_form.html", context)
    try:
        save_if_unchanged(
            activity,
            form.cleaned_data["version"],
            lambda: actions.take_attendance(by=request.user, activity=activity, marks=form.marks()),
        )
    except EditedMeanwhile:
        activity = _activity_or_404(request, pk)
        form = _attendance_form(request, activity)
        form.is_valid()
        context["differing"] = form.adopt(activity)
        context["form"] = form
        return render(request, "groups/attendance_form.html", context, status=409)
    messages.success(request, f"已保存“{activity}”的出席情况。")
    return redirect(activity)


def _attendance_form(request, activity: Activity) -> AttendanceForm:
    return AttendanceForm(request.POST or None, activity=activity, lines=sheet(activity))
