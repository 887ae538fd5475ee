"""Feedback items as a whole: entered, and corrected. Their steps are in ``steps``."""

from typing import Any

from django.db import transaction

from congress.models import User
from congress.roles import require_keeper
from congress.tables import in_words
from voters.models import FeedbackItem
from voters.outcomes import outcome_labels
from voters.states import State

from .contact import end_releases
from .entering import enter_item, write_entry
from .steps import set_co_units, take_followers_of_corrected, take_step
from .sweep import refuse, remember


@transaction.atomic
def register_item(*, user: User, item: FeedbackItem, year: int, proposers=()) -> FeedbackItem:
    """Save a new item under the year's next number; one with a lead unit is assigned today."""
    require_keeper(user)
    unit, responsible = item.lead_unit, item.responsible
    item.lead_unit, item.responsible = None, ""
    enter_item(user=user, item=item, year=year)
    item.proposers.set(proposers)
    if unit:
        take_step(user=user, item=item, step="assign", lead_unit=unit, responsible=responsible)
    return item


@transaction.atomic
def correct_item(*, user: User, item: FeedbackItem, co_units=None) -> FeedbackItem:
    """Save an item whose fields were corrected; the table of states judges the whole.

    The trail says what stood there before.
    """
    require_keeper(user)
    stored = FeedbackItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if item.lead_unit and item.lead_unit in (item.co_units.all() if co_units is None else co_units):
        refuse("主办单位不能同时是协办单位。", "co_units")
    item.full_clean()
    item.save()
    take_followers_of_corrected(user, item, remember([stored])[item.pk])
    changed = [
        f"{_label(item, each)}：{_told(stored, each) or '（空）'}→{_told(item, each) or '（空）'}"
        for each in item._meta.concrete_fields
        if each.name != "version" and getattr(stored, each.attname) != getattr(item, each.attname)
    ]
    if co_units is not None:
        before = list(item.co_units.all())
        if set(before) != set(co_units):
            changed.append(f"协办单位：{_names(before)}→{_names(co_units)}")
            set_co_units([item], co_units)
    changed += end_releases([item]).values()
    if changed:
        write_entry(user, item, "correct", "\n".join(changed))
    return item


@transaction.atomic
def triage_item(
    *, user: User, item: FeedbackItem, step: str, corrections: dict[str, Any], **changes
) -> FeedbackItem:
    """Put fields of an item right and take a step of it, both or neither; raises as both do."""
    for name, value in corrections.items():
        setattr(item, name, value)
    correct_item(user=user, item=item)
    return take_step(user=user, item=item, step=step, **changes)


def _names(units) -> str:
    return "、".join(str(unit) for unit in units) or "（空）"


def _label(item: FeedbackItem, field) -> str:
    return field.verbose_name.replace("选民", item.asker)


def _told(item: FeedbackItem, field) -> str:
    if field.name == "outcome":
        return outcome_labels().get(item.outcome, "")
    display = getattr(item, f"get_{field.name}_display", None)
    return display() if display else in_words(getattr(item, field.name))


@transaction.atomic
def change_item(*, user: User, item: FeedbackItem) -> FeedbackItem:
    """Save title, topic or summary; an item that now has a lead unit is assigned."""
    unit, responsible = item.lead_unit, item.responsible
    is_new_assignment = unit and item.state == State.REGISTERED
    if is_new_assignment:
        item.lead_unit, item.responsible = None, ""
    correct_item(user=user, item=item)
    if is_new_assignment:
        take_step(user=user, item=item, step="assign", lead_unit=unit, responsible=responsible)
    return item
