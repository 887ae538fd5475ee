"""Bills: received, decided by the presidium, voted on or withdrawn, and carried out."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from congress.models import Session, User
from congress.periods import today
from congress.roles import keeps_records, require_keeper
from delegates.legal_numbers import BILL_PROPOSERS
from delegates.models import Mandate
from voters.models import Bill, BillState, FeedbackItem, Topic

from .entering import enter_item
from .proposing import require_in_office
from .sweep import refuse


@transaction.atomic
def save_bill(*, user: User, bill: Bill, seconders: Iterable[Mandate] = ()) -> Bill:
    """Save a bill that the presidium has not decided on; a new one gets the session's next number.

    Delegates put one jointly, at least five of them in office on the day it was received
    (地方组织法 22).
    """
    require_keeper(user)
    if bill.state != BillState.RECEIVED:
        refuse(f"这件议案现在是“{bill.state.label}”，不能再修改。")
    _require_past(bill.received_on, "received_on")
    seconders = [each for each in seconders if each != bill.lead]
    if bill.proposer_kind == Bill.Proposer.DELEGATES:
        _require_joint(bill, seconders)
    elif seconders:
        refuse("主席团、人民政府提出的议案没有附议代表，请取消勾选。", "seconders")
    if bill.pk is None:
        bill.number = _next_number(bill.session)
    bill.full_clean()
    bill.save()
    bill.seconders.set(seconders)
    return bill


def _require_joint(bill: Bill, seconders: list[Mandate]) -> None:
    if bill.lead is None:
        refuse("代表联名的议案，请选择领衔代表。", "lead")
    require_in_office([bill.lead], bill.received_on, "lead")
    require_in_office(seconders, bill.received_on, "seconders")
    number = len(seconders) + 1
    if number < BILL_PROPOSERS:
        refuse(
            f"乡镇代表须{BILL_PROPOSERS}人以上联名才能提出议案（地方组织法第二十二条），现在连同领衔"
            f"代表共{number}人，还差{BILL_PROPOSERS - number}人；不足的可以作为代表建议提出。",
            "seconders",
        )


def _next_number(session: Session) -> int:
    """One after the session's highest; nobody else gets it meanwhile."""
    locked = Session.objects.select_for_update(of=("self",)).get(pk=session.pk)
    return (locked.bills.aggregate(highest=Max("number"))["highest"] or 0) + 1


def _require_past(day: datetime.date | None, field: str) -> None:
    if day and day > today():
        refuse("日期不能晚于今天。", field)


def may_be_decided(user: User, bill: Bill) -> bool:
    """Also once more, until it is voted on or carried out: a decision noted wrongly."""
    is_open = not (bill.voted_on or bill.withdrawn_on or bill.item_id)
    return keeps_records(user) and is_open


@transaction.atomic
def decide_bill(
    *, user: User, bill: Bill, decision: str, decided_on: datetime.date, decision_reason: str
) -> Bill:
    """What the presidium decided on it."""
    bill = _locked(user, bill, may_be_decided)
    _require_past(decided_on, "decided_on")
    return _moved(
        bill, decision=decision, decided_on=decided_on, decision_reason=decision_reason.strip()
    )


def may_be_voted(user: User, bill: Bill) -> bool:
    """Also once more, until it is carried out: votes noted wrongly."""
    is_open = bill.decision == Bill.Decision.AGENDA and not (bill.withdrawn_on or bill.item_id)
    return keeps_records(user) and is_open


@transaction.atomic
def record_vote(
    *,
    user: User,
    bill: Bill,
    voted_on: datetime.date,
    all_delegates: int,
    votes_for: int,
    votes_against: int,
    votes_abstained: int,
) -> Bill:
    """How the session voted; more than half of all delegates pass it (地方组织法 25)."""
    bill = _locked(user, bill, may_be_voted)
    _require_past(voted_on, "voted_on")
    return _moved(
        bill,
        voted_on=voted_on,
        all_delegates=all_delegates,
        votes_for=votes_for,
        votes_against=votes_against,
        votes_abstained=votes_abstained,
    )


def may_be_withdrawn(user: User, bill: Bill) -> bool:
    is_open = bill.state in (BillState.RECEIVED, BillState.ON_AGENDA)
    return keeps_records(user) and is_open


@transaction.atomic
def withdraw_bill(*, user: User, bill: Bill, withdrawn_on: datetime.date) -> Bill:
    """At its proposers' wish, before the vote (地方组织法 23)."""
    bill = _locked(user, bill, may_be_withdrawn)
    _require_past(withdrawn_on, "withdrawn_on")
    return _moved(bill, withdrawn_on=withdrawn_on)


def may_be_carried_out(user: User, bill: Bill) -> bool:
    is_due = bill.state in (BillState.PASSED, BillState.AS_SUGGESTION)
    return keeps_records(user) and is_due and bill.item_id is None


@transaction.atomic
def carry_out_bill(*, user: User, bill: Bill, topic: Topic, title: str) -> FeedbackItem:
    """What is to be done becomes an item, once, to be answered within the months of a suggestion.

    Turned into a suggestion it keeps its proposers; passed it is the congress's own.
    """
    bill = _locked(user, bill, may_be_carried_out)
    is_suggestion = bill.decision == Bill.Decision.SUGGESTION
    item = FeedbackItem(
        source=FeedbackItem.Source.DELEGATE if is_suggestion else FeedbackItem.Source.SESSION,
        lead_proposer=bill.lead if is_suggestion else None,
        session=bill.session,
        topic=topic,
        title=title,
        summary=f"案由：{bill.cause}\n案据：{bill.grounds}\n方案：{bill.scheme}",
    )
    enter_item(user=user, item=item, year=today().year)
    if is_suggestion:
        item.proposers.set([bill.lead, *bill.seconders.all()])
    _moved(bill, item=item)
    return item


def _locked(user: User, bill: Bill, allowed) -> Bill:
    """As it is stored now, if it still allows that."""
    require_keeper(user)
    rows = Bill.objects.select_for_update(of=("self",)).select_related("session__term", "lead")
    stored = rows.get(pk=bill.pk)
    if not allowed(user, stored):
        raise ValidationError(f"这件议案现在是“{stored.state.label}”，请刷新页面查看。")
    return stored


def _moved(bill: Bill, **values) -> Bill:
    for name, value in values.items():
        setattr(bill, name, value)
    bill.full_clean()
    bill.version += 1
    bill.save()
    return bill
