"""A report's figures beside an earlier year's, and group by group."""

import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import DelegateGroup
from reports.comparison import by_group, with_year
from reports.views.comparison import EarlierYearForm
from tests.factory import make_activity

PAGE = "/reports/2020/comparison/"


@pytest.fixture
def as_chair(report, chair, logged_in):
    return logged_in(chair)


def values(tables, title, name):
    (table,) = [table for table in tables if table.title == title]
    (row,) = [row for row in table.rows if row[0].value == name]
    return [cell.value for cell in row[1:]]


def test_the_same_days_of_the_year_before(report):
    for date in ("2019-03-01", "2019-08-20", "2019-08-21"):
        make_activity(date, kind="training")
    tables = with_year(report, 2019)

    assert values(tables, "代表活动", "学习培训（次）") == [1, 2, "减1"]
    assert values(tables, "接待选民", "接待选民（人次）") == [104, 0, "增104"]
    assert values(tables, "意见建议", "到期答复率") == ["91.3%（21/23）", "—", "—"]


def test_group_by_group(report):
    tables = by_group(report)

    assert [table.title for table in tables][1] == "接待选民（各小组）"
    assert tables[1].headings == (
        "指标",
        "第一代表小组",
        "第二代表小组",
        "第三代表小组",
        "全镇（乡）",
    )
    assert values(tables, "接待选民（各小组）", "接待选民（人次）") == [43, 34, 27, 104]
    assert 'viewBox="0 0 400' in tables[1].chart


def test_every_number_opens_the_list_that_it_counts(as_chair, report):
    make_activity("2019-03-01", kind="training")
    group = DelegateGroup.objects.get(ordinal=2)
    address = reverse("report_figure", args=["2020", "reception.visits"])
    cell = values(by_group(report), "接待选民（各小组）", "来访登记（批）")
    page = as_chair.get(PAGE, {"by": "groups"}).content.decode()

    assert f'<a href="{address}?group={group.pk}">{cell[1]}</a>' in page
    there = as_chair.get(address, {"group": group.pk}).context
    assert (there["page_obj"].paginator.count, str(group) in there["title"]) == (cell[1], True)
    then = as_chair.get(reverse("report_figure", args=["2020", "training"]), {"year": 2019})
    assert then.context["page_obj"].paginator.count == 1
    numbers = re.findall(r'<td class="number">\s*(.*?)\s*</td>', page, re.S)
    unlinked = {text for text in numbers if not text.startswith("<a ")}
    assert (len(numbers) > 100, {text for text in unlinked if re.match("[1-9]", text)}) == (
        True,
        set(),
    )


@pytest.mark.parametrize("query", [{"group": "x"}, {"group": "999"}, {"year": "0"}, {"year": "x"}])
def test_what_is_not_there_to_compare(as_chair, query):
    address = reverse("report_figure", args=["2020", "reception.visits"])

    assert as_chair.get(address, query).status_code == 404


def test_only_years_with_records_are_offered(as_chair, report):
    form = EarlierYearForm({}, report)

    assert form.fields["year"].choices == [(2019, "2019年同期")]
    assert as_chair.get(PAGE, {"year": 1800}).status_code == 404


def test_as_a_workbook(as_chair):
    response = as_chair.get(PAGE, {"export": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    rows = list(book["接待选民"].iter_rows(values_only=True))

    assert rows[0] == ("指标", "2020年", "2019年", "增减")
    assert ("接待选民（人次）", 104, 0, "增104") in rows


def test_more_records_cost_no_more_queries(report):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            with_year(report, 2019)
        return len(captured)

    before = queries()
    for number in range(1, 4):
        make_activity(f"2020-02-0{number}")
    assert queries() == before
