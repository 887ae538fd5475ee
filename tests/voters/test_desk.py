"""The desk: what a line fills, what stays by hand, one visit a form, who may do what."""

import json
import re
import uuid

import pytest
from django.urls import reverse

from congress.models import Village
from tests import factory
from voters.desk import lexicon
from voters.models import BlankForm, DayEvent, FeedbackItem, ReceptionDay, Visit

LINE = "张三丰 13812341234 XX冲 村村通道路 3人 门口的路灯坏了半年。 交:交管站"


@pytest.fixture
def village(db):
    return factory.make_village("XX冲村")


@pytest.fixture
def unit(db):
    return factory.make_unit("镇交通管理站", short_name="交管站", contact="田家明")


@pytest.fixture
def topic(db):
    return factory.make_topic("村村通道路")


@pytest.fixture
def known(village, unit, topic):
    """What the line names."""
    return village, unit, topic


@pytest.fixture
def clerk(office, logged_in):
    return logged_in(office)


def sent(day, line="", **fields):
    """What the desk's page sends as it was opened, with the line typed."""
    return {
        "submission": str(uuid.uuid4()),
        "line": line,
        "filled": "",
        "shown_alike": "",
        "received_by": list(day.on_duty.values_list("pk", flat=True)),
        "persons": "1",
        "channel": "in_person",
        "items-TOTAL_FORMS": "1",
        "items-INITIAL_FORMS": "0",
        **fields,
    }


def parsed(client, day, form):
    response = client.post(reverse("desk_parse", args=[day.pk]), form)
    assert response.status_code == 200
    return response.json()


def page_of(day):
    return reverse("desk_day", args=[day.pk])


def saved(client, day, form):
    """The answer to the page's script."""
    response = client.post(page_of(day), form, headers={"Accept": "application/json"})
    assert response.status_code == 200
    return response.json()


def test_one_line_fills_the_fields(clerk, reception_day, known):
    village, unit, topic = known

    found = parsed(clerk, reception_day, sent(reception_day, LINE))

    assert found["values"] == {
        "form_number": "",
        "voter_name": "张三丰",
        "village": str(village.pk),
        "phone": "13812341234",
        "persons": "3",
        "channel": "in_person",
        "words": "门口的路灯坏了半年。",
        "items-0-topic": str(topic.pk),
        "items-0-title": "门口的路灯坏了半年",
        "items-0-summary": "门口的路灯坏了半年。",
        "items-0-lead_unit": str(unit.pk),
        "items-0-responsible": "田家明",
    }
    assert found["rows"] == 1
    assert Visit.objects.count() == 0


def test_what_was_understood_is_shown_and_doubts_are_said(clerk, reception_day, known):
    read = parsed(clerk, reception_day, sent(reception_day, f"{LINE} 村:没有村"))["read"]

    chips = re.findall(r"<li[^>]*><span>(.*?)</span> (.*?)(?: <em>(.*?)</em>)?</li>", read)
    assert chips == [
        ("来访人", "张三丰", ""),
        ("电话", "13812341234", ""),
        ("村", "XX冲村", ""),
        ("类别", "村村通道路", ""),
        ("人数", "3人", ""),
        ("单位", "镇交通管理站", ""),
        ("原话", "村:没有村", "未识别的村"),
    ]


def test_the_words_of_the_desk_follow_the_records(clerk, office, reception_day):
    assert lexicon(office) is lexicon(office)
    factory.make_village("新村")

    found = parsed(clerk, reception_day, sent(reception_day, "张三丰 新村 有事"))

    assert found["values"]["village"] == str(Village.objects.get(name="新村").pk)


def test_the_line_alone_makes_the_visit_and_its_item(clerk, office, reception_day, known):
    village, unit, topic = known
    form = sent(reception_day, LINE)

    answer = saved(clerk, reception_day, form)

    visit = Visit.objects.get()
    assert answer["saved"] == form["submission"]
    assert answer["said"] == (
        "已登记2020-001号来访；意见2020-J001交镇交通管理站办理，期限9月30日。"
        f'<a href="{visit.get_absolute_url()}">打开2020-001号</a>'
    )
    assert (visit.voter_name, visit.phone, visit.village, visit.persons, visit.logged_by) == (
        "张三丰",
        "13812341234",
        village,
        3,
        office,
    )
    assert set(visit.received_by.all()) == set(reception_day.on_duty.all())
    assert list(visit.items.values_list("title", "topic", "lead_unit", "state")) == [
        ("门口的路灯坏了半年", topic.pk, unit.pk, "assigned")
    ]


def test_each_further_line_is_an_item_of_its_own(clerk, reception_day, known):
    factory.make_topic("民生工程")
    line = f"{LINE}\n民生工程 井盖也没有了"

    found = parsed(clerk, reception_day, sent(reception_day, line))
    saved(clerk, reception_day, sent(reception_day, line))

    assert found["rows"] == 2
    assert Visit.objects.get().words == "门口的路灯坏了半年。\n井盖也没有了"
    assert list(
        FeedbackItem.objects.order_by("pk").values_list("title", "topic__name", "state")
    ) == [
        ("门口的路灯坏了半年", "村村通道路", "assigned"),
        ("井盖也没有了", "民生工程", "registered"),
    ]


def test_a_field_corrected_by_hand_follows_the_line_no_more(clerk, reception_day, known):
    first = parsed(clerk, reception_day, sent(reception_day, LINE))
    by_hand = first["values"] | {"voter_name": "张三峰", "items-0-title": "修路灯"}

    line = LINE.replace("3人", "5人") + " 很危险。"
    form = sent(reception_day, line, filled=first["filled"]) | by_hand
    second = parsed(clerk, reception_day, form)

    changed = {
        name: value for name, value in second["values"].items() if value != first["values"][name]
    }
    assert changed == {
        "voter_name": "张三峰",
        "persons": "5",
        "words": "门口的路灯坏了半年。 很危险。",
        "items-0-title": "修路灯",
        "items-0-summary": "门口的路灯坏了半年。 很危险。",
    }
    assert "手工改过，不再跟随" in second["read"]
    assert "来访人、第1条意见的标题" in second["read"]


def test_what_the_line_no_longer_says_is_emptied(clerk, reception_day, known):
    first = parsed(clerk, reception_day, sent(reception_day, LINE))
    form = sent(reception_day, "", filled=first["filled"]) | first["values"]

    second = parsed(clerk, reception_day, form)

    assert {name: value for name, value in second["values"].items() if value} == {
        "persons": "1",
        "channel": "in_person",
    }


def test_who_answered_for_a_unit_last_answers_again(clerk, reception_day, known):
    unit = factory.make_unit("镇水利站", short_name="水利站", contact="")
    factory.make_item(state="assigned", lead_unit=unit, responsible="沈水根")

    found = parsed(clerk, reception_day, sent(reception_day, "张三丰 水沟堵了 交:水利站"))

    assert found["values"]["items-0-responsible"] == "沈水根"


def test_spoiled_memory_of_the_page_does_no_harm(clerk, reception_day, known):
    for filled in ("no json", "[1]", '{"words": 7}'):
        found = parsed(clerk, reception_day, sent(reception_day, LINE, filled=filled))
        assert found["values"]["voter_name"] == "张三丰"


def test_without_scripts_the_button_reads_and_keeps(clerk, reception_day, known):
    response = clerk.post(page_of(reception_day), sent(reception_day, LINE, read="1"))

    form = response.context["form"]
    assert form["voter_name"].value() == "张三丰"
    assert form["line"].value() == LINE
    assert form.errors == {}
    assert json.loads(form["filled"].value())["persons"] == "3"
    assert response.context["rows"].forms[0]["title"].value() == "门口的路灯坏了半年"
    assert Visit.objects.count() == 0

    again = clerk.post(page_of(reception_day), sent(reception_day, LINE, more="1"))
    assert len(again.context["rows"].forms) == 2


def test_without_scripts_it_is_saved_and_the_desk_is_empty_again(clerk, reception_day, known):
    response = clerk.post(page_of(reception_day), sent(reception_day, LINE), follow=True)

    assert response.redirect_chain == [(page_of(reception_day), 302)]
    assert response.context["form"]["line"].value() == ""
    assert [visit.number for visit in response.context["visits"]] == ["2020-001"]


def test_a_visit_without_an_item_is_said_to_be_one(clerk, reception_day, village):
    form = sent(reception_day, "张三丰 XX冲 就是来坐坐")

    refused = saved(clerk, reception_day, form)
    assert refused["saved"] == ""
    assert Visit.objects.count() == 0

    assert saved(clerk, reception_day, form | {"no_item": "on"})["saved"] == form["submission"]
    assert Visit.objects.get().words == "就是来坐坐"
    assert FeedbackItem.objects.count() == 0


def test_no_item_at_all_is_asked_about(clerk, reception_day, village):
    form = sent(reception_day, voter_name="张三丰", village=village.pk, words="就是来坐坐")

    response = clerk.post(page_of(reception_day), form)

    assert response.context["form"].errors == {
        "no_item": ["没有填写意见建议；确实没有的请勾选这一项。"]
    }


def test_what_is_not_taken_up_says_where_the_voter_was_sent(clerk, reception_day, known):
    line = "张三丰 XX冲 村村通道路 工伤赔偿没有给"
    form = sent(reception_day, line) | {"items-0-sent_to": "仲裁机构", "items-0-sent_note": "县里"}

    saved(clerk, reception_day, form)

    item = FeedbackItem.objects.get()
    assert (item.state, item.reply, item.voter_told_on, item.told_by) == (
        "rejected",
        "告知去向：仲裁机构（县里）",
        reception_day.date,
        "in_person",
    )
    assert list(item.steps.values_list("from_state", "to_state")) == [
        ("", "registered"),
        ("registered", "rejected"),
    ]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (
            {"sent_to": "人民法院"},
            {"lead_unit": ["不予受理的不交办，请改为“暂不交办”。"]},
        ),
        (
            {"sent_to": "其他", "lead_unit": ""},
            {"sent_note": ["请写明告知选民去哪里。"]},
        ),
        (
            {"sent_note": "法院", "lead_unit": ""},
            {"sent_to": ["写了去向的，请选择告知去向。"]},
        ),
    ],
)
def test_where_the_voter_was_sent_must_be_clear(clerk, reception_day, known, fields, errors):
    first = parsed(clerk, reception_day, sent(reception_day, LINE))
    form = sent(reception_day, LINE, filled=first["filled"]) | first["values"]
    form |= {f"items-0-{name}": value for name, value in fields.items()}

    response = clerk.post(page_of(reception_day), form)

    assert response.context["rows"].forms[0].errors == errors
    assert Visit.objects.count() == 0


def test_a_repeated_submit_makes_one_visit(clerk, reception_day, known):
    form = sent(reception_day, LINE)
    saved(clerk, reception_day, form)

    again = saved(clerk, reception_day, form)

    assert again["saved"] == form["submission"]
    assert "没有重复登记" in again["said"]
    assert Visit.objects.count() == 1


def test_what_was_typed_after_an_unseen_save_is_not_lost(clerk, reception_day, known):
    form = sent(reception_day, LINE)
    saved(clerk, reception_day, form)

    other = form | {"line": LINE.replace("路灯", "路面").replace("张三丰", "李大山")}
    response = clerk.post(page_of(reception_day), other)

    assert "还没有保存" in response.content.decode()
    assert response.context["form"]["voter_name"].value() == "李大山"
    token = response.context["form"]["submission"].value()
    assert token != form["submission"]
    shown = " ".join(map(str, FeedbackItem.objects.values_list("pk", flat=True)))
    saved(clerk, reception_day, other | {"submission": token, "shown_alike": shown})
    assert list(Visit.objects.order_by("pk").values_list("voter_name", flat=True)) == [
        "张三丰",
        "李大山",
    ]


def test_a_voter_seen_before_is_recognised(clerk, reception_day, known):
    village = known[0]
    earlier = factory.make_visit(
        reception_day, village, voter_name="张三丰", phone="138 1234-1234", number="2020-009"
    )
    factory.make_item(earlier, "replied", title="修门口的路")
    factory.make_visit(reception_day, village, voter_name="张三丰", number="2020-010")
    factory.make_visit(reception_day, village, voter_name="李四", number="2020-011")

    by_phone = parsed(clerk, reception_day, sent(reception_day, "13812341234 有事"))["read"]
    by_name = parsed(clerk, reception_day, sent(reception_day, "张三丰 XX冲 有事"))["read"]

    seen = [
        [n for n in ("009", "010", "011") if f"2020-{n}" in text] for text in (by_phone, by_name)
    ]
    assert seen == [["009"], ["009", "010"]]
    assert ["修门口的路" in by_phone, "已答复" in by_phone, "138****1234" in by_phone] == [True] * 3
    assert "13812341234，" not in by_phone


def test_likely_duplicates_are_shown_before_saving(clerk, reception_day, known):
    village, _, _ = known
    earlier = factory.make_visit(reception_day, village, number="2020-009")
    twin = factory.make_item(earlier, "assigned", title="路灯坏了", summary="修门口的路灯。")
    factory.make_item(earlier, "closed", title="路灯坏了", summary="修门口的路灯。")
    form = sent(reception_day, LINE)

    live = parsed(clerk, reception_day, form)["read"]
    warned = clerk.post(page_of(reception_day), form)

    assert twin.number in live
    assert [one.item for one in warned.context["alike"]] == [twin]
    assert warned.context["form"]["shown_alike"].value() == str(twin.pk)
    assert Visit.objects.count() == 1

    saved(clerk, reception_day, form | {"shown_alike": str(twin.pk)})
    assert Visit.objects.count() == 2


@pytest.fixture
def blank(reception_day, office):
    return BlankForm.objects.create(
        number="2020-056", batch=uuid.uuid4(), day=reception_day, printed_by=office
    )


def test_a_numbered_form_gives_its_number_once(clerk, reception_day, known, blank):
    scanned = f"https://example.cn/forms/2020-056/ {LINE}"
    found = parsed(clerk, reception_day, sent(reception_day, scanned))
    assert found["values"]["form_number"] == "2020-056"
    assert found["values"]["words"] == "门口的路灯坏了半年。"

    saved(clerk, reception_day, sent(reception_day, scanned))
    visit = Visit.objects.get()
    assert visit.number == "2020-056"

    form = sent(reception_day, LINE, form_number="2020-056", shown_alike=str(visit.items.get().pk))
    response = clerk.post(page_of(reception_day), form)
    assert response.context["form"].errors == {
        "form_number": [
            "2020-056号登记表已经登记过来访，不能再用。"
            f'<a href="{visit.get_absolute_url()}">打开2020-056号</a>'
        ]
    }
    assert f'<a href="{visit.get_absolute_url()}">打开2020-056号</a>' in response.content.decode()
    saved(clerk, reception_day, form | {"form_number": ""})
    assert Visit.objects.order_by("pk").last().number == "2020-057"


def test_a_number_alone_opens_what_was_logged_under_it(clerk, reception_day, blank):
    visit = factory.make_visit(reception_day, number="2020-055")

    logged = parsed(clerk, reception_day, sent(reception_day, "2020-055"))
    printed = parsed(clerk, reception_day, sent(reception_day, "2020-056"))
    unknown = parsed(clerk, reception_day, sent(reception_day, "2020-099"))

    assert logged["visit"] == visit.get_absolute_url()
    assert [printed["visit"], printed["values"]["form_number"]] == ["", "2020-056"]
    assert [unknown["visit"], unknown["values"]["form_number"]] == ["", ""]
    assert unknown["values"]["words"] == "2020-099"


@pytest.mark.parametrize(
    ("number", "error"),
    [
        ("2020-099", "没有印过2020-099号登记表，请核对号码；没有登记表的留空。"),
        ("2019-001", "2019-001号登记表不是接待日当年的。"),
    ],
)
def test_only_a_printed_form_of_the_year_gives_a_number(clerk, reception_day, known, number, error):
    BlankForm.objects.create(number="2019-001", batch=uuid.uuid4())

    response = clerk.post(page_of(reception_day), sent(reception_day, LINE, form_number=number))

    assert response.context["form"].errors == {"form_number": [error]}
    assert Visit.objects.count() == 0


def test_a_numbered_form_can_be_filled_in_on_the_long_page(clerk, reception_day, village, blank):
    factory.make_reception_day("2020-08-18")
    page = clerk.get(f"{reverse('visit_add')}?form=2020-056")
    assert page.context["form"]["day"].value() == reception_day.pk
    assert page.context["form"]["form_number"].value() == "2020-056"
    form = sent(
        reception_day,
        form_number="2020-056",
        voter_name="张三丰",
        village=village.pk,
        words="路坏了",
    ) | {"day": reception_day.pk}

    first = clerk.post(reverse("visit_add"), form)
    second = clerk.post(reverse("visit_add"), form)

    visit = Visit.objects.get()
    assert visit.number == "2020-056"
    assert [first.url, second.url] == [visit.get_absolute_url()] * 2


def test_the_first_visit_holds_the_day(clerk, reception_day, known):
    ReceptionDay.objects.update(state="announced")

    saved(clerk, reception_day, sent(reception_day, LINE))

    reception_day.refresh_from_db()
    assert reception_day.state == "held"
    assert list(DayEvent.objects.values_list("kind", "note")) == [("held", "登记2020-001号来访")]


def test_one_day_is_opened_at_once_and_several_are_offered(clerk, reception_day):
    desk = reverse("desk")
    assert clerk.get(desk).url == page_of(reception_day)

    other = factory.make_reception_day("2020-08-15", factory.make_group(2))
    assert list(clerk.get(desk).context["days"]) == [reception_day, other]

    today = factory.make_reception_day("2020-08-20", state="announced")
    assert clerk.get(desk).url == page_of(today)
    assert clerk.get("/").context["desk_url"] == page_of(today)
    today.state = "cancelled"
    today.save()
    assert len(clerk.get(desk).context["days"]) == 2


def test_the_desk_of_a_day_to_come_takes_no_visits(clerk, known):
    day = factory.make_reception_day("2020-09-15", state="planned")

    assert "还没有到，不能登记来访" in clerk.get(page_of(day)).content.decode()
    saved(clerk, day, sent(day, LINE))
    assert Visit.objects.count() == 0


def test_leaders_read_their_day_with_the_voters_masked(leader, chair, logged_in, known):
    day = factory.make_reception_day("2020-08-15", factory.make_group(1))
    factory.make_visit(day, known[0], voter_name="张三丰", words="路灯坏了")
    for user in (leader, chair):
        client = logged_in(user)
        text = client.get(page_of(day)).content.decode()

        assert ["张**" in text, "张三丰" in text, "路灯坏了" in text] == [True, False, True]
        assert [day.on_duty.get().delegate.name in text, "<textarea" in text] == [True, False]
        assert client.post(page_of(day), sent(day, LINE)).status_code == 403


def test_attendance_is_taken_at_the_desk(clerk, reception_day):
    first, second = reception_day.duties.all()
    visit = factory.make_visit(reception_day)
    visit.received_by.set([first.mandate])
    address = reverse("desk_attendance", args=[reception_day.pk])

    clerk.post(address, {f"duty-{first.pk}": "swapped", f"duty-{second.pk}": "absent"})
    refused = clerk.post(
        address, {f"duty-{first.pk}": "absent", f"duty-{second.pk}": "on_duty"}, follow=True
    )

    assert list(reception_day.duties.values_list("status", flat=True)) == ["swapped", "absent"]
    assert [str(message) for message in refused.context["messages"]][1:] == [
        f"{first.mandate.delegate.name}当日已有接待登记，不能记为缺岗。"
        "请先更正来访登记中的接待代表。"
    ]
    assert list(
        clerk.get(page_of(reception_day)).context["form"].fields["received_by"].queryset
    ) == [first.mandate]


def test_the_desk_asks_as_much_for_three_visits_as_for_one(clerk, reception_day, queries_of):
    factory.make_item(factory.make_visit(reception_day))
    few = queries_of(clerk, page_of(reception_day))
    for _ in range(2):
        factory.make_item(factory.make_visit(reception_day))

    assert queries_of(clerk, page_of(reception_day)) == few


@pytest.mark.parametrize("name", ["village", "items-0-topic", "items-0-lead_unit"])
def test_keys_that_no_database_holds_break_nothing(clerk, reception_day, name):
    form = sent(reception_day, "张三 路灯不亮", **{name: "9" * 30})

    statuses = [
        clerk.post(address, form | button).status_code
        for address in (page_of(reception_day), reverse("desk_parse", args=[reception_day.pk]))
        for button in ({}, {"read": "1"}, {"more": "1"})
    ]

    assert statuses == [200] * 6
