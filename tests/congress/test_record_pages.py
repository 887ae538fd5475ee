"""The common pages of records, tried on villages: find, sort, export, add, edit, delete."""

import io
import uuid

import openpyxl
import pytest
from django.urls import reverse

from congress.models import Term, Village
from congress.roles import Role
from tests.factory import make_coverage, make_term, make_user, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    client.force_login(make_user("office", Role.OFFICE))
    return client


def names(response):
    return [record.name for record in response.context["object_list"]]


def form_data(**fields):
    return {"name": "XX", "population": "1876", "position": "1", **fields}


def test_list_is_searched_by_every_word_and_sorted(office):
    for name, population in (("上河", 300), ("下河", 100), ("山村", 200)):
        make_village(name, population=population)

    found = office.get(reverse("village_list"), {"q": "河", "sort": "-population"})

    assert names(found) == ["上河", "下河"]
    assert [(label, chosen) for label, chosen, _ in found.context["filter"].chips] == [
        ("搜索", "河")
    ]
    assert "共2个" in found.content.decode()
    assert names(office.get(reverse("village_list"), {"sort": "population"})) == [
        "下河",
        "山村",
        "上河",
    ]


def test_unknown_sort_and_page_beyond_the_end_are_harmless(office):
    make_village("上河")

    assert names(office.get(reverse("village_list"), {"sort": "password", "page": "99"})) == [
        "上河"
    ]


def test_long_list_comes_in_pages_of_fifty(office):
    Village.objects.bulk_create(
        Village(name=f"{number}村", population=number, position=number) for number in range(1, 121)
    )

    last = office.get(reverse("village_list"), {"page": "3", "sort": "position"})

    assert names(last) == [f"{number}村" for number in range(101, 121)]
    assert "第3页，共3页" in last.content.decode()


def test_empty_list_says_what_to_do(office):
    page = office.get(reverse("village_list")).content.decode()

    assert "还没有村。可以逐个添加，也可以从台账导入。" in page
    assert reverse("village_add") in page


def test_list_without_a_match_offers_to_drop_the_filters(office):
    make_village("上河")

    page = office.get(reverse("village_list"), {"q": "没有"}).content.decode()

    assert "没有符合条件的村。" in page
    assert "取消全部条件" in page


def test_workbook_holds_exactly_the_filtered_list_and_no_formula(office):
    make_village("=1+1河", population=5, position=1)
    make_village("山村", population=7, position=2)
    make_village("下河", population=6, position=3)

    exported = office.get(reverse("village_list"), {"q": "河", "export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(exported.streaming_content))).active

    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["村名", "人口", "排序"],
        ["=1+1河", 5, 1],
        ["下河", 6, 3],
    ]
    assert {cell.data_type for cell in sheet["A"]} == {"s"}


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_queries_for_any_number_of_rows(
    office, count, django_assert_num_queries
):
    for _ in range(count):
        make_village()

    with django_assert_num_queries(6):
        office.get(reverse("village_list"))


def test_double_submit_makes_one_record(office):
    data = form_data(submission=str(uuid.uuid4()))

    first = office.post(reverse("village_add"), data)
    second = office.post(reverse("village_add"), data, follow=True)
    office.post(reverse("village_add"), data | {"name": "YY"})

    village = Village.objects.get()
    assert first.url == village.get_absolute_url()
    assert village.name == "XX"
    assert "这份表单已经保存过，没有重复添加。" in second.content.decode()


def test_error_names_the_field_and_keeps_what_was_typed(office):
    make_village("XX")

    page = office.post(
        reverse("village_add"), form_data(population="很多", submission=str(uuid.uuid4()))
    )

    assert page.context["form"].errors == {
        "name": ["已有同名的村。"],
        "population": ["请填写整数。"],
    }
    assert 'value="很多"' in page.content.decode()
    assert Village.objects.count() == 1


def test_rule_of_the_database_blames_its_field(office):
    page = office.post(
        reverse("term_add"),
        {
            "ordinal": "15",
            "first_day": "2017-01-10",
            "last_day": "2016-01-10",
            "submission": str(uuid.uuid4()),
        },
    )

    assert page.context["form"].errors == {"last_day": ["任期届满须晚于任期起始。"]}
    assert not Term.objects.exists()


def test_second_editor_is_told_and_sees_both_versions(office):
    village = make_village("XX", population=1876, position=1)
    opened = {"version": village.version}
    address = reverse("village_edit", args=[village.pk])

    office.post(address, form_data(population="1900", **opened))
    conflict = office.post(address, form_data(population="2000", name="XX村", **opened))

    assert conflict.status_code == 409
    assert [
        (difference.label, difference.theirs, difference.yours)
        for difference in conflict.context["differences"]
    ] == [("村名", "XX", "XX村"), ("人口", "1900", "2000")]
    form = conflict.context["form"]
    assert (form["name"].value(), form["population"].value()) == ("XX村", "2000")
    village.refresh_from_db()
    assert (village.name, village.population) == ("XX", 1900)

    office.post(address, form_data(population="2000", name="XX村", version=form["version"].value()))
    village.refresh_from_db()
    assert (village.name, village.population, village.version) == ("XX村", 2000, 3)


def test_record_deleted_meanwhile_is_told(office):
    village = make_village("XX")
    address = reverse("village_edit", args=[village.pk])
    village.delete()

    assert office.post(address, form_data(version=1)).status_code == 404


def test_nothing_is_deleted_that_others_hang_on(office):
    village = make_coverage().village
    address = reverse("village_delete", args=[village.pk])

    asked = office.get(address).content.decode()
    refused = office.post(address)

    assert "不能删除" in asked
    assert "覆盖村：1条" in asked
    assert refused.status_code == 409
    assert Village.objects.filter(pk=village.pk).exists()


def test_deleting_asks_first(office):
    term = make_term()
    address = reverse("term_delete", args=[term.pk])

    assert "删除后不能恢复。" in office.get(address).content.decode()
    assert Term.objects.exists()
    assert office.post(address).url == reverse("term_list")
    assert not Term.objects.exists()


def test_chair_reads_and_changes_nothing(client):
    client.force_login(make_user("chair", Role.CHAIR))
    village = make_village("XX")

    page = client.get(reverse("village_detail", args=[village.pk])).content.decode()

    assert reverse("village_edit", args=[village.pk]) not in page
    for name in ("village_edit", "village_delete"):
        assert client.post(reverse(name, args=[village.pk])).status_code == 403
    assert client.post(reverse("village_add"), form_data()).status_code == 403
