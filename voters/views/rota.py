"""The rota: how fair it stands, how it would be made, and two people who change over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from congress import roles
from congress.editing import EditedMeanwhile
from congress.fields import number_sent
from congress.periods import today
from groups.models import DelegateGroup
from voters import rota
from voters.actions import fix_day, save_rota, swap_duties
from voters.models import ReceptionDay, ReceptionDuty
from voters.rota_planning import fingerprint, rota_standing, rota_to_make
from voters.rota_swap import swap_of
from voters.rota_tables import group_tables
from voters.year_plan import plan_year


def rota_year(request, year: int | None = None):
    """Turns of everybody in each group the user sees, as the rota stands."""
    if not roles.reads_group_work(request.user):
        raise PermissionDenied
    year = year or today().year
    planning = rota_standing(year)
    seen = set(DelegateGroup.objects.visible_to(request.user).values_list("pk", flat=True))
    tables = [
        table
        for table in group_tables(planning, rota.make_rota(planning.case))
        if table.group.pk in seen
    ]
    groups = [table.group for table in tables]
    chosen = _chosen_group(request)
    if chosen:
        tables = [table for table in tables if table.group.pk == chosen]
    context = {
        "title": f"{year}年轮值",
        "year": year,
        "tables": tables,
        "groups": groups,
        "chosen": chosen,
        "may_plan": roles.keeps_records(request.user),
        "today": today(),
    }
    return render(request, "voters/rota_year.html", context)


def rota_make(request, year: int):
    """The proposal with its reasons; sent, it is saved if it still is what was shown."""
    roles.require_keeper(request.user)
    group, status = _chosen_group(request), 200
    if request.method == "POST":
        try:
            changed = save_rota(
                user=request.user, year=year, seen=request.POST.get("seen", ""), group=group
            )
        except EditedMeanwhile:
            messages.warning(
                request, "接待日、小组成员或请假情况刚有变动，下面是新排的，尚未保存；请再核对。"
            )
            status = 409
        else:
            messages.success(
                request,
                f"已保存排班，{len(changed)}个接待日的轮值有变动。"
                if changed
                else "轮值与原来相同，没有改动。",
            )
            return redirect("rota_year", year)
    planning = rota_to_make(year, group)
    made = rota.make_rota(planning.case)
    tables = group_tables(planning, made)
    context = {
        "title": f"排{year}年轮值",
        "year": year,
        "tables": [table for table in tables if group in (None, table.group.pk)],
        "groups": [table.group for table in tables],
        "chosen": group,
        "seen": fingerprint(made),
        "has_open": any(
            day.state is rota.DayState.OPEN for table in tables for day, _ in table.days
        ),
        "missing": sum(len(month.missing) for month in plan_year(year).months),
        "crumbs": [(f"{year}年轮值", reverse("rota_year", args=[year]))],
    }
    return render(request, "voters/rota_make.html", context, status=status)


def receptionduty_swap(request, pk: int):
    """Choose whom somebody changes with, see what that does, confirm."""
    roles.require_keeper(request.user)
    duties = ReceptionDuty.objects.select_related("day__group", "mandate__delegate")
    first = get_object_or_404(duties, pk=pk)
    asked = number_sent((request.POST or request.GET).get("with"))
    second = get_object_or_404(duties, pk=asked) if asked else None
    status, context = 200, {}
    if second and request.method == "POST":
        try:
            _swap(request, first, second)
        except EditedMeanwhile:
            messages.warning(request, "轮值刚有变动，没有互换；请核对后再确认。")
            first, second, status = duties.get(pk=first.pk), duties.get(pk=second.pk), 409
        except rota.SwapRefused:
            # Why it is refused is told below, as when the page is only looked at.
            status = 409
        else:
            return redirect(first.day)
    if second:
        try:
            context["swap"] = swap_of(first, second)
        except rota.SwapRefused as refusal:
            context["refusal"] = str(refusal)
    context |= {
        "title": f"换班：{first.mandate.delegate} {first.day.date:%Y-%m-%d}",
        "first": first,
        "second": second,
        "choices": _others(duties, first),
        "crumbs": [(str(first.day), first.day.get_absolute_url())],
    }
    return render(request, "voters/rota_swap.html", context, status=status)


def _others(duties, first: ReceptionDuty) -> list[ReceptionDuty]:
    """With whom somebody can change: those of the group on its other coming days."""
    if first.day.state not in ReceptionDay.STILL_OPEN:
        return []
    return list(
        duties.filter(
            day__group=first.day.group,
            day__state__in=ReceptionDay.STILL_OPEN,
            day__date__gte=today(),
            day__date__year=first.day.date.year,
        )
        .exclude(day=first.day)
        .exclude(mandate__delegate=first.mandate.delegate)
        .order_by("day__date", "pk")
    )


def _swap(request, first: ReceptionDuty, second: ReceptionDuty) -> None:
    swap_duties(
        user=request.user,
        first=first.pk,
        second=second.pk,
        seen=request.POST.get("seen", ""),
        reason=request.POST.get("reason", "").strip()[:200],
    )
    one, other = first.mandate.delegate, second.mandate.delegate
    messages.success(
        request,
        f"{one}与{other}已互换：{first.day.date:%Y-%m-%d}由{other}接待，"
        f"{second.day.date:%Y-%m-%d}由{one}接待。",
    )


@require_POST
def receptionday_fix(request, pk: int):
    """固定 or 放开, from the page of the day."""
    roles.require_keeper(request.user)
    day = get_object_or_404(ReceptionDay, pk=pk)
    is_fixed = request.POST.get("fixed") == "1"
    fix_day(user=request.user, day=day, is_fixed=is_fixed)
    messages.success(
        request,
        "轮值已固定，重新排班时不改动。" if is_fixed else "轮值已放开，重新排班时可以改动。",
    )
    return redirect(day)


def _chosen_group(request) -> int | None:
    return number_sent((request.POST or request.GET).get("group"))
