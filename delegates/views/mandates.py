"""Decisions about a mandate that concern this room only: suspension and its end."""

from django.shortcuts import get_object_or_404

from congress.numerals import full_date
from congress.roles import keeps_records
from delegates import actions
from delegates.decisions import decide, only, sent
from delegates.forms import ResumeForm, SuspendForm, UndoForm
from delegates.models import Mandate, Suspension


def mandate_or_404(pk: int) -> Mandate:
    return get_object_or_404(Mandate.objects.select_related("delegate"), pk=pk)


def crumbs_of(mandate: Mandate) -> list[tuple[str, str]]:
    return [(str(mandate.delegate), mandate.delegate.get_absolute_url())]


@only(keeps_records)
def suspend(request, pk):
    mandate = mandate_or_404(pk)
    return decide(
        request,
        form=SuspendForm(request.POST or None),
        act=lambda **given: actions.suspend(by=request.user, mandate=mandate, **given),
        title="暂停执行代表职务",
        about=mandate,
        meaning="代表资格保留；暂停期间不计入在任代表，不列入活动应到人员。",
        confirm="确认暂停",
        done=lambda given: (
            f"已登记{mandate.delegate}自{full_date(given['on'])}起暂停执行代表职务。"
        ),
        crumbs=crumbs_of(mandate),
    )


@only(keeps_records)
def resume(request, pk):
    mandate = mandate_or_404(pk)
    return decide(
        request,
        form=ResumeForm(request.POST or None),
        act=lambda **given: actions.resume(by=request.user, mandate=mandate, **given),
        title="恢复执行代表职务",
        about=mandate,
        meaning="自恢复之日起重新计入在任代表。",
        confirm="确认恢复",
        done=lambda given: (
            f"已登记{mandate.delegate}自{full_date(given['on'])}起恢复执行代表职务。"
        ),
        crumbs=crumbs_of(mandate),
    )


@only(keeps_records)
def undo_suspension(request, pk):
    suspension = get_object_or_404(Suspension.objects.select_related("mandate__delegate"), pk=pk)
    mandate = suspension.mandate
    return decide(
        request,
        form=UndoForm(sent(request)),
        act=lambda **given: actions.undo_suspension(
            by=request.user, suspension=suspension, **given
        ),
        title="撤销暂停",
        about=f"{mandate}，自{full_date(suspension.start)}起暂停执行代表职务",
        meaning="只用于误登的暂停：撤销后视为没有暂停过，撤销的内容和原因写入代表资格的备注。"
        "暂停确已结束的，请用“恢复职务”。",
        confirm="确认撤销",
        done=lambda given: f"已撤销{mandate.delegate}自{full_date(suspension.start)}起的暂停。",
        crumbs=[(str(mandate), mandate.get_absolute_url())],
    )
