"""The report's figures counted straight from a workbook's cells, as the format describes them.

Plain Python over plain cells, with no code of the project, so that it can be wrong only on its own.
"""

import datetime
import re
import unicodedata
from collections import Counter

import openpyxl


def sheets_of(file) -> dict[str, list[dict]]:
    """Records by sheet, each a dict of heading to cell."""
    book = openpyxl.load_workbook(file)
    file.seek(0)
    tables = {}
    for sheet in book:
        headings, *rows = sheet.iter_rows(values_only=True)
        tables[sheet.title] = [dict(zip(headings, row, strict=True)) for row in rows]
    return tables


def number(cell) -> int:
    return int(unicodedata.normalize("NFKC", str(cell)))


def day(cell) -> datetime.date | None:
    if cell is None:
        return None
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    return datetime.date.fromisoformat(unicodedata.normalize("NFKC", cell))


def person_of(entry: str, roster: list[dict]) -> tuple:
    """Name, sex, birth month and phone of the one who is meant."""
    match = re.fullmatch(r"(.*?)[(（](.+)[)）]", entry)
    if match:
        meant = [row for row in roster if row["代表证号"] == match[2]]
    else:
        meant = [row for row in roster if row["姓名"] == entry]
    (person,) = {
        (row["姓名"], row["性别"], str(row["出生年月"]), str(row["联系电话"])) for row in meant
    }
    return person


def figures_of(file) -> dict:
    tables = sheets_of(file)
    settings = {row["项目"]: row["内容"] for row in tables["基本信息"]}
    first, last = day(settings["统计起始"]), day(settings["统计截止"])
    year = number(settings["报告年度"])

    def counted(cell) -> bool:
        return first <= day(cell) <= last

    def happened(cell) -> bool:
        return cell is not None and day(cell) <= last

    return {
        **_standing(tables, last),
        **_reception(tables, counted),
        **_feedback(tables, counted, happened, last),
        "feedback.rates": _rates(
            [row for row in _collected(tables, counted) if row["状态"] != "不予受理"],
            happened,
            last,
            best=settings["选民评价口径"].split("/")[0].strip(),
        ),
        **_duty(tables, counted, year),
        **_activities(tables, counted, year),
        **_papers(tables, counted, last),
    }


def _standing(tables, last) -> dict:
    in_office = Counter()
    for row in tables["代表"]:
        if row["状态原因"] == "调组" or day(row["当选日期"]) > last:
            continue
        if row["状态"] == "在任" or day(row["状态日期"]) > last:
            in_office[row["代表层级"]] += 1
    groups = tables["代表小组"]
    return {
        "delegates.county": in_office["县"],
        "delegates.town": in_office["镇"],
        "groups": len(groups),
        "villages": len(tables["村"]),
        "rooms": len(groups),
        "rooms.signed": sum(row["标牌"] == "是" for row in groups),
    }


def _reception(tables, counted) -> dict:
    held = [row for row in tables["接待日"] if counted(row["日期"]) and row["状态"] != "取消"]
    on_duty = {
        person_of(entry, tables["代表"]) for row in held for entry in row["接待代表"].split("、")
    }
    visits = [row for row in tables["接待登记"] if counted(row["接待日期"])]
    return {
        "reception.days_held": len(held),
        "reception.delegates": len(on_duty),
        "reception.visits": len(visits),
        "reception.persons": sum(number(row["来访人数"]) for row in visits),
    }


def _collected(tables, counted) -> list[dict]:
    visits = {row["登记号"] for row in tables["接待登记"] if counted(row["接待日期"])}
    return [row for row in tables["意见建议"] if row["登记号"] in visits]


def _feedback(tables, counted, happened, last) -> dict:
    items = _collected(tables, counted)
    order = list(dict.fromkeys(row["类别"] for row in tables["意见建议"]))
    topics = Counter(row["类别"] for row in items)
    replied = [row for row in items if happened(row["答复日期"])]
    overdue = [
        row
        for row in items
        if row["状态"] != "不予受理"
        and (deadline := day(row["延期至"] or row["办理期限"]))
        and deadline < last
        and not happened(row["答复日期"])
    ]
    closed = [
        row
        for row in replied
        if row["状态"] == "办结" and happened(row["告知小组日期"]) and happened(row["告知选民日期"])
    ]
    return {
        "feedback.items": len(items),
        "feedback.topics": [
            [topic, topics[topic]]
            for topic in sorted(topics, key=lambda topic: (-topics[topic], order.index(topic)))
        ],
        "feedback.replied": len(replied),
        "feedback.group_told": sum(happened(row["告知小组日期"]) for row in items),
        "feedback.voter_told": sum(happened(row["告知选民日期"]) for row in items),
        "feedback.closed": len(closed),
        "feedback.overdue": len(overdue),
        "feedback.outcomes": {
            letter: sum(row["结果类别"] == letter for row in replied) for letter in "ABCD"
        },
    }


def _rates(items, happened, last, *, best) -> dict:
    """Numerator and denominator of each, over the accepted items of the period."""

    def deadline(row):
        return day(row["延期至"] or row["办理期限"])

    def in_time(row) -> bool:
        if row["状态"] == "重新办理":
            return day(row["答复日期"]) <= day(row["办理期限"]) and deadline(row) >= last
        return deadline(row) is None or day(row["答复日期"]) <= deadline(row)

    def told(row) -> bool:
        return happened(row["告知小组日期"]) and happened(row["告知选民日期"])

    def graded(heading: str) -> list[str]:
        return [row[heading] for row in items if row[heading] and happened(row["告知选民日期"])]

    past_due = [row for row in items if deadline(row) and deadline(row) < last]
    answered = [row for row in items if happened(row["答复日期"])]
    closed = [row for row in answered if row["状态"] == "办结" and told(row)]
    due_or_answered = len(answered) + sum(row not in answered for row in past_due)
    process, result = graded("过程满意度"), graded("结果满意度")
    return {
        "reply": [len(answered), len(items)],
        "on_time": [sum(map(in_time, answered)), due_or_answered],
        "reply_past_due": [sum(row in answered for row in past_due), len(past_due)],
        "closed_past_due": [sum(row in closed for row in past_due), len(past_due)],
        "told": [sum(map(told, answered)), len(answered)],
        "solved": [sum(row["结果类别"] == "A" for row in answered), len(answered)],
        "process_satisfied": [process.count(best), len(process)],
        "result_satisfied": [result.count(best), len(result)],
    }


def _duty(tables, counted, year) -> dict:
    planned = [row for row in tables["述职"] if number(row["年度"]) == year]
    done = [
        row
        for row in planned
        if row["述职日期"] is not None and counted(row["述职日期"]) and number(row["收回票"])
    ]

    def votes(grade: str) -> int:
        return sum(number(row[grade]) for row in done)

    return {
        "duty.planned": len(planned),
        "duty.done": len(done),
        "duty.remaining": len(planned) - len(done),
        "duty.satisfied": votes("满意"),
        "duty.basically": votes("基本满意"),
        "duty.dissatisfied": votes("不满意"),
    }


def _activities(tables, counted, year) -> dict:
    held = [row for row in tables["活动"] if counted(row["日期"])]

    def dates(kind: str) -> list[str]:
        return sorted(day(row["日期"]).isoformat() for row in held if row["类型"] == kind)

    numbers = {row["活动编号"] for row in held}
    came = Counter(row["出席情况"] for row in tables["活动出席"] if row["活动编号"] in numbers)
    return {
        "training.dates": dates("学习培训"),
        "inspection.dates": dates("视察调研"),
        "evaluation.dates": dates("工作评议"),
        "evaluation.previous_year": sum(
            row["类型"] == "工作评议" and day(row["日期"]).year == year - 1
            for row in tables["活动"]
        ),
        "attendance.expected": came.total(),
        "attendance.present": came["出席"],
        "attendance.leave": came["请假"],
        "attendance.absent": came["缺席"],
    }


def _papers(tables, counted, last) -> dict:
    papers = Counter(row["来源"] for row in tables["文件"] if counted(row["日期"]))
    to_come = sorted(
        [day(row["日期"]).isoformat(), number(row["届次"]), number(row["次"])]
        for row in tables["会议"]
        if day(row["日期"]) > last
    )
    return {
        "documents.county": papers["上级"],
        "documents.own": papers["本级"],
        "sessions.next": [*to_come[0][1:], to_come[0][0]] if to_come else None,
    }
