"""Reception days: arranged, moved, cancelled, held."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.models import User
from congress.numerals import listing
from congress.periods import holds_on, today
from congress.roles import require_keeper
from delegates.models import Mandate
from groups.models import DelegateGroup
from voters.models import DayEvent, ReceptionDay, ReceptionDuty

from .closing import require_not_closed
from .trail import write_event


def members_on(group: DelegateGroup, day: datetime.date):
    """Mandates in office that belong to the group on that day."""
    return (
        Mandate.objects.in_office_on(day)
        .filter(holds_on(day, "memberships__"), memberships__group=group)
        .select_related("delegate")
        .distinct()
        .order_by("pk")
    )


def check_duty(group: DelegateGroup, day: datetime.date, mandates: Iterable[Mandate]) -> None:
    """Those on duty belong to the group on that day, nobody twice; else ``ValidationError``."""
    mandates = list(mandates)
    members = set(members_on(group, day).values_list("pk", flat=True))
    strangers = [mandate.delegate.name for mandate in mandates if mandate.pk not in members]
    if strangers:
        raise ValidationError(
            {"on_duty": f"{'、'.join(strangers)}在{day:%Y-%m-%d}不是{group}的在任成员。"}
        )
    persons = [mandate.delegate_id for mandate in mandates]
    twice = {
        mandate.delegate.name for mandate in mandates if persons.count(mandate.delegate_id) > 1
    }
    if twice:
        raise ValidationError({"on_duty": f"{'、'.join(sorted(twice))}在同一天只能安排一次。"})


@transaction.atomic
def save_day(*, user: User, day: ReceptionDay, on_duty: Iterable[Mandate]) -> ReceptionDay:
    """Save a reception day with the delegates on duty; what is known of a duty is kept."""
    require_keeper(user)
    require_not_closed(day)
    chosen = {mandate.pk: mandate for mandate in on_duty}
    check_duty(day.group, day.date, chosen.values())
    before = _told_of(ReceptionDay.objects.filter(pk=day.pk).first())
    day.full_clean()
    day.save()
    dropped = day.duties.exclude(mandate__in=chosen)
    received = day.visits.filter(received_by__in=dropped.values("mandate")).values_list(
        "received_by__delegate__name", flat=True
    )
    if received:
        raise ValidationError(
            {"on_duty": f"{'、'.join(sorted(set(received)))}当日已有接待登记，不能从轮值中去掉。"}
        )
    dropped.delete()
    known = set(day.duties.values_list("mandate", flat=True))
    ReceptionDuty.objects.bulk_create(
        ReceptionDuty(day=day, mandate=mandate)
        for key, mandate in chosen.items()
        if key not in known
    )
    _write_changes(user, day, before)
    return day


def _told_of(day: ReceptionDay | None) -> dict[str, str]:
    """What the trail tells of a day's changes, by the name of the field."""
    if day is None:
        return {}
    names = [duty.mandate.delegate.name for duty in _duties(day)]
    return {
        "日期": f"{day.date:%Y-%m-%d}",
        "代表小组": str(day.group),
        "地点": day.place,
        "状态": day.get_state_display(),
        "时间": day.hours,
        "接待代表": listing(names),
        "备注": day.note,
    }


def _write_changes(user: User, day: ReceptionDay, before: dict[str, str]) -> None:
    after = _told_of(day)
    if not before:
        write_event(user, day, DayEvent.Kind.MADE, after["接待代表"])
        return
    changes = [
        f"{name}由“{before[name] or '空'}”改为“{words or '空'}”"
        for name, words in after.items()
        if words != before[name]
    ]
    if changes:
        write_event(user, day, DayEvent.Kind.CHANGED, "；".join(changes))


@transaction.atomic
def move_day(*, user: User, day: ReceptionDay, to: datetime.date, reason: str) -> ReceptionDay:
    """改期: the first planned date is kept as the original one."""
    require_keeper(user)
    _require_open(day, "改期")
    if to == day.date:
        raise ValidationError({"date": "新日期与现在的日期相同。"})
    original = day.original_date or day.date
    day.original_date = original if original != to else None
    words = f"由{day.date:%Y-%m-%d}改期至{to:%Y-%m-%d}：{reason}"
    _add_note(day, words)
    day.date = to
    check_duty(day.group, to, [duty.mandate for duty in _duties(day)])
    day.full_clean()
    day.save()
    write_event(user, day, DayEvent.Kind.MOVED, words)
    return day


@transaction.atomic
def cancel_day(*, user: User, day: ReceptionDay, reason: str) -> ReceptionDay:
    require_keeper(user)
    _require_open(day, "取消")
    day.state = ReceptionDay.State.CANCELLED
    _add_note(day, f"取消：{reason}")
    day.full_clean()
    day.save()
    write_event(user, day, DayEvent.Kind.CANCELLED, reason)
    return day


@transaction.atomic
def hold_day(*, user: User, day: ReceptionDay, no_visitors: bool = False) -> ReceptionDay:
    """The day took place; 当日无选民来访 is a recorded zero."""
    require_keeper(user)
    _require_open(day, "标为已举行")
    if day.date > today():
        raise ValidationError("接待日还没有到，不能标为已举行。")
    if not day.duties.exists():
        raise ValidationError("还没有安排接待代表，请先在“修改”中选定。")
    if gone := day.duties.out_of_office().select_related("mandate__delegate"):
        names = "、".join(duty.mandate.delegate.name for duty in gone)
        raise ValidationError(
            f"{names}在{day.date:%Y-%m-%d}不在任，请先换班，或者在“修改”中从接待代表中去掉。"
        )
    if no_visitors and day.visits.exists():
        raise ValidationError({"no_visitors": "当日已有来访登记。"})
    day.state = ReceptionDay.State.HELD
    day.no_visitors = no_visitors
    day.full_clean()
    day.save()
    write_event(user, day, DayEvent.Kind.HELD, "当日无选民来访" if no_visitors else "")
    return day


def _require_open(day: ReceptionDay, what: str) -> None:
    if day.state not in ReceptionDay.STILL_OPEN:
        raise ValidationError(f"这个接待日现在是“{day.state_words}”，不能{what}。")


def _duties(day: ReceptionDay):
    return day.duties.select_related("mandate__delegate")


def _add_note(day: ReceptionDay, words: str) -> None:
    day.note = "\n".join(filter(None, [day.note, words]))
