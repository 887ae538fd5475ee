"""A duty report's year: who is due, what was counted and told when it was held."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from congress.record_views import RecordEdit
from congress.roles import keeps_records
from delegates.decisions import DecisionForm, decide, only, sent
from voters.actions import (
    add_opinions,
    may_add_opinions,
    may_take_up,
    plan_reports,
    remove_opinion,
    take_up_opinion,
)
from voters.ballots import check_while_typing, too_few_voters
from voters.duty_plan import DutyPlan
from voters.forms import BallotForm, EventForm, OpinionsForm, PlanForm, TakeUpForm
from voters.models import DutyOpinion, DutyReport


class RecordBallots(RecordEdit):
    def get_form_class(self):
        return BallotForm

    def get_template_names(self):
        return ["voters/ballot_form.html"]

    def form_valid(self, form):
        response = super().form_valid(form)
        report = form.instance
        if report.is_held and (remark := too_few_voters(report, form.scale)):
            messages.warning(self.request, remark)
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        scale = context["form"].scale
        return context | {
            "title": f"登记测评：{self.object}",
            "check": check_while_typing(scale) | {"least": scale.least_present},
        }


class RecordEvent(RecordEdit):
    def get_form_class(self):
        return EventForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"title": f"登记述职情况：{self.object}"}


def crumbs_of(report: DutyReport) -> list[tuple[str, str]]:
    return [("述职", reverse("dutyreport_list")), (str(report), report.get_absolute_url())]


@only(keeps_records)
def opinions_add(request, pk: int):
    report = get_object_or_404(DutyReport.objects.select_related("mandate__delegate"), pk=pk)
    if not may_add_opinions(request.user, report):
        messages.error(request, "尚未述职，不能登记选民意见；请先登记测评结果。")
        return redirect(report)
    return decide(
        request,
        form=OpinionsForm(sent(request)),
        act=lambda **given: add_opinions(user=request.user, report=report, **given),
        title="登记选民意见",
        about=report,
        meaning="述职会上选民提出的意见，登记后可以逐条转为意见建议，交承办单位办理。",
        confirm="登记",
        done=lambda given: "选民意见已登记。",
        crumbs=crumbs_of(report),
    )


def _opinion_or_404(request, pk: int) -> DutyOpinion:
    """One that may still be taken up or removed."""
    opinions = DutyOpinion.objects.select_related("report__mandate__delegate", "item")
    opinion = get_object_or_404(opinions, pk=pk)
    if not may_take_up(request.user, opinion):
        raise PermissionDenied
    return opinion


@only(keeps_records)
def opinion_take_up(request, pk: int):
    opinion = _opinion_or_404(request, pk)
    return decide(
        request,
        form=TakeUpForm(sent(request), initial={"title": str(opinion)}),
        act=lambda **given: take_up_opinion(user=request.user, opinion=opinion, **given),
        title="转为意见建议",
        about=opinion.text,
        meaning="登记为意见建议，来源为述职，由办公室分办；办理情况在述职页面可以查看。",
        confirm="转为意见建议",
        done=lambda given: f"已转为意见建议“{given['title']}”，请在意见建议中分办。",
        crumbs=crumbs_of(opinion.report),
    )


@only(keeps_records)
def opinion_remove(request, pk: int):
    opinion = _opinion_or_404(request, pk)
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: remove_opinion(user=request.user, opinion=opinion),
        title="删除选民意见",
        about=opinion.text,
        meaning="误登的意见可以删除；已转为意见建议的不能删除。",
        confirm="删除",
        done=lambda given: "选民意见已删除。",
        crumbs=crumbs_of(opinion.report),
    )


@only(keeps_records)
def duty_plan(request, year: int):
    """Choose who reports this year and when."""
    plan = DutyPlan(year)
    form = PlanForm(sent(request), plan=plan)
    address = f"{reverse('dutyreport_list')}?year={year}"
    if request.method == "POST" and form.is_valid():
        try:
            reports = plan_reports(
                user=request.user,
                year=year,
                months=form.months,
                again=form.cleaned_data["again"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已安排{len(reports)}名代表{year}年向选民述职。")
            return redirect(address)
    context = {
        "title": f"{year}年述职安排",
        "crumbs": [("述职", address)],
        "year": year,
        "years": (year - 1, year + 1),
        "plan": plan,
        "form": form,
    }
    return render(request, "voters/duty_plan.html", context)
