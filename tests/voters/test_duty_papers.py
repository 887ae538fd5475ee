"""Ballot slips, tally sheet and the list of a year, as they come out on paper."""

import pytest

from tests import factory

from .printed_paper import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    factory.make_township()
    factory.make_ballot_scale(2020, "优秀/称职/基本称职/不称职")
    mandate = factory.make_membership(
        mandate=factory.make_mandate(factory.make_delegate("欧阳某"))
    ).mandate
    return factory.make_duty_report(mandate)


@pytest.fixture
def printed(secretary, logged_in):
    client = logged_in(secretary)
    return lambda address: text_of(client.get(address).content)


@pytest.mark.parametrize("number", [4, 8])
def test_a_page_of_slips(report, printed, number):
    text = printed(f"/duty-reports/{report.pk}/slips/?per={number}")

    assert [text.count(words) for words in ("欧阳某", "2020年人大代表述职测评票", "不称职")] == [
        number
    ] * 3


def test_no_other_number_of_slips(report, secretary, logged_in):
    client = logged_in(secretary)

    assert client.get(f"/duty-reports/{report.pk}/slips/?per=5").status_code == 404


def test_the_tally_sheet_has_the_grades_of_the_year_and_who_signs(report, printed):
    text = printed(f"/duty-reports/{report.pk}/tally-sheet/")

    words = ("欧阳某", "优秀", "基本称职", "弃权", "有效票", "计票人", "监票人")
    assert [word for word in words if word not in text] == []


def test_the_list_of_a_year_tells_results(printed):
    factory.make_township()
    factory.make_ballot_scale(2020, thresholds=[("比较满意", 70, 90)])
    factory.make_held_report(factory.make_mandate(factory.make_delegate("张某")))
    factory.make_duty_report(factory.make_mandate(factory.make_delegate("王某")), planned_month=9)
    factory.make_held_report(year=2019)

    text = printed("/duty-reports/years/2020/")

    words = ("共安排2名", "已述职1名", "张某", "7月10日", "71.4%", "比较满意", "王某", "9月")
    assert [word for word in words if word not in text] == []


def test_a_leader_prints_the_own_groups_list(report, leader, other_leader, logged_in):
    own, other = (
        text_of(logged_in(user).get("/duty-reports/years/2020/").content)
        for user in (leader, other_leader)
    )

    assert ("欧阳某" in own, "欧阳某" in other) == (True, False)
