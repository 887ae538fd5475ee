"""Work evaluations: units arranged, ballots of all of them entered on one page, two editors."""

import uuid

import pytest

from groups.models import Activity
from tests import factory
from voters.models import BallotCorrection, UnitEvaluation

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


@pytest.fixture
def activity():
    factory.make_ballot_scale(2017)
    return factory.make_evaluation(present=45)


@pytest.fixture
def units(activity):
    return [
        factory.make_arranged_unit(activity, factory.make_unit(f"{number}号站所"))
        for number in (1, 2, 3)
    ]


def page(activity, name="ballots/"):
    return f"/unit-evaluations/activities/{activity.pk}/{name}"


def sent(*rows, **shared):
    """A row: unit, valid, 满意, 基本满意, 不满意, 弃权; empty without numbers."""
    data = {"others_present": 5, "ballots_issued": 50, "ballots_returned": 48, **shared}
    names = ("ballots_valid", "satisfied", "basically_satisfied", "dissatisfied", "abstained")
    for unit, *numbers in rows:
        data[f"version_{unit.pk}"] = unit.version
        data |= {f"{name}_{unit.pk}": n for name, n in zip(names, numbers, strict=False)}
    return data


def votes():
    return list(
        UnitEvaluation.objects.order_by("pk").values_list(
            "ballots_issued", "ballots_valid", "satisfied", "third_grade", "abstained", "version"
        )
    )


def said(response):
    return [str(message) for message in response.context["messages"]]


# Units arranged


def test_units_are_arranged_at_once(client, activity):
    finance, water, forest = (factory.make_unit(name) for name in ("财政所", "水利站", "林业站"))
    form = {"method": "report", f"on_{finance.pk}": "on", f"head_{water.pk}": "周某"}

    response = client.post(page(activity, "units/"), form, follow=True)
    again = client.post(page(activity, "units/"), form)

    assert [(each.unit, each.head, each.method, each.is_voted) for each in arranged()] == [
        (finance, "", "report", False),
        (water, "周某", "report", False),
    ]
    assert said(response) == ["已安排评议2个单位，可以打印测评票了。"]
    assert [unit for unit, _, _ in again.context["form"].rows] == [forest]
    assert again.context["form"].non_field_errors() == ["请至少勾选一个单位。"]


def arranged():
    return UnitEvaluation.objects.select_related("unit").order_by("pk")


def test_one_more_unit_is_added_on_its_own_page(client, activity):
    unit = factory.make_unit()
    form = {"submission": str(uuid.uuid4()), "activity": activity.pk, "unit": unit.pk}

    for _ in range(2):
        client.post("/unit-evaluations/add/", form | {"head": "周某", "method": "report"})

    assert [(each.unit, each.is_voted) for each in arranged()] == [(unit, False)]


def test_only_evaluations_have_units(client):
    inspection = factory.make_activity()
    form = {"submission": str(uuid.uuid4()), "activity": inspection.pk}

    response = client.post("/unit-evaluations/add/", form)

    assert "activity" in response.context["form"].errors
    assert client.get(page(inspection, "units/")).status_code == 404


def test_a_unit_without_a_told_result_is_deleted(client):
    deleted, told = (factory.make_unit_evaluation(unit=factory.make_unit(n)) for n in ("甲", "乙"))
    UnitEvaluation.objects.filter(pk=told.pk).update(reported_on="2020-01-02")

    pages = [
        client.post(f"/unit-evaluations/{each.pk}/delete/").status_code for each in (deleted, told)
    ]

    assert (pages, list(arranged())) == ([302, 403], [told])


# Ballots entered


def test_all_units_are_entered_with_one_save(client, activity, units):
    first, second, third = units
    rows = sent((first, 47, 36, 8, 1, 2), (second, 48, 40, 8, 0, 0), (third,))

    response = client.post(page(activity), rows, follow=True)

    assert votes() == [
        (50, 47, 36, 0, 2, 2),
        (50, 48, 40, 0, 0, 2),
        (None, None, None, None, None, 1),
    ]
    assert said(response) == ["已保存2个单位的票数。"]


def test_a_unit_may_have_sheets_of_its_own(client, activity, units):
    first, second, _ = units
    own = {f"ballots_issued_{second.pk}": 30, f"ballots_returned_{second.pk}": 30}

    client.post(page(activity), sent((first, 47, 36, 8, 1, 2), (second, 30, 30, 0, 0, 0)) | own)
    form = client.get(page(activity)).context["form"]

    assert [issued for issued, *_ in votes()] == [50, 30, None]
    assert [form[name].value() for name in ("ballots_issued", f"ballots_issued_{first.pk}")] == [
        50,
        None,
    ]
    assert form[f"ballots_issued_{second.pk}"].value() == 30


def test_nothing_is_saved_where_one_row_is_wrong(client, activity, units):
    first, second, _ = units

    response = client.post(
        page(activity), sent((first, 47, 36, 8, 1, 2), (second, 48, 40, 9, 0, 0))
    )

    assert response.context["form"].errors == {
        f"ballots_valid_{second.pk}": [
            "满意40、基本满意9、不满意0、弃权0，合计49票，比有效票48张多1票。"
        ]
    }
    assert {row[-1] for row in votes()} == {1}


def test_ballots_wait_for_the_attendance(client):
    activity = factory.make_evaluation()
    unit = factory.make_arranged_unit(activity)

    response = client.post(page(activity), sent((unit, 47, 36, 8, 1, 2)))

    assert response.context["form"].non_field_errors() == [
        "本次活动还没有登记出席，参评代表人数不明；请先登记出席，再登记票数。"
    ]


def test_a_second_click_changes_nothing(client, activity, units):
    rows = sent((units[0], 47, 36, 8, 1, 2))

    client.post(page(activity), rows)
    response = client.post(page(activity), rows, follow=True)

    assert (said(response)[-1:], votes()[0]) == (["票数没有改动。"], (50, 47, 36, 0, 2, 2))
    assert BallotCorrection.objects.count() == 0


def test_rows_of_a_ledger_stay_as_they_are(client, activity):
    known = factory.make_unit_evaluation(activity, satisfied=37, dissatisfied=1)
    unit = factory.make_arranged_unit(activity, factory.make_unit("水利站"))
    rows = sent((unit, 47, 36, 8, 1, 2), (known, "", 37, 0, 1))

    client.post(page(activity), rows | {"reason": ""})

    assert votes() == [(None, None, 37, 0, None, 1), (50, 47, 36, 0, 2, 2)]


def test_rows_of_a_ledger_are_completed_with_a_reason(client, activity):
    known = factory.make_unit_evaluation(activity, satisfied=37, basically_satisfied=10)
    rows = sent((known, 47, 37, 10, 0, 0))

    refused = client.post(page(activity), rows)
    client.post(page(activity), rows | {"reason": "补登发出、收回票数"})

    assert refused.context["form"].errors == {"reason": ["更正已登记的票数，须写明理由。"]}
    assert votes() == [(50, 47, 37, 0, 0, 2)]
    assert [(each.evaluation, each.changes) for each in BallotCorrection.objects.all()] == [
        (
            known,
            "其他参评人数（空）→5、发出票（空）→50、收回票（空）→48、有效票（空）→47、弃权（空）→0",
        )
    ]


def test_corrected_numbers_stay_readable(client, office, activity, units):
    client.post(page(activity), sent((units[0], 47, 36, 8, 1, 2)))
    units[0].refresh_from_db()

    client.post(page(activity), sent((units[0], 47, 35, 9, 1, 2), reason="计票有误"))

    trail = client.get(units[0].get_absolute_url()).context["corrections"]
    assert [(each.user, each.changes, each.reason) for each in trail] == [
        (office, "满意36→35、基本满意8→9", "计票有误")
    ]


def test_ballots_entered_by_mistake_are_emptied_with_a_reason(client, activity, units):
    client.post(page(activity), sent((units[0], 47, 36, 8, 1, 2)))
    units[0].refresh_from_db()

    client.post(page(activity), sent((units[0],), reason="登错单位"))

    units[0].refresh_from_db()
    assert (units[0].is_voted, units[0].others_present, BallotCorrection.objects.count()) == (
        False,
        None,
        1,
    )


def test_a_told_result_is_not_emptied(client, activity):
    unit = factory.make_voted_unit(activity, reported_on=factory.day("2019-12-27"))

    response = client.post(page(activity), sent((unit,), reason="登错单位"))

    assert response.context["form"].non_field_errors() == [
        "镇交通管理站的结果已报送、反馈或提出整改，不能清空；数字有误的请直接更正。"
    ]


# Two editors


def test_other_units_entered_meanwhile_are_kept(client, activity, units):
    first, second, _ = units
    client.post(page(activity), sent((first, 47, 36, 8, 1, 2), (second,)))

    response = client.post(page(activity), sent((first,), (second, 48, 40, 8, 0, 0)))

    assert response.status_code == 302
    assert [row[2] for row in votes()] == [36, 40, None]


def test_the_same_unit_entered_twice_is_shown_to_the_second(client, activity, units):
    first, second, _ = units
    client.post(page(activity), sent((first, 47, 36, 8, 1, 2), (second, 48, 40, 8, 0, 0)))

    conflict = client.post(page(activity), sent((first, 47, 30, 14, 1, 2), (second,)))

    assert conflict.status_code == 409
    assert conflict.context["differing"] == [
        (
            "1号站所",
            "其他参评人数5、发出票50、收回票48、有效票47、满意36、基本满意8、不满意1、弃权2",
            "其他参评人数5、发出票50、收回票48、有效票47、满意30、基本满意14、不满意1、弃权2",
        )
    ]
    assert [row[2] for row in votes()] == [36, 40, None]
    form = conflict.context["form"]
    assert [form[f"{name}_{second.pk}"].value() for name in ("version", "satisfied")] == [2, 40]
    assert form[f"version_{first.pk}"].value() == 2
    saved = client.post(page(activity), form.data.dict() | {"reason": "重新计票"})
    assert (saved.status_code, [row[2] for row in votes()]) == (302, [30, 40, None])


# Who sees what


def test_leaders_see_their_own_groups_evaluation_and_change_nothing(
    leader, other_leader, logged_in
):
    activity = factory.make_evaluation(group=factory.make_group(1), present=3)
    unit = factory.make_voted_unit(activity)
    pages = [page(activity, ""), page(activity), unit.get_absolute_url(), "/unit-evaluations/"]

    found = [
        [logged_in(user).get(address).status_code for address in pages]
        for user in (leader, other_leader)
    ]

    assert found == [[200, 403, 200, 200], [404, 403, 404, 200]]
    assert logged_in(other_leader).get("/unit-evaluations/").context["rows"] == []


def test_the_activity_shows_its_units(client, leader, logged_in):
    activity = factory.make_evaluation(group=factory.make_group(1), present=3)
    factory.make_voted_unit(activity)
    training = factory.make_activity(kind=Activity.Kind.TRAINING)

    own = "voters/_evaluation_section.html"
    shown = [
        [section["may_edit"] for template, section in found.context["sections"] if template == own]
        for found in (
            client.get(activity.get_absolute_url()),
            logged_in(leader).get(activity.get_absolute_url()),
            client.get(training.get_absolute_url()),
        )
    ]

    assert shown == [[True], [False], []]


def test_the_list_is_narrowed(client, activity, units):
    water = factory.make_unit("水利站")
    other = factory.make_evaluation("2018-12-20", number="2018-H01")
    old = factory.make_unit_evaluation(other, water)
    told = {"reported_on": factory.day("2018-12-27"), "fed_back_on": factory.day("2018-12-28")}
    UnitEvaluation.objects.filter(pk=old.pk).update(**told)
    voted = factory.make_voted_unit(activity, water)

    def rows(**chosen):
        return [each for each, _ in client.get("/unit-evaluations/", chosen).context["rows"]]

    assert rows(year=2018) == rows(activity=other.pk) == [old]
    assert rows(unit=water.pk) == [old, voted]
    assert rows(state="untold") == [voted]
    assert rows(state="arranged") == units
    assert client.get("/unit-evaluations/?export=xlsx").status_code == 200
