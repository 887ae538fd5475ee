"""Moving feedback items along ``lifecycle.STEPS``: one way for a single item and for a thousand."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, QuerySet

from congress.constraints import violations
from congress.models import User
from voters.lifecycle import STEPS
from voters.models import FeedbackItem, FeedbackStep
from voters.states import State

from .consequences import AFTER
from .followers import HANDED_DOWN, followers_of, hand_down
from .standing import Standing
from .step_rules import RULES
from .sweep import Sweep, empty, is_empty, refuse, remember

#: Days of what has happened; none lies after today.
_PAST = ("signed_on", "replied_on", "group_told_on", "voter_told_on")
_EXTRAS = frozenset({"commitment", "promised_on", "proposers", "answer_by"})
_MANY = frozenset({"co_units"})
_BATCH = 500


@transaction.atomic
def take_step(
    *, user: User, item: FeedbackItem, step: str, note: str = "", **changes
) -> FeedbackItem:
    """Take one of ``lifecycle.STEPS`` and write the trail.

    ``changes`` are fields of the item or extras of the step, see ``Sweep``. Raises
    ``PermissionDenied`` when the user does not take this step, ``ValidationError`` when the state
    forbids it or something is missing or wrong; nothing is saved then.
    """
    sweep = _sweep(user, [item], step, note, changes)
    standing = Standing(user, [item])
    if not standing.may(sweep.step, item):
        raise PermissionDenied
    _move(sweep)
    item.save()
    _leave(sweep)
    return item


@transaction.atomic
def take_step_for_all(
    *,
    user: User,
    items: QuerySet,
    step: str,
    note: str = "",
    tell: Callable[[int, int], None] = lambda done, total: None,
    **changes,
) -> list[FeedbackItem]:
    """Take one step for many items, all or none; as many queries for three as for five hundred.

    ``tell`` hears how many are done, of how many. Raises as ``take_step``, with the number of the
    first item that does not allow it.
    """
    locked = list(items.select_for_update(of=("self",)).select_related("visit__day", "lead_unit"))
    sweep = _sweep(user, locked, step, note, changes)
    if not sweep.step.in_bulk:
        refuse(f"“{sweep.step.label}”须逐条办理。")
    standing = Standing(user, locked)
    if not all(standing.may(sweep.step, item) for item in locked):
        raise PermissionDenied
    _move(sweep, tell)
    _save_all(sweep)
    _leave(sweep)
    return locked


def _sweep(
    user: User, items: list[FeedbackItem], step: str, note: str, changes: dict[str, Any]
) -> Sweep:
    extras = {name: changes.pop(name) for name in _EXTRAS & changes.keys()}
    if unknown := changes.keys() - set(STEPS[step].asks):
        raise TypeError(f"{step} fills no {', '.join(sorted(unknown))}")
    return Sweep(user, STEPS[step], items, note.strip(), changes, extras, remember(items))


def _move(sweep: Sweep, tell: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Change the items in memory; the table and the rules of the step judge each of them."""
    for done, item in enumerate(sweep.items):
        try:
            _move_one(sweep, item)
        except ValidationError as error:
            if len(sweep.items) == 1:
                raise
            raise ValidationError(
                [f"{item.number}：{words}" for words in error.messages]
            ) from error
        if done % _BATCH == 0:
            tell(done, len(sweep.items))
    tell(len(sweep.items), len(sweep.items))


def _move_one(sweep: Sweep, item: FeedbackItem) -> None:
    step, state = sweep.step, State(item.state)
    if step.if_empty and not is_empty(item, step.if_empty):
        refuse(f"“{step.label}”已经办过，请刷新页面查看。")
    if not step.fits(item):
        refuse(f"这条意见现在的状态是“{item.get_state_display()}”，不能办理“{step.label}”。")
    if step.reason and not sweep.note:
        refuse(f"请填写{step.reason}。", "note")
    empty(item, step.empties)
    for name, value in (step.sets | sweep.changes).items():
        if name not in _MANY:
            setattr(item, name, value)
    for name in _PAST:
        if (value := sweep.changes.get(name)) and value > sweep.today:
            refuse(f"{item._meta.get_field(name).verbose_name}不能晚于今天。", name)
    RULES.get(step.name, _no_rule)(sweep, item)
    for name in step.needs:
        if is_empty(item, name):
            refuse(f"请填写{item._meta.get_field(name).verbose_name}。", name)
    waiting = any(all(is_empty(item, name) for name in names) for names in step.waits_for)
    item.state = state if waiting else step.leads[state]
    check(item)


def _no_rule(sweep: Sweep, item: FeedbackItem) -> None:
    """Most steps are judged by the table alone."""


def check(item: FeedbackItem) -> None:
    """``full_clean`` without a query; nothing here may change a number or invent a unit."""
    relations = {each.name for each in item._meta.concrete_fields if each.is_relation}
    item.clean_fields(exclude=relations)
    item.clean()
    errors: dict[str, list[str]] = defaultdict(list)
    for field, message in violations(item):
        errors[field or "__all__"].append(message)
    if errors:
        raise ValidationError(dict(errors))


def _save_all(sweep: Sweep) -> None:
    """One statement for all items that change alike."""
    alike: dict[tuple, list[int]] = defaultdict(list)
    for item in sweep.items:
        before = sweep.before[item.pk]
        changed = tuple(
            (name, value) for name in before if (value := getattr(item, name)) != before[name]
        )
        alike[changed].append(item.pk)
    for changed, keys in alike.items():
        for start in range(0, len(keys), _BATCH):
            rows = FeedbackItem.objects.filter(pk__in=keys[start : start + _BATCH])
            rows.update(version=F("version") + 1, **dict(changed))


def _leave(sweep: Sweep) -> None:
    """What a step leaves beside the item: its units, its trail, its consequences."""
    if "co_units" in sweep.changes:
        set_co_units(sweep.items, sweep.changes["co_units"])
    AFTER.get(sweep.step.name, _no_consequence)(sweep)
    FeedbackStep.objects.bulk_create(
        FeedbackStep(
            item=item,
            user=sweep.user,
            kind=sweep.step.name,
            from_state=sweep.before[item.pk]["state"],
            to_state=item.state,
            note=sweep.note_of(item),
            answer_by=sweep.extras.get("answer_by"),
        )
        for item in sweep.items
    )
    if sweep.step.name in HANDED_DOWN:
        _take_followers_along(sweep)


def _take_followers_along(sweep: Sweep) -> None:
    """Those merged into the sweep's items share their clock, and in the end their answer."""
    followers = followers_of(sweep.items)
    if not followers:
        return
    before = remember(followers)
    hand_down(sweep.items, followers)
    along = HANDED_DOWN[sweep.step.name]
    if along:
        moved = Sweep(sweep.user, STEPS[along], followers, before=before)
        _move(moved)
        _save_all(moved)
        _leave(moved)
    else:
        _save_all(Sweep(sweep.user, sweep.step, followers, before=before))


def _no_consequence(sweep: Sweep) -> None:
    """Most steps leave nothing but their trail."""


def set_co_units(items: Iterable[FeedbackItem], units) -> None:
    through = FeedbackItem.co_units.through
    keys = [item.pk for item in items]
    through.objects.filter(feedbackitem__in=keys).delete()
    through.objects.bulk_create(
        through(feedbackitem_id=key, handlingunit_id=unit.pk) for key in keys for unit in units
    )
