"""Work evaluations: units arranged, ballots entered, results told, comments taken up."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.editing import EditedMeanwhile
from congress.models import BallotScales
from congress.privacy import texts_shown_to
from congress.record_views import RecordEdit
from congress.roles import handles_items, keeps_records, reads_group_work
from delegates.decisions import DecisionForm, decide, only, sent
from groups.models import Activity
from voters.actions import (
    add_comments,
    arrange_units,
    enter_unit_ballots,
    may_add_comments,
    may_take_up,
    remove_opinion,
    take_up_opinion,
    tell_results,
)
from voters.actions.evaluations import NO_ATTENDANCE
from voters.ballots import EVALUATORS, check_while_typing
from voters.forms import (
    AftermathForm,
    OpinionsForm,
    TakeUpForm,
    ToldForm,
    UnitBallotsForm,
    UnitsForm,
)
from voters.models import EvaluationComment, UnitEvaluation
from voters.unit_results import ActivityResults, result_of

MINE_ON_A_PAGE = 20


def activity_or_404(user, pk: int) -> Activity:
    """An evaluation that the user sees; other activities have no such pages."""
    visible = Activity.objects.visible_to(user).filter(kind=Activity.Kind.EVALUATION)
    return get_object_or_404(visible.select_related("group"), pk=pk)


def _crumbs(activity: Activity) -> list[tuple[str, str]]:
    return [
        ("活动", reverse("activity_list")),
        (str(activity), activity.get_absolute_url()),
    ]


def _of_results(activity: Activity) -> list[tuple[str, str]]:
    return [*_crumbs(activity), ("测评结果", reverse("evaluation_results", args=[activity.pk]))]


@only(keeps_records)
def units(request, pk: int):
    """Choose the units to be evaluated, at once."""
    activity = activity_or_404(request.user, pk)
    form = UnitsForm(sent(request), activity=activity)
    if request.method == "POST" and form.is_valid():
        try:
            arranged = arrange_units(
                user=request.user,
                activity=activity,
                heads=form.heads,
                method=form.cleaned_data["method"],
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, f"已安排评议{len(arranged)}个单位，可以打印测评票了。")
            return redirect("evaluation_results", activity.pk)
    context = {
        "title": "安排被评议单位",
        "activity": activity,
        "form": form,
        "arranged": activity.unit_evaluations.select_related("unit"),
        "crumbs": _crumbs(activity),
        "cancel_url": activity.get_absolute_url(),
    }
    return render(request, "voters/evaluation_units.html", context)


@only(keeps_records)
def ballots(request, pk: int):
    """The ballots of all units, saved together, or shown again with what was typed."""
    activity = activity_or_404(request.user, pk)
    form = UnitBallotsForm(sent(request), activity=activity)
    differing = None
    if request.method == "POST" and form.is_valid():
        try:
            changed = enter_unit_ballots(
                user=request.user,
                activity=activity,
                entries=form.entries(),
                reason=form.cleaned_data.get("reason", ""),
            )
        except EditedMeanwhile:
            form = UnitBallotsForm(sent(request), activity=activity)
            form.is_valid()
            differing = form.adopt()
        except ValidationError as error:
            form.refuse(error)
        else:
            if changed:
                messages.success(request, f"已保存{len(changed)}个单位的票数。")
            else:
                messages.info(request, "票数没有改动。")
            return redirect("evaluation_results", activity.pk)
    check = check_while_typing(form.scale, EVALUATORS)
    context = {
        "title": "登记测评票数",
        "activity": activity,
        "form": form,
        "differing": differing,
        "no_attendance": NO_ATTENDANCE if form.present is None else "",
        "check": check
        | {"evaluators": {"fields": ["others_present"], "present": form.present or 0}},
        "crumbs": _crumbs(activity),
        "cancel_url": reverse("evaluation_results", args=[activity.pk]),
    }
    status = 200 if differing is None else 409
    return render(request, "voters/evaluation_ballots.html", context, status=status)


@require_safe
@only(reads_group_work)
def results(request, pk: int):
    activity = activity_or_404(request.user, pk)
    found = ActivityResults.of(activity)
    context = {
        "title": f"测评结果：{activity}",
        "activity": activity,
        "results": found,
        "may_edit": keeps_records(request.user),
        "crumbs": _crumbs(activity),
    }
    return render(request, "voters/evaluation_results.html", context)


@only(keeps_records)
def told(request, pk: int):
    """The days on which the results of all units were told, at once."""
    activity = activity_or_404(request.user, pk)
    return decide(
        request,
        form=ToldForm(sent(request)),
        act=lambda **days: tell_results(user=request.user, activity=activity, days=days),
        title="登记报送、反馈日期",
        about=activity,
        meaning="一次登记全部已测评的单位；已有日期的单位不变，要更正的到该单位的页面修改。",
        confirm="登记",
        done=lambda given: "报送、反馈日期已登记。",
        crumbs=_of_results(activity),
    )


@require_safe
@only(handles_items)
def mine(request):
    """评议结果 for a unit: its own, once they were fed back to it."""
    own = UnitEvaluation.objects.visible_to(request.user)
    own = own.select_related("activity", "unit", "second_vote").prefetch_related("comments")
    page = Paginator(own.order_by("-activity__date", "-pk"), MINE_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    for each in texts_shown_to(request.user, page, "demands", "rectification"):
        texts_shown_to(request.user, each.comments.all(), "text")
    scales = BallotScales.load()
    context = {
        "title": "评议结果",
        "page_obj": page,
        "is_paginated": page.has_other_pages(),
        "results": [result_of(each, scales) for each in page],
    }
    return render(request, "voters/evaluation_mine.html", context)


class RecordAftermath(RecordEdit):
    """What became of one unit's result."""

    def get_form_class(self):
        return AftermathForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"title": f"结果运用：{self.object.unit}"}


def _evaluation_or_404(user, pk: int) -> UnitEvaluation:
    visible = UnitEvaluation.objects.visible_to(user).select_related("activity", "unit")
    return get_object_or_404(visible, pk=pk)


def crumbs_of(evaluation: UnitEvaluation) -> list[tuple[str, str]]:
    return [
        *_of_results(evaluation.activity),
        (str(evaluation.unit), evaluation.get_absolute_url()),
    ]


@only(keeps_records)
def comments_add(request, pk: int):
    evaluation = _evaluation_or_404(request.user, pk)
    if not may_add_comments(request.user, evaluation):
        messages.error(request, "尚未测评，不能登记评议意见；请先登记票数。")
        return redirect(evaluation)
    return decide(
        request,
        form=OpinionsForm(sent(request)),
        act=lambda **given: add_comments(user=request.user, evaluation=evaluation, **given),
        title="登记评议意见",
        about=evaluation.unit,
        meaning="测评票上和会上对该单位的意见，反馈时一并告知；可以逐条转为意见建议，交承办单位办理。",
        confirm="登记",
        done=lambda given: "评议意见已登记。",
        crumbs=crumbs_of(evaluation),
    )


def _comment_or_404(request, pk: int) -> EvaluationComment:
    """One that may still be taken up or removed."""
    comments = EvaluationComment.objects.select_related(
        "evaluation__activity", "evaluation__unit", "item"
    )
    comment = get_object_or_404(comments, pk=pk)
    if not may_take_up(request.user, comment):
        raise PermissionDenied
    return comment


@only(keeps_records)
def comment_take_up(request, pk: int):
    comment = _comment_or_404(request, pk)
    return decide(
        request,
        form=TakeUpForm(sent(request), initial={"title": str(comment)}),
        act=lambda **given: take_up_opinion(user=request.user, opinion=comment, **given),
        title="转为意见建议",
        about=comment.text,
        meaning="登记为意见建议，来源为工作评议，由办公室分办；办理情况在该单位的评议页面可以查看。",
        confirm="转为意见建议",
        done=lambda given: f"已转为意见建议“{given['title']}”，请在意见建议中分办。",
        crumbs=crumbs_of(comment.evaluation),
    )


@only(keeps_records)
def comment_remove(request, pk: int):
    comment = _comment_or_404(request, pk)
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: remove_opinion(user=request.user, opinion=comment),
        title="删除评议意见",
        about=comment.text,
        meaning="误登的意见可以删除；已转为意见建议的不能删除。",
        confirm="删除",
        done=lambda given: "评议意见已删除。",
        crumbs=crumbs_of(comment.evaluation),
    )
