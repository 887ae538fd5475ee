"""The handover lists what the successor must know, as of the day, from the records."""

import datetime

import pytest
from django.urls import reverse

from congress.models import AuditEntry
from congress.periods import today
from groups.models import Post
from reports.handover import handover
from tests import factory
from voters.models import Commitment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(set_today):
    set_today("2020-08-20")


def section(user, title):
    return next(each for each in handover(user, today()) if each.title == title)


def test_an_empty_office_hands_over_its_account_alone(secretary):
    filled = {each.title: each.values for each in handover(secretary, today()) if each.values}

    assert filled == {"账号": [("人大秘书", "人大秘书", "secretary", "")]}


def test_the_last_log_in_is_told_by_the_offices_day(secretary):
    secretary.last_login = datetime.datetime(2020, 8, 19, 17, 3, tzinfo=datetime.UTC)
    secretary.save()

    assert section(secretary, "账号").values == [
        ("人大秘书", "人大秘书", "secretary", "2020-08-20")
    ]


def test_what_is_open_is_listed_and_what_is_ended_is_not(secretary):
    item = factory.make_item(state="handling", title="修路灯", due_on=factory.day("2020-08-19"))
    Commitment.objects.create(item=item, text="明年修好", due_on=factory.day("2021-06-30"))
    Commitment.objects.create(
        item=item,
        text="已修",
        due_on=factory.day("2020-06-30"),
        kept_on=factory.day("2020-06-01"),
        result="已修",
    )
    group = factory.make_group(1)
    factory.make_membership(group, factory.make_mandate(factory.make_delegate("张赟")), Post.LEADER)
    factory.make_plan_item(group, title="视察道路", first_month=9)

    unit = item.lead_unit
    assert section(secretary, "未办结的意见建议和代表建议").values == [
        (item.number, "修路灯", str(unit), item.get_state_display(), "2020-08-19（逾期）")
    ]
    assert section(secretary, "答复时的承诺").values == [
        ("明年修好", "2021-06-30", item.number, str(unit))
    ]
    assert [row[1:3] for row in section(secretary, "代表小组负责人").values] == [("张赟", "组长")]
    assert [row[0] for row in section(secretary, "年度计划未完成的项目").values] == ["视察道路"]
    assert [(row[0], row[3]) for row in section(secretary, "承办单位").values] == [(unit.name, "1")]


def test_more_records_cost_no_more_queries(secretary, logged_in, queries_of):
    client = logged_in(secretary)

    def add(number):
        item = factory.make_item(state="handling")
        Commitment.objects.create(item=item, text="修好", due_on=factory.day("2021-06-30"))
        group = factory.make_group(number)
        mandate = factory.make_mandate(factory.make_delegate(f"代表{number}"))
        factory.make_membership(group, mandate, Post.LEADER)
        factory.make_plan_item(group, first_month=9)
        factory.make_recommendation(factory.make_activity("2020-08-01", group=group))

    add(1)
    few = queries_of(client, reverse("handover"))
    add(2)
    add(3)

    assert queries_of(client, reverse("handover")) == few


def test_the_paper_is_printed_and_written_down(secretary, logged_in, papers_as_html):
    factory.make_township()

    paper = logged_in(secretary).get(reverse("handover_paper"))

    assert "监交人" in paper.content.decode()
    assert [entry.words for entry in AuditEntry.objects.filter(kind="print")] == [
        "打印工作交接书（2020年8月20日）"
    ]
