"""Evaluations of units: the arithmetic of their votes, who sees what."""

import uuid

import pytest

from groups.models import Activity
from tests import factory
from voters.models import UnitEvaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


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
