"""A recommendation of an inspection taken up as an item, its list, and the paper of the chain."""

import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from groups.models import Recommendation
from tests.factory import (
    make_activity,
    make_attendance,
    make_finding,
    make_follow_up,
    make_group,
    make_item,
    make_mandate,
    make_recommendation,
    make_topic,
    make_township,
    make_transmission,
    make_unit,
)
from tests.voters.printed_paper import text_of
from voters.actions import take_step, take_up_recommendation
from voters.models import FeedbackItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def year(set_today):
    set_today("2020-08-20")


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


def take_up_address(line):
    return reverse("recommendation_take_up", args=[line.pk])


def taken_up(user, line, **given):
    given = {"topic": make_topic(), "title": "加快码头建设", "summary": line.text, **given}
    return take_up_recommendation(user=user, recommendation=line, **given)


def test_recommendation_becomes_an_item_once_and_both_tell_of_it(desk):
    topic = make_topic("码头建设")
    activity = make_activity("2020-07-15", title="重点工程视察")
    line = make_recommendation(activity, "加快码头建设。", addressee="镇政府")
    form = desk.get(take_up_address(line)).context["form"]
    data = {name: form[name].value() for name in ("source", "topic", "title", "summary")}

    answers = [desk.post(take_up_address(line), data) for _ in range(2)]
    item = FeedbackItem.objects.get()

    assert data == {
        "source": "inspection",
        "topic": topic.pk,
        "title": "加快码头建设",
        "summary": "加快码头建设。",
    }
    assert (item.source, item.recommendation, item.state) == ("inspection", line, "registered")
    assert [answer.url for answer in answers] == [
        f"{activity.get_absolute_url()}#taken-up",
        item.get_absolute_url(),
    ]
    page = desk.get(item.get_absolute_url())
    assert page.context["origin"].words == "2020年7月15日“重点工程视察”"
    assert f'href="{activity.get_absolute_url()}#chain"' in page.content.decode()
    (row,) = rows_of(desk, activity)
    assert (row.item, row.steps, row.take_up) == (item, (("2020年8月20日", "登记为意见建议"),), "")


def rows_of(browser, activity):
    sections = dict(browser.get(activity.get_absolute_url()).context["sections"])
    return sections["voters/_activity_items.html"]["rows"]


def test_suggestion_is_proposed_by_delegates_who_were_there(desk):
    activity = make_activity("2020-07-15")
    line = make_recommendation(activity)
    lead, second, absent = make_mandate(), make_mandate(), make_mandate()
    make_attendance(activity, lead)
    make_attendance(activity, second)
    make_attendance(activity, absent, status="absent")
    data = {"topic": make_topic().pk, "title": "关于加快码头建设的建议", "summary": "加快。"}

    def send(**more):
        return desk.post(take_up_address(line), data | more)

    offered = desk.get(take_up_address(line)).context["form"].fields["lead_proposer"].queryset
    assert list(offered.order_by("pk")) == [lead, second]
    assert [
        send(source="delegate").context["form"].errors,
        send(source="inspection", lead_proposer=lead.pk).context["form"].errors,
        list(send(source="delegate", lead_proposer=absent.pk).context["form"].errors),
    ] == [
        {"lead_proposer": ["转为代表建议的，须选择领衔代表。"]},
        {"source": ["选了代表的须转为代表建议；转为意见建议的不选代表。"]},
        ["lead_proposer"],
    ]
    send(source="delegate", lead_proposer=lead.pk, seconders=[second.pk])

    item = FeedbackItem.objects.get()
    assert (item.source, item.lead_proposer, item.recommendation) == ("delegate", lead, line)
    assert set(item.proposers.all()) == {lead, second}


def test_where_nobody_was_marked_all_in_office_may_propose(desk):
    line = make_recommendation(make_activity("2020-07-15"))
    known = make_mandate()

    form = desk.get(take_up_address(line)).context["form"]

    assert list(form.fields["lead_proposer"].queryset) == [known]


def test_only_keepers_take_up_and_nothing_twice(office, leader, chair):
    line = make_recommendation(make_activity("2020-07-15", make_group(1)))
    for user in (leader, chair):
        with pytest.raises(PermissionDenied):
            taken_up(user, line)
    item = taken_up(office, line)

    with pytest.raises(ValidationError, match=f"已转为意见建议{item.number}"):
        taken_up(office, line)
    other = make_item()
    other.recommendation = line
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()
    with pytest.raises(ProtectedError):
        line.delete()


def test_recommendation_that_was_taken_up_cannot_be_removed_with_its_activity(desk, office):
    activity = make_activity("2020-07-15")
    line = make_recommendation(activity)
    taken_up(office, line)

    answer = desk.post(reverse("activity_delete", args=[activity.pk]))

    assert (answer.status_code, answer.context["held_by"]) == (409, [("意见建议", 1)])
    assert (line.is_needed(), Recommendation.objects.count()) == (True, 1)


def test_leader_sees_what_became_of_the_own_groups_recommendations_only(
    leader, other_leader, office, logged_in
):
    own = make_activity("2020-07-15", make_group(1))
    foreign = make_activity("2020-07-15", make_group(2))
    item = taken_up(office, make_recommendation(own))
    other = taken_up(office, make_recommendation(foreign))
    browser = logged_in(leader)

    (row,) = rows_of(browser, own)
    assert (row.item, row.take_up) == (item, "")
    assert [browser.get(each.get_absolute_url()).status_code for each in (item, other)] == [
        200,
        404,
    ]
    listed = browser.get(reverse("recommendation_list")).context["object_list"]
    assert [line.activity for line in listed] == [own]


def test_unit_is_not_told_where_the_item_came_from(office, unit, logged_in):
    line = make_recommendation(make_activity("2020-07-15", title="重点工程视察"))
    item = taken_up(office, line)
    handling_unit = make_unit()
    handling_unit.accounts.add(unit)
    take_step(user=office, item=item, step="assign", lead_unit=handling_unit, responsible="田家明")

    page = logged_in(unit).get(item.get_absolute_url())

    assert (page.status_code, page.context["origin"]) == (200, None)
    assert "重点工程视察" not in page.content.decode()


def chain_of_2020(office):
    """An inspection with two recommendations: one taken up and assigned, one answered."""
    make_township()
    activity = make_activity("2020-03-15", title="旅游视察", place="HJ河")
    make_finding(activity, "发展较快。", kind="good")
    behind = make_finding(activity, "码头滞后。", kind="problem")
    first = make_recommendation(activity, "加快码头建设。", addressee="镇政府", finding=behind)
    second = make_recommendation(activity, "办好培训。", addressee="旅游办")
    make_transmission(activity, "2020-03-20", "镇政府", [first], how="written")
    sent = make_transmission(activity, "2020-03-20", "旅游办", [second])
    make_follow_up(
        activity,
        "2020-05-17",
        "旅游办",
        "已培训。",
        answers=sent,
        recommendation=second,
        result="done",
    )
    item = taken_up(office, first)
    take_step(user=office, item=item, step="assign", lead_unit=make_unit(), responsible="田家明")
    return activity


def test_list_tells_state_and_item_filters_and_is_exported(desk, office):
    chain_of_2020(office)
    make_recommendation(make_activity("2019-07-15"), "去年的。", addressee="县政府")
    address = reverse("recommendation_list")

    def texts(**query):
        return [line.text for line in desk.get(address, query).context["object_list"]]

    assert [
        texts(),
        texts(year=2020, state="overdue"),
        texts(state="answered"),
        texts(state="unsent"),
        texts(state="taken_up"),
        texts(state="open"),
        texts(addressee="县"),
        texts(q="培训"),
    ] == [
        ["加快码头建设。", "办好培训。", "去年的。"],
        ["加快码头建设。"],
        ["办好培训。"],
        ["去年的。"],
        ["加快码头建设。"],
        [],
        ["去年的。"],
        ["办好培训。"],
    ]
    assert desk.get(address).context["title"] == "视察建议落实情况"
    book = desk.get(address, {"year": 2020, "export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    number = FeedbackItem.objects.get().number
    shown = [[str(cell or "").split(" ")[0] for cell in row] for row in sheet.values]
    assert shown == [
        [
            *("建议", "建议对象", "活动", "活动日期", "转送日期", "答复期限", "交办为", "落实情况"),
        ],
        [
            *("加快码头建设。", "镇政府", "旅游视察", "2020-03-15", "2020-03-20", "2020-06-22"),
            *(number, "逾期未答复"),
        ],
        ["办好培训。", "旅游办", "旅游视察", "2020-03-15", "2020-03-20", "", "", "已落实"],
    ]


def test_list_costs_the_same_at_three_and_at_three_hundred(desk, office, queries_of):
    activity = chain_of_2020(office)
    address = reverse("recommendation_list")
    desk.get(address)
    few = queries_of(desk, address)
    Recommendation.objects.bulk_create(
        Recommendation(activity=activity, text=f"{number}号建议", position=number)
        for number in range(300)
    )

    assert queries_of(desk, address) == few


def test_activity_costs_the_same_however_many_became_items(desk, office, queries_of):
    activity = chain_of_2020(office)
    desk.get(activity.get_absolute_url())
    one = queries_of(desk, activity.get_absolute_url())
    for number in range(3):
        taken_up(office, make_recommendation(activity, f"{number}号建议"))

    assert queries_of(desk, activity.get_absolute_url()) == one


def test_paper_tells_the_whole_chain(desk, office):
    activity = chain_of_2020(office)
    number = FeedbackItem.objects.get().number

    answer = desk.get(reverse("activity_paper", args=[activity.pk]))

    told = text_of(answer.content)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert [
        words
        for words in (
            "旅游视察情况",
            "HJ河",
            "成绩",
            "发展较快。",
            "问题",
            "码头滞后。",
            "加快码头建设。",
            f"意见建议{number}",
            "镇政府",
            "2020-03-20",
            "书面",
            "逾期未答复",
            "已培训。",
            "3月20日转送镇政府，尚未答复，期限2020年6月22日，已逾期。",
        )
        if words not in told
    ] == []
