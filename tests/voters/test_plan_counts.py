"""Plan items of this room's kinds: reception days and duty reports that were held."""

import pytest

from groups.models import PlanItem
from groups.plan import with_progress
from tests.factory import (
    day,
    make_duty_report,
    make_group,
    make_held_report,
    make_mandate,
    make_membership,
    make_plan_item,
    make_reception_day,
)

pytestmark = pytest.mark.django_db


def items(kind):
    """An item of group 1, one of group 2, one of the township."""
    for group in (make_group(1), make_group(2), None):
        make_plan_item(group, kind=kind, first_month=3, last_month=12)


def done():
    found = with_progress(PlanItem.objects.order_by("number"), day("2020-08-20"))
    return [item.done for item in found]


def test_reception_days_are_counted_for_the_group_and_the_township():
    items(PlanItem.Kind.RECEPTION)
    make_reception_day("2020-02-15", make_group(1), state="held")
    make_reception_day("2020-07-15", make_group(1), state="held")
    make_reception_day("2020-08-15", make_group(1), state="held")
    make_reception_day("2020-08-15", make_group(2), state="cancelled")
    make_reception_day("2020-08-16", make_group(2), state="held")
    make_reception_day("2020-09-15", make_group(2), state="planned")

    assert done() == [2, 1, 3]


def test_duty_reports_are_counted_for_the_group_of_that_day():
    items(PlanItem.Kind.DUTY_REPORT)
    mandate = make_mandate()
    make_membership(make_group(1), mandate, end="2020-08-01")
    make_membership(make_group(2), mandate, start="2020-08-01")
    make_held_report(mandate, held_on=day("2020-07-31"))
    make_duty_report(make_mandate())

    assert done() == [1, 0, 1]
