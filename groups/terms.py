"""任期届满: mandates, groups and all that belongs to a term end with it (代表法 2)."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from congress.models import Term, User
from congress.numerals import full_date, listing
from congress.periods import today
from congress.roles import require_keeper
from delegates.models import Mandate, Suspension

from .models import DelegateGroup, GroupVillage, Membership

#: So many names are told of those who stand in the way.
_NAMED = 5


@transaction.atomic
def end_term(*, by: User, term: Term, was: datetime.date | None) -> None:
    """What still holds on the last day of the term ends after it.

    ``was`` is the last day noted before: what ended with it ends with the new one, or goes on where
    there is none. Rooms are places and stay. Raises ``ValidationError`` where something of the term
    begins or ends later.
    """
    require_keeper(by)
    if term.last_day == was:
        return
    if term.last_day and term.last_day > today():
        raise ValidationError({"last_day": "任期届满的日期未到；届满之日起再填写。"})
    before, end = _day_after(was), _day_after(term.last_day)
    own = Mandate.objects.select_for_update(of=("self",)).filter(term=term)
    # Ended for good is who ended for a reason of his own.
    moving = own.filter(end=before, end_reason=Mandate.EndReason.TERM_OVER if before else "")
    memberships = Membership.objects.filter(
        Q(mandate__isnull=True) | Q(mandate__in=moving.values("pk")), group__term=term, end=before
    )
    coverage = GroupVillage.objects.filter(group__term=term, end=before)
    groups = DelegateGroup.objects.filter(term=term, end=before)
    if end:
        _refuse_later(term, end)
    elif _succeeded(coverage, before):
        raise ValidationError({"last_day": "这些村已编入下一届的代表小组，不能再取消任期届满。"})
    changed = {"end": end, "version": F("version") + 1}
    keys = list(moving.values_list("pk", flat=True))
    memberships.update(**changed)
    groups.update(**changed)
    coverage.update(**changed)
    suspended = Suspension.objects.filter(mandate__in=keys, end=before)
    suspended.filter(start__lt=end or datetime.date.max).update(**changed)
    Mandate.objects.filter(pk__in=keys).update(
        end_reason=Mandate.EndReason.TERM_OVER if end else "", **changed
    )


def _day_after(day: datetime.date | None) -> datetime.date | None:
    return day + datetime.timedelta(days=1) if day else None


def _refuse_later(term: Term, end: datetime.date) -> None:
    """What begins after the term cannot belong to it, nor what ended later for another reason."""
    ended_later = Q(end__gt=end) & ~Q(end_reason=Mandate.EndReason.TERM_OVER)
    later = [
        *Mandate.objects.filter(Q(start__gte=end) | ended_later, term=term),
        *DelegateGroup.objects.filter(term=term, start__gte=end),
        *Membership.objects.filter(group__term=term, start__gte=end),
        *GroupVillage.objects.filter(group__term=term, start__gte=end),
    ]
    if later:
        named = listing(each.named for each in later[:_NAMED])
        raise ValidationError(
            {"last_day": f"{named}的起止日期在{full_date(end)}或以后，请先核对。"}
        )


def _succeeded(coverage: models.QuerySet, day: datetime.date) -> bool:
    """Whether villages that would be covered again belong to another group by now."""
    others = GroupVillage.objects.filter(Q(end__isnull=True) | Q(end__gt=day))
    others = others.filter(village__in=coverage.values("village"))
    return others.exclude(pk__in=coverage.values("pk")).exists()
