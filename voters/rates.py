"""The rates of feedback items, which are never merged: answered, told, solved, satisfied.

Each is a share of the same items on a day. Report, board, lists and workbooks take numerator and
denominator from here, as numbers or as the querysets behind them.
Source: data format of the ledger, sheet 意见建议 (rates); domain reference C.5, C.6.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from congress.models import Township
from congress.numerals import listing

from . import progress
from .models import FeedbackItem
from .states import State


@dataclass(frozen=True)
class Basis:
    """The day on which items are looked at, and the township's grades, best first."""

    day: datetime.date
    grades: tuple[str, ...]

    @classmethod
    def on(cls, day: datetime.date) -> "Basis":
        return cls(day, tuple(Township.current().grades))


Condition = Callable[[Basis], Q]


class Share(NamedTuple):
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Aside:
    """Further items of the whole, counted beside the rate."""

    words: Callable[[Basis], str]
    condition: Condition


@dataclass(frozen=True)
class Rate:
    """``part`` over ``whole``; items that do not belong to the whole never count as part."""

    key: str
    name: str
    definition: str
    whole: Condition
    part: Condition
    aside: Aside | None = None

    def condition(self, part: str, basis: Basis) -> Q:
        """Which items are that part, one of ``PARTS``; of items read ``with_deadline``."""
        whole = self.whole(basis)
        if part == "numerator":
            return whole & self.part(basis)
        if part == "rest":
            return whole & ~self.part(basis)
        if part == "aside":
            return whole & self.aside.condition(basis) if self.aside else Q(pk__in=())
        return whole

    def items(self, items: QuerySet, part: str, basis: Basis) -> QuerySet:
        return items.with_deadline().filter(self.condition(part, basis))

    def numerator(self, items: QuerySet, basis: Basis) -> QuerySet:
        return self.items(items, "numerator", basis)

    def denominator(self, items: QuerySet, basis: Basis) -> QuerySet:
        return self.items(items, "denominator", basis)


#: What of a rate a list may show.
PARTS = {"numerator": "分子", "denominator": "分母", "rest": "其余", "aside": "另列"}


def _accepted(basis: Basis) -> Q:
    return progress.accepted()


def _answered(basis: Basis) -> Q:
    return progress.answered(basis.day)


def _past_due(basis: Basis) -> Q:
    return _accepted(basis) & progress.past_due(basis.day)


def _answered_or_past_due(basis: Basis) -> Q:
    return _accepted(basis) & (_answered(basis) | progress.past_due(basis.day))


def _on_time(basis: Basis) -> Q:
    """What is handled again was answered by its first deadline, and its new one is not past."""
    again = Q(state=State.REOPENED)
    return _answered(basis) & (
        Q(deadline__isnull=True)
        | (~again & Q(replied_on__lte=F("deadline")))
        | (again & Q(replied_on__lte=F("due_on"), deadline__gte=basis.day))
    )


def _with_a_reason(basis: Basis) -> Q:
    """Not both told, and written down why."""
    return progress.told_or_reasoned(basis.day) & ~progress.told(basis.day)


def _graded(field: str) -> Condition:
    return lambda basis: _accepted(basis) & Q(voter_told_on__lte=basis.day) & ~Q(**{field: ""})


def _best(field: str) -> Condition:
    return lambda basis: Q(**{field: basis.grades[0]})


def _approving(field: str) -> Aside:
    """The two best grades together."""
    return Aside(
        lambda basis: listing(basis.grades[:2], last="和"),
        lambda basis: Q(**{f"{field}__in": basis.grades[:2]}),
    )


RATES = {
    rate.key: rate
    for rate in (
        Rate(
            "reply",
            "答复率",
            "已答复的条数，占受理条数的比例。不予受理的不算受理；答复后重新办理的，算已答复。",
            _accepted,
            _answered,
        ),
        Rate(
            "on_time",
            "按期答复率",
            "在期限内答复的条数，占已答复或者已过期限的条数的比例。期限是办理期限，延期的是延期后的期限；"
            "当场答复的算按期。重新办理的，首次答复按办理期限计算，再次答复已逾期的不算按期。",
            _answered_or_past_due,
            _on_time,
        ),
        Rate(
            "reply_past_due",
            "到期答复率",
            "已过期限的受理意见建议中，已答复的条数所占的比例。期限当日还不算过期。"
            "工作报告写“事事有回复”以此为准。",
            _past_due,
            _answered,
        ),
        Rate(
            "closed_past_due",
            "到期办结率",
            "已过期限的受理意见建议中，已办结的条数所占的比例。办结是指已答复、已告知代表小组和选民"
            "（或者写明不能告知的理由）并已评价。工作报告写“件件有落实”以此为准。",
            _past_due,
            lambda basis: progress.closed(basis.day),
        ),
        Rate(
            "told",
            "告知率",
            "代表小组和选民都已告知的条数，占已答复条数的比例。写明理由而没有告知的不算已告知，另列。",
            lambda basis: _accepted(basis) & _answered(basis),
            lambda basis: progress.told(basis.day),
            Aside(lambda basis: "写明理由未告知", _with_a_reason),
        ),
        Rate(
            "solved",
            "办成率",
            "结果类别为A（已解决或者基本解决）的条数，占已答复条数的比例。",
            lambda basis: _accepted(basis) & _answered(basis),
            lambda basis: Q(outcome=FeedbackItem.Outcome.SOLVED),
        ),
        Rate(
            "process_satisfied",
            "过程满意率",
            "选民对办理过程评为最好一等（满意）的条数，占已评价过程的条数的比例。",
            _graded("process_satisfaction"),
            _best("process_satisfaction"),
            _approving("process_satisfaction"),
        ),
        Rate(
            "result_satisfied",
            "结果满意率",
            "选民对办理结果评为最好一等（满意）的条数，占已评价结果的条数的比例。",
            _graded("result_satisfaction"),
            _best("result_satisfaction"),
            _approving("result_satisfaction"),
        ),
    )
}


def shares_and_asides(items: QuerySet, basis: Basis) -> tuple[dict[str, Share], dict[str, int]]:
    """Of every rate over the items both numbers, and what is said beside; one query."""
    parts = [
        (key, part)
        for key, rate in RATES.items()
        for part in ("numerator", "denominator", "aside")
        if part != "aside" or rate.aside
    ]
    counted = (
        items.order_by()
        .with_deadline()
        .aggregate(
            **{
                f"{key}_{part}": Count("pk", filter=RATES[key].condition(part, basis))
                for key, part in parts
            }
        )
    )
    shares = {
        key: Share(counted[f"{key}_numerator"], counted[f"{key}_denominator"]) for key in RATES
    }
    return shares, {key: counted[f"{key}_aside"] for key, part in parts if part == "aside"}


def shares(items: QuerySet, basis: Basis) -> dict[str, Share]:
    return shares_and_asides(items, basis)[0]
