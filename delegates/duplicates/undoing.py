"""撤销合并: what later changes stand against it, and the rows put back as they were."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime

from congress.numerals import full_date
from delegates.models import Delegate, Mandate, Merge

from . import snapshots
from .relations import Pointer, unique_rules, words_of


def merged_into(key: int) -> Delegate | None:
    """The person whom this key's person was merged into, over several merges."""
    seen: set[int] = set()
    while key not in seen:
        seen.add(key)
        if person := Delegate.objects.filter(pk=key).first():
            return person
        key = _last(Merge.objects.standing().filter(removed_key=key), "kept_key") or key
    return None


def mandate_merged_into(key: int) -> Mandate | None:
    """The mandate that took the place of one that is gone."""
    seen: set[int] = set()
    while key not in seen:
        seen.add(key)
        if mandate := Mandate.objects.filter(pk=key).first():
            return mandate
        found = _last(Merge.objects.standing().filter(mandates__has_key=str(key)), "mandates")
        key = found[str(key)] if found else key
    return None


def _last(merges: models.QuerySet, field: str):
    return merges.order_by("-pk").values_list(field, flat=True).first()


def contradictions(merge: Merge) -> list[str]:
    """Why the merge cannot be undone now, each in a sentence; empty where it can."""
    if not Delegate.objects.filter(pk=merge.kept_key).exists():
        return list(_later(merge)) or [f"{merge.kept_name}的记录已经没有了，不能撤销。"]
    return [*_later(merge), *_edited(merge), *_pointed_elsewhere(merge), *_in_the_way(merge)]


def _later(merge: Merge) -> Iterable[str]:
    """Merges of the same person are taken back in turn, the last one first."""
    involved = Q(kept_key=merge.kept_key) | Q(removed_key=merge.kept_key)
    later = Merge.objects.standing().filter(involved, pk__gt=merge.pk).order_by("-pk").first()
    if later:
        yield f"这以后还办理过合并“{later}”（{full_date(localtime(later.at))}），请先撤销那一次。"


def _edited(merge: Merge) -> Iterable[str]:
    """Of a person what the merge set; of a mandate or a membership all that it says."""
    for told in merge.record["changed"]:
        row = _stored(told)
        if row is None:
            yield f"“{told['words']}”合并以后已被删除，不能撤销。"
            continue
        now, before, after = snapshots.values_of(row), told["before"], told["after"]
        for field in row._meta.concrete_fields:
            name = field.attname
            if field.name == "version" or name not in after or now[name] == after[name]:
                continue
            if isinstance(row, Delegate) and before[name] == after[name]:
                continue
            past = snapshots.row_of(type(row), after)
            yield (
                f"“{told['words']}”的{field.verbose_name}合并以后改过"
                f"（{snapshots.in_words(field, past)}改为{snapshots.in_words(field, row)}），"
                "请先改回再撤销。"
            )


def _pointed_elsewhere(merge: Merge) -> Iterable[str]:
    for told in merge.record["moved"]:
        model = snapshots.model_named(told["model"])
        if model is None:
            continue
        pointer = Pointer(model, model._meta.get_field(told["field"]))
        changed = model._base_manager.filter(pk__in=told["keys"]).exclude(
            **{told["field"]: told["to"]}
        )
        for row in changed:
            yield (
                f"{pointer.label}“{words_of(row)}”合并以后已改到另一位代表名下，请先改回再撤销。"
            )


def _in_the_way(merge: Merge) -> Iterable[str]:
    """Rows made since that stand where a removed one would have to go back to."""
    own = _own_keys(merge)
    for told in (*merge.record["removed"], *merge.record["changed"]):
        model = snapshots.model_named(told["model"])
        if model is None:
            continue
        if lost_targets(merge, told):
            if model in (Delegate, Mandate):
                yield f"“{told['words']}”的选区、届次或账号已被删除，不能撤销。"
            continue
        row = snapshots.row_of(model, told.get("values") or told["before"])
        for rule in unique_rules(model):
            if rule.key_of(row) is None:
                continue
            same = {name: getattr(row, model._meta.get_field(name).attname) for name in rule.fields}
            rows = model._base_manager.filter(rule.condition or Q(), **same)
            standing = rows.exclude(pk__in=own.get(told["model"], ())).first()
            if standing:
                yield (
                    f"“{told['words']}”恢复后会与现有的“{words_of(standing)}”重复，"
                    "请先改正现有的一条再撤销。"
                )


def _own_keys(merge: Merge) -> dict[str, set[int]]:
    """Rows that the undoing itself changes, so that they are in nobody's way."""
    own: dict[str, set[int]] = {}
    for told in merge.record["changed"]:
        own.setdefault(told["model"], set()).add(told["pk"])
    return own


def _stored(told: dict) -> models.Model | None:
    model = snapshots.model_named(told["model"])
    return model._base_manager.filter(pk=told["pk"]).first() if model else None


def not_restored(merge: Merge) -> list[dict]:
    """Removed rows of something that was deleted since; they stay gone with it."""
    return [
        told
        for told in merge.record["removed"]
        if snapshots.model_named(told["model"]) and lost_targets(merge, told)
    ]


def lost_targets(merge: Merge, told: dict) -> bool:
    """Whether what a row belonged to was deleted since: an activity with its marks."""
    model = snapshots.model_named(told["model"])
    values = told.get("values") or told["before"]
    restored = {(each["model"], each["pk"]) for each in merge.record["removed"]}
    for field in model._meta.concrete_fields:
        key = values.get(field.attname)
        if not field.is_relation or key is None:
            continue
        target = field.related_model
        if (target._meta.label, key) not in restored and not target._base_manager.filter(
            pk=key
        ).exists():
            return True
    return False


def restore(merge: Merge) -> None:
    """Rows back as they were; a row deleted since stays deleted, one added since stays."""
    record = merge.record
    for told in record["changed"]:
        row = _stored(told)
        names = [name for name in told["before"] if told["before"][name] != told["after"][name]]
        snapshots.write(row, {name: told["before"][name] for name in names if name != "version"})
        if hasattr(row, "version"):
            type(row)._base_manager.filter(pk=row.pk).update(version=F("version") + 1)
    person, *others = reversed(record["removed"])
    doubles = [told for told in others if told["model"] == Mandate._meta.label]
    rest = [told for told in others if told["model"] != Mandate._meta.label]
    for told in (person, *doubles):
        _put_back(told)
    for told in record["moved"]:
        if model := snapshots.model_named(told["model"]):
            rows = model._base_manager.filter(pk__in=told["keys"], **{told["field"]: told["to"]})
            rows.update(**{told["field"]: told["from"]})
    for told in rest:
        if snapshots.model_named(told["model"]) and not lost_targets(merge, told):
            _put_back(told)


def _put_back(told: dict) -> None:
    snapshots.put_back(snapshots.row_of(snapshots.model_named(told["model"]), told["values"]))
