"""清除选民联系方式: what is due is shown, then cleared; the secretary's."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse

from congress.editing import EditedMeanwhile
from congress.roles import runs_the_year
from voters.actions import clear_due
from voters.clearing import SHOWN, due_now


def contact_clearing(request):
    if not runs_the_year(request.user):
        raise PermissionDenied
    status = 200
    if request.method == "POST":
        try:
            cleared = clear_due(user=request.user, seen=request.POST.get("seen", ""))
        except EditedMeanwhile:
            messages.warning(request, "应清除的来访已有变化，没有清除；请核对后再确认。")
            status = 409
        else:
            messages.success(request, f"已清除{cleared}次来访的联系方式。")
            return redirect("contact_clearing")
    due = due_now()
    visits = due.visits.select_related("day__group")
    context = {
        "title": "清除选民联系方式",
        "crumbs": [("来访登记", reverse("visit_list"))],
        "due": due,
        "rows": [(visit, visit.phone_masked) for visit in visits[:SHOWN]],
        "most": SHOWN,
    }
    return render(request, "voters/privacy/clearing.html", context, status=status)
