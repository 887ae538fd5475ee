"""Leave asked for before an activity: who asks, decides, withdraws, and what the sheet says."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from groups import leave
from groups.attendance import leave_marks, sheet
from groups.models import Attendance, LeaveRequest
from tests.factory import (
    make_activity,
    make_attendance,
    make_delegate,
    make_group,
    make_leave_request,
    make_mandate,
    make_membership,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office_day(set_today):
    set_today("2020-08-20")


@pytest.fixture
def activity():
    return make_activity("2020-08-25", make_group(1))


def mandate_of(user):
    return user.delegate.mandates.get()


def asked(user, activity, **fields):
    return leave.ask(
        by=user, activity=activity, mandate=mandate_of(user), **{"reason": "work", **fields}
    )


def told(request):
    request.refresh_from_db()
    decider = request.decided_by and request.decided_by.name
    return request.state, request.asked_by.name, decider, request.approved_by


def refused(act, **arguments):
    with pytest.raises(ValidationError) as error:
        act(**arguments)
    return error.value.messages


def test_a_delegate_asks_and_the_leader_of_the_group_approves(delegate, leader, activity):
    request = asked(delegate, activity, remark="出差")
    assert told(request) == ("asked", "代表甲", None, "")
    assert leave_marks(activity) == {}

    leave.approve(by=leader, request=request, approved_by="一组组长")

    assert told(request) == ("approved", "代表甲", "一组组长", "一组组长")
    assert leave_marks(activity) == {mandate_of(delegate).pk: ("leave", request.reason, "一组组长")}


def test_refused_with_a_reason_it_may_be_asked_for_again(delegate, office, activity):
    first = asked(delegate, activity)
    leave.refuse(by=office, request=first, remark="须全员参加")

    second = asked(delegate, activity)

    assert [told(each)[0] for each in (first, second)] == ["refused", "asked"]


def test_who_telephoned_is_entered_and_approved_in_one_step(office, delegate, activity):
    request = leave.ask(
        by=office,
        activity=activity,
        mandate=mandate_of(delegate),
        reason="health",
        approved_by="人大主席",
    )

    assert told(request) == ("approved", "办公室", "办公室", "人大主席")


def test_nobody_asks_twice_or_for_what_is_not_the_own(
    delegate, leader, other_leader, office, activity
):
    asked(delegate, activity)
    outsider = make_mandate()

    assert refused(asked, user=delegate, activity=activity) == [
        "这位代表已就本次活动请假；要更改的，先撤回原来的请假。"
    ]
    assert refused(leave.ask, by=office, activity=activity, mandate=outsider, reason="work") == [
        "这位代表不在本次活动的应到之列。"
    ]
    for by, mandate in (
        (delegate, mandate_of(leader)),
        (other_leader, mandate_of(delegate)),
    ):
        with pytest.raises(PermissionDenied):
            leave.ask(by=by, activity=activity, mandate=mandate, reason="work")
    with pytest.raises(PermissionDenied):
        asked(leader, activity, approved_by="一组组长")
    assert LeaveRequest.objects.count() == 1


def test_after_the_day_or_on_the_sheet_it_is_too_late(delegate, office, activity, set_today):
    request = asked(delegate, activity)
    make_attendance(activity, mandate_of(delegate))
    late = "活动已经举行，不能再请假或撤回；如有出入，请与人大办公室联系。"

    assert refused(leave.approve, by=office, request=request, approved_by="人大主席") == [
        "已登记这位代表出席，不能再准假；登记有误的，请先修改出席登记。"
    ]
    assert refused(leave.withdraw, by=office, request=request) == [
        "已登记出席情况，不能再撤回请假；要更改的，请修改出席登记。"
    ]
    assert refused(asked, user=delegate, activity=activity) == [
        "已登记这位代表的出席情况；要更改的，请修改出席登记。"
    ]
    set_today("2020-08-26")
    assert refused(leave.withdraw, by=delegate, request=request) == [late]
    assert refused(asked, user=delegate, activity=activity) == [late]
    assert told(request)[0] == "asked"


def test_a_person_with_two_mandates_is_on_leave_by_the_one_on_the_sheet(office, logged_in):
    person = make_delegate("双职")
    county, town = make_mandate(person, "county"), make_mandate(person, "town")
    activity = make_activity("2020-08-25")
    address = reverse("activity_leave", args=[activity.pk])
    desk = logged_in(office)
    offered = desk.get(address).context["form"].fields["mandate"].queryset
    assert list(offered) == [town]

    request = leave.ask(by=office, activity=activity, mandate=county, reason="work")

    assert request.mandate == town
    assert [line.mandate for line in sheet(activity)] == [town]
    assert list(desk.get(address).context["form"].fields["mandate"].queryset) == []
    make_attendance(activity, county, status="absent")
    leave.approve(by=office, request=request, approved_by="人大主席")
    assert activity.attendances.get().status == "leave"


def test_leave_approved_late_corrects_the_sheet_and_tells_who_has_it_open(
    delegate, office, activity, set_today
):
    request = asked(delegate, activity)
    set_today("2020-08-26")
    attendance = make_attendance(activity, mandate_of(delegate), status="absent")

    leave.approve(by=office, request=request, approved_by="人大主席")

    attendance.refresh_from_db()
    assert (attendance.status, attendance.reason, attendance.approved_by) == (
        "leave",
        "work",
        "人大主席",
    )
    version = activity.version
    activity.refresh_from_db()
    assert activity.version == version + 1


def test_a_decision_is_taken_once_and_never_on_the_own_request(
    delegate, leader, other_leader, chair, office, activity
):
    request, own = asked(delegate, activity), asked(leader, activity)

    assert refused(leave.approve, by=leader, request=own, approved_by="一组组长") == [
        "本人的请假请由人大办公室办理。"
    ]
    for stranger in (other_leader, chair, delegate):
        with pytest.raises(PermissionDenied):
            leave.approve(by=stranger, request=request, approved_by="本人")
    leave.approve(by=office, request=own, approved_by="人大主席")
    assert refused(leave.refuse, by=office, request=own, remark="迟了") == [
        "这项请假已准假，不能再次办理。"
    ]
    assert (told(request)[0], told(own)[0]) == ("asked", "approved")


def test_who_comes_after_all_withdraws(delegate, office, other_leader, activity):
    request = asked(delegate, activity)
    leave.approve(by=office, request=request, approved_by="人大主席")
    with pytest.raises(PermissionDenied):
        leave.withdraw(by=other_leader, request=request)

    leave.withdraw(by=delegate, request=request)

    assert told(request)[0] == "withdrawn"
    assert leave_marks(activity) == {}
    assert refused(leave.withdraw, by=delegate, request=request) == ["这项请假已撤回，无须撤回。"]


def test_each_sees_the_requests_that_concern_him(delegate, leader, other_leader, office, activity):
    township = make_activity("2020-08-25")
    make_membership(make_group(2), make_mandate())
    other = make_activity("2020-08-25", make_group(2))
    own = asked(delegate, activity)
    of_township = asked(delegate, township)
    foreign = asked(other_leader, other)

    def seen(user):
        return set(LeaveRequest.objects.visible_to(user))

    assert seen(delegate) == {own, of_township}
    assert seen(leader) == {own}
    assert seen(other_leader) == {foreign}
    assert seen(office) == {own, of_township, foreign}
    assert seen(make_user("unit", role="unit")) == set()
    assert set(LeaveRequest.objects.of(other_leader)) == {foreign}


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "lost"},
        {"reason": "flu"},
        {"state": "approved"},
        {"state": "refused"},
        {"approved_by": "人大主席"},
    ],
)
def test_the_database_keeps_no_request_that_cannot_be(activity, delegate, office, fields):
    request = make_leave_request(activity, mandate_of(delegate), office)
    with pytest.raises(IntegrityError), transaction.atomic():
        LeaveRequest.objects.filter(pk=request.pk).update(**fields)


def test_the_database_keeps_one_standing_request_a_person(activity, delegate, office):
    make_leave_request(activity, mandate_of(delegate), office, state="withdrawn")
    make_leave_request(activity, mandate_of(delegate), office)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_leave_request(activity, mandate_of(delegate), office)


def test_only_a_leave_has_somebody_who_approved_it(activity, delegate):
    attendance = make_attendance(activity, mandate_of(delegate))
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.filter(pk=attendance.pk).update(approved_by="人大主席")
    attendance.approved_by = "人大主席"
    with pytest.raises(ValidationError) as error:
        attendance.full_clean()
    assert error.value.message_dict == {"approved_by": ["只有请假的填批准人，出席、缺席的请留空。"]}
