"""The paper of the reception day: what it says, who prints it, and that it holds on its pages."""

import io

import pdfplumber
import pytest
from django.urls import reverse

from congress.models import Township
from tests import factory
from voters import papers, registers
from voters.actions.blank_forms import number_forms
from voters.models import BlankForm, DayEvent, ReceptionDay, Visit

from .printed_paper import LONG, NAMES, content, faults, text_of

PLACE = "XX镇DG山村村民委员会二楼代表活动室"


@pytest.fixture
def township(db):
    return factory.make_township()


@pytest.fixture
def crowded(township):
    """A year of group 1 with twelve people of the longest names on duty each month."""
    group = factory.make_group(1)
    members = [
        factory.make_membership(group, factory.make_mandate(factory.make_delegate(name))).mandate
        for name in NAMES
    ]
    factory.make_staff_liaison(group, name=f"{LONG}·联系员"[:50])
    return [
        factory.make_reception_day(
            f"2020-{month:02d}-15", group, members, state="planned", place=PLACE
        )
        for month in range(1, 13)
    ]


@pytest.fixture
def planned(township):
    """To come on 15 September: group 1 with two on duty, group 2 with one."""
    group = factory.make_group(1)
    members = [
        factory.make_membership(group, factory.make_mandate(factory.make_delegate(name))).mandate
        for name in ("王明", "阿卜杜拉·买买提")
    ]
    factory.make_reception_day("2020-09-15", factory.make_group(2), state="planned", place="二村")
    return factory.make_reception_day("2020-09-15", group, members, state="planned", place="一村")


def with_duties(*days):
    return papers.with_duties(ReceptionDay.objects.filter(pk__in=[day.pk for day in days]))


def test_names_are_as_long_as_they_get():
    assert {len(name) for name in NAMES} == {50}


def test_notice_holds_on_one_page(crowded, township):
    data = papers.notice(with_duties(crowded[8]), township, "XX镇第一代表小组接待选民日公告")

    assert faults(data) == []
    assert [name for name in NAMES if name not in text_of(data)] == []


def test_poster_holds_on_one_page(crowded, township):
    days = with_duties(*crowded).order_by("date")
    data = papers.poster(crowded[0].group, 2020, days, township)

    assert faults(data) == []
    assert "欢迎选民前来反映情况" in text_of(data)


def test_sign_in_sheet_holds_on_one_page(crowded, township):
    data = papers.sign_in_sheet(with_duties(crowded[8]).get(), township)

    assert faults(data) == []
    assert "记录人" in text_of(data)


def test_each_form_holds_on_one_page(crowded, township, office):
    for position in range(12):
        factory.make_topic(f"第{position}类意见建议")
    forms = number_forms(user=office, count=2, day=crowded[8])
    data = papers.registration_forms(
        forms, with_duties(crowded[8]).get(), township, lambda form: f"https://rd/{form.number}/"
    )

    assert faults(data, pages=2) == []
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        ends = [page.extract_text().rstrip()[-1] for page in pdf.pages]
    assert ends == ["。", "。"]


def test_day_register_holds_on_one_page(crowded, township, secretary):
    day = crowded[7]
    ReceptionDay.objects.filter(pk=day.pk).update(state="held")
    factory.make_visit(day, voter_name=NAMES[0])
    data = registers.day_register(
        registers.with_visits(ReceptionDay.objects.filter(pk=day.pk), secretary).get(), township
    )

    assert faults(data) == []
    assert "（未结束）" in text_of(data)


def test_long_words_are_printed_to_their_end(township, secretary):
    day = factory.make_reception_day()
    factory.make_visit(day, words="路" * 1999 + "完")
    data = registers.day_register(
        registers.with_visits(ReceptionDay.objects.filter(pk=day.pk), secretary).get(), township
    )

    assert faults(data, pages=3) == []
    assert text_of(data).count("路") == 1999
    assert text_of(data).count("完") == 1


def test_what_a_notice_says(planned, office, logged_in, set_today):
    set_today("2020-09-10")
    data = content(logged_in(office).get(reverse("receptionday_notice", args=[planned.pk])))

    assert text_of(data) == (
        "XX镇第一代表小组接待选民日公告"
        "为听取选民的意见和要求，XX镇人大代表轮流接待选民。现将有关事项公告如下："
        "接待时间：2020年9月15日（周二）8:30—11:00接待地点：一村接待小组：第一代表小组"
        "接待代表：王明、阿卜杜拉·买买提欢迎选民届时前来反映情况，提出意见和建议。"
        "XX镇人民代表大会主席团2020年9月10日"
    )


def test_notice_of_all_groups(planned, office, logged_in):
    address = reverse("receptionday_notice", args=[planned.pk])
    words = text_of(content(logged_in(office).get(f"{address}?all=1")))

    assert "XX镇人大代表接待选民日公告" in words
    assert "接待日期：2020年9月15日（周二）" in words
    assert ["第一代表小组一村王明" in words, "第二代表小组二村" in words] == [True, True]


def test_notice_of_a_month(planned, office, logged_in, set_today):
    factory.make_reception_day("2020-09-16", planned.group, [], state="cancelled", place="三村")
    words = text_of(
        content(logged_in(office).get(reverse("reception_month_notice", args=[2020, 9])))
    )

    assert "XX镇2020年9月人大代表接待选民日公告" in words
    assert ["一村" in words, "二村" in words, "三村" in words] == [True, True, False]


def test_notice_keeps_the_day_it_was_issued(planned, office, logged_in):
    ReceptionDay.objects.filter(pk=planned.pk).update(state="announced", announced_on="2020-09-01")
    address = reverse("receptionday_notice", args=[planned.pk])

    assert text_of(content(logged_in(office).get(address))).endswith("主席团2020年9月1日")


def test_poster_shows_the_year_of_a_group(planned, office, logged_in):
    moved = factory.make_reception_day(
        "2020-10-20", planned.group, original_date="2020-10-15", state="planned", place="三村"
    )
    words = text_of(
        content(logged_in(office).get(reverse("group_poster", args=[planned.group_id, 2020])))
    )

    assert words.startswith("XX镇人大2020年第一代表小组接待选民日安排时间：8:30—11:00")
    assert "9月15日周二一村王明、阿卜杜拉·买买提" in words
    assert f"三村{moved.on_duty.get().delegate.name}" in words
    assert "（改期）" in words


def test_absent_delegates_are_not_on_the_sheet(planned, office, logged_in):
    planned.duties.filter(mandate__delegate__name="王明").update(status="absent")
    words = text_of(
        content(logged_in(office).get(reverse("receptionday_sign_in", args=[planned.pk])))
    )

    assert ["王明" in words, "阿卜杜拉·买买提" in words] == [False, True]


@pytest.fixture
def held(township, office):
    """Held on 15 August with a visit in confidence and an item."""
    day = factory.make_reception_day()
    visit = factory.make_visit(
        day, factory.make_village("XX"), voter_name="张三丰", phone="13812341234", persons=3
    )
    Visit.objects.filter(pk=visit.pk).update(confidential=True)
    visit.informed.add(office)
    factory.make_item(visit, state="handling")
    return day


def test_day_register_masks(held, office, logged_in):
    address = reverse("receptionday_register", args=[held.pk])
    words = text_of(content(logged_in(office).get(address)))

    assert "第一代表小组接待登记簿（未结束）" in words
    assert ["张**" in words, "138****1234" in words] == [True, True]
    assert ["张三丰" in words, "13812341234" in words] == [False, False]
    assert "合计来访1次、3人次，意见建议1条。" in words


def test_day_without_visitors(township, office, logged_in):
    day = factory.make_reception_day(
        no_visitors=True, closed_at="2020-08-15T12:00:00+08:00", closed_by=office
    )
    words = text_of(content(logged_in(office).get(reverse("receptionday_register", args=[day.pk]))))

    assert "当日无选民来访。" in words
    assert "未结束" not in words
    assert words.endswith("2020年8月15日结束登记，登记人：办公室—1—")


def test_year_register_has_days_of_all_groups_or_one(held, office, logged_in):
    other = factory.make_reception_day("2020-07-15", factory.make_group(2), no_visitors=True)
    address = reverse("reception_year_register", args=[2020])
    client = logged_in(office)
    words = text_of(content(client.get(address)))
    of_one = text_of(content(client.get(address, {"group": other.group_id})))

    assert "接待2次，来访1次、3人次，意见建议1条。" in words
    assert words.index("7月15日") < words.index("8月15日")
    assert "接待1次，来访0次、0人次，意见建议0条。" in of_one
    assert "当日无选民来访" in of_one


def test_long_year_repeats_its_head(township, secretary):
    day = factory.make_reception_day()
    for _ in range(40):
        factory.make_visit(day)
    days = registers.with_visits(ReceptionDay.objects.filter(pk=day.pk), secretary)
    data = registers.year_register(days, 2020, None, township)

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        heads = ["反映内容" in page.extract_text() for page in pdf.pages]
    assert heads == [True] * len(heads)
    assert len(heads) > 1
    assert faults(data, pages=len(heads)) == []


@pytest.mark.parametrize("visits", [1, 3])
def test_year_register_costs_as_many_queries_for_any_number(
    visits, township, secretary, django_assert_num_queries
):
    for month in range(1, visits + 1):
        day = factory.make_reception_day(f"2020-{month:02d}-15")
        factory.make_item(factory.make_visit(day), state="handling")

    with django_assert_num_queries(6):
        days = registers.with_visits(ReceptionDay.objects.all(), secretary)
        registers.year_register(days, 2020, None, township)


# Who prints


PAPER = ["receptionday_notice", "receptionday_sign_in"]


@pytest.mark.parametrize("name", PAPER)
def test_leaders_print_the_paper_of_their_group(name, planned, leader, other_leader, logged_in):
    address = reverse(name, args=[planned.pk])

    assert content(logged_in(leader).get(address))
    assert logged_in(other_leader).get(address).status_code == 404


def test_leader_sees_the_own_group_in_the_notice_of_all(planned, leader, logged_in):
    address = reverse("receptionday_notice", args=[planned.pk])
    words = text_of(content(logged_in(leader).get(f"{address}?all=1")))

    assert ["一村" in words, "二村" in words] == [True, False]


@pytest.mark.parametrize("year", ["0", "1899", "2100", "99999"])
def test_years_out_of_bounds_have_no_paper(year, planned, office, logged_in):
    client = logged_in(office)
    addresses = [
        f"/reception-papers/notices/{year}/8/",
        f"/reception-papers/registers/{year}/",
        f"/groups/{planned.group_id}/poster/{year}/",
    ]

    assert [client.get(address).status_code for address in addresses] == [404] * 3


def test_cancelled_days_have_no_paper(planned, office, logged_in):
    ReceptionDay.objects.filter(pk=planned.pk).update(state="cancelled")
    client = logged_in(office)

    assert [client.get(reverse(name, args=[planned.pk])).status_code for name in PAPER] == [404] * 2


def test_without_a_township_its_profile_comes_first(office, logged_in):
    day = factory.make_reception_day()
    Township.objects.all().delete()
    response = logged_in(office).get(reverse("receptionday_notice", args=[day.pk]))

    assert response.url == reverse("township")


# Announcing


def announce(client, day, **fields):
    data = {
        "scope": "day",
        "announced_on": "2020-09-10",
        "version": ReceptionDay.objects.get(pk=day.pk).version,
        **fields,
    }
    return client.post(reverse("receptionday_announce", args=[day.pk]), data, follow=True)


def states():
    return list(
        ReceptionDay.objects.order_by("group__ordinal").values_list("state", "announced_on")
    )


def test_pages_warn_when_too_few_days_remain(planned, office, logged_in, set_today):
    client = logged_in(office)
    pages = [
        planned.get_absolute_url(),
        reverse("receptionday_announce", args=[planned.pk]),
        reverse("reception_papers"),
    ]
    found = {}
    for day in ("2020-09-12", "2020-09-13", "2020-09-15"):
        set_today(day)
        found[day] = ["公告应提前3天" in client.get(page).content.decode() for page in pages]
    set_today("2020-09-13")

    assert found == {
        "2020-09-12": [False] * 3,
        "2020-09-13": [True] * 3,
        "2020-09-15": [True] * 3,
    }
    assert "距接待日只剩2天，公告应提前3天" in client.get(pages[0]).content.decode()


def test_announcing_a_day(planned, office, logged_in, set_today):
    set_today("2020-09-13")
    response = announce(logged_in(office), planned, announced_on="2020-09-13")

    assert [str(message) for message in response.context["messages"]] == [
        "2020-09-15 第一代表小组已标为已公告。"
    ]
    assert states() == [("announced", factory.day("2020-09-13")), ("planned", None)]
    assert list(DayEvent.objects.values_list("day", "kind", "user", "note")) == [
        (
            planned.pk,
            "announced",
            office.pk,
            "2020-09-13公告；距接待日只剩2天，公告应提前3天",
        )
    ]


def test_announcing_all_groups_of_the_date(planned, office, logged_in, set_today):
    set_today("2020-09-10")
    announce(logged_in(office), planned, scope="date")

    assert states() == [("announced", factory.day("2020-09-10"))] * 2
    assert DayEvent.objects.count() == 2


def test_announcing_a_month(planned, office, logged_in, set_today):
    set_today("2020-09-10")
    factory.make_reception_day("2020-09-25", planned.group, state="planned")
    factory.make_reception_day("2020-09-05", planned.group, state="planned")
    client = logged_in(office)
    page = client.get(reverse("reception_papers")).content.decode()
    address = reverse("receptionday_announce", args=[planned.pk])
    asked = client.get(f"{address}?scope=month").context["form"]
    announce(client, planned, scope="month")

    assert f'href="{address}?scope=month"' in page
    assert asked["scope"].value() == "month"
    assert list(
        ReceptionDay.objects.order_by("date", "group__ordinal").values_list("state", flat=True)
    ) == ["planned", "announced", "announced", "announced"]


def test_nothing_is_announced_where_one_day_does_not_fit(planned, office, logged_in, set_today):
    set_today("2020-09-10")
    other = ReceptionDay.objects.exclude(pk=planned.pk).get()
    other.duties.all().delete()
    response = announce(logged_in(office), planned, scope="date")

    assert "第二代表小组还没有安排接待代表，不能公告。" in response.content.decode()
    assert states() == [("planned", None)] * 2


@pytest.mark.parametrize("date", ["2020-09-11", "", "昨天"])
def test_dates_that_cannot_be(date, planned, office, logged_in, set_today):
    set_today("2020-09-10")
    response = announce(logged_in(office), planned, announced_on=date)

    assert list(response.context["form"].errors) == ["announced_on"]
    assert states() == [("planned", None)] * 2


def test_a_day_is_announced_once(planned, office, logged_in, set_today):
    set_today("2020-09-10")
    client = logged_in(office)
    announce(client, planned)
    announce(client, planned)
    page = client.get(reverse("receptionday_announce", args=[planned.pk]), follow=True)

    assert DayEvent.objects.count() == 1
    assert [str(message) for message in page.context["messages"]] == [
        "2020-09-15 第一代表小组现在是“已公告”，不能公告。"
    ]


def test_buttons_of_a_day(planned, office, leader, chair, logged_in, set_today):
    set_today("2020-09-15")
    address = planned.get_absolute_url()

    def labels(user):
        return [label for label, _ in logged_in(user).get(address).context["papers"]]

    assert labels(office) == [
        "公告",
        "当日各组公告",
        "标为已公告",
        "签到表",
        "空白登记表",
        "登记簿",
        "登记簿（含姓名、电话）",
    ]
    assert labels(leader) == ["公告", "签到表"]
    assert labels(chair) == []
    lists = [logged_in(user).get("/reception-days/").content.decode() for user in (leader, chair)]
    assert ["公告与登记簿" in page for page in lists] == [True, False]


@pytest.mark.parametrize("groups", [1, 3])
def test_papers_page_costs_as_many_queries_for_any_number(
    groups, township, office, logged_in, queries_of
):
    for ordinal in range(1, groups + 1):
        factory.make_reception_day("2020-09-15", factory.make_group(ordinal), state="planned")

    assert queries_of(logged_in(office), reverse("reception_papers")) == 5


def test_forms_show_number_and_code(planned, office, logged_in):
    form = number_forms(user=office, count=1, day=planned)[0]
    data = content(logged_in(office).get(reverse("form_batch_pdf", args=[form.batch])))

    assert BlankForm.objects.get().number == "2020-001"
    assert "登记号2020-001" in text_of(data)
    assert "2020年9月15日（周二）" in text_of(data)
    assert "□王明" in text_of(data)
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        modules = [line for line in page.lines if line["x0"] > 350 and line["top"] < 140]
        assert page.images == []
    assert len(modules) > 100
