"""Sheet 14: what the pages keep of a session beyond the workbook, and what the workbook undoes."""

import datetime

import pytest

from congress.models import AgendaItem, Session
from congress.pages import agenda_of
from delegates import actions

from .ledger_files import cells_of, exported, import_file, small_town

pytestmark = pytest.mark.django_db

REPORT = "听取和审议乡人民政府工作报告"


@pytest.fixture
def town(set_today):
    set_today("2020-08-20")
    ledger = small_town()
    ledger.add("会议", 15, 4, datetime.date(2020, 9, 3), "选举、学习培训", "计划")
    import_file(ledger.file())
    return ledger


def the_session():
    return Session.objects.get(term__ordinal=15, ordinal=4)


def test_agenda_edited_on_the_page_comes_back_from_the_workbook(town, office):
    items = [
        AgendaItem(title=REPORT, reporter="周某", result="adopted"),
        AgendaItem(title="选举"),
    ]
    actions.write_agenda(by=office, session=the_session(), items=items)

    file = exported()
    import_file(file)

    assert [row[3] for row in cells_of(file)["会议"][1:]] == [f"{REPORT}、选举"]
    assert [(each.title, each.result) for each in agenda_of(the_session())] == [
        (REPORT, "adopted"),
        ("选举", ""),
    ]


def test_session_called_off_is_planned_again_by_the_workbook(town, office):
    actions.cancel_session(by=office, session=the_session(), because="防汛")

    import_file(town.file())

    assert (the_session().state, the_session().cancelled_because) == ("planned", "")


@pytest.mark.parametrize(("date", "last_day"), [("2020-09-03", "2020-09-04"), ("2020-09-10", None)])
def test_last_day_goes_with_a_first_day_after_it(town, date, last_day):
    Session.objects.filter(pk=the_session().pk).update(last_day=datetime.date(2020, 9, 4))
    town.row("会议", 次=4)["日期"] = datetime.date.fromisoformat(date)

    import_file(town.file())

    session = the_session()
    assert (str(session.date), session.last_day and str(session.last_day)) == (date, last_day)
