"""催办: what the reminder asks for, and by when."""

import pytest
from django.core.exceptions import ValidationError

from tests import factory
from tests.factory import day
from voters.actions import take_step
from voters.models import FeedbackStep

from .item_steps import take, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(office, logged_in):
    factory.make_township()
    return logged_in(office)


@pytest.mark.parametrize(
    ("due_on", "asked"),
    [("2020-09-28", "2020-09-28"), ("2020-08-20", "2020-08-20"), ("2020-08-19", "2020-08-25")],
)
def test_the_answer_is_asked_for_by_the_deadline_or_within_days(due_on, asked, client):
    item = factory.make_item(state="handling", due_on=day(due_on))

    form = client.get(f"/items/{item.pk}/remind/").context["form"]
    assert form["answer_by"].value() == day(asked)


def test_a_reminder_and_its_day_stand_in_the_trail(client):
    item = factory.make_item(state="handling")
    take(client, item, "remind", note="请尽快答复。", answer_by="2020-08-31")

    assert trail(item) == [
        ("office", "handling", "handling", "催办：请尽快答复。（要求2020-08-31前答复）")
    ]
    assert FeedbackStep.objects.get().office_day == day("2020-08-20")


def test_a_reminder_without_a_day(client):
    item = factory.make_item(state="handling")
    take(client, item, "remind", note="请尽快答复。", answer_by="")

    assert [words for *_, words in trail(item)] == ["催办：请尽快答复。"]


def test_no_answer_is_asked_for_in_the_past(office):
    item = factory.make_item(state="handling")
    with pytest.raises(ValidationError) as caught:
        take_step(
            user=office, item=item, step="remind", note="请答复。", answer_by=day("2020-08-19")
        )

    assert caught.value.message_dict == {"answer_by": ["要求答复日期不能早于今天。"]}
    assert FeedbackStep.objects.count() == 0
