"""Changes of people and mandates: each checks who may, and happens as a whole or not at all.

What a change means for a delegate's group is added by ``groups.actions``, which the pages call.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.models import Record, User
from congress.periods import today
from congress.roles import require_keeper
from delegates.models import Delegate, Mandate, Suspension


def amend(record: Record, **values) -> None:
    """Write values to a saved record; whoever has its form open will be told."""
    for field, value in values.items():
        setattr(record, field, value)
    record.version += 1
    record.full_clean()
    record.save()


@transaction.atomic
def elect(*, by: User, delegate: Delegate, **mandate) -> Mandate:
    """A person, new or known, becomes a delegate; ``mandate`` are the fields of the mandate."""
    require_keeper(by)
    if delegate.pk is None:
        delegate.full_clean()
        delegate.save()
    elected = Mandate(delegate=delegate, **mandate)
    elected.full_clean()
    elected.save()
    return elected


@transaction.atomic
def end_mandate(
    *,
    by: User,
    mandate: Mandate,
    on: datetime.date,
    reason: str,
    deciding_body: str = "",
    announced_on: datetime.date | None = None,
) -> Mandate:
    """代表资格终止 (代表法 62, 63): from that day on the person is no delegate by this mandate."""
    require_keeper(by)
    mandate = _in_force(mandate)
    for suspension in mandate.suspensions.filter(end__isnull=True):
        if suspension.start < on:
            amend(suspension, end=on)
        else:
            suspension.delete()
    amend(
        mandate,
        end=on,
        end_reason=reason,
        deciding_body=deciding_body,
        announced_on=announced_on,
    )
    return mandate


@transaction.atomic
def suspend(*, by: User, mandate: Mandate, on: datetime.date, reason: str) -> Suspension:
    """暂停执行代表职务 (代表法 61)."""
    require_keeper(by)
    mandate = _in_force(mandate)
    if on < mandate.start:
        raise ValidationError({"on": f"暂停日期不能早于当选日期（{mandate.start}）。"})
    earlier = mandate.suspensions.order_by("-start").first()
    if earlier and (earlier.end is None or on < earlier.end):
        raise ValidationError({"on": "这一天已在暂停执行职务期间。"})
    suspension = Suspension(mandate=mandate, start=on, reason=reason)
    suspension.full_clean()
    suspension.save()
    return suspension


@transaction.atomic
def resume(*, by: User, mandate: Mandate, on: datetime.date) -> Suspension:
    """恢复执行代表职务: the suspension no longer holds from that day on."""
    require_keeper(by)
    mandate = _in_force(mandate)
    suspension = mandate.suspensions.filter(end__isnull=True).first()
    if suspension is None:
        raise ValidationError("这位代表没有暂停执行职务。")
    if on <= suspension.start:
        raise ValidationError({"on": f"恢复日期须晚于暂停日期（{suspension.start}）。"})
    amend(suspension, end=on)
    return suspension


@transaction.atomic
def undo_end(*, by: User, mandate: Mandate, because: str) -> Mandate:
    """撤销终止: the end was recorded by mistake; what was undone and why stays in the note.

    Refused where the seat or the place in the law has been filled meanwhile.
    """
    require_keeper(by)
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.end is None:
        raise ValidationError("这项代表资格没有终止，不用撤销。")
    if mandate.end_reason == Mandate.EndReason.TERM_OVER:
        raise ValidationError("任期届满的不能单独撤销；届满日期填错的，请在“届次”里改正。")
    ended_on = mandate.end
    seats = mandate.constituency.seats
    holders = Mandate.objects.filter(constituency=mandate.constituency, end__isnull=True)
    if seats and holders.count() >= seats:
        names = "、".join(str(each) for each in holders.select_related("delegate"))
        raise ValidationError(
            f"{mandate.constituency}应选代表{seats}名，已由{names}担任；补选登记有误的，请先改正。"
        )
    told = f"{today()}撤销{ended_on}的终止（{mandate.get_end_reason_display()}）：{because.strip()}"
    amend(
        mandate,
        end=None,
        end_reason="",
        deciding_body="",
        announced_on=None,
        note="\n".join(filter(None, [mandate.note, told])),
    )
    for suspension in mandate.suspensions.filter(end=ended_on):
        amend(suspension, end=None)
    return mandate


@transaction.atomic
def undo_suspension(*, by: User, suspension: Suspension, because: str) -> Mandate:
    """撤销暂停 that was recorded by mistake: it never held; the note of the mandate tells of it."""
    require_keeper(by)
    mandate = Mandate.objects.select_for_update().get(pk=suspension.mandate_id)
    suspension = mandate.suspensions.get(pk=suspension.pk)
    until = f"，{suspension.end}恢复" if suspension.end else ""
    told = (
        f"{today()}撤销{suspension.start}起的暂停（{suspension.reason}{until}）：{because.strip()}"
    )
    suspension.delete()
    amend(mandate, note="\n".join(filter(None, [mandate.note, told])))
    return mandate


def _in_force(mandate: Mandate) -> Mandate:
    """The mandate as it is now, locked until the change is done; refuses one that has ended."""
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.end is not None:
        raise ValidationError("这项代表资格已经终止。")
    return mandate
