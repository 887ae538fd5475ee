"""督办: the chair puts an item on the list, says what is wanted, and takes it off."""

import pytest

from tests import factory

from .item_steps import take, trail, values

pytestmark = pytest.mark.django_db


def shown(client):
    page = client.get("/items/supervised/")
    return [
        (item.number, days, [step.words for step in item.said], [label for label, _ in offered])
        for item, days, offered in page.context["rows"]
    ]


def test_the_chair_supervises_comments_and_lifts(chair, logged_in, set_today):
    set_today("2020-08-20")
    item = factory.make_item(state="handling")
    factory.make_item(state="handling")
    client = logged_in(chair)

    take(client, item, "supervise", note="请在月底前修好。")
    set_today("2020-08-25")
    item.refresh_from_db()
    take(client, item, "comment", note="请交管站说明进展。")
    item.refresh_from_db()
    take(client, item, "remind", note="还没有进展")
    assert shown(client) == [
        (
            item.number,
            5,
            ["督办：请在月底前修好。", "批示意见：请交管站说明进展。", "催办：还没有进展"],
            ["催办", "批示意见", "解除督办"],
        )
    ]
    item.refresh_from_db()
    take(client, item, "lift")

    assert shown(client) == []
    assert values(item, "state", "supervised_on") == ("handling", None)
    assert [words for _, _, _, words in trail(item)][-1] == "解除督办"


def test_what_is_supervised_is_not_put_there_twice(chair, logged_in):
    item = factory.make_item(state="handling")
    client = logged_in(chair)
    take(client, item, "supervise", note="请抓紧")
    item.refresh_from_db()

    refused = take(client, item, "supervise", note="再抓紧")

    assert refused.context["form"].non_field_errors() == ["“督办”已经办过，请刷新页面查看。"]
    assert len(trail(item)) == 1


def test_queries_do_not_grow(chair, logged_in, queries_of):
    client = logged_in(chair)

    def supervise():
        item = factory.make_item(state="handling")
        take(client, item, "supervise", note="请抓紧")

    supervise()
    one = queries_of(client, "/items/supervised/")
    supervise()
    supervise()

    assert queries_of(client, "/items/supervised/") == one
