"""Duty reports and evaluations of units: the arithmetic of ballots, who sees what."""

import uuid

import pytest

from groups.models import Activity
from tests import factory
from voters.ballots import percent
from voters.models import DutyReport, UnitEvaluation

pytestmark = pytest.mark.django_db
BALLOTS = {
    "version": 1,
    "held_on": "2020-07-10",
    "place": "XX村部",
    "voters_present": 60,
    "ballots_issued": 58,
    "ballots_returned": 57,
    "satisfied": 41,
    "basically_satisfied": 14,
    "dissatisfied": 0,
    "abstained": 2,
}


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def record(client, report, **fields):
    return client.post(f"/duty-reports/{report.pk}/ballots/", BALLOTS | fields)


def test_plan_then_record(client):
    mandate = factory.make_mandate()
    plan = {"submission": str(uuid.uuid4()), "mandate": mandate.pk, "planned_month": 7}

    client.post("/duty-reports/add/", plan | {"year": 2020})
    report = DutyReport.objects.get()
    assert (report.is_held, report.mandate) == (False, mandate)
    record(client, report)

    report.refresh_from_db()
    assert (report.is_held, report.satisfied, report.version) == (True, 41, 2)
    page = client.get(report.get_absolute_url()).content.decode()
    assert ("71.9%" in page, "96.5%" in page) == (True, True)


def test_a_delegate_reports_once_a_year(client):
    report = factory.make_duty_report()
    plan = {"submission": str(uuid.uuid4()), "mandate": report.mandate_id, "planned_month": 9}

    response = client.post("/duty-reports/add/", plan | {"year": 2020})

    assert response.context["form"].non_field_errors() == ["这位代表本年度已安排述职。"]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"ballots_issued": 61}, {"ballots_issued": ["发出票不能多于到会选民数。"]}),
        (
            {"ballots_returned": 59, "satisfied": 43},
            {"ballots_returned": ["收回票不能多于发出票。"]},
        ),
        (
            {"satisfied": 42},
            {"ballots_returned": ["满意、基本满意、不满意、弃权四项之和须等于收回票。"]},
        ),
        (
            {"place": ""},
            {"held_on": ["已述职的，日期、地点、到会选民数和各项票数都要填；尚未述职的都留空。"]},
        ),
        ({"held_on": "2019-07-10"}, {"held_on": ["述职日期须在2020年内。"]}),
    ],
)
def test_ballots_that_do_not_add_up(client, fields, errors):
    report = factory.make_duty_report()

    response = record(client, report, **fields)

    assert response.context["form"].errors == errors
    report.refresh_from_db()
    assert (report.is_held, report.version) == (False, 1)


def test_rates_are_rounded_half_up_and_empty_without_ballots():
    assert [percent(1, 8), percent(618, 824), percent(0, 5), percent(0, 0), percent(None, 1)] == [
        "12.5%",
        "75.0%",
        "0.0%",
        "",
        "",
    ]


def test_a_delegate_reads_the_own_reports(delegate, logged_in):
    own = factory.make_duty_report(delegate.delegate.mandates.get())
    other = factory.make_duty_report()
    client = logged_in(delegate)

    assert [report for report, _ in client.get("/duty-reports/").context["rows"]] == [own]
    assert client.get(other.get_absolute_url()).status_code == 404
    assert record(client, own).status_code == 403


def test_leaders_read_the_reports_of_their_members(leader, other_leader, logged_in):
    report = factory.make_duty_report(factory.make_membership(factory.make_group(1)).mandate)

    assert logged_in(leader).get(report.get_absolute_url()).status_code == 200
    assert logged_in(other_leader).get(report.get_absolute_url()).status_code == 404


def test_the_list_says_how_many_were_held(client):
    record(client, factory.make_duty_report())
    factory.make_duty_report()

    assert "共2人，其中已述职1人" in client.get("/duty-reports/").content.decode()
    held = client.get("/duty-reports/", {"state": "held"}).context["rows"]
    assert [report.is_held for report, _ in held] == [True]


def test_votes_on_a_unit_are_at_most_those_present(client):
    activity = factory.make_activity("2019-12-20", kind=Activity.Kind.EVALUATION)
    for _ in range(3):
        factory.make_attendance(activity)
    factory.make_attendance(activity, status="leave")
    sent = {
        "submission": str(uuid.uuid4()),
        "activity": activity.pk,
        "unit": factory.make_unit().pk,
        "satisfied": 3,
        "basically_satisfied": 1,
        "dissatisfied": 0,
    }

    refused = client.post("/unit-evaluations/add/", sent)
    client.post("/unit-evaluations/add/", sent | {"satisfied": 2})

    assert refused.context["form"].errors == {
        "satisfied": ["三项票数之和为4，多于出席评议活动的3人。"]
    }
    assert list(
        UnitEvaluation.objects.values_list("satisfied", "basically_satisfied", "dissatisfied")
    ) == [(2, 1, 0)]


def test_only_evaluations_have_votes_on_units(client):
    inspection = factory.make_activity()
    sent = {"submission": str(uuid.uuid4()), "activity": inspection.pk}

    response = client.post("/unit-evaluations/add/", sent)

    assert "activity" in response.context["form"].errors
    assert UnitEvaluation.objects.count() == 0


def test_an_evaluation_of_a_unit_is_deleted(client):
    evaluation = factory.make_unit_evaluation()

    client.post(f"/unit-evaluations/{evaluation.pk}/delete/")

    assert UnitEvaluation.objects.count() == 0
