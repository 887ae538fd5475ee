"""The ledger workbook of a year: 17 sheets in, 17 sheets out.

Every rule of the format stands with its sheet, in the apps' ``ledgers``; here are the order of the
sheets, the report's own texts, and the way from a file to a plan and back.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import transaction

from congress import ledgers as institution
from congress.cells import TEXT
from congress.ledger_plan import Plan
from congress.ledger_tables import Register
from congress.ledgers import Basics
from congress.models import Term, Township, User
from congress.periods import Period, now
from congress.privacy import masked, masked_name, without_personal_numbers
from congress.workbook import Column, Errors, Mark, Sheet, read, write
from delegates.ledgers.mandates import ROSTER
from delegates.ledgers.planning import plan_roster
from groups.ledgers import activities, exports, membership, year_plan
from voters.ledgers import ballots, feedback, reception
from voters.ledgers import exports as voter_exports
from voters.ledgers.ballot_scales import plan_ballot_scale

from .drafting.actions import CLOSED, revision_of
from .drafting.outlining import template_copies
from .models import AnnualReport, Narrative, Origin
from .places import is_place

TEXTS = Sheet(
    "报告文字",
    (
        Column("位置", TEXT, True, "place", width=20),
        Column("文字", TEXT, True, "text", width=90),
    ),
)
SHEETS = (
    institution.SETTINGS,
    institution.VILLAGES,
    membership.GROUPS,
    ROSTER,
    reception.DAYS,
    reception.VISITS,
    feedback.ITEMS,
    ballots.DUTY_REPORTS,
    activities.ACTIVITIES,
    activities.ATTENDANCE,
    activities.CHAIN,
    ballots.EVALUATIONS,
    year_plan.YEAR_PLAN,
    institution.SESSIONS,
    institution.DOCUMENTS,
    TEXTS,
    feedback.UNITS,
)


class NothingToExport(Exception):
    """There is no township or term yet; its text is the sentence for the user."""


#: Told what is being done.
Progress = Callable[[str], None]


def _silent(words: str):
    pass


def plan_import(file: BinaryIO, user: User | None = None, progress: Progress = _silent) -> Plan:
    """What importing this file would do; nothing is written.

    Raises ``WorkbookError`` where the file as a whole cannot be used.
    """
    progress("正在读取工作簿")
    errors = Errors()
    rows = read(file, SHEETS, errors)
    progress("正在逐行核对")
    plan = Plan(errors, rows, user)
    basics = institution.plan_basics(plan)
    if basics:
        _plan_records(plan, basics)
    plan.finish()
    return plan


def import_ledgers(file: BinaryIO, user: User | None = None, progress: Progress = _silent) -> Plan:
    """Import the whole file, or nothing where the plan has errors.

    Raises ``WorkbookError``, and ``LedgerConflict`` where somebody else wrote the same records.
    """
    with transaction.atomic():
        # Two imports at once would both plan the same new records: the second waits here.
        list(Township.objects.select_for_update())
        plan = plan_import(file, user, progress)
        if not plan.errors:
            progress("正在写入记录")
            plan.apply()
    return plan


def _plan_records(plan: Plan, basics: Basics):
    """In the order in which sheets refer to each other."""
    villages = institution.plan_villages(plan)
    institution.plan_sessions(plan, basics)
    institution.plan_documents(plan)
    _plan_report(plan, basics)
    roster_plan = plan_roster(plan, basics)
    roster = roster_plan.roster
    book = membership.plan_groups(plan, basics, villages, roster_plan)
    units = feedback.plan_units(plan)
    days = reception.plan_days(plan, book, roster)
    numbers = {row["登记号"] for row in plan.rows[feedback.ITEMS.name]}
    closed = reception.visits_closed_to(plan.user)
    visits = reception.plan_visits(plan, villages, book, roster, days, numbers, closed)
    feedback.plan_items(plan, basics, visits, units, closed)
    held = activities.plan_activities(plan, basics, villages, book)
    activities.plan_attendance(plan, held, book, roster)
    activities.plan_chain(plan, held)
    ballots.plan_evaluations(plan, held, units)
    year_plan.plan_year(plan, book)
    plan_ballot_scale(plan, basics)
    ballots.plan_duty_reports(plan, roster)


def _plan_report(plan: Plan, basics: Basics):
    """The settings of the annual report, and its stored texts."""
    table = plan.table(AnnualReport, AnnualReport.objects.filter(slug=str(basics.year)))
    report = next(iter(table.known), None) or plan.add(
        AnnualReport(year=basics.year, slug=str(basics.year))
    )
    if report._state.adding:
        plan.note_added(basics.rows["报告年度"])
        for part in template_copies(report):
            plan.add(part)
    for field, name in (("start", "统计起始"), ("cut_off", "统计截止")):
        institution.plan_setting(plan, basics.rows[name], report, field, basics.values[name])
    stored = report.narratives.all() if report.pk else Narrative.objects.none()
    known = plan.table(Narrative, stored).known
    register = Register({each.place: each for each in known})
    for row in plan.rows[TEXTS.name]:
        place = row["位置"]
        if not register.claim(row, "位置", place):
            continue
        if not is_place(place):
            row.refuse("位置", "报告中没有这个位置，请核对写法，如：前言-1、活动室-引语。")
        narrative = register.records.get(place)
        edited = narrative is None or narrative.text != row["文字"]
        if edited and not report.is_open:
            row.refuse("文字", CLOSED)
        if edited and narrative and narrative.text:
            plan.add(revision_of(narrative))
        values = plan.values(row, TEXTS) | {"report": report}
        narrative = plan.put(row, Narrative, narrative, values, TEXTS.heading_of)
        if edited:
            plan.set(narrative, "origin", Origin.WRITTEN)
            plan.set(narrative, "edited_by", plan.user)
            plan.set(narrative, "edited_at", now())


@dataclass
class Edition:
    """One year of one term, as it is exported."""

    basics: Basics
    term: Term
    year: int


def export(year: int, file: BinaryIO, mark: Mark | None = None, user: User | None = None):
    """Write the ledger workbook of a year in full; raises ``NothingToExport``.

    For a ``user`` without what was told in confidence to others; all of it for a command.
    """
    write(file, zip(SHEETS, _records(_edition(year), user), strict=True), mark)


#: The sheet that keeps a masked workbook from being imported, and says so in its refusal.
MASKED_SHEET = Sheet("已隐去个人信息，不能导入", (Column("说明", TEXT, width=70),))
_MASKED_WORDS = "来访人、电话和文字中的号码已隐去。要能再次导入的台账，请在导出时写明事由。"


def export_masked(year: int, file: BinaryIO, user: User | None = None):
    """The same for reading only: voters and numbers masked. Raises ``NothingToExport``."""
    tables = zip(SHEETS, _records(_edition(year), user), strict=True)
    masked_tables = ((sheet, _masked_rows(sheet, rows)) for sheet, rows in tables)
    write(file, itertools.chain([(MASKED_SHEET, [[_MASKED_WORDS]])], masked_tables))


def _masked_rows(sheet: Sheet, rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """A unit's own number stays: it is there to be called."""
    if sheet is feedback.UNITS:
        return iter(rows)
    maskers = [_MASKERS.get(heading, _without_numbers) for heading in sheet.headings]
    return ([mask(value) for mask, value in zip(maskers, row, strict=True)] for row in rows)


def _without_numbers(value: Any) -> Any:
    return without_personal_numbers(value) if isinstance(value, str) else value


_MASKERS = {"来访人": masked_name, "电话": masked, "联系电话": masked}


def masked_cell(sheet: str, column: str, value: str) -> str:
    """A cell as the pages of an import show it, stored or typed: nobody asked to see a number."""
    return value if sheet == feedback.UNITS.name else _MASKERS.get(column, _without_numbers)(value)


def _edition(year: int) -> Edition:
    township = Township.objects.first()
    report = AnnualReport.objects.of_year(year)
    period = report.period if report else Period.of_year(year)
    terms = Term.objects.order_by("first_day")
    term = terms.filter(first_day__lte=period.last).last() or terms.first()
    if township is None or term is None:
        raise NothingToExport("还没有乡镇概况和届次，没有可以导出的台账。")
    values = {
        "乡镇名称": township.name,
        "县名": township.county,
        "届次": term.ordinal,
        "报告年度": year,
        "统计起始": period.first,
        "统计截止": period.last,
        "接待日": township.reception_day,
        "选民评价口径": township.evaluation_scale,
    }
    return Edition(Basics({}, values, township, {term.ordinal: term}), term, year)


def _records(edition: Edition, user: User | None) -> Iterator[Iterable[list[Any]]]:
    """Rows of all sheets, in the order of ``SHEETS``."""
    year, term = edition.year, edition.term
    book = exports.TermBook(term)
    span = edition.basics.period.with_year(year)
    days = voter_exports.ReceptionBook(span, book, user)
    held = exports.activities_of(year, span)
    texts = Narrative.objects.filter(report__slug=str(year)).exclude(text="")
    yield institution.setting_records(edition.basics.values)
    yield institution.village_records()
    yield exports.group_records(book, edition.basics.period.last)
    yield exports.mandate_records(book)
    yield days.day_records()
    yield days.visit_records()
    yield days.item_records()
    yield voter_exports.duty_report_records(year, book)
    yield exports.activity_records(held, edition.basics)
    yield exports.attendance_records(held, book)
    yield exports.chain_records(held)
    yield voter_exports.evaluation_records(held)
    yield exports.plan_records(year)
    yield institution.session_records()
    yield institution.document_records(span)
    yield map(TEXTS.record, texts.order_by("pk"))
    yield voter_exports.unit_records()
