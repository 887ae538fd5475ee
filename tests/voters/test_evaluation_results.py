"""What the ballots on units say: rates, rank, result; and what became of it afterwards."""

import pytest
from django.db import IntegrityError, transaction

from congress.models import BallotScale
from congress.todo import todos_of
from reports.figures import activities
from reports.scope import Scope
from tests import factory
from voters.models import BallotCorrection, FeedbackItem, SecondVote, UnitEvaluation
from voters.unit_results import ActivityResults

pytestmark = pytest.mark.django_db

DAY = factory.day


@pytest.fixture(autouse=True)
def scales(set_today):
    set_today("2020-08-20")
    factory.make_ballot_scale(2017, thresholds=[("满意", 90, 98), ("比较满意", 70, 90)])


@pytest.fixture
def client(secretary, logged_in):
    return logged_in(secretary)


@pytest.fixture
def activity():
    return factory.make_evaluation(present=45)


def vote(activity, name, satisfied, basically, valid=47):
    rest = valid - satisfied - basically
    return factory.make_voted_unit(
        activity,
        factory.make_unit(name),
        ballots_valid=valid,
        satisfied=satisfied,
        basically_satisfied=basically,
        dissatisfied=rest,
        abstained=0,
    )


def test_units_are_ranked_by_their_rates_and_ties_share_a_rank(activity):
    for name, satisfied, basically, valid in [
        ("甲", 30, 10, 47),
        ("乙", 40, 5, 47),
        ("丙", 30, 12, 47),
        ("丁", 15, 6, 47),
        ("戊", 30, 12, 47),
        ("己", 0, 0, 0),
    ]:
        vote(activity, name, satisfied, basically, valid)
    factory.make_arranged_unit(activity, factory.make_unit("庚"))

    rows = ActivityResults.of(activity).rows

    assert [(row.evaluation.unit.name, row.rank) for row in rows] == [
        ("乙", 1),
        ("丙", 2),
        ("戊", 2),
        ("甲", 4),
        ("丁", 5),
        ("己", None),
        ("庚", None),
    ]


def test_rates_decide_not_numbers(activity):
    vote(activity, "多", 30, 10, 47)
    vote(activity, "少", 20, 0, 20)

    rows = ActivityResults.of(activity).rows

    assert [row.evaluation.unit.name for row in rows] == ["少", "多"]


def test_the_results_page_tells_rates_and_rank(client, activity):
    vote(activity, "财政所", 36, 8)
    response = client.get(f"/unit-evaluations/activities/{activity.pk}/")

    page = response.content.decode()
    assert [words for words in ("76.6%", "93.6%", "比较满意", "<svg") if words not in page] == []


def test_the_results_page_costs_the_same_with_more_units(client, activity, queries_of):
    vote(activity, "1号", 36, 8)
    pages = [
        f"/unit-evaluations/activities/{activity.pk}/",
        f"/unit-evaluations/activities/{activity.pk}/ballots/",
        activity.get_absolute_url(),
    ]
    few = [queries_of(client, page) for page in pages]
    for number in range(2, 31):
        vote(activity, f"{number}号", 36, 8)

    assert [queries_of(client, page) for page in pages] == few


# What became of it


@pytest.fixture
def unit(activity):
    return vote(activity, "财政所", 36, 8)


def after(client, unit, **fields):
    unit.refresh_from_db()
    form = {"version": unit.version, "demands": "", "rectification": "", **fields}
    response = client.post(f"/unit-evaluations/{unit.pk}/after/", form)
    unit.refresh_from_db()
    return response


def test_all_results_are_told_at_once(client, activity, unit):
    early = vote(activity, "水利站", 40, 5)
    UnitEvaluation.objects.filter(pk=early.pk).update(reported_on="2019-12-25")
    waiting = factory.make_arranged_unit(activity, factory.make_unit("林业站"))
    page = f"/unit-evaluations/activities/{activity.pk}/told/"

    refused = client.post(page, {"reported_on": "2019-12-19"})
    client.post(page, {"reported_on": "2019-12-27", "fed_back_on": "2019-12-30"})
    again = client.post(page, {"reported_on": "2020-01-02"})

    assert refused.context["form"].errors == {"reported_on": ["日期不能早于评议活动日期。"]}
    found = UnitEvaluation.objects.order_by("pk").values_list("reported_on", "fed_back_on")
    assert list(found) == [
        (DAY("2019-12-27"), DAY("2019-12-30")),
        (DAY("2019-12-25"), DAY("2019-12-30")),
        (None, None),
    ]
    assert again.context["form"].non_field_errors() == [
        "各单位的这些日期都已登记；要更正的，请到该单位的页面修改。"
    ]
    assert client.get(f"/unit-evaluations/{waiting.pk}/after/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"reported_on": "2019-12-19"}, {"reported_on": ["日期不能早于评议活动日期。"]}),
        (
            {"demands": "改进作风"},
            {"rectify_by": ["提出整改要求的，须先有测评结果，并写明整改期限。"]},
        ),
        ({"rectify_by": "2020-03-01"}, {"demands": ["有整改期限的，须写明整改要求。"]}),
        (
            {"demands": "改", "rectify_by": "2020-03-01", "rectified_on": "2020-02-20"},
            {"rectification": ["整改完成的，完成日期和整改情况都要填，并须有整改要求。"]},
        ),
    ],
)
def test_what_became_of_it_is_complete(client, unit, fields, errors):
    response = after(client, unit, **fields)

    assert response.context["form"].errors == errors


def todos(user):
    return [
        (todo.label, todo.count, todo.urgency)
        for todo in todos_of(user, DAY("2020-08-20"))
        if "评议" in todo.label or "复评" in todo.label
    ]


def test_the_office_is_reminded_step_by_step(client, office, unit):
    told = {"reported_on": "2019-12-27", "fed_back_on": "2019-12-30"}
    found = [todos(office)]
    after(client, unit, **told)
    found.append(todos(office))
    demand = told | {"demands": "改进作风", "rectify_by": "2020-09-30"}
    for due in ("2020-09-30", "2020-08-25", "2020-08-19"):
        after(client, unit, **demand | {"rectify_by": due})
        found.append(todos(office))
    done = {"rectified_on": "2020-08-20", "rectification": "已改"}
    after(client, unit, **demand, **done, second_vote_by="2020-08-01")
    found.append(todos(office))
    factory.make_second_vote(unit, "2020-08-10")
    found.append(todos(office))

    assert found == [
        [("评议结果未报送或未反馈", 1, "due-soon")],
        [],
        [("评议整改未完成", 1, "")],
        [("评议整改未完成", 1, "due-soon")],
        [("评议整改未完成", 1, "overdue")],
        [("待复评", 1, "overdue")],
        [],
    ]


def test_a_unit_sees_its_own_result_once_it_was_fed_back(client, unit, logged_in, request):
    account = request.getfixturevalue("cast_unit")
    unit.unit.accounts.add(account)
    other = vote(unit.activity, "水利站", 40, 5)
    UnitEvaluation.objects.filter(pk=other.pk).update(fed_back_on="2019-12-30")
    reader = logged_in(account)

    before = reader.get("/unit-evaluations/mine/").context["results"]
    after(client, unit, fed_back_on="2019-12-30", demands="改进作风", rectify_by="2020-08-25")
    unit.comments.create(text="办事要快。")
    page = reader.get("/unit-evaluations/mine/")

    assert (before, [each.evaluation for each in page.context["results"]]) == ([], [unit])
    text = page.content.decode()
    assert [w for w in ("改进作风", "办事要快。", "76.6%", "整改将到期") if w not in text] == []
    assert "水利站" not in text
    assert todos(account) == [("评议整改未完成", 1, "due-soon")]
    assert reader.get(unit.get_absolute_url()).status_code == 403


@pytest.fixture
def cast_unit(db):
    return factory.make_user("finance", "unit", name="财政所")


def test_a_comment_becomes_an_item_and_stays_linked(client, unit):
    client.post(f"/unit-evaluations/{unit.pk}/comments/", {"texts": "办事慢。\n\n 窗口少。"})
    slow, _ = unit.comments.all()
    form = {"topic": factory.make_topic().pk, "title": "加快办事"}

    client.post(f"/unit-evaluations/comments/{slow.pk}/take-up/", form)
    twice = client.post(f"/unit-evaluations/comments/{slow.pk}/take-up/", form)

    slow.refresh_from_db()
    item = FeedbackItem.objects.get()
    assert (slow.item, item.source, item.summary) == (item, "evaluation", "办事慢。")
    assert twice.status_code == 403
    shown = client.get(unit.get_absolute_url()).context["comments"]
    assert [(each.text, found, may) for each, found, may in shown] == [
        ("办事慢。", item, False),
        ("窗口少。", None, True),
    ]


# 复评


SECOND = {
    "held_on": "2020-03-20",
    "delegates_present": 45,
    "others_present": 5,
    "ballots_issued": 50,
    "ballots_returned": 50,
    "ballots_valid": 50,
    "satisfied": 46,
    "basically_satisfied": 4,
    "dissatisfied": 0,
    "abstained": 0,
}


def second_vote(client, unit, token="5e7b1f5c-6a1c-4c2b-9d3e-0a6f5c9d1e11", **fields):
    form = {"submission": token, "evaluation": unit.pk, **SECOND, **fields}
    return client.post("/unit-evaluations/second-votes/add/", form)


def test_a_second_vote_stands_beside_the_first(client, unit):
    for _ in range(2):
        second_vote(client, unit)

    result = client.get(unit.get_absolute_url()).context["result"]
    assert (result.tally.result, result.second.result, result.stage) == (
        "比较满意",
        "满意",
        "已复评",
    )
    assert SecondVote.objects.count() == 1


def test_there_is_one_second_vote_and_only_after_the_first(client, unit, activity):
    second_vote(client, unit)
    arranged = factory.make_arranged_unit(activity, factory.make_unit("林业站"))
    gone = {"evaluation": ["所选的已不在列表中，请重新选择。"]}

    twice = second_vote(client, unit, "5e7b1f5c-6a1c-4c2b-9d3e-0a6f5c9d1e12")
    first = second_vote(client, arranged, "5e7b1f5c-6a1c-4c2b-9d3e-0a6f5c9d1e13")

    assert [each.context["form"].errors for each in (twice, first)] == [gone, gone]
    with pytest.raises(IntegrityError), transaction.atomic():
        factory.make_second_vote(unit)


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"held_on": "2019-12-20"}, {"held_on": ["复评须在评议活动之后另日进行。"]}),
        ({"ballots_issued": 51}, {"ballots_issued": ["发出票51张，多于参评50人。"]}),
        ({"ballots_returned": 51}, {"ballots_returned": ["收回票51张，多于发出票50张。"]}),
        (
            {"satisfied": 45},
            {"ballots_valid": ["满意45、基本满意4、不满意0、弃权0，合计49票，比有效票50张少1票。"]},
        ),
        ({"abstained": ""}, {"abstained": ["这一项也要填写；没有的填0。"]}),
    ],
)
def test_wrong_numbers_of_a_second_vote_are_named(client, unit, fields, errors):
    response = second_vote(client, unit, **fields)

    assert response.context["form"].errors == errors


def test_a_second_vote_goes_by_the_scale_of_its_own_year(client, unit):
    factory.make_ballot_scale(2020, "优秀/称职/基本称职/不称职", [("优秀", 50, 90)])

    asked = second_vote(client, unit)
    second_vote(client, unit, third_grade=0)

    assert asked.context["form"].errors == {"third_grade": ["这一项也要填写；没有的填0。"]}
    result = client.get(unit.get_absolute_url()).context["result"]
    assert [word for word, _, _ in result.tally.grades] == ["满意", "基本满意", "不满意"]
    assert (result.second.grades[0][0], result.second.result) == ("优秀", "优秀")


def test_a_second_vote_is_corrected_and_removed_with_a_reason(client, unit):
    second_vote(client, unit)
    second = SecondVote.objects.get()
    form = {**SECOND, "version": 1, "satisfied": 45, "basically_satisfied": 5}
    page = f"/unit-evaluations/second-votes/{second.pk}/"

    refused = client.post(f"{page}edit/", form)
    client.post(f"{page}edit/", form | {"reason": "计票有误"})
    client.post(f"{page}remove/", {"reason": "登错单位"})

    assert refused.context["form"].errors == {"reason": ["更正已登记的票数，须写明理由。"]}
    assert SecondVote.objects.count() == 0
    kept = BallotCorrection.objects.values_list("is_second", "reason", "changes")
    assert [(second, reason) for second, reason, _ in kept] == [
        (True, "计票有误"),
        (True, "登错单位"),
    ]
    assert kept[0][2] == "满意46→45、基本满意4→5"
    assert kept[1][2].startswith("参评代表45→（空）、")


def test_the_trail_of_corrections_stays(unit, office):
    kept = BallotCorrection.objects.create(
        evaluation=unit, user=office, reason="计票有误", changes="满意36→35"
    )

    for change in (kept.delete, lambda: BallotCorrection.objects.update(reason="无")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_the_report_tells_the_first_vote_only(unit, activity):
    factory.make_second_vote(unit)
    factory.make_arranged_unit(activity, factory.make_unit("林业站"))

    figures = activities.activity_figures(Scope.of_year(2020))

    assert [(vote.unit, vote.satisfied) for vote in figures.previous[0].votes] == [("财政所", 36)]


def test_a_scale_by_which_units_were_judged_stays(client, unit):
    scale = BallotScale.objects.get(from_year=2017)

    assert client.get(f"/ballot-scales/{scale.pk}/edit/").status_code == 403
