"""更正和补充: what the voter said stays; corrections stand beside it with name and time."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factory
from voters.models import VisitNote


@pytest.fixture
def visit(reception_day):
    return factory.make_visit(reception_day, words="路灯坏了。")


def sent(text):
    return {"submission": str(uuid.uuid4()), "text": text}


def address(visit):
    return reverse("visit_note", args=[visit.pk])


def test_a_note_is_added_once_with_name_and_time(visit, office, logged_in):
    client, form = logged_in(office), sent("是三盏路灯。")

    client.post(address(visit), form)
    client.post(address(visit), form)

    note = VisitNote.objects.get()
    visit.refresh_from_db()
    assert (note.visit, note.user, note.text, visit.words) == (
        visit,
        office,
        "是三盏路灯。",
        "路灯坏了。",
    )
    page = client.get(visit.get_absolute_url()).content.decode()
    at = timezone.localtime(note.at)
    assert f"<li>{at:%Y-%m-%d %H:%M} 办公室：是三盏路灯。</li>" in page


def test_an_empty_note_is_refused_on_the_spot(visit, office, logged_in):
    response = logged_in(office).post(address(visit), sent(" "))

    assert list(response.context["note_form"].errors) == ["text"]
    assert VisitNote.objects.count() == 0


def test_a_note_can_be_added_when_the_day_is_closed(visit, office, logged_in):
    visit.day.closed_at = timezone.now()
    visit.day.save()

    logged_in(office).post(address(visit), sent("是三盏路灯。"))

    assert VisitNote.objects.count() == 1


def test_who_only_reads_adds_nothing(visit, leader, chair, logged_in):
    VisitNote.objects.create(visit=visit, text="是三盏路灯。")
    for user in (leader, chair):
        client = logged_in(user)
        text = client.get(visit.get_absolute_url()).content.decode()

        assert ["是三盏路灯。" in text, "<textarea" in text] == [True, False]
        assert client.post(address(visit), sent("不对。")).status_code == 403
