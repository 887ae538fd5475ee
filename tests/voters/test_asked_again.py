"""Asked again: which earlier items are shown beside a new one, and to whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factory
from tests.factory import day
from voters import asked_again
from voters.asked_again import asked_before

from .item_steps import take, trail, values

pytestmark = pytest.mark.django_db


def make(summary, number, village=None, topic="村村通道路", state="registered", **fields):
    visit = factory.make_visit(
        village=village or factory.make_village(), words=fields.pop("words", summary)
    )
    fields.setdefault("registered_on", day(f"2020-0{number}-15"))
    return factory.make_item(
        visit,
        state,
        topic=factory.make_topic(topic),
        title=summary[:10],
        summary=summary,
        **fields,
    )


def shown_to(user, item):
    """(those to merge into, the rest) as the page lists them."""
    found = asked_before(item, user)
    return [each.item for each in found.open], [each.item for each in found.over]


def test_same_village_and_topic_or_alike_words(office, reception_day):
    village = factory.make_village("东村")
    same_place = make("水沟堵了。", 1, village)
    alike_elsewhere = make("村口路灯坏了半年没人修。", 2)
    alike_other_topic = make("路灯坏了半年，夜里看不见。", 3, village, topic="民生工程")
    make("医保费什么时候交？", 4)
    make("危房补助怎么申请？", 5, village, topic="民生工程")
    item = make("村口的路灯坏了半年。", 6, village)
    make("村口的路灯坏了半年。", 7, village)

    assert shown_to(office, item) == ([alike_elsewhere, alike_other_topic, same_place], [])


def test_open_ones_apart_from_those_answered_or_ended(office, reception_day):
    village = factory.make_village()
    words = "村口的路灯坏了半年。"
    states = ("registered", "assigned", "handling", "replied", "told", "closed")
    items = {state: make(words, 1, village, state=state) for state in states}
    reopened = make(words, 1, village, state="closed", extended_to=day("2020-10-08"))
    type(reopened).objects.filter(pk=reopened.pk).update(
        state="reopened", result_satisfaction="不满意"
    )
    item = make(words, 6, village)

    to_merge_into, over = shown_to(office, item)

    assert set(to_merge_into) == {items[state] for state in ("registered", "assigned", "handling")}
    assert set(over) == {
        *(items[state] for state in ("replied", "told", "closed")),
        reopened,
    }
    assert bool(asked_before(make("别的事", 7, topic="医保"), office)) is False


def test_nobody_is_shown_what_is_not_theirs(unit, leader, other_leader, office, reception_day):
    village = factory.make_village()
    own = factory.make_unit("镇水利站")
    own.accounts.add(unit)
    words = "村口的路灯坏了半年。"
    earlier = make(words, 1, village, state="closed", lead_unit=factory.make_unit())
    shared = make(words, 2, village, state="closed", lead_unit=own)
    item = make(words, 6, village, state="assigned", lead_unit=own)

    shown = {user.username: set(shown_to(user, item)[1]) for user in (office, leader, unit)}

    assert shown == {
        "office": {earlier, shared},
        "leader": {earlier, shared},
        "unit": {shared},
    }
    assert bool(asked_before(item, other_leader)) is False


def test_one_without_a_visit_is_compared_within_its_topic(office, reception_day):
    def suggestion(number):
        topic = factory.make_topic()
        return factory.FeedbackItem.objects.create(
            number=f"2020-J9{number}",
            source="delegate",
            topic=topic,
            title="修路",
            summary=f"第{number}条",
            registered_on=day(f"2020-0{number}-01"),
        )

    first, second = suggestion(1), suggestion(2)

    assert shown_to(office, second) == ([first], [])
    assert shown_to(office, first) == ([], [])


def test_at_most_so_many_words_are_compared(office, reception_day, monkeypatch):
    monkeypatch.setattr(asked_again, "SEARCHED", 3)
    monkeypatch.setattr(asked_again, "NEWEST", 2)
    village = factory.make_village()
    make("村口的路灯坏了半年。", 1, village, topic="民生工程")
    same = [make("水沟堵了。", number, village) for number in (2, 3, 4)]
    item = make("村口的路灯坏了半年。", 6, village)

    assert shown_to(office, item) == ([same[2], same[1]], [])


def test_the_detail_page_shows_them_with_the_answer_and_merges(office, logged_in, reception_day):
    village = factory.make_village()
    words = "村口的路灯坏了半年。"
    closed = make(words, 1, village, state="closed", reply="已换灯泡。")
    open_one = make(words, 2, village)
    item = make(words, 6, village)
    client = logged_in(office)

    text = client.get(item.get_absolute_url()).content.decode()
    told = (closed.number, "已换灯泡。", "结果A 已解决或基本解决", open_one.number)
    assert [each in text for each in told] == [True] * 4
    assert text.count("并入<span") == 1
    response = take(client, item, "merge", follows=open_one.number)

    assert response.url == item.get_absolute_url()
    assert values(item, "state", "follows") == ("merged", open_one.pk)
    assert trail(item) == [
        ("office", "registered", "merged", f"并案：并入{open_one.number}"),
    ]
    assert "并入<span" not in client.get(item.get_absolute_url()).content.decode()


def test_as_many_queries_for_two_as_for_thirty(office, reception_day):
    village = factory.make_village()

    def queries():
        item = make("村口的路灯坏了半年。", 8, village)
        item.refresh_from_db()
        assert item.visit.village_id == village.pk
        with CaptureQueriesContext(connection) as captured:
            assert asked_before(item, office)
        return len(captured)

    for _ in range(2):
        make("村口的路灯坏了半年。", 1, village)
    few = queries()
    for number in range(28):
        make("村口的路灯坏了半年。", number % 6 + 1, village, state="handling")
    assert queries() == few
    assert few <= 5
