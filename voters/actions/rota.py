"""Who is on duty: the rota saved as proposed, days fixed and released, two people changed over."""

from django.db import transaction
from django.db.models import F

from congress.editing import EditedMeanwhile
from congress.models import Township, User
from congress.numerals import listing, month_day
from congress.roles import require_keeper
from voters.models import DayEvent, ReceptionDay, ReceptionDuty
from voters.rota import Rota, make_rota
from voters.rota_planning import Planning, fingerprint, is_open, rota_to_make
from voters.rota_swap import swap_of

from .trail import write_event


@transaction.atomic
def save_rota(*, user: User, year: int, seen: str, group: int | None = None) -> list[ReceptionDay]:
    """Put the people of the rota on duty; ``seen`` is the fingerprint of what was shown.

    Returns the days on which something changed. Raises ``EditedMeanwhile`` where days, members
    or leave have changed so that the rota is no longer the one shown.
    """
    require_keeper(user)
    # Two requests at once take turns here.
    Township.objects.select_for_update().first()
    planning = rota_to_make(year, group)
    made = make_rota(planning.case)
    if fingerprint(made) != seen:
        raise EditedMeanwhile
    return put_on_duty(user, planning, made, group)


def put_on_duty(
    user: User, planning: Planning, made: Rota, group: int | None = None
) -> list[ReceptionDay]:
    """The rota's open days get its people; days that have them already are left alone."""
    changed = {}
    for each in made.days:
        day = planning.days[each.key]
        if not is_open(day) or group not in (None, day.group_id):
            continue
        now = [(duty.mandate_id, duty.reason) for duty in day.duties.all()]
        if now != [(pick.mandate, pick.reason) for pick in each.picks]:
            changed[day] = each.picks
    ReceptionDuty.objects.filter(day__in=changed).delete()
    ReceptionDuty.objects.bulk_create(
        ReceptionDuty(day=day, mandate_id=pick.mandate, reason=pick.reason)
        for day, picks in changed.items()
        for pick in picks
    )
    ReceptionDay.objects.filter(pk__in=[day.pk for day in changed]).update(version=F("version") + 1)
    DayEvent.objects.bulk_create(
        DayEvent(
            day=day,
            kind=DayEvent.Kind.ROTA,
            user=user,
            note=listing(pick.name for pick in picks),
        )
        for day, picks in changed.items()
    )
    return list(changed)


@transaction.atomic
def fix_day(*, user: User, day: ReceptionDay, is_fixed: bool) -> None:
    """固定 or 放开: whether making the rota again may change who is on duty that day."""
    require_keeper(user)
    changed = ReceptionDay.objects.filter(
        pk=day.pk, is_fixed=not is_fixed, state=ReceptionDay.State.PLANNED
    ).update(is_fixed=is_fixed, version=F("version") + 1)
    if changed:
        kind = DayEvent.Kind.FIXED if is_fixed else DayEvent.Kind.RELEASED
        write_event(user, day, kind)


@transaction.atomic
def swap_duties(*, user: User, first: int, second: int, seen: str, reason: str = "") -> None:
    """Two people change their days, if it has the effect that was shown.

    Raises ``EditedMeanwhile`` otherwise, ``SwapRefused`` where a hard rule would break.
    """
    require_keeper(user)
    found = {
        duty.pk: duty
        for duty in ReceptionDuty.objects.select_for_update(of=["self"])
        .filter(pk__in=[first, second])
        .select_related("day__group", "mandate__delegate")
    }
    if len(found) < 2:
        raise EditedMeanwhile
    duties = [found[first], found[second]]
    swap = swap_of(*duties)
    if swap.fingerprint != seen:
        raise EditedMeanwhile
    names = [duty.mandate.delegate.name for duty in duties]
    for duty, pick in zip(duties, swap.picks, strict=True):
        duty.mandate_id, duty.reason = pick.mandate, pick.note
        duty.status = ReceptionDuty.Status.ON_DUTY
        duty.save()
    days = [duty.day for duty in duties]
    ReceptionDay.objects.filter(pk__in=[day.pk for day in days]).update(version=F("version") + 1)
    for day, other, leaving, coming in zip(
        days, reversed(days), names, reversed(names), strict=True
    ):
        words = f"{leaving}与{coming}（{month_day(other.date)}）互换"
        write_event(user, day, DayEvent.Kind.SWAPPED, "：".join(filter(None, [words, reason])))
