"""Training, inspections with what came of them, evaluations, attendance (S14–S29, S33)."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from congress.numerals import (
    as_sentence,
    full_date,
    group_name,
    listing,
    month_day,
    percent,
    quoted,
    title_marks,
    without_stop,
)
from delegates.models import Level
from groups.models import Attendance, PlanItem
from reports.figures import ReportFigures
from reports.figures.activities import ActivityFigure, Step

from .phrases import LONGEST_LIST, since, village_list

# 重点工程建设视察 → 重点工程建设: what the title says was looked at, if it says so.
SUBJECT = re.compile(
    r"^(?P<subject>[^\d第度代表]+(?:建设|工程|项目|工作|情况))(?:视察|调研|检查)+(?:活动)?$"
)
# Those to whom the congress reports; to others it passes things on.
REPORTED_TO = ("党委", "县委", "人大", "党组")


def training(figures: ReportFigures) -> str:
    """Every training with its day and the laws studied."""
    events = figures.activities.training
    if not events:
        return ""
    if len(events) == 1:
        return f"{_training(events[0], figures, '1次')}。"
    each = "；".join(_training(event, figures, "") for event in events)
    return f"{since(figures)}先后组织学习培训{len(events)}次：{each}。"


def _training(event: ActivityFigure, figures: ReportFigures, times: str) -> str:
    clause = f"{_day(event, figures)}，{_organiser(event, figures)}组织了{times}{event.title}"
    if not event.content:
        return clause
    laws = listing(map(title_marks, event.content[:LONGEST_LIST]))
    more = "等法律法规" if len(event.content) > 1 else ""
    return f"{clause}，组织代表学习了{laws}{more}"


def inspection(event: ActivityFigure, figures: ReportFigures) -> str:
    """One inspection: when, who, where and what; findings, recommendations and their way."""
    return "".join(
        (
            _inspection(event, figures),
            _findings(event),
            _recommendations(event),
            _chain(event, figures),
        )
    )


def _inspection(event: ActivityFigure, figures: ReportFigures) -> str:
    theme = ""
    if event.theme:
        source = f"{event.theme_source}提出的" if event.theme_source else ""
        theme = f"围绕{source}{quoted(event.theme)}这一主题，"
    where = village_list(event.villages) if event.villages else event.place
    return (
        f"{_day(event, figures)}，{figures.institution.congress}{theme}"
        f"组织{_participants(event, figures)}{'赴' + where if where else ''}{_inspected(event)}。"
    )


def _inspected(event: ActivityFigure) -> str:
    content = list(event.content)
    match = SUBJECT.match(event.title)
    subject = match["subject"] if match else ""
    research = "调研" in event.title
    if research and subject in content and len(content) > 1:
        content.remove(subject)
        return f"视察了{listing(content, last='和')}，开展了{subject}调研"
    verb = "视察调研了" if research else "视察了"
    if not content:
        return f"{verb}{subject}" if subject else f"开展了{event.title}"
    if subject and not research and subject not in content:
        return f"{verb}{listing(content)}等{subject}"
    return f"{verb}{listing(content, last='和')}"


def _participants(event: ActivityFigure, figures: ReportFigures) -> str:
    if event.group:
        return group_name(event.group)
    delegates, kind = figures.delegates, figures.institution.kind
    name, whole = {
        frozenset({Level.TOWN}): (f"{kind}人大代表", delegates.town),
        frozenset({Level.COUNTY}): ("县人大代表", delegates.county),
    }.get(event.levels, ("人大代表", delegates.county + delegates.town))
    return f"部分{name}" if 0 < event.attendance.expected < whole else name


def _findings(event: ActivityFigure) -> str:
    if not event.findings:
        return ""
    how = "视察调研" if "调研" in event.title else "视察"
    return f"通过{how}，代表们认为：{''.join(map(as_sentence, event.findings))}"


def _recommendations(event: ActivityFigure) -> str:
    texts = [without_stop(text).removeprefix("建议") for text in event.recommendations]
    if not texts:
        return ""
    return f"建议{texts[0]}。" if len(texts) == 1 else f"代表们建议：{'；'.join(texts)}。"


def _chain(event: ActivityFigure, figures: ReportFigures) -> str:
    """What was passed on and what came of it, day by day."""
    told = [
        *_transmissions(event, figures),
        *((step.date, _follow_up(step, figures)) for step in event.follow_ups),
    ]
    return "".join(sentence for _, sentence in sorted(told, key=lambda each: each[0]))


def _transmissions(event: ActivityFigure, figures: ReportFigures) -> list[tuple[date, str]]:
    """One sentence for each day on which findings and recommendations were passed on."""
    sentences = []
    for day, steps in groupby(event.transmissions, key=lambda step: step.date):
        names = list(dict.fromkeys(step.who for step in steps))
        above = [name for name in names if any(body in name for body in REPORTED_TO)]
        others = [name for name in names if name not in above]
        clauses = []
        if above:
            clauses.append(f"向{listing(above, last='和')}进行了汇报")
        if others:
            link = "并" if above else "梳理汇总后"
            clauses.append(f"{link}反馈给{listing(others, last='和')}")
        sentence = (
            f"{_date(day, figures)}，{figures.institution.congress}"
            f"将代表们的意见和建议{'，'.join(clauses)}。"
        )
        sentences.append((day, sentence))
    return sentences


def _follow_up(step: Step, figures: ReportFigures) -> str:
    actor = "" if step.content.strip().startswith(step.who) else step.who
    return f"{_date(step.date, figures)}，{actor}{as_sentence(step.content)}"


def previous_evaluations(figures: ReportFigures) -> str:
    """Last year's evaluations: 去年底 in December, else the month."""
    events = figures.activities.previous
    if not events:
        return ""
    if len(events) > 1:
        title = f"{len(events)}次工作评议活动"
        return f"去年，{figures.institution.congress}先后安排了{title}{_results(events, figures)}。"
    month = events[0].date.month
    when = "去年底" if month == 12 else f"去年{month}月"
    return f"{when}，{_evaluation(events[0], figures)}。"


def evaluations(figures: ReportFigures) -> str:
    """The evaluations of the period."""
    events = figures.activities.evaluation
    return "".join(f"{_day(event, figures)}，{_evaluation(event, figures)}。" for event in events)


def _evaluation(event: ActivityFigure, figures: ReportFigures) -> str:
    organiser = _organiser(event, figures)
    return f"{organiser}安排了1次{as_activity(event.title)}{_results([event], figures)}"


def _results(events: Iterable[ActivityFigure], figures: ReportFigures) -> str:
    votes = [vote for event in events for vote in event.votes]
    if not votes:
        return ""
    kind = figures.institution.kind
    units = len({vote.unit for vote in votes})
    text = f"，对{units}个单位进行了测评"
    steps = []
    if all(vote.reported_on for vote in votes):
        steps.append(f"报送{kind}党委、政府")
    if all(vote.fed_back_on for vote in votes):
        steps.append("向被评议单位进行了反馈")
    return f"{text}，评议结果{'，并'.join(steps)}" if steps else text


def evaluations_to_come(figures: ReportFigures) -> str:
    """Evaluations still planned, with what the plan says of their results."""
    outlook, activities = figures.outlook, figures.activities
    again = "继续" if activities.previous or activities.evaluation else ""
    sentences = []
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
        sentences.append(f"{when}{again}开展{as_activity(item.title)}{note}。")
    return "".join(sentences)


def other_activities(figures: ReportFigures) -> str:
    events = figures.activities.other
    if not events:
        return ""
    clauses = [
        f"{_day(event, figures)}，{_organiser(event, figures)}组织开展了{as_activity(event.title)}"
        for event in events
    ]
    return f"此外，{'；'.join(clauses)}。"


def attendance(figures: ReportFigures) -> str:
    """How many of those expected came, and how many stayed away for their work."""
    numbers = figures.activities.attendance
    if not numbers.expected:
        return ""
    rate = percent(numbers.present, numbers.expected)
    came = f"实到{numbers.present}人次，出席率为{rate}" if numbers.present else "均未到会"
    text = f"{since(figures)}，代表参加活动应到{numbers.expected}人次，{came}"
    missing = []
    if numbers.leave:
        missing.append(f"请假{numbers.leave}人次")
    if numbers.absent:
        missing.append(f"缺席{numbers.absent}人次")
    for_work = dict(numbers.absent_reasons).get(Attendance.Reason.WORK, 0)
    if for_work:
        missing.append(_for_work(for_work, numbers.absent))
    return f"{text}{'；' if missing else ''}{'，'.join(missing)}。"


def _for_work(number: int, absent: int) -> str:
    if number < absent:
        return f"其中{number}人次以工作为由"
    return "缺席的均以工作为由" if absent > 1 else "以工作为由"


def as_activity(title: str) -> str:
    """A title that can follow 开展: ends in 活动, and says who looks on where a verb leads it."""
    who = "人大代表" if title.startswith(("视察", "调研", "考察", "走访")) else ""
    end = "" if title.endswith(("活动", "调研", "会", "会议", "班", "讲座")) else "活动"
    return f"{who}{title}{end}"


def _organiser(event: ActivityFigure, figures: ReportFigures) -> str:
    return group_name(event.group) if event.group else figures.institution.congress


def _date(day: date, figures: ReportFigures) -> str:
    return month_day(day) if day.year == figures.year else full_date(day)


def _day(event: ActivityFigure, figures: ReportFigures) -> str:
    """7月15日; 5月27日至28日; 5月30日至6月1日."""
    first, last = event.date, event.last_day
    if not last or last == first:
        return _date(first, figures)
    same_month = (first.year, first.month) == (last.year, last.month)
    return f"{_date(first, figures)}至{f'{last.day}日' if same_month else _date(last, figures)}"
