"""更正申请 decided by the office, withdrawn or acknowledged by the delegate."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from congress.roles import keeps_records, may_be_delegate
from delegates import actions
from delegates.decisions import DecisionForm, decide, only, sent
from delegates.forms.corrections import CorrectedForm, RefusedForm
from delegates.models import CorrectionRequest


def _request_or_404(request, pk: int) -> CorrectionRequest:
    visible = CorrectionRequest.objects.visible_to(request.user).select_related("delegate")
    return get_object_or_404(visible, pk=pk)


def _decision(request, pk: int, **said):
    asked = _request_or_404(request, pk)
    act = said.pop("act")
    return decide(
        request,
        act=lambda **given: act(by=request.user, request=asked, **given),
        about=asked,
        crumbs=[
            ("更正申请", reverse("correctionrequest_list")),
            (str(asked), asked.get_absolute_url()),
        ],
        **said,
    )


@only(keeps_records)
def correct(request, pk: int):
    return _decision(
        request,
        pk,
        form=CorrectedForm(sent(request)),
        act=lambda **given: actions.decide_correction(corrected=True, **given),
        title="已更正",
        meaning="请先打开原记录改正，再在这里登记；登记本身不改动任何记录。代表会在待办中看到结果。",
        confirm="登记已更正",
        done=lambda given: "已登记更正，代表会在待办中看到。",
    )


@only(keeps_records)
def refuse(request, pk: int):
    return _decision(
        request,
        pk,
        form=RefusedForm(sent(request)),
        act=lambda **given: actions.decide_correction(corrected=False, **given),
        title="不予更正",
        meaning="记录照旧。理由会告知代表。",
        confirm="登记不予更正",
        done=lambda given: "已登记不予更正，代表会在待办中看到理由。",
    )


@only(may_be_delegate)
def withdraw(request, pk: int):
    return _decision(
        request,
        pk,
        form=DecisionForm(sent(request)),
        act=actions.withdraw_correction,
        title="撤回申请",
        meaning="撤回后办公室不再办理；需要时可以重新申请。",
        confirm="撤回申请",
        done=lambda given: "已撤回更正申请。",
    )


@require_POST
@only(may_be_delegate)
def acknowledge(request, pk: int):
    asked = _request_or_404(request, pk)
    actions.acknowledge_correction(by=request.user, request=asked)
    messages.success(request, "已标为知悉，不再列入待办。")
    return redirect(asked.get_absolute_url())
