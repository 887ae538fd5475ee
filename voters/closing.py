"""What should be looked at before a reception day is closed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from congress.models import User
from voters.models import FeedbackItem, ReceptionDay, ReceptionDuty, Visit
from voters.states import State


@dataclass(frozen=True)
class DayCheck:
    """One thing found; ``address`` is the page on which it is put right."""

    words: str
    address: str
    #: The day is not closed while this stands; the others are only pointed out.
    blocks: bool


def checks_of(day: ReceptionDay, user: User) -> list[DayCheck]:
    """Duties and visits that cannot be true; items without unit; visits without trace.

    An item always has a topic: the database asks for it. Of what was told in confidence to others
    no number is named: only how many there are, for they block the closing as any other.
    """
    visits = Visit.objects.filter(day=day).order_by("pk")
    absent = ReceptionDuty.objects.filter(
        day=day,
        mandate__visits=OuterRef("pk"),
        status=ReceptionDuty.Status.ABSENT,
    )
    items = FeedbackItem.objects.filter(visit__day=day).order_by("pk")
    own_items = FeedbackItem.objects.filter(visit=OuterRef("pk"))
    gone = day.duties.out_of_office().select_related("mandate__delegate").order_by("pk")
    address = day.get_absolute_url()

    def found(records: QuerySet, words: str, blocks: bool) -> list[DayCheck]:
        shown = records.visible_to(user)
        named = [
            DayCheck(f"{record.number}号{words}", record.get_absolute_url(), blocks)
            for record in shown
        ]
        others = records.count() - len(named)
        if others:
            words = f"要求保密的{others}条{words}，请知情人员核对"
            named.append(DayCheck(words, address, blocks))
        return named

    return [
        *(
            DayCheck(f"{duty.mandate.delegate}当日不在任，不能记为到岗", address, True)
            for duty in gone
        ),
        *found(visits.filter(received_by__isnull=True), "没有接待代表", True),
        *found(visits.filter(Exists(absent)), "由缺岗的代表接待", True),
        *found(items.filter(state=State.REGISTERED, lead_unit__isnull=True), "还没有交办", False),
        *found(
            visits.filter(~Exists(own_items), answer=""),
            "没有形成意见建议，也没有当场答复",
            False,
        ),
    ]


def blocking(checks: Iterable[DayCheck]) -> list[DayCheck]:
    return [check for check in checks if check.blocks]
