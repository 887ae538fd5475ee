"""The page of a feedback item: what it tells whom, and which steps it offers in which order."""

import pytest

from congress.models import Township
from tests import factory
from tests.factory import day
from voters.actions import correct_item, take_step
from voters.lifecycle import STEPS
from voters.models import Commitment, EarlierAnswer, FeedbackStep
from voters.outcomes import outcome_labels
from voters.states import State
from voters.step import Actor
from voters.step_menu import ALWAYS, DECISIONS, FREQUENT, SUBJECTS, TAKING_BACK

from .item_steps import offered

pytestmark = pytest.mark.django_db


def page_of(client, item):
    return client.get(item.get_absolute_url())


def told(page):
    return {
        title: [(fact.label, fact.value) for fact in facts]
        for title, facts in page.context["groups"]
    }


def answers(page):
    return [(answer.words, answer.colour) for answer in page.context["answers"]]


def test_four_things_stand_apart_and_empty_facts_are_left_out(office, logged_in, reception_day):
    factory.make_village("LJ冲")
    visit = factory.make_visit(reception_day, words="门口的路坏了，老人摔过。", number="2020-009")
    item = factory.make_item(
        visit, "told", number="2020-J009", title="修路", group_told_how="phone", voter_teller="王敏"
    )

    page = page_of(logged_in(office), item)

    assert told(page) == {
        "反映与分办": [
            ("来源", "接待选民"),
            ("登记号", "2020-009"),
            ("接待日", "2020-08-15"),
            ("代表小组", "第一代表小组"),
            ("村", "LJ冲"),
            ("登记日期", "2020-08-15"),
            ("类别", "村村通道路"),
            ("标题", "修路"),
            ("内容", "修复门口的道路。"),
            ("选民原话", "门口的路坏了，老人摔过。"),
        ],
        "办理": [
            ("主办单位", "镇交通管理站"),
            ("责任人", "田家明"),
            ("交办日期", "2020-08-17"),
            ("办理期限", "2020-09-28"),
            ("签收", "2020-08-17（田家明）"),
        ],
        "答复": [
            ("答复日期", "2020-08-18"),
            ("结果类别", "A 已解决或基本解决"),
            ("答复内容", "已经修好。"),
        ],
        "告知代表小组": [("日期", "2020-08-19"), ("方式", "电话")],
        "告知选民": [("日期", "2020-08-19"), ("方式", "当面"), ("告知人", "王敏")],
    }
    assert answers(page) == [
        ("已答复", "done"),
        ("小组已告知", "done"),
        ("选民已告知", "done"),
        ("A 已解决或基本解决", "done"),
        ("未评价", ""),
    ]


def test_a_unit_reads_neither_the_voters_words_nor_the_voter(unit, logged_in):
    own = factory.make_unit()
    own.accounts.add(unit)
    visit = factory.make_visit(words="门口的路坏了，我是张三丰。", voter_name="张三丰")
    item = factory.make_item(visit, "assigned", lead_unit=own)

    page = page_of(logged_in(unit), item)

    assert "选民原话" not in dict(told(page)["反映与分办"])
    assert "张三丰" not in page.content.decode()


@pytest.mark.parametrize(
    ("state", "fields", "said"),
    [
        (
            "handling",
            {"due_on": day("2020-08-19")},
            [("未答复", "overdue"), ("小组未告知", ""), ("选民未告知", ""), ("还没有结果", "")],
        ),
        (
            "replied",
            {"outcome": "C", "group_untold_reason": "小组已换届"},
            [
                ("已答复", "done"),
                ("小组未告知，已说明理由", ""),
                ("选民未告知", "due-soon"),
                ("C 列入规划", "in-hand"),
            ],
        ),
    ],
)
def test_what_is_still_owed_is_said_in_words_and_colour(office, logged_in, state, fields, said):
    item = factory.make_item(state=state, **fields)

    assert answers(page_of(logged_in(office), item)) == [*said, ("未评价", "")]


def test_dissatisfied_and_never_asked(office, logged_in):
    client = logged_in(office)
    bad = factory.make_item(
        state="reopened", extended_to=day("2020-10-01"), result_satisfaction="不满意"
    )
    unknown = factory.make_item(
        state="told", voter_told_on=None, told_by="", voter_untold_reason="匿名反映"
    )

    assert answers(page_of(client, bad))[0::4] == [
        ("须再次答复", "due-soon"),
        ("过程满意，结果不满意", "overdue"),
    ]
    assert answers(page_of(client, unknown))[2::2] == [
        ("选民未告知，已说明理由", ""),
        ("无法评价", ""),
    ]


def test_the_second_answer_stands_beside_the_first(office, logged_in):
    item = factory.make_item(state="told", reply="重新铺了。")
    EarlierAnswer.objects.create(
        item=item,
        replied_on=day("2020-07-01"),
        outcome="C",
        reply="列入明年计划。",
        voter_told_on=day("2020-07-02"),
        result_satisfaction="不满意",
        dissatisfaction="等不及",
    )

    assert page_of(logged_in(office), item).context["compared"] == {
        "headings": ["第1次答复", "第2次答复"],
        "rows": [
            ("答复日期", ["2020-07-01", "2020-08-18"]),
            ("结果类别", ["C 列入规划", "A 已解决或基本解决"]),
            ("答复内容", ["列入明年计划。", "重新铺了。"]),
            ("告知选民日期", ["2020-07-02", "2020-08-19"]),
            ("结果满意度", ["不满意", ""]),
            ("不满意的原因", ["等不及", ""]),
        ],
    }


def test_those_merged_stand_with_their_own_told_state(office, logged_in):
    main = factory.make_item(state="handling")
    follower = take_step(user=office, item=factory.make_item(), step="merge", follows=main)
    told_one = factory.make_item(state="told", follows=main)
    client = logged_in(office)

    page = page_of(client, main)

    assert [
        (each.pk, [answer.words for answer in state]) for each, state in page.context["followers"]
    ] == [
        (follower.pk, ["小组未告知", "选民未告知"]),
        (told_one.pk, ["小组已告知", "选民已告知"]),
    ]
    assert page_of(client, follower).context["main"] == main


def test_the_township_names_the_outcomes(office, logged_in):
    township = factory.make_township()
    township.outcome_labels = "办成/在办/列入计划/解释"
    township.save()
    item = factory.make_item(state="replied")

    assert outcome_labels(Township.current()) == {
        "A": "A 办成",
        "B": "B 在办",
        "C": "C 列入计划",
        "D": "D 解释",
    }
    assert dict(told(page_of(logged_in(office), item))["答复"])["结果类别"] == "A 办成"


def test_a_correction_is_told_in_the_townships_words(office):
    township = factory.make_township()
    township.outcome_labels = "办成/在办/列入计划/解释"
    township.save()
    item = factory.make_item(state="replied")
    item.outcome = "D"

    correct_item(user=office, item=item)

    assert item.steps.get().note == "结果类别：A 办成→D 解释"


def test_a_longer_life_costs_no_more_queries(office, logged_in, queries_of):
    client = logged_in(office)
    item = factory.make_item(state="told")

    def live_longer():
        FeedbackStep.objects.create(item=item, user=office, kind="remind", to_state="told")
        EarlierAnswer.objects.create(
            item=item, replied_on=day("2020-07-01"), outcome="D", reply="解释。"
        )
        Commitment.objects.create(item=item, text="修好", due_on=day("2021-06-30"))
        factory.make_item(state="told", follows=item)

    live_longer()
    few = queries_of(client, item.get_absolute_url())
    live_longer()
    live_longer()

    assert queries_of(client, item.get_absolute_url()) == few


def test_the_menu_knows_every_step_once():
    by_people = {name for name, step in STEPS.items() if Actor.SYSTEM not in step.who}
    listed = [*(name for _, names in SUBJECTS for name in names), *TAKING_BACK]

    assert sorted(listed) == sorted(by_people)
    assert set(FREQUENT) == set(State)
    assert {
        name for names in (*FREQUENT.values(), DECISIONS, ALWAYS) for name in names
    } <= by_people


def test_a_request_to_be_decided_comes_first_and_the_chair_is_offered_what_is_the_chairs(
    office, chair, logged_in
):
    item = factory.make_item(state="handling", asked_until=day("2020-10-15"))

    menu = page_of(logged_in(office), item).context["menu"]
    assert (menu.usual.label, [step.label for step in menu.frequent]) == (
        "答复",
        ["延期", "不同意延期"],
    )
    assert offered(page_of(logged_in(chair), item)) == ["催办", "督办", "批示意见"]
