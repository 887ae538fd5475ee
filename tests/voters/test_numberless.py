"""Titles and trails hold no one's number, however they are written and from whenever they are."""

import pytest
from django.db import connection

from tests import factory
from voters.models import FeedbackItem

pytestmark = pytest.mark.django_db
TYPED, SHOWN = "修路灯，找13987654321", "修路灯，找139****4321"


def stored(item):
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM voters_feedbackitem WHERE id = %s", [item.pk])
        return cursor.fetchone()[0]


def saved(item):
    item.title = TYPED
    item.save()


def saved_in_bulk(item):
    item.title = TYPED
    FeedbackItem.objects.bulk_update([item], ["title"])


def updated(item):
    FeedbackItem.objects.filter(pk=item.pk).update(title=TYPED)
    item.refresh_from_db()


def cleaned(item):
    item.title = TYPED
    item.full_clean()
    item.save()


@pytest.mark.parametrize("write", [saved, saved_in_bulk, updated, cleaned])
def test_a_title_is_stored_without_the_number(write, reception_day):
    item = factory.make_item()
    write(item)

    assert stored(item) == FeedbackItem.objects.get().title == SHOWN


def test_the_record_in_hand_reads_as_it_is_stored(reception_day):
    item = factory.make_item(title=TYPED)
    assert item.title == stored(item) == SHOWN


def test_one_stored_earlier_is_read_without_the_number(reception_day):
    item = factory.make_item()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE voters_feedbackitem SET title = %s WHERE id = %s", [TYPED, item.pk])

    assert FeedbackItem.objects.get().title == SHOWN
    assert list(FeedbackItem.objects.values_list("title", flat=True)) == [SHOWN]
