"""The end of a reception day: who was there, and no more visits of that day until reopened.

The import of ledgers is not bound by it: it brings what was kept elsewhere and has checks of its
own, and a closed day must take in the year's ledger as any other.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from congress.models import User
from congress.periods import today
from congress.roles import require_keeper
from voters.closing import blocking, checks_of
from voters.models import DayEvent, FeedbackItem, ReceptionDay, ReceptionDuty, Visit

from .trail import write_event

REOPEN_FIRST = "这个接待日已结束登记，须先重新登记才能改动。"


def require_not_closed(day: ReceptionDay) -> None:
    """Raises ``ValidationError`` once the day's register is closed."""
    if day.closed_at:
        raise ValidationError(REOPEN_FIRST)


@transaction.atomic
def record_attendance(*, user: User, day: ReceptionDay, statuses: Mapping[int, str]) -> None:
    """Who of those on duty came; ``statuses`` by key of the duty, the others stay as they are."""
    require_keeper(user)
    require_not_closed(day)
    if day.date > today():
        raise ValidationError("接待日还没有到，不能登记到岗情况。")
    received = set(Visit.objects.filter(day=day).values_list("received_by", flat=True))
    for duty in day.duties.select_related("mandate__delegate"):
        status = statuses.get(duty.pk, duty.status)
        if status == ReceptionDuty.Status.ABSENT and duty.mandate_id in received:
            raise ValidationError(
                f"{duty.mandate.delegate.name}当日已有接待登记，不能记为缺岗。"
                "请先更正来访登记中的接待代表。"
            )
        if status != duty.status:
            duty.status = status
            duty.full_clean()
            duty.save(update_fields=["status"])


@transaction.atomic
def close_day(
    *, user: User, day: ReceptionDay, statuses: Mapping[int, str], no_visitors: bool = False
) -> ReceptionDay:
    """结束登记: attendance is recorded, the day was held, its visits stand as they are.

    Raises ``ValidationError`` where a check of the day forbids it; nothing is saved then.
    """
    require_keeper(user)
    day_closes(day)
    visits = Visit.objects.filter(day=day)
    if no_visitors and visits.exists():
        raise ValidationError({"no_visitors": "当日已有来访登记，不是无选民来访。"})
    if not no_visitors and not visits.exists():
        raise ValidationError(
            {"no_visitors": "当日还没有来访登记。确实无人来访的，请勾选“当日无选民来访”。"}
        )
    record_attendance(user=user, day=day, statuses=statuses)
    found = blocking(checks_of(day, user))
    if found:
        raise ValidationError([check.words for check in found])
    if day.state != ReceptionDay.State.HELD:
        write_event(user, day, DayEvent.Kind.HELD)
    day.state = ReceptionDay.State.HELD
    day.no_visitors = no_visitors
    day.closed_at = timezone.now()
    day.closed_by = user
    day.full_clean()
    day.save()
    write_event(user, day, DayEvent.Kind.CLOSED, _outcome(day))
    return day


def day_closes(day: ReceptionDay) -> None:
    """Raises ``ValidationError`` where the day cannot be closed, whatever was logged."""
    if day.closed_at:
        raise ValidationError("这个接待日已经结束登记。")
    if day.state == ReceptionDay.State.CANCELLED:
        raise ValidationError("这个接待日已取消，不用结束登记。")
    if day.date > today():
        raise ValidationError("接待日还没有到，不能结束登记。")
    if not day.duties.exists():
        raise ValidationError("还没有安排接待代表，请先在“修改”中选定。")


def _outcome(day: ReceptionDay) -> str:
    if day.no_visitors:
        return "当日无选民来访"
    visits = Visit.objects.filter(day=day)
    items = FeedbackItem.objects.filter(visit__day=day)
    return f"来访{visits.count()}次{visits.persons()}人次，意见建议{items.count()}条"


@transaction.atomic
def reopen_day(*, user: User, day: ReceptionDay, reason: str) -> ReceptionDay:
    """重新登记: a closed day takes visits again; the reason stands in the trail."""
    require_keeper(user)
    if not day.closed_at:
        raise ValidationError("这个接待日没有结束登记，不用重新登记。")
    if not reason.strip():
        raise ValidationError({"reason": "请填写重新登记的原因。"})
    day.closed_at = day.closed_by = None
    day.full_clean()
    day.save()
    write_event(user, day, DayEvent.Kind.REOPENED, reason)
    return day
