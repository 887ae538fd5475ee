"""What a report counts of one group, of a half-year and of a quarter, over ledgers of 2020."""

from dataclasses import replace

from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import DelegateGroup
from reports.figures import report_figures
from reports.kinds import Kind
from reports.scope import Scope

from .added_up import assert_groups_add_up
from .sample_figures import day


def test_groups_add_up_in_2020(report):
    assert_groups_add_up(report)


def test_a_group_counts_the_activities_it_organised(report):
    group = DelegateGroup.objects.get(ordinal=1)
    activities = report_figures(report.scope.of_group(group)).activities

    assert [(each.title, each.group) for each in activities.inspection] == [("重点工程建设视察", 1)]
    assert (activities.training, activities.previous) == ((), ())


def test_a_group_costs_no_more_queries_than_the_township(report):
    def queries(scope):
        with CaptureQueriesContext(connection) as captured:
            report_figures(scope)
        return len(captured)

    group = DelegateGroup.objects.get(ordinal=1)

    assert queries(report.scope.of_group(group)) <= queries(report.scope) + 1


def test_a_quarter_remembers_what_the_year_planned_and_did_before(report):
    def duty(period, kind):
        found = report_figures(Scope(period, 2020, kind=kind)).duty
        return found.planned, found.earlier, found.done, found.remaining

    until_august = replace(report.scope.period, first=day("2020-07-01"))
    assert duty(report.scope.period, Kind.YEAR) == (20, 0, 14, 6)
    planned, earlier, done, remaining = duty(until_august, Kind.QUARTER)
    assert (planned, earlier + done, remaining) == (20, 14, 6)
    assert earlier > 0
