"""交办单, 反馈表 and 催办单: what they say, who prints them, and that they hold on their pages."""

import io

import pdfplumber
import pytest
from django.test import Client
from django.urls import reverse

from congress.models import Township
from tests import factory
from tests.factory import day
from voters import item_papers, papers
from voters.actions import take_step
from voters.models import ContactRelease, ContactReveal, FeedbackItem
from voters.views import item_papers as views

from .item_steps import take
from .printed_paper import LONG, NAMES, RARE, content, faults, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def township():
    return factory.make_township()


@pytest.fixture
def assigned(township):
    """In hand with the traffic station since 17 August, raised by Zhang Sanfeng of 张村."""
    village = factory.make_village("张村")
    visit = factory.make_visit(village=village, voter_name="张三丰", phone="13812341234")
    unit = factory.make_unit(phone="0551-1234567")
    item = factory.make_item(
        visit, "assigned", lead_unit=unit, title="修村口的路", summary="村口的路坏了，请修。"
    )
    item.co_units.add(factory.make_unit("镇水利站"))
    return item


def release(item, user):
    return ContactRelease.objects.create(
        item=item, unit=item.lead_unit, user=user, reason="须到现场"
    )


def address(item, paper):
    return reverse(f"feedbackitem_{paper}", args=[item.pk])


def printed_text(client, item, paper):
    return text_of(content(client.get(address(item, paper))))


def as_read(item):
    return item_papers.with_paper(FeedbackItem.objects.filter(pk=item.pk)).get()


def code_of(item):
    return f"https://rd.example/items/number/{item.number}/"


# What stands on them


def test_assignment_says_all_that_the_unit_needs(assigned, office, logged_in):
    assert printed_text(logged_in(office), assigned, "assignment") == (
        "XX镇人大意见建议交办单"
        "编号2020-J001紧急程度一般标题修村口的路"
        "来源接待选民（2020年8月15日）类别村村通道路"
        "村张村代表小组第一代表小组"
        "提出人选民（姓名、电话不随本单提供，确需联系的请与XX镇人大办公室联系）"
        "内容村口的路坏了，请修。"
        "主办单位镇交通管理站协办单位镇水利站责任人田家明联系电话0551-1234567"
        "交办日期2020年8月17日办理期限2020年9月28日"
        "批示意见交办人签收人交办单位XX镇人大办公室签收日期年月日"
        "请在收到后签收。不属于本单位职责的，应当写明应由哪个单位办理，其他原因不能办理的"
        "应当写明理由，并在交办后5个工作日内（2020年8月24日前，含当日）退回XX镇人大办公室；"
        "逾期不予退回。"
        "办结后填写所附《意见建议办理情况反馈表》，由负责人签发并加盖公章，在办理期限前送"
        "XX镇人大办公室。不能按期办结的，应当在期限届满前书面申请延期并说明理由。"
    )


def test_assignment_after_signing_commenting_and_merging(assigned, office, chair, logged_in):
    other = factory.make_item(title="路灯不亮")
    take_step(user=office, item=other, step="merge", follows=assigned)
    assigned.refresh_from_db()
    take_step(user=chair, item=assigned, step="comment", note="请抓紧办理。")
    take_step(
        user=office, item=assigned, step="sign", signed_on=day("2020-08-18"), signed_by="王明"
    )

    words = printed_text(logged_in(office), assigned, "assignment")
    assert "请修。并案办理：2020-J002路灯不亮主办单位" in words
    assert "批示意见请抓紧办理。主席2020年8月20日交办人" in words
    assert "签收人王明" in words
    assert "签收日期2020年8月18日" in words


def test_a_second_handling_is_assigned_with_its_reason(office, logged_in, township):
    item = factory.make_item(state="told")
    take_step(
        user=office,
        item=item,
        step="reopen",
        process_satisfaction="满意",
        result_satisfaction="不满意",
        dissatisfaction="雨后又塌了",
        extended_to=day("2020-10-20"),
    )
    client = logged_in(office)
    sheet = printed_text(client, item, "assignment")
    reply = printed_text(client, item, "reply_form")

    assert "修复门口的道路。重新办理的原因：雨后又塌了" in sheet
    assert "办理期限2020年10月20日（重新办理，原期限2020年9月28日）" in sheet
    assert "退回" not in sheet
    assert "（重新办理）" in reply
    assert ["已经修好" in reply, "√" in reply, "雨后又塌了" in reply] == [False] * 3


def test_a_suggestion_names_the_delegates(office, logged_in, township):
    item = factory.make_item(state="assigned")
    FeedbackItem.objects.filter(pk=item.pk).update(source="delegate", visit=None)
    lead, seconder = (
        factory.make_mandate(factory.make_delegate(name)) for name in ("王明", "李芳")
    )
    item.proposers.set([lead])
    FeedbackItem.objects.update(lead_proposer=lead)

    alone = printed_text(logged_in(office), item, "assignment")
    item.proposers.add(seconder)
    together = printed_text(logged_in(office), item, "assignment")
    form = printed_text(logged_in(office), item, "reply_form")

    assert alone.startswith("XX镇人大代表建议交办单编号")
    assert "来源代表建议类别村村通道路提出时间闭会期间提出人代表王明内容" in alone
    assert "提出人代表王明领衔，李芳附议内容" in together
    assert "告知情况（答复后由人大办公室填写）代表告知方式" in form
    assert ["选民" in alone, "选民" in form, "小组" in form] == [False, False, False]


def test_reply_form_is_blank_until_answered(assigned, office, logged_in):
    assert printed_text(logged_in(office), assigned, "reply_form") == (
        "XX镇人大意见建议办理情况反馈表"
        "编号2020-J001主办单位镇交通管理站标题修村口的路"
        "交办日期2020年8月17日办理期限2020年9月28日办理过程办理结果"
        "结果类别A已解决或基本解决B正在解决C列入规划D解释说明"
        "答复方式面复书面电话网络答复日期年月日"
        "承诺事项（B、C类填写）承诺期限年月日签发人单位（盖章）年月日"
        "告知情况（答复后由人大办公室或代表小组填写）"
        "代表小组告知方式：当面电话书面入户告知日期：年月日告知人"
        "选民告知方式：当面电话书面入户告知日期：年月日告知人"
        "满意度对办理过程满意基本满意不满意对办理结果满意基本满意不满意不满意的原因"
        "填好后送XX镇人大办公室，按编号录入。选民不满意的，重新办理并再次答复。"
    )


def test_reply_form_is_filled_in_once_answered(assigned, office, logged_in):
    Township.objects.update(outcome_labels="办成/在办/规划/解释")
    for step, changes in [
        ("sign", {"signed_on": day("2020-08-17")}),
        ("record", {"note": "已派人去看。"}),
        (
            "reply",
            {
                "replied_on": day("2020-08-18"),
                "outcome": "B",
                "reply": "已经开工。",
                "commitment": "铺好路面",
                "promised_on": day("2021-03-31"),
            },
        ),
        ("inform", {"voter_told_on": day("2020-08-19"), "told_by": "phone"}),
        ("inform", {"group_untold_reason": "小组已换届"}),
        ("close", {"process_satisfaction": "满意", "result_satisfaction": "基本满意"}),
    ]:
        take_step(user=office, item=assigned, step=step, **changes)

    words = printed_text(logged_in(office), assigned, "reply_form")
    assert "办理过程2020年8月20日已派人去看。办理结果已经开工。" in words
    assert "结果类别A办成√B在办C规划D解释" in words
    assert "答复日期2020年8月18日承诺事项铺好路面承诺期限2021年3月31日" in words
    assert "代表小组未告知：小组已换届" in words
    assert "选民告知方式：当面√电话书面入户告知日期：2020年8月19日告知人办公室" in words
    assert "对办理过程√满意基本满意不满意对办理结果满意√基本满意不满意" in words


def test_reminder_tells_how_late_and_by_when(assigned, office, logged_in, set_today):
    set_today("2020-10-10")
    take_step(user=office, item=assigned, step="remind", note="请抓紧。")
    take_step(
        user=office,
        item=assigned,
        step="remind",
        note="请先设警示标志。",
        answer_by=day("2020-10-20"),
    )

    assert printed_text(logged_in(office), assigned, "reminder") == (
        "XX镇人大意见建议催办单编号：2020-J001第2次催办镇交通管理站："
        "2020年8月17日交你单位办理的意见建议“修村口的路”，办理期限为2020年9月28日，"
        "至今已逾期12天，尚未收到答复。"
        "内容村口的路坏了，请修。催办意见请先设警示标志。"
        "请于2020年10月20日前办结，并将《意见建议办理情况反馈表》送XX镇人大办公室。"
        "确实不能按期办结的，请在该日前书面说明原因和预计办结日期。"
        "XX镇人大办公室2020年10月10日签收人签收日期年月日"
    )


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2020-09-27", "距期限还有1天，尚未收到答复。"),
        ("2020-09-28", "今天到期，尚未收到答复。"),
        ("2020-09-29", "至今已逾期1天，尚未收到答复。"),
    ],
)
def test_reminders_around_the_deadline(today, said, assigned, office, logged_in, set_today):
    set_today(today)
    take_step(user=office, item=assigned, step="remind", note="请答复。")

    assert said in printed_text(logged_in(office), assigned, "reminder")


def test_what_was_sent_up_is_asked_for_there(office, logged_in, township):
    item = factory.make_item(state="assigned")
    take_step(
        user=office,
        item=item,
        step="escalate",
        escalated_to="YY县交通运输局",
        due_on=day("2020-11-30"),
    )
    take_step(user=office, item=item, step="remind", note="请答复。")

    words = printed_text(logged_in(office), item, "reminder")
    assert "第1次催办YY县交通运输局：2020年8月20日上报的意见建议“1号意见”" in words
    assert "请于2020年11月30日前办结" in words


def test_without_a_reminder_its_page_comes_first(assigned, office, logged_in):
    response = logged_in(office).get(address(assigned, "reminder"))

    assert response.url == address(assigned, "remind")


# Whom they name


PAPERS = ["assignment", "reply_form"]


@pytest.mark.parametrize("paper", PAPERS)
def test_no_sheet_names_the_voter_by_itself(paper, assigned, office, chair, unit, logged_in):
    assigned.lead_unit.accounts.add(unit)
    release(assigned, office)
    words = [printed_text(logged_in(user), assigned, paper) for user in (office, chair, unit)]

    assert [name in text for text in words for name in ("张三丰", "13812", "张**")] == [False] * 9
    assert ContactReveal.objects.count() == 0


def test_released_contact_is_printed_by_the_office_and_kept(assigned, office, logged_in):
    client = logged_in(office)
    refused = client.post(address(assigned, "assignment"))
    release(assigned, office)
    page = client.get(assigned.get_absolute_url()).content.decode()
    words = text_of(content(client.post(address(assigned, "assignment"))))

    assert refused.status_code == 403
    assert "打印交办单（含选民电话）" in page
    assert (
        "提出人张三丰13812341234姓名、电话只供办理本件时与选民联系，不得用于其他事项，"
        "不得告知他人。内容"
    ) in words
    assert list(ContactReveal.objects.values_list("visit", "user", "reason")) == [
        (assigned.visit_id, office.pk, "打印2020-J001交办单")
    ]


def test_nobody_else_prints_the_contact(assigned, office, chair, unit, logged_in):
    assigned.lead_unit.accounts.add(unit)
    release(assigned, office)
    answers = [
        logged_in(user).post(address(assigned, "assignment")).status_code for user in (chair, unit)
    ]

    assert answers == [403, 403]
    assert ContactReveal.objects.count() == 0


def test_a_release_to_another_unit_is_none(assigned, office, logged_in):
    ContactRelease.objects.create(
        item=assigned, unit=factory.make_unit("镇水利站"), user=office, reason="须到现场"
    )

    assert logged_in(office).post(address(assigned, "assignment")).status_code == 403


# Who prints


def test_a_unit_prints_what_it_leads(assigned, unit, logged_in):
    client = logged_in(unit)
    assigned.co_units.get().accounts.add(unit)
    shared = [client.get(address(assigned, paper)).status_code for paper in PAPERS]
    assigned.lead_unit.accounts.add(unit)
    led = [client.get(address(assigned, paper)).status_code for paper in PAPERS]

    assert (shared, led) == ([404, 404], [200, 200])
    assert client.get(address(assigned, "reminder")).status_code == 403


def test_leaders_and_delegates_print_none(assigned, leader, delegate, logged_in):
    answers = [
        logged_in(user).get(address(assigned, paper)).status_code
        for user in (leader, delegate)
        for paper in (*PAPERS, "reminder")
    ]

    assert answers == [403] * 6


@pytest.mark.parametrize("state", ["assigned", "signed", "handling", "replied", "closed"])
def test_what_a_unit_has_or_had_in_hand_has_sheets(state, township, office, logged_in):
    item = factory.make_item(state=state)

    assert offered(logged_in(office), item) == ["打印交办单", "打印反馈表"]


@pytest.mark.parametrize(
    ("step", "changes"),
    [
        ("withdraw", {"note": "再议"}),
        ("send_back", {"return_kind": "other", "note": "已改制"}),
        ("escalate", {"escalated_to": "YY县", "due_on": day("2020-11-30")}),
        ("reject", {"reply": "告知去法院"}),
    ],
)
def test_what_no_unit_has_in_hand_has_none(step, changes, assigned, office, logged_in):
    take_step(user=office, item=assigned, step=step, **changes)
    client = logged_in(office)

    assert offered(client, assigned) == []
    assert [client.get(address(assigned, paper)).status_code for paper in PAPERS] == [404, 404]


def offered(client, item):
    return [label for label, _ in client.get(item.get_absolute_url()).context["papers"]]


def test_steps_offer_the_paper_that_goes_out(office, logged_in, township):
    client, item = logged_in(office), factory.make_item()
    unit = factory.make_unit()
    take(client, item, "assign", lead_unit=unit.pk, due_on="2020-09-28")
    page = client.get(item.get_absolute_url()).content.decode()
    item.refresh_from_db()
    take(client, item, "remind", note="请答复。")
    reminded = client.get(item.get_absolute_url())

    both = f'<a href="{address(item, "assignment")}?forms=1" target="_blank">打印交办单和反馈表'
    assert f"期限9月28日。{both}" in page
    assert f'<a href="{address(item, "reminder")}" target="_blank">打印催办单' in (
        reminded.content.decode()
    )
    assert offered(client, item) == ["打印交办单", "打印反馈表", "打印催办单"]


# Many together


def numbers_on(response):
    """The number at the head of each page."""
    with pdfplumber.open(io.BytesIO(content(response))) as pdf:
        texts = ["".join(page.extract_text().split()) for page in pdf.pages]
    return [text.partition("编号")[2][:9] for text in texts]


@pytest.fixture
def three(township):
    """Assigned on 17 August: the first to unit B, two to unit A."""
    first, second = factory.make_unit("镇水利站"), factory.make_unit("镇农技站")
    return [factory.make_item(state="assigned", lead_unit=unit) for unit in (second, first, first)]


def test_a_batch_is_in_order_of_the_units(three, office, logged_in):
    factory.make_item()
    response = logged_in(office).get("/items/assignments.pdf", {"assigned_on": "2020-08-17"})

    assert numbers_on(response) == ["2020-J002", "2020-J003", "2020-J001"]


def test_a_batch_of_chosen_items_or_of_a_unit(three, office, logged_in):
    client = logged_in(office)
    by_keys = [
        client.get("/items/assignments.pdf", {"chosen": 1, "item": sent, "step": "remind"})
        for sent in ([three[0].pk, three[2].pk], [three[0].pk, three[2].pk, "x", ""])
    ]
    all_of_unit = client.get(
        "/items/assignments.pdf",
        {"chosen": 1, "all": 1, "item": three[1].pk, "lead_unit": three[0].lead_unit_id},
    )
    of_unit = client.get("/items/assignments.pdf", {"lead_unit": three[0].lead_unit_id})

    assert [numbers_on(response) for response in by_keys] == [["2020-J003", "2020-J001"]] * 2
    assert numbers_on(of_unit) == numbers_on(all_of_unit) == ["2020-J001"]


def test_a_batch_with_the_forms_to_fill_in(three, office, logged_in):
    response = logged_in(office).get(
        "/items/assignments.pdf", {"assigned_on": "2020-08-17", "forms": 1}
    )

    assert numbers_on(response) == [
        number for number in ("2020-J002", "2020-J003", "2020-J001") for _ in range(2)
    ]
    assert text_of(response.content).count("办理情况反馈表编号") == 3


def test_a_unit_prints_its_own_batch(three, unit, logged_in):
    three[1].lead_unit.accounts.add(unit)
    keys = [item.pk for item in three]

    response = logged_in(unit).get("/items/assignments.pdf", {"chosen": 1, "item": keys})
    assert numbers_on(response) == ["2020-J002", "2020-J003"]


def test_nothing_to_print_and_too_much(three, office, logged_in, monkeypatch):
    monkeypatch.setattr(views, "MOST_SHEETS", 2)
    client = logged_in(office)
    none = client.get("/items/assignments.pdf", {"assigned_on": "2020-08-20"}, follow=True)
    many = client.get("/items/assignments.pdf", {"assigned_on": "2020-08-17"}, follow=True)
    unticked = client.get("/items/assignments.pdf", {"chosen": 1, "state": "assigned"})

    assert [str(message) for message in none.context["messages"]] == [
        "没有可以打印的交办单：须选中已交承办单位办理的意见建议。"
    ]
    assert [str(message) for message in many.context["messages"]] == [
        "共3份交办单，一次最多打印2份，请先按单位或日期筛选。"
    ]
    assert unticked.url == "/items/?state=assigned"
    assert many.redirect_chain == [("/items/?assigned_on=2020-08-17", 302)]


def test_the_list_offers_what_it_shows(three, office, leader, logged_in):
    client = logged_in(office)
    all_items = client.get("/items/").content.decode()
    of_unit = client.get("/items/?state=assigned&page=1").content.decode()

    assert "/items/assignments.pdf?assigned_on=2020-08-20" in all_items
    assert '/items/assignments.pdf?state=assigned"' in of_unit
    assert "/items/assignments.pdf?state=assigned&amp;forms=1" in of_unit
    assert "assignments.pdf" not in logged_in(leader).get("/items/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_a_batch_costs_as_many_queries_for_any_number(count, three, office, logged_in, queries_of):
    for item in three:
        item.co_units.add(factory.make_unit("镇交通管理站"))
        take_step(user=office, item=item, step="comment", note="请抓紧。")
    keys = "&item=".join(str(item.pk) for item in three[:count])

    assert queries_of(logged_in(office), f"/items/assignments.pdf?chosen=1&item={keys}") == 11


# The code on them


def test_the_code_holds_the_address_of_the_number(assigned, office, logged_in, monkeypatch):
    made = []
    monkeypatch.setattr(
        item_papers, "qr_code", lambda address: made.append(address) or papers.qr_code(address)
    )
    client = logged_in(office)
    take_step(user=office, item=assigned, step="remind", note="请答复。")
    for paper in (*PAPERS, "reminder"):
        client.get(address(assigned, paper))

    assert made == ["http://testserver/items/number/2020-J001/"] * 3


def test_the_code_opens_the_item_for_those_who_see_it(assigned, office, other_leader, logged_in):
    code = "/items/number/2020-J001/"

    assert logged_in(office).get(code).url == assigned.get_absolute_url()
    assert logged_in(other_leader).get(code).status_code == 404
    assert logged_in(office).get("/items/number/2020-J002/").status_code == 404
    assert Client().get(code).url == f"/login/?next={code}"


def test_numbers_of_ledgers_may_hold_anything(assigned, office, logged_in):
    FeedbackItem.objects.update(number="2020/J 1号?")
    client = logged_in(office)
    assigned.refresh_from_db()

    assert content(client.get(address(assigned, "assignment")))
    opened = reverse("feedbackitem_open", args=[assigned.number])
    assert client.get(opened).url == assigned.get_absolute_url()


# How they hold


@pytest.fixture
def crowded(township, office):
    """Everything as long as it gets, in rare characters."""
    unit = factory.make_unit(f"{LONG}村镇建设服务中心", short_name="村建", phone="0551-1234567")
    item = factory.make_item(
        factory.make_visit(village=factory.make_village(NAMES[0])),
        "assigned",
        lead_unit=unit,
        title=("修" + RARE * 20)[:100],
        summary=RARE * 40,
        responsible=NAMES[1],
        urgency="at_once",
        signed_by="",
    )
    for name in NAMES[2:5]:
        item.co_units.add(factory.make_unit(name))
    take_step(user=office, item=item, step="comment", note=f"请{NAMES[5]}{RARE}抓紧。")
    return item


def test_the_longest_sheets_hold_on_one_page(crowded, township, office):
    take_step(user=office, item=crowded, step="remind", note=f"请{RARE}抓紧。" * 10)
    item = as_read(crowded)
    sheets = [
        item_papers.assignments([item], township, code_of),
        item_papers.reply_form(item, township, code_of),
        item_papers.reminder(item, township, code_of),
    ]

    assert [faults(sheet) for sheet in sheets] == [[], [], []]
    assert [NAMES[position] in text_of(sheets[0]) for position in range(6)] == [True] * 6


def test_two_thousand_characters_go_over_two_pages(township, office):
    item = factory.make_item(state="assigned", summary="屋" * 1999 + "完")
    take_step(user=office, item=item, step="remind", note="请抓紧。")
    item = as_read(item)
    sheets = [
        item_papers.assignments([item], township, code_of),
        item_papers.reminder(item, township, code_of),
    ]

    assert [faults(sheet, pages=2) for sheet in sheets] == [[], []]
    assert [(text_of(sheet).count("屋"), text_of(sheet).count("完")) for sheet in sheets] == [
        (1999, 1)
    ] * 2
    assert text_of(sheets[0]).count("编号2020-J001") == 2


def test_a_long_answer_goes_over_two_pages(township, office):
    item = factory.make_item(state="closed", reply="修" * 2000)
    data = item_papers.reply_form(as_read(item), township, code_of)

    assert faults(data, pages=2) == []
    assert text_of(data).count("编号2020-J001") == 2


def test_each_of_a_batch_begins_its_page_in_its_own_setting(township):
    short, long = (
        factory.make_item(state="assigned", summary=words) for words in ("短。", "长" * 2000)
    )
    items = [as_read(item) for item in (short, long, short)]

    assert faults(item_papers.assignments(items, township, code_of), pages=4) == []
