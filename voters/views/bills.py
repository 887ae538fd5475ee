"""What is done with a bill: decided, voted on, withdrawn, carried out, printed."""

from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from congress.paper import paper
from congress.pdf import render_within_pages
from congress.periods import today
from congress.privacy import without_personal_numbers
from congress.roles import keeps_records, reads_calendar
from delegates.decisions import decide, only, sent
from delegates.legal_numbers import BILL_PROPOSERS
from voters.actions import carry_out_bill, decide_bill, record_vote, withdraw_bill
from voters.forms import CarryOutBillForm, DecideBillForm, VoteForm, WithdrawBillForm
from voters.item_papers import SETTINGS
from voters.models import Bill, BillState


def _bill_or_404(request, pk: int) -> Bill:
    bills = Bill.objects.visible_to(request.user)
    return get_object_or_404(bills.select_related("session__term", "lead__delegate"), pk=pk)


def _crumbs(bill: Bill) -> list[tuple[str, str]]:
    return [("议案", reverse("bill_list")), (str(bill), bill.get_absolute_url())]


@only(keeps_records)
def decide_on(request, pk: int):
    bill = _bill_or_404(request, pk)
    return decide(
        request,
        form=DecideBillForm(sent(request), bill=bill),
        act=lambda **given: decide_bill(user=request.user, bill=bill, **given),
        title="登记主席团决定",
        about=bill,
        meaning="列入会议议程的，会议表决后登记结果；转作代表建议的，接着交办（地方组织法第二十二条）。",
        confirm="登记",
        done=lambda given: f"已登记主席团决定：{Bill.Decision(given['decision']).label}。",
        crumbs=_crumbs(bill),
    )


@only(keeps_records)
def vote(request, pk: int):
    bill = _bill_or_404(request, pk)

    def done(given):
        bill.refresh_from_db()
        return f"已登记表决结果：{bill.state.label}。"

    return decide(
        request,
        form=VoteForm(sent(request), bill=bill),
        act=lambda **given: record_vote(user=request.user, bill=bill, **given),
        title="登记表决结果",
        about=bill,
        meaning="以全体代表的过半数通过（地方组织法第二十五条）。",
        confirm="登记",
        done=done,
        crumbs=_crumbs(bill),
    )


@only(keeps_records)
def withdraw(request, pk: int):
    bill = _bill_or_404(request, pk)
    return decide(
        request,
        form=WithdrawBillForm(sent(request), initial={"withdrawn_on": today()}),
        act=lambda **given: withdraw_bill(user=request.user, bill=bill, **given),
        title="撤回议案",
        about=bill,
        meaning="交付表决前，提案人要求撤回的，经主席团同意，审议即行终止（地方组织法第二十三条）。"
        "撤回后不能恢复。",
        confirm="撤回",
        done=lambda given: "议案已撤回。",
        crumbs=_crumbs(bill),
    )


@only(keeps_records)
def carry_out(request, pk: int):
    bill = _bill_or_404(request, pk)
    is_passed = bill.state == BillState.PASSED
    return decide(
        request,
        form=CarryOutBillForm(sent(request), initial={"title": bill.title}),
        act=lambda **given: carry_out_bill(user=request.user, bill=bill, **given),
        title="交办议案",
        about=bill,
        meaning=(
            "会议通过的议案登记为会议交办的事项，"
            if is_passed
            else "登记为代表建议，领衔、附议代表不变，"
        )
        + "自交办之日起三个月内答复，涉及面广、处理难度大的六个月；办理情况在议案页面可以查看。",
        confirm="登记并办理",
        done=lambda given: "已登记，请在该件的页面上交承办单位办理。",
        crumbs=_crumbs(bill),
    )


@require_safe
@only(reads_calendar)
def bill_paper(request, pk: int):
    """议案表, with lines for the signatures."""
    bill = _bill_or_404(request, pk)
    seconders = list(bill.seconders.select_related("delegate", "constituency").order_by("pk"))
    lead = [bill.lead] if bill.lead_id else []
    spare = BILL_PROPOSERS - 1 - len(seconders) if lead else 0

    def make(township):
        context = {
            "township": township,
            "bill": bill,
            "texts": [(label, without_personal_numbers(text)) for label, text in bill.texts],
            "seconders": seconders,
            "spare": range(max(spare, 0)),
        }
        return render_within_pages(
            (
                render_to_string("voters/papers/bill.html", context | {"fit": fit})
                for fit in SETTINGS
            ),
            1,
        )

    return paper(request, f"{bill}议案表", make, bill.get_absolute_url())
