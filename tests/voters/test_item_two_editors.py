"""Two people who move the same item at once: one wins, the other is told and loses nothing."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from congress.editing import EditedMeanwhile
from tests import factory
from tests.factory import day
from voters.actions import take_step
from voters.models import FeedbackItem

from .item_steps import trail, values


def reply(user, item, text):
    answer = {"replied_on": day("2020-08-20"), "outcome": "A", "reply": text}
    return take_step(user=user, item=item, step="reply", **answer)


@pytest.mark.django_db
def test_the_second_to_hold_the_same_item_does_not_overwrite(office, secretary):
    key = factory.make_item(state="handling").pk
    mine, theirs = (FeedbackItem.objects.get(pk=key) for _ in range(2))
    reply(office, mine, "已经修好。")

    with pytest.raises(EditedMeanwhile):
        take_step(user=secretary, item=theirs, step="record", note="还在修")

    assert values(mine, "state", "reply", "version") == ("replied", "已经修好。", 2)
    assert (mine.version, theirs.version, theirs.state) == (2, 1, "handling")
    assert trail(mine) == [("office", "handling", "replied", "答复")]


@pytest.mark.django_db
def test_two_steps_one_after_the_other_by_the_same_holder(office):
    item = factory.make_item(state="assigned")

    take_step(user=office, item=item, step="sign", signed_on=day("2020-08-20"))
    take_step(user=office, item=item, step="record", note="已派人去看")

    assert values(item, "state", "version") == ("handling", 3)


@pytest.mark.django_db
def test_what_was_only_changed_in_memory_is_not_saved_with_a_step(office):
    item = factory.make_item(state="assigned")
    item.title, item.due_on = "改了", day("2021-08-20")

    take_step(user=office, item=item, step="remind", note="请尽快答复")

    assert values(item, "title", "due_on") == ("1号意见", day("2020-09-28"))


@pytest.mark.django_db
def test_what_is_refused_is_as_it_was_in_memory_too(office):
    item = factory.make_item(state="handling")
    before = dict(FeedbackItem.objects.values().get())

    with pytest.raises(ValidationError, match="答复日期不能早于接待日期。"):
        take_step(
            user=office,
            item=item,
            step="reply",
            replied_on=day("2020-08-01"),
            outcome="A",
            reply="已经修好。",
        )

    assert {name: getattr(item, name) for name in before} == before


@pytest.mark.django_db
def test_an_item_deleted_meanwhile_is_not_moved(office):
    item = factory.make_item()
    FeedbackItem.objects.all().delete()

    with pytest.raises(EditedMeanwhile):
        take_step(user=office, item=item, step="comment", note="先看看")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_answer_stands(office, secretary):
    key = factory.make_item(state="handling").pk
    start, outcomes = threading.Barrier(2), {}

    def answer(user):
        item = FeedbackItem.objects.get(pk=key)
        start.wait()
        try:
            reply(user, item, f"{user.name}的答复")
            outcomes[user.name] = "saved"
        except EditedMeanwhile:
            outcomes[user.name] = "told"
        finally:
            connection.close()

    threads = [threading.Thread(target=answer, args=[user]) for user in (office, secretary)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes.values()) == ["saved", "told"]
    winner = next(name for name in outcomes if outcomes[name] == "saved")
    item = FeedbackItem.objects.get()
    assert (item.reply, item.version, item.steps.count()) == (f"{winner}的答复", 2, 1)
