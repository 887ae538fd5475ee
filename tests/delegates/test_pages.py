"""Lists, forms and the pages of decisions about delegates and constituencies."""

import io
import uuid

import openpyxl
import pytest
from django.urls import reverse

from delegates.models import Constituency, Delegate, Mandate, Suspension
from groups.models import Membership, Post
from tests.factory import (
    day,
    make_activity,
    make_attendance,
    make_constituency,
    make_delegate,
    make_group,
    make_mandate,
    make_membership,
    make_suspension,
    make_term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(office, logged_in, set_today):
    """The office's browser on 20 August 2020."""
    set_today("2020-08-20")
    return logged_in(office)


def names(response):
    return [str(record) for record in response.context["object_list"]]


def member(name, group=1, **fields):
    mandate = make_mandate(make_delegate(name, **fields.pop("person", {})), **fields)
    make_membership(make_group(group), mandate, end=fields.get("end"))
    return mandate


def test_list_is_filtered_by_level_group_sex_and_office(desk):
    member("镇男")
    member("镇女", group=2, person={"sex": "女"})
    member("县男", level="county")
    member("离任", end="2020-08-20")
    make_suspension(member("暂停"), "2020-08-01")
    address = reverse("delegate_list")

    assert [
        names(desk.get(address, {key: value}))
        for key, value in (
            ("level", "county"),
            ("group", make_group(1).pk),
            ("sex", "女"),
            ("in_office", "yes"),
            ("in_office", "no"),
        )
    ] == [
        ["县男"],
        ["镇男", "县男", "暂停"],
        ["镇女"],
        ["镇男", "镇女", "县男"],
        ["离任", "暂停"],
    ]


def test_level_and_office_are_asked_of_the_same_mandate(desk):
    person = make_delegate("张某")
    make_mandate(person, level="county", end="2020-01-01")
    make_mandate(person, level="town")

    found = desk.get(reverse("delegate_list"), {"level": "county", "in_office": "yes"})

    assert names(found) == []
    assert "没有符合条件的代表" in found.content.decode()


def test_search_finds_names_and_card_numbers_once(desk):
    person = make_delegate("张某")
    make_mandate(person, level="county", card_number="X15-007")
    make_mandate(person, level="town", card_number="Z15-007")
    make_mandate(make_delegate("王某"), card_number="Z15-008")

    assert names(desk.get(reverse("delegate_list"), {"q": "15-007"})) == ["张某"]
    assert names(desk.get(reverse("delegate_list"), {"q": "王 008"})) == ["王某"]


def test_telephone_is_masked_in_list_and_workbook(desk):
    member("张某", person={"phone": "13812341234"})
    address = reverse("delegate_list")

    assert "13812341234" not in desk.get(address).content.decode()
    file = desk.get(address, {"export": "xlsx"})
    rows = openpyxl.load_workbook(io.BytesIO(b"".join(file))).active.iter_rows(values_only=True)

    assert list(rows) == [
        (
            "姓名",
            "层级",
            "代表证号",
            "代表小组",
            "组内职务",
            "性别",
            "出生年月",
            "选区",
            "工作单位及职务",
            "联系电话",
            "状态",
            "会议缺席",
        ),
        (
            "张某",
            "镇",
            "Z15-001",
            "第一代表小组",
            "组员",
            "男",
            "1975-03",
            "第一选区",
            None,
            "138****1234",
            "在任",
            None,
        ),
    ]


def test_telephone_in_full_is_for_keepers_and_its_owner(cast, logged_in):
    person = cast["delegate"].delegate
    Delegate.objects.filter(pk=person.pk).update(phone="13812341234")

    shown = {}
    for role in ("secretary", "office", "chair", "delegate"):
        page = logged_in(cast[role]).get(reverse("delegate_detail", args=[person.pk]))
        shown[role] = dict(page.context["facts"])["联系电话"]

    assert shown == {
        "secretary": "13812341234",
        "office": "13812341234",
        "chair": "138****1234",
        "delegate": "13812341234",
    }


def test_delegate_sees_only_the_own_file(delegate, logged_in):
    other = member("张某")
    browser = logged_in(delegate)

    assert names(browser.get(reverse("delegate_list"))) == ["代表甲"]
    assert browser.get(reverse("delegate_detail", args=[delegate.delegate.pk])).status_code == 200
    assert browser.get(reverse("delegate_detail", args=[other.delegate_id])).status_code == 404
    assert browser.get(reverse("delegate_edit", args=[delegate.delegate.pk])).status_code == 403


def test_duty_of_the_year_is_counted_from_attendance(desk):
    mandate = member("张某")
    make_attendance(make_activity("2020-03-15"), mandate)
    make_attendance(make_activity("2020-07-15"), mandate, "leave", "work")
    make_attendance(make_activity("2019-12-20"), mandate)

    page = desk.get(reverse("delegate_detail", args=[mandate.delegate_id]))

    turnout = page.context["activities"]
    assert (turnout.expected, turnout.present, turnout.leave, turnout.absent) == (2, 1, 1, 0)


@pytest.mark.parametrize(
    "name", ["delegate_list", "mandate_list", "membership_list", "constituency_list"]
)
def test_lists_cost_the_same_queries_for_one_row_and_three(desk, queries_of, name):
    def add(number):
        constituency = make_constituency(f"{number}号选区")
        mandate = member(f"代表{number}", group=number, constituency=constituency)
        make_suspension(mandate, "2020-08-01")

    add(1)
    one = queries_of(desk, reverse(name))
    add(2)
    add(3)

    assert queries_of(desk, reverse(name)) == one


def election(**fields):
    return {
        "name": "张某",
        "sex": "女",
        "birth_month": "1980-05",
        "ethnicity": "汉族",
        "phone": "13800000000",
        "term": make_term().pk,
        "level": "town",
        "constituency": make_constituency().pk,
        "card_number": "Z15-050",
        "start": "2020-04-01",
        "how_elected": "by_election",
        "group": make_group(1).pk,
        "post": "member",
        "submission": str(uuid.uuid4()),
        **fields,
    }


def test_new_delegate_is_added_with_mandate_and_group_once(desk):
    data = election()

    first = desk.post(reverse("delegate_add"), data)
    second = desk.post(reverse("delegate_add"), data)

    person = Delegate.objects.get()
    assert first.url == second.url == person.get_absolute_url()
    assert (person.name, person.birth_month) == ("张某", day("1980-05-01"))
    assert list(
        Membership.objects.values_list("mandate__card_number", "group__ordinal", "post", "start")
    ) == [("Z15-050", 1, "member", day("2020-04-01"))]


def test_bad_election_is_told_at_its_fields_and_saves_nothing(desk):
    make_membership(make_group(1), make_mandate(card_number="Z15-050"), post=Post.LEADER)
    county = make_constituency("县第一选区", level="county")

    page = desk.post(
        reverse("delegate_add"),
        election(constituency=county.pk, birth_month="五月", post="leader"),
    )
    assert page.context["form"].errors == {"birth_month": ["请填写日期，如2020-08-20。"]}

    page = desk.post(reverse("delegate_add"), election(constituency=county.pk))
    assert page.context["form"].errors == {
        "constituency": ["选区的层级和届次须与代表资格一致。"],
        "__all__": ["本届已有这个代表证号，请核对。"],
    }

    page = desk.post(reverse("delegate_add"), election(card_number="Z15-051", post="leader"))
    assert page.context["form"].errors == {
        "post": ["第一代表小组的组长现由代表1号担任，请先改任。"]
    }
    assert Delegate.objects.count() == 1


def test_second_editor_of_a_person_is_told_and_keeps_what_was_typed(desk):
    person = make_delegate("张某", phone="13800000000")
    address = reverse("delegate_edit", args=[person.pk])
    data = {
        "name": "张某",
        "sex": "男",
        "birth_month": "1975-03",
        "ethnicity": "汉族",
        "phone": "13800000001",
        "version": 1,
    }
    assert desk.post(address, data).status_code == 302

    page = desk.post(address, data | {"phone": "13800000002"})

    assert page.status_code == 409
    assert [
        (difference.label, difference.theirs, difference.yours)
        for difference in page.context["differences"]
    ] == [("联系电话", "13800000001", "13800000002")]
    assert page.context["form"]["phone"].value() == "13800000002"


def test_mandate_is_suspended_resumed_and_ended_from_its_page(desk):
    mandate = member("张某")
    page = reverse("mandate_detail", args=[mandate.pk])

    def buttons():
        return [label for label, _ in desk.get(page).context["buttons"]]

    assert buttons() == ["暂停职务", "终止资格"]
    desk.post(
        reverse("mandate_suspend", args=[mandate.pk]),
        {"on": "2020-06-01", "reason": Suspension.REASONS[0]},
    )
    assert buttons() == ["恢复职务", "终止资格"]
    desk.post(reverse("mandate_resume", args=[mandate.pk]), {"on": "2020-07-01"})
    desk.get(page)
    answer = desk.post(
        reverse("mandate_end", args=[mandate.pk]), {"on": "2020-08-01", "reason": "moved_away"}
    )
    told = desk.get(answer.url).context["messages"]

    assert buttons() == ["撤销终止"]
    assert [str(message) for message in told] == ["已登记张某的代表资格自2020年8月1日起终止。"]
    assert Membership.objects.get().end == day("2020-08-01")


def test_refused_decision_is_shown_at_its_field(desk):
    mandate = member("张某", start="2020-01-10")
    address = reverse("mandate_suspend", args=[mandate.pk])

    early = desk.post(address, {"on": "2020-01-09", "reason": Suspension.REASONS[0]})
    empty = desk.post(address, {"on": "", "reason": ""})

    assert early.context["form"].errors == {"on": ["暂停日期不能早于当选日期（2020-01-10）。"]}
    assert empty.context["form"].errors == {
        "on": ["请填写这一项。"],
        "reason": ["请选择这一项。"],
    }
    assert mandate.suspensions.count() == 0


def test_known_person_is_elected_again(desk):
    person = make_delegate("张某")
    fields = election(level="county", constituency=make_constituency("县一", level="county").pk)

    answer = desk.post(reverse("delegate_elect", args=[person.pk]), fields)

    assert answer.url == person.get_absolute_url()
    assert list(person.mandates.values_list("level", "card_number")) == [("county", "Z15-050")]


def test_only_a_mandate_that_ended_has_an_end_to_correct(desk):
    current, ended = make_mandate(), make_mandate(end="2020-03-01")

    def fields(mandate):
        page = desk.get(reverse("mandate_edit", args=[mandate.pk]))
        return {"end", "end_reason"} & set(page.context["form"].fields)

    assert (fields(current), fields(ended)) == (set(), {"end", "end_reason"})


def test_constituency_shows_its_delegates_and_is_kept_while_it_has_some(desk):
    constituency = make_mandate(make_delegate("张某"), end="2020-03-01").constituency
    make_mandate(make_delegate("王某"), start="2020-04-01")

    page = desk.get(reverse("constituency_detail", args=[constituency.pk]))
    refused = desk.post(reverse("constituency_delete", args=[constituency.pk]))

    assert [(str(mandate.delegate), state) for mandate, state in page.context["mandates"]] == [
        ("王某", "在任"),
        ("张某", "终止"),
    ]
    assert dict(page.context["facts"])["在任代表人数"] == "1"
    assert (refused.status_code, refused.context["held_by"]) == (409, [("代表资格", 2)])
    assert Constituency.objects.count() == 1


def test_person_without_a_mandate_can_be_deleted(desk):
    person = make_delegate("误录")

    desk.post(reverse("delegate_delete", args=[person.pk]))

    assert (Delegate.objects.count(), Mandate.objects.count()) == (0, 0)
