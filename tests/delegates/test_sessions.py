"""Sessions: held, moved, called off, with their agenda as report and ledger read it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from congress.ledgers import session_records
from congress.models import AgendaItem, Session
from congress.pages import agenda_of
from congress.periods import Period
from delegates import actions
from reports.figures.institution import session_figures
from reports.scope import Scope
from tests.factory import (
    day,
    make_election,
    make_mandate,
    make_session,
    make_session_attendance,
    make_suspension,
    make_township,
)

pytestmark = pytest.mark.django_db

REPORT = "听取和审议镇人民政府工作报告"


@pytest.fixture(autouse=True)
def _on_the_day(set_today):
    set_today("2020-08-20")


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


def page(name, session):
    return reverse(f"session_{name}", args=[session.pk])


def agenda_rows(session, *rows):
    """What a browser sends: (number, title, reporter, result)."""
    data = {
        "version": session.version,
        "form-TOTAL_FORMS": len(rows),
        "form-INITIAL_FORMS": 0,
    }
    for index, (position, title, reporter, result) in enumerate(rows):
        data |= {
            f"form-{index}-position": position,
            f"form-{index}-title": title,
            f"form-{index}-reporter": reporter,
            f"form-{index}-result": result,
        }
    return data


def test_session_is_held_on_its_day_and_says_that_attendance_is_missing(desk, office):
    session = make_session(3, "2020-08-20")
    coming = make_session(4, "2020-09-03")

    answer = desk.post(page("hold", session), follow=True)

    assert "尚未登记出席情况，请登记出席。" in answer.content.decode()
    assert Session.objects.get(pk=session.pk).state == "held"
    with pytest.raises(ValidationError, match="会议定于2020年9月3日，日期未到"):
        actions.hold_session(by=office, session=coming)
    with pytest.raises(ValidationError, match="只有计划中的会议才能登记召开"):
        actions.hold_session(by=office, session=session)


def test_day_first_set_is_kept_however_often_it_is_moved(desk):
    session = make_session(4, "2020-09-03")

    desk.post(page("move", session), {"date": "2020-09-10", "because": "防汛"})
    desk.post(page("move", session), {"date": "2020-09-17", "because": "防汛延长"})

    moved = Session.objects.get(pk=session.pk)
    assert (moved.date, moved.original_date, moved.moved_because) == (
        day("2020-09-17"),
        day("2020-09-03"),
        "防汛延长",
    )
    shown = dict(desk.get(session.get_absolute_url()).context["facts"])
    assert (shown["原定日期"], shown["改期原因"]) == ("2020-09-03", "防汛延长")


def test_moving_needs_another_day_and_a_reason(desk):
    session = make_session(4, "2020-09-03")

    same = desk.post(page("move", session), {"date": "2020-09-03", "because": "防汛"})
    silent = desk.post(page("move", session), {"date": "2020-09-10", "because": ""})
    backwards = desk.post(
        page("move", session),
        {"date": "2020-09-10", "last_day": "2020-09-09", "because": "防汛"},
    )

    assert same.context["form"].errors == {"date": ["新的日期与原来的相同。"]}
    assert silent.context["form"].errors == {"because": ["请填写这一项。"]}
    assert backwards.context["form"].errors == {"last_day": ["结束日期不能早于会议日期。"]}
    assert Session.objects.get(pk=session.pk).original_date is None


def test_session_called_off_leaves_report_and_comes_back(desk):
    session = make_session(4, "2020-09-03")
    scope = Scope(Period(day("2020-01-01"), day("2020-08-20")), 2020)

    desk.post(page("cancel", session), {"because": "并入下次会议"})
    assert session_figures(scope).next is None
    assert list(session_records()) == []
    desk.post(page("reopen", session))

    back = Session.objects.get(pk=session.pk)
    assert (back.state, back.cancelled_because) == ("planned", "")
    assert session_figures(scope).next.ordinal == 4


def test_what_came_of_a_session_keeps_it(desk, office):
    session = make_session(3, "2020-01-15", state="held")
    make_session_attendance(session)

    refused = desk.post(page("delete", session))

    assert refused.status_code == 409
    assert refused.context["held_by"] == [("会议出席", 1)]
    with pytest.raises(ValidationError, match="已登记出席情况，不能改回计划"):
        actions.reopen_session(by=office, session=session)
    with_election = make_session(4, "2020-09-03")
    make_election(with_election)
    with pytest.raises(ValidationError, match="请先删除选举"):
        actions.cancel_session(by=office, session=with_election, because="防汛")


def test_only_keepers_change_sessions(leader, chair):
    session = make_session(3, "2020-08-20")
    for user in (leader, chair):
        with pytest.raises(PermissionDenied):
            actions.hold_session(by=user, session=session)
        with pytest.raises(PermissionDenied):
            actions.write_agenda(by=user, session=session, items=[])
        with pytest.raises(PermissionDenied):
            actions.take_session_attendance(by=user, session=session, marks={})


def test_agenda_is_one_list_for_page_report_and_ledger(desk):
    session = make_session(4, "2020-09-03", agenda="选举、学习培训")

    desk.post(
        page("agenda", session),
        agenda_rows(
            session,
            ("2", "选举", "", ""),
            ("1", REPORT, "周明", "adopted"),
            ("", "其他", "", ""),
            ("", "", "", ""),
        ),
    )

    saved = Session.objects.get(pk=session.pk)
    assert saved.agenda == f"{REPORT}、选举、其他"
    assert [(each.title, each.reporter, each.result) for each in agenda_of(saved)] == [
        (REPORT, "周明", "adopted"),
        ("选举", "", ""),
        ("其他", "", ""),
    ]
    scope = Scope(Period(day("2020-01-01"), day("2020-08-20")), 2020)
    assert session_figures(scope).next.agenda == (REPORT, "选举", "其他")
    assert [row[3] for row in session_records()] == [saved.agenda]


def test_agenda_changed_by_the_ledger_keeps_what_is_known_of_its_items(desk):
    session = make_session(4, "2020-09-03", agenda=f"{REPORT}、选举")
    AgendaItem.objects.create(session=session, title="选举", result="elected")
    Session.objects.filter(pk=session.pk).update(agenda="选举、学习培训")

    shown = desk.get(session.get_absolute_url()).context["agenda"]

    assert [(each.title, each.result) for each in shown] == [("选举", "elected"), ("学习培训", "")]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("1", "选举、培训", "", "")], "项目名称中不能有“、”"),
        ([("1", "选举", "", ""), ("2", "选举", "", "")], "“选举”写了两次"),
        ([("1", "", "", "")], "议程至少要有一项。"),
        ([("1", "选举", "", ""), ("2", "", "周明", "")], "整行清空"),
    ],
)
def test_agenda_that_cannot_be_kept_is_refused(desk, rows, sentence):
    session = make_session(4, "2020-09-03", agenda="选举、学习培训")

    answer = desk.post(page("agenda", session), agenda_rows(session, *rows))

    assert sentence in answer.content.decode()
    assert Session.objects.get(pk=session.pk).agenda == "选举、学习培训"


def test_second_editor_of_the_agenda_is_told(desk):
    session = make_session(4, "2020-09-03", agenda="选举")
    desk.post(page("agenda", session), agenda_rows(session, ("1", "选举主席", "", "")))

    answer = desk.post(page("agenda", session), agenda_rows(session, ("1", "选举镇长", "", "")))

    assert answer.status_code == 409
    assert "选举主席" in answer.content.decode()
    assert Session.objects.get(pk=session.pk).agenda == "选举主席"


def test_held_session_is_not_added_for_a_day_to_come(desk):
    term = make_session(1, "2017-01-10", state="held").term
    form = desk.get(reverse("session_add")).context["form"]

    data = {
        "submission": form["submission"].value(),
        "term": term.pk,
        "ordinal": form["ordinal"].value(),
        "date": "2020-09-03",
        "agenda": "选举",
    }
    answer = desk.post(reverse("session_add"), data | {"state": "held"})

    assert form["ordinal"].value() == 2
    assert answer.context["form"].errors == {"date": ["已召开的会议，日期不能晚于今天。"]}
    assert desk.post(reverse("session_add"), data | {"state": "planned"}).status_code == 302
    assert desk.post(reverse("session_add"), data | {"state": "planned"}).status_code == 302
    assert Session.objects.count() == 2


def test_leader_reads_numbers_but_no_names(leader, logged_in):
    session = make_session(3, "2020-01-15", state="held")
    make_session_attendance(session, make_mandate(), "approved", reason="health", remark="住院治疗")

    text = logged_in(leader).get(session.get_absolute_url()).content.decode()

    assert "请假（已批准）" in text
    assert "住院治疗" not in text
    assert "健康" not in text
    assert "登记出席" not in text


@pytest.mark.parametrize("suspended_count", [False, True])
def test_page_shows_both_numbers_where_suspension_makes_a_difference(desk, suspended_count):
    make_township(counts_suspended=suspended_count)
    session = make_session(3, "2020-08-20", state="held")
    mandates = [make_mandate() for _ in range(4)]
    make_suspension(mandates[0], "2020-01-01")

    section = next(
        section
        for template, section in desk.get(session.get_absolute_url()).context["sections"]
        if template == "delegates/_session_numbers.html"
    )

    assert section["assembly"].total == (4 if suspended_count else 3)
    assert [(each.number, other) for each, other in section["rows"]][:3] == (
        [(3, 2), (3, 2), (1, 1)] if suspended_count else [(2, 3), (2, 3), (1, 1)]
    )
