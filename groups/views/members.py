"""Decisions about membership: election, end of a mandate, transfer, post, liaison."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from congress.numerals import full_date
from congress.roles import keeps_records
from delegates.decisions import decide, only, sent
from delegates.forms import EndMandateForm, UndoForm
from delegates.models import Delegate
from delegates.views import crumbs_of, mandate_or_404
from groups import actions
from groups.forms.members import AppointForm, ElectAgainForm, LiaisonForm, TransferForm
from groups.models import DelegateGroup, Membership, Post


@only(keeps_records)
def elect(request, pk):
    delegate = get_object_or_404(Delegate, pk=pk)
    return decide(
        request,
        form=ElectAgainForm(request.POST or None),
        act=lambda **given: actions.elect(by=request.user, delegate=delegate, **given),
        title="登记当选",
        about=delegate,
        meaning="为已在册的人员登记另一项代表资格，如换届后连任、同时当选县代表。",
        confirm="登记",
        done=lambda given: f"已登记{delegate}当选代表，代表证号{given['card_number']}。",
        crumbs=[(str(delegate), delegate.get_absolute_url())],
    )


@only(keeps_records)
def end_mandate(request, pk):
    mandate = mandate_or_404(pk)
    return decide(
        request,
        form=EndMandateForm(request.POST or None),
        act=lambda **given: actions.end_mandate(by=request.user, mandate=mandate, **given),
        title="终止代表资格",
        about=mandate,
        meaning="自终止之日起不再计入在任代表，所在小组的成员身份和职务同日终止。以往的履职记录保留。",
        confirm="确认终止",
        done=lambda given: f"已登记{mandate.delegate}的代表资格自{full_date(given['on'])}起终止。",
        crumbs=crumbs_of(mandate),
    )


@only(keeps_records)
def undo_end(request, pk):
    mandate = mandate_or_404(pk)
    if mandate.end is None:
        messages.info(request, f"{mandate}的代表资格没有终止。")
        return redirect(mandate)
    return decide(
        request,
        form=UndoForm(sent(request)),
        act=lambda **given: actions.undo_end(by=request.user, mandate=mandate, **given),
        title="撤销终止",
        about=f"{mandate}，{full_date(mandate.end)}终止（{mandate.get_end_reason_display()}）",
        meaning="只用于误登的终止：撤销后重新计入在任代表，同日终止的小组成员身份和职务恢复，"
        "职务已由他人担任的恢复为组员。撤销的内容和原因写入代表资格的备注。",
        confirm="确认撤销",
        done=lambda given: f"已撤销{mandate.delegate}代表资格的终止。",
        crumbs=[(str(mandate), mandate.get_absolute_url())],
    )


@only(keeps_records)
def transfer(request, pk):
    delegate = get_object_or_404(Delegate, pk=pk)
    current = Membership.objects.filter(mandate__delegate=delegate, end__isnull=True)
    groups = dict.fromkeys(
        f"{membership.group}{membership.get_post_display()}"
        for membership in current.select_related("group")
    )
    return decide(
        request,
        form=TransferForm(request.POST or None),
        act=lambda **given: actions.transfer(by=request.user, delegate=delegate, **given),
        title="调组" if groups else "编组",
        about=f"{delegate}，现为{'、'.join(groups)}" if groups else f"{delegate}，尚未编组",
        meaning="自该日起在新小组为组员，在原小组的身份和职务同日终止；代表资格不变，以往的记录仍归原小组。",
        confirm="确认调组" if groups else "确认编组",
        done=lambda given: f"已登记{delegate}自{full_date(given['on'])}起编入{given['group']}。",
        crumbs=[(str(delegate), delegate.get_absolute_url())],
    )


@only(keeps_records)
def appoint(request, pk):
    membership = get_object_or_404(
        Membership.objects.select_related("group", "mandate__delegate"), pk=pk
    )
    return decide(
        request,
        form=AppointForm(request.POST or None, initial={"post": membership.post}),
        act=lambda **given: actions.appoint(by=request.user, membership=membership, **given),
        title="改任组内职务",
        about=f"{membership.group} {membership}",
        meaning="自任职之日起担任；原任组长、副组长或联系员的代表同日转为组员，原任的工作人员同日离任。",
        confirm="确认改任",
        done=lambda given: (
            f"已登记{membership.person_name}自{full_date(given['on'])}起"
            f"任{membership.group}{Post(given['post']).label}。"
        ),
        crumbs=_group_crumbs(membership.group),
    )


@only(keeps_records)
def name_liaison(request, pk):
    group = get_object_or_404(DelegateGroup, pk=pk)
    return decide(
        request,
        form=LiaisonForm(request.POST or None),
        act=lambda **given: actions.name_liaison(by=request.user, group=group, **given),
        title="指定工作人员联系员",
        about=group,
        meaning="联系员不是代表时在此登记；原联系员同日离任，是代表的转为组员。"
        "由代表担任联系员的，请在该代表的小组成员页面改任职务。",
        confirm="确认指定",
        done=lambda given: f"已登记{given['name']}自{full_date(given['on'])}起任{group}联系员。",
        crumbs=_group_crumbs(group),
    )


def _group_crumbs(group: DelegateGroup) -> list[tuple[str, str]]:
    return [(str(group), group.get_absolute_url())]
