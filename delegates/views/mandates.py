"""Decisions about a mandate that concern this room only: suspension and its end."""

from django.shortcuts import get_object_or_404

from congress.numerals import full_date
from congress.roles import keeps_records
from delegates import actions
from delegates.decisions import decide, only
from delegates.forms import ResumeForm, SuspendForm
from delegates.models import Mandate


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
