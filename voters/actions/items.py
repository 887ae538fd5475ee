"""The life of a feedback item: registered, assigned, handled, answered, told, closed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from congress.models import User
from congress.periods import today
from congress.roles import require_keeper
from voters.deadlines import due_after
from voters.lifecycle import STEPS, State, Step, may_take
from voters.models import FeedbackItem, FeedbackStep, HandlingUnit

from .numbers import number_in_series

_NOT_TOLD = {
    "group_told_on": None,
    "voter_told_on": None,
    "told_by": "",
    "process_satisfaction": "",
    "result_satisfaction": "",
}
_NOT_ASSIGNED = {"assigned_on": None, "due_on": None, "extended_to": None}


@transaction.atomic
def register_item(*, user: User, item: FeedbackItem, year: int) -> FeedbackItem:
    """Save a new item under the year's next number; one with a lead unit is assigned today."""
    require_keeper(user)
    item.number = number_in_series(FeedbackItem, f"{year}-J")
    item.registered_on = today()
    item.state = State.REGISTERED
    unit, responsible = item.lead_unit, item.responsible
    item.full_clean()
    item.save()
    _write_step(user, item, "", "登记")
    if unit:
        take_step(user=user, item=item, step="assign", lead_unit=unit, responsible=responsible)
    return item


@transaction.atomic
def take_step(
    *, user: User, item: FeedbackItem, step: str, note: str = "", **changes
) -> FeedbackItem:
    """Take one of the steps of ``lifecycle.STEPS`` and write the trail.

    ``changes`` are fields of the item. Raises ``PermissionDenied`` when the user does not take
    this step, ``ValidationError`` when the state forbids it or a field is wrong.
    """
    taken = STEPS[step]
    if not takes_step(user, item, taken):
        raise PermissionDenied
    if item.state not in taken.leads:
        raise ValidationError(
            f"这条意见现在的状态是“{item.get_state_display()}”，不能办理“{taken.label}”。"
        )
    before = item.state
    note = "\n".join(filter(None, [note, *_kept_in_trail(item, step)]))
    for name, value in (_consequences(item, step) | changes).items():
        setattr(item, name, value)
    if step in ("assign", "reassign"):
        _assign(item)
    item.state = taken.leads[before]
    item.full_clean()
    item.save()
    _write_step(user, item, before, "：".join(filter(None, [taken.label, note])))
    return item


def takes_step(user: User, item: FeedbackItem, step: Step) -> bool:
    """Whether this user takes this step of this item, whatever its state."""
    is_own = bool(
        step.by_unit
        and item.lead_unit_id
        and HandlingUnit.objects.filter(pk=item.lead_unit_id, accounts=user.pk).exists()
    )
    return may_take(step, user, is_own)


def _assign(item: FeedbackItem) -> None:
    """The unit's contact answers for it and the township's target sets the deadline."""
    if item.lead_unit:
        item.responsible = item.responsible or item.lead_unit.contact
    item.assigned_on = item.assigned_on or today()
    item.due_on = item.due_on or due_after(item.assigned_on).day


def _consequences(item: FeedbackItem, step: str) -> dict:
    """Fields that a step empties."""
    if step == "reply" and item.state == State.REOPENED:
        return _NOT_TOLD
    if step in ("assign", "reassign", "reject"):
        return _NOT_ASSIGNED
    return {}


def _kept_in_trail(item: FeedbackItem, step: str) -> list[str]:
    """What a step overwrites, in words."""
    if step == "reply" and item.state == State.REOPENED:
        return [f"原答复（{item.replied_on}）：{item.reply}"]
    if step == "reassign":
        return [f"原主办单位：{item.lead_unit}，原办理期限：{item.due_on}"]
    return []


@transaction.atomic
def correct_item(*, user: User, item: FeedbackItem, before: str, co_units=None) -> FeedbackItem:
    """Save an item whose fields were corrected; the table of states judges the whole."""
    require_keeper(user)
    item.full_clean()
    item.save()
    if co_units is not None:
        item.co_units.set(co_units)
    _write_step(user, item, before, "更正登记内容")
    return item


@transaction.atomic
def change_item(*, user: User, item: FeedbackItem) -> FeedbackItem:
    """Save title, topic or summary; an item that now has a lead unit is assigned."""
    require_keeper(user)
    unit, responsible = item.lead_unit, item.responsible
    item.full_clean()
    item.save()
    _write_step(user, item, item.state, "更正登记内容")
    if unit and item.state == State.REGISTERED:
        take_step(user=user, item=item, step="assign", lead_unit=unit, responsible=responsible)
    return item


def _write_step(user: User, item: FeedbackItem, before: str, note: str) -> None:
    FeedbackStep.objects.create(
        item=item, user=user, from_state=before, to_state=item.state, note=note
    )
