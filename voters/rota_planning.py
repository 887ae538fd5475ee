"""From the records to ``voters.rota`` and back: the year's case, and the rota that stands.

Every function asks a fixed number of queries, however many groups and delegates there are.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q

from congress import editing
from congress.models import Township
from congress.periods import Period, today
from delegates.models import Mandate, Suspension
from groups.models import DelegateGroup, Membership

from . import rota
from .models import ReceptionDay, ReceptionDuty, Unavailability
from .year_plan import plan_year

State = ReceptionDay.State
MayOpen = Callable[[ReceptionDay], bool]


@dataclass(frozen=True)
class Planning:
    """A case with the records it came from; a day of the rule that is not made yet has none."""

    case: rota.Case
    groups: dict[int, DelegateGroup]
    mandates: dict[int, Mandate]
    days: dict[tuple, ReceptionDay]


def rota_to_make(year: int, group: int | None = None) -> Planning:
    """The days there are: the planned ones, or only those of a group, are open."""
    return _planning(year, _known_days(year), lambda day: group in (None, day.group_id))


def rota_standing(year: int) -> Planning:
    """All days with those who are on duty now; nothing is open."""
    return _planning(year, _known_days(year), lambda day: False)


def rota_by_rule(year: int, from_scratch: bool = False) -> Planning:
    """As ``rota_to_make``, with the missing days of the rule; or those of the rule alone."""
    known = [] if from_scratch else _known_days(year)
    missing = [
        ReceptionDay(date=month.rule.date, group=each.group)
        for month in plan_year(year).months
        for each in month.groups
        if (each.in_office if from_scratch else each.is_missing)
    ]
    return _planning(year, [*known, *missing])


def _known_days(year: int) -> list[ReceptionDay]:
    return list(
        ReceptionDay.objects.filter(date__year=year)
        .exclude(state=State.CANCELLED)
        .select_related("group")
        .prefetch_related("duties")
    )


def is_open(day: ReceptionDay) -> bool:
    """Whether making the rota may change who is on duty that day.

    Who was on duty on a day gone by is not changed, though nobody has marked it as held yet.
    """
    if day.state != State.PLANNED or day.is_fixed:
        return False
    return day.date > today() or not (day.pk and day.duties.all())


def _day(day: ReceptionDay, places: int, may_open: MayOpen) -> rota.Day:
    if is_open(day) and may_open(day):
        return rota.Day(day.group_id, day.date, places)
    state = rota.DayState.HELD if day.state == State.HELD else rota.DayState.FIXED
    duties = day.duties.all() if day.pk else ()
    return rota.Day(
        day.group_id,
        day.date,
        places,
        state,
        tuple(rota.Duty(duty.mandate_id, rota.Status(duty.status)) for duty in duties),
    )


def _planning(
    year: int, records: Iterable[ReceptionDay], may_open: MayOpen = lambda day: True
) -> Planning:
    township = Township.current()
    records = {(day.date, day.group_id): day for day in records}
    days = [_day(day, township.duty_places, may_open) for day in records.values()]
    groups = {day.group_id: day.group for day in records.values()}
    dates = [day.date for day in days]
    whole = Period.of_year(year)
    # A day of the rule may have been shifted out of its year.
    period = Period(min([whole.first, *dates]), max([whole.last, *dates]))
    memberships = list(
        Membership.objects.filter(
            Q(end__isnull=True) | Q(end__gt=period.first),
            mandate__isnull=False,
            group__in=groups,
            start__lte=period.last,
        )
        .select_related("mandate__delegate")
        .order_by("pk")
    )
    mandates = {each.mandate_id: each.mandate for each in memberships}
    stood_in = {duty.mandate for day in days for duty in day.duties} - mandates.keys()
    mandates |= {
        mandate.pk: mandate
        for mandate in Mandate.objects.filter(pk__in=stood_in).select_related("delegate")
    }
    case = rota.Case(
        groups=tuple(rota.Group(pk, str(group)) for pk, group in groups.items()),
        days=tuple(days),
        members=tuple(_members(memberships, mandates, days, period)),
        past=tuple(_past(year, mandates)),
        rules=rota.Rules(minimum=township.duty_minimum, town_word=township.kind or "镇"),
    )
    return Planning(case, groups, mandates, records)


def _members(
    memberships: list[Membership], mandates: dict, days: list[rota.Day], period: Period
) -> Iterable[rota.Member]:
    """A row a mandate and group; whoever stood in from outside is a member on no day."""
    suspensions = defaultdict(list)
    for suspension in Suspension.objects.filter(mandate__in=mandates, start__lte=period.last):
        suspensions[suspension.mandate_id].append(suspension)
    leave = _leave(mandates, days, period)
    spans = defaultdict(list)
    for each in memberships:
        spans[each.group_id, each.mandate_id] += _in_office(each, suspensions[each.mandate_id])
    for day in days:
        for duty in day.duties:
            spans[day.group, duty.mandate] += []
    for (group, mandate), in_office in spans.items():
        person = mandates[mandate].delegate
        yield rota.Member(
            key=mandate,
            person=person.pk,
            group=group,
            name=person.name,
            level=rota.Level(mandates[mandate].level),
            spans=tuple(sorted(in_office, key=lambda span: span.start)),
            unavailable=leave[person.pk],
        )


def _in_office(membership: Membership, suspensions: list[Suspension]) -> list[rota.Span]:
    """Days of the membership on which the mandate holds and is not suspended."""
    mandate = membership.mandate
    spans = [
        (max(membership.start, mandate.start), _earlier(membership.end, mandate.end)),
    ]
    for gap in suspensions:
        left = [(start, _earlier(end, gap.start)) for start, end in spans]
        right = [(max(start, gap.end), end) for start, end in spans] if gap.end else []
        spans = [(start, end) for start, end in left + right if end is None or start < end]
    return [rota.Span(start, end) for start, end in spans]


def _earlier(first: datetime.date | None, second: datetime.date | None) -> datetime.date | None:
    return min((date for date in (first, second) if date), default=None)


def _leave(mandates: dict, days: list[rota.Day], period: Period) -> dict:
    """person: the dates of the case on which that person cannot come."""
    dates = {day.date for day in days}
    found = defaultdict(frozenset)
    people = {mandate.delegate_id for mandate in mandates.values()}
    for away in Unavailability.objects.touching(period).filter(delegate__in=people):
        found[away.delegate_id] |= {date for date in dates if away.holds_on(date)}
    return found


def _past(year: int, mandates: dict) -> Iterable[rota.PastDuty]:
    """Duties of the year before, of everybody in the case."""
    people = {mandate.delegate_id for mandate in mandates.values()}
    duties = ReceptionDuty.objects.filter(
        day__date__year=year - 1, day__state=State.HELD, mandate__delegate__in=people
    )
    for person, date, status in duties.values_list("mandate__delegate", "day__date", "status"):
        yield rota.PastDuty(person, date, rota.Status(status))


def fingerprint(made: rota.Rota) -> str:
    """What a rota says, in short; of two that say the same it is the same."""
    told = [
        (day.date.isoformat(), day.group, [(pick.mandate, pick.reason) for pick in day.picks])
        for day in made.days
    ]
    return editing.fingerprint(told)
