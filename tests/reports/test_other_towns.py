"""Ledgers of made towns: figures against a naive recount, out and in again, and the report's text.

Each seed is another town with other hard corners of the format; see ``made_roster``.
"""

import datetime
import re
import unicodedata
from html import unescape

import pytest

from reports.figures import by_key, report_figures
from reports.models import AnnualReport
from reports.rendering import document_of, html_file

from .ledger_files import empty_database, exported, import_file
from .made_ledgers import made, workbook
from .naive_figures import figures_of, person_of, sheets_of

pytestmark = pytest.mark.django_db

# Among them they have every corner that the makers know.
SEEDS = (0, 1, 2, 4, 5, 6, 7, 22, 39, 93, 126, 206)
WHOLE_NUMBERS = [
    "人口",
    "届次",
    "次",
    "组别",
    "所属小组",
    "来访人数",
    "年度",
    "计划月份",
    "计划数量",
    "序号",
    "到会选民数",
    "发出票",
    "收回票",
    "满意",
    "基本满意",
    "不满意",
    "弃权",
]
DELEGATES = ("组长", "副组长", "联系员", "接待代表")
UNORDERED = ("代表", "转送与后续")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_made_town(seed):
    assert_counted_and_kept(made(seed))


def test_a_period_that_begins_in_december_and_a_term_that_ends():
    ledger = made(4)
    town, rows = ledger.town, ledger.rows
    day = datetime.date(town.year - 1, 12, 7)
    rows["基本信息"][4][1] = datetime.date(town.year - 1, 12, 1)
    on_duty = tuple(town.members(1, day)[:2])
    number = f"{day.year}-900"
    rows["接待日"].append([day, 1, "政府", on_duty, "已举行", None, None])
    rows["接待登记"].append(
        [number, day, 1, on_duty, "戊某", town.villages[0], None, 3, "当面", "路太窄了。", None]
    )
    rows["意见建议"].append([f"{day.year}-J900", number, "道路", "路", "路", *[None] * 14, "登记"])
    rows["文件"].append(["意见", "县委", day, "县〔1〕1号", "上级"])
    organiser = f"{town.kind}人大"
    what = ("学习培训", "代表学习班", None, None)
    rows["活动"].append([number, day.year, *what, day, organiser, "会议室", "代表法", None, None])
    rows["会议"] = [row for row in rows["会议"] if row[2] <= town.cut_off]
    rows["会议"].append([town.term + 1, 1, datetime.date(town.year + 1, 1, 5), "选举", "计划"])
    assert_counted_and_kept(ledger)


def assert_counted_and_kept(ledger):
    file = workbook(ledger)
    import_file(file)
    wanted = figures_of(file)
    report = AnnualReport.objects.get(year=ledger.year)
    assert by_key(report_figures(report.scope)) == wanted
    assert_well_written(report)
    first = exported(ledger.year)
    assert records(first) == records(file)
    assert unchanged_by(file)
    empty_database()
    import_file(first)
    assert cells(exported(ledger.year)) == cells(first)
    report = AnnualReport.objects.get(year=ledger.year)
    assert by_key(report_figures(report.scope)) == wanted


def unchanged_by(file) -> bool:
    file.seek(0)
    return all(counts[:2] == (0, 0) for counts in import_file(file).values())


def cells(file) -> dict[str, list[list]]:
    return {name: [list(row.values()) for row in rows] for name, rows in sheets_of(file).items()}


def records(file) -> dict[str, list]:
    """What the sheets say, however it is written."""
    tables = sheets_of(file)
    file.seek(0)
    units = {row["简称"]: row["单位名称"] for row in tables["单位"]}
    told = {
        name: [
            {heading: _value(name, row, heading, tables["代表"], units) for heading in row}
            for row in rows
        ]
        for name, rows in tables.items()
    }
    for name in UNORDERED:
        told[name].sort(key=str)
    return told


def _value(sheet: str, row: dict, heading: str, roster: list[dict], units: dict[str, str]):
    value = row[heading]
    if heading == "组内职务":
        return value or "组员"
    if value is None:
        return None
    if heading == "内容" and sheet == "基本信息":
        return _plain(value)
    if heading == "代表" or heading in DELEGATES:
        if heading == "联系员" and row["联系员是否代表"] == "否":
            return value
        return [person_of(entry, roster) for entry in value.split("、")]
    if heading in ("主办单位", "协办单位", "被评议单位"):
        return [units.get(name, name) for name in value.split("、")]
    if heading in WHOLE_NUMBERS or "日期" in heading or heading in ("办理期限", "延期至"):
        return _plain(value)
    return str(value)


def _plain(value) -> str:
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return unicodedata.normalize("NFKC", str(value))


FAULTS = re.compile(
    r"None|(?<![0-9.])0(?:次|名|人次|条|位|个)|[，。、；：]{2}|。；|；。|等等|，(?=[”）])|"
    r"nan|\{|\}|[(,;)]|（）|《》|“”|第[^一二三四五六七八九十]代表小组|\s{2}"
)
ORDINALS = "一二三四五六七八九十"


def assert_well_written(report):
    for style in AnnualReport.FigureStyle.values:
        html = html_file(document_of(report, style=style))
        body = html[html.index("<body") :]
        blocks = re.findall(r"<(h[1-6]|p)\b[^>]*>(.*?)</\1>", body, re.DOTALL)
        texts = [(tag, unescape(re.sub(r"<[^>]+>", "", inner)).strip()) for tag, inner in blocks]
        assert all(text for _, text in texts), texts
        for _, text in texts:
            assert not (fault := FAULTS.search(text)), (fault, text)
        assert_ordinals_follow([text for tag, text in texts if tag.startswith("h")])
        for _, text in texts:
            points = re.findall(rf"(?:^|[。；：])([{ORDINALS}])是", text)
            assert points == list(ORDINALS[: len(points)]) or len(points) == 1, text


def assert_ordinals_follow(headings):
    chapters = sections = 0
    for heading in headings:
        if match := re.match(rf"([{ORDINALS}])、", heading):
            chapters, sections = chapters + 1, 0
            assert match[1] == ORDINALS[chapters - 1], heading
        elif match := re.match(rf"（([{ORDINALS}])）", heading):
            sections += 1
            assert match[1] == ORDINALS[sections - 1], heading
