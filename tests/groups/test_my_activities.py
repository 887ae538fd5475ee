"""我的活动: a delegate finds what he is invited to, asks for leave there, and sees nothing else."""

import pytest
from django.urls import reverse

from groups import leave
from groups.attendance import approved_leave
from groups.models import Activity, LeaveRequest
from tests.factory import (
    make_activity,
    make_attendance,
    make_group,
    make_leave_request,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office_day(set_today):
    set_today("2020-08-20")


@pytest.fixture
def own(delegate, logged_in):
    return logged_in(delegate)


def mandate_of(user):
    return user.delegate.mandates.get()


def shown(client, query=""):
    response = client.get(reverse("my_activities") + query)
    return [(own.activity.title, own.state[0]) for own in response.context["rows"]]


def page(name, activity):
    return reverse(name, args=[activity.pk])


def errors_of(response):
    return dict(response.context["form"].errors)


def test_coming_ones_first_to_last_and_held_ones_last_to_first(own, delegate, office):
    mandate = mandate_of(delegate)
    for date, title, status in (
        ("2020-05-10", "培训", "present"),
        ("2020-06-10", "视察", "leave"),
        ("2020-07-10", "评议", None),
    ):
        activity = make_activity(date, title=title)
        if status:
            make_attendance(activity, mandate, status)
    asked = make_activity("2020-09-10", make_group(1), title="走访")
    make_leave_request(asked, mandate, office)
    make_activity("2020-08-20", title="今天的")
    make_activity("2020-09-01", make_group(2), title="别组的")
    named = make_activity("2020-09-01", circle="named", title="请别人的")
    named.invited.set([])

    assert shown(own) == [("今天的", "待参加"), ("走访", "请假待批准")]
    assert shown(own, "?which=held") == [
        ("评议", "未登记"),
        ("视察", "请假（未说明）"),
        ("培训", "出席"),
    ]


def test_leave_is_asked_for_decided_and_seen(own, delegate, leader, logged_in):
    activity = make_activity("2020-08-25", make_group(1), title="走访", agenda="学习\n座谈")
    desk = logged_in(leader)
    assert own.get(page("my_activity", activity)).context["own"].agenda == ["学习", "座谈"]

    answer = own.post(page("my_leave", activity), {"reason": "work", "remark": "出差"})
    request = LeaveRequest.objects.get()
    assert answer.url == page("my_activity", activity)
    assert shown(own) == [("走访", "请假待批准")]

    assert errors_of(desk.post(page("leaverequest_refuse", request), {"remark": ""})) == {
        "remark": ["请填写这一项。"]
    }
    desk.post(page("leaverequest_refuse", request), {"remark": "人手不足"})
    told = own.get(page("my_activity", activity))
    assert (told.context["own"].state[0], "人手不足" in told.content.decode()) == ("未准假", True)

    own.post(page("my_leave", activity), {"reason": "family"})
    again = LeaveRequest.objects.get(state="asked")
    desk.post(page("leaverequest_approve", again), {"approved_by": "一组组长"})
    assert shown(own) == [("走访", "已准假")]
    assert approved_leave(activity) == {mandate_of(delegate).pk: again}

    own.post(page("my_leave_withdraw", activity))
    assert shown(own) == [("走访", "待参加")]


def test_a_second_click_makes_no_second_request(own):
    activity = make_activity("2020-08-25")
    own.post(page("my_leave", activity), {"reason": "work"})

    told = errors_of(own.post(page("my_leave", activity), {"reason": "work"}))

    assert told == {"__all__": ["这位代表已就本次活动请假；要更改的，先撤回原来的请假。"]}
    assert LeaveRequest.objects.count() == 1


def test_reasons_are_categories_and_remarks_short(own):
    activity = make_activity("2020-08-25")

    told = errors_of(own.post(page("my_leave", activity), {"reason": "感冒", "remark": "长" * 101}))

    assert told == {
        "reason": ["所选的已不在列表中，请重新选择。"],
        "remark": ["最多填写100个字，现在有101个字。"],
    }


def test_of_other_activities_a_delegate_opens_nothing(own, other_leader, logged_in):
    foreign = make_activity("2020-08-25", make_group(2))
    township = make_activity("2020-08-25")
    for name in ("my_activity", "my_leave", "my_leave_withdraw"):
        assert own.get(page(name, foreign)).status_code == 404
        assert own.post(page(name, foreign), {"reason": "work"}).status_code in (404, 405)
    assert LeaveRequest.objects.count() == 0
    for name in ("activity_detail", "activity_leave", "activity_sheet"):
        assert own.get(page(name, township)).status_code == 403
    request = make_leave_request(make_activity("2020-08-25", make_group(1)), *whose(own))
    stranger = logged_in(other_leader)
    for name in ("detail", "approve", "refuse", "withdraw"):
        assert stranger.get(page(f"leaverequest_{name}", request)).status_code == 404
    listed = stranger.get(reverse("leaverequest_list")).context["object_list"]
    assert list(listed) == []


def whose(client):
    """Mandate and account of who is logged in."""
    user = client.get(reverse("my_activities")).wsgi_request.user
    return mandate_of(user), user


def test_a_leader_is_invited_too_and_an_account_without_a_person_is_told(leader, chair, logged_in):
    activity = make_activity("2020-08-25", title="全镇的")
    client = logged_in(leader)

    assert shown(client) == [("全镇的", "待参加")]
    assert client.get(page("activity_detail", activity)).status_code == 404
    assert (
        "您的账号没有对应的代表" in logged_in(chair).get(reverse("my_activities")).content.decode()
    )


def test_who_telephoned_is_entered_by_the_office(office, delegate, logged_in):
    activity = make_activity("2020-08-25")
    desk, mandate = logged_in(office), mandate_of(delegate)
    address = page("activity_leave", activity)

    desk.post(address, {"mandate": mandate.pk, "reason": "away", "approved_by": "人大主席"})

    request = LeaveRequest.objects.get()
    assert (request.state, request.asked_by, request.approved_by) == (
        "approved",
        office,
        "人大主席",
    )
    offered = desk.get(address).context["form"].fields["mandate"].queryset
    assert mandate not in offered
    shown = desk.get(activity.get_absolute_url()).context["leave_requests"]
    assert list(shown) == [request]


def test_buttons_are_those_the_state_allows(office, leader, delegate, logged_in):
    activity = make_activity("2020-08-25", make_group(1))
    asked = make_leave_request(activity, mandate_of(delegate), delegate)
    of_leader = make_leave_request(activity, mandate_of(leader), leader)

    def buttons(user, request):
        context = logged_in(user).get(request.get_absolute_url()).context
        return [label for label, _ in context["buttons"]]

    assert buttons(office, asked) == ["活动", "准假", "不准假", "撤回"]
    assert buttons(leader, asked) == ["活动", "准假", "不准假", "撤回"]
    assert buttons(leader, of_leader) == ["活动", "撤回"]
    leave.refuse(by=office, request=asked, remark="人手不足")
    assert buttons(office, asked) == ["活动"]


def many(count, mandate, office):
    activities = Activity.objects.bulk_create(
        Activity(
            number=f"2020-M{number}",
            kind="other",
            title="活动",
            content="内容",
            date=f"2020-0{number % 2 + 8}-21",
        )
        for number in range(count)
    )
    LeaveRequest.objects.bulk_create(
        LeaveRequest(activity=each, mandate=mandate, reason="work", asked_by=office)
        for each in activities
    )


def test_lists_cost_the_same_for_three_and_three_hundred(
    own, delegate, office, logged_in, queries_of, django_assert_num_queries
):
    desk = logged_in(office)

    def cost():
        return [
            queries_of(own, reverse("my_activities")),
            queries_of(own, reverse("my_activities") + "?which=held"),
            queries_of(own, reverse("dashboard")),
            queries_of(desk, reverse("leaverequest_list")),
            queries_of(desk, reverse("activity_list")),
            queries_of(desk, reverse("activity_list") + "?state=unmarked&month=8"),
        ]

    many(3, mandate_of(delegate), office)
    Activity.objects.update(date="2020-08-19")
    make_activity("2020-08-21")
    few = cost()
    Activity.objects.all().delete()
    many(300, mandate_of(delegate), office)
    Activity.objects.filter(date__month=8).update(date="2020-08-19")

    assert cost() == few
    assert len(own.get(reverse("my_activities")).context["rows"]) == 50
