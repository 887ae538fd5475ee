"""Training, evaluations, other activities, attendance (S14, S28–S29, S33)."""

from collections.abc import Sequence
from datetime import date

from congress.numerals import (
    full_date,
    group_name,
    listing,
    month_day,
    percent,
    title_marks,
    without_stop,
)
from groups.models import Attendance, PlanItem
from reports.figures import ReportFigures
from reports.figures.activities import ActivityFigure
from reports.marks import linked, numbers_linked

from .phrases import LONGEST_LIST, since, subject


def training(figures: ReportFigures) -> str:
    """Every training with its day and the laws studied."""
    events = figures.activities.training
    if not events:
        return ""
    times = f"{linked(len(events), 'training')}次"
    if len(events) == 1:
        return f"{_training(events[0], figures, times)}。"
    each = "；".join(_training(event, figures, "") for event in events)
    return f"{since(figures)}先后组织学习培训{times}：{each}。"


def _training(event: ActivityFigure, figures: ReportFigures, times: str) -> str:
    return numbers_linked(_trained(event, figures, times), "activity", event.pk)


def _trained(event: ActivityFigure, figures: ReportFigures, times: str) -> str:
    verb = "举办" if event.title.endswith(("班", "讲座")) else "组织"
    clause = f"{day_of(event, figures)}，{_organiser(event, figures)}{verb}了{times}{event.title}"
    if not event.content:
        return clause
    laws = listing(map(title_marks, event.content[:LONGEST_LIST]))
    more = "等法律法规" if len(event.content) > 1 else ""
    return f"{clause}，组织代表学习了{laws}{more}"


def previous_evaluations(figures: ReportFigures) -> str:
    """Last year's evaluations: 去年底 in December, else the month."""
    events = figures.activities.previous
    if not events:
        return ""
    if len(events) > 1:
        title = f"{linked(len(events), 'evaluation.previous_year')}次工作评议活动"
        return f"去年，{subject(figures)}先后安排了{title}{_results(events, figures)}。"
    month = events[0].date.month
    when = "去年底" if month == 12 else f"去年{linked(month, 'activity', events[0].pk)}月"
    return f"{when}，{_evaluation(events[0], figures)}。"


def evaluations(figures: ReportFigures) -> str:
    """The evaluations of the period."""
    events = figures.activities.evaluation
    return "".join(
        f"{numbers_linked(day_of(event, figures), 'activity', event.pk)}，"
        f"{_evaluation(event, figures)}。"
        for event in events
    )


def _evaluation(event: ActivityFigure, figures: ReportFigures) -> str:
    title = numbers_linked(as_activity(event.title), "activity", event.pk)
    times = f"{linked(1, 'activity.held', event.pk)}次"
    return f"{_organiser(event, figures)}安排了{times}{title}{_results([event], figures)}"


def _results(events: Sequence[ActivityFigure], figures: ReportFigures) -> str:
    votes = [vote for event in events for vote in event.votes]
    if not votes:
        return ""
    kind = figures.institution.kind
    number = len({vote.unit for vote in votes})
    units = linked(number, "evaluation.previous_units")
    if len(events) == 1:
        units = linked(number, "activity.units", events[0].pk)
    text = f"，对{units}个单位进行了测评"
    steps = []
    if all(vote.reported_on for vote in votes):
        steps.append(f"已报送{kind}党委、政府")
    if all(vote.fed_back_on for vote in votes):
        steps.append("向被评议单位进行了反馈")
    return f"{text}，评议结果{'，并'.join(steps)}" if steps else text


def evaluations_to_come(figures: ReportFigures) -> str:
    """Evaluations still planned, with what the plan says of their results."""
    outlook, activities = figures.outlook, figures.activities
    again = "继续" if activities.previous or activities.evaluation else ""
    sentences = {}
    for item in outlook.of_kind(PlanItem.Kind.EVALUATION):
        if outlook.year > figures.year:
            when = f"明年，我们还将在{item.first_month}月份"
        elif figures.period.last.month > 9:
            when = "今年，我们还将在年底前"
        elif item.first_month > 6:
            when = "今年，我们还将在下半年"
        else:
            when = "今年，我们还将"
        note = f"，{without_stop(item.note)}" if item.note.strip() else ""
        lead = numbers_linked(f"{when}{again}开展", "plan.item", item.pk)
        title = numbers_linked(as_activity(item.title), "plan.item", item.pk)
        sentences.setdefault((when, note), (lead, [], numbers_linked(note, "plan.item", item.pk)))
        sentences[when, note][1].append(title)
    return "".join(
        f"{lead}{listing(titles, last='和')}{note}。" for lead, titles, note in sentences.values()
    )


def other_activities(figures: ReportFigures) -> str:
    events = figures.activities.other
    if not events:
        return ""
    clauses = [
        numbers_linked(
            f"{day_of(event, figures)}，{_organiser(event, figures)}"
            f"组织开展了{as_activity(event.title)}",
            "activity",
            event.pk,
        )
        for event in events
    ]
    return f"此外，{'；'.join(clauses)}。"


def attendance(figures: ReportFigures) -> str:
    """How many of those expected came, and how many stayed away for their work."""
    numbers = figures.activities.attendance
    if not numbers.expected:
        return ""
    expected = linked(numbers.expected, "attendance.expected")
    present = linked(numbers.present, "attendance.present")
    rate = linked(percent(numbers.present, numbers.expected), "attendance.rate")
    came = f"实到{present}人次，出席率为{rate}" if numbers.present else "均未到会"
    whose = "小组代表" if figures.scope.group else "代表"
    text = f"{since(figures)}，{whose}参加活动应到{expected}人次，{came}"
    missing = []
    if numbers.leave:
        missing.append(f"请假{linked(numbers.leave, 'attendance.leave')}人次")
    if numbers.absent:
        missing.append(f"缺席{linked(numbers.absent, 'attendance.absent')}人次")
    for_work = dict(numbers.absent_reasons).get(Attendance.Reason.WORK, 0)
    if for_work:
        missing.append(_for_work(for_work, numbers.absent))
    return f"{text}{'；' if missing else ''}{'，'.join(missing)}。"


def _for_work(number: int, absent: int) -> str:
    if number < absent:
        return f"其中{linked(number, 'attendance.absent_for_work')}人次以工作为由"
    return "缺席的均以工作为由" if absent > 1 else "以工作为由"


def as_activity(title: str) -> str:
    """A title that can follow 开展: ends in 活动, and says who looks on where a verb leads it."""
    who = "人大代表" if title.startswith(("视察", "调研", "考察", "走访")) else ""
    end = "" if title.endswith(("活动", "调研", "会", "会议", "班", "讲座")) else "活动"
    return f"{who}{title}{end}"


def _organiser(event: ActivityFigure, figures: ReportFigures) -> str:
    return group_name(event.group) if event.group else figures.institution.congress


def date_of(day: date, figures: ReportFigures) -> str:
    """5月17日; in another year than the report's with its year."""
    return month_day(day) if day.year == figures.year else full_date(day)


def day_of(event: ActivityFigure, figures: ReportFigures) -> str:
    """7月15日; 5月27日至28日; 5月30日至6月1日."""
    first, last = event.date, event.last_day
    if not last or last == first:
        return date_of(first, figures)
    same_month = (first.year, first.month) == (last.year, last.month)
    until = f"{last.day}日" if same_month else date_of(last, figures)
    return f"{date_of(first, figures)}至{until}"
