"""Moving feedback items along ``lifecycle.STEPS``: one way for a single item and for a thousand."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from congress.constraints import violations
from congress.editing import EditedMeanwhile
from congress.models import User
from congress.privacy import without_personal_numbers
from voters.lifecycle import STEPS
from voters.models import FeedbackItem, FeedbackStep
from voters.states import State
from voters.step import Step

from .consequences import AFTER
from .contact import end_releases_of
from .followers import HANDED_DOWN, followers_of, take_over
from .standing import Standing
from .step_rules import RULES
from .sweep import BATCH, Sweep, empty, is_empty, put_back, refuse, remember, save_changed

#: Days of what has happened; none lies after today.
_PAST = ("signed_on", "replied_on", "group_told_on", "voter_told_on")
_EXTRAS = frozenset({"commitment", "promised_on", "proposers", "lead_proposer", "answer_by"})
_MANY = frozenset({"co_units"})


@transaction.atomic
def take_step(
    *, user: User, item: FeedbackItem, step: str, note: str = "", **changes
) -> FeedbackItem:
    """Take one of ``lifecycle.STEPS`` and write the trail.

    ``changes`` are fields of the item or extras of the step, see ``Sweep``. Raises
    ``PermissionDenied`` when the user does not take this step, ``ValidationError`` when the state
    forbids it or something is missing or wrong, ``EditedMeanwhile`` when the item is no longer the
    version that ``item`` is; nothing is saved then.
    """
    _lock(item)
    sweep = _sweep(user, [item], step, note, changes)
    if not Standing(user, [item]).may(sweep.step, item):
        raise PermissionDenied
    _take(sweep)
    return item


def _lock(item: FeedbackItem) -> None:
    """Nobody else moves the item now; what was changed in memory only is not taken along."""
    rows = FeedbackItem.objects.select_for_update(of=("self",))
    stored = rows.filter(pk=item.pk, version=item.version).first()
    if stored is None:
        raise EditedMeanwhile
    put_back([item], remember([stored]))


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
    rows = items.order_by("pk").select_related("visit__day", "lead_unit")
    locked = list(rows.select_for_update(of=("self",)))
    sweep = _sweep(user, locked, step, note, changes)
    if not sweep.step.in_bulk:
        refuse(f"“{sweep.step.label}”须逐条办理。")
    standing = Standing(user, locked)
    if not all(standing.may(sweep.step, item) for item in locked):
        raise PermissionDenied
    _take(sweep, tell)
    return locked


def _sweep(
    user: User, items: list[FeedbackItem], step: str, note: str, changes: dict[str, Any]
) -> Sweep:
    extras = {name: changes.pop(name) for name in _EXTRAS & changes.keys()}
    if unknown := changes.keys() - set(STEPS[step].asks):
        raise TypeError(f"{step} fills no {', '.join(sorted(unknown))}")
    return Sweep(user, STEPS[step], items, note.strip(), changes, extras, remember(items))


def _take(sweep: Sweep, tell: Callable[[int, int], None] = lambda done, total: None) -> None:
    """Move the items, save them and what they leave; what is refused stays as it was."""
    try:
        _move(sweep, tell)
        save_changed(sweep.items, sweep.before)
        _leave(sweep)
    except ValidationError:
        put_back(sweep.items, sweep.before)
        raise


def _move(sweep: Sweep, tell: Callable[[int, int], None]) -> None:
    """Change the items in memory; the table and the rules of the step judge each of them."""
    for done, item in enumerate(sweep.items):
        try:
            _move_one(sweep, item)
        except ValidationError as error:
            refusal = worded_for(item, error)
            if len(sweep.items) == 1:
                raise refusal from error
            raise ValidationError(
                [f"{item.number}：{words}" for words in refusal.messages]
            ) from error
        if done % BATCH == 0:
            tell(done, len(sweep.items))
    tell(len(sweep.items), len(sweep.items))


def worded_for(item: FeedbackItem, error: ValidationError) -> ValidationError:
    """The same refusal; it names the delegates where they asked, and no voter."""
    if item.asker == "选民":
        return error
    if not hasattr(error, "error_dict"):
        return ValidationError([words.replace("选民", item.asker) for words in error.messages])
    return ValidationError(
        {
            field: [words.replace("选民", item.asker) for words in messages]
            for field, messages in error.message_dict.items()
        }
    )


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


def _leave(sweep: Sweep) -> None:
    """What a step leaves beside the item: its units, its trail, its consequences."""
    if "co_units" in sweep.changes:
        set_co_units(sweep.items, sweep.changes["co_units"])
    AFTER.get(sweep.step.name, _no_consequence)(sweep)
    end_releases_of(sweep)
    FeedbackStep.objects.bulk_create(
        FeedbackStep(
            item=item,
            user=sweep.user,
            kind=sweep.step.name,
            from_state=sweep.before[item.pk]["state"],
            to_state=item.state,
            # The trail is never rewritten, also when the voter's contact is cleared.
            note=without_personal_numbers(sweep.note_of(item)),
            answer_by=sweep.extras.get("answer_by"),
        )
        for item in sweep.items
    )
    if along := HANDED_DOWN.get(sweep.step.name):
        take_followers_along(sweep, along)


def take_followers_along(sweep: Sweep, along: str = "follow") -> None:
    """Those merged into the sweep's items share their clock, and in the end their answer."""
    mains = {item.pk: item for item in sweep.items}
    moved = Sweep(sweep.user, STEPS[along], [])
    for follower in followers_of(along, sweep.items, sweep.before):
        main = mains[follower.follows_id]
        before = remember([follower])
        take_over(follower, main, answered=along in ("follow_reply", "follow_reject"))
        if along != "follow" or remember([follower]) != before:
            moved.items.append(follower)
            moved.before |= before
            moved.tell(follower, _followed(sweep, main))
    if moved.items:
        _take(moved)


def _followed(sweep: Sweep, main: FeedbackItem) -> str:
    words = f"{main.number}{sweep.step.label}"
    if main.follows_id != sweep.was(main, "follows_id") and main.follows:
        words += f"为{main.follows.number}"
    return f"{words}，办理期限{main.deadline_day}" if main.deadline_day else words


def take_followers_of_corrected(user: User, item: FeedbackItem, before: dict[str, Any]) -> None:
    """A corrected clock is theirs too; ``before``: the item's fields before the correction."""
    take_followers_along(Sweep(user, Step("correct", "更正", {}), [item], before={item.pk: before}))


def _no_consequence(sweep: Sweep) -> None:
    """Most steps leave nothing but their trail."""


def set_co_units(items: Iterable[FeedbackItem], units) -> None:
    through = FeedbackItem.co_units.through
    keys = [item.pk for item in items]
    through.objects.filter(feedbackitem__in=keys).delete()
    through.objects.bulk_create(
        through(feedbackitem_id=key, handlingunit_id=unit.pk) for key in keys for unit in units
    )
