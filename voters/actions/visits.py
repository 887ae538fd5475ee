"""Logging a visit with the items it raises, all in one transaction."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.editing import save_if_unchanged
from congress.models import User
from congress.periods import today
from congress.roles import require_keeper
from delegates.models import Mandate
from voters.models import (
    BlankForm,
    DayEvent,
    FeedbackItem,
    ReceptionDay,
    ReceptionDuty,
    Visit,
    VisitNote,
)

from .closing import require_not_closed
from .confidence import name_informed
from .items import change_item, register_item
from .numbers import number_in_series
from .steps import take_step
from .trail import write_event


@transaction.atomic
def log_visit(
    *,
    user: User,
    visit: Visit,
    received_by: Iterable[Mandate],
    items: Iterable[FeedbackItem] = (),
    rejected: Iterable[tuple[FeedbackItem, str]] = (),
    form: BlankForm | None = None,
) -> Visit:
    """Save a visit and its items under the next numbers; the day is then held.

    ``rejected`` are items that are not taken up, each with where the voter was sent. A visit
    written on a numbered ``form`` takes the form's number.
    Raises ``ValidationError`` and saves nothing when the day, a delegate or the form does not fit.
    """
    require_keeper(user)
    received_by = list(received_by)
    # As it is now: somebody may have closed or cancelled the day since it was read.
    visit.day = ReceptionDay.objects.select_for_update(of=["self"]).get(pk=visit.day_id)
    _check_day(visit.day, received_by)
    series = f"{visit.day.date.year}-"
    visit.number = _number_of(form, series) if form else number_in_series(Visit, series)
    visit.logged_by = user
    visit.full_clean()
    visit.save()
    visit.received_by.set(received_by)
    if visit.confidential:
        name_informed(user, visit)
    _mark_held(user, visit)
    _register(user, visit, items)
    for item, sent_to in rejected:
        _register(user, visit, [item])
        told = {"voter_told_on": visit.day.date, "told_by": visit.channel}
        take_step(user=user, item=item, step="reject", reply=f"告知去向：{sent_to}", **told)
    return visit


def _number_of(form: BlankForm, series: str) -> str:
    """A printed form's number, given once."""
    number = BlankForm.objects.select_for_update().get(pk=form.pk).number
    if Visit.objects.filter(number=number).exists():
        raise ValidationError({"form_number": f"{number}号登记表已经登记过来访。"})
    if not number.startswith(series):
        raise ValidationError({"form_number": f"{number}号登记表不是接待日当年的。"})
    return number


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
    require_not_closed(ReceptionDay.objects.get(visits=visit.pk))
    _check_day(visit.day, received_by)
    visit.full_clean()
    visit.save()
    visit.received_by.set(received_by)
    name_informed(user, visit)
    _mark_held(user, visit)
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
    if day.closed_at:
        raise ValidationError({"day": "这个接待日已结束登记，须先重新登记才能补登或更正来访。"})
    if not received_by:
        raise ValidationError({"received_by": "请选择接待代表。"})
    on_duty = set(
        day.duties.exclude(status=ReceptionDuty.Status.ABSENT).values_list("mandate", flat=True)
    )
    strangers = [mandate.delegate.name for mandate in received_by if mandate.pk not in on_duty]
    if strangers:
        raise ValidationError({"received_by": f"{'、'.join(strangers)}不在当日接待代表之列。"})


def _mark_held(user: User, visit: Visit) -> None:
    """Where somebody was received the day was held, and not without visitors."""
    day = visit.day
    if day.state != ReceptionDay.State.HELD:
        write_event(user, day, DayEvent.Kind.HELD, f"登记{visit.number}号来访")
    if day.state != ReceptionDay.State.HELD or day.no_visitors:
        day.state = ReceptionDay.State.HELD
        day.no_visitors = False
        day.version += 1
        day.save(update_fields=["state", "no_visitors", "version"])


@transaction.atomic
def add_note(*, user: User, visit: Visit, text: str) -> VisitNote:
    """更正和补充: what was written down stays, this stands beside it with name and time."""
    require_keeper(user)
    note = VisitNote(visit=visit, user=user, text=text)
    note.full_clean()
    note.save()
    return note
