"""The figures of 2020 from its ledgers, as the data format says they must be."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from congress.models import BallotScale
from congress.periods import Period
from delegates.models import Mandate
from groups.models import Activity, DelegateGroup, Membership, PlanItem, Post
from reports.figures import by_key, report_figures
from reports.figures.activities import TakenUp
from reports.figures.duty import Threshold
from reports.figures.groups import Delegates
from reports.figures.institution import CongressSession
from reports.figures.plan import Planned
from reports.figures.reception import GroupReception, Reception
from reports.models import AnnualReport
from reports.scope import Scope
from tests.factory import make_item, make_mandate, make_unit
from tests.reports.sample_figures import day
from voters.models import DutyReport, FeedbackItem, ReceptionDay, Topic, Visit

#: What the ledgers of 2020 must give, as it came with them.
FIGURES = json.loads(Path(__file__).with_name("xx-town-2020.figures.json").read_text())
#: Their rates, each numerator and denominator.
RATES = {
    "reply": (27, 32),
    "on_time": (27, 29),
    "reply_past_due": (21, 23),
    "closed_past_due": (21, 23),
    "told": (25, 27),
    "solved": (19, 27),
    "process_satisfied": (20, 25),
    "result_satisfied": (17, 25),
}


@pytest.fixture
def figures(report):
    return report_figures(report.scope)


def as_of(report, cut_off):
    return report_figures(Scope(Period(report.start, day(cut_off)), report.year))


def test_command_prints_the_figures(report, capsys):
    call_command("report_figures", "2020", "--json")

    assert json.loads(capsys.readouterr().out) == FIGURES | {
        "feedback.rates": {key: list(share) for key, share in RATES.items()}
    }


def test_command_without_json_prints_a_line_a_figure(report, capsys):
    call_command("report_figures", "2020")

    lines = capsys.readouterr().out.splitlines()
    assert (lines[0], lines[-1], len(lines)) == (
        "delegates.county\t5",
        'sessions.next\t[15, 4, "2020-09-03"]',
        len(FIGURES) + 1,
    )


def test_delegates_and_groups(figures):
    assert figures.delegates == Delegates(county=5, town=50, persons=55, women=18)
    assert [
        (
            group.ordinal,
            group.villages,
            (group.county, group.town),
            group.posts,
            group.liaison_is_staff,
            [(room.place, room.has_sign, room.rules_on_wall) for room in group.rooms],
        )
        for group in figures.groups.groups
    ] == [
        (
            1,
            ("XX", "LJ冲", "SJ河"),
            (2, 19),
            {Post.LEADER, Post.VICE_LEADER, Post.LIAISON},
            False,
            [("镇政府会议室", True, True)],
        ),
        (
            2,
            ("DG山", "HJ河"),
            (2, 16),
            {Post.LEADER, Post.VICE_LEADER, Post.LIAISON},
            False,
            [("HJ河村部", True, True)],
        ),
        (
            3,
            ("DL河", "BS畈"),
            (1, 15),
            {Post.LEADER, Post.VICE_LEADER, Post.LIAISON},
            True,
            [("DL河村部", True, True)],
        ),
    ]


def test_reception(figures):
    assert figures.reception == Reception(
        days_held=24,
        delegates=23,
        visits=54,
        persons=104,
        moved=1,
        without_visitor=1,
        dates=9,
        channels=(("home", 2), ("in_person", 49), ("phone", 2), ("written", 1)),
        by_group=(
            GroupReception(group=1, days=8, delegates=9, visits=19, persons=43),
            GroupReception(group=2, days=8, delegates=7, visits=19, persons=34),
            GroupReception(group=3, days=8, delegates=7, visits=16, persons=27),
        ),
    )


def test_feedback(figures):
    feedback = figures.feedback

    assert (
        feedback.accepted,
        feedback.replied,
        feedback.closed,
    ) == (32, 27, 23)
    assert feedback.rates == RATES
    assert dict(feedback.states) == {
        "registered": 1,
        "assigned": 1,
        "handling": 3,
        "replied": 2,
        "closed": 23,
        "reopened": 2,
        "rejected": 1,
    }
    assert dict(feedback.result_satisfaction) == {"满意": 17, "基本满意": 6, "不满意": 2}


def test_duty_reports(figures):
    duty = figures.duty

    assert (duty.issued, duty.returned, duty.abstained, duty.rejected) == (840, 824, 15, 0)


def test_activities(figures):
    spring, summer = figures.activities.inspection
    (training,) = figures.activities.training
    (evaluation,) = figures.activities.previous

    assert [
        (
            activity.date.isoformat(),
            activity.group,
            activity.attendance.expected,
            activity.attendance.present,
            activity.attendance.leave,
            activity.attendance.absent,
            dict(activity.attendance.reasons),
        )
        for activity in (training, spring, summer, evaluation)
    ] == [
        (
            "2020-05-27",
            None,
            55,
            46,
            6,
            3,
            {"away": 1, "health": 1, "family": 2, "work": 4, "unstated": 1},
        ),
        ("2020-03-15", None, 24, 20, 3, 1, {"away": 1, "work": 2, "health": 1}),
        ("2020-07-15", 1, 21, 16, 3, 2, {"work": 2, "health": 1, "away": 1, "unstated": 1}),
        (
            "2019-12-20",
            None,
            55,
            48,
            5,
            2,
            {"away": 2, "health": 1, "family": 1, "work": 2, "unstated": 1},
        ),
    ]
    assert [
        dict(activity.attendance.absent_reasons).get("work")
        for activity in (spring, training, summer)
    ] == [1, 2, 1]
    assert [(step.who, step.date.isoformat()) for step in spring.transmissions] == [
        ("镇党委", "2020-03-20")
    ]
    assert [(step.who, step.date.isoformat()) for step in spring.follow_ups] == [
        ("县委", "2020-05-17")
    ]
    assert [(step.who, step.date.isoformat()) for step in summer.transmissions] == [
        ("镇政府", "2020-07-20"),
        ("镇重点工程协调办公室", "2020-07-20"),
    ]
    assert [
        (vote.unit, vote.satisfied, vote.basically, vote.dissatisfied) for vote in evaluation.votes
    ] == [
        ("镇财政所", 37, 10, 1),
        ("镇规划建设环保所", 28, 16, 4),
        ("镇自然资源所", 25, 17, 6),
        ("镇农业综合服务站", 35, 12, 1),
        ("镇水利站", 31, 15, 2),
        ("镇民政和社会保障所", 39, 8, 1),
    ]


def test_documents_and_sessions(figures):
    assert figures.papers.county[0].title == "关于加强县、乡人大代表小组活动的意见"
    assert [paper.title for paper in figures.papers.own] == [
        "关于加强人大代表小组活动的意见",
        "关于镇十五届人大代表小组划分工作的意见",
        "关于2020年度代表小组活动计划安排",
    ]
    assert figures.sessions.held == ()
    assert figures.sessions.next == CongressSession(15, 4, day("2020-09-03"), ("选举", "学习培训"))


def test_plan_to_come(figures):
    to_come = [item for item in figures.outlook.items if item.kind != PlanItem.Kind.RECEPTION]

    assert [
        (item.title, item.first_month, item.last_month, item.remaining) for item in to_come
    ] == [
        ("代表向原选区选民述职", 3, 12, 6),
        ("召开镇十五届人大四次会议", 9, 9, 1),
        ("视察民生工程", 10, 10, 1),
        ("为县人代会准备议案的调研", 11, 12, 1),
        ("全镇二级机构述职评议", 12, 12, 1),
    ]


def test_done_is_counted_by_organiser_and_month(report, figures):
    reception = figures.outlook.of_kind(PlanItem.Kind.RECEPTION)
    assert [(item.group, item.done, item.remaining) for item in reception] == [
        (1, 8, 4),
        (2, 8, 4),
        (3, 8, 4),
    ]
    PlanItem.objects.filter(title="视察重点工程建设").update(group=None)

    (moved,) = [
        item
        for item in as_of(report, "2020-08-20").outlook.items
        if item.title == "视察重点工程建设"
    ]
    assert moved == Planned("视察重点工程建设", "inspection", 7, 7, planned=1, done=0)


def test_groups_own_duty_reports_count_for_its_plan(report):
    group = DelegateGroup.objects.get(ordinal=1)
    members = Membership.objects.filter(group=group).values("mandate")
    held = DutyReport.objects.filter(held_on__isnull=False, mandate__in=members).count()
    PlanItem.objects.filter(kind=PlanItem.Kind.DUTY_REPORT).update(group=group)

    (item,) = as_of(report, "2020-08-20").outlook.of_kind(PlanItem.Kind.DUTY_REPORT)

    assert (item.done, held > 0) == (held, True)


# Another cut-off


def test_what_is_dated_after_the_cut_off_has_not_happened(report):
    keys = by_key(as_of(report, "2020-03-31"))

    assert keys["reception.days_held"] == 9
    assert keys["inspection.dates"] == ["2020-03-15"]
    assert keys["training.dates"] == []
    assert keys["feedback.replied"] == (
        FeedbackItem.objects.filter(
            visit__day__date__lte=day("2020-03-31"), replied_on__lte=day("2020-03-31")
        ).count()
    )
    assert keys["feedback.overdue"] == 0
    assert keys["duty.done"] == DutyReport.objects.filter(held_on__lte=day("2020-03-31")).count()
    assert keys["duty.remaining"] == 20 - keys["duty.done"]


def test_steps_after_the_cut_off_are_not_told(report):
    (spring,) = as_of(report, "2020-05-16").activities.inspection

    assert (len(spring.transmissions), spring.follow_ups) == (1, ())


def test_items_born_from_recommendations_count_once_assigned_and_answered(report):
    activity = Activity.objects.get(number="2020-H03")
    for number, line in enumerate(activity.recommendations.all()):
        item = make_item()
        item.source, item.visit, item.recommendation = "inspection", None, line
        if number == 0:
            item.source, item.lead_proposer = "delegate", make_mandate()
        if number < 2:
            item.state, item.lead_unit, item.responsible = "assigned", make_unit(), "田家明"
            item.assigned_on, item.due_on = day("2020-07-21"), day("2020-10-21")
        item.save()

    def told(cut_off):
        (*_, summer) = as_of(report, cut_off).activities.inspection
        return summer.taken_up

    assert [told(cut_off) for cut_off in ("2020-07-20", "2020-07-21")] == [
        TakenUp(),
        TakenUp(suggestions=1, items=1, answered=0),
    ]


def test_an_item_closed_after_the_cut_off_is_not_closed(report):
    before, after = (as_of(report, cut_off).feedback for cut_off in ("2020-03-09", "2020-03-10"))
    assert (before.closed + 1, before.replied) == (after.closed, after.replied)
    assert dict(before.states)["replied"] == dict(after.states).get("replied", 0) + 1


def test_the_deadline_day_is_still_in_time(report):
    assert [
        by_key(as_of(report, date))["feedback.overdue"] for date in ("2020-07-17", "2020-07-18")
    ] == [0, 1]


def test_last_day_of_the_year_looks_at_the_next(report):
    PlanItem.objects.create(
        year=2021,
        number=1,
        title="代表培训",
        kind=PlanItem.Kind.TRAINING,
        first_month=4,
        last_month=4,
        planned_count=2,
        responsible="主席",
    )

    assert as_of(report, "2020-12-30").outlook.year == 2020
    outlook = as_of(report, "2020-12-31").outlook
    assert (outlook.year, outlook.items) == (
        2021,
        (Planned("代表培训", "training", 4, 4, planned=2, done=0),),
    )


# Counting rules


def test_cancelled_days_and_absent_delegates_are_not_counted(report):
    ReceptionDay.objects.filter(date=day("2020-01-15"), group__ordinal=1).update(
        state=ReceptionDay.State.CANCELLED
    )
    keys = by_key(as_of(report, "2020-01-31"))

    assert (keys["reception.days_held"], keys["reception.delegates"]) == (2, 4)
    assert keys["reception.visits"] == (
        Visit.objects.filter(day__date=day("2020-01-15")).exclude(day__group__ordinal=1).count()
    )


def test_a_person_with_two_mandates_is_one_person(report, figures):
    mandate = Mandate.objects.filter(level="town").first()
    Mandate.objects.create(
        delegate=mandate.delegate,
        level="county",
        term=mandate.term,
        constituency=Mandate.objects.filter(level="county").first().constituency,
        card_number="X15-099",
        start=mandate.start,
    )

    assert as_of(report, "2020-08-20").delegates == replace(figures.delegates, county=6)


def test_suspended_mandates_are_not_in_office(report):
    mandate = Mandate.objects.filter(level="town").first()
    mandate.suspensions.create(start=day("2020-08-20"), reason="审查")

    assert as_of(report, "2020-08-19").delegates.town == 50
    assert as_of(report, "2020-08-20").delegates.town == 49


def test_duty_report_with_a_majority_against(report):
    held = DutyReport.objects.filter(held_on__isnull=False).first()
    DutyReport.objects.filter(pk=held.pk).update(
        satisfied=0,
        basically_satisfied=held.ballots_returned // 2,
        dissatisfied=held.ballots_returned - held.ballots_returned // 2,
        abstained=0,
    )
    against = held.ballots_returned % 2

    assert as_of(report, "2020-08-20").duty.rejected == against


def test_topics_in_a_tie_keep_the_order_of_the_list(report):
    item = FeedbackItem.objects.filter(topic__name="快速通道建设").first()
    FeedbackItem.objects.filter(pk=item.pk).update(topic=Topic.objects.get(name="征地拆迁"))

    assert as_of(report, "2020-08-20").feedback.topics == (
        ("快速通道建设", 8),
        ("村村通道路", 8),
        ("民生工程", 7),
        ("旅游开发", 5),
        ("征地拆迁", 5),
    )
    Topic.objects.update(position=10 - F("position"))
    assert as_of(report, "2020-08-20").feedback.topics == (
        ("村村通道路", 8),
        ("快速通道建设", 8),
        ("民生工程", 7),
        ("征地拆迁", 5),
        ("旅游开发", 5),
    )


def test_thresholds_of_the_year(report, figures):
    assert [threshold.wording for threshold in figures.duty.thresholds] == [
        "满意",
        "比较满意",
        "基本满意",
    ]
    scale = BallotScale.objects.get(from_year=2020)
    scale.thresholds.all().delete()
    scale.thresholds.create(wording="很满意", best_percent=60, approved_percent=80)
    later = BallotScale.objects.create(from_year=2021, grades="优秀/称职/不称职")
    later.thresholds.create(wording="优秀", best_percent=10, approved_percent=10)

    duty = as_of(report, "2020-08-20").duty
    assert (duty.grades, duty.thresholds) == (
        ("满意", "基本满意", "不满意"),
        (Threshold("很满意", 60, 80),),
    )


def test_queries_do_not_grow_with_the_records(report):
    def queries(cut_off):
        with CaptureQueriesContext(connection) as captured:
            as_of(report, cut_off)
        return len(captured)

    busy = queries("2020-08-20")
    Activity.objects.filter(date=day("2020-03-15")).update(date=day("2020-09-15"))

    assert queries("2020-08-20") == busy
    assert busy <= 65


def test_empty_year(report):
    other = AnnualReport(year=2022, start=day("2022-01-01"), cut_off=day("2022-06-30"))
    keys = by_key(report_figures(other.scope))

    happened = {
        key: value
        for key, value in keys.items()
        if key.partition(".")[0] not in ("delegates", "groups", "villages", "rooms")
    }
    assert [key for key, value in happened.items() if value not in (0, [], None, {})] == [
        "feedback.outcomes",
        "feedback.rates",
    ]
    assert keys["feedback.outcomes"] == {"A": 0, "B": 0, "C": 0, "D": 0}
    assert keys["feedback.rates"] == {key: [0, 0] for key in RATES}
