"""What is to come after the cut-off (S38–S41)."""

from congress.numerals import full_date, group_name, listing, month_day, session_name
from groups.models import PlanItem
from reports.figures import ReportFigures
from reports.figures.plan import ACTIVITY_KINDS, Planned
from reports.kinds import Kind
from reports.marks import linked, numbers_linked

from .activities import as_activity

BILLS = "议案"
#: Told after the months that are named.
LAST = ("年底前", "年内")


def heading(figures: ReportFigures) -> str:
    """后几个月工作打算; 下半年 after a first half; at the year's end that of the year to come."""
    if figures.outlook.year > figures.year:
        return "明年工作打算"
    if figures.scope.kind == Kind.HALF and figures.scope.part_number == 1:
        return "下半年工作打算"
    if figures.scope.is_part:
        return "下一步工作打算"
    return "后几个月工作打算" if figures.period.last.month <= 10 else "下一步工作打算"


def duty_reports(figures: ReportFigures) -> str:
    """Duty reports planned and not yet held."""
    duty = figures.duty
    if figures.outlook.year > figures.year:
        items = figures.outlook.of_kind(PlanItem.Kind.DUTY_REPORT)
        number = sum(item.remaining for item in items)
        people = linked(number, "plan.duty_remaining")
        return f"计划明年安排{people}名代表向原选区选民述职。" if number else ""
    if not duty.remaining:
        return ""
    people = linked(duty.remaining, "duty.remaining")
    if duty.earlier or duty.done:
        return f"继续有计划地安排其余{people}名代表向原选区选民述职。"
    return f"有计划地安排{people}名代表向原选区选民述职。"


def activities(figures: ReportFigures, *, bills_apart: bool) -> str:
    """Activities of the plan that are still to come; those for bills may stand apart."""
    items = [
        item
        for item in figures.outlook.of_kind(*ACTIVITY_KINDS)
        if not (bills_apart and BILLS in item.title)
    ]
    return _plan(items, figures)


def bills(figures: ReportFigures) -> str:
    """Research planned for bills to the county congress."""
    items = figures.outlook.of_kind(*ACTIVITY_KINDS)
    return _plan([item for item in items if BILLS in item.title], figures)


def drafts(figures: ReportFigures) -> str:
    """Bills and suggestions already drafted for the county's session; not told by a group."""
    if figures.scope.group:
        return ""
    outlook = figures.outlook
    told = [
        f"{kind}{linked(len(titles), figure)}件（{numbers_linked('；'.join(titles), 'drafts')}）"
        for kind, titles, figure in (
            ("议案", outlook.bills, "drafts.bills"),
            ("建议", outlook.suggestions, "drafts.suggestions"),
        )
        if titles
    ]
    return f"现已为县人代会起草{'、'.join(told)}。" if told else ""


def _plan(items: list[Planned], figures: ReportFigures) -> str:
    if not items:
        return ""
    next_year = "明年" if figures.outlook.year > figures.year else ""
    by_months: dict[str, list[Planned]] = {}
    for item in items:
        by_months.setdefault(_months(item, figures), []).append(item)
    clauses = [
        _item(item, figures, "" if place else months)
        for months, same in sorted(by_months.items(), key=lambda each: each[0] in LAST)
        for place, item in enumerate(same)
    ]
    return f"计划{next_year}{'，'.join(clauses)}。"


def _item(item: Planned, figures: ReportFigures, months: str) -> str:
    is_told_of = item.group and not figures.scope.group
    organiser = f"由{group_name(item.group)}" if is_told_of else ""
    verb = "举办" if item.title.endswith(("会", "会议", "班", "讲座")) else "开展"
    times = linked(item.remaining, "plan.remaining", item.pk)
    planned = f"{months}{organiser}{verb}{times}次{as_activity(item.title)}"
    return numbers_linked(planned, "plan.item", item.pk)


def _months(item: Planned, figures: ReportFigures) -> str:
    """10月份; 11月至12月; 年底前 for December; 年内 where the planned months are over."""
    this_year = figures.outlook.year == figures.year
    month = figures.period.last.month if this_year else 0
    if item.last_month < month:
        return "年内"
    if item.first_month == 12 or (item.last_month == 12 and item.first_month <= month):
        return "年底前"
    if item.first_month <= month:
        return f"{item.last_month}月底前"
    if item.first_month == item.last_month:
        return f"{item.first_month}月份"
    return f"{item.first_month}月至{item.last_month}月"


def next_session_name(figures: ReportFigures) -> str:
    """镇十五届人大四次会议."""
    session = figures.sessions.next
    if session is None or figures.scope.group:
        return ""
    return f"{figures.institution.kind}{session_name(session.term, session.ordinal)}"


def next_session(figures: ReportFigures) -> str:
    """The next session, its day and its agenda; training stands apart from the business."""
    session, kind = figures.sessions.next, figures.institution.kind
    if session is None or figures.scope.group:
        return ""
    same_year = session.date.year == figures.year
    day = month_day(session.date) if same_year else full_date(session.date)
    clauses = [f"我{kind}计划于{day}召开{next_session_name(figures)}"]
    business = [item for item in session.agenda if "培训" not in item]
    training = len(business) < len(session.agenda)
    if training and business:
        task = "落实选举任务" if business == ["选举"] else f"完成{listing(business)}等议程"
        clauses.append(f"此次会议除{task}外，我们将组织代表开展学习培训活动")
    elif training:
        clauses.append("会议期间将组织代表开展学习培训活动")
    elif business:
        clauses.append(f"会议议程为{listing(business)}")
    return numbers_linked(f"{'，'.join(clauses)}。", "sessions.next")
