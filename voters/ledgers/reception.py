"""Ledger sheets 接待日 and 接待登记."""

import datetime
from collections import defaultdict
from typing import Any

from congress.cells import DAY, LIST, TEXT, Choice, WholeNumber
from congress.ledger_plan import Plan
from congress.ledger_tables import Register
from congress.ledgers import ORDINAL
from congress.models import User
from congress.workbook import Column, Row, Sheet
from delegates.models import Mandate
from delegates.roster import Roster, Test, is_town
from groups.ledgers.membership import GroupBook
from groups.models import DelegateGroup

from ..models import Channel, ReceptionDay, ReceptionDuty, Visit

TOLD_TO_OTHERS = "这次来访要求保密，台账只能由知情人员改动；请从表中删去。"
HELD, MOVED, CANCELLED = "已举行", "改期", "取消"
STATES = {
    HELD: ReceptionDay.State.HELD,
    MOVED: ReceptionDay.State.HELD,
    CANCELLED: ReceptionDay.State.CANCELLED,
}
DAYS = Sheet(
    "接待日",
    (
        Column("日期", DAY, True, "date", width=13),
        Column("组别", ORDINAL, True),
        Column("地点", TEXT, True, "place"),
        Column("接待代表", LIST, True, width=26),
        Column("状态", Choice(tuple((word, word) for word in STATES)), True),
        Column("原定日期", DAY, False, "original_date", width=13),
        Column("备注", TEXT, False, "note", width=24),
    ),
)
VISITS = Sheet(
    "接待登记",
    (
        Column("登记号", TEXT, True, "number"),
        Column("接待日期", DAY, True, width=13),
        Column("组别", ORDINAL, True),
        Column("接待代表", LIST, True, width=26),
        Column("来访人", TEXT, True, "voter_name"),
        Column("村", TEXT, True),
        Column("电话", TEXT, False, "phone", width=14),
        Column("来访人数", WholeNumber(1), True, "persons", width=11),
        Column("来访方式", Choice(tuple(Channel.choices)), True, "channel", width=11),
        Column("反映内容", TEXT, True, "words", width=46),
        Column("当场答复", TEXT, False, "answer", width=36),
    ),
)


class DayBook:
    """Reception days by day and group number, and who was on duty."""

    def __init__(self):
        self.register = Register()
        self.by_pk: dict[int, ReceptionDay] = {}
        self.on_duty: dict[int, list[Mandate]] = {}

    def was_on_duty(self, day: ReceptionDay) -> Test:
        present = {id(mandate) for mandate in self.on_duty.get(id(day), [])}
        return lambda mandate: id(mandate) in present

    def as_on_duty(self, day: ReceptionDay, mandate: Mandate) -> Mandate:
        """The mandate in which this person was on duty, where the other one is named."""
        persons = {id(each.delegate): each for each in self.on_duty.get(id(day), [])}
        if self.was_on_duty(day)(mandate):
            return mandate
        return persons.get(id(mandate.delegate), mandate)


def duty_tests(
    roster: Roster, book: GroupBook, group: DelegateGroup, day: datetime.date
) -> list[Test]:
    """Which of a person's mandates is meant on a reception day."""
    return [book.member_on(group, day), roster.in_office_on(day), is_town]


def plan_days(plan: Plan, book: GroupBook, roster: Roster) -> DayBook:
    days = _known_days(plan, book)
    mandates = plan.by_key(Mandate)
    duties: dict[int | None, list[ReceptionDuty]] = defaultdict(list)
    for duty in plan.table(ReceptionDuty, _duties_of(days)).known:
        duties[duty.day_id].append(duty)
    for day in days.by_pk.values():
        days.on_duty[id(day)] = [
            mandates[duty.mandate_id]
            for duty in duties[day.pk]
            if duty.status == ReceptionDuty.Status.ON_DUTY and duty.mandate_id in mandates
        ]
    listed = {(row["日期"], row["组别"]) for row in plan.rows[DAYS.name]}
    headings = DAYS.heading_of | {"group": "组别", "state": "状态"}
    for row in plan.rows[DAYS.name]:
        key = (row["日期"], row["组别"])
        _check_moved(row)
        if not days.register.claim(row, "日期", key, "日期和组别"):
            continue
        group = book.find(row, "组别")
        if group is None:
            days.register.spoiled.add(key)
            continue
        found = roster.find_all(
            row, "接待代表", row["接待代表"], *duty_tests(roster, book, group, row["日期"])
        )
        _check_members(row, found, book, group)
        values = plan.values(row, DAYS) | {"group": group, "state": STATES[row["状态"]]}
        known = days.register.records.get(key) or _foreseen(days, row, listed)
        day = plan.put(row, ReceptionDay, known, values, headings)
        days.register.records[key] = day
        days.on_duty[id(day)] = found
        _plan_duties(plan, row, day, found, duties[day.pk] if day.pk else [])
    return days


def _known_days(plan: Plan, book: GroupBook) -> DayBook:
    groups = plan.by_key(DelegateGroup)
    known = plan.table(ReceptionDay, ReceptionDay.objects.filter(group__in=groups)).known
    days = DayBook()
    for day in known:
        day.group = groups[day.group_id]
        days.by_pk[day.pk] = day
        days.register.records[(day.date, day.group.ordinal)] = day
    return days


def _duties_of(days: DayBook):
    groups = {day.group_id for day in days.by_pk.values()}
    return ReceptionDuty.objects.filter(day__group__in=groups).order_by("pk")


def _check_moved(row: Row):
    if row["状态"] == MOVED and not row["原定日期"] and not row.faulty:
        row.refuse("原定日期", "改期的必须填写原定日期。")
    if row["状态"] in (HELD, CANCELLED) and row["原定日期"]:
        row.refuse("原定日期", "只有状态为改期的才填原定日期；请改状态或删去日期。")


def _check_members(row: Row, found: list[Mandate], book: GroupBook, group: DelegateGroup):
    is_member = book.member_on(group, row["日期"])
    for mandate in found:
        if not is_member(mandate):
            row.refuse(
                "接待代表",
                f"{mandate.delegate.name}在{row['日期']}不是{group}成员，请核对。",
            )


def _foreseen(days: DayBook, row: Row, listed: set[tuple]) -> ReceptionDay | None:
    """The planned day that this row moved, unless the sheet has a row of its own for it."""
    key = (row["原定日期"], row["组别"])
    day = days.register.records.get(key)
    if day is None or key in listed:
        return None
    return day if day.state in ReceptionDay.STILL_OPEN else None


def _plan_duties(
    plan: Plan,
    row: Row,
    day: ReceptionDay,
    wanted: list[Mandate],
    known: list[ReceptionDuty],
):
    """Those on duty in the order of the cell; who swapped or stayed away is not in the sheet."""
    on_duty = [duty for duty in known if duty.status == ReceptionDuty.Status.ON_DUTY]
    wanted_keys = {mandate.pk for mandate in wanted}
    for duty in known:
        if duty.status != ReceptionDuty.Status.ON_DUTY and duty.mandate_id in wanted_keys:
            plan.remove(duty)
    plan.put_list(row, "接待代表", ReceptionDuty, {"day": day}, "mandate", on_duty, wanted)


def plan_visits(
    plan: Plan,
    villages: Register,
    book: GroupBook,
    roster: Roster,
    days: DayBook,
    other_numbers: set[str],
    closed: dict[str, int],
) -> Register:
    """Visits by number: those of the sheet, and those that only items refer to.

    Nothing is compared with what is ``closed`` to the user, and nothing of it changed.
    """
    numbers = {row["登记号"] for row in plan.rows[VISITS.name]} | other_numbers
    known = plan.known_by(Visit.objects.all(), "number", numbers)
    for visit in known:
        if visit.day_id in days.by_pk:
            visit.day = days.by_pk[visit.day_id]
    register = Register({visit.number: visit for visit in known})
    through = Visit.received_by.through
    received: dict[int | None, list[Any]] = defaultdict(list)
    for link in plan.known_by(through.objects.all(), "visit", [visit.pk for visit in known]):
        received[link.visit_id].append(link)
    headings = VISITS.heading_of | {"day": "接待日期", "village": "村"}
    for row in plan.rows[VISITS.name]:
        number = row["登记号"]
        if not register.claim(row, "登记号", number):
            continue
        if number in closed:
            register.spoiled.add(number)
            row.refuse("登记号", TOLD_TO_OTHERS)
            continue
        day = _day_of(row, days)
        village = villages.find(row, "村", row["村"], "“村”表中没有这个村，请核对。")
        if day is None or village is None:
            register.spoiled.add(number)
            continue
        was_on_duty = days.was_on_duty(day)
        tests = [was_on_duty, *duty_tests(roster, book, day.group, day.date)]
        found = [
            days.as_on_duty(day, mandate)
            for mandate in roster.find_all(row, "接待代表", row["接待代表"], *tests)
        ]
        for mandate in found:
            if not was_on_duty(mandate):
                row.refuse("接待代表", f"{mandate.delegate.name}不在当天本组的接待代表中，请核对。")
        values = plan.values(row, VISITS) | {"day": day, "village": village}
        visit = register.records.get(number)
        if visit is None:
            values["logged_by"] = plan.user
        visit = plan.put(row, Visit, visit, values, headings)
        register.records[number] = visit
        links = received[visit.pk] if visit.pk else []
        plan.put_list(row, "接待代表", through, {"visit": visit}, "mandate", links, found)
    return register


def visits_closed_to(user: User | None) -> dict[str, int]:
    """Keys by number of visits told in confidence to others; a command may change all."""
    return dict(Visit.objects.closed_to(user).values_list("number", "pk")) if user else {}


def _day_of(row: Row, days: DayBook) -> ReceptionDay | None:
    day = days.register.find(
        row,
        "接待日期",
        (row["接待日期"], row["组别"]),
        "“接待日”表中没有这一天这个组的记录，请核对或先补上。",
        f"{row['接待日期']} 第{row['组别']}组",
    )
    if day and day.state == ReceptionDay.State.CANCELLED:
        row.refuse("接待日期", "这个组当天的接待已取消，不能有来访；请核对。")
        return None
    return day
