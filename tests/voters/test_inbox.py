"""The inbox: what lies on the office's table, one save an item, and what happens after it."""

import pytest
from django.urls import reverse

from tests import factory
from tests.factory import day
from voters.models import FeedbackItem

from .item_steps import take, trail, values
from .triage import make_returned, triage_post

pytestmark = pytest.mark.django_db
INBOX = "/items/inbox/"


@pytest.fixture
def client(office, logged_in, reception_day):
    return logged_in(office)


def test_the_oldest_first_with_the_voters_words_and_no_telephone(client):
    village = factory.make_village("东村")
    visit = factory.make_visit(
        village=village, words="桥栏杆断了两根。", voter_name="张三丰", phone="13812341234"
    )
    later = factory.make_item(registered_on=day("2020-08-18"))
    oldest = factory.make_item(visit, title="修桥", registered_on=day("2020-08-15"))
    factory.make_item(state="assigned")

    page = client.get(INBOX)

    assert [(item.number, days) for item, days in page.context["rows"]] == [
        (oldest.number, 5),
        (later.number, 5),
    ]
    assert page.context["item"] == oldest
    text = page.content.decode()
    shown = ("桥栏杆断了两根。", "张三丰，东村，1人；2020-08-15第一代表小组接待，已5天", "修桥")
    assert [words in text for words in shown] == [True] * 3
    assert "1234" not in text


def test_the_chair_reads_of_a_confidential_voter_the_surname_only(chair, logged_in, reception_day):
    visit = factory.make_visit(voter_name="张三丰", confidential=True)
    visit.informed.add(chair)
    item = factory.make_item(visit)

    page = logged_in(chair).get(INBOX)

    text = page.content.decode()
    assert [words in text for words in ("张三丰", "张**")] == [False, True]
    assert (page.context["item"], page.context["form"]) == (item, None)
    assert [words in text for words in ("不交办的", "成批办理")] == [False, False]
    assert logged_in(chair).post(*triage_post(item)).status_code == 403


def test_topic_words_and_assignment_are_one_save(client):
    item = factory.make_item(title="路", summary="路坏了")
    other = factory.make_item()
    unit = factory.make_unit("镇村建中心", contact="杨成林")
    helper = factory.make_unit("镇水利站")
    topic = factory.make_topic("民生工程")

    response = client.post(
        *triage_post(
            item,
            topic=topic.pk,
            title="修复村口道路",
            lead_unit=unit.name,
            co_units=[helper.pk],
            urgency="urgent",
        )
    )

    assert response.url == f"{INBOX}?item={other.pk}&done={item.pk}"
    assert values(item, "state", "topic__name", "title", "lead_unit", "responsible") == (
        "assigned",
        "民生工程",
        "修复村口道路",
        unit.pk,
        "杨成林",
    )
    assert values(item, "urgency", "assigned_on", "due_on") == (
        "urgent",
        day("2020-08-20"),
        day("2020-09-28"),
    )
    assert list(item.co_units.all()) == [helper]
    assert trail(item) == [
        (
            "office",
            "registered",
            "registered",
            "更正：类别：村村通道路→民生工程\n标题：路→修复村口道路",
        ),
        ("office", "registered", "assigned", "交办"),
    ]
    page = client.get(response.url)
    text = page.content.decode()
    assert f"已把{item.number}交镇村建中心办理，期限9月28日。" in text
    assert page.context["item"] == other


def test_what_was_just_done_is_taken_back_and_lies_on_the_table_again(client):
    item = factory.make_item()
    client.post(*triage_post(item))
    item.refresh_from_db()

    response = client.post(
        f"/items/{item.pk}/withdraw/?inbox=1", {"version": item.version, "note": "分办后随即撤销"}
    )

    assert response.url == f"{INBOX}?item={item.pk}"
    assert values(item, "state", "lead_unit", "due_on") == ("registered", None, None)
    assert "撤销</button>" not in client.get(f"{INBOX}?done={item.pk}").content.decode()


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ("水利", None),
        ("水利站", None),
        ("村建中心", None),
        ("镇", ["名称含“镇”的有镇水利站、镇林业站，请再写几个字。"]),
        ("供电所", ["没有名称含“供电所”的承办单位，请从列表中选择。"]),
        (" ", ["请填写这一项。"]),
    ],
)
def test_a_unit_is_found_by_a_few_characters(client, typed, errors):
    item = factory.make_item()
    for name in ("镇水利站", "镇林业站", "村建中心"):
        factory.make_unit(name)

    response = client.post(*triage_post(item, lead_unit=typed))

    if errors:
        form = response.context["form"]
        assert (form.errors, form["lead_unit"].value()) == ({"lead_unit": errors}, typed)
        assert '<option value="镇水利站">水利站</option>' in response.content.decode()
    else:
        assert typed in values(item, "lead_unit__name")[0]


def test_a_refusal_saves_neither_words_nor_step_and_keeps_what_was_typed(client):
    item = factory.make_item(title="路")
    unit = factory.make_unit("镇水利站", contact="")

    response = client.post(
        *triage_post(item, title="修路", lead_unit=unit.name, due_on="2020-08-19")
    )
    early = client.post(
        *triage_post(
            item, title="修路", lead_unit=unit.name, responsible="王水生", due_on="2020-08-19"
        )
    )

    assert response.context["form"].errors == {
        "responsible": ["该单位没有登记联系人，请填写责任人。"]
    }
    assert early.context["form"].errors == {"due_on": ["办理期限不能早于交办日期。"]}
    assert early.context["form"]["title"].value() == "修路"
    assert values(item, "state", "title", "version") == ("registered", "路", 1)
    assert trail(item) == []


def test_two_at_the_same_item_one_wins_and_the_other_loses_nothing(client, secretary, logged_in):
    item = factory.make_item(title="路")
    first = factory.make_unit("镇水利站")
    logged_in(secretary).post(*triage_post(item, lead_unit=first.name))

    response = client.post(*triage_post(item, title="修复村口道路"))

    assert response.status_code == 409
    assert response.context["form"]["title"].value() == "修复村口道路"
    differing = {each.label: (each.theirs, each.yours) for each in response.context["differences"]}
    assert differing["标题"] == ("路", "修复村口道路")
    assert values(item, "state", "lead_unit", "title") == ("assigned", first.pk, "路")
    again = client.post(*triage_post(item, version=response.context["form"]["version"].value()))
    assert again.context["form"].non_field_errors() == [
        "这条意见现在的状态是“交办”，不能办理“交办”。"
    ]


def test_a_second_click_makes_one_step(client):
    item = factory.make_item()
    other = factory.make_item()
    address, sent = triage_post(item)

    answers = [client.post(address, sent).url for _ in range(2)]

    assert answers == [f"{INBOX}?item={other.pk}&done={item.pk}"] * 2
    assert trail(item) == [("office", "registered", "assigned", "交办")]


def test_a_returned_item_tells_who_why_and_whom_and_offers_that_unit(unit, client, logged_in):
    own = factory.make_unit()
    own.accounts.add(unit)
    right = factory.make_unit("镇水利站", contact="王水生")
    item = factory.make_item(state="assigned")
    take(
        logged_in(unit),
        item,
        "send_back",
        return_kind="not_ours",
        right_unit=right.pk,
        note="河堤归水利站管。",
    )
    item.refresh_from_db()

    page = client.get(INBOX)
    form = page.context["form"]

    text = page.content.decode()
    told = ("镇交通管理站于8月20日退回：不属于本单位职责", "河堤归水利站管。", "（村建中心）")
    assert [words in text for words in told] == [True] * 3
    assert (form["lead_unit"].value(), form["note"].value()) == (
        "镇水利站",
        "镇交通管理站退回，应由镇水利站办理",
    )
    client.post(*triage_post(item, lead_unit=right.name, note=form["note"].value()))
    assert values(item, "state", "lead_unit", "right_unit", "returned_on") == (
        "assigned",
        right.pk,
        None,
        None,
    )
    assert trail(item)[-1] == (
        "office",
        "returned",
        "assigned",
        "改办：镇交通管理站退回，应由镇水利站办理\n原主办单位：镇交通管理站，原办理期限：2020-09-28",
    )


def test_the_other_ways_out_come_back_to_the_next_item(client):
    item = factory.make_item()
    other = make_returned()

    offered = {
        opened: [step.label for step in client.get(f"{INBOX}?item={opened.pk}").context["ways_out"]]
        for opened in (item, other)
    }
    response = client.post(
        f"/items/{item.pk}/reject/?inbox=1", {"version": 1, "reply": "已进入诉讼。"}
    )
    cancel = client.get(f"/items/{other.pk}/escalate/?inbox=1").context["cancel_url"]

    assert offered == {
        item: ["当场答复", "并案", "转为代表建议", "上报", "不予受理"],
        other: ["退回不成立", "并案", "转为代表建议", "上报", "不予受理"],
    }
    assert response.url == f"{INBOX}?item={other.pk}"
    assert cancel == f"{INBOX}?item={other.pk}"


def test_a_suggestion_for_which_six_months_are_given(client):
    factory.make_township()
    item = factory.make_item()
    FeedbackItem.objects.update(source="delegate", visit=None)
    item.refresh_from_db()

    form = client.get(INBOX).context["form"]
    due = str(form["due_on"].value())
    bare = client.post(*triage_post(item, due_on=due, is_wide="on"))
    client.post(*triage_post(item, due_on=due, is_wide="on", note="涉及三个村"))

    assert due == "2020-11-20"
    assert form.fields["due_on"].help_text == ""
    # A Saturday on which people work after the Spring Festival.
    assert form.fields["is_wide"].help_text == "期限延为2021-02-20，须在说明中写明理由"
    assert bare.context["form"].errors == {
        "note": ["按六个月办理的，请说明涉及面广、处理难度大的理由。"]
    }
    assert values(item, "state", "is_wide", "due_on") == ("assigned", True, day("2021-02-20"))


def test_a_deadline_in_a_year_without_published_holidays_says_so(client, set_today):
    set_today("2031-03-03")
    factory.make_item()

    form = client.get(INBOX).context["form"]

    assert form.fields["due_on"].help_text == "2031年放假安排未公布，按周一至周五推算，请核对"


def test_an_item_that_is_gone_from_the_table_is_told_and_the_first_opens(client):
    first = factory.make_item()
    gone = factory.make_item(state="handling")

    page = client.get(f"{INBOX}?item={gone.pk}")

    assert page.context["item"] == first
    assert [str(message) for message in page.context["messages"]] == [
        f"{gone.number}已不在待分办中，现在是“办理中”。"
    ]
    assert client.get(f"{INBOX}?item=999").status_code == 404
    assert client.post(INBOX).status_code == 404


def test_nothing_on_the_table(client):
    assert "没有待分办的意见建议。" in client.get(INBOX).content.decode()


def test_pages_hold_fifty_and_follow_the_open_item(client):
    items = [factory.make_item() for _ in range(53)]

    second = client.get(f"{INBOX}?item={items[51].pk}")
    turned = client.get(f"{INBOX}?page=2")

    assert [item for item, _ in second.context["rows"]] == items[50:]
    assert second.context["item"] == items[51]
    assert turned.context["item"] == items[50]
    assert client.post(*triage_post(items[52])).url == (
        f"{INBOX}?item={items[0].pk}&done={items[52].pk}"
    )


def test_as_many_queries_for_three_as_for_three_hundred(client, queries_of):
    def add(count):
        for number in range(count):
            visit = factory.make_visit(village=factory.make_village())
            item = make_returned(visit=visit, topic=factory.make_topic(f"类别{number % 7}"))
            item.steps.create(kind="send_back", to_state="returned")

    add(3)
    queries_of(client, INBOX)
    few = queries_of(client, INBOX)
    add(297)

    assert queries_of(client, INBOX) == few
    assert few <= 40


def test_it_stands_in_the_navigation_of_those_who_may_read_it(client, leader, logged_in):
    factory.make_item()

    def offered(of):
        shown = of.get("/items/").context["navigation"]
        return [page["url"] for entry in shown for page in entry["pages"]]

    assert reverse("feedbackitem_inbox") in offered(client)
    assert reverse("feedbackitem_inbox") not in offered(logged_in(leader))
    assert logged_in(leader).get(INBOX).status_code == 403
