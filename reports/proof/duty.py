"""Duty reports and their ballots as figures."""

from django.db.models import F, QuerySet

from reports.figures import duty
from reports.scope import Scope

from . import kinds
from .figure import Figure, Span


def _done(scope: Scope) -> QuerySet:
    return duty.done(scope).annotate(approved=F("satisfied") + F("basically_satisfied"))


def _ballots(key: str, name: str, what: str, measure: str, unit: str = "张") -> Figure:
    return Figure(
        f"duty.{key}",
        name,
        unit,
        f"统计期内已述职的代表的测评中，{what}",
        kinds.DUTY,
        _done,
        measure=measure,
    )


FIGURES = (
    Figure(
        "duty.planned",
        "安排述职",
        "名",
        "本年度安排述职的代表，包括还没有述职的。",
        kinds.DUTY_PLANNED,
        duty.planned,
        span=Span.YEAR,
    ),
    Figure(
        "duty.done",
        "已述职",
        "名",
        "统计期内已向原选区选民述职、收回有效票的代表。",
        kinds.DUTY,
        _done,
    ),
    Figure(
        "duty.to_date",
        "本年累计已述职",
        "名",
        "本年度到统计截止日已向原选区选民述职、收回有效票的代表，包括统计期开始以前的。",
        kinds.DUTY,
        duty.held_to_date,
        span=Span.CUT_OFF,
    ),
    Figure(
        "duty.remaining",
        "还未述职",
        "名",
        "本年度安排述职、到统计截止日还没有述职（或者没有收回有效票）的代表。",
        kinds.DUTY_PLANNED,
        duty.remaining,
        span=Span.CUT_OFF,
    ),
    _ballots("present", "到会选民", "到会的选民人数之和。", "voters_present", "人次"),
    _ballots("issued", "发出测评票", "发出的票数之和。", "ballots_issued"),
    _ballots("returned", "收回测评票", "收回的票数之和。", "ballots_returned"),
    _ballots("valid", "有效票", "有效的票数之和。", "ballots_valid"),
    _ballots("satisfied", "最好等次的票", "评为最好一等（通常为满意）的票数之和。", "satisfied"),
    _ballots(
        "basically",
        "第二等次的票",
        "评为第二等（通常为基本满意）的票数之和。",
        "basically_satisfied",
    ),
    _ballots(
        "dissatisfied", "最差等次的票", "评为最差一等（通常为不满意）的票数之和。", "dissatisfied"
    ),
    _ballots("abstained", "弃权票", "弃权的票数之和。", "abstained"),
    Figure(
        "duty.rejected",
        "过半数不满意的述职",
        "名",
        "统计期内已述职的代表中，超过半数的有效票评为最差一等的。",
        kinds.DUTY,
        duty.rejected,
    ),
    Figure(
        "duty.best_rate",
        "述职测评最好等次的比例",
        "%",
        "统计期内述职测评中，最好一等的票数之和占有效票数之和的比例。",
        kinds.DUTY,
        _done,
        measure="satisfied",
        whole_measure="ballots_valid",
    ),
    Figure(
        "duty.approved_rate",
        "述职测评前两个等次的比例",
        "%",
        "统计期内述职测评中，最好的两等票数之和占有效票数之和的比例。",
        kinds.DUTY,
        _done,
        measure="approved",
        whole_measure="ballots_valid",
    ),
)
