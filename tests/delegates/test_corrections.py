"""更正申请: asked by the delegate, decided by the office, and never a change by itself."""

import re
import uuid

import pytest

from delegates.models import CorrectionRequest, SessionAttendance
from tests import factory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def attendance(set_today, delegate):
    """The delegate is told absent from a session."""
    set_today("2020-08-20")
    session = factory.make_session(4, "2020-05-06", state="held")
    return factory.make_session_attendance(
        session, delegate.delegate.mandates.get(), "absent", reason="unstated"
    )


@pytest.fixture
def own(delegate, logged_in):
    return logged_in(delegate)


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


def ask(client, words="5月6日", **fields):
    page = client.get("/corrections/add/").content.decode()
    [(key, told)] = re.findall(rf'<option value="(sessions\.\w*)">({words}[^<]*)<', page)
    data = {"year": 2020, "about": key, "wrong": "我到会了", "right": "有签到表"}
    data |= {"submission": str(uuid.uuid4()), **fields}
    return client.post("/corrections/add/", data), told


def todos(client):
    return [(todo.label, todo.count) for todo, _ in client.get("/todo/").context["todos"]]


def test_from_the_entry_to_the_answer(own, desk, attendance):
    response, told = ask(own)
    request = CorrectionRequest.objects.get()

    assert response.url == request.get_absolute_url()
    assert (request.subject, request.address) == (told, attendance.session.get_absolute_url())
    assert ("更正申请待办理", 1) in todos(desk)
    buttons = desk.get(request.get_absolute_url()).context["buttons"]
    assert buttons[0] == ("打开这条记录", attendance.session.get_absolute_url())

    desk.post(f"/corrections/{request.pk}/refuse/", {"answer": ""})
    request.refresh_from_db()
    assert request.state == "asked"
    desk.post(f"/corrections/{request.pk}/refuse/", {"answer": "签到表上没有"})
    assert ("更正申请已答复", 1) in todos(own)
    assert "签到表上没有" in own.get(request.get_absolute_url()).content.decode()

    own.post(f"/corrections/{request.pk}/acknowledge/")
    assert "更正申请已答复" not in dict(todos(own))
    assert SessionAttendance.objects.get().status == "absent"


def test_one_open_request_an_entry(own):
    ask(own)
    again, _ = ask(own)

    assert list(again.context["form"].errors) == ["about"]
    first = CorrectionRequest.objects.get()
    own.post(f"/corrections/{first.pk}/withdraw/")
    assert ask(own)[0].status_code == 302
    assert sorted(CorrectionRequest.objects.values_list("state", flat=True)) == [
        "asked",
        "withdrawn",
    ]


def test_what_is_missing_may_be_asked_of_a_part_more_than_once(own):
    for _ in range(2):
        assert ask(own, "没有记上的")[0].status_code == 302

    assert list(CorrectionRequest.objects.values_list("subject", flat=True)) == ["", ""]


def test_a_second_click_makes_no_second_request(own):
    token = str(uuid.uuid4())
    addresses = {ask(own, submission=token)[0].url for _ in range(2)}

    assert addresses == {CorrectionRequest.objects.get().get_absolute_url()}


def test_an_entry_that_changed_meanwhile_is_chosen_again(own):
    data = {"about": "sessions.0123456789abcdef", "wrong": "错", "right": "对"}
    response = own.post("/corrections/add/", data | {"submission": str(uuid.uuid4())})

    assert response.context["form"].errors == {
        "about": ["这条记录刚有变动，请重新选择；已经改对的，就不用申请了。"]
    }


def test_what_is_decided_is_not_decided_again(own, desk):
    ask(own)
    request = CorrectionRequest.objects.get()
    desk.post(f"/corrections/{request.pk}/correct/")
    late = desk.post(f"/corrections/{request.pk}/refuse/", {"answer": "不改"})
    own.post(f"/corrections/{request.pk}/withdraw/")

    assert late.context["form"].non_field_errors() == ["这项申请已更正，不能再次办理或者撤回。"]
    request.refresh_from_db()
    assert (request.state, request.answer) == ("corrected", "")


def test_others_do_not_see_it(own, leader, chair, logged_in):
    ask(own)
    request = CorrectionRequest.objects.get()

    for user in (leader, chair):
        client = logged_in(user)
        assert client.get(request.get_absolute_url()).status_code == 404
        assert client.get("/corrections/").context["page_obj"].paginator.count == 0


def test_a_chair_without_a_mandate_has_no_file_to_correct(chair, logged_in):
    assert logged_in(chair).get("/corrections/add/").status_code == 403
