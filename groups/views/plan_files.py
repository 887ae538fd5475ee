"""A year's plan as PDF."""

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress import roles
from congress.models import Township
from congress.numerals import full_date
from congress.paper import paper
from congress.pdf import render_pdf
from congress.periods import today
from delegates.decisions import only

from .plan import OnePlan, items_of_year, plans_of_year


@require_safe
@only(roles.reads_group_work)
def plan_pdf(request, year: int):
    """The plans that the user may see, or the one that ``plan`` names, on A4 across."""
    items = list(items_of_year(request.user, year))
    plans = [each for each in plans_of_year(request.user, year, items) if each.items]
    if "plan" in request.GET:
        plans = [each for each in plans if each.key == request.GET["plan"]]
    if not plans:
        raise Http404
    whose = str(plans[0].group or "") if len(plans) == 1 else ""
    return paper(
        request,
        f"{year}年度{whose}工作计划",
        lambda township: _pdf(township, year, plans, whose),
        reverse("plan_year", args=[year]),
    )


def _pdf(township: Township, year: int, plans: list[OnePlan], whose: str) -> bytes:
    name = f"{township.name}{whose or '人大'}"
    context = {
        "township": township,
        "title": f"{name}{year}年度工作计划",
        "plans": plans,
        "issued": _issued(plans),
        "day": today(),
    }
    return render_pdf(render_to_string("groups/papers/year_plan.html", context))


def _issued(plans: list[OnePlan]) -> str:
    """When the last of them was issued; empty while one is still open."""
    days = [each.issue.issued_on for each in plans if each.issue]
    return f"{full_date(max(days))}下发" if len(days) == len(plans) else ""
