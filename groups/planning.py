"""Changes of the annual plan: who may, and after the plan was issued with what reason.

A plan is that of one group, or of the township, for one year. Until the secretary issues it, its
items change freely; afterwards each change is kept with its reason, before and after in words.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Max, QuerySet

from congress.editing import next_number
from congress.models import Township, User
from congress.periods import today
from congress.roles import keeps_records, leads_group, runs_the_year
from congress.unsaved import shown

from .models import DelegateGroup, PlanChange, PlanIssue, PlanItem

TOWNSHIP = "全乡镇"
#: What a plan says of an item, in the order of the printed table.
TOLD = (
    "number",
    "title",
    "kind",
    "group",
    "first_month",
    "planned_count",
    "responsible",
    "participants",
    "note",
)
#: Out of the way of all numbers while items change places.
_ASIDE = 10_000


def may_plan_for(user: User, group_id: int | None) -> bool:
    """The office plans for all; leaders for the groups they lead today."""
    if keeps_records(user):
        return True
    led = DelegateGroup.objects.led_by(user, today())
    return leads_group(user) and group_id is not None and led.filter(pk=group_id).exists()


def issue_of(year: int, group_id: int | None) -> PlanIssue | None:
    return PlanIssue.objects.filter(year=year, group=group_id).first()


def issued(year: int, group_ids: Iterable[int | None]) -> list[PlanIssue]:
    """The issues of these plans, none for those that are still open."""
    keys = set(group_ids)
    found = PlanIssue.objects.filter(year=year).select_related("group")
    return [issue for issue in found if issue.group_id in keys]


@transaction.atomic
def add(*, by: User, item: PlanItem, reason: str = "") -> PlanItem:
    """A new item takes the next number of its year."""
    issues = _open_for(by, item.year, [item.group_id], reason)
    item.number = _next_number(item.year)
    _check_and_save(item)
    PlanChange.objects.bulk_create(
        remembered(issues, PlanChange.Kind.ADDED, item, after=told(item), reason=reason, by=by)
    )
    return item


@transaction.atomic
def change(*, by: User, item: PlanItem, reason: str = "") -> PlanItem:
    """Save the item as it is now; what was stored is the state before. It keeps its year."""
    before = PlanItem.objects.select_related("group").get(pk=item.pk)
    item.year = before.year
    old, new = differing(before, item)
    if not old:
        return item
    issues = _open_for(by, item.year, [before.group_id, item.group_id], reason)
    _check_and_save(item)
    PlanChange.objects.bulk_create(
        remembered(issues, PlanChange.Kind.CHANGED, item, old, new, reason=reason, by=by)
    )
    return item


@transaction.atomic
def delete(*, by: User, item: PlanItem, reason: str = "") -> None:
    issues = _open_for(by, item.year, [item.group_id], reason)
    PlanChange.objects.bulk_create(
        remembered(issues, PlanChange.Kind.DELETED, item, told(item), reason=reason, by=by)
    )
    item.delete()


@transaction.atomic
def move(*, by: User, item: PlanItem, up: bool) -> bool:
    """Change places with the neighbour in the same plan; whether there was one.

    The order of an issued plan stays: its numbers are quoted.
    """
    _check_may(by, [item.group_id])
    take_turns()
    if issue_of(item.year, item.group_id):
        raise ValidationError("计划已下发，次序不再调整。")
    same_plan = PlanItem.objects.filter(year=item.year, group=item.group_id)
    number = PlanItem.objects.get(pk=item.pk).number
    if up:
        neighbour = same_plan.filter(number__lt=number).order_by("-number").first()
    else:
        neighbour = same_plan.filter(number__gt=number).order_by("number").first()
    if neighbour is None:
        return False
    renumber({item.pk: neighbour.number, neighbour.pk: number})
    return True


def renumber(numbers: dict[int, int]) -> None:
    """Give items their new numbers, which others of them may still hold; inside a transaction."""
    items = PlanItem.objects.filter(pk__in=numbers)
    items.update(number=F("number") + _ASIDE)
    changed = list(items)
    for item in changed:
        item.number = numbers[item.pk]
        item.version += 1
    PlanItem.objects.bulk_update(changed, ["number", "version"])


@transaction.atomic
def apply(
    *,
    by: User,
    added: Iterable[PlanItem] = (),
    changed: Iterable[PlanItem] = (),
    deleted: Iterable[PlanItem] = (),
    reason: str = "",
) -> None:
    """All of these changes or none, each as if it were made by itself."""
    for item in deleted:
        delete(by=by, item=item, reason=reason)
    for item in changed:
        item.version += 1
        change(by=by, item=item, reason=reason)
    for item in added:
        add(by=by, item=item, reason=reason)


@transaction.atomic
def issue(*, by: User, year: int, groups: Iterable[DelegateGroup | None]) -> list[PlanIssue]:
    """下发 by the secretary; one that was issued stays so. Raises where a plan has no items."""
    if not runs_the_year(by):
        raise PermissionDenied
    take_turns()
    groups = list(groups)
    planned = set(PlanItem.objects.filter(year=year).values_list("group", flat=True).distinct())
    done = set(PlanIssue.objects.filter(year=year).values_list("group", flat=True))
    made = []
    for group in groups:
        key = group and group.pk
        if key not in planned:
            raise ValidationError(f"{group or TOWNSHIP}{year}年度计划还没有项目，不能下发。")
        if key not in done:
            made.append(PlanIssue(year=year, group=group, issued_on=today(), by=by))
    return PlanIssue.objects.bulk_create(made)


def take_turns() -> None:
    """Issuing, changing and making a plan wait for each other, so that none misses the other."""
    Township.objects.select_for_update().first()


def reason_wanted(issues: list[PlanIssue]) -> str:
    first = issues[0]
    return f"{first.group or TOWNSHIP}{first.year}年度计划已下发，请写明变更原因。"


def told(item: PlanItem) -> str:
    """The item in words, a line for each thing that is filled."""
    return _lines(_words(item))


def changes_of(user: User, year: int) -> QuerySet:
    """The kept changes of that year's plans that the user may see, the newest first."""
    visible = PlanChange.objects.visible_to(user).filter(year=year)
    return visible.select_related("group", "by")


def _open_for(by: User, year: int, group_ids: list[int | None], reason: str) -> list[PlanIssue]:
    """The issues whose plans are touched, after checking who may and the reason."""
    _check_may(by, group_ids)
    take_turns()
    issues = issued(year, group_ids)
    if issues and not reason.strip():
        raise ValidationError({"reason": reason_wanted(issues)})
    return issues


def _check_may(by: User, group_ids: Iterable[int | None]) -> None:
    if not all(may_plan_for(by, key) for key in set(group_ids)):
        raise PermissionDenied


def _check_and_save(item: PlanItem) -> None:
    item.full_clean()
    item.save()


def remembered(
    issues: Iterable[PlanIssue],
    kind: str,
    item: PlanItem,
    before: str = "",
    after: str = "",
    *,
    reason: str,
    by: User | None,
) -> list[PlanChange]:
    """One entry, not yet saved, for each issued plan that a change concerns."""
    return [
        PlanChange(
            year=issue.year,
            group_id=issue.group_id,
            item=item,
            kind=kind,
            title=item.title,
            before=before,
            after=after,
            reason=reason.strip(),
            changed_on=today(),
            by=by,
        )
        for issue in issues
    ]


def _words(item: PlanItem) -> dict[str, str]:
    """By the name of the column, what the plan says."""
    words = {}
    for name in TOLD:
        label = str(PlanItem._meta.get_field(name).verbose_name)
        if name == "first_month":
            words["计划月份"] = f"{item.months}月"
        elif name == "group":
            words["组织者"] = str(item.group or TOWNSHIP)
        else:
            words[label] = shown(item, name)
    return words


def differing(before: PlanItem, after: PlanItem) -> tuple[str, str]:
    """What two states of an item say differently, in words; empty where nothing differs."""
    old, new = _words(before), _words(after)
    names = [name for name in old if old[name] != new[name]]
    return (
        _lines({name: old[name] for name in names}, keep_empty=True),
        _lines({name: new[name] for name in names}, keep_empty=True),
    )


def _lines(words: dict[str, str], *, keep_empty: bool = False) -> str:
    return "\n".join(
        f"{name}：{value or '（空）'}" for name, value in words.items() if value or keep_empty
    )


def _next_number(year: int) -> int:
    """The number after the last of the year, given once only."""
    series = f"{year}年度计划"
    last = PlanItem.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    number = next_number(series, lambda number: int(number.removeprefix(series)) <= last)
    return int(number.removeprefix(series))
