"""A recommendation of an activity taken up as an item, and the paper that tells the whole chain."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.paper import paper
from congress.periods import today
from congress.roles import keeps_records, reads_group_work
from delegates.decisions import decide, only
from groups.models import Activity, Recommendation
from voters.actions import take_up_recommendation
from voters.chain_paper import chain_paper
from voters.forms import TakeUpRecommendationForm
from voters.models import FeedbackItem


@only(keeps_records)
def take_up(request, pk: int):
    """As an item or a formal suggestion; sent twice it leads to the one it became."""
    lines = Recommendation.objects.visible_to(request.user).select_related("activity")
    line = get_object_or_404(lines, pk=pk)
    taken = FeedbackItem.objects.filter(recommendation=line).first()
    if taken:
        messages.info(request, f"这条建议已转为{taken.noun}{taken.number}。")
        return redirect(taken)
    made = []
    activity = line.activity
    return decide(
        request,
        form=TakeUpRecommendationForm(
            request.POST if request.method == "POST" else None, recommendation=line
        ),
        act=lambda **given: made.append(
            take_up_recommendation(user=request.user, recommendation=line, **given)
        ),
        title="交办建议",
        about=f"{line.addressee}：{line.text}" if line.addressee else line.text,
        meaning="登记后按意见建议办理：分办、签收、答复、告知；办理情况在活动页面可以查看。",
        confirm="登记",
        done=lambda given: f"已登记{made[0].noun}{made[0].number}，请在意见建议中分办。",
        crumbs=[
            ("活动", reverse("activity_list")),
            (str(activity), f"{activity.get_absolute_url()}#taken-up"),
        ],
    )


@require_safe
@only(reads_group_work)
def activity_paper(request, pk: int):
    """视察调研情况: one paper with everything from the activity to what is still open."""
    activities = Activity.objects.visible_to(request.user).select_related("group")
    activity = get_object_or_404(activities, pk=pk)
    return paper(
        request,
        f"{activity}情况",
        lambda township: chain_paper(activity, today(), township),
        activity.get_absolute_url(),
    )
