"""Old records tell the people, groups and posts of their own day, whatever was learned later."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from congress.periods import Period, now
from congress.todo import todos_of
from delegates.absences import absent_mandates
from delegates.actions import count_votes
from delegates.assembly import assembly_of, sheet, turnout_of
from delegates.pages import ElectionPages
from groups import attendance, plan
from groups.forms.terms import TermForm
from groups.models import Attendance, DelegateGroup, Membership, Post
from groups.papers import rows_of
from reports.figures.activities import activity_figures
from reports.figures.duty import duty_figures
from reports.figures.groups import delegate_figures, group_figures
from reports.figures.reception import reception_figures
from reports.scope import Scope
from tests import factory
from tests.people_over_time import Town
from voters.actions import hold_day
from voters.actions.proposing import require_in_office
from voters.actions.reception import members_on
from voters.closing import blocking, checks_of
from voters.duty_plan import DutyPlan
from voters.forms.bills import BillForm
from voters.models import DutyReport
from voters.papers import liaison_on
from voters.rota import make_rota
from voters.rota.availability import Availability
from voters.rota_planning import rota_to_make
from voters.unit_results import ActivityResults

pytestmark = pytest.mark.django_db
day = factory.day
PLAN_YEAR = Period.of_year(2020)


@pytest.fixture
def town(office, set_today):
    set_today("2020-08-20")
    return Town(office)


def numbers(turnout):
    return turnout.expected, turnout.present


def test_marked_but_not_in_office_that_day_as_it_turns_out_later_is_not_counted(town):
    """Learned after the activity: ended, suspended, and elected only after it."""
    stays, gone, held = (town.elected(name) for name in ("在任", "已终止", "被羁押"))
    activity = factory.make_activity("2020-07-15", town.groups[1])
    for mandate, status in ((stays, "present"), (gone, "absent"), (held, "present")):
        factory.make_attendance(activity, mandate, status)
    late = town.elected("后当选", "2020-07-16")
    factory.make_attendance(activity, late, "absent")
    town.ends(gone, "2020-07-15", "died", announced="2020-08-10")
    town.suspended(held, "2020-07-01")

    taken = attendance.taken(activity, attendance.sheet(activity))
    figures = activity_figures(Scope(PLAN_YEAR, 2020))

    assert numbers(taken.turnout) == (1, 1)
    assert {line.mandate for line in taken.not_counted} == {gone, held, late}
    assert (figures.attendance.expected, figures.attendance.present) == (1, 1)
    assert figures.inspection[0].attendance == figures.attendance
    assert numbers(attendance.turnout(Attendance.objects.counted())) == (1, 1)


def test_of_two_mandates_one_in_office_is_enough_to_be_counted(town):
    both = town.elected("双职")
    county = town.elected(both.delegate, level="county")
    activity = factory.make_activity("2020-07-15")
    factory.make_attendance(activity, county)
    town.ends(county, "2020-07-01")

    taken = attendance.taken(activity, attendance.sheet(activity))

    assert numbers(taken.turnout) == (1, 1)
    assert taken.not_counted == []


def test_session_counts_those_in_office_on_its_first_day(town):
    names = ("在任", "会后辞职", "会上辞职", "会前被羁押", "当日补选")
    on = {"当日补选": "2020-07-15"}
    people = {name: town.elected(name, on.get(name, "2017-01-05")) for name in names}
    session = factory.make_session(4, "2020-07-15", state="held", term=town.term)
    for name, mandate in people.items():
        factory.make_session_attendance(session, mandate, "absent" if "羁押" in name else "present")
    town.ends(people["会后辞职"], "2020-07-16")
    town.ends(people["会上辞职"], "2020-07-15")
    town.suspended(people["会前被羁押"], "2020-07-14")

    turnout, assembly = turnout_of(session), assembly_of(session)

    assert numbers(turnout) == (3, 3)
    assert (assembly.in_office, assembly.suspended) == (3, 1)
    assert [line.mandate.delegate.name for line in sheet(session) if not line.is_expected] == [
        "会上辞职",
        "会前被羁押",
    ]
    assert not absent_mandates().exists()


def test_invited_by_name_and_no_longer_in_office_is_not_expected(town):
    stays, gone = town.elected("在任"), town.elected("已辞职")
    activity = factory.make_activity("2020-07-15", circle="named")
    activity.invited.set([stays, gone])
    town.ends(gone, "2020-07-15")

    assert [line.mandate for line in attendance.sheet(activity)] == [stays]


def test_leave_approved_of_somebody_who_then_left_office_does_not_count(town):
    stays, gone = town.elected("在任"), town.elected("已辞职")
    activity = factory.make_activity("2020-09-15", town.groups[1])
    factory.make_leave_request(
        activity,
        gone,
        town.office,
        state="approved",
        approved_by="组长",
        decided_by=town.office,
        decided_at=now(),
    )
    town.ends(gone, "2020-09-10")

    taken = attendance.taken(activity, attendance.sheet(activity))

    assert [line.mandate for line in taken.unmarked] == [stays]
    assert (numbers(taken.turnout), taken.turnout.leave) == ((1, 0), 0)


def test_paper_of_an_old_activity_names_groups_and_posts_of_its_day(town):
    old, new = town.elected("老组长", post=Post.LEADER), town.elected("新组长")
    town.takes_post(new, Post.LEADER, "2020-07-16")
    town.moves(old, 2, "2020-08-01")
    before, after = (factory.make_activity(date) for date in ("2020-07-15", "2020-08-15"))

    told = [
        [(row.name, row.group, row.post) for row in rows_of(activity)]
        for activity in (before, after)
    ]

    first, second = map(str, (town.groups[1], town.groups[2]))
    assert told == [
        [("老组长", first, "组长"), ("新组长", first, "")],
        [("新组长", first, "组长"), ("老组长", second, "")],
    ]


def test_liaison_of_a_day_is_the_delegate_or_staff_of_that_day(town):
    town.elected("代表联系员", post=Post.LIAISON)
    town.has_liaison("干事", "2020-07-15")

    assert [liaison_on(town.groups[1], day(date)) for date in ("2020-07-14", "2020-07-15")] == [
        "代表联系员",
        "干事",
    ]


def test_end_learned_late_closes_all_that_was_recorded_after_it(town):
    mandate = town.elected("张某")
    town.moves(mandate, 2, "2020-07-15")
    town.moves(mandate, 1, "2020-08-01")

    town.ends(mandate, "2020-07-10", announced="2020-08-15")

    assert list(Membership.objects.values_list("group__ordinal", "start", "end")) == [
        (1, day("2017-01-05"), day("2020-07-10"))
    ]


def test_result_of_an_election_stays_as_it_was_counted(town):
    """Seven delegates, four votes: elected, though it is learned later that there were more."""
    people = [town.elected(f"代表{number}") for number in range(7)]
    session = factory.make_session(4, "2020-07-15", state="held", term=town.term)
    election = factory.make_election(session, ["李敏"])
    votes = {election.candidates.get().pk: (4, 0, 0)}
    count_votes(by=town.office, election=election, issued=4, returned=4, valid=4, votes=votes)
    town.suspended(people[0], "2020-07-20")
    for number in range(2):
        town.elected(f"补登{number}")

    election.refresh_from_db()
    told = ElectionPages.related(election, town.office)

    assert assembly_of(session).total == 9
    assert (told["assembly"].total, told["majority"]) == (7, 4)
    assert [each.name for each in told["outcome"].elected] == ["李敏"]


def test_bill_of_a_past_session_is_put_by_those_in_office_when_it_was_received(town):
    gone = [town.elected(f"已离任{number}") for number in range(5)]
    session = factory.make_session(4, "2020-03-01", state="held", term=town.term)
    for mandate in gone:
        town.ends(mandate, "2020-06-01")
    new = town.elected("新当选", "2020-06-01")
    given = {
        "session": session.pk,
        "title": "关于保护饮用水水源的议案",
        "cause": "水源地没有围护。",
        "grounds": "去年三次水质超标。",
        "scheme": "年内建围栏。",
        "proposer_kind": "delegates",
        "received_on": "2020-02-20",
        "lead": gone[0].pk,
        "submission": uuid.uuid4(),
    }

    good = BillForm(given | {"seconders": [each.pk for each in gone[1:]]}, user=town.office)
    wrong = BillForm(
        given | {"lead": new.pk, "seconders": [each.pk for each in gone[1:]]}, user=town.office
    )

    assert good.is_valid(), good.errors
    good.save()
    assert wrong.is_valid()
    with pytest.raises(ValidationError, match="新当选在2020-02-20不是在任的镇级代表"):
        wrong.save()


def end_of_term(town, day_or_none):
    """As the page of the term does it."""
    term = town.term
    term.refresh_from_db()
    data = {"ordinal": term.ordinal, "first_day": term.first_day, "last_day": day_or_none or ""}
    form = TermForm(data | {"version": term.version}, instance=term, user=town.office)
    assert form.is_valid(), form.errors
    form.save()


def in_office(date):
    people = delegate_figures(Scope(Period(day(date), day(date)), 2020))
    return people.town, people.county, people.persons


def test_term_ends_with_all_that_belongs_to_it_and_the_next_begins(town, set_today):
    """Nobody is counted twice over the change, and old days show the old groups."""
    set_today("2020-10-01")
    stays, goes = town.elected("连任"), town.elected("不再连任", post=Post.LEADER)
    town.elected(stays.delegate, level="county")
    town.has_liaison("干事", "2020-01-01", group=2)
    gone = town.elected("早已辞职")
    town.ends(gone, "2020-03-01")
    factory.make_coverage(town.groups[1], factory.make_village("XX村"))
    old = town.groups[1]

    end_of_term(town, "2020-08-31")
    town.term = factory.make_term(16, "2020-09-01")
    town.groups = {1: factory.make_group(1, town.term, start=day("2020-09-01"))}
    town.elected(stays.delegate, "2020-09-01")
    town.elected("新当选", "2020-09-01")

    assert [in_office(date) for date in ("2020-08-31", "2020-09-01")] == [(2, 1, 2), (2, 0, 2)]
    assert [each.posts for each in group_figures(Scope.of_year(2020)).groups] == [frozenset()]
    assert goes.__class__.objects.get(pk=goes.pk).get_end_reason_display() == "任期届满"
    assert [
        sorted(line.mandate.delegate.name for line in attendance.sheet(activity))
        for activity in (
            factory.make_activity("2020-08-31", old),
            factory.make_activity("2020-09-01", old),
            factory.make_activity("2020-09-01", town.groups[1]),
        )
    ] == [["不再连任", "连任"], [], ["新当选", "连任"]]
    assert not Membership.objects.holding_on(day("2020-09-01")).filter(group__term=15).exists()


def test_last_day_of_a_term_noted_wrongly_is_put_right_or_taken_back(town, set_today):
    set_today("2020-10-01")
    town.elected("张某")
    gone = town.elected("早已辞职")
    town.ends(gone, "2020-03-01")
    before = list(Membership.objects.order_by("pk").values_list("start", "end"))

    end_of_term(town, "2020-08-31")
    end_of_term(town, "2020-09-10")
    assert [in_office(date)[0] for date in ("2020-09-10", "2020-09-11")] == [1, 0]
    end_of_term(town, None)

    assert in_office("2020-12-31") == (1, 0, 1)
    assert list(Membership.objects.order_by("pk").values_list("start", "end")) == before
    assert not DelegateGroup.objects.exclude(end=None).exists()


@pytest.mark.parametrize("last_day", ["2020-12-31", "2020-06-01"])
def test_term_does_not_end_before_its_day_or_before_what_happened_in_it(town, last_day):
    town.elected("补选", "2020-07-15")
    with pytest.raises(ValidationError):
        end_of_term(town, last_day)
    assert in_office("2020-08-20")[0] == 1


def test_who_is_on_the_rota_and_left_office_before_the_day_is_told(town):
    stays, gone, held = (town.elected(name) for name in ("在任", "已辞职", "被羁押"))
    reception = factory.make_reception_day(
        "2020-08-20", town.groups[1], [stays, gone, held], state="announced"
    )
    town.ends(gone, "2020-08-19")
    town.suspended(held, "2020-08-20")

    with pytest.raises(ValidationError, match="已辞职、被羁押在2020-08-20不在任"):
        hold_day(user=town.office, day=reception)
    told = [check.words for check in blocking(checks_of(reception, town.office))]
    (waiting,) = [
        each for each in todos_of(town.office, day("2020-08-20")) if "不在任" in each.label
    ]
    assert [(each.words, each.when) for each in waiting.samples()] == [
        (str(reception), "已辞职"),
        (str(reception), "被羁押"),
    ]
    problems = make_rota(rota_to_make(2020).case).problems

    assert told == ["已辞职当日不在任，不能记为到岗", "被羁押当日不在任，不能记为到岗"]
    assert [
        person
        for problem in problems
        if problem.rule == "fixed" and "不是本组在任代表" in problem.sentence
        for person in problem.people
    ] == [gone.delegate_id, held.delegate_id]
    reception.duties.exclude(mandate=stays).update(status="absent")
    hold_day(user=town.office, day=reception)
    assert reception_figures(Scope(PLAN_YEAR, 2020)).delegates == 1


def test_visits_received_before_leaving_office_still_count(town):
    gone = town.elected("已辞职")
    reception = factory.make_reception_day("2020-07-15", town.groups[1], [gone])
    factory.make_visit(reception, persons=3)
    town.ends(gone, "2020-08-01")

    figures = reception_figures(Scope(PLAN_YEAR, 2020))

    assert (figures.delegates, figures.visits, figures.persons) == (1, 1, 3)


def test_duty_report_held_counts_and_one_that_will_never_be_held_is_not_awaited(town):
    """Of two who left, one had reported; the group's plan counts that of its member of the day."""
    done, left, stays = (town.elected(name) for name in ("已述职", "未述职", "在任"))
    factory.make_held_report(done, held_on="2020-07-10")
    for mandate in (left, stays):
        factory.make_duty_report(mandate, planned_month=7)
    town.moves(done, 2, "2020-07-11")
    town.ends(done, "2020-08-01")
    town.ends(left, "2020-08-01")
    plans = [
        factory.make_plan_item(group, kind="duty_report", first_month=1, last_month=12)
        for group in (town.groups[1], town.groups[2], None)
    ]

    counted = [
        [record.mandate for _, record in plan.records_of(item, day("2020-08-20"))] for item in plans
    ]

    assert counted == [[done], [], [done]]
    assert [report.mandate for report in DutyReport.objects.due(day("2020-08-20"))] == [stays]
    assert [report.mandate for report in plan.awaited_for(plans[2])] == [stays]
    assert duty_figures(Scope(PLAN_YEAR, 2020)).done == 1
    assert [each.mandate for each in DutyPlan(2020).candidates] == [stays]


def test_person_in_two_groups_takes_turns_in_one_of_them(town):
    """Two mandates in two groups: expected in both, and on one day on duty in one."""
    both = town.elected("双职")
    county = town.elected(both.delegate, level="county", group=2)
    for group in (1, 2):
        town.elected(f"{group}组", group=group)
    days = [
        factory.make_reception_day("2020-09-15", town.groups[group], [], state="planned")
        for group in (1, 2)
    ]

    availability = Availability(rota_to_make(2020).case)

    free = [
        person.person
        for each in availability.case.days
        for person in availability.available(each)
        if person.person == both.delegate_id
    ]
    assert free == [both.delegate_id]
    assert [members_on(each.group, each.date).first() for each in days] == [both, county]


def test_who_proposed_and_left_stays_the_proposer_of_what_was_proposed(town):
    gone = town.elected("已辞职")
    suggestion = factory.make_suggestion(gone)
    town.ends(gone, "2020-08-19")
    suggestion.refresh_from_db()

    assert suggestion.lead_proposer == gone
    with pytest.raises(ValidationError, match="已辞职在2020-08-20不是在任的镇级代表"):
        require_in_office([gone], day("2020-08-20"), "lead_proposer")


def test_a_ballot_for_each_person_expected_not_for_each_mandate(town):
    both = town.elected("双职")
    town.elected(both.delegate, level="county")
    activity = factory.make_evaluation("2020-07-15")

    assert ActivityResults.of(activity).ballots_wanted == 1


def test_plan_of_a_past_year_knows_nothing_of_reports_held_later(town):
    mandate = town.elected("张某")
    factory.make_held_report(mandate, 2020)

    candidate = DutyPlan(2019).candidates[0]

    assert (candidate.mandate, candidate.last_held, candidate.had_a_turn) == (mandate, None, False)
