"""What of activities waits: all for the office, the own group's for a leader, the own for each."""

import pytest
from django.urls import reverse

from congress.todo import todos_of
from groups import leave
from tests.factory import day, make_activity, make_attendance, make_group

pytestmark = pytest.mark.django_db
TODAY = day("2020-08-20")


@pytest.fixture(autouse=True)
def office_day(set_today):
    set_today("2020-08-20")


def waiting(user, word):
    return [
        (todo.label, todo.count, [(each.words, each.when) for each in todo.samples()])
        for todo in todos_of(user, TODAY)
        if word in todo.label
    ]


def ready(date, group=None, **fields):
    return make_activity(date, group, starts_at="09:00", host="主席", agenda="学习", **fields)


def test_leave_waits_for_who_may_decide_it(office, leader, other_leader, delegate, chair):
    activity = ready("2020-09-25", make_group(1), title="走访")
    for user in (delegate, leader):
        mandate = user.delegate.mandates.get()
        leave.ask(by=user, activity=activity, mandate=mandate, reason="work")

    both = [("一组组长：走访", "9月25日"), ("代表甲：走访", "9月25日")]
    assert sorted(waiting(office, "请假")[0][2]) == sorted(both)
    assert waiting(leader, "请假") == [("本组请假待批准", 1, [("代表甲：走访", "9月25日")])]
    assert [waiting(user, "请假") for user in (other_leader, delegate, chair)] == [[], [], []]


def test_attendance_not_taken_waits_from_the_day_after(office, leader, other_leader):
    ready("2020-08-19", make_group(1), title="走访")
    ready("2020-08-20", title="今天的")
    ready("2019-12-20", title="去年的")
    marked = ready("2020-08-01", title="登记过的")
    for user in (leader, other_leader):
        make_attendance(marked, user.delegate.mandates.get())
    half_marked = ready("2020-05-01", title="培训")
    make_attendance(half_marked, leader.delegate.mandates.get())
    ready("2020-04-01", title="其余未安排", rest_not_asked=True)

    held = [("培训", "5月1日"), ("走访", "8月19日")]
    assert waiting(office, "未登记") == [("活动已举行，未登记出席", 2, held)]
    assert waiting(leader, "未登记") == [("本组活动已举行，未登记出席", 1, held[1:])]
    assert waiting(other_leader, "未登记") == []


def test_what_is_not_arranged_a_week_before_waits(office, leader, other_leader):
    make_activity("2020-08-27", make_group(1), title="走访", starts_at="09:00")
    make_activity("2020-08-28", title="八天后")
    ready("2020-08-21", title="安排好的")
    make_activity("2020-08-20", title="今天的", agenda="学习", host="主席")

    today, soon = ("今天的", "8月20日，缺时间"), ("走访", "8月27日，缺主持人、议程")
    label = "天内举行的{}活动尚未安排妥当"
    assert waiting(office, "安排") == [(f"7{label.format('')}", 2, [today, soon])]
    assert waiting(leader, "安排") == [(f"7{label.format('本组')}", 1, [soon])]
    assert waiting(other_leader, "安排") == []


def test_delegates_are_told_what_they_are_soon_invited_to(office, delegate, other_leader, chair):
    group_one = make_activity("2020-08-27", make_group(1), title="走访")
    make_activity("2020-08-28", title="八天后")
    make_activity("2020-08-20", title="今天的")

    both = [("今天的", "8月20日"), ("走访", "8月27日")]
    assert waiting(delegate, "参加") == [("7天内要参加的活动", 2, both)]
    assert waiting(other_leader, "参加") == [("7天内要参加的活动", 1, both[:1])]
    assert (waiting(office, "参加"), waiting(chair, "参加")) == ([], [])

    leave.ask(
        by=office,
        activity=group_one,
        mandate=delegate.delegate.mandates.get(),
        reason="work",
        approved_by="人大主席",
    )
    assert waiting(delegate, "参加") == [("7天内要参加的活动", 1, both[:1])]


def test_addresses_lead_to_the_same(office, delegate, logged_in):
    activity = make_activity("2020-08-25", title="走访")
    mandate = delegate.delegate.mandates.get()
    leave.ask(by=delegate, activity=activity, mandate=mandate, reason="work")
    make_activity("2020-08-19", title="培训")
    browser = logged_in(office)

    shown = {
        todo.label: [str(each) for each in browser.get(todo.address).context["object_list"]]
        for todo in todos_of(office, TODAY)
        if "活动" in todo.label or "请假" in todo.label
    }

    assert shown == {
        "请假待批准": ["代表甲：走访"],
        "活动已举行，未登记出席": ["培训"],
        "7天内举行的活动尚未安排妥当": ["走访"],
    }
    own = logged_in(delegate).get(reverse("my_activities"))
    assert [str(each.activity) for each in own.context["rows"]] == ["走访"]
