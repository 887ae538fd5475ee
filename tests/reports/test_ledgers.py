"""A year's workbook goes in whole and comes out the same."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congress.models import Document, Session, Term, Township
from delegates.models import Delegate, Mandate
from groups.models import Activity, Attendance, DelegateGroup, Membership, PlanItem
from reports.ledgers import SHEETS, NothingToExport, export, import_ledgers, plan_import
from reports.models import AnnualReport, Narrative
from voters.models import (
    DutyReport,
    FeedbackItem,
    FeedbackStep,
    HandlingUnit,
    ReceptionDay,
    Topic,
    UnitEvaluation,
    Visit,
)

from . import ledger_files
from .ledger_files import XX_TOWN, cells_of, exported, import_file

pytestmark = pytest.mark.django_db


def import_xx_town():
    with XX_TOWN.open("rb") as file:
        return import_file(file)


ROWS = {
    "基本信息": 8,
    "村": 7,
    "代表小组": 3,
    "代表": 55,
    "接待日": 24,
    "接待登记": 54,
    "意见建议": 33,
    "述职": 20,
    "活动": 4,
    "活动出席": 155,
    "转送与后续": 5,
    "工作评议": 6,
    "年度计划": 11,
    "会议": 4,
    "文件": 6,
    "报告文字": 24,
    "单位": 12,
}


def test_the_year_goes_in_without_an_error():
    assert import_xx_town() == {name: (rows, 0, 0) for name, rows in ROWS.items()}
    stored = {
        model.__name__: model.objects.count()
        for model in (
            Activity,
            AnnualReport,
            Attendance,
            Delegate,
            DelegateGroup,
            Document,
            DutyReport,
            FeedbackItem,
            FeedbackStep,
            HandlingUnit,
            Mandate,
            Membership,
            Narrative,
            PlanItem,
            ReceptionDay,
            Session,
            Term,
            Topic,
            UnitEvaluation,
            Visit,
        )
    }
    assert stored == {
        "Activity": 4,
        "AnnualReport": 1,
        "Attendance": 155,
        "Delegate": 55,
        "DelegateGroup": 3,
        "Document": 6,
        "DutyReport": 20,
        "FeedbackItem": 33,
        "FeedbackStep": 33,
        "HandlingUnit": 12,
        "Mandate": 55,
        "Membership": 56,
        "Narrative": 24,
        "PlanItem": 11,
        "ReceptionDay": 24,
        "Session": 4,
        "Term": 1,
        "Topic": 5,
        "UnitEvaluation": 6,
        "Visit": 54,
    }


def test_the_same_file_twice_changes_nothing():
    import_xx_town()
    before = cells_of(exported())
    assert import_xx_town() == {name: (0, 0, rows) for name, rows in ROWS.items()}
    assert cells_of(exported()) == before
    assert FeedbackStep.objects.count() == 33


def test_the_export_equals_the_original_cell_by_cell():
    import_xx_town()
    assert cells_of(exported()) == cells_of(XX_TOWN)


def test_an_export_goes_into_an_empty_database_and_comes_out_the_same():
    ledger_files.assert_round_trip(ledger_files.xx_town())


def test_nothing_is_written_where_one_cell_is_wrong():
    ledger = ledger_files.xx_town()
    ledger.row("接待登记", 登记号="2020-010")["村"] = "没有的村"
    plan = import_ledgers(ledger.file())
    assert [str(error) for error in plan.errors] == [
        "接待登记 第11行 “村”（填的是“没有的村”）：“村”表中没有这个村，请核对。"
    ]
    assert not Township.objects.exists()
    assert not Visit.objects.exists()


def test_a_plan_alone_writes_nothing():
    with XX_TOWN.open("rb") as file, CaptureQueriesContext(connection) as queries:
        plan_import(file)
    assert not Township.objects.exists()
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_changed_cells_are_told_and_written():
    import_xx_town()
    ledger = ledger_files.xx_town()
    ledger.row("接待登记", 登记号="2020-001")["来访人数"] = 7
    ledger.row("代表", 代表证号="Z15-001")["联系电话"] = "13911112222"
    ledger.row("意见建议", 编号="2020-J033").update(
        主办单位="旅游办",
        责任人="韦晓丽",
        交办日期=ledger_files.day("2020-08-21"),
        办理期限=ledger_files.day("2020-11-21"),
        状态="交办",
    )
    ledger.row("述职", 代表="李堃")["满意"] = 40
    ledger.row("述职", 代表="李堃")["弃权"] = 3
    del ledger["文件"][-1]
    plan = import_ledgers(ledger.file())
    assert plan.errors == []
    changed = {each.name: each.changed for each in plan.summaries() if each.changed}
    assert changed == {"代表": 1, "接待登记": 1, "意见建议": 1, "述职": 1}
    told = {(each.sheet, each.column, each.old, each.new) for each in plan.changes}
    phone = next(each.old for each in plan.changes if each.sheet == "代表")
    assert told == {
        ("代表", "联系电话", phone, "13911112222"),
        ("接待登记", "来访人数", "4", "7"),
        ("意见建议", "主办单位", "", "镇旅游发展办公室"),
        ("意见建议", "责任人", "", "韦晓丽"),
        ("意见建议", "交办日期", "", "2020-08-21"),
        ("意见建议", "办理期限", "", "2020-11-21"),
        ("意见建议", "状态", "登记", "交办"),
        ("述职", "满意", "41", "40"),
        ("述职", "弃权", "2", "3"),
    }
    item = FeedbackItem.objects.get(number="2020-J033")
    assert [(step.from_state, step.to_state) for step in item.steps.all()] == [
        ("", "registered"),
        ("registered", "assigned"),
    ]
    assert Visit.objects.get(number="2020-001").version == 2
    assert Document.objects.count() == 6


def test_lists_are_replaced_in_the_order_of_the_cell():
    import_xx_town()
    ledger = ledger_files.xx_town()
    ledger.row("接待日", 日期=ledger_files.day("2020-01-15"), 组别=1)["接待代表"] = (
        "李堃、何长庚、王喆"
    )
    ledger.row("活动", 活动编号="2020-H01")["村或地点"] = "HJ河、DG山"
    ledger.row("活动", 活动编号="2020-H03")["建议"] = "施工单位要做到安全施工。"
    import_file(ledger.file())
    cells = cells_of(exported())
    assert cells["接待日"][1][3] == "李堃、何长庚、王喆"
    assert cells["活动"][2][8] == "HJ河、DG山"
    assert cells["活动"][4][11] == "施工单位要做到安全施工。"


def test_a_second_year_leaves_the_first_alone():
    import_xx_town()
    first = cells_of(exported())
    ledger = ledger_files.xx_town()
    for name in (
        "接待日",
        "接待登记",
        "意见建议",
        "述职",
        "活动",
        "活动出席",
        "转送与后续",
        "工作评议",
        "年度计划",
        "文件",
        "报告文字",
    ):
        ledger[name].clear()
    ledger.set("报告年度", 2021)
    ledger.set("统计起始", ledger_files.day("2021-01-01"))
    ledger.set("统计截止", ledger_files.day("2021-12-10"))
    ledger.add("报告文字", "前言-1", "今年以来。")
    import_file(ledger.file())
    assert cells_of(exported()) == first
    assert cells_of(exported(2021))["报告文字"] == [["位置", "文字"], ["前言-1", "今年以来。"]]
    assert AnnualReport.objects.get(year=2021).start == datetime.date(2021, 1, 1)


def test_there_is_nothing_to_export_before_the_first_import():
    with pytest.raises(NothingToExport, match="还没有乡镇概况和届次"):
        exported()


def test_only_headings():
    ledger = ledger_files.only_headings()
    assert import_file(ledger.file()) == {
        sheet.name: ((8, 0, 0) if sheet.name == "基本信息" else (0, 0, 0)) for sheet in SHEETS
    }
    assert cells_of(exported()) == cells_of(ledger.file())


def big_town(visits, items):
    ledger = ledger_files.small_town()
    for month in range(1, 13):
        ledger_files.reception(ledger, f"2020-{month:02}-15")
    for number in range(visits):
        ledger_files.visit(
            ledger,
            f"2020-{number + 1:04}",
            f"2020-{number % 12 + 1:02}-15",
            delegates="甲一、甲二",
        )
    for number in range(items):
        ledger_files.item(
            ledger,
            f"2020-J{number + 1:04}",
            f"2020-{number + 1:04}",
            "办理中",
            主办单位="建管中心",
            协办单位="财政所",
            责任人="己某",
            交办日期=ledger_files.day("2020-12-20"),
            办理期限=ledger_files.day("2021-03-20"),
        )
    return ledger.file()


def queries_of(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


def test_the_number_of_queries_does_not_grow_with_the_rows():
    """SQLite takes at most 999 values a statement, so that a batch is some dozens of rows there."""
    few, many = big_town(200, 100), big_town(400, 200)
    first = queries_of(lambda: import_file(few))
    second = queries_of(lambda: import_file(many))
    third = queries_of(lambda: import_file(many))
    assert second - first <= 25
    assert third <= 49
    assert queries_of(lambda: export(2020, ledger_files.io.BytesIO())) <= 35
    assert Visit.objects.count() == 400
    assert FeedbackItem.objects.count() == 200
