"""Logging a visit with the items it raises, all in one transaction."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from congress.editing import save_if_unchanged
from congress.models import User
from congress.periods import today
from congress.roles import sees_voter_contact
from delegates.models import Mandate
from voters.models import ContactReveal, FeedbackItem, ReceptionDay, ReceptionDuty, Visit

from .items import change_item, register_item
from .numbers import number_in_series
from .permission import require_keeper


@transaction.atomic
def log_visit(
    *, user: User, visit: Visit, received_by: Iterable[Mandate], items: Iterable[FeedbackItem] = ()
) -> Visit:
    """Save a visit and its items under the next numbers; the day is then held.

    Raises ``ValidationError`` and saves nothing when the day or a delegate does not fit.
    """
    require_keeper(user)
    received_by = list(received_by)
    _check_day(visit.day, received_by)
    visit.number = number_in_series(Visit, f"{visit.day.date.year}-")
    visit.logged_by = user
    visit.full_clean()
    visit.save()
    visit.received_by.set(received_by)
    _mark_held(visit.day)
    _register(user, visit, items)
    return visit


@transaction.atomic
def correct_visit(
    *,
    user: User,
    visit: Visit,
    received_by: Iterable[Mandate],
    changed: Iterable[tuple[FeedbackItem, int]] = (),
    added: Iterable[FeedbackItem] = (),
) -> Visit:
    """Save a visit's corrected facts, its changed items (each with the version read), new items.

    Raises ``EditedMeanwhile`` when somebody else saved one of the items, and saves nothing then.
    """
    require_keeper(user)
    received_by = list(received_by)
    _check_day(visit.day, received_by)
    visit.full_clean()
    visit.save()
    visit.received_by.set(received_by)
    _mark_held(visit.day)
    for item, version in changed:
        save_if_unchanged(item, version, lambda item=item: change_item(user=user, item=item))
    _register(user, visit, added)
    return visit


def _register(user: User, visit: Visit, items: Iterable[FeedbackItem]) -> None:
    for item in items:
        item.visit = visit
        item.source = FeedbackItem.Source.VISIT
        register_item(user=user, item=item, year=visit.day.date.year)


def _check_day(day: ReceptionDay, received_by: list[Mandate]) -> None:
    if day.state == ReceptionDay.State.CANCELLED:
        raise ValidationError({"day": "这个接待日已取消，不能登记来访。"})
    if day.date > today():
        raise ValidationError({"day": "这个接待日还没有到，不能登记来访。"})
    if not received_by:
        raise ValidationError({"received_by": "请选择接待代表。"})
    on_duty = set(
        day.duties.exclude(status=ReceptionDuty.Status.ABSENT).values_list("mandate", flat=True)
    )
    strangers = [mandate.delegate.name for mandate in received_by if mandate.pk not in on_duty]
    if strangers:
        raise ValidationError({"received_by": f"{'、'.join(strangers)}不在当日接待代表之列。"})


def _mark_held(day: ReceptionDay) -> None:
    """Where somebody was received the day was held, and not without visitors."""
    if day.state != ReceptionDay.State.HELD or day.no_visitors:
        day.state = ReceptionDay.State.HELD
        day.no_visitors = False
        day.version += 1
        day.save(update_fields=["state", "no_visitors", "version"])


def reveal_contact(*, user: User, visit: Visit, reason: str = "") -> str:
    """The voter's telephone number in full; who asked and when is kept."""
    if not sees_voter_contact(user):
        raise PermissionDenied
    ContactReveal.objects.create(visit=visit, user=user, reason=reason)
    return visit.phone
