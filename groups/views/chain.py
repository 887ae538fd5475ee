"""What an activity found and recommends, to whom that was passed on, and what came of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property

from congress.editing import EditedMeanwhile, save_if_unchanged
from congress.periods import today
from congress.record_delete import RecordDelete
from congress.record_views import RecordAdd, RecordEdit
from congress.roles import edits_group_work
from delegates.decisions import decide, only
from groups import actions
from groups.forms.chain import ReportForm, TellForm
from groups.models import Activity, FollowUp

from .activities import activity_or_404, context_of, crumbs_of


@only(edits_group_work)
def report(request, pk):
    """Findings and recommendations, edited on one page; with ?more it opens again for more rows."""
    activity = activity_or_404(request, pk)
    data = request.POST if request.method == "POST" else None
    form = ReportForm(data, activity=activity, initial={"version": activity.version})
    context = context_of(activity, "发现与建议", form=form)
    if data is None or not form.is_valid():
        return render(request, "groups/report_form.html", context)
    try:
        save_if_unchanged(activity, form.cleaned_data["version"], form.save)
    except EditedMeanwhile:
        current = activity_or_404(request, pk)
        form.data = form.data.copy()
        form.data["version"] = current.version
        context["saved"] = [*current.findings.all(), *current.recommendations.all()]
        return render(request, "groups/report_form.html", context, status=409)
    messages.success(request, f"已保存“{activity}”的发现与建议。")
    if "more" in data:
        return redirect(reverse("activity_report", args=[activity.pk]))
    return redirect(activity)


class OfActivity:
    """A step's pages lead to and from its activity."""

    @property
    def activity(self) -> Activity:
        return self.object.activity

    @property
    def crumbs(self):
        return crumbs_of(self.activity)


class StepAdd(OfActivity, RecordAdd):
    """A new step of the activity that the address names."""

    @cached_property
    def activity(self):
        return activity_or_404(self.request, self.kwargs["pk"])

    def get_initial(self):
        return {"date": today()} | super().get_initial()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"instance": self.model(activity=self.activity)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": f"登记{self.noun}",
            "activity": self.activity,
            "cancel_url": f"{self.activity.get_absolute_url()}#chain",
        }


class StepEdit(OfActivity, RecordEdit):
    def cancel_address(self):
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "activity": self.activity,
            "delete_url": self.address("delete", self.object.pk),
        }


class StepDelete(OfActivity, RecordDelete):
    def form_valid(self, form):
        response = super().form_valid(form)
        gone = response.status_code == 302
        return redirect(f"{self.activity.get_absolute_url()}#chain") if gone else response


@only(edits_group_work)
def tell_delegates(request, pk: int):
    """The delegates who took part were told what came of it (代表法 31)."""
    follow_ups = FollowUp.objects.visible_to(request.user).select_related("activity")
    follow_up = get_object_or_404(follow_ups, pk=pk)
    return decide(
        request,
        form=TellForm(request.POST if request.method == "POST" else None),
        act=lambda told_on: actions.tell_delegates(
            by=request.user, follow_up=follow_up, told_on=told_on
        ),
        title="告知代表",
        about=follow_up.content,
        meaning="记下处理情况告知参加活动的代表的日期（代表法第三十一条）；填错的在“修改”中更正。",
        confirm="已告知",
        done=lambda given: "已记下告知代表的日期。",
        crumbs=crumbs_of(follow_up.activity, "#chain"),
    )
