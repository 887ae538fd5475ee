"""What the first page tells of the year's items, and where it leads."""

import pytest

from congress.roles import Role
from tests import factory
from voters.models import FeedbackItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(set_today):
    set_today("2020-08-20")
    factory.make_township()


@pytest.fixture
def items(leader, delegate):
    """Of group 1 an open and a closed one, of which the delegate received the closed one."""
    others = factory.make_visit(factory.make_reception_day("2020-07-15"))
    mandate = delegate.delegate.mandates.get()
    own = factory.make_visit(
        factory.make_reception_day("2020-08-15", on_duty=[mandate]), number="2020-900"
    )
    return factory.make_item(others, "assigned"), factory.make_item(own, "closed")


def shown(client):
    context = client.get("/").context
    numbers = {each.label: each.cell for each in context["items_standing"]}
    for cell in numbers.values():
        if cell.address:
            assert client.get(cell.address).context["page_obj"].paginator.count == cell.value
    latest = context.get("latest_items")
    return (
        context["items_title"],
        [cell.value for cell in numbers.values()],
        None if latest is None else [item.number for item in latest],
    )


def test_the_office_sees_how_all_stand(items, office, logged_in):
    assert shown(logged_in(office)) == ("意见建议办理情况", [2, 1, 0, 1, 1], None)
    assert 'href="/items/board/"' in logged_in(office).get("/").content.decode()


def test_a_leader_sees_the_open_ones_of_the_group(items, leader, other_leader, logged_in):
    opened, _ = items

    assert shown(logged_in(leader)) == ("本组的意见建议", [2, 1, 0, 1, 1], [opened.number])
    assert shown(logged_in(other_leader)) == ("本组的意见建议", [0, 0, 0, 0, 0], [])


def test_a_delegate_sees_those_received(items, delegate, logged_in):
    _, closed = items

    assert shown(logged_in(delegate)) == (
        "我接待和提出的意见建议",
        [1, 0, 0, 1, 1],
        [closed.number],
    )


def test_a_unit_sees_its_own(items, unit, logged_in):
    _, closed = items
    other = factory.make_unit("镇水利站")
    other.accounts.add(unit)
    FeedbackItem.objects.filter(pk=closed.pk).update(lead_unit=other)

    assert shown(logged_in(unit)) == ("本单位办理的意见建议", [1, 0, 0, 1, 1], None)


def test_who_opens_no_items_is_told_of_none(auditor, administrator, logged_in):
    for user in (auditor, administrator):
        assert user.role in (Role.AUDITOR, Role.ADMINISTRATOR)
        assert "items_standing" not in logged_in(user).get("/").context
