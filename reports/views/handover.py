"""The page and the paper of the handover; those who read all see what stands open."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress import audit, roles
from congress.models import Township
from congress.numerals import full_date
from congress.paper import paper
from congress.pdf import render_pdf
from congress.periods import today
from delegates.decisions import only
from reports.handover import CHECKLIST, handover


@require_safe
@only(roles.reads_all)
def handover_page(request):
    context = {
        "title": "工作交接",
        "day": today(),
        "sections": handover(request.user, today()),
        "checklist": CHECKLIST,
    }
    return render(request, "reports/handover.html", context)


@require_safe
@only(roles.reads_all)
def handover_paper(request):
    day = today()

    def make(township: Township) -> bytes:
        context = {
            "title": f"{township}人大工作交接书",
            "township": township,
            "day": day,
            "sections": handover(request.user, day),
            "checklist": CHECKLIST,
        }
        audit.note(audit.Kind.PRINT, f"打印工作交接书（{full_date(day)}）")
        return render_pdf(render_to_string("reports/papers/handover.html", context))

    return paper(request, f"工作交接书{day.isoformat()}", make, reverse("handover"))
