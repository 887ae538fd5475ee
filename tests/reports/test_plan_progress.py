"""``manage.py plan_progress``: planned, done, remaining; against recounts with no code of ours."""

import datetime
import io
import json

import pytest
from django.core.management import call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress.models import Session
from congress.periods import Period
from groups.models import PlanItem
from reports.figures.plan import outlook_figures
from reports.models import AnnualReport
from reports.scope import Scope
from tests.factory import (
    make_activity,
    make_duty_report,
    make_group,
    make_held_report,
    make_mandate,
    make_membership,
    make_plan_item,
    make_reception_day,
    make_term,
)

from .ledger_files import XX_TOWN, import_file
from .made_ledgers import made, workbook
from .naive_plan import progress_of

pytestmark = pytest.mark.django_db

ACTIVITIES = ("training", "inspection", "evaluation", "other")
days = st.dates(datetime.date(2019, 11, 1), datetime.date(2021, 2, 28))
groups = st.sampled_from((None, 1, 2))
months = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted)
plans = st.lists(
    st.tuples(groups, st.sampled_from(PlanItem.Kind.values), months, st.integers(1, 5)),
    min_size=1,
    max_size=12,
)
activities = st.lists(st.tuples(st.sampled_from(ACTIVITIES), groups, days), max_size=12)
sessions = st.lists(st.tuples(st.sampled_from(Session.State.values), days), max_size=4)
receptions = st.lists(
    st.tuples(st.sampled_from((1, 2)), days, st.sampled_from(("held", "planned", "cancelled"))),
    max_size=12,
    unique_by=lambda each: each[:2],
)
#: Whose, the day if it was held.
reports = st.lists(st.tuples(st.sampled_from((1, 2)), st.none() | days), max_size=6)


def progress(*arguments):
    out = io.StringIO()
    call_command("plan_progress", *arguments, stdout=out)
    return out.getvalue()


def in_json(*arguments):
    return json.loads(progress(*arguments, "--json"))


def recount(year, plan, done):
    """``done``: (kind, group or None, day) of all that counts."""
    rows = []
    for number, (group, kind, (first, last), planned) in enumerate(plan, 1):
        count = 0
        for what, whose, day in done:
            wide = group is None and kind in ("reception", "duty_report")
            own = whose == group or wide
            in_time = day.year == 2020 and first <= day.month <= last
            count += what == kind and own and in_time and year[0] <= day <= year[1]
        rows.append([number, planned, count, planned - count if planned > count else 0])
    return rows


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(plans, activities, sessions, receptions, reports, days, days)
def test_generated_years_agree_with_a_naive_recount(
    plan, held, met, received, reported, first, cut_off
):
    first, cut_off = sorted((first, cut_off))
    first = max(first, datetime.date(2019, 12, 1))
    cut_off = max(first, cut_off, datetime.date(2020, 1, 1))
    done = list(held)
    with transaction.atomic():
        AnnualReport.objects.create(year=2020, start=first, cut_off=cut_off)
        for number, (group, kind, span, planned) in enumerate(plan, 1):
            make_plan_item(
                group and make_group(group),
                number=number,
                kind=kind,
                first_month=span[0],
                last_month=span[1],
                planned_count=planned,
            )
        for kind, group, day in held:
            make_activity(day, group and make_group(group), kind=kind)
        for number, (state, day) in enumerate(met, 1):
            Session.objects.create(
                term=make_term(), ordinal=number, date=day, agenda="选举", state=state
            )
            done += [("session", None, day)] if state == "held" else []
        for group, day, state in received:
            make_reception_day(day, make_group(group), on_duty=[], state=state)
            done += [("reception", group, day)] if state == "held" else []
        for group, day in reported:
            mandate = make_mandate()
            make_membership(make_group(group), mandate)
            if day:
                make_held_report(mandate, held_on=day)
            else:
                make_duty_report(mandate)
            done += [("duty_report", group, day)] if day else []
        told = in_json("2020")
        to_come = outlook_figures(Scope(Period(first, cut_off), 2020))
        transaction.set_rollback(True)

    assert told == recount((first, cut_off), plan, done)
    if cut_off < datetime.date(2020, 12, 31):
        open_ones = [(planned, count) for _, planned, count, left in told if left]
        assert sorted((each.planned, each.done) for each in to_come.items) == sorted(open_ones)


@pytest.mark.parametrize("seed", [4, 93])
def test_made_towns_agree_with_a_recount_of_the_cells(seed):
    ledger = made(seed)
    file = workbook(ledger)
    import_file(file)
    file.seek(0)
    counted = progress_of(file)
    report = AnnualReport.objects.get(year=ledger.year)
    titles = dict(PlanItem.objects.filter(year=ledger.year).values_list("number", "title"))

    assert in_json(str(ledger.year)) == counted
    last = min(report.cut_off, datetime.date(ledger.year, 12, 30))
    to_come = outlook_figures(Scope(Period(report.start, last), report.year))
    assert sorted((each.title, each.remaining) for each in to_come.items) == sorted(
        (titles[number], remaining) for number, _, _, remaining in counted if remaining
    )


def test_the_plan_of_2020(set_today):
    set_today("2021-03-01")
    with XX_TOWN.open("rb") as file:
        import_file(file)
        file.seek(0)
        recounted = progress_of(file)

    assert in_json("2020") == recounted
    assert recounted == [
        [1, 12, 8, 4],
        [2, 12, 8, 4],
        [3, 12, 8, 4],
        [4, 20, 14, 6],
        [5, 1, 1, 0],
        [6, 1, 1, 0],
        [7, 1, 1, 0],
        [8, 1, 0, 1],
        [9, 1, 0, 1],
        [10, 1, 0, 1],
        [11, 1, 0, 1],
    ]


def test_another_cut_off_and_a_table_for_people(set_today):
    set_today("2020-08-20")
    make_plan_item(make_group(1), title="视察道路", first_month=3, last_month=9, planned_count=2)
    make_plan_item(title="培训", kind="training", first_month=5)
    make_activity("2020-03-15", make_group(1))
    make_activity("2020-08-21", make_group(1))

    assert progress("2020").splitlines() == [
        "2020年度计划，统计2020-01-01至2020-08-20",
        "序号  计划  完成  未完成  进度        月份   组织者        项目",
        "1     2     1     1       进行中      3-9月  第一代表小组  视察道路",
        "2     1     0     1       逾期未完成  5月    全乡镇        培训",
    ]
    assert in_json("2020", "--cut-off", "2020-08-21") == [[1, 2, 2, 0], [2, 1, 0, 1]]
    assert in_json("2020", "--cut-off", "2020-03-14") == [[1, 2, 0, 2], [2, 1, 0, 1]]


def test_a_year_without_a_plan_says_so():
    assert (in_json("2031"), progress("2031")) == ([], "还没有2031年度计划。\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("20",), "年度应为四位数字，如2020，不是“20”。"),
        (("0000",), "年度应为四位数字，如2020，不是“0000”。"),
        (
            ("2020", "--cut-off", "八月"),
            "统计截止应写作2020-08-20的样子，不是“八月”。",
        ),
        (("2020", "--cut-off", "2019-01-01"), "统计截止不能早于统计起始2020-01-01。"),
    ],
)
def test_wrong_arguments_are_told_in_one_sentence(arguments, sentence):
    with pytest.raises(SystemExit) as refusal:
        progress(*arguments)

    assert refusal.value.code == sentence


def test_nothing_stores_what_is_done():
    stored = {field.name for field in PlanItem._meta.get_fields()}

    assert stored & {"done", "finished", "completed", "progress", "remaining", "state"} == set()
