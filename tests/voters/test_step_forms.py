"""The pages of an item's steps: what they ask, what they show, where they lead."""

import pytest

from tests import factory
from tests.factory import day
from voters.actions import take_step
from voters.forms import STEP_FORMS
from voters.lifecycle import STEPS
from voters.models import FeedbackItem, FeedbackStep, HandlingUnit, ReplyTemplate

from .item_steps import take, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def form_of(client, item, step):
    return client.get(f"/items/{item.pk}/{step}/").context["form"]


def shown(form):
    """(legend, names of fields) as the page groups them."""
    return [(legend, [bound.name for bound in fields]) for legend, fields in form.fieldsets]


def about(client, item, step):
    context = client.get(f"/items/{item.pk}/{step}/").context
    return [(name, words) for name, words in context["about"] if words][2:]


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_group_and_voter_are_asked_apart_with_usual_reasons(client):
    form = form_of(client, factory.make_item(state="replied"), "inform")

    assert shown(form) == [
        ("代表小组", ["group_told_on", "group_told_how", "group_teller", "group_untold_reason"]),
        ("选民", ["voter_told_on", "told_by", "voter_teller", "voter_untold_reason"]),
        ("", ["note"]),
    ]
    page = client.get(f"/items/{FeedbackItem.objects.get().pk}/inform/").content.decode()
    assert '<datalist id="untold"><option value="匿名反映">' in page
    assert page.count('list="untold"') == 2


def test_once_both_are_told_the_office_goes_on_to_close(client, leader, logged_in, reception_day):
    item = factory.make_item(factory.make_visit(reception_day), "replied", number="2020-J001")
    told = {"group_told_on": "2020-08-19", "voter_told_on": "2020-08-20", "told_by": "home"}

    first = client.post(
        f"/items/{item.pk}/inform/", {"version": 1, "group_told_on": "2020-08-19"}, follow=True
    )
    assert first.redirect_chain[0][0] == item.get_absolute_url()
    second = client.post(f"/items/{item.pk}/inform/", {"version": 2, **told}, follow=True)
    assert second.redirect_chain[0][0] == f"/items/{item.pk}/close/"
    assert said(second) == ["2020-J001号：代表小组和选民都已告知，请接着登记满意度并办结。"]

    other = factory.make_item(factory.make_visit(reception_day), "replied")
    by_leader = take(logged_in(leader), other, "inform", **told)
    assert by_leader.url == other.get_absolute_url()


def test_dissatisfied_leads_to_handling_again_with_what_was_typed(client):
    item = factory.make_item(state="told")

    led = take(
        client,
        item,
        "close",
        process_satisfaction="基本满意",
        result_satisfaction="不满意",
        note="入户征询",
    )

    form = led.context["form"]
    assert led.context["action"] == f"/items/{item.pk}/reopen/"
    assert led.context["lead"].startswith("选民不满意的不能办结，须“重新办理”。")
    assert {name: form[name].value() for name in form.fields if name != "version"} == {
        "process_satisfaction": "基本满意",
        "result_satisfaction": "不满意",
        "dissatisfaction": "",
        "extended_to": day("2020-09-29"),
        "note": "入户征询",
    }
    assert values(item, "state", "version") == ("told", 1)


def test_a_stale_verdict_is_still_told_of_the_other_step(client, office):
    item = factory.make_item(state="told")
    take_step(user=office, item=item, step="comment", note="请跟踪")
    FeedbackItem.objects.update(version=2)
    grades = {"process_satisfaction": "满意", "result_satisfaction": "不满意"}

    led = client.post(f"/items/{item.pk}/close/", {"version": 1, **grades})

    assert led.context["form"]["version"].value() == 1


def test_an_answer_on_the_spot_that_was_bad_is_taken_up(client):
    item = factory.make_item()
    take(client, item, "answer_on_spot", replied_on="2020-08-15", outcome="D", reply="不属本镇。")
    item.refresh_from_db()

    led = take(client, item, "close", process_satisfaction="不满意", result_satisfaction="不满意")

    assert led.context["action"] == f"/items/{item.pk}/take_up/"


def test_nobody_grades_who_was_not_told(client):
    item = factory.make_item(
        state="told", voter_told_on=None, told_by="", voter_untold_reason="匿名反映"
    )

    assert shown(form_of(client, item, "close")) == [("", ["note"])]
    assert about(client, item, "close")[-1] == ("未告知选民的理由", "匿名反映")


def test_a_return_names_another_unit_until_its_last_day(client):
    item = factory.make_item(state="assigned", lead_unit=factory.make_unit())
    other = factory.make_unit("镇水利站")

    form = form_of(client, item, "send_back")

    assert [label for _, label in form["return_kind"].field.choices] == [
        "不属于本单位职责",
        "其他原因",
    ]
    assert list(form.fields["right_unit"].queryset) == [other]
    assert about(client, item, "send_back") == [("退回期限", "2020-08-24（交办后5个工作日）")]


def test_what_was_returned_goes_to_the_unit_that_was_named(client, office):
    item = factory.make_item(state="assigned")
    right = factory.make_unit("镇水利站")
    take(client, item, "send_back", return_kind="not_ours", right_unit=right.pk, note="属水利")
    item.refresh_from_db()

    assert form_of(client, item, "reassign")["lead_unit"].value() == right.pk
    assert about(client, item, "reassign") == [
        ("现主办单位", "镇交通管理站"),
        ("退回日期", "2020-08-20"),
        ("退回原因", "不属于本单位职责"),
        ("退回说明", "属水利\n应由镇水利站办理"),
    ]


def test_an_extension_is_decided_beside_the_request_and_the_limit(client):
    item = factory.make_item(state="handling")
    take(client, item, "ask_extension", asked_until="2020-10-15", note="雨季不能施工")

    expected = [
        ("现在的期限", "2020-09-28"),
        ("已延期", "0次，按规定最多1次"),
    ]
    assert about(client, item, "extend") == [
        ("单位申请", "申请延期至2020-10-15（办公室）"),
        ("延期理由", "雨季不能施工"),
        *expected,
    ]
    form = form_of(client, item, "extend")
    assert (form["extended_to"].value(), form["note"].value()) == (
        day("2020-10-15"),
        "雨季不能施工",
    )
    fresh = factory.make_item(state="handling")
    assert about(client, fresh, "ask_extension") == expected


def test_the_main_item_is_named_by_its_number(client):
    main = factory.make_item(state="handling", number="2020-J001")
    item = factory.make_item()

    wrong = take(client, item, "merge", follows="2020-J999")
    assert wrong.context["form"].errors == {"follows": ["没有编号为2020-J999的意见建议，请核对。"]}
    itself = take(client, item, "merge", follows=item.number)
    assert itself.context["form"].errors == {"follows": ["不能并入自己，请选另一条意见建议。"]}
    take(client, item, "merge", follows="2020-J001")

    assert values(item, "state", "follows") == ("merged", main.pk)


def test_what_asks_the_same_is_proposed_as_main_item(client):
    visit = factory.make_visit()
    main = factory.make_item(visit, "handling", number="2020-J001", title="修村口的路")
    closed = factory.make_item(visit, "closed", title="修村口的路")
    item = factory.make_item(visit, title="修村口的路")

    form = form_of(client, item, "merge")
    assert form.fields["alike"].choices == [
        ("2020-J001", "2020-J001 修村口的路（2020-08-15登记，办理中，镇交通管理站）")
    ]
    neither = take(client, item, "merge")
    assert neither.context["form"].errors == {"follows": ["请选择一条，或者填写并入的编号。"]}
    foreign = take(client, item, "merge", alike=closed.number)
    assert list(foreign.context["form"].errors) == ["alike"]
    take(client, item, "merge", alike="2020-J001")

    assert values(item, "state", "follows") == ("merged", main.pk)


def test_who_received_the_voter_proposes_first(client, reception_day):
    item = factory.make_item(factory.make_visit(reception_day))
    received = list(reception_day.on_duty.all())
    other = factory.make_mandate()

    form = form_of(client, item, "suggest")
    assert sorted(form["proposers"].value()) == sorted(mandate.pk for mandate in received)
    assert [mandate.pk for mandate in form.fields["others"].queryset] == [other.pk]
    none = take(client, item, "suggest")
    assert none.context["form"].errors == {"proposers": ["请选择提出建议的代表。"]}
    take(client, item, "suggest", proposers=[received[0].pk], others=[other.pk])

    suggestion = FeedbackItem.objects.get(source="delegate")
    assert set(suggestion.proposers.all()) == {received[0], other}


def test_a_template_is_put_into_the_answer_and_nothing_typed_is_lost(client):
    item = factory.make_item(state="handling", title="修路", topic=factory.make_topic("道路"))
    own = ReplyTemplate.objects.create(
        title="修好", outcome="A", topic=item.topic, text="您反映的“【标题】”已于【日期】修好。"
    )
    general = ReplyTemplate.objects.create(title="解释", outcome="D", text="说明如下：")
    ReplyTemplate.objects.create(
        title="供水", outcome="A", topic=factory.make_topic("饮水"), text="已通水。"
    )

    offered = form_of(client, item, "reply").fields["template"].choices
    assert list(offered) == [
        ("", "不用模板"),
        ("A 已解决或基本解决", [(str(own.pk), "修好")]),
        ("D 解释说明", [(str(general.pk), "解释")]),
    ]

    def use(template, typed):
        sent = {"use_template": "1", "template": template, "reply": typed, "note": "已核实"}
        form = take(client, item, "reply", **sent).context["form"]
        return form["outcome"].value(), form["reply"].value(), form["note"].value()

    draft = "您反映的“修路”已于【日期】修好。"
    assert use(own.pk, "") == ("A", draft, "已核实")
    assert use(general.pk, draft) == ("D", "说明如下：", "已核实")
    assert use(own.pk, "我站已派人。") == ("A", f"我站已派人。\n{draft}", "已核实")
    assert use(2**70, "原文") == (None, "原文", "已核实")
    assert values(item, "state", "version") == ("handling", 1)


def test_what_is_solved_promises_nothing(client):
    item = factory.make_item(state="handling")
    promise = {"commitment": "明年修好", "promised_on": "2021-06-30"}

    take(client, item, "reply", replied_on="2020-08-20", outcome="A", reply="修好了。", **promise)

    assert list(item.commitments.all()) == []


def test_who_comes_second_is_told_what_happened_and_loses_nothing(client, chair):
    item = factory.make_item(state="assigned")
    FeedbackStep.objects.create(item=item, user=chair, kind="sign", to_state="signed")
    FeedbackItem.objects.update(version=2, state="signed", signed_on=day("2020-08-20"))

    late = take(client, item, "reply", replied_on="2020-08-20", outcome="A", reply="已修好。")
    gone = take(client, item, "withdraw", note="错交")

    assert late.status_code == gone.status_code == 409
    assert late.context["form"]["reply"].value() == "已修好。"
    assert [
        (page.context["meanwhile"]["state"], page.context["meanwhile"]["still_fits"])
        for page in (late, gone)
    ] == [("签收", True), ("签收", False)]
    assert "主席刚刚办理了“签收”" in late.content.decode()


@pytest.mark.parametrize("step", ["assign", "suggest", "merge", "send_back", "reply"])
def test_more_to_choose_from_costs_no_more_queries(client, queries_of, reception_day, step):
    state = {"assign": "registered", "suggest": "registered", "merge": "registered"}
    item = factory.make_item(factory.make_visit(reception_day), state.get(step, "assigned"))
    address = f"/items/{item.pk}/{step}/"

    def more(number):
        HandlingUnit.objects.create(name=f"镇{number}号站", short_name=f"{number}号站")
        ReplyTemplate.objects.create(title=f"{number}号", outcome="A", text="好。")
        factory.make_mandate()

    more(1)
    few = queries_of(client, address)
    for number in range(2, 6):
        more(number)

    assert queries_of(client, address) == few


def test_every_step_has_a_page_that_opens(client):
    opened = {}
    for name in STEP_FORMS:
        item = factory.make_item(state="assigned")
        opened[name] = client.get(f"/items/{item.pk}/{name}/").status_code

    assert {name: status for name, status in opened.items() if status not in (200, 302)} == {}
    assert sum(status == 200 for status in opened.values()) > 10


def test_a_correction_reaches_all_that_the_steps_write(client):
    """What only steps may move, and what a return or a merge leaves, stays out of hand."""
    written = {name for form in STEP_FORMS.values() for name in STEPS[form.step].asks}

    form = client.get(f"/items/{factory.make_item(state='closed').pk}/edit/").context["form"]

    assert written - set(form.fields) == {
        "asked_until",
        "escalated_to",
        "follows",
        "is_wide",
        "return_kind",
        "right_unit",
    }
    assert sorted(name for _, names in form.groups for name in names) == sorted(form.Meta.fields)
