"""Opinions of voters and what became of them, as figures."""

from collections.abc import Callable

from django.db.models import QuerySet

from reports.figures import feedback
from reports.scope import Scope
from voters.models import FeedbackItem
from voters.rates import RATES, Basis, Rate

from . import kinds
from .figure import Figure


def _of_topic(scope: Scope, topic: int) -> QuerySet:
    return feedback.items(scope).filter(topic=topic)


def _part(rate: Rate, part: str) -> Callable[[Scope], QuerySet]:
    return lambda scope: rate.items(feedback.items(scope), part, Basis.on(scope.last))


def _count(key: str, name: str, definition: str, source: Callable[..., QuerySet], **options):
    return Figure(f"feedback.{key}", name, "条", definition, kinds.ITEM, source, **options)


FIGURES = (
    _count(
        "items",
        "意见建议",
        "统计期内接待日来访登记提出的意见建议；不予受理的也算。",
        feedback.items,
    ),
    _count(
        "accepted",
        "受理",
        "统计期内提出的意见建议中受理的；不予受理的不算。",
        feedback.accepted,
    ),
    _count(
        "assigned",
        "交办",
        "受理的意见建议中，到统计截止日已交承办单位办理的。",
        feedback.assigned,
    ),
    _count(
        "replied",
        "已答复",
        "受理的意见建议中，到统计截止日答复过的；答复后重新办理的也算。",
        feedback.replied,
    ),
    _count(
        "group_told",
        "已告知代表小组",
        "统计期内提出的意见建议中，到统计截止日已把结果告知代表小组的；不予受理而已告知的也算。",
        feedback.group_told,
    ),
    _count(
        "voter_told",
        "已告知选民",
        "统计期内提出的意见建议中，到统计截止日已把结果告知选民的；不予受理而已告知的也算。",
        feedback.voter_told,
    ),
    _count(
        "closed",
        "已办结",
        "受理的意见建议中，到统计截止日已答复、已告知代表小组和选民（或者写明理由）、已评价的；"
        "重新办理的不算。",
        feedback.closed,
    ),
    _count(
        "overdue",
        "逾期未答复",
        "受理的意见建议中，办理期限（延期的按延期后）早于统计截止日而从未答复过的。",
        feedback.overdue,
    ),
    _count(
        "past_due",
        "已到办理期限",
        "受理的意见建议中，办理期限（延期的按延期后）早于统计截止日的；期限当日还不算。",
        lambda scope: RATES["reply_past_due"].denominator(
            feedback.items(scope), Basis.on(scope.last)
        ),
    ),
    Figure(
        "feedback.topics",
        "涉及的方面",
        "个",
        "统计期内提出的意见建议所属的类别，每类只算一次。",
        kinds.TOPIC,
        feedback.topics,
    ),
    *(
        _count(
            f"outcome.{outcome.value}",
            f"结果{outcome.label}",
            f"到统计截止日已答复的意见建议中，结果类别为{outcome.value}的。",
            lambda scope, letter=outcome.value: feedback.replied(scope).filter(outcome=letter),
        )
        for outcome in FeedbackItem.Outcome
    ),
    *(
        Figure(
            f"rate.{rate.key}",
            rate.name,
            "%",
            rate.definition,
            kinds.ITEM,
            _part(rate, "numerator"),
            whole=_part(rate, "denominator"),
        )
        for rate in RATES.values()
    ),
)
FIGURES_OF_ONE = (
    _count(
        "topic",
        "一类意见建议",
        "统计期内提出的意见建议中属于该类别的；不予受理的也算。",
        _of_topic,
        about=feedback.topics,
    ),
)
FACTS = (
    Figure(
        "topics",
        "意见类别",
        "",
        "意见建议类别的名称。",
        kinds.TOPIC,
        feedback.topics,
    ),
)
