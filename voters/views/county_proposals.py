"""What is done with a proposal to the county: handed in, answered, printed."""

from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.paper import paper
from congress.pdf import render_pdf
from congress.periods import today
from congress.privacy import without_personal_numbers
from congress.roles import keeps_records, reads_calendar
from delegates.decisions import DecisionForm, decide, only, sent
from voters.actions import (
    answer_county_proposal,
    submit_county_proposal,
    take_back_county_proposal,
)
from voters.forms import AnswerForm, SubmitForm
from voters.models import CountyProposal


def _proposal_or_404(request, pk: int) -> CountyProposal:
    proposals = CountyProposal.objects.visible_to(request.user)
    return get_object_or_404(proposals.select_related("lead__delegate"), pk=pk)


def _crumbs(proposal: CountyProposal) -> list[tuple[str, str]]:
    return [
        ("县人代会准备", reverse("countyproposal_list")),
        (str(proposal), proposal.get_absolute_url()),
    ]


@only(keeps_records)
def submit(request, pk: int):
    proposal = _proposal_or_404(request, pk)
    return decide(
        request,
        form=SubmitForm(sent(request), initial={"submitted_on": today()}),
        act=lambda **given: submit_county_proposal(user=request.user, proposal=proposal, **given),
        title="登记提交",
        about=proposal,
        meaning="提交后内容不能再修改；误登的可以撤销。",
        confirm="登记",
        done=lambda given: "已登记提交，收到答复后请登记答复。",
        crumbs=_crumbs(proposal),
    )


@only(keeps_records)
def take_back(request, pk: int):
    proposal = _proposal_or_404(request, pk)
    return decide(
        request,
        form=DecisionForm(sent(request)),
        act=lambda: take_back_county_proposal(user=request.user, proposal=proposal),
        title="撤销提交",
        about=proposal,
        meaning="误登为已提交的，撤销后可以继续修改。",
        confirm="撤销",
        done=lambda given: "已撤销，可以继续修改。",
        crumbs=_crumbs(proposal),
    )


@only(keeps_records)
def answer(request, pk: int):
    proposal = _proposal_or_404(request, pk)
    is_answered = bool(proposal.replied_on)
    initial = {
        "state": proposal.state if is_answered else CountyProposal.State.ANSWERED,
        "replied_on": proposal.replied_on or today(),
        "reply": proposal.reply,
    }
    return decide(
        request,
        form=AnswerForm(sent(request), initial=initial),
        act=lambda **given: answer_county_proposal(user=request.user, proposal=proposal, **given),
        title="登记答复",
        about=proposal,
        meaning="县人大常委会或承办单位对这件建议、议案的答复。",
        confirm="登记",
        done=lambda given: "已登记答复。",
        crumbs=_crumbs(proposal),
    )


@require_safe
@only(reads_calendar)
def proposal_paper(request, pk: int):
    proposal = _proposal_or_404(request, pk)
    seconders = list(proposal.seconders.select_related("delegate").order_by("pk"))

    def make(township):
        context = {
            "township": township,
            "proposal": proposal,
            "content": without_personal_numbers(proposal.content),
            "seconders": seconders,
        }
        return render_pdf(render_to_string("voters/papers/county_proposal.html", context))

    return paper(request, proposal.title, make, proposal.get_absolute_url())
