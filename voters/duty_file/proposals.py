"""Suggestions and bills that the person led or seconded."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from congress.periods import Period
from delegates.duty_file import Entry, Found, Source, add_source, days_so_far
from delegates.models import Delegate
from voters.models import Bill, FeedbackItem, Suggestion
from voters.states import State

from .items import as_of


@dataclass(frozen=True)
class Proposal(Entry):
    """A suggestion or a bill."""

    title: str = ""
    state: str = ""
    leads: bool = False


def suggestions_of(persons: Sequence[Delegate], period: Period) -> Found:
    """Suggestions led or seconded, with how far they had come and how the delegates judged."""
    days = days_so_far(period)
    proposed = Suggestion.proposers.through.objects.filter(mandate__delegate__in=persons)
    suggestions = as_of(Suggestion.objects.filter(registered_on__range=days), days[1])
    proposed = proposed.filter(feedbackitem__in=suggestions.values("pk"))
    by_item: dict[int, dict[int, bool]] = defaultdict(dict)
    led_by = F("feedbackitem__lead_proposer")
    for item, person, mandate, lead in proposed.values_list(
        "feedbackitem_id", "mandate__delegate_id", "mandate_id", led_by
    ):
        by_item[item][person] = by_item[item].get(person, False) or mandate == lead
    found = defaultdict(list)
    for item in suggestions.filter(pk__in=by_item).order_by("registered_on", "pk"):
        for person, leads in by_item[item.pk].items():
            found[person].append(_suggested(item, leads))
    return found


def _suggested(item: FeedbackItem, leads: bool) -> Entry:
    judged = [
        f"{label}{grade}"
        for label, grade in (
            ("对办理过程", item.process_satisfaction),
            ("对办理结果", item.result_satisfaction),
        )
        if grade and item.is_answered
    ]
    state = str(State(item.state_on).label)
    return Proposal(
        item.registered_on,
        f"{item.title}（{_role(leads)}）",
        item.get_absolute_url(),
        remark="，".join([state, *judged]),
        title=item.title,
        state=state,
        leads=leads,
    )


def _role(leads: bool) -> str:
    return "领衔" if leads else "附议"


def _proposals_summary(entries: Sequence[Proposal]) -> str:
    led = sum(entry.leads for entry in entries)
    return f"其中领衔{led}件、附议{len(entries) - led}件。" if entries else ""


def bills_of(persons: Sequence[Delegate], period: Period) -> Found:
    """Bills led or seconded."""
    bills = Bill.objects.filter(received_on__range=days_so_far(period))
    seconded = Bill.seconders.through.objects.filter(
        bill__in=bills.values("pk"), mandate__delegate__in=persons
    )
    by_bill: dict[int, dict[int, bool]] = defaultdict(dict)
    for bill, person in seconded.values_list("bill_id", "mandate__delegate_id"):
        by_bill[bill][person] = False
    led = bills.filter(lead__delegate__in=persons)
    for bill, person in led.values_list("pk", "lead__delegate_id"):
        by_bill[bill][person] = True
    found = defaultdict(list)
    shown = bills.filter(pk__in=by_bill).select_related("session__term")
    for bill in shown.order_by("received_on", "pk"):
        for person, leads in by_bill[bill.pk].items():
            found[person].append(_put(bill, leads))
    return found


def _put(bill: Bill, leads: bool) -> Proposal:
    state = str(bill.state.label)
    return Proposal(
        bill.received_on,
        f"{bill.session}{bill}（{_role(leads)}）",
        bill.get_absolute_url(),
        remark=state,
        title=str(bill),
        state=state,
        leads=leads,
    )


add_source(Source("suggestions", "提出代表建议", "件", suggestions_of, _proposals_summary))
add_source(Source("bills", "提出议案", "件", bills_of, _proposals_summary))
