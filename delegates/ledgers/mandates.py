"""Ledger sheet 代表: people and their mandates, one row a mandate and stretch in a group.

The same person is who has the same name, sex, birth month and telephone. A change of group makes
two rows with one card number; the mandate goes on. The groups of the rows are planned by
``groups.ledgers``.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from congress.cells import DAY, MONTH, TEXT, Choice, plain
from congress.ledgers import ORDINAL
from congress.workbook import Column, Row, Sheet

from ..models import Delegate, Level, Mandate, Suspension
from ..names import clean_name

IN_OFFICE, ENDED, SUSPENDED = "在任", "终止", "暂停"
CHANGE_OF_GROUP = "调组"
POSTS = ("组长", "副组长", "联系员", "组员")
#: The words of the ledgers; those of the law are read too.
REASON_WORDS = {
    Mandate.EndReason.RESIGNED: "辞职",
    Mandate.EndReason.RECALLED: "罢免",
    Mandate.EndReason.MOVED_AWAY: "迁出",
    Mandate.EndReason.DIED: "去世",
    Mandate.EndReason.ABSENT: "未经批准两次不出席会议",
    Mandate.EndReason.OTHER: "其他",
    Mandate.EndReason.ORDERED_TO_RESIGN: "责令辞职",
    Mandate.EndReason.NATIONALITY: "丧失国籍",
    Mandate.EndReason.RIGHTS: "被剥夺政治权利",
    Mandate.EndReason.CAPACITY: "丧失行为能力",
    Mandate.EndReason.TERM_OVER: "任期届满",
}
END_REASONS = {word: value for value, word in REASON_WORDS.items()}
OF_THE_LAW = {
    label: REASON_WORDS[value]
    for value, label in Mandate.EndReason.choices
    if label != REASON_WORDS[value]
}


def _words(*words: str) -> Choice:
    return Choice(tuple((word, word) for word in words))


@dataclass(frozen=True)
class Reason(Choice):
    """A word of the ledgers; the wording of the law is read as the word that stands for it."""

    def read(self, cell) -> str:
        return super().read(OF_THE_LAW.get(plain(cell), cell))


@dataclass(frozen=True)
class Name:
    """The name of a person, with its separator as the ledgers want it."""

    empty = ""

    def read(self, cell) -> str:
        return clean_name(TEXT.read(cell))

    def write(self, value: str) -> str:
        return value


ROSTER = Sheet(
    "代表",
    (
        Column("代表证号", TEXT, True, "card_number", width=11),
        Column("姓名", Name(), True, "name"),
        Column("性别", Choice(tuple(Delegate.Sex.choices)), True, "sex"),
        Column("出生年月", MONTH, True, "birth_month", width=11),
        Column("民族", TEXT, True, "ethnicity"),
        Column("文化程度", TEXT, False, "education", width=11),
        Column("政治面貌", TEXT, False, "party", width=11),
        Column("工作单位及职务", TEXT, False, "occupation", width=28),
        Column("联系电话", TEXT, False, "phone", width=14),
        Column("代表层级", Choice(tuple(Level.choices)), True, "level", width=11),
        Column("选区", TEXT, True, "constituency", width=16),
        Column("所属小组", ORDINAL, True, width=11),
        Column("组内职务", _words(*POSTS), width=11),
        Column("当选日期", DAY, True, "start", width=13),
        Column("状态", _words(IN_OFFICE, ENDED, SUSPENDED), True),
        Column(
            "状态原因",
            Reason(
                tuple((word, word) for word in (CHANGE_OF_GROUP, *END_REASONS, *Suspension.REASONS))
            ),
            False,
            "end_reason",
            width=11,
        ),
        Column("状态日期", DAY, False, "end", width=13),
        Column("备注", TEXT, False, "note", width=24),
    ),
)
IDENTITY = ("姓名", "性别", "出生年月", "联系电话")
PERSON = ("name", "sex", "birth_month", "ethnicity", "education", "party", "occupation", "phone")
SAME_IN_ALL_STRETCHES = (*IDENTITY, "代表层级", "选区", "当选日期")


@dataclass
class Stretch:
    """Time in one group, as one row of the sheet tells it."""

    row: Row
    start: datetime.date
    end: datetime.date | None


@dataclass
class Entry:
    """All rows of one card number, the last stretch last."""

    card: str
    rows: list[Row]
    stretches: list[Stretch] = field(default_factory=list)
    mandate: Mandate | None = None

    @property
    def last(self) -> Row:
        return self.rows[-1]


def identity_of(row: Row) -> tuple:
    return tuple(row[heading] for heading in IDENTITY)


def read_entries(rows: Iterable[Row], spoiled: set[str]) -> list[Entry]:
    """What the sheet tells of each mandate; ``spoiled`` collects the names of refused rows."""
    entries: dict[str, Entry] = {}
    for row in rows:
        _check_state(row)
        if row.faulty:
            spoiled |= {row["代表证号"], row["姓名"]}
        entries.setdefault(row["代表证号"], Entry(row["代表证号"], [])).rows.append(row)
    return [entry for entry in entries.values() if entry.card and _is_sound(entry, spoiled)]


def _check_state(row: Row):
    """What the state of a row asks of its reason and its date."""
    if row.faulty:
        return
    if row["状态"] == IN_OFFICE:
        if row["状态原因"]:
            row.refuse("状态原因", "状态为在任的，状态原因须留空。")
        return
    for heading in ("状态原因", "状态日期"):
        if not row[heading]:
            row.refuse(heading, f"状态为{row['状态']}的，这一栏必须填写。")
    if row["状态"] == SUSPENDED and row["状态原因"] == CHANGE_OF_GROUP:
        row.refuse("状态原因", "调组的，原小组一行的状态应为终止。")
    if row["状态"] == ENDED and row["状态原因"] in Suspension.REASONS:
        row.refuse("状态原因", "这是暂停执行职务的原因，状态应为暂停。")
    if row["状态日期"] and row["状态日期"] < row["当选日期"]:
        row.refuse("状态日期", "状态日期不能早于当选日期。")


def _is_sound(entry: Entry, spoiled: set[str]) -> bool:
    """Whether the rows of one card number tell one mandate; orders them and finds the stretches."""
    if any(row.faulty for row in entry.rows):
        return False
    earlier = [row for row in entry.rows if row["状态原因"] == CHANGE_OF_GROUP]
    final = [row for row in entry.rows if row["状态原因"] != CHANGE_OF_GROUP]
    if earlier:
        _check_same_mandate(entry)
    if not final:
        entry.last.refuse("状态原因", "调组后还要有一行写明现在的小组：代表证号相同，状态为在任。")
    for row in final[1:]:
        row.refuse("代表证号", f"与第{final[0].number}行重复；调组的，原小组一行状态原因填“调组”。")
    if not any(row.faulty for row in entry.rows):
        entry.rows = [*sorted(earlier, key=lambda row: row["状态日期"]), *final]
        _find_stretches(entry)
    if any(row.faulty for row in entry.rows):
        spoiled |= {entry.card, *(row["姓名"] for row in entry.rows)}
        return False
    return True


def _check_same_mandate(entry: Entry):
    first = entry.rows[0]
    for row in entry.rows[1:]:
        for heading in SAME_IN_ALL_STRETCHES:
            if row[heading] != first[heading]:
                row.refuse(
                    heading,
                    f"与第{first.number}行代表证号相同而内容不同；不是同一代表资格的请改代表证号，"
                    "调组的请改为一致。",
                )


def _find_stretches(entry: Entry):
    start = entry.rows[0]["当选日期"]
    for row in entry.rows[:-1]:
        if row["状态日期"] <= start:
            row.refuse("状态日期", "调组日期须晚于当选日期和上一次调组日期。")
        entry.stretches.append(Stretch(row, start, row["状态日期"]))
        start = row["状态日期"]
    last = entry.last
    joined = last["状态日期"] if last["状态"] == IN_OFFICE else None
    if joined and entry.stretches and joined != start:
        last.refuse("状态日期", f"调组后一行的状态日期须与调组日期{start}相同。")
    if joined and joined < start:
        last.refuse("状态日期", "加入小组的日期不能早于当选日期。")
    end = last["状态日期"] if last["状态"] == ENDED else None
    if end and end <= start:
        last.refuse("状态日期", "终止日期须晚于当选日期和调组日期。")
    entry.stretches.append(Stretch(last, joined or start, end))


def state_of(mandate: Mandate, suspension: Suspension | None) -> dict[str, Any]:
    """状态, 状态原因, 状态日期 of an exported row, where it is the last of its mandate."""
    if mandate.end:
        state, reason, day = ENDED, REASON_WORDS[mandate.end_reason], mandate.end
    elif suspension:
        state, reason, day = SUSPENDED, suspension.reason, suspension.start
    else:
        state, reason, day = IN_OFFICE, "", None
    return {"状态": state, "状态原因": reason, "状态日期": day}
