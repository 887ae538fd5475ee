"""Kinds of records behind figures of activities, documents, sessions and the plan."""

from congress.numerals import listing

from . import as_of
from .columns import day, number, related, text
from .figure import RecordKind


def _on_page_of_activity(part: str):
    return lambda record: f"{record.activity.get_absolute_url()}#{part}"


ACTIVITY = RecordKind(
    "activity",
    "活动",
    str,
    (
        text("活动编号", "number", 12),
        text("类型", "get_kind_display", 10),
        text("名称", "title"),
        day("日期", "date"),
        day("结束日期", "last_day"),
        text("组织者", lambda activity: activity.group or "本级人大", 16),
        text("主题", "theme"),
        text("主题来源", "theme_source", 14),
        text("到访的村", lambda activity: listing(map(str, activity.villages.all())), 20),
        text("地点", "place", 20),
        text("内容", "content", 40),
    ),
    prepare=lambda activities: activities.select_related("group").prefetch_related("villages"),
)
FINDING = RecordKind(
    "finding",
    "发现",
    str,
    (
        text("活动", "activity", 24),
        text("性质", "get_kind_display", 8),
        text("内容", "text", 60),
    ),
    prepare=related("activity"),
)
RECOMMENDATION = RecordKind(
    "recommendation",
    "建议",
    str,
    (
        text("活动", "activity", 24),
        text("建议对象", "addressee", 16),
        text("内容", "text", 60),
    ),
    prepare=related("activity"),
)
STEP_COLUMNS = (
    text("活动", "activity", 24),
    day("日期", "date"),
    text("对象", "who", 20),
    text("内容", "content", 60),
)
TRANSMISSION = RecordKind("transmission", "转送", str, STEP_COLUMNS, prepare=related("activity"))
FOLLOW_UP = RecordKind("follow_up", "后续", str, STEP_COLUMNS, prepare=related("activity"))
ATTENDANCE = RecordKind(
    "attendance",
    "活动出席",
    lambda attendance: f"{attendance.mandate.delegate.name}（{attendance.activity}）",
    (
        text("代表", "mandate.delegate.name", 12),
        text("活动", "activity", 24),
        day("日期", "activity.date"),
        text("出席情况", "get_status_display", 10),
        text("事由", "get_reason_display", 8),
    ),
    prepare=lambda rows: rows.select_related("mandate__delegate", "activity").order_by(
        "activity__date", "activity", "pk"
    ),
    address=_on_page_of_activity("attendance"),
)
VOTE = RecordKind(
    "vote",
    "工作评议测评",
    lambda vote: vote.unit.name,
    (
        text("活动", "activity", 24),
        text("被评议单位", "unit.name", 20),
        number("满意", "satisfied"),
        number("基本满意", "basically_satisfied"),
        number("不满意", "dissatisfied"),
        day("报送日期", "reported_by"),
        day("反馈日期", "fed_back_by"),
    ),
    as_of=as_of.votes,
    prepare=related("activity", "unit"),
)
UNIT = RecordKind("unit", "承办单位", str, (text("单位名称", "name", 24),))

DOCUMENT = RecordKind(
    "document",
    "文件",
    str,
    (
        text("标题", "title", 40),
        text("发文机关", "issuer", 20),
        text("文号", "number", 20),
        day("发文日期", "date"),
        text("来源", "get_level_display", 8),
    ),
)
SESSION = RecordKind(
    "session",
    "会议",
    str,
    (text("会议", str, 24), day("日期", "date"), text("议程", "agenda", 40)),
    prepare=related("term"),
)
PLAN_ITEM = RecordKind(
    "plan_item",
    "年度计划",
    str,
    (
        number("年度", "year"),
        number("序号", "number"),
        text("组织者", lambda item: item.group or "全乡镇", 16),
        text("项目", "title"),
        text("类型", "get_kind_display", 10),
        text("计划月份", "months", 10),
        number("计划数量", "planned_count"),
        number("已完成", "done"),
        number("未完成", "remaining"),
        text("备注", "note"),
    ),
    prepare=related("group"),
)
PROPOSAL = RecordKind(
    "proposal",
    "县人代会议案、建议",
    str,
    (
        text("种类", "get_kind_display", 12),
        text("标题", "title", 40),
        text("领衔县代表", "lead.delegate.name", 12),
        day("起草日期", "drafted_on"),
    ),
    prepare=related("lead__delegate"),
)
