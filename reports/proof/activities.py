"""Activities, who came to them and what came of them, as figures."""

from collections.abc import Callable

from django.db.models import QuerySet

from groups.models import Activity, Attendance
from reports.figures import activities, chain
from reports.scope import Scope

from . import kinds, work_kinds
from .figure import Figure, Span


def _told(scope: Scope, pk: int) -> QuerySet:
    return activities.told(scope).filter(pk=pk)


def _in_period(scope: Scope) -> QuerySet:
    return activities.in_period(scope)


def _of_kind(kind: str) -> Callable[[Scope], QuerySet]:
    return lambda scope: activities.activities(scope, kind)


def _attended(*statuses: str) -> Callable[[Scope], QuerySet]:
    return lambda scope: activities.attendances(scope, *statuses)


def _votes(scope: Scope, pk: int) -> QuerySet:
    return chain.votes(_told(scope, pk))


def _held(key: str, kind: str, name: str, definition: str) -> Figure:
    return Figure(key, name, "次", definition, work_kinds.ACTIVITY, _of_kind(kind))


def _people(key: str, name: str, definition: str, *statuses: str) -> Figure:
    return Figure(
        f"attendance.{key}", name, "人次", definition, work_kinds.ATTENDANCE, _attended(*statuses)
    )


_STATUS = Attendance.Status
FIGURES = (
    _held(
        "training",
        Activity.Kind.TRAINING,
        "学习培训",
        "统计期内开始的学习培训；跨几天的算一次。",
    ),
    _held(
        "inspection",
        Activity.Kind.INSPECTION,
        "视察调研",
        "统计期内开始的视察、调研；跨几天的算一次。",
    ),
    _held("evaluation", Activity.Kind.EVALUATION, "工作评议", "统计期内开始的工作评议。"),
    _held("law_check", Activity.Kind.LAW_CHECK, "执法检查", "统计期内开始的执法检查。"),
    _held("other", Activity.Kind.OTHER, "其他活动", "统计期内开始的、不属于以上各类的代表活动。"),
    Figure(
        "evaluation.previous_year",
        "上年度工作评议",
        "次",
        "上一年度开始的工作评议。",
        work_kinds.ACTIVITY,
        activities.previous_evaluations,
        span=Span.YEAR_BEFORE,
    ),
    Figure(
        "evaluation.previous_units",
        "上年度测评的单位",
        "个",
        "上一年度工作评议中已测评的单位，每个单位只算一次。",
        work_kinds.UNIT,
        lambda scope: chain.units(activities.previous_evaluations(scope)),
        span=Span.YEAR_BEFORE,
    ),
    Figure(
        "recommendations.suggestions",
        "转为代表建议",
        "条",
        "统计期内各次活动提出的建议中，到统计截止日作为代表建议交有关单位办理的。",
        kinds.ITEM,
        lambda scope: chain.taken_up(_in_period(scope), scope).filter(chain.IS_SUGGESTION),
    ),
    Figure(
        "recommendations.items",
        "转为意见建议",
        "条",
        "统计期内各次活动提出的建议中，到统计截止日作为意见建议交有关单位办理的。",
        kinds.ITEM,
        lambda scope: chain.taken_up(_in_period(scope), scope).exclude(chain.IS_SUGGESTION),
    ),
    Figure(
        "recommendations.answered",
        "活动建议已答复",
        "条",
        "统计期内各次活动提出、已交有关单位办理的建议中，到统计截止日已答复的。",
        kinds.ITEM,
        lambda scope: chain.taken_up_answered(_in_period(scope), scope),
    ),
    _people(
        "expected",
        "应到",
        "统计期内各次活动应到的代表人次：活动第一天在任、登记了出席情况的代表。",
    ),
    _people("present", "实到", "应到的代表中出席的人次。", _STATUS.PRESENT),
    _people("leave", "请假", "应到的代表中请假的人次。", _STATUS.LEAVE),
    _people("absent", "缺席", "应到的代表中没有请假而未到的人次。", _STATUS.ABSENT),
    Figure(
        "attendance.absent_for_work",
        "因工作缺席",
        "人次",
        "缺席的人次中，事由登记为工作的。",
        work_kinds.ATTENDANCE,
        activities.absent_for_work,
    ),
    Figure(
        "attendance.rate",
        "出席率",
        "%",
        "实到人次占应到人次的比例。",
        work_kinds.ATTENDANCE,
        _attended(_STATUS.PRESENT),
        whole=_attended(),
    ),
)


def _of_one(
    key: str, name: str, unit: str, definition: str, kind, records: Callable[..., QuerySet]
) -> Figure:
    return Figure(f"activity.{key}", name, unit, definition, kind, records, about=activities.told)


FIGURES_OF_ONE = (
    _of_one("held", "活动", "次", "这一次活动。", work_kinds.ACTIVITY, _told),
    _of_one(
        "villages",
        "到访的村（社区）",
        "个",
        "这次活动到访的村和社区。",
        kinds.VILLAGE,
        lambda scope, pk: chain.villages(_told(scope, pk)),
    ),
    _of_one(
        "expected",
        "应到",
        "人",
        "这次活动应到的代表：活动第一天在任、登记了出席情况的代表。",
        work_kinds.ATTENDANCE,
        lambda scope, pk: activities.attended(_told(scope, pk)),
    ),
    *(
        _of_one(
            status.value,
            name,
            "人",
            f"这次活动应到的代表中{status.label}的。",
            work_kinds.ATTENDANCE,
            lambda scope, pk, status=status: activities.attended(_told(scope, pk), status),
        )
        for status, name in (
            (_STATUS.PRESENT, "实到"),
            (_STATUS.LEAVE, "请假"),
            (_STATUS.ABSENT, "缺席"),
        )
    ),
    _of_one("units", "测评的单位", "个", "这次工作评议中已测评的单位。", work_kinds.VOTE, _votes),
    _of_one(
        "suggestions",
        "转为代表建议",
        "条",
        "这次活动提出的建议中，到统计截止日作为代表建议交有关单位办理的。",
        kinds.ITEM,
        lambda scope, pk: chain.taken_up(_told(scope, pk), scope).filter(chain.IS_SUGGESTION),
    ),
    _of_one(
        "items",
        "转为意见建议",
        "条",
        "这次活动提出的建议中，到统计截止日作为意见建议交有关单位办理的。",
        kinds.ITEM,
        lambda scope, pk: chain.taken_up(_told(scope, pk), scope).exclude(chain.IS_SUGGESTION),
    ),
    _of_one(
        "answered",
        "建议已答复",
        "条",
        "这次活动提出、已交有关单位办理的建议中，到统计截止日已答复的。",
        kinds.ITEM,
        lambda scope, pk: chain.taken_up_answered(_told(scope, pk), scope),
    ),
)
FACTS = (
    Figure(
        "activity",
        "活动",
        "",
        "活动的日期、名称、主题、地点和内容，以活动登记为准。",
        work_kinds.ACTIVITY,
        _told,
        about=activities.told,
    ),
    _of_one(
        "findings",
        "活动的发现",
        "",
        "活动登记中的发现。",
        work_kinds.FINDING,
        lambda scope, pk: chain.findings(_told(scope, pk)),
    ),
    _of_one(
        "recommendations",
        "活动的建议",
        "",
        "活动登记中的建议。",
        work_kinds.RECOMMENDATION,
        lambda scope, pk: chain.recommendations(_told(scope, pk)),
    ),
    _of_one(
        "transmissions",
        "活动意见的转送",
        "",
        "到统计截止日登记的转送。",
        work_kinds.TRANSMISSION,
        lambda scope, pk: chain.transmissions(_told(scope, pk), scope),
    ),
    _of_one(
        "follow_ups",
        "活动的后续",
        "",
        "到统计截止日登记的后续。",
        work_kinds.FOLLOW_UP,
        lambda scope, pk: chain.follow_ups(_told(scope, pk), scope),
    ),
)
