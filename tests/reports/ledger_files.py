"""Ledger workbooks for tests: the demonstration year, or a small town, changed cell by cell."""

import datetime
import io
from pathlib import Path

import openpyxl

from congress.models import Document, Session, Term, Township, Village
from delegates.models import Constituency, Delegate, Mandate, Suspension
from groups.models import (
    Activity,
    ActivityRoom,
    Attendance,
    DelegateGroup,
    GroupVillage,
    Membership,
    PlanItem,
    RoomCheck,
)
from reports.ledgers import SHEETS, export, import_ledgers
from reports.models import AnnualReport
from tests.emptying import rows_may_go
from voters.models import (
    DutyReport,
    FeedbackItem,
    HandlingUnit,
    ReceptionDay,
    Topic,
    UnitEvaluation,
    Visit,
)

XX_TOWN = Path(__file__).parents[2] / "reports" / "demonstration" / "xx-town-2020.xlsx"
HEADINGS = {sheet.name: sheet.headings for sheet in SHEETS}


def day(text):
    return datetime.datetime.fromisoformat(text)


class Ledger(dict):
    """Rows of each sheet, each row a dict by heading; ``file()`` makes the workbook of them."""

    def rows(self, sheet, **wanted):
        return [
            row
            for row in self[sheet]
            if all(row[heading] == value for heading, value in wanted.items())
        ]

    def row(self, sheet, **wanted):
        (row,) = self.rows(sheet, **wanted)
        return row

    def add(self, sheet, *values):
        row = dict(zip(HEADINGS[sheet], values, strict=True))
        self[sheet].append(row)
        return row

    def set(self, name, value):
        self.row("基本信息", 项目=name)["内容"] = value

    def file(self):
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for name, headings in HEADINGS.items():
            worksheet = workbook.create_sheet(name)
            worksheet.append(headings)
            for row in self[name]:
                worksheet.append([row[heading] for heading in headings])
        return packed(workbook)


def packed(workbook):
    content = io.BytesIO()
    workbook.save(content)
    content.seek(0)
    return content


def cells_of(file):
    """All cells of a workbook by sheet, in order."""
    workbook = openpyxl.load_workbook(file)
    return {
        worksheet.title: [list(row) for row in worksheet.iter_rows(values_only=True)]
        for worksheet in workbook
    }


def exported(year=2020):
    content = io.BytesIO()
    export(year, content)
    content.seek(0)
    return content


def import_file(file):
    """Import without an error; (added, changed, unchanged) by sheet."""
    plan = import_ledgers(file)
    assert not plan.errors, "\n".join(map(str, plan.errors))
    return {each.name: (each.added, each.changed, each.unchanged) for each in plan.summaries()}


def errors_of(ledger):
    return [str(error) for error in import_ledgers(ledger.file()).errors]


@rows_may_go()
def empty_database():
    for model in (
        FeedbackItem,
        Visit,
        ReceptionDay,
        DutyReport,
        UnitEvaluation,
        Attendance,
        Activity,
        PlanItem,
        Membership,
        RoomCheck,
        ActivityRoom,
        GroupVillage,
        DelegateGroup,
        Suspension,
        Mandate,
        Constituency,
        Delegate,
        Session,
        Term,
        Township,
        Village,
        Document,
        Topic,
        HandlingUnit,
        AnnualReport,
    ):
        model.objects.all().delete()


def assert_round_trip(ledger):
    """Import, export: the same cells. Into an empty database and out again: the same once more."""
    import_file(ledger.file())
    first = exported()
    assert cells_of(first) == cells_of(ledger.file())
    assert {
        name: counts[:2] for name, counts in import_file(ledger.file()).items()
    } == dict.fromkeys(HEADINGS, (0, 0))
    empty_database()
    import_file(first)
    assert cells_of(exported()) == cells_of(first)


def xx_town():
    """The demonstration year, to be changed."""
    return Ledger(
        {
            name: [dict(zip(HEADINGS[name], row, strict=True)) for row in rows[1:]]
            for name, rows in cells_of(XX_TOWN).items()
        }
    )


def only_headings(**settings):
    """Settings and nothing else."""
    ledger = Ledger({name: [] for name in HEADINGS})
    values = {
        "乡镇名称": "YY乡",
        "县名": "YY县",
        "届次": 15,
        "报告年度": 2020,
        "统计起始": day("2020-01-01"),
        "统计截止": day("2020-08-20"),
        "接待日": 15,
        "选民评价口径": "满意/基本满意/不满意",
    } | settings
    for name, value in values.items():
        ledger.add("基本信息", name, value)
    return ledger


PEOPLE = (
    ("Z15-001", "甲一", "13900000001", 1, "组长"),
    ("Z15-002", "甲二", "13900000002", 1, "副组长"),
    ("Z15-003", "甲三", "13900000003", 1, "联系员"),
    ("Z15-004", "甲四", "13900000004", 1, None),
    ("Z15-011", "乙一", "13900000011", 2, "组长"),
    ("Z15-012", "乙二", "13900000012", 2, "副组长"),
    ("Z15-013", "乙三", "13900000013", 2, "组员"),
)


def mandate(card, name, phone, group, post=None, **cells):
    """A row of 代表: in office since 2017-01-05 unless ``cells`` say otherwise."""
    values = {
        "代表证号": card,
        "姓名": name,
        "性别": "男",
        "出生年月": "1970-05",
        "民族": "汉族",
        "文化程度": None,
        "政治面貌": None,
        "工作单位及职务": None,
        "联系电话": phone,
        "代表层级": "镇",
        "选区": f"{card}选区",
        "所属小组": group,
        "组内职务": post,
        "当选日期": day("2017-01-05"),
        "状态": "在任",
        "状态原因": None,
        "状态日期": None,
        "备注": None,
    }
    return values | cells


def small_town():
    """A 乡 of two villages, two groups and seven delegates; nothing done yet."""
    ledger = only_headings()
    ledger.add("村", "东村", 800)
    ledger.add("村", "西村", 700)
    for card, name, phone, group, post in PEOPLE:
        ledger["代表"].append(mandate(card, name, phone, group, post))
    ledger.add(
        "代表小组", 1, "东村", "甲一", "甲二", "甲三", "是", "第一活动室", "乡政府", "是", "否"
    )
    ledger.add(
        "代表小组", 2, "西村", "乙一", "乙二", "丙某", "否", "第二活动室", "西村部", "否", "是"
    )
    ledger.add("单位", "乡建设管理中心", "建管中心", None, None)
    ledger.add("单位", "乡财政所", "财政所", "丁某", "0559-1234567")
    return ledger


def reception(ledger, date="2020-03-15", group=1, delegates="甲一、甲二", state="已举行", **cells):
    row = ledger.add("接待日", day(date), group, "乡政府", delegates, state, None, None)
    row.update(cells)
    return row


def visit(ledger, number="2020-001", date="2020-03-15", group=1, delegates="甲一", **cells):
    row = ledger.add(
        "接待登记",
        number,
        day(date),
        group,
        delegates,
        "戊某",
        "东村",
        None,
        2,
        "当面",
        "路太窄了。",
        None,
    )
    row.update(cells)
    return row


def item(ledger, number="2020-J001", visit_number="2020-001", state="登记", **cells):
    row = dict.fromkeys(HEADINGS["意见建议"])
    row |= {
        "编号": number,
        "登记号": visit_number,
        "类别": "道路",
        "标题": "加宽道路",
        "内容": "请加宽道路。",
        "状态": state,
    }
    row |= {heading.strip(): value for heading, value in cells.items()}
    ledger["意见建议"].append(row)
    return row
