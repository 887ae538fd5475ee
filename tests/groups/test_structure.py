"""代表结构 of a day: each person once, every number the list behind it."""

import io

import openpyxl
import pytest
from django.http import QueryDict
from django.urls import reverse

from delegates.models import Level
from groups.forms.roll import RollForm
from groups.roll.scope import Scope
from groups.roll.structure import tables
from tests import factory

pytestmark = pytest.mark.django_db
DAY = factory.day("2020-08-20")


@pytest.fixture(autouse=True)
def town(set_today):
    """Two of the town, one of the county, one of both; one left in the year, one is to come."""
    set_today("2020-08-20")
    factory.make_township()
    group = factory.make_group()
    common = {"party": "中共党员", "education": "大专", "occupation": "XX村村民"}
    wang = factory.make_delegate("王喆", sex="女", **common)
    people = [
        wang,
        factory.make_delegate("李珮", ethnicity="回族", **(common | {"party": "群众"})),
        factory.make_delegate("田富", birth_month=factory.day("1990-01-01")),
    ]
    for person in people:
        factory.make_membership(group, factory.make_mandate(person))
    county = (wang, factory.make_delegate("单雄", **(common | {"occupation": "自由撰稿"})))
    for number, person in enumerate(county):
        factory.make_mandate(person, Level.COUNTY, card_number=f"X15-{number}")
    factory.make_mandate(factory.make_delegate("马离", **common), end="2020-03-01")
    factory.make_mandate(factory.make_delegate("丁来", **common), start="2020-12-01")


def shown(table):
    """The rows that are not zero, and the sum."""
    rows = [tuple(cell.value for cell in row) for row in (*table.rows, table.total)]
    return [row for row in rows if row[1]]


def by_title(*scopes):
    return {table.title: table for table in tables(*scopes)}


def test_persons_are_counted_once_and_levels_apart():
    found = by_title(Scope(DAY))

    assert {title: shown(table) for title, table in found.items()} == {
        "层级": [
            ("只任镇代表", 2, "50%"),
            ("只任县代表", 1, "25%"),
            ("兼任县、镇代表", 1, "25%"),
            ("合计", 4, "100%"),
        ],
        "性别": [
            ("男", 3, "75%", 2, 1),
            ("女", 1, "25%", 1, 1),
            ("合计", 4, "100%", 3, 2),
        ],
        "年龄": [
            ("35岁及以下", 1, "25%", 1, 0),
            ("36至45岁", 3, "75%", 2, 2),
            ("合计", 4, "100%", 3, 2),
        ],
        "民族": [
            ("汉族", 3, "75%", 2, 2),
            ("回族", 1, "25%", 1, 0),
            ("合计", 4, "100%", 3, 2),
        ],
        "政治面貌": [
            ("中共党员", 2, "50%", 1, 2),
            ("群众", 1, "25%", 1, 0),
            ("未填写", 1, "25%", 1, 0),
            ("合计", 4, "100%", 3, 2),
        ],
        "文化程度": [
            ("大专", 3, "75%", 2, 2),
            ("未填写", 1, "25%", 1, 0),
            ("合计", 4, "100%", 3, 2),
        ],
        "职业": [
            ("农民", 2, "50%", 2, 1),
            ("未能归类", 1, "25%", 0, 1),
            ("未填写", 1, "25%", 1, 0),
            ("合计", 4, "100%", 3, 2),
        ],
    }
    assert found["民族"].note == "其中少数民族1名。"


def test_of_one_level_or_group():
    of_county = by_title(Scope(DAY, level="county"))
    of_group = by_title(Scope(DAY, group=factory.make_group()))

    assert "层级" not in of_county
    assert of_county["性别"].headings == ("分类", "人数", "占比")
    assert shown(of_county["性别"]) == [("男", 1, "50%"), ("女", 1, "50%"), ("合计", 2, "100%")]
    # The person of the group is there with both mandates.
    assert shown(of_group["性别"])[-1] == ("合计", 3, "100%", 3, 1)


def test_beside_another_day():
    table = by_title(Scope(DAY), Scope(factory.day("2020-02-01")))["政治面貌"]

    assert table.headings == ("分类", "人数", "占比", "对比人数", "对比占比", "增减")
    assert shown(table) == [
        ("中共党员", 2, "50%", 3, "60%", "-1"),
        ("群众", 1, "25%", 1, "20%", "0"),
        ("未填写", 1, "25%", 1, "20%", "0"),
        ("合计", 4, "100%", 5, "100%", "-1"),
    ]


@pytest.mark.parametrize(
    "scopes",
    [
        [Scope(DAY)],
        [Scope(DAY, level="county")],
        [Scope(DAY), Scope(factory.day("2020-02-01"), level="town")],
    ],
)
def test_every_number_is_the_list_behind_it(scopes):
    cells = [
        cell
        for table in tables(*scopes)
        for row in (*table.rows, table.total)
        for cell in row
        if cell.address
    ]
    found = [listed(cell.address) for cell in cells]

    assert len(cells) > 10
    assert found == [cell.value for cell in cells]


def listed(address):
    """How many stand on the page of that address."""
    query = QueryDict(address.partition("?")[2])
    return RollForm(query, may_see_phones=False).scope.people().count()


def test_list_tells_the_class_it_shows(office, logged_in):
    response = logged_in(office).get(f"{reverse('delegate_roll')}?day=2020-08-20&party=untold")
    page = response.content.decode()

    assert response.context["count"] == 1
    assert "田富" in page
    assert "政治面貌：未填写" in page
    assert 'href="?day=2020-08-20"' in page


def test_workbook(office, logged_in):
    response = logged_in(office).get(
        f"{reverse('delegate_structure')}?export=xlsx&other_day=2020-02-01"
    )
    workbook = openpyxl.load_workbook(io.BytesIO(response.getvalue()))

    assert workbook.sheetnames == ["层级", "性别", "年龄", "民族", "政治面貌", "文化程度", "职业"]
    assert list(workbook["性别"].values) == [
        ("分类", "人数", "占比", "对比人数", "对比占比", "增减"),
        ("男", 3, "75%", 4, "80%", "-1"),
        ("女", 1, "25%", 1, "20%", "0"),
        ("合计", 4, "100%", 5, "100%", "-1"),
    ]


def test_nobody_in_office(office, logged_in):
    page = logged_in(office).get(f"{reverse('delegate_structure')}?day=1999-01-01")

    assert "1999年1月1日没有在任代表。" in page.content.decode()
