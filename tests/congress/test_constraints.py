"""Check constraints in memory say what the database says."""

import datetime

import pytest
from django.apps import apps
from django.db import models
from django.db.models import F, Q, Value

from congress.constraints import holds, violations
from congress.models import Term
from delegates.models import Mandate
from groups.models import Membership
from voters.models import DutyReport, FeedbackItem

OWN = ("congress", "delegates", "groups", "voters", "reports")


def own_constraints():
    for app in OWN:
        for model in apps.get_app_config(app).get_models():
            for constraint in model._meta.constraints:
                if isinstance(constraint, models.CheckConstraint):
                    yield pytest.param(model, constraint.condition, id=constraint.name)


@pytest.mark.parametrize(("model", "condition"), list(own_constraints()))
def test_every_constraint_of_the_house_can_be_evaluated(model, condition):
    assert holds(condition, model()) in (True, False, None)


TERM = Term(ordinal=15, first_day=datetime.date(2017, 1, 10))


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (Q(), True),
        (Q(ordinal=15), True),
        (Q(ordinal__gt=15), False),
        (Q(ordinal__in=[14, 15]), True),
        (Q(ordinal__range=(1, 14)), False),
        (Q(last_day__isnull=True), True),
        (Q(last_day=None), True),
        (Q(last_day__gt=F("first_day")), None),
        (~Q(last_day__gt=F("first_day")), True),
        (~~Q(last_day__gt=F("first_day")), None),
        (Q(last_day__gt=F("first_day")) | Q(ordinal=15), True),
        (Q(last_day__gt=F("first_day")) | Q(ordinal=16), None),
        (Q(last_day__gt=F("first_day")) & Q(ordinal=16), False),
        (Q(last_day__gt=F("first_day")) & Q(ordinal=15), None),
        (Q(ordinal=F("ordinal") + Value(0)), True),
        (Q(ordinal__lt=F("ordinal") * 2 - 1), True),
    ],
)
def test_three_valued_logic(condition, truth):
    assert holds(condition, TERM) is truth


@pytest.mark.django_db
@pytest.mark.parametrize(
    "condition",
    [
        Q(last_day__gt=F("first_day")),
        ~Q(last_day__gt=F("first_day")),
        Q(last_day__gt=F("first_day")) | Q(ordinal=15),
        Q(last_day__gt=F("first_day")) & ~Q(ordinal=15),
        ~(Q(last_day__gt=F("first_day")) | Q(ordinal=15)),
        ~(Q(last_day__gt=F("first_day")) & Q(ordinal=16)),
    ],
)
def test_it_agrees_with_the_database(condition):
    assert (holds(condition, TERM) is not False) == condition.check(
        {"ordinal": 15, "first_day": TERM.first_day, "last_day": Value(None, models.DateField())}
    )


def test_an_expression_it_cannot_evaluate_is_not_passed_over():
    with pytest.raises(NotImplementedError):
        holds(Q(ordinal=models.Max("ordinal")), TERM)
    with pytest.raises(NotImplementedError):
        holds(Q(Q(ordinal=15), Q(ordinal=16), _connector=Q.XOR), TERM)


def test_the_sentence_belongs_to_the_field_it_names():
    report = DutyReport(year=2020, planned_month=13)
    assert list(violations(report)) == [("planned_month", "计划月份须为1至12。")]
    item = FeedbackItem(number="2020-J001", source="delegate", state="assigned")
    assert [field for field, _ in violations(item)] == [
        "lead_unit",
        "responsible",
        "assigned_on",
        "due_on",
    ]


def test_a_relation_to_a_record_without_a_key_counts_as_filled():
    membership = Membership(mandate=Mandate(), post="member", start=datetime.date(2020, 1, 1))
    assert list(violations(membership)) == []
