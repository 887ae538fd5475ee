"""The duty file as far as groups fill it: posts, and activities with who was expected that day."""

import pytest

from congress.periods import Period
from delegates.duty_file import Standing, duty_files
from groups.models import Activity, Post
from tests.factory import (
    day,
    make_activity,
    make_attendance,
    make_delegate,
    make_group,
    make_leave_request,
    make_mandate,
    make_membership,
    make_suspension,
)

pytestmark = pytest.mark.django_db
YEAR = Period.of_year(2020)
PRESENT, LEAVE, ABSENT, UNMARKED = (
    Standing.PRESENT,
    Standing.LEAVE,
    Standing.ABSENT,
    Standing.UNMARKED,
)


@pytest.fixture(autouse=True)
def _on_the_day(set_today):
    set_today("2020-08-20")


@pytest.fixture
def file_of(secretary):
    def of(person, period=YEAR):
        return duty_files([person], period, secretary)[0]

    return of


def inspections(file):
    return [(str(each.day), each.standing, each.remark) for each in file.part("inspection").entries]


def test_posts_over_time_are_told_once_for_two_mandates(file_of):
    person = make_delegate("李敏")
    first, second = make_group(1), make_group(2)
    for mandate in (make_mandate(person), make_mandate(person, level="county")):
        make_membership(first, mandate, end="2020-03-01")
        make_membership(second, mandate, start="2020-03-01")
    make_membership(second, make_mandate(), post=Post.LEADER)
    assert [
        (str(each.day), each.words, each.remark) for each in file_of(person).part("posts").entries
    ] == [
        ("2017-01-05", "第一代表小组组员", "至2020年3月1日"),
        ("2020-03-01", "第二代表小组组员", ""),
    ]


def test_expected_are_those_in_office_and_invited_that_day(file_of):
    """Joins in mid-year, is suspended, changes the group on the day of an activity."""
    person = make_delegate("李敏")
    mandate = make_mandate(person, start="2020-02-01")
    make_membership(make_group(1), mandate, start="2020-02-01", end="2020-06-15")
    make_membership(make_group(2), mandate, start="2020-06-15")
    make_suspension(mandate, "2020-04-01", "2020-05-01")
    make_activity("2020-01-15")
    make_activity("2020-03-15")
    make_activity("2020-04-15")
    for group in (1, 2):
        make_activity("2020-03-20", make_group(group))
        make_activity("2020-06-15", make_group(group))
    named = make_activity("2020-07-01", circle=Activity.Circle.NAMED)
    named.invited.set([make_mandate()])
    make_activity("2020-07-02", rest_not_asked=True)
    make_activity("2020-08-20")
    make_activity("2020-09-15")
    assert inspections(file_of(person)) == [
        ("2020-03-15", UNMARKED, ""),
        ("2020-03-20", UNMARKED, ""),
        ("2020-06-15", UNMARKED, ""),
    ]


def test_leave_and_absence_stay_apart(file_of, office):
    mandate = make_mandate(make_delegate("李敏"))
    decided = {"approved_by": "人大主席", "decided_at": "2020-06-20T09:00+08:00"}
    decided |= {"decided_by": office, "state": "approved"}
    make_attendance(make_activity("2020-03-01"), mandate)
    make_attendance(make_activity("2020-03-02"), mandate, "leave", "health")
    make_attendance(make_activity("2020-03-03"), mandate, "absent")
    make_leave_request(make_activity("2020-03-04"), mandate, office, **decided)
    came = make_activity("2020-03-05")
    make_leave_request(came, mandate, office, **decided)
    make_attendance(came, mandate)
    make_leave_request(make_activity("2020-03-06"), mandate, office)
    narrowed = make_activity("2020-03-07", circle=Activity.Circle.NAMED)
    make_leave_request(narrowed, mandate, office, **decided)
    file = file_of(mandate.delegate)
    assert inspections(file) == [
        ("2020-03-01", PRESENT, ""),
        ("2020-03-02", LEAVE, "健康"),
        ("2020-03-03", ABSENT, "未说明"),
        ("2020-03-04", LEAVE, "工作，人大主席批准"),
        ("2020-03-05", PRESENT, ""),
        ("2020-03-06", UNMARKED, ""),
    ]
    part = file.part("inspection")
    counts = (part.expected, part.present, part.leave, part.absent, part.unmarked, part.rate)
    assert counts == (6, 2, 2, 1, 1, "")


def test_two_mandates_count_once_and_by_the_better_mark(file_of):
    person = make_delegate("李敏")
    town, county = make_mandate(person), make_mandate(person, level="county")
    both, one = make_activity("2020-03-01"), make_activity("2020-03-02")
    make_attendance(both, town, "absent")
    make_attendance(both, county)
    make_attendance(one, county, "leave", "work")
    make_activity("2020-03-03")
    assert inspections(file_of(person)) == [
        ("2020-03-01", PRESENT, ""),
        ("2020-03-02", LEAVE, "工作"),
        ("2020-03-03", UNMARKED, ""),
    ]


def test_nobody_is_counted_before_taking_office(file_of):
    mandate = make_mandate(make_delegate("李敏"), start="2020-05-01")
    make_attendance(make_activity("2020-03-01"), mandate, "absent")
    make_attendance(make_activity("2020-03-02"), mandate)
    assert inspections(file_of(mandate.delegate)) == []


def test_who_is_marked_was_invited_on_the_spot(file_of):
    mandate = make_mandate(make_delegate("李敏"))
    activity = make_activity("2020-03-01", circle=Activity.Circle.NAMED)
    make_attendance(activity, mandate)
    assert inspections(file_of(mandate.delegate)) == [("2020-03-01", PRESENT, "")]


def test_kinds_and_organisers_are_told_apart(file_of):
    mandate = make_mandate(make_delegate("李敏"))
    make_membership(make_group(1), mandate)
    for number, kind in enumerate(Activity.Kind.values, 1):
        make_activity(day(f"2020-03-0{number}"), kind=kind, title=kind)
    make_activity("2020-03-08", make_group(1), kind="training", title="组内学习")
    file = file_of(mandate.delegate)
    assert {key: [each.words for each in file.part(key).entries] for key in Activity.Kind} == {
        "training": ["training（本级人大组织）", "组内学习（第一代表小组组织）"],
        "inspection": ["inspection（本级人大组织）"],
        "evaluation": ["evaluation（本级人大组织）"],
        "law_check": ["law_check（本级人大组织）"],
        "other": ["other（本级人大组织）"],
    }
