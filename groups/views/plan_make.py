"""Making the plan of a year: from last year's, a template, the usual set, or item by item."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from congress import roles
from congress.editing import EditedMeanwhile
from congress.fields import number_sent
from congress.record_pages import RecordPages
from congress.tables import Column
from delegates.decisions import DecisionForm, decide, only
from groups import plan_making, planning
from groups.models import PlanItem, PlanTemplate

from .plan import groups_of_year


def _crumbs(year: int) -> list[tuple[str, str]]:
    return [("年度计划", reverse("plan")), (f"{year}年", reverse("plan_year", args=[year]))]


@only(roles.runs_the_year)
def plan_make(request, year: int):
    """Choose where to begin; look it over; what is ticked is added to the plan."""
    groups = groups_of_year(request.user, year)
    source = request.POST.get("source") or request.GET.get("source")
    if not source:
        return _choices(request, year)
    status = 200
    if request.method == "POST":
        chosen = {number_sent(place) for place in request.POST.getlist("item")}
        try:
            items = plan_making.make(
                by=request.user,
                year=year,
                source=source,
                groups=groups,
                chosen=chosen,
                seen=request.POST.get("seen", ""),
            )
        except EditedMeanwhile:
            messages.warning(request, "计划刚才有了变化，没有增加；请核对后再确认。")
            status = 409
        else:
            if items:
                messages.success(
                    request, f"已列入{year}年度计划{len(items)}项，接下来可以逐项修改，再下发。"
                )
            else:
                messages.info(request, "没有勾选项目，没有增加。")
            return redirect("plan_year", year)
    draft = plan_making.draft(year, source, groups)
    if draft is None:
        raise Http404
    context = {
        "title": f"编制{year}年度计划",
        "year": year,
        "source": source,
        "draft": draft,
        "plans": _by_plan(draft.items),
        "crumbs": [*_crumbs(year), ("编制", reverse("plan_make", args=[year]))],
    }
    return render(request, "groups/plan_make.html", context, status=status)


def _choices(request, year: int):
    context = {
        "title": f"编制{year}年度计划",
        "year": year,
        "last_year": year - 1,
        "last_count": PlanItem.objects.filter(year=year - 1).count(),
        "templates": PlanTemplate.objects.select_related("by"),
        "crumbs": _crumbs(year),
    }
    return render(request, "groups/plan_make_choice.html", context)


def _by_plan(items: tuple[PlanItem, ...]) -> list[tuple[str, list[tuple[int, PlanItem]]]]:
    """(organiser, its items each with its place in the draft); the township first."""
    plans: dict[str, list[tuple[int, PlanItem]]] = {planning.TOWNSHIP: []}
    for place, item in enumerate(items):
        plans.setdefault(str(item.group or planning.TOWNSHIP), []).append((place, item))
    return [(name, found) for name, found in plans.items() if found]


class TemplateForm(DecisionForm):
    name = forms.CharField(label="模板名称", max_length=50)


@only(roles.runs_the_year)
def plan_keep(request, year: int):
    """Keep the plan of a year as a template."""
    count = PlanItem.objects.filter(year=year).count()

    def act(name):
        if not count:
            raise ValidationError(f"还没有{year}年度计划，不能保存为模板。")
        plan_making.keep_as_template(by=request.user, year=year, name=name)

    return decide(
        request,
        form=TemplateForm(request.POST or None, initial={"name": f"{year}年计划"}),
        act=act,
        title="保存为模板",
        about=f"{year}年度计划（{count}项）",
        meaning="以后编制年度计划时可以选用。各小组相同的项目只保存一次，用时每个小组一项。",
        confirm="保存为模板",
        done=lambda values: f"已保存为模板“{values['name']}”。",
        crumbs=_crumbs(year),
    )


class PlanTemplatePages(RecordPages):
    model = PlanTemplate
    measure = "个"
    select_related = ("by",)
    when_empty = "还没有模板。在某一年的计划页面，可以把该年计划保存为模板。"
    may_read = staticmethod(roles.runs_the_year)
    may_edit = staticmethod(roles.runs_the_year)
    without = frozenset({"add", "edit"})
    columns = (
        Column("名称", "name", ("name",), width=30),
        Column("取自", lambda template: f"{template.kept_from}年", ("kept_from",)),
        Column("保存日期", "kept_on", ("kept_on",)),
        Column("保存人", "by.name", ("by",)),
    )
    facts = (
        "name",
        (lambda template: f"{template.kept_from}年", "取自"),
        "kept_on",
        ("by.name", "保存人"),
    )

    @classmethod
    def related(cls, template, user):
        return {"items": template.items.all()}
