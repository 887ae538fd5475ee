"""Who was expected at a session, taking attendance, and what absences come to."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from congress.models import Session
from congress.todo import todos_of
from delegates import actions
from delegates.absences import absent_mandates, warned_mandates, warning_of, with_absences
from delegates.actions import Mark
from delegates.assembly import assembly_of, has_quorum, sheet, turnout_of
from delegates.forms.sessions import seen_of
from delegates.models import Delegate, Mandate, SessionAttendance
from tests.factory import (
    day,
    make_constituency,
    make_delegate,
    make_mandate,
    make_session,
    make_session_attendance,
    make_suspension,
    make_term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(set_today):
    set_today("2020-08-20")


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


def delegate(name, **fields):
    return make_mandate(make_delegate(name), **fields)


def page(session):
    return reverse("session_attendance", args=[session.pk])


def people(session):
    return [line.mandate.delegate.name for line in sheet(session)]


def marks(session, **fields):
    """What a browser sends that marks these people: 张某="approved:health:主席团:"."""
    data = {"version": session.version}
    for line in sheet(session):
        key, each = line.mandate.pk, line.attendance
        shown = (each.status, each.reason, each.approved_by, each.remark) if each else ("",) * 4
        given = fields.get(line.mandate.delegate.name)
        values = [*given.split(":"), "", "", ""][:4] if given is not None else shown
        names = ("status", "reason", "approved_by", "remark")
        data |= {f"{name}_{key}": value for name, value in zip(names, values, strict=True)}
        data[f"seen_{key}"] = seen_of(line)
    return data


def saved():
    return list(
        SessionAttendance.objects.order_by("mandate").values_list(
            "mandate__delegate__name", "status", "reason", "approved_by", "remark"
        )
    )


def test_expected_are_delegates_of_this_congress_in_office_that_day():
    session = make_session(3, "2020-01-15")
    delegate("在任")
    delegate("当日当选", start="2020-01-15")
    delegate("次日当选", start="2020-01-16")
    delegate("当日终止", end="2020-01-15")
    delegate("次日终止", end="2020-01-16")
    delegate("县代表", level="county")
    delegate("上届代表", term=make_term(14, "2012-01-01"))
    make_suspension(delegate("暂停"), "2020-01-15")
    make_suspension(delegate("已恢复"), "2019-06-01", "2020-01-15")

    assert people(session) == ["在任", "当日当选", "次日终止", "已恢复"]
    assembly = assembly_of(session)
    assert (assembly.in_office, assembly.suspended, assembly.total) == (4, 1, 4)


def test_vacant_seats_are_told_where_all_seats_are_known():
    session = make_session(3, "2020-01-15")
    make_constituency("第一选区", seats=3)
    delegate("在任")
    make_suspension(delegate("暂停"), "2020-01-01")

    assert (assembly_of(session).seats, assembly_of(session).vacant) == (3, 1)
    make_constituency("第二选区")
    assert (assembly_of(session).seats, assembly_of(session).vacant) == (None, None)


def test_quorum_is_two_thirds():
    assert [has_quorum(present, 50) for present in (33, 34)] == [False, True]
    assert not has_quorum(0, 0)


def test_sheet_is_saved_together(desk):
    session = make_session(3, "2020-08-20")
    for name in ("张某", "王某", "李某", "赵某"):
        delegate(name)

    answer = desk.post(
        page(session),
        marks(
            session,
            张某="present:health:主席团",
            王某="approved:health:主席团:住院",
            李某="unapproved:work:主席团",
            赵某="absent",
        ),
    )

    assert answer.url == session.get_absolute_url()
    assert saved() == [
        ("张某", "present", "", "", ""),
        ("王某", "approved", "health", "主席团", "住院"),
        ("李某", "unapproved", "work", "", ""),
        ("赵某", "absent", "unstated", "", ""),
    ]
    turnout = turnout_of(session)
    assert (turnout.expected, turnout.present, turnout.unmarked) == (4, 1, 0)


def test_all_present_marks_the_others_and_saves_nothing(desk):
    session = make_session(3, "2020-08-20")
    for name in ("张某", "王某"):
        delegate(name)

    shown = desk.post(
        page(session), marks(session, 王某="approved:health:主席团") | {"all_present": "1"}
    )

    assert [fields["status"].value() for _, fields in shown.context["form"].rows()] == [
        "present",
        "approved",
    ]
    assert saved() == []


def test_approved_leave_names_who_approved(desk):
    session = make_session(3, "2020-08-20")
    mandate = delegate("张某")

    refused = desk.post(page(session), marks(session, 张某="approved:health::"))

    assert refused.context["form"].errors == {
        f"approved_by_{mandate.pk}": [
            "张某请假已批准，请写明批准人；没有批准的选“请假（未批准）”。"
        ]
    }
    assert saved() == []
    with pytest.raises(IntegrityError):
        make_session_attendance(session, mandate, "approved", approved_by="")


def test_before_the_day_only_leave_is_recorded(desk):
    session = make_session(4, "2020-09-03")
    delegate("张某")

    early = desk.post(page(session), marks(session, 张某="present"))
    assert early.context["form"].non_field_errors() == [
        "会议定于2020年9月3日，会前只能登记请假；张某不能登记为出席。"
    ]
    desk.post(page(session), marks(session, 张某="approved:health:主席团"))

    assert saved() == [("张某", "approved", "health", "主席团", "")]


def test_session_called_off_takes_no_attendance(office):
    session = make_session(3, "2020-08-20", state="cancelled")
    mandate = delegate("张某")
    with pytest.raises(ValidationError, match="会议已取消"):
        actions.take_session_attendance(
            by=office, session=session, marks={mandate.pk: Mark("present")}
        )


def test_somebody_who_was_not_expected_is_refused(office):
    session = make_session(3, "2020-08-20")
    county = delegate("县代表", level="county")
    with pytest.raises(ValidationError, match="不在这次会议的应到之列"):
        actions.take_session_attendance(
            by=office, session=session, marks={county.pk: Mark("present")}
        )
    assert saved() == []


def test_second_of_two_people_is_told_and_loses_nothing(desk):
    session = make_session(3, "2020-08-20")
    for name in ("张某", "王某", "李某"):
        delegate(name)
    mine = marks(session, 张某="absent", 李某="present")
    desk.post(page(session), marks(session, 张某="present", 王某="present"))

    told = desk.post(page(session), mine)

    assert told.status_code == 409
    assert told.context["differing"] == [("张某", "出席", "缺席：未说明")]
    form = told.context["form"]
    desk.post(page(session), {bound.html_name: bound.value() or "" for bound in form})
    assert [row[:2] for row in saved()] == [
        ("张某", "absent"),
        ("王某", "present"),
        ("李某", "present"),
    ]


def test_rows_that_were_not_sent_stay_as_they_are(desk):
    session = make_session(3, "2020-08-20")
    make_session_attendance(session, delegate("张某"), "absent", reason="work")
    sent = marks(session)
    delegate("新当选")

    desk.post(page(session), {"version": session.version})
    session.refresh_from_db()
    desk.post(page(session), sent | {"version": session.version})

    assert saved() == [("张某", "absent", "work", "", "")]


def absences_of(mandate):
    return with_absences(Mandate.objects.filter(pk=mandate.pk)).get().absences


def test_absences_that_count():
    """Held sessions of the own congress, without approval, in office and not suspended."""
    mandate = delegate("张某", start="2018-01-01", end="2020-06-01")
    make_suspension(mandate, "2019-01-01", "2019-06-01")
    for ordinal, (date, status, state) in enumerate(
        [
            ("2017-06-01", "absent", "held"),
            ("2018-01-01", "absent", "held"),
            ("2018-03-01", "approved", "held"),
            ("2018-06-01", "unapproved", "held"),
            ("2018-09-01", "present", "held"),
            ("2019-02-01", "absent", "held"),
            ("2019-06-01", "absent", "held"),
            ("2020-01-01", "absent", "cancelled"),
            ("2020-02-01", "unapproved", "planned"),
            ("2020-06-01", "absent", "held"),
        ],
        1,
    ):
        make_session_attendance(make_session(ordinal, date, state=state), mandate, status)
    other = make_session(1, "2020-03-01", term=make_term(16, "2020-03-01"), state="held")
    make_session_attendance(other, mandate, "absent")

    assert absences_of(mandate) == 3


def test_warning_at_one_alert_at_two_and_nobody_is_ended():
    once, twice, gone = delegate("一次"), delegate("两次"), delegate("已终止", end="2020-08-01")
    for ordinal, date in ((1, "2019-01-15"), (2, "2020-01-15")):
        session = make_session(ordinal, date, state="held")
        for mandate in (twice, gone):
            make_session_attendance(session, mandate, "absent")
    make_session_attendance(session, once, "unapproved")

    assert warning_of(0) is None
    assert [str(warning_of(number)) for number in (1, 2, 3)] == [
        "提醒（1次）",
        "警示（2次）",
        "警示（3次）",
    ]
    assert "代表资格审查委员会报本级人民代表大会" in warning_of(2).advice
    assert {each.delegate.name for each in absent_mandates()} == {"一次", "两次"}
    assert [each.delegate.name for each in warned_mandates("alert")] == ["两次"]
    assert [each.delegate.name for each in warned_mandates("reminder")] == ["一次"]
    assert Mandate.objects.get(pk=twice.pk).end is None


def test_warnings_are_shown_in_the_lists(desk):
    session = make_session(3, "2020-01-15", state="held")
    make_session_attendance(session, delegate("张某"), "absent")
    delegate("王某")

    def names(address, query):
        rows = desk.get(reverse(address), query).context["rows"]
        return [(str(record), cells[-1]["text"]) for record, cells in rows]

    assert names("delegate_list", {}) == [("张某", "提醒（1次）"), ("王某", "")]
    assert names("delegate_list", {"absent": "reminder"}) == [("张某", "提醒（1次）")]
    assert names("mandate_list", {"absent": "any"}) == [("张某（Z15-001）", "提醒（1次）")]
    assert names("mandate_list", {"absent": "alert"}) == []


def test_who_is_told_of_absences(cast, logged_in):
    own = Delegate.objects.get(account=cast["delegate"]).mandates.get()
    other = delegate("另一位")
    session = make_session(3, "2020-01-15", state="held")
    for mandate in (own, other):
        make_session_attendance(session, mandate, "absent", reason="family")

    def told(username):
        return [
            (todo.label, todo.count)
            for todo in todos_of(cast[username], day("2020-08-20"))
            if "缺席" in todo.label
        ]

    assert told("secretary") == [("代表一次未经批准缺席会议", 2)]
    assert told("delegate") == [("未经批准缺席人民代表大会会议", 1)]
    assert [told(name) for name in ("office", "chair", "leader", "unit")] == [[], [], [], []]
    shown = logged_in(cast["delegate"]).get(own.delegate.get_absolute_url()).content.decode()
    assert "提醒（1次）" in shown
    assert "家庭" in shown


def test_office_is_told_of_sessions_left_open(office):
    make_session(1, "2020-08-19")
    make_session(2, "2020-08-18", state="held")
    make_session_attendance(make_session(3, "2020-08-17", state="held"))
    make_session(4, "2020-08-21")
    make_session(5, "2019-08-19")

    waiting = {
        todo.label: [sample.words for sample in todo.samples()]
        for todo in todos_of(office, day("2020-08-20"))
    }

    assert waiting == {
        "会议日期已到，未登记召开": ["十五届人大一次会议"],
        "已召开的会议未登记出席": ["十五届人大二次会议"],
    }


def people_at(session, number):
    term, constituency = make_term(), make_constituency()
    start = Delegate.objects.count()
    delegates = Delegate.objects.bulk_create(
        Delegate(name=f"代表{each}", sex="男", birth_month=day("1975-03-01"), phone=f"{each:011d}")
        for each in range(start, start + number)
    )
    mandates = Mandate.objects.bulk_create(
        Mandate(
            delegate=each,
            level="town",
            term=term,
            constituency=constituency,
            card_number=f"Z15-{each.pk:04d}",
            start=day("2017-01-05"),
        )
        for each in delegates
    )
    SessionAttendance.objects.bulk_create(
        SessionAttendance(session=session, mandate=each, status="absent", reason="work")
        for each in mandates
    )


def test_queries_do_not_grow_with_the_delegates(desk, queries_of):
    session = make_session(3, "2020-01-15", state="held")
    addresses = [
        session.get_absolute_url(),
        page(session),
        reverse("delegate_list"),
        reverse("mandate_list") + "?absent=any",
        reverse("todo"),
    ]
    people_at(session, 3)
    few = [queries_of(desk, address) for address in addresses]
    people_at(session, 297)

    assert [queries_of(desk, address) for address in addresses] == few


def test_planned_session_stays_planned_when_attendance_is_taken(desk):
    session = make_session(3, "2020-08-20")
    delegate("张某")

    answer = desk.post(page(session), marks(session, 张某="present"), follow=True)

    assert "会议尚未登记召开，请登记召开。" in answer.content.decode()
    assert Session.objects.get(pk=session.pk).state == "planned"
