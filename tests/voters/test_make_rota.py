"""The rota on the command line: only told, or saved in somebody's name."""

import json
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from reports.ledgers import import_ledgers
from tests import factory
from voters.models import DayEvent, ReceptionDay, ReceptionDuty

from .township_of_groups import make_groups, mandates_of

pytestmark = pytest.mark.django_db

XX_TOWN = settings.BASE_DIR / "reports" / "demonstration" / "xx-town-2020.xlsx"


def told(*arguments, year="2020"):
    out, err = StringIO(), StringIO()
    call_command("make_rota", year, "--dry-run", "--json", *arguments, stdout=out, stderr=err)
    return json.loads(out.getvalue())


def refused(*arguments):
    with pytest.raises(SystemExit) as refusal:
        call_command("make_rota", *arguments)
    return str(refusal.value)


def records():
    return [
        list(model.objects.order_by("pk").values())
        for model in (ReceptionDay, ReceptionDuty, DayEvent)
    ]


@pytest.fixture
def demonstration_year(db):
    with XX_TOWN.open("rb") as workbook:
        assert not import_ledgers(workbook).errors


def test_the_demonstration_year_from_scratch_is_fair(demonstration_year):
    before = records()

    rota = told("--from-scratch")

    assert rota["spread"] == {"1": 1, "2": 1, "3": 1}
    assert [day["date"] for day in rota["days"] if day["group"] == 1] == [
        f"2020-{month:02d}-15" for month in range(1, 13)
    ]
    assert {len(day["on_duty"]) for day in rota["days"]} == {2}
    assert rota["days"][0] == {
        "date": "2020-01-15",
        "group": 1,
        "on_duty": [
            {
                "card": "X15-001",
                "name": "梁启山",
                "reason": "本年已轮值0次，此前未轮值过，与镇代表搭配",
            },
            {
                "card": "Z15-001",
                "name": "何长庚",
                "reason": "本年已轮值0次，此前未轮值过，与县代表搭配",
            },
        ],
    }
    assert records() == before


def test_what_was_held_stands_and_counts(demonstration_year):
    rota = told()

    held = [day for day in rota["days"] if day["date"] < "2020-09"]
    assert [
        [one["name"] for one in day["on_duty"]] for day in held if day["date"] == "2020-03-16"
    ] == [["欧阳明珠", "郑有田"]]
    assert {one["reason"] for day in held for one in day["on_duty"]} == {"已举行，当日到岗"}
    assert [day["date"] for day in rota["days"] if day["group"] == 2][-4:] == [
        "2020-09-15",
        "2020-10-15",
        "2020-11-15",
        "2020-12-15",
    ]
    had_a_turn = {one["card"] for day in held for one in day["on_duty"]}
    new = {one["card"] for day in rota["days"][len(held) :] for one in day["on_duty"]}
    assert new & had_a_turn == set()
    assert told() == rota


def test_fixed_and_announced_days_stand_and_planned_ones_are_open():
    (group,) = make_groups(1, 6, duty_places=1)
    _, second, third, *_ = mandates_of(group)
    factory.make_reception_day("2020-09-15", group, [third], state="planned", is_fixed=True)
    factory.make_reception_day("2020-10-15", group, [second], state="announced")
    factory.make_reception_day("2020-11-15", group, [third], state="planned")
    factory.make_reception_day("2020-12-15", group, [third], state="cancelled")

    rota = told()

    on_duty = {day["date"]: [one["card"] for one in day["on_duty"]] for day in rota["days"]}
    assert on_duty["2020-09-15"] == [third.card_number]
    assert on_duty["2020-10-15"] == [second.card_number]
    assert on_duty["2020-11-15"] != [third.card_number]
    assert "2020-12-15" not in on_duty
    assert len(on_duty) == 11
    assert rota["spread"] == {"1": 1}


def test_it_is_saved_in_the_name_of_an_account(secretary):
    (group,) = make_groups(1, 4)
    factory.make_reception_day("2020-01-15", group, mandates_of(group)[:2])
    proposal = told()

    call_command("make_rota", "2020", "--as", "secretary", "--json", stdout=StringIO())

    saved = [
        {
            "date": day.date.isoformat(),
            "group": 1,
            "on_duty": [
                {"card": card, "name": name, "reason": reason or "已举行，当日到岗"}
                for card, name, reason in day.duties.values_list(
                    "mandate__card_number", "mandate__delegate__name", "reason"
                )
            ],
        }
        for day in ReceptionDay.objects.order_by("date")
    ]
    assert saved == proposal["days"]
    assert set(DayEvent.objects.values_list("kind", "user__username")) == {
        ("made", "secretary"),
        ("rota", "secretary"),
    }


def test_in_words_and_with_what_cannot_be_met():
    make_groups(1, 1)
    out, err = StringIO(), StringIO()

    call_command("make_rota", "2020", "--dry-run", stdout=out, stderr=err)

    assert out.getvalue().splitlines()[::12] == [
        "2020年1月15日 第一代表小组："
        "代表1号（本组当日可轮值的只有1人，本年已轮值0次，此前未轮值过）",
        "第1组轮值次数相差0次",
    ]
    assert err.getvalue().splitlines()[0] == (
        "1月15日第一代表小组需2人，可轮值1人（当日在任1人）。"
    )


def test_wrong_arguments_are_told_in_a_sentence(secretary, chair):
    assert refused("2020", "--dry-run") == "还没有设置乡镇概况，没有接待日的规定可依。"
    factory.make_township()
    factory.make_group(3)

    assert refused("20", "--dry-run") == "年度应为四位数字，如2020，不是“20”。"
    for arguments in (["2020"], ["2020", "--as", "chair"], ["2020", "--as", "nobody"]):
        assert refused(*arguments).startswith("写入时要用 --as 给出")
    assert refused("2020", "--as", "secretary", "--from-scratch").startswith("--from-scratch 只能")
    assert refused("2020", "--as", "secretary").startswith("第三代表小组没有登记活动室")
    assert ReceptionDay.objects.count() == 0
