"""What this room adds to the page of a session: the bills and suggestions made there."""

from congress.models import Session, User
from congress.periods import today
from congress.record_sections import Section, add_section
from congress.roles import keeps_records

from .models import Bill, Suggestion
from .pages.bills import colour

#: So many are named; the rest is in the list.
SHOWN = 10


def suggestions_of(session: Session, user: User) -> dict | None:
    made = Suggestion.objects.visible_to(user).filter(session=session)
    count, may_add = made.count(), keeps_records(user)
    if not count and not may_add:
        return None
    shown = made.with_clock(today()).select_related("lead_proposer__delegate")
    return {
        "count": count,
        "suggestions": shown.order_by("pk")[:SHOWN],
        "may_add": may_add and session.state != Session.State.CANCELLED,
    }


def bills_of(session: Session, user: User) -> dict | None:
    put = Bill.objects.visible_to(user).filter(session=session)
    count, may_add = put.count(), keeps_records(user)
    if not count and not may_add:
        return None
    shown = put.select_related("lead__delegate").order_by("number")[:SHOWN]
    return {
        "count": count,
        "bills": [(bill, colour(bill)) for bill in shown],
        "may_add": may_add and session.state != Session.State.CANCELLED,
    }


add_section(Session, Section("voters/_session_bills.html", bills_of))
add_section(Session, Section("voters/_session_suggestions.html", suggestions_of))
