"""What could be written at each place, said with counted figures only.

A function a place, from the figures of the report; it says nothing where the records say nothing.
What one says of causes, intentions or merits is left to whoever edits the suggestion.
"""

from collections.abc import Callable, Iterable

from congress.numerals import listing, percent
from groups.models import Attendance
from reports.figures import ReportFigures
from reports.figures.plan import ACTIVITY_KINDS
from reports.places import SERIES, base_of
from reports.wording.outlook import BILLS
from reports.wording.phrases import since

#: Below this rate attendance is told as a problem.
GOOD_ATTENDANCE = 90
#: With so many items, a topic that half of them are about is told as one-sidedness.
ENOUGH_ITEMS = 10

Suggestion = Callable[[ReportFigures], str]


def preface(figures: ReportFigures) -> str:
    return f"现将{since(figures)}{figures.institution.congress}工作情况汇报如下："


def rooms(figures: ReportFigures) -> str:
    """Stands behind the sentence on the rooms' signs."""
    without = [room for room in figures.groups.rooms if not (room.has_sign and room.rules_on_wall)]
    if not figures.groups.rooms:
        return ""
    if not without:
        return "标牌、制度齐全，基本做到了规范化建设。"
    return f"还有{len(without)}个活动室的标牌或制度有待完善。"


def reception(figures: ReportFigures) -> str:
    received = figures.reception
    if not received.days_held:
        return ""
    days = f"先后有{received.dates}个接待日" if received.dates > 1 else "有1个接待日"
    return f"坚持人大代表接待选民日制度，{since(figures)}{days}，共接待{received.days_held}场次。"


def duty_reports(figures: ReportFigures) -> str:
    duty = figures.duty
    if not (duty.done and duty.planned):
        return ""
    done = percent(duty.done, duty.planned)
    return f"坚持开展人大代表向选民述职制度，完成年度计划的{done}。"


def training(figures: ReportFigures) -> str:
    return _held("学习培训", figures.activities.training, figures)


def inspections(figures: ReportFigures) -> str:
    return _held("视察调研", figures.activities.inspection, figures)


def evaluations(figures: ReportFigures) -> str:
    return _held("工作评议", figures.activities.evaluation, figures)


def _held(what: str, events: tuple, figures: ReportFigures) -> str:
    return f"开展{what}活动，{since(figures)}共组织{len(events)}次。" if events else ""


def training_attended(figures: ReportFigures) -> str:
    came = [event.attendance for event in figures.activities.training]
    present, expected = (sum(getattr(each, name) for each in came) for name in WHO_CAME)
    if not present:
        return ""
    return f"参加学习培训的代表{present}人次，参训率为{percent(present, expected)}。"


WHO_CAME = ("present", "expected")


def evaluation_votes(figures: ReportFigures) -> str:
    """Of the period's evaluations, or last year's where the report tells of those."""
    events = figures.activities.evaluation or figures.activities.previous
    votes = [vote for event in events for vote in event.votes]
    if not votes:
        return ""
    satisfied = sum(vote.satisfied for vote in votes)
    approved = satisfied + sum(vote.basically for vote in votes)
    valid = approved + sum(vote.dissatisfied for vote in votes)
    if not valid:
        return ""
    return (
        f"从测评结果看，代表对被评议单位的满意率为{percent(satisfied, valid)}，"
        f"满意和基本满意率为{percent(approved, valid)}。"
    )


# 成效


def reception_effect(figures: ReportFigures) -> str:
    received, items = figures.reception, figures.feedback
    if not (received.delegates and received.persons):
        return ""
    clauses = [
        f"通过落实代表接待选民日制度，{received.delegates}名代表接待选民{received.persons}人次"
    ]
    clauses += [
        words
        for number, words in (
            (items.items, f"搜集意见建议{items.items}条"),
            (items.replied, f"已答复{items.replied}条"),
            (items.closed, f"办结{items.closed}条"),
        )
        if number
    ]
    solved = dict(items.outcomes).get("A", 0)
    if solved:
        clauses.append(f"其中已解决{solved}条")
    return f"{'，'.join(clauses)}。"


def duty_effect(figures: ReportFigures) -> str:
    duty = figures.duty
    if not (duty.done and duty.valid):
        return ""
    grades = listing(duty.grades[:2], last="和")
    return (
        f"通过落实代表述职制度，{duty.done}名代表当面接受选民测评，收回有效票{duty.valid}张，"
        f"{grades}率为{percent(duty.approved, duty.valid)}。"
    )


def activities_effect(figures: ReportFigures) -> str:
    kinds = {
        "学习培训": figures.activities.training,
        "视察调研": figures.activities.inspection,
        "执法检查": figures.activities.law_check,
        "工作评议": figures.activities.evaluation,
    }
    held = {name: events for name, events in kinds.items() if events}
    if not held:
        return ""
    events = [event for each in held.values() for event in each]
    clauses = [f"通过{listing(held)}，组织代表活动{len(events)}次"]
    proposed = sum(len(event.recommendations) for event in events)
    if proposed:
        clauses.append(f"提出意见建议{proposed}条")
    came = figures.activities.attendance
    if came.present:
        clauses.append(f"代表参加活动{came.present}人次")
    return f"{'，'.join(clauses)}。"


# 问题


def problems_lead(figures: ReportFigures) -> str:
    named = any(problem(figures) for problem in SUGGESTIONS["问题"])
    return "对照年度工作安排和有关记录，工作中还存在一些不足：" if named else ""


def attendance_problem(figures: ReportFigures) -> str:
    came = figures.activities.attendance
    if not came.expected or came.present * 100 >= came.expected * GOOD_ATTENDANCE:
        return ""
    clauses = [
        "有的代表参加活动的积极性不高",
        f"活动出席率为{percent(came.present, came.expected)}",
    ]
    if came.absent:
        clauses.append(f"缺席{came.absent}人次")
    for_work = dict(came.absent_reasons).get(Attendance.Reason.WORK, 0)
    if for_work:
        clauses.append(
            f"其中{for_work}人次以工作为由" if for_work < came.absent else "均以工作为由"
        )
    return f"{'，'.join(clauses)}；"


def inactive_problem(figures: ReportFigures) -> str:
    number = figures.activities.never_present
    return f"有{number}名代表应参加活动而一次也没有到会；" if number else ""


def overdue_problem(figures: ReportFigures) -> str:
    number = figures.feedback.overdue
    return f"有的意见建议办理不够及时，{number}条超过办理期限尚未答复；" if number else ""


def topics_problem(figures: ReportFigures) -> str:
    items, topics = figures.feedback.items, figures.feedback.topics
    if items < ENOUGH_ITEMS or not topics or topics[0][1] * 2 < items:
        return ""
    name, number = topics[0]
    return f"听取意见的面还不够宽，{items}条意见建议中涉及{name}的占{percent(number, items)}；"


def duty_problem(figures: ReportFigures) -> str:
    duty = figures.duty
    if not duty.remaining or figures.period.last.month < 10:
        return ""
    return f"代表述职进度偏慢，计划的{duty.planned}名中还有{duty.remaining}名没有进行；"


def recommendations_problem(figures: ReportFigures) -> str:
    events = (*figures.activities.inspection, *figures.activities.law_check)
    waiting = sum(
        event.taken_up.suggestions + event.taken_up.items - event.taken_up.answered
        for event in events
    )
    return f"视察检查中提出的建议，交办后还有{waiting}条没有答复；" if waiting else ""


# 打算


def reception_to_come(figures: ReportFigures) -> str:
    if not figures.reception.days_held:
        return ""
    day = figures.institution.reception_day
    sentence = f"坚持人大代表接待选民日制度，继续在每月{day}日组织代表轮流接待选民"
    waiting = figures.feedback.accepted - figures.feedback.closed
    return f"{sentence}{f'，抓好尚未办结的{waiting}条意见建议的督办' if waiting > 0 else ''}。"


def bills_to_come(figures: ReportFigures) -> str:
    outlook = figures.outlook
    planned = any(BILLS in item.title for item in outlook.of_kind(*ACTIVITY_KINDS))
    if not (planned or outlook.bills or outlook.suggestions):
        return ""
    return "认真做好县人代会议案、建议的准备工作。"


#: By place; of a series each function gives a text of its own.
SUGGESTIONS: dict[str, tuple[Suggestion, ...]] = {
    "前言": (preface,),
    "活动室-评价": (rooms,),
    "接待选民-引语": (reception,),
    "述职-引语": (duty_reports,),
    "学习培训-引语": (training,),
    "学习培训-成效": (training_attended,),
    "视察调研-引语": (inspections,),
    "工作评议-引语": (evaluations,),
    "工作评议-成效": (evaluation_votes,),
    "成效": (reception_effect, duty_effect, activities_effect),
    "问题-引语": (problems_lead,),
    "问题": (
        attendance_problem,
        inactive_problem,
        overdue_problem,
        recommendations_problem,
        duty_problem,
        topics_problem,
    ),
    "打算-接待选民": (reception_to_come,),
    "打算-议案": (bills_to_come,),
}


def suggested(figures: ReportFigures, place: str, standing: Iterable[str] = ()) -> str:
    """A text for the place, empty where the records give none.

    Of a series the first one that is not among the texts ``standing`` in it already.
    """
    base, standing = base_of(place) or "", tuple(standing)
    if base == "前言" and any(text.endswith("：") for text in standing):
        return ""
    texts = [suggestion(figures) for suggestion in SUGGESTIONS.get(base, ())]
    taken = set(standing) if base in SERIES else ()
    return next((text for text in texts if text and text not in taken), "")
