"""The plan of a year: its page with the year strip, the page a leader edits it on, its issue."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from congress import roles
from congress.grid_chart import GridCell, GridRow, grid_chart
from congress.models import User
from congress.periods import Period, today
from delegates.decisions import only
from groups import plan, planning
from groups.models import DelegateGroup, PlanIssue, PlanItem
from groups.year_strip import MONTHS, StripRow, strip_rows


def plan_address(year: int, group_id: int | None) -> str:
    """The page on which one plan is edited."""
    if group_id is None:
        return reverse("township_plan", args=[year])
    return reverse("group_plan", args=[year, group_id])


@dataclass(frozen=True)
class OnePlan:
    """The plan of the township (``group`` is None) or of a group: its items, with their states."""

    year: int
    group: DelegateGroup | None
    items: tuple[tuple[PlanItem, plan.PlanState], ...]
    issue: PlanIssue | None
    may_edit: bool

    @property
    def name(self) -> str:
        return str(self.group or planning.TOWNSHIP)

    @property
    def key(self) -> str:
        """As forms name it."""
        return str(self.group.pk) if self.group else "township"

    @property
    def address(self) -> str:
        return plan_address(self.year, self.group and self.group.pk)

    @property
    def late(self) -> int:
        return sum(state == plan.LATE for _, state in self.items)


def groups_of_year(user: User, year: int) -> list[DelegateGroup]:
    """Those the user may see that were there in that year, or have planned for it."""
    days = Period.of_year(year)
    there = Q(start__lte=days.last) & (Q(end__isnull=True) | Q(end__gt=days.first))
    planned = PlanItem.objects.filter(year=year, group__isnull=False).values("group")
    visible = DelegateGroup.objects.visible_to(user)
    return list(visible.filter(there | Q(pk__in=planned)).order_by("term", "ordinal", "pk"))


def items_of_year(user: User, year: int):
    """The year's items that the user may see, with progress as of today."""
    items = PlanItem.objects.visible_to(user).filter(year=year).select_related("group")
    return plan.with_progress(items, today()).order_by("number", "pk")


def plans_of_year(user: User, year: int, items: list[PlanItem]) -> list[OnePlan]:
    """The township's plan first, where the user may see it, then those of the groups."""
    groups = groups_of_year(user, year)
    issues = {each.group_id: each for each in PlanIssue.objects.filter(year=year)}
    led = {each.pk for each in groups} if roles.leads_group(user) else set()
    plans = []
    for group in [*([None] if roles.reads_all(user) else []), *groups]:
        key = group and group.pk
        plans.append(
            OnePlan(
                year,
                group,
                tuple(
                    (item, plan.state_of(item, today())) for item in items if item.group_id == key
                ),
                issues.get(key),
                roles.keeps_records(user) or key in led,
            )
        )
    return plans


@only(roles.reads_group_work)
def plan_year(request, year: int | None = None):
    """The year strip, each plan with its items, and what was changed since they were issued."""
    user, year = request.user, year or today().year
    items = list(items_of_year(user, year))
    plans = plans_of_year(user, year, items)
    done = plan.done_by_month(PlanItem.objects.visible_to(user).filter(year=year), year, today())
    planned = [each.group for each in plans if each.items]
    rows = strip_rows(items, done, planned, year, today())
    changes = planning.changes_of(user, year)
    context = {
        "title": f"{year}年度工作计划",
        "year": year,
        # An address takes the years from 1900 to 2099.
        "years": [each for each in (year - 1, year, year + 1) if 1900 <= each <= 2099],
        "plans": plans,
        "items": items,
        "rows": rows,
        "months": _by_month(rows),
        "charts": [_chart(year, rows, upright) for upright in (False, True)] if rows else [],
        "changes": changes[:50],
        "more_changes": max(changes.count() - 50, 0),
        "late": sum(each.late for each in plans),
        "may_issue": roles.runs_the_year(user)
        and any(each.items and not each.issue for each in plans),
        "may_edit": roles.edits_group_work(user),
        "may_make": roles.runs_the_year(user),
        "crumbs": [("年度计划", reverse("plan"))],
    }
    return render(request, "groups/plan_year.html", context)


def _chart(year: int, rows: list[StripRow], upright: bool):
    return grid_chart(
        f"{year}年计划按月完成情况（完成数/计划数）",
        [f"{month}月" for month in MONTHS],
        [
            GridRow(
                row.label, [GridCell(str(each), each.word, each.css_class) for each in row.cells]
            )
            for row in rows
        ],
        upright=upright,
    )


def _by_month(rows: list[StripRow]) -> list[tuple[int, list]]:
    """(month, the cell of each organiser with its list): the table beneath the strip."""
    return [
        (month, [(row.cells[month - 1], row.group.pk if row.group else "null") for row in rows])
        for month in MONTHS
    ]


@only(roles.runs_the_year)
def plan_issue(request, year: int):
    """下发: from then on each change of these plans needs a reason."""
    items = list(items_of_year(request.user, year))
    plans = [each for each in plans_of_year(request.user, year, items) if each.items]
    error = ""
    if request.method == "POST":
        chosen = request.POST.getlist("plan")
        groups = [each.group for each in plans if each.key in chosen]
        try:
            made = planning.issue(by=request.user, year=year, groups=groups)
        except ValidationError as refused:
            error = " ".join(refused.messages)
        else:
            if made:
                names = "、".join(str(each.group or planning.TOWNSHIP) for each in made)
                messages.success(
                    request, f"已下发{year}年度计划：{names}。以后的变更须写明原因并留存。"
                )
                return redirect("plan_year", year)
            error = "请勾选要下发的计划。"
    context = {
        "title": f"下发{year}年度计划",
        "year": year,
        "plans": plans,
        "error": error,
        "has_open": any(not each.issue for each in plans),
        "crumbs": [
            ("年度计划", reverse("plan")),
            (f"{year}年", reverse("plan_year", args=[year])),
        ],
    }
    return render(request, "groups/plan_issue.html", context, status=400 if error else 200)


def group_of(user: User, pk: int | None) -> DelegateGroup | None:
    """The group whose plan is asked for; the township's is the office's and the chair's."""
    if pk is None:
        if not roles.reads_all(user):
            raise Http404
        return None
    return get_object_or_404(DelegateGroup.objects.visible_to(user), pk=pk)


@only(roles.edits_group_work)
def move_item(request, pk: int):
    """Up or down by one place in its plan."""
    item = get_object_or_404(PlanItem.objects.visible_to(request.user), pk=pk)
    if not planning.may_plan_for(request.user, item.group_id):
        raise PermissionDenied
    if request.method == "POST":
        try:
            planning.move(by=request.user, item=item, up="up" in request.POST)
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
    return HttpResponseRedirect(f"{plan_address(item.year, item.group_id)}#item-{item.pk}")
