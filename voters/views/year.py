"""The reception days of a year, made for all groups at once."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from congress import roles
from congress.editing import EditedMeanwhile
from voters.actions import make_year
from voters.year_plan import plan_year


def calendar_plan(request, year: int):
    """What the rule gives and what is there already; sent, the months chosen are made."""
    roles.require_keeper(request.user)
    status = 200
    if request.method == "POST":
        chosen = request.POST.getlist("month")
        months = {month for month in range(1, 13) if str(month) in chosen}
        try:
            days = make_year(
                user=request.user, year=year, months=months, seen=request.POST.get("seen", "")
            )
        except EditedMeanwhile:
            messages.warning(request, "刚才有人改动了接待日或规定，没有增加；请核对后再确认。")
            status = 409
        else:
            if days:
                messages.success(
                    request, f"已安排{year}年接待选民日{len(days)}次，接下来可以排班。"
                )
            else:
                messages.info(request, "所选月份不缺接待日，没有增加。")
            return redirect("calendar_year", year)
    plan = plan_year(year)
    context = {
        "title": f"安排{year}年接待选民日",
        "year": year,
        "plan": plan,
        "has_future": any(month.to_make and not month.is_past for month in plan.months),
        "crumbs": [("全年日历", reverse("calendar_year", args=[year]))],
    }
    return render(request, "voters/calendar_plan.html", context, status=status)
