"""Ballot slips, tally sheet and results of a work evaluation, as they come out on paper."""

import io

import pdfplumber
import pytest

from tests import factory

from .printed_paper import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity():
    factory.make_township()
    factory.make_ballot_scale(2017, "优秀/称职/基本称职/不称职", [("优秀", 50, 90)])
    return factory.make_evaluation(present=45)


@pytest.fixture
def client(secretary, logged_in):
    return logged_in(secretary)


def page(activity, name):
    return f"/unit-evaluations/activities/{activity.pk}/{name}"


def arranged(activity, number):
    return [
        factory.make_arranged_unit(activity, factory.make_unit(f"{n:02d}号站所"))
        for n in range(1, number + 1)
    ]


def pages_of(response):
    with pdfplumber.open(io.BytesIO(response.content)) as pdf:
        return len(pdf.pages)


@pytest.mark.parametrize(("number", "per", "pages"), [(5, 4, 2), (3, 2, 2), (1, 1, 1)])
def test_as_many_slips_as_wanted_each_with_all_units(client, activity, number, per, pages):
    arranged(activity, 6)

    response = client.get(page(activity, f"slips/?n={number}&per={per}"))

    text = text_of(response.content)
    words = ("工作评议测评票", "01号站所", "06号站所", "不称职", "意见建议", "无记名")
    assert [text.count(each) for each in words] == [number] * len(words)
    assert pages_of(response) == pages


@pytest.mark.parametrize(("units", "per"), [(12, 4), (20, 2), (40, 1)])
def test_many_units_still_fit_on_a_slip(client, activity, units, per):
    arranged(activity, units)

    response = client.get(page(activity, f"slips/?n={per}&per={per}"))

    assert pages_of(response) == 1


@pytest.mark.parametrize("query", ["per=3", "n=0", "n=401", "n=x", "n=-1"])
def test_no_other_slips(client, activity, query):
    arranged(activity, 1)

    response = client.get(page(activity, f"slips/?{query}"))

    assert response.url == page(activity, "")


@pytest.mark.parametrize("name", ["slips/", "tally-sheet/", "pdf/"])
def test_paper_waits_for_the_units(client, activity, name):
    response = client.get(page(activity, name), follow=True)

    assert [str(each) for each in response.context["messages"]] == [
        "还没有安排被评议单位，请先安排。"
    ]


def test_the_tally_sheet_has_a_line_a_unit_and_who_signs(client, activity):
    arranged(activity, 2)

    text = text_of(client.get(page(activity, "tally-sheet/")).content)

    words = ("01号站所", "02号站所", "优秀", "基本称职", "弃权", "有效票", "计票人", "监票人")
    assert [word for word in words if word not in text] == []


def test_the_results_are_printed_for_the_leader_too(client, leader, logged_in):
    factory.make_township()
    factory.make_ballot_scale(2017, thresholds=[("比较满意", 70, 90)])
    activity = factory.make_evaluation(group=factory.make_group(1), present=45)
    unit = factory.make_voted_unit(activity, head="周某")
    factory.make_second_vote(unit, "2020-03-20", satisfied=40, basically_satisfied=4)

    text = text_of(logged_in(leader).get(page(activity, "pdf/")).content)

    words = ("镇交通管理站", "周某", "76.6%", "93.6%", "比较满意", "复评（2020年3月20日）：85.1%")
    assert [word for word in words if word not in text] == []
