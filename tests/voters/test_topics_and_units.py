"""The closed list of topics, and the units."""

import uuid

import pytest

from tests import factory
from voters.models import FeedbackItem, HandlingUnit, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def test_merging_moves_the_items_and_closes_the_topic(client):
    old, kept = factory.make_topic("道路"), factory.make_topic("村村通道路")
    older = factory.make_topic("修路", merged_into=old)
    items = [factory.make_item(topic=old), factory.make_item(topic=old, state="closed")]

    response = client.post(
        f"/topics/{old.pk}/merge/", {"version": 1, "merged_into": kept.pk}, follow=True
    )

    assert [str(message) for message in response.context["messages"]] == [
        "已把“道路”的2条意见建议并入“村村通道路”。"
    ]
    assert list(FeedbackItem.objects.values_list("topic", "version")) == [(kept.pk, 2)] * 2
    assert list(items[1].steps.values_list("from_state", "to_state", "note")) == [
        ("closed", "closed", "类别由“道路”并入“村村通道路”")
    ]
    older.refresh_from_db()
    assert older.merged_into == kept
    assert list(Topic.objects.filter(merged_into__isnull=True)) == [kept]
    form = client.get("/items/add/").context["form"]
    assert list(form.fields["topic"].queryset) == [kept]


def test_a_topic_is_not_merged_into_itself_or_a_closed_one(client):
    topic, other = factory.make_topic("道路"), factory.make_topic("村村通道路")
    closed = factory.make_topic("修路", merged_into=other)

    for target in (topic, closed):
        response = client.post(
            f"/topics/{topic.pk}/merge/", {"version": 1, "merged_into": target.pk}
        )
        assert list(response.context["form"].errors) == ["merged_into"]
    topic.refresh_from_db()
    assert topic.merged_into is None


def test_the_chair_reads_topics_and_merges_none(chair, logged_in):
    topic = factory.make_topic()

    page = logged_in(chair).get(topic.get_absolute_url())

    assert [label for label, _ in page.context["buttons"]] == ["查看意见建议"]
    assert logged_in(chair).post(f"/topics/{topic.pk}/merge/", {}).status_code == 403


def test_a_topic_or_unit_with_items_is_not_deleted(client):
    item = factory.make_item(state="assigned")

    assert client.post(f"/topics/{item.topic_id}/delete/").status_code == 409
    assert client.post(f"/units/{item.lead_unit_id}/delete/").status_code == 409


def test_no_two_units_share_a_name_or_a_short_name(client):
    factory.make_unit("镇水利站", short_name="水利站")

    response = client.post(
        "/units/add/",
        {"submission": str(uuid.uuid4()), "name": "水利站", "short_name": "水利"},
    )

    assert response.context["form"].errors == {"name": ["已有单位的名称或简称是“水利站”。"]}
    assert HandlingUnit.objects.count() == 1


def test_a_unit_has_accounts_of_units_only(client, unit, office):
    station = factory.make_unit()
    sent = {"version": 1, "name": station.name, "short_name": station.short_name}

    refused = client.post(f"/units/{station.pk}/edit/", sent | {"accounts": [office.pk]})
    client.post(f"/units/{station.pk}/edit/", sent | {"accounts": [unit.pk]})

    assert list(refused.context["form"].errors) == ["accounts"]
    assert list(station.accounts.all()) == [unit]
