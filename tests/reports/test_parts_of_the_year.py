"""Groups, half-years and quarters of made records."""

import pytest

from reports.figures import report_figures
from reports.kinds import Kind, days_of, number_of, part_name
from reports.models import AnnualReport
from reports.scope import Scope
from tests.factory import (
    make_activity,
    make_attendance,
    make_group,
    make_held_report,
    make_mandate,
    make_membership,
    make_plan_item,
    make_township,
)

from .added_up import assert_groups_add_up
from .ledger_files import import_file
from .made_ledgers import made, workbook
from .sample_figures import day


@pytest.mark.django_db
def test_groups_add_up_in_a_made_year():
    ledger = made(22)
    import_file(workbook(ledger))
    assert_groups_add_up(AnnualReport.objects.get(year=ledger.year))


@pytest.mark.django_db
def test_whoever_changed_groups_counts_for_each_in_its_time():
    make_township()
    one, two = make_group(1), make_group(2)
    mandate = make_mandate()
    make_membership(one, mandate, end="2020-05-01")
    make_membership(two, mandate, start="2020-05-01")
    for held_on in ("2020-04-15", "2020-05-15"):
        make_attendance(make_activity(held_on), mandate)
    make_held_report(mandate, held_on="2020-04-20")
    scope = Scope.of_year(2020)

    def of(group):
        found = report_figures(scope.of_group(group))
        return found.delegates.town, found.duty.done, found.activities.attendance.present

    assert (of(one), of(two)) == ((0, 1, 1), (1, 0, 1))


@pytest.mark.parametrize(
    ("kind", "number", "first", "last", "name"),
    [
        (Kind.YEAR, 1, "2020-01-01", "2020-12-31", ""),
        (Kind.HALF, 1, "2020-01-01", "2020-06-30", "上半年"),
        (Kind.HALF, 2, "2020-07-01", "2020-12-31", "下半年"),
        (Kind.QUARTER, 1, "2020-01-01", "2020-03-31", "第一季度"),
        (Kind.QUARTER, 4, "2020-10-01", "2020-12-31", "第四季度"),
    ],
)
def test_days_of_a_part_of_the_year(kind, number, first, last, name):
    period = days_of(kind, 2020, number)

    assert (period.first, period.last) == (day(first), day(last))
    assert (number_of(kind, period.last), part_name(kind, period.last)) == (number, name)


@pytest.mark.django_db
def test_a_quarter_plans_only_what_no_quarter_did():
    make_township()
    make_plan_item(kind="training", first_month=3, last_month=12, planned_count=2)
    make_activity("2020-03-15", kind="training")
    scope = Scope(days_of(Kind.QUARTER, 2020, 3), 2020, kind=Kind.QUARTER)

    assert [item.remaining for item in report_figures(scope).outlook.items] == [1]
