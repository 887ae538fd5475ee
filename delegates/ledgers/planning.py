"""People and mandates of the sheet 代表, brought into a plan."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from congress.ledger_plan import Plan
from congress.ledger_tables import Register
from congress.ledgers import Basics
from congress.models import Term
from congress.workbook import Row

from ..models import Constituency, Delegate, Mandate, Suspension
from ..roster import Roster
from .mandates import (
    END_REASONS,
    ENDED,
    IN_OFFICE,
    PERSON,
    ROSTER,
    SUSPENDED,
    Entry,
    identity_of,
    read_entries,
)

MAX_SEATS = 3


@dataclass
class RosterPlan:
    entries: list[Entry]
    roster: Roster


def plan_roster(plan: Plan, basics: Basics) -> RosterPlan:
    delegates = {each.pk: each for each in plan.table(Delegate, Delegate.objects.all()).known}
    constituencies = _known_constituencies(plan, basics.term)
    mandates = plan.table(Mandate, _of(basics.term, Mandate).select_related("constituency")).known
    for mandate in mandates:
        mandate.delegate = delegates[mandate.delegate_id]
    by_card = {mandate.card_number: mandate for mandate in mandates}
    suspensions = plan.table(Suspension, _of_mandates(mandates)).known
    by_pk = {mandate.pk: mandate for mandate in mandates}
    for suspension in suspensions:
        suspension.mandate = by_pk[suspension.mandate_id]

    spoiled: set[str] = set()
    entries = read_entries(plan.rows[ROSTER.name], spoiled)
    persons = _plan_persons(plan, entries, by_card)
    for entry in entries:
        values = _mandate_values(plan, basics.term, entry, constituencies)
        values["delegate"] = persons[identity_of(entry.last)]
        known = by_card.get(entry.card)
        if known is None:
            after_general = entry.last["当选日期"] > basics.term.first_day
            values["how_elected"] = (
                Mandate.HowElected.BY_ELECTION if after_general else Mandate.HowElected.GENERAL
            )
        entry.mandate = plan.put(entry.last, Mandate, known, values, ROSTER.heading_of)
        _plan_suspension(plan, basics, entry)
    _check_seats(plan)
    roster = Roster(plan.records(Mandate), plan.records(Suspension))
    roster.prefer(persons.values())
    roster.spoiled = spoiled
    return RosterPlan(entries, roster)


def _known_constituencies(plan: Plan, term: Term) -> Register:
    known = plan.table(Constituency, _of(term, Constituency)).known
    for constituency in known:
        constituency.term = term
    return Register({(each.level, each.name): each for each in known})


def _of(term: Term, model):
    return model.objects.filter(term=term) if term.pk else model.objects.none()


def _of_mandates(mandates: list[Mandate]):
    if not mandates:
        return Suspension.objects.none()
    return Suspension.objects.filter(mandate__term=mandates[0].term_id)


def _plan_persons(
    plan: Plan, entries: list[Entry], by_card: dict[str, Mandate]
) -> dict[tuple, Delegate]:
    """Delegates by identity: known by it, else by a card number whose data were corrected."""
    known = {
        (each.name, each.sex, each.birth_month, each.phone): each
        for each in plan.table(Delegate).known
    }
    alike: dict[tuple, list[Entry]] = defaultdict(list)
    for entry in entries:
        alike[identity_of(entry.last)].append(entry)
    taken = {id(known[identity]) for identity in alike if identity in known}
    persons = {}
    for identity, same in alike.items():
        person = known.get(identity)
        for entry in same:
            mandate = by_card.get(entry.card)
            if person is None and mandate and id(mandate.delegate) not in taken:
                person = mandate.delegate
                taken.add(id(person))
        _check_one_group(same)
        rows = [row for entry in same for row in entry.rows]
        for row in rows[1:]:
            _check_same_person(rows[0], row)
        values = plan.values(rows[0], ROSTER, PERSON)
        persons[identity] = plan.put(rows[0], Delegate, person, values, ROSTER.heading_of)
    return persons


def _check_one_group(entries: list[Entry]):
    """Two mandates of one person belong to one group."""
    last = [entry.last for entry in entries if entry.last["状态"] != ENDED]
    for row in last[1:]:
        if row["所属小组"] != last[0]["所属小组"]:
            row.refuse("所属小组", f"与第{last[0].number}行是同一人，两项代表资格须在同一小组。")


def _check_same_person(first: Row, row: Row):
    for column in ROSTER.columns:
        if column.field in PERSON and row[column.heading] != first[column.heading]:
            row.refuse(
                column.heading, f"与第{first.number}行是同一人，“{column.heading}”须写得一致。"
            )


def _mandate_values(
    plan: Plan, term: Term, entry: Entry, constituencies: Register
) -> dict[str, Any]:
    row = entry.last
    key = (row["代表层级"], row["选区"])
    if key not in constituencies.records:
        constituency = Constituency(term=term, level=row["代表层级"], name=row["选区"])
        constituencies.records[key] = plan.add(constituency)
        plan.check(row, constituency, ["name"], {"name": "选区"})
    ended = row["状态"] == ENDED
    return {
        "term": term,
        "card_number": entry.card,
        "level": row["代表层级"],
        "constituency": constituencies.records[key],
        "start": row["当选日期"],
        "end": row["状态日期"] if ended else None,
        "end_reason": END_REASONS[row["状态原因"]] if ended else "",
        "note": row["备注"],
    }


def _plan_suspension(plan: Plan, basics: Basics, entry: Entry):
    row = entry.last
    opened = next(
        (
            each
            for each in plan.table(Suspension).known
            if each.mandate is entry.mandate and each.end is None
        ),
        None,
    )
    headings = {"start": "状态日期", "reason": "状态原因"}
    if row["状态"] == SUSPENDED:
        values = {
            "mandate": entry.mandate,
            "start": row["状态日期"],
            "reason": row["状态原因"],
        }
        plan.put(row, Suspension, opened, values, headings)
    elif opened and row["状态"] == IN_OFFICE:
        # The sheet does not tell the day: it is over from the first day of the period.
        if opened.start < basics.period.first:
            plan.set(opened, "end", basics.period.first)
        else:
            plan.remove(opened)
        plan.note_change(row, "状态", SUSPENDED, IN_OFFICE)


def _check_seats(plan: Plan):
    """A constituency elects one to three delegates (选举法 25)."""
    holders: dict[tuple, int] = defaultdict(int)
    for mandate in plan.records(Mandate):
        if mandate.end is None:
            key = (mandate.level, mandate.constituency.name)
            holders[key] += 1
            if holders[key] == MAX_SEATS + 1:
                plan.refuse_record(
                    mandate, "constituency", "每个选区在任代表最多3名（选举法第二十五条）。"
                )
