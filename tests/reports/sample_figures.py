"""Figures made by hand: XX镇 in 2020 as its report tells it, and a year without anything."""

import datetime

from congress.periods import Period
from delegates.models import Level
from groups.models import Post
from reports.figures import ReportFigures
from reports.figures.activities import (
    Activities,
    ActivityFigure,
    AttendanceCount,
    Line,
    Step,
    UnitVote,
)
from reports.figures.duty import Duty, Threshold
from reports.figures.feedback import Feedback
from reports.figures.groups import Delegates, Group, Groups, Room
from reports.figures.institution import (
    CongressSession,
    Institution,
    Paper,
    Papers,
    Sessions,
)
from reports.figures.plan import Outlook, Planned
from reports.figures.reception import GroupReception, Reception
from reports.scope import Scope
from voters.rates import RATES, Share

OFFICERS = frozenset({Post.LEADER, Post.VICE_LEADER, Post.LIAISON})
NOBODY = AttendanceCount()
NO_RATES = dict.fromkeys(RATES, Share(0, 0))

GRADES = ("满意", "基本满意", "不满意")
THRESHOLDS = (
    Threshold("满意", 90, 98),
    Threshold("比较满意", 70, 90),
    Threshold("基本满意", 50, 80),
)


def day(text):
    return datetime.date.fromisoformat(text)


def past_due(number, *, answered=0, closed=0):
    """The rates of the items that are past due."""
    return {
        "reply_past_due": Share(answered, number),
        "closed_past_due": Share(closed, number),
    }


def group(ordinal, villages, place, **fields):
    """A group with all its officers and one room that has its sign and rules."""
    fields = {
        "founded": day("2017-01-10"),
        "county": 2,
        "town": 16,
        "posts": OFFICERS,
        "liaison_is_staff": False,
        "rooms": (Room(f"{ordinal}号活动室", place, has_sign=True, rules_on_wall=True),),
        **fields,
    }
    return Group(ordinal=ordinal, villages=tuple(villages), **fields)


def activity(kind, title, date, content, **fields):
    return ActivityFigure(kind=kind, title=title, date=day(date), content=tuple(content), **fields)


def empty_year(name="XX镇", cut_off="2020-08-20"):
    """A township that recorded nothing."""
    return ReportFigures(
        scope=Scope(Period(day("2020-01-01"), day(cut_off)), 2020),
        institution=Institution(
            name=name,
            county="XX县",
            term=15,
            reception_day=15,
            claim_percent=90,
        ),
        delegates=Delegates(0, 0, 0, 0),
        groups=Groups((), 0),
        reception=Reception(0, 0, 0, 0, 0, 0, 0, (), ()),
        feedback=Feedback(0, 0, 0, 0, 0, 0, 0, 0, (), (), (), (), NO_RATES),
        duty=Duty(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, GRADES, THRESHOLDS),
        activities=Activities((), (), (), (), (), (), NOBODY),
        papers=Papers((), ()),
        sessions=Sessions((), None),
        outlook=Outlook(2020, ()),
    )


TRAINING = activity(
    "training",
    "人大代表培训会",
    "2020-05-27",
    ["代表法", "选举法", "地方组织法"],
    levels=frozenset({Level.COUNTY, Level.TOWN}),
    attendance=AttendanceCount(expected=55, present=46, leave=6, absent=3),
)
SPRING_INSPECTION = activity(
    "inspection",
    "旅游经济发展情况视察调研",
    "2020-03-15",
    ["旅游农家乐发展情况", "旅游经济发展情况"],
    theme="建设中国最美乡村，打造旅游经济强镇",
    theme_source="镇党委",
    villages=("DG山", "HJ河"),
    levels=frozenset({Level.TOWN}),
    attendance=AttendanceCount(expected=24, present=20, leave=3, absent=1),
    findings=(Line("目标是符合实际的。"), Line("但仍存在发展不均的问题。")),
    recommendations=(Line("镇党委政府要将群众的呼声反映给县委政府。"),),
    transmissions=(Step("镇党委", day("2020-03-20"), "汇报"),),
    follow_ups=(Step("县委", day("2020-05-17"), "县委周大生书记到我镇召开现场会"),),
)
SUMMER_INSPECTION = activity(
    "inspection",
    "重点工程建设视察",
    "2020-07-15",
    ["旅游扶贫快速通道", "旅游码头"],
    group=1,
    villages=("XX", "SJ河"),
    levels=frozenset({Level.COUNTY, Level.TOWN}),
    attendance=AttendanceCount(expected=21, present=16, leave=3, absent=2),
    findings=(Line("工程进展总体顺利。"),),
    recommendations=(
        Line("施工单位要做到安全文明施工。"),
        Line("镇政府要妥善处理好沿途群众关系。"),
    ),
    transmissions=(
        Step("镇政府", day("2020-07-20"), "反馈"),
        Step("镇重点工程协调办公室", day("2020-07-20"), "反馈"),
    ),
)
LAST_YEARS_EVALUATION = activity(
    "evaluation",
    "镇直单位述职评议",
    "2019-12-20",
    ["6个镇直单位负责人述职"],
    votes=(
        UnitVote("镇财政所", 37, 10, 1, day("2019-12-27"), day("2019-12-30")),
        UnitVote("镇水利站", 31, 15, 2, day("2019-12-27"), day("2019-12-30")),
    ),
)
PLAN = (
    Planned("视察民生工程", "inspection", 10, 10, 1, 0),
    Planned("为县人代会准备议案的调研", "other", 11, 12, 1, 0),
    Planned("全镇二级机构述职评议", "evaluation", 12, 12, 1, 0, note="结果报镇党委政府，并反馈。"),
)


def year_2020():
    """The year of report 2020."""
    empty = empty_year()
    return ReportFigures(
        scope=empty.scope,
        institution=empty.institution,
        delegates=Delegates(county=5, town=50, persons=55, women=18),
        groups=Groups(
            (
                group(1, ["XX", "LJ冲", "SJ河"], "镇政府会议室"),
                group(2, ["DG山", "HJ河"], "HJ河村部"),
                group(3, ["DL河", "BS畈"], "DL河村部", liaison_is_staff=True),
            ),
            villages=7,
        ),
        reception=Reception(
            days_held=24,
            delegates=23,
            visits=54,
            persons=104,
            moved=1,
            without_visitor=1,
            dates=9,
            channels=(("in_person", 49), ("phone", 2)),
            by_group=(
                GroupReception(1, 8, 9, 22, 43),
                GroupReception(2, 8, 7, 18, 34),
                GroupReception(3, 8, 7, 14, 27),
            ),
        ),
        feedback=Feedback(
            items=33,
            accepted=32,
            assigned=31,
            replied=27,
            group_told=27,
            voter_told=26,
            closed=23,
            overdue=2,
            topics=(
                ("快速通道建设", 9),
                ("村村通道路", 8),
                ("民生工程", 7),
                ("旅游开发", 5),
                ("征地拆迁", 4),
            ),
            outcomes=(("A", 19), ("B", 5), ("C", 2), ("D", 1)),
            states=(("closed", 23),),
            result_satisfaction=(("满意", 17),),
            rates=NO_RATES | past_due(23, answered=21, closed=21),
        ),
        duty=Duty(
            planned=20,
            done=14,
            issued=840,
            returned=824,
            valid=824,
            satisfied=618,
            basically=179,
            dissatisfied=12,
            abstained=15,
            rejected=0,
            grades=GRADES,
            thresholds=THRESHOLDS,
        ),
        activities=Activities(
            training=(TRAINING,),
            inspection=(SPRING_INSPECTION, SUMMER_INSPECTION),
            evaluation=(),
            law_check=(),
            other=(),
            previous=(LAST_YEARS_EVALUATION,),
            attendance=AttendanceCount(
                expected=100,
                present=82,
                leave=12,
                absent=6,
                reasons=(("work", 8),),
                absent_reasons=(("unstated", 2), ("work", 4)),
            ),
        ),
        papers=Papers(
            county=tuple(
                Paper(title, "县人大常委会")
                for title in ("关于加强县、乡人大代表小组活动的意见", "关于接待选民", "关于述职")
            ),
            own=(
                Paper("关于加强人大代表小组活动的意见", "镇人大"),
                Paper("关于2020年度代表小组活动计划安排", "镇人大"),
            ),
        ),
        sessions=Sessions(
            held=(), next=CongressSession(15, 4, day("2020-09-03"), ("选举", "学习培训"))
        ),
        outlook=Outlook(2020, PLAN),
    )
