"""法定人数: the numbers of delegates that law asks for, from the number of all delegates.

Articles are those of 地方组织法 as amended on 11 March 2022 (in force since 12 March 2022) and of
代表法 as amended on 11 March 2025.
"""

import datetime
from dataclasses import dataclass

ORGANIC_LAW, DELEGATES_LAW = "地方组织法（2022年修正）", "代表法（2025年修正）"
#: Earlier sessions were bound by other texts, with other article numbers.
ORGANIC_LAW_SINCE = datetime.date(2022, 3, 12)
EARLIER = (
    "本次会议早于2022年3月12日，条文序号和会议法定人数的规定以当时的法律文本为准，这里的供参照。"
)

NOMINATORS = 10
INTERPELLATORS = 10
BILL_PROPOSERS = 5


def quorum(total: int) -> int:
    """At least two thirds of all delegates, rounded up (地方组织法 14)."""
    return -(-2 * total // 3)


def majority(total: int) -> int:
    """More than half of all delegates (地方组织法 25)."""
    return total // 2 + 1


def one_fifth(total: int) -> int:
    """At least a fifth of all delegates, rounded up (地方组织法 14, 31)."""
    return -(-total // 5)


@dataclass(frozen=True)
class LegalNumber:
    """What it is for, how many delegates at least, the rule in words, and where it stands."""

    purpose: str
    number: int
    rule: str
    article: str
    #: More than there are delegates: this way is not open.
    is_out_of_reach: bool = False


def legal_numbers(total: int) -> tuple[LegalNumber, ...]:
    """All of them for so many delegates, at least one."""
    if total < 1:
        raise ValueError(f"legal_numbers() needs delegates, not {total}")
    rows = (
        ("举行会议（出席）", quorum(total), "全体代表的三分之二以上", f"{ORGANIC_LAW}第十四条"),
        (
            "进行选举、通过决议（赞成）",
            majority(total),
            "全体代表的过半数",
            f"{ORGANIC_LAW}第二十五条",
        ),
        ("提议临时召集会议", one_fifth(total), "代表的五分之一以上", f"{ORGANIC_LAW}第十四条"),
        ("提出罢免案", one_fifth(total), "代表的五分之一以上联名", f"{ORGANIC_LAW}第三十一条"),
        (
            "提名主席、副主席、政府领导人员候选人",
            NOMINATORS,
            "代表十人以上书面联名",
            f"{ORGANIC_LAW}第二十六条",
        ),
        ("提出质询案", INTERPELLATORS, "代表十人以上书面联名", f"{ORGANIC_LAW}第二十四条"),
        (
            "提出议案",
            BILL_PROPOSERS,
            "代表五人以上联名",
            f"{ORGANIC_LAW}第二十二条、{DELEGATES_LAW}第十五条",
        ),
    )
    return tuple(
        LegalNumber(purpose, number, rule, article, number > total)
        for purpose, number, rule, article in rows
    )
