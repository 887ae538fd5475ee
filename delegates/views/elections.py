"""An election at a session: who stands, what was counted, the next round."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from congress.editing import EditedMeanwhile, save_if_unchanged
from congress.roles import keeps_records
from delegates import actions
from delegates.assembly import assembly_of_election, turnout_of
from delegates.decisions import DecisionForm, decide, only, sent
from delegates.forms.elections import NextRoundForm, VotesForm, candidate_rows
from delegates.forms.sessions import VersionForm
from delegates.models import Election

CHANGED = "他人刚刚保存过这项选举，您的填写尚未保存；请核对下面的内容，再次保存即以您填写的为准。"


def election_or_404(pk: int) -> Election:
    return get_object_or_404(Election.objects.select_related("session__term"), pk=pk)


def crumbs_of_election(election: Election) -> list[tuple[str, str]]:
    session = election.session
    return [
        ("会议", reverse("session_list")),
        (str(session), session.get_absolute_url()),
        (str(election), election.get_absolute_url()),
    ]


def _context(election: Election, title: str, **more) -> dict:
    return {
        "title": title,
        "election": election,
        "crumbs": crumbs_of_election(election),
        "cancel_url": election.get_absolute_url(),
        **more,
    }


@only(keeps_records)
def candidates(request, pk):
    """Who stands, edited together."""
    election = election_or_404(pk)
    if election.is_counted:
        messages.error(request, actions.COUNTED)
        return redirect(election)
    rows = candidate_rows(sent(request), election)
    version = VersionForm(sent(request), initial={"version": election.version})
    context = _context(election, "候选人", form=version, rows=rows)
    page = "delegates/election_candidates.html"
    if request.method != "POST" or not all([rows.is_valid(), version.is_valid()]):
        return render(request, page, context)
    try:
        save_if_unchanged(
            election,
            version.cleaned_data["version"],
            lambda: actions.name_candidates(
                by=request.user, election=election, candidates=rows.candidates()
            ),
        )
    except EditedMeanwhile:
        current = election_or_404(pk)
        context |= {
            "form": VersionForm(initial={"version": current.version}),
            "refusals": [CHANGED],
            "saved": current.candidates.all(),
        }
        return render(request, page, context, status=409)
    except ValidationError as error:
        context["refusals"] = error.messages
        return render(request, page, context)
    messages.success(request, f"已保存{election}的候选人。")
    return redirect(election)


@only(keeps_records)
def votes(request, pk):
    """The count; every number that cannot be true is named, and nothing saved then."""
    election = election_or_404(pk)
    if not election.candidates.filter(is_written_in=False).exists():
        messages.error(request, "还没有候选人，请先登记候选人。")
        return redirect(election)
    if Election.objects.filter(follows=election).exists():
        messages.error(request, "已有下一轮选举，不能再改本轮计票结果；请先删除下一轮。")
        return redirect(election)
    form = VotesForm(sent(request), election=election)
    turnout = turnout_of(election.session)
    context = _context(
        election,
        "登记计票结果",
        form=form,
        turnout=turnout,
        assembly=assembly_of_election(election),
    )
    page = "delegates/election_votes.html"
    if request.method != "POST" or not form.is_valid():
        return render(request, page, context)
    try:
        save_if_unchanged(
            election,
            form.cleaned_data["version"],
            lambda: actions.count_votes(by=request.user, election=election, **form.count()),
        )
    except EditedMeanwhile:
        current = election_or_404(pk)
        form.data = form.data.copy()
        form.data["version"] = current.version
        form.add_error(None, CHANGED)
        return render(request, page, context, status=409)
    except ValidationError as error:
        form.add_error(None, error)
        return render(request, page, context)
    messages.success(request, f"已登记{election}的计票结果。")
    return redirect(election)


@only(keeps_records)
def clear(request, pk):
    election = election_or_404(pk)
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: actions.clear_votes(by=request.user, election=election),
        title="清除计票结果",
        about=f"{election}，{election.session}",
        meaning="清除已登记的票数和另选他人，候选人保留；登记错误时使用，清除后不能恢复。",
        confirm="清除计票结果",
        done=lambda given: f"已清除{election}的计票结果。",
        crumbs=crumbs_of_election(election),
    )


@only(keeps_records)
def next_round(request, pk):
    election = election_or_404(pk)
    return decide(
        request,
        form=NextRoundForm(sent(request), election=election),
        act=lambda **given: actions.next_round(by=request.user, election=election, **given),
        title="登记下一轮选举",
        about=f"{election}，{election.session}",
        meaning="票数相等不能确定当选人的，就票数相等的人再次投票；当选人数不足的，不足的名额另行选举。"
        "候选人按本轮得票带入，另行提名的可以再改（地方组织法第二十九条）。",
        confirm="登记下一轮",
        done=lambda given: f"已登记{election.post}的下一轮选举，请核对候选人。",
        crumbs=crumbs_of_election(election),
    )
