"""Rosters as they arrive, made in the test."""

import io

from openpyxl import Workbook

HEADINGS = (
    "代表证号",
    "姓名",
    "性别",
    "出生年月",
    "民族",
    "联系电话",
    "身份证号",
    "代表层级",
    "选区",
    "所属小组",
    "组内职务",
    "当选日期",
)
#: A row without a fault.
GOOD = {
    "代表证号": "Z15-001",
    "姓名": "孟广才",
    "性别": "男",
    "出生年月": "1975-03",
    "民族": "汉族",
    "联系电话": "13900006001",
    "身份证号": None,
    "代表层级": "镇",
    "选区": "第一选区",
    "所属小组": "第一代表小组",
    "组内职务": "组员",
    "当选日期": "2016-12-18",
}


def person(number, **values):
    """A further person without a fault, different in all that tells persons apart."""
    return {
        **GOOD,
        "代表证号": f"Z15-{number:03d}",
        "姓名": f"代表{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'子丑寅卯'[number // 10 % 4]}",
        "联系电话": f"139{number:08d}",
        **values,
    }


def roster_file(*rows, headings=HEADINGS, above=(), below=(), adjust=None):
    """A workbook: rows above the headings, the headings, a row each, rows below.

    ``adjust`` gets the sheet, for merged cells and hidden columns.
    """
    workbook = Workbook()
    sheet = workbook.active
    for cells in above:
        sheet.append(list(cells) or [None])
    sheet.append(list(headings))
    for row in rows:
        sheet.append([row.get(heading) for heading in HEADINGS[: len(headings)]])
    for cells in below:
        sheet.append(list(cells))
    if adjust:
        adjust(sheet)
    content = io.BytesIO()
    workbook.save(content)
    content.seek(0)
    return content
