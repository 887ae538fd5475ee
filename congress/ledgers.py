"""Ledger sheets of the institution: 基本信息, 村, 会议, 文件."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from .cells import COUNT, DAY, TEXT, YEAR, Choice, WholeNumber
from .documents.kinds import kind_of_title
from .documents.numbers import series_and_serial, written_right
from .ledger_plan import Plan
from .ledger_tables import Register
from .models import Document, Session, Term, Township, Village
from .periods import Period
from .workbook import Column, Kind, Row, Sheet

ITEM, CONTENT = "项目", "内容"
ORDINAL = WholeNumber(1, 200)

SETTINGS = Sheet(
    "基本信息", (Column(ITEM, TEXT, True, width=30), Column(CONTENT, TEXT, True, width=40))
)
#: What each setting holds, in the order of the sheet.
SETTING_KINDS: dict[str, Kind] = {
    "乡镇名称": TEXT,
    "县名": TEXT,
    "届次": ORDINAL,
    "报告年度": YEAR,
    "统计起始": DAY,
    "统计截止": DAY,
    "接待日": WholeNumber(1, 28),
    "选民评价口径": TEXT,
}
TOWNSHIP_SETTINGS = {
    "name": "乡镇名称",
    "county": "县名",
    "reception_day": "接待日",
    "evaluation_scale": "选民评价口径",
}

VILLAGES = Sheet(
    "村", (Column("村名", TEXT, True, "name"), Column("人口", COUNT, True, "population"))
)

SESSIONS = Sheet(
    "会议",
    (
        Column("届次", ORDINAL, True),
        Column("次", ORDINAL, True, "ordinal"),
        Column("日期", DAY, True, "date", width=13),
        Column("议程", TEXT, True, "agenda", width=30),
        Column(
            "状态",
            Choice(((Session.State.PLANNED, "计划"), (Session.State.HELD, "已召开"))),
            True,
            "state",
        ),
    ),
)

DOCUMENTS = Sheet(
    "文件",
    (
        Column("标题", TEXT, True, "title", width=34),
        Column("发文机关", TEXT, True, "issuer", width=11),
        Column("日期", DAY, True, "date", width=13),
        Column("文号", TEXT, True, "number"),
        Column("来源", Choice(tuple(Document.Level.choices)), True, "level"),
    ),
)


@dataclass
class Basics:
    """The settings of a workbook, and what the other sheets need of them."""

    rows: dict[str, Row]
    values: dict[str, Any]
    township: Township
    terms: dict[int, Term]

    @property
    def term(self) -> Term:
        return self.terms[self.values["届次"]]

    @property
    def year(self) -> int:
        return self.values["报告年度"]

    @property
    def period(self) -> Period:
        return Period(self.values["统计起始"], self.values["统计截止"])


def plan_basics(plan: Plan) -> Basics | None:
    """Settings, township and terms; None where a setting is missing or unreadable."""
    rows = _setting_rows(plan)
    if len(rows) < len(SETTING_KINDS):
        return None
    values = {}
    for name, kind in SETTING_KINDS.items():
        try:
            values[name] = kind.read(rows[name][CONTENT])
        except ValueError as error:
            rows[name].refuse(CONTENT, str(error))
    if len(values) < len(SETTING_KINDS):
        return None
    if values["统计截止"] < values["统计起始"]:
        rows["统计截止"].refuse(CONTENT, "统计截止不能早于统计起始。")
        return None
    township = _plan_township(plan, rows, values)
    return Basics(rows, values, township, _plan_terms(plan, rows, values))


def _setting_rows(plan: Plan) -> dict[str, Row]:
    rows = {}
    register = Register()
    for row in plan.rows[SETTINGS.name]:
        name = row[ITEM]
        if name and name not in SETTING_KINDS:
            row.refuse(ITEM, f"没有这个项目；只能是：{'、'.join(SETTING_KINDS)}。")
        elif register.claim(row, ITEM, name):
            rows[name] = row
    for name in SETTING_KINDS:
        if name not in rows and name not in register.spoiled:
            plan.refuse_sheet(SETTINGS.name, f"缺少项目“{name}”，请补上这一行。")
    return rows


def _plan_township(plan: Plan, rows: dict[str, Row], values: dict[str, Any]) -> Township:
    township = next(iter(plan.table(Township, Township.objects.all()).known), None)
    if township is None:
        township = plan.add(Township(pk=1))
    for field, name in TOWNSHIP_SETTINGS.items():
        plan_setting(plan, rows[name], township, field, values[name])
    return township


def plan_setting(plan: Plan, row: Row, record: models.Model, field: str, value: Any):
    """Put one row of 基本信息 into a field of the record that keeps it."""
    if record._state.adding:
        setattr(record, field, value)
        plan.note_added(row)
        plan.check(row, record, [field], {field: CONTENT})
    else:
        plan.put(row, type(record), record, {field: value}, {field: CONTENT})


def _plan_terms(plan: Plan, rows: dict[str, Row], values: dict[str, Any]) -> dict[int, Term]:
    """The term of the workbook and those of its sessions; a term begins with its first session."""
    terms = {term.ordinal: term for term in plan.table(Term, Term.objects.all()).known}
    first_days: dict[int, datetime.date] = {}
    for row in plan.rows[SESSIONS.name]:
        term, day = row["届次"], row["日期"]
        if term and day:
            first_days[term] = min(first_days.get(term, day), day)
    current = values["届次"]
    if first_days.get(current, datetime.date.max) > values["统计截止"]:
        first_days[current] = values["统计起始"]
    if current not in terms:
        plan.note_added(rows["届次"])
    for ordinal in sorted(first_days):
        if ordinal not in terms:
            terms[ordinal] = plan.add(Term(ordinal=ordinal, first_day=first_days[ordinal]))
    return terms


def plan_villages(plan: Plan) -> Register:
    headings = VILLAGES.heading_of | {"position": "次序"}
    register = Register(
        {each.name: each for each in plan.table(Village, Village.objects.all()).known}
    )
    for position, row in enumerate(plan.rows[VILLAGES.name], 1):
        name = row["村名"]
        if register.claim(row, "村名", name):
            values = plan.values(row, VILLAGES) | {"position": position}
            register.records[name] = plan.put(
                row, Village, register.records.get(name), values, headings
            )
    return register


def plan_sessions(plan: Plan, basics: Basics):
    known = plan.table(Session, Session.objects.select_related("term")).known
    register = Register({(each.term.ordinal, each.ordinal): each for each in known})
    headings = SESSIONS.heading_of | {
        "term": "届次",
        "cancelled_because": "状态",
        "last_day": "日期",
    }
    for row in plan.rows[SESSIONS.name]:
        key = (row["届次"], row["次"])
        if register.claim(row, "次", key, "届次和次"):
            values = plan.values(row, SESSIONS) | {"term": basics.terms[row["届次"]]}
            session = register.records.get(key)
            if session is not None:
                values |= _settled(session, values["date"])
            plan.put(row, Session, session, values, headings)


def _settled(session: Session, day: datetime.date | None) -> dict[str, Any]:
    """What no longer holds of a session that the workbook plans or holds on that day.

    The workbook knows no sessions that were called off, and only the first day.
    """
    is_over = day and session.last_day and session.last_day < day
    return {"cancelled_because": "", "last_day": None if is_over else session.last_day}


def plan_documents(plan: Plan):
    headings = DOCUMENTS.heading_of | {"position": "次序"}
    known = plan.table(Document, Document.objects.all()).known
    register = Register({(each.issuer, each.number): each for each in known})
    for position, row in enumerate(plan.rows[DOCUMENTS.name], 1):
        number = written_right(row["文号"] or "")
        key = (row["发文机关"], number)
        if register.claim(row, "文号", key, "发文机关和文号"):
            series, serial = series_and_serial(number)
            own = {"number": number, "position": position, "series": series, "serial": serial}
            values = plan.values(row, DOCUMENTS) | own
            document = register.records.get(key)
            if document is None:
                values["kind"] = kind_of_title(row["标题"] or "")
            elif document.is_void:
                row.refuse("文号", "这个文号已登记为作废，请核对文号，或先在页面上恢复。")
                continue
            plan.put(row, Document, document, values, headings)


def setting_records(values: dict[str, Any]) -> Iterator[list[Any]]:
    """Rows of 基本信息; ``values`` by name."""
    for name in SETTING_KINDS:
        yield [name, values[name]]


def village_records() -> Iterator[list[Any]]:
    return map(VILLAGES.record, Village.objects.all())


def session_records() -> Iterator[list[Any]]:
    """Sessions of all terms: the next one may be the first of another term."""
    sessions = Session.objects.exclude(state=Session.State.CANCELLED)
    for session in sessions.select_related("term").order_by("pk"):
        yield SESSIONS.record(session, {"届次": session.term.ordinal})


def document_records(days: Period) -> Iterator[list[Any]]:
    documents = Document.objects.standing().filter(date__range=(days.first, days.last))
    return map(DOCUMENTS.record, documents)
