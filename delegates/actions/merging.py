"""Merging a person recorded twice, taking it back, and saying that two are not one.

A merge never loses a row: what it removes or changes stands in its record, as it was.
"""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from congress.editing import EditedMeanwhile
from congress.models import Record, User
from congress.periods import Dated, now
from congress.roles import require_keeper
from delegates.duplicates import snapshots
from delegates.duplicates.comparing import comparisons
from delegates.duplicates.moving import Plan, plan_of
from delegates.duplicates.relations import Pointer, of_mandates, words_of
from delegates.duplicates.undoing import contradictions, restore
from delegates.models import Delegate, KeptApart, Mandate, Merge, MergeUndone

from .mandates import amend

AGAINST_A_RULE = "合并后的记录不符合登记规则，没有合并；请核对两人的记录后再试。"


@transaction.atomic
def merge(
    *, by: User, kept: Delegate, other: Delegate, chosen: Mapping[str, str], seen: str
) -> Merge:
    """Make one person of two; ``chosen`` are the values that stay, ``seen`` the plan shown.

    Raises ``EditedMeanwhile`` where the plan is another one by now, ``ValidationError`` where rows
    contradict each other or the person would break a rule.
    """
    require_keeper(by)
    kept, other = _locked(kept, other)
    plan = plan_of(kept, other)
    if plan.seen != seen:
        raise EditedMeanwhile
    if plan.conflicts:
        raise ValidationError([conflict.sentence for conflict in plan.conflicts])
    return _merge(by, plan, chosen)


def _locked(kept: Delegate, other: Delegate) -> tuple[Delegate, Delegate]:
    """Both as they are now, with their mandates, so that nothing is added to them meanwhile."""
    keys = [kept.pk, other.pk]
    found = {each.pk: each for each in Delegate.objects.select_for_update().filter(pk__in=keys)}
    if len(found) < 2:
        raise EditedMeanwhile
    list(Mandate.objects.select_for_update().filter(delegate__in=keys).values_list("pk"))
    return found[kept.pk], found[other.pk]


def _merge(by: User, plan: Plan, chosen: Mapping[str, str]) -> Merge:
    names = plan.kept.name, plan.other.name
    compared = comparisons(plan)
    lasting = {(type(each.stays), each.stays.pk): each.stays for each in plan.joined if each.span}
    stay = [*(each.ours for each in compared), *lasting.values()]
    before = [snapshots.values_of(row) for row in stay]
    for each in compared:
        each.apply(chosen)
    removed = [_removed(joined.row, joined.pointer) for joined in plan.joined]
    removed += [_removed(double) for _, double in plan.doubles]
    removed.append(_removed(plan.other))
    try:
        moved = _move(plan)
        _save(stay[: len(compared)])
        _lengthen(plan)
    except IntegrityError as error:
        raise ValidationError(AGAINST_A_RULE) from error
    record = {
        "removed": removed,
        "changed": [_changed(row, past) for row, past in zip(stay, before, strict=True)],
        "moved": moved,
    }
    return Merge.objects.create(
        kept_key=plan.kept.pk,
        removed_key=plan.other.pk,
        kept_name=names[0],
        removed_name=names[1],
        mandates={str(double.pk): stays.pk for stays, double in plan.doubles},
        record=record,
        by=by,
        at=now(),
    )


def _removed(row: models.Model, pointer: Pointer | None = None) -> dict:
    return {
        "model": row._meta.label,
        "pk": row.pk,
        "label": pointer.label if pointer else str(row._meta.verbose_name),
        "words": words_of(row),
        "values": snapshots.values_of(row),
    }


def _changed(row: models.Model, before: dict) -> dict:
    stored = type(row)._base_manager.get(pk=row.pk)
    return {
        "model": row._meta.label,
        "pk": row.pk,
        "words": words_of(stored),
        "before": before,
        "after": snapshots.values_of(stored),
    }


def _move(plan: Plan) -> list[dict]:
    """Point everything at the person who stays; what is superfluous then goes."""
    for joined in plan.joined:
        snapshots.take_out(type(joined.row)._base_manager.filter(pk=joined.row.pk))
    targets = {double.pk: stays.pk for stays, double in plan.doubles}
    moved = []
    for pointer, rows in plan.moved.items():
        by_target: dict[int, list[int]] = {}
        for row in rows:
            by_target.setdefault(pointer.target(row), []).append(row.pk)
        for past, keys in by_target.items():
            target = plan.kept.pk if pointer.field.related_model is Delegate else targets[past]
            moved.append(_pointed(pointer, past, target, keys))
    doubles = Mandate.objects.filter(pk__in=targets)
    going = [mandate.pk for mandate in plan.moving_mandates]
    snapshots.take_out(doubles)
    if going:
        of_person = Pointer(Mandate, Mandate._meta.get_field("delegate"))
        moved.append(_pointed(of_person, plan.other.pk, plan.kept.pk, going))
    snapshots.take_out(Delegate.objects.filter(pk=plan.other.pk))
    return moved


def _pointed(pointer: Pointer, past: int, target: int, keys: list[int]) -> dict:
    pointer.model._base_manager.filter(pk__in=keys).update(**{pointer.field.name: target})
    return {
        "model": pointer.model._meta.label,
        "label": pointer.label,
        "field": pointer.field.name,
        "from": past,
        "to": target,
        "keys": keys,
    }


def _lengthen(plan: Plan) -> None:
    """The spans of rows that became one; each is checked against what now stands."""
    spans = {(type(each.stays), each.stays.pk): each.span for each in plan.joined if each.span}
    for (model, key), (start, end) in spans.items():
        amend(model._base_manager.get(pk=key), start=start, end=end)


def _save(records: list[Record]) -> None:
    """The chosen values; nothing of a mandate may have begun before it."""
    for record in records:
        amend(record)
    mandates = [record for record in records if isinstance(record, Mandate)]
    for pointer in of_mandates():
        if not issubclass(pointer.model, Dated):
            continue
        for mandate in mandates:
            early = pointer.rows_of([mandate.pk]).filter(start__lt=mandate.start).first()
            if early:
                raise ValidationError(
                    f"{pointer.label}“{words_of(early)}”自{early.start}起，早于所选的当选日期"
                    f"（{mandate.start}），请改选当选日期或先改正这条记录。"
                )


@transaction.atomic
def undo_merge(*, by: User, merge: Merge) -> MergeUndone:
    """Make two persons of one again, as they were. Raises ``ValidationError`` with the why not."""
    require_keeper(by)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.is_undone:
        return merge.undone
    list(Delegate.objects.select_for_update().filter(pk=merge.kept_key).values_list("pk"))
    if found := contradictions(merge):
        raise ValidationError(found)
    try:
        with transaction.atomic():
            restore(merge)
    except IntegrityError as error:
        raise ValidationError(
            "合并以后登记的记录与原来的记录重复，不能撤销；请先改正后来登记的记录。"
        ) from error
    return MergeUndone.objects.create(merge=merge, by=by, at=now())


@transaction.atomic
def keep_apart(*, by: User, one: Delegate, other: Delegate) -> KeptApart:
    """确认不是同一人; saying so twice changes nothing."""
    require_keeper(by)
    one, other = sorted((one, other), key=lambda person: person.pk)
    apart, _ = KeptApart.objects.get_or_create(
        one=one, other=other, defaults={"by": by, "at": now()}
    )
    return apart


@transaction.atomic
def propose_again(*, by: User, one: Delegate, other: Delegate) -> None:
    """Take back that they are not one."""
    require_keeper(by)
    both = [one.pk, other.pk]
    KeptApart.objects.filter(one__in=both, other__in=both).delete()
