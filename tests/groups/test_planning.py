"""Changes of a plan: free until it is issued, then each with a reason that nobody can take back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from groups import planning
from groups.models import PlanChange, PlanIssue, PlanItem
from tests.factory import day, make_group, make_plan_item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today_is(set_today):
    set_today("2020-03-01")


def new_item(group=None, **fields):
    values = {"title": "视察道路", "kind": "inspection", "first_month": 5, "last_month": 6}
    return PlanItem(year=2020, group=group, responsible="组长", **values | fields)


def changes():
    entries = PlanChange.objects.order_by("pk")
    return [(each.kind, each.title, each.before, each.after, each.reason) for each in entries]


def numbers(group):
    items = PlanItem.objects.filter(group=group).order_by("number")
    return [(item.number, item.title) for item in items]


def test_before_issue_items_change_without_reason_and_without_history(leader):
    group = make_group(1)
    item = planning.add(by=leader, item=new_item(group))
    item.planned_count = 3
    planning.change(by=leader, item=item)
    other = planning.add(by=leader, item=new_item(group, title="培训"))
    planning.delete(by=leader, item=item)

    assert numbers(group) == [(2, "培训")]
    assert (other.number, changes()) == (2, [])


def test_after_issue_each_change_needs_a_reason_and_is_kept_in_words(secretary, leader):
    group = make_group(1)
    item = make_plan_item(group, title="视察道路", number=1, participants="本组代表")
    planning.issue(by=secretary, year=2020, groups=[group])

    for act in (
        lambda: planning.add(by=leader, item=new_item(group), reason="  "),
        lambda: planning.change(by=leader, item=changed(item, planned_count=2)),
        lambda: planning.delete(by=leader, item=PlanItem.objects.get(pk=item.pk)),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.message_dict == {
            "reason": ["第一代表小组2020年度计划已下发，请写明变更原因。"]
        }
    assert (changes(), PlanItem.objects.get().planned_count) == ([], 1)

    planning.change(by=leader, item=changed(item, planned_count=2, participants=""), reason="汛期")
    planning.add(by=secretary, item=new_item(group, title="座谈"), reason="县里要求")
    planning.delete(by=leader, item=PlanItem.objects.get(pk=item.pk), reason="合并")

    assert changes() == [
        (
            "changed",
            "视察道路",
            "计划数量：1\n参加对象：本组代表",
            "计划数量：2\n参加对象：（空）",
            "汛期",
        ),
        (
            "added",
            "座谈",
            "",
            "序号：2\n项目：座谈\n类型：视察调研\n组织者：第一代表小组\n计划月份：5-6月\n"
            "计划数量：1\n责任人：组长",
            "县里要求",
        ),
        (
            "deleted",
            "视察道路",
            "序号：1\n项目：视察道路\n类型：视察调研\n组织者：第一代表小组\n计划月份：7月\n"
            "计划数量：2\n责任人：组长",
            "",
            "合并",
        ),
    ]
    assert list(PlanChange.objects.order_by("pk").values_list("by", "changed_on")) == [
        (leader.pk, day("2020-03-01")),
        (secretary.pk, day("2020-03-01")),
        (leader.pk, day("2020-03-01")),
    ]


def changed(item, **fields):
    item = PlanItem.objects.get(pk=item.pk)
    for name, value in fields.items():
        setattr(item, name, value)
    return item


def test_saving_an_issued_item_as_it_is_asks_nothing(secretary, leader):
    item = make_plan_item(make_group(1))
    planning.issue(by=secretary, year=2020, groups=[make_group(1)])

    planning.change(by=leader, item=changed(item))

    assert changes() == []


def test_an_item_handed_to_another_group_stands_in_both_histories(secretary, office):
    item = make_plan_item(make_group(1), title="视察")
    make_plan_item(make_group(2))
    planning.issue(by=secretary, year=2020, groups=[make_group(1), make_group(2)])

    planning.change(by=office, item=changed(item, group=make_group(2)), reason="调整")

    told = PlanChange.objects.order_by("group__ordinal").values_list(
        "group__ordinal", "before", "after"
    )
    before, after = "组织者：第一代表小组", "组织者：第二代表小组"
    assert list(told) == [(1, before, after), (2, before, after)]


def test_the_history_is_written_once(secretary, leader):
    item = make_plan_item(make_group(1))
    planning.issue(by=secretary, year=2020, groups=[make_group(1)])
    planning.change(by=leader, item=changed(item, title="走访"), reason="调整")

    for rows in (PlanChange.objects.all(), PlanIssue.objects.all()):
        for act in (lambda rows=rows: rows.update(year=2019), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
    assert (PlanChange.objects.count(), PlanIssue.objects.count()) == (1, 1)


def test_only_the_secretary_issues_and_once(secretary, office, chair, leader):
    make_plan_item(make_group(1))
    for user in (office, chair, leader):
        with pytest.raises(PermissionDenied):
            planning.issue(by=user, year=2020, groups=[make_group(1)])
    with pytest.raises(ValidationError) as refusal:
        planning.issue(by=secretary, year=2020, groups=[None])

    assert refusal.value.messages == ["全乡镇2020年度计划还没有项目，不能下发。"]
    assert len(planning.issue(by=secretary, year=2020, groups=[make_group(1)])) == 1
    assert planning.issue(by=secretary, year=2020, groups=[make_group(1)]) == []
    assert list(PlanIssue.objects.values_list("year", "group__ordinal", "issued_on", "by")) == [
        (2020, 1, day("2020-03-01"), secretary.pk)
    ]


def test_a_leader_plans_for_the_own_group_only(leader, other_leader, chair, delegate):
    foreign = make_plan_item(make_group(2))
    township = make_plan_item()
    own = make_plan_item(make_group(1))

    for user, item in (
        (leader, foreign),
        (leader, township),
        (other_leader, own),
        (chair, own),
        (delegate, own),
    ):
        for act in (
            lambda user=user, item=item: planning.change(by=user, item=changed(item, title="改")),
            lambda user=user, item=item: planning.delete(by=user, item=item),
            lambda user=user, item=item: planning.move(by=user, item=item, up=True),
            lambda user=user, item=item: planning.add(by=user, item=new_item(item.group)),
        ):
            with pytest.raises(PermissionDenied):
                act()
    with pytest.raises(PermissionDenied):
        planning.change(by=leader, item=changed(own, group=make_group(2)))
    assert PlanItem.objects.exclude(title="改").count() == 3


def test_items_change_places_with_the_neighbour_of_their_plan(secretary, leader):
    group = make_group(1)
    first = make_plan_item(group, title="甲", number=1)
    make_plan_item(title="全镇", number=2)
    make_plan_item(group, title="乙", number=5)

    assert planning.move(by=leader, item=first, up=True) is False
    assert planning.move(by=leader, item=first, up=False) is True
    assert numbers(group) == [(1, "乙"), (5, "甲")]
    assert numbers(None) == [(2, "全镇")]

    planning.issue(by=secretary, year=2020, groups=[group])
    with pytest.raises(ValidationError) as refusal:
        planning.move(by=leader, item=first, up=True)
    assert refusal.value.messages == ["计划已下发，次序不再调整。"]
