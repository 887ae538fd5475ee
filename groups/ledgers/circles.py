"""Whom an activity invited, read from the ledger: 应到 are those who stand in 活动出席."""

from collections import defaultdict
from collections.abc import Iterable

from congress.ledger_plan import Plan
from congress.workbook import Row
from delegates.models import Mandate
from delegates.roster import is_town

from ..models import Activity, Attendance, DelegateGroup
from .membership import GroupBook

Circle = Activity.Circle
HEADING = "邀请范围"


def plan_circles(
    plan: Plan,
    book: GroupBook,
    added: dict[int, list[tuple[Row, Attendance]]],
    before: dict[int, list[Mandate]],
    expected: dict[int, list[Mandate]],
):
    """The circle of each activity to which the file adds attendance, by ``id`` of the activity.

    ``before`` are those who stood on its sheet already, ``expected`` all who could be invited.
    What the office chose stays, unless the ledger names somebody whom it leaves out.
    """
    named = _by_activity(plan, Activity.invited.through, "mandate_id")
    in_groups = _by_activity(plan, Activity.invited_groups.through, "delegategroup_id")
    for key, rows in added.items():
        row, first = rows[0]
        activity = first.activity
        stored_names = named.get(activity.pk, [])
        stored_groups = in_groups.get(activity.pk, [])
        names = {each.mandate_id for each in stored_names}
        groups = {each.delegategroup_id for each in stored_groups}
        new = [attendance.mandate for _, attendance in rows]
        is_new = activity.circle == Circle.EVERYBODY and not before[key]
        if not is_new and all(_is_asked(activity, each, book, names, groups) for each in new):
            continue
        kept = [each for each in expected[key] if each.pk in names]
        marked = list({id(each): each for each in [*before[key], *kept, *new]}.values())
        circle, wanted_groups, wanted_names = _fitting(activity, marked, expected[key], book)
        old = activity.get_circle_display()
        if plan.set(activity, "circle", circle) and not activity._state.adding:
            plan.note_change(row, HEADING, old, activity.get_circle_display())
        for model, name, known, wanted in (
            (Activity.invited_groups.through, "delegategroup", stored_groups, wanted_groups),
            (Activity.invited.through, "mandate", stored_names, wanted_names),
        ):
            plan.put_list(row, HEADING, model, {"activity": activity}, name, known, wanted)


def _by_activity(plan: Plan, model, name: str) -> dict[int, list]:
    found = defaultdict(list)
    for link in plan.table(model, model.objects.order_by(name)).known:
        found[link.activity_id].append(link)
    return found


def _is_asked(
    activity: Activity, mandate: Mandate, book: GroupBook, names: set[int], groups: set[int]
) -> bool:
    if activity.circle == Circle.TOWN:
        return is_town(mandate)
    if activity.circle == Circle.GROUPS:
        group = _group_of(activity, mandate, book)
        return group is not None and group.pk in groups
    return activity.circle == Circle.EVERYBODY or mandate.pk in names


def _fitting(
    activity: Activity, marked: list[Mandate], expected: list[Mandate], book: GroupBook
) -> tuple[str, list[DelegateGroup], list[Mandate]]:
    """Circle, groups and names with whom exactly the persons marked are expected."""
    persons = _persons(marked)
    if persons == _persons(expected):
        return Circle.EVERYBODY, [], []
    if all(map(is_town, marked)) and persons == _persons(filter(is_town, expected)):
        return Circle.TOWN, [], []
    groups = {id(group): group for each in marked if (group := _group_of(activity, each, book))}
    members = [each for each in expected if id(_group_of(activity, each, book)) in groups]
    if activity.group is None and persons == _persons(members):
        return Circle.GROUPS, sorted(groups.values(), key=lambda group: group.ordinal), []
    return Circle.NAMED, [], marked


def _persons(mandates: Iterable[Mandate]) -> set[int]:
    return {id(mandate.delegate) for mandate in mandates}


def _group_of(activity: Activity, mandate: Mandate, book: GroupBook) -> DelegateGroup | None:
    stretches = (each for each in book.stretches(mandate) if each.holds_on(activity.date))
    return next((stretch.group for stretch in stretches), None)
