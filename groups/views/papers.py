"""Paper for an activity."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from congress import roles
from congress.paper import paper
from delegates.decisions import only
from groups import papers
from groups.models import Activity


@require_safe
@only(roles.reads_group_work)
def sign_in_sheet(request, pk: int):
    activity = get_object_or_404(
        Activity.objects.visible_to(request.user).select_related("group"), pk=pk
    )
    return paper(
        request,
        f"{activity}签到表",
        lambda township: papers.sign_in_sheet(activity, township),
        activity.get_absolute_url(),
    )
