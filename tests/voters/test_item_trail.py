"""The trail of an item: whatever is sent to the database, no entry changes and none is lost."""

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factory
from voters.actions import take_step
from voters.models import FeedbackItem, FeedbackStep

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(reception_day, office):
    """Registered, with a comment."""
    item = factory.make_item()
    FeedbackStep.objects.create(item=item, user=office, kind="register", to_state="registered")
    take_step(user=office, item=item, step="comment", note="先看看")
    return item


@pytest.fixture
def taken_up(item, office):
    """Assigned and taken back besides."""
    take_step(user=office, item=item, step="assign", lead_unit=factory.make_unit())
    take_step(user=office, item=item, step="withdraw", note="重复")
    return item


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def entries():
    return list(FeedbackStep.objects.order_by("pk").values_list("kind", "from_state", "to_state"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE voters_feedbackstep SET note = '改了'",
        "UPDATE voters_feedbackstep SET to_state = 'closed' WHERE kind = 'assign'",
        "UPDATE voters_feedbackstep SET id = id + 100",
        "DELETE FROM voters_feedbackstep",
        "DELETE FROM voters_feedbackstep WHERE kind = 'assign'",
        "DELETE FROM voters_feedbackstep WHERE to_state = 'registered'",
    ],
)
def test_the_trail_of_what_was_taken_up_stays(taken_up, statement):
    with pytest.raises(IntegrityError, match="办理记录不能修改、删除。"):
        run(statement)

    assert entries() == [
        ("register", "", "registered"),
        ("comment", "registered", "registered"),
        ("assign", "registered", "assigned"),
        ("withdraw", "assigned", "registered"),
    ]


def test_an_item_that_was_taken_up_is_not_deleted_with_its_trail(taken_up):
    with pytest.raises(IntegrityError, match="办理记录不能修改、删除。"), transaction.atomic():
        taken_up.delete()

    assert FeedbackItem.objects.count() == 1
    assert len(entries()) == 4


def test_what_was_only_registered_may_be_deleted_but_not_changed(item):
    with pytest.raises(IntegrityError, match="办理记录不能修改、删除。"):
        run("UPDATE voters_feedbackstep SET note = '改了'")
    item.delete()

    assert entries() == []


def test_one_item_in_hand_does_not_keep_the_trail_of_another(taken_up, office):
    other = factory.make_item()
    FeedbackStep.objects.create(item=other, user=office, kind="register", to_state="registered")

    run(f"DELETE FROM voters_feedbackstep WHERE item_id = {other.pk}")

    assert len(entries()) == 4
