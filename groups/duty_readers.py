"""Whose duty file a user may read."""

from django.db.models import Q, QuerySet

from congress.models import User
from congress.periods import today
from congress.roles import is_delegate, leads_group, reads_all
from delegates.duty_file import days_so_far
from delegates.models import Delegate, Mandate

from .forms.duty_files import OverviewForm
from .models import DelegateGroup, Membership


def readable_persons(user: User) -> QuerySet:
    """Office and chair: everybody. A leader: the group's members of today. A delegate: the own."""
    if reads_all(user):
        return Delegate.objects.all()
    if leads_group(user):
        groups = DelegateGroup.objects.led_by(user, today())
        members = Membership.objects.holding_on(today()).filter(group__in=groups)
        return Delegate.objects.filter(
            Q(account=user) | Q(pk__in=members.values("mandate__delegate"))
        )
    if is_delegate(user):
        return Delegate.objects.filter(account=user)
    return Delegate.objects.none()


def persons_of(user: User, form: OverviewForm) -> QuerySet:
    """Everybody readable who held a mandate in the period, as narrowed by the form."""
    first, last = days_so_far(form.chosen.period)
    held = Mandate.objects.filter(start__lte=last).exclude(end__lte=first)
    persons = readable_persons(user).filter(pk__in=held.values("delegate"))
    return form.narrowed(persons, last).order_by("pk")
