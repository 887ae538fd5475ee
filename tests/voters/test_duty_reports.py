"""Duty reports: planned, held, seen by whom."""

import uuid

import pytest

from tests import factory
from voters.models import DutyReport

pytestmark = pytest.mark.django_db
BALLOTS = {
    "version": 1,
    "held_on": "2020-07-10",
    "place": "XX村部",
    "voters_present": 60,
    "ballots_issued": 58,
    "ballots_returned": 58,
    "ballots_valid": 57,
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
    factory.make_township()
    mandate = factory.make_mandate()
    plan = {"submission": str(uuid.uuid4()), "mandate": mandate.pk, "planned_month": 7}

    client.post("/duty-reports/add/", plan | {"year": 2020})
    report = DutyReport.objects.get()
    assert (report.is_held, report.mandate) == (False, mandate)
    record(client, report)

    report.refresh_from_db()
    assert (report.is_held, report.satisfied, report.version) == (True, 41, 2)
    page = client.get(report.get_absolute_url()).content.decode()
    assert ('41</td><td class="number">71.9%' in page, "比较满意" in page) == (True, True)


def test_a_delegate_reports_once_a_year(client):
    report = factory.make_duty_report()
    plan = {"submission": str(uuid.uuid4()), "mandate": report.mandate_id, "planned_month": 9}

    response = client.post("/duty-reports/add/", plan | {"year": 2020})

    assert response.context["form"].non_field_errors() == ["这位代表本年度已安排述职。"]


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


def test_fewer_voters_than_usual_are_remarked_on_and_saved(client):
    factory.make_ballot_scale(2020, least_present=80)

    response = client.post(
        f"/duty-reports/{factory.make_duty_report().pk}/ballots/", BALLOTS, follow=True
    )

    assert [str(message) for message in response.context["messages"]][1:] == [
        "到会选民60人，少于规定的80人。"
    ]
    assert DutyReport.objects.get().is_held


def test_a_report_is_emptied_again(client):
    report = factory.make_held_report()
    empty = dict.fromkeys(BALLOTS, "") | {"version": 1, "reason": "误登"}

    client.post(f"/duty-reports/{report.pk}/ballots/", empty)

    report.refresh_from_db()
    assert (report.is_held, report.ballots_valid, report.third_grade) == (False, None, None)
