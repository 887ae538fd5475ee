"""Kinds of records behind figures: what of each a list shows, exports and a signature freezes.

The columns hold what the report's sentences use. Where a record goes on living after the cut-off,
the source of the records annotates how it stood then (``replied_by``, ``held_by`` …).
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from congress.numerals import listing
from groups.models import Post
from voters.models import FeedbackItem
from voters.states import State

from . import as_of
from .columns import day, minor, number, related, text
from .figure import RecordKind

TOWNSHIP = RecordKind(
    "township",
    "乡镇概况",
    str,
    (
        text("乡镇名称", "name", 16),
        text("县名", "county", 12),
        number("每月接待日", "reception_day"),
        number("“基本做到”的最低比例（%）", "claim_percent"),
    ),
    address=lambda township: reverse("township"),
)
REPORT = RecordKind(
    "report",
    "工作报告",
    str,
    (
        text("报告", str),
        day("统计起始", "start"),
        day("统计截止", "cut_off"),
    ),
    prepare=related("group"),
)

# People and groups

MANDATE = RecordKind(
    "mandate",
    "代表资格",
    lambda mandate: mandate.delegate.name,
    (
        text("姓名", "delegate.name", 12),
        text("代表层级", "get_level_display", 10),
        text("选区", "constituency", 20),
        text("代表证号", "card_number", 14),
        day("任职起", "start"),
    ),
    prepare=related("delegate", "constituency__term"),
)
PERSON = RecordKind(
    "delegate",
    "代表",
    str,
    (text("姓名", "name", 12), text("性别", "sex", 6)),
)
GROUP = RecordKind(
    "group",
    "代表小组",
    str,
    (
        text("代表小组", str, 16),
        day("成立日期", "start"),
        text("覆盖村", lambda group: listing(each.village.name for each in group.covered)),
        *(
            text(post.label, lambda group, post=post: _holder(group, post), 12)
            for post in (Post.LEADER, Post.VICE_LEADER, Post.LIAISON)
        ),
    ),
)
MEMBER = RecordKind(
    "membership",
    "小组成员",
    lambda membership: membership.person_name,
    (
        text("姓名", "person_name", 12),
        text("代表小组", "group", 16),
        text("代表层级", "mandate.get_level_display", 10),
        text("组内职务", "get_post_display", 10),
        day("加入日期", "start"),
    ),
    prepare=related("mandate__delegate", "group"),
)
VILLAGE = RecordKind("village", "村", str, (text("村名", "name", 20),))
ROOM = RecordKind(
    "room",
    "活动室",
    str,
    (
        text("活动室", "name", 20),
        text("代表小组", "group", 16),
        text("地点", "place", 24),
        text("标牌", "has_sign", 8),
        text("制度上墙", "rules_on_wall", 8),
    ),
    prepare=related("group"),
)


def _holder(group, post: Post) -> str:
    return listing(officer.person_name for officer in group.officers if officer.post == post)


# Reception and what came of it


def _unless_confidential(value: Callable[[FeedbackItem], Any]) -> Callable[[FeedbackItem], Any]:
    """A report goes to many: it counts what was told in confidence and says no more of it."""
    return lambda item: "" if item.is_confidential else value(item)


def _lead_unit(item: FeedbackItem) -> str:
    return item.lead_unit.name if item.lead_unit else ""


DAY = RecordKind(
    "day",
    "接待选民日",
    str,
    (
        day("日期", "date"),
        text("代表小组", "group", 16),
        text("地点", "place", 20),
        text("状态", "state_words", 8),
        day("原定日期", "original_date"),
        text("无选民来访", "no_visitors", 10),
    ),
    prepare=lambda days: days.select_related("group").order_by("date", "group__ordinal", "pk"),
)
VISIT = RecordKind(
    "visit",
    "接待登记",
    lambda visit: visit.number,
    (
        text("登记号", "number", 12),
        day("接待日期", "day.date"),
        text("代表小组", "day.group", 16),
        number("人数", "persons"),
        text("方式", "get_channel_display", 8),
    ),
    prepare=lambda visits: visits.select_related("day__group").order_by("day__date", "pk"),
)
TOPIC = RecordKind(
    "topic",
    "意见类别",
    str,
    (text("类别", "name", 20), number("条数", "n")),
)
ITEM = RecordKind(
    "item",
    "意见建议",
    lambda item: item.number,
    (
        text("编号", "number", 12),
        minor(text("来源", "get_source_display", 10)),
        text("类别", _unless_confidential(lambda item: item.topic), 24),
        text("标题", lambda item: "（要求保密）" if item.is_confidential else item.title),
        text("主办单位", _unless_confidential(_lead_unit), 24),
        minor(day("交办", "assigned_by")),
        minor(day("期限", "deadline")),
        minor(day("答复", "replied_by")),
        minor(text("结果", "outcome_by", 6)),
        minor(day("告知小组", "group_told_by")),
        minor(day("告知选民", "voter_told_by")),
        minor(text("过程评价", "process_grade", 10)),
        minor(text("结果评价", "result_grade", 10)),
        text("状态", lambda item: State(item.state_on).label, 10),
    ),
    as_of=as_of.items,
    prepare=lambda items: items.select_related("topic", "lead_unit", "visit").order_by(
        "number", "pk"
    ),
)

# Duty reports

DUTY_PLANNED = RecordKind(
    "duty_planned",
    "述职安排",
    lambda report: report.mandate.delegate.name,
    (
        number("年度", "year"),
        text("代表", "mandate.delegate.name", 12),
        text("选区", "mandate.constituency", 20),
        number("计划月份", "planned_month"),
        day("述职日期", "held_by"),
    ),
    as_of=as_of.duty_reports,
    prepare=lambda reports: reports.select_related(
        "mandate__delegate", "mandate__constituency__term"
    ).order_by("planned_month", "pk"),
)
DUTY = RecordKind(
    "duty",
    "述职",
    lambda report: report.mandate.delegate.name,
    (
        text("代表", "mandate.delegate.name", 12),
        text("选区", "mandate.constituency", 20),
        day("述职日期", "held_on"),
        number("到会选民", "voters_present"),
        number("发出票", "ballots_issued"),
        number("收回票", "ballots_returned"),
        number("有效票", "ballots_valid"),
        number("满意", "satisfied"),
        number("基本满意", "basically_satisfied"),
        number("第三等次", "third_grade"),
        number("不满意", "dissatisfied"),
        number("弃权", "abstained"),
    ),
    prepare=lambda reports: reports.select_related(
        "mandate__delegate", "mandate__constituency__term"
    ).order_by("held_on", "pk"),
)
