"""Taking attendance: on a phone in the room, several people at once."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from congress.editing import EditedMeanwhile, save_if_unchanged
from congress.log_in.lifetime import is_not_use
from congress.roles import edits_group_work
from delegates.decisions import only
from groups import actions
from groups.attendance import Line, may_be_invited, sheet, taken
from groups.forms.attendance import MANY, AttendanceForm
from groups.models import Activity

NOT_SAVED_YET = "尚未保存；请改好请假、缺席的代表后保存。"


def activity_or_404(request, pk: int) -> Activity:
    """One that the user sees."""
    visible = Activity.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("group"), pk=pk)


def crumbs_of(activity: Activity, part: str = "") -> list[tuple[str, str]]:
    """The way to a page below that of the activity, or to a part of it."""
    address = f"{activity.get_absolute_url()}{part}"
    return [("活动", reverse("activity_list")), (str(activity), address)]


def context_of(activity: Activity, title: str, **more) -> dict:
    """Context of a page below that of the activity."""
    return {
        "title": title,
        "activity": activity,
        "crumbs": crumbs_of(activity),
        "cancel_url": activity.get_absolute_url(),
        **more,
    }


@only(edits_group_work)
def attendance(request, pk):
    """Take attendance: the whole sheet is saved together, or shown again with what was typed."""
    activity = activity_or_404(request, pk)
    late = _invited_on_the_spot(request, activity)
    lines = sheet(activity, late)
    form = _form(request, activity, lines)
    if request.method != "POST" or not form.is_valid():
        return _show(request, activity, form, late)
    if group := request.POST.get("all_present"):
        form.mark_all_present(group)
        messages.info(request, f"已全部标为出席，{NOT_SAVED_YET}")
        return _show(request, activity, form, late)
    if "invite" in request.POST:
        return _show(request, activity, _with_newcomer(request, form, late), late)
    try:
        save_if_unchanged(
            activity,
            form.cleaned_data["version"],
            lambda: actions.take_attendance(
                by=request.user,
                activity=activity,
                marks=form.marks(),
                seen=form.seen_marks(),
                rest_not_asked=form.cleaned_data["rest_not_asked"],
            ),
        )
    except EditedMeanwhile:
        activity = activity_or_404(request, pk)
        form = _form(request, activity, sheet(activity, late))
        form.is_valid()
        differing = form.adopt(activity)
        return _show(request, activity, form, late, status=409, differing=differing)
    turnout = taken(activity, sheet(activity)).turnout
    left = f"，还有{turnout.unmarked}名未登记" if turnout.unmarked else ""
    messages.success(request, f"已保存“{activity}”的出席情况：实到{turnout.present}名{left}。")
    return redirect(activity)


def _form(request, activity: Activity, lines: list[Line]) -> AttendanceForm:
    return AttendanceForm(
        request.POST or None, activity=activity, lines=lines, approver=request.user.name
    )


def _show(request, activity: Activity, form: AttendanceForm, late: list[int], status=200, **more):
    listed = {line.mandate.delegate_id for line in form.lines}
    others = may_be_invited(activity).exclude(delegate__in=listed).select_related("delegate")
    groups = list(dict.fromkeys(line.group for line in form.lines))
    context = context_of(
        activity,
        "登记出席",
        form=form,
        rows=list(form.rows()),
        taken=taken(activity, form.lines),
        groups=groups if len(groups) > 1 else [],
        is_long=len(form.lines) > MANY,
        others=others.order_by("delegate__name", "pk"),
        late=late,
        **more,
    )
    return render(request, "groups/attendance_form.html", context, status=status)


def _invited_on_the_spot(request, activity: Activity) -> list[int]:
    """Mandates that this form has added to the sheet, and the one chosen just now."""
    names = ["late", "newcomer"] if "invite" in request.POST else ["late"]
    chosen = {int(key) for name in names for key in request.POST.getlist(name) if key.isdecimal()}
    if not chosen:
        return []
    return list(may_be_invited(activity).filter(pk__in=chosen).values_list("pk", flat=True))


def _with_newcomer(request, form: AttendanceForm, late: list[int]) -> AttendanceForm:
    key = request.POST.get("newcomer", "")
    if key.isdecimal() and int(key) in late:
        form.mark_present(int(key))
        messages.info(request, f"已加入名单并标为出席，{NOT_SAVED_YET}")
    else:
        messages.warning(request, "请先选择要加入名单的代表。")
    return form


@is_not_use
@require_safe
@only(edits_group_work)
def marks(request, pk):
    """How everybody is marked now, for the pages that stay open meanwhile."""
    activity = activity_or_404(request, pk)
    lines = sheet(activity)
    numbers = taken(activity, lines)
    return JsonResponse(
        {
            "version": activity.version,
            "rest_not_asked": activity.rest_not_asked,
            "marks": {line.mandate.pk: line.mark for line in lines},
            "signed_in": {
                line.mandate.pk: timezone.localtime(line.signed_in_at).strftime("%H:%M")
                for line in lines
                if line.signed_in_at
            },
            "expected": numbers.turnout.expected,
            "present": numbers.turnout.present,
        }
    )
