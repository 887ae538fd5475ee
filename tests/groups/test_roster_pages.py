"""The pages of a roster's import: sent, matched, previewed, confirmed once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from delegates.models import Delegate, Mandate
from groups.models import RosterColumn
from tests import factory
from tests.groups.made_rosters import GOOD, HEADINGS, person, roster_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def town(set_today, settings, tmp_path):
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path
    factory.make_township()
    for ordinal in (1, 2, 3):
        factory.make_group(ordinal)


@pytest.fixture
def client(office, logged_in):
    return logged_in(office)


def send(client, *rows, **layout):
    """The preview's address, or the page again where the file was refused."""
    file = SimpleUploadedFile("花名册.xlsx", roster_file(*rows, **layout).read())
    response = client.post("/delegates/roster/", {"file": file})
    return response.url if response.status_code == 302 else response


def confirm(client, address, **fields):
    seen = client.get(address).context["seen"]
    return client.post(address, {"seen": seen, **fields})


def test_a_roster_is_previewed_and_taken_in(client):
    address = send(client, {**GOOD, "姓名": "孟 广才"}, person(2))

    page = client.get(address).content.decode()
    assert Delegate.objects.count() == 0
    assert "<del>孟 广才</del> 孟广才" in page
    assert "导入2行" in page
    confirm(client, address)

    assert sorted(Mandate.objects.values_list("card_number", flat=True)) == ["Z15-001", "Z15-002"]
    assert client.get(address).status_code == 404


def test_faulty_rows_are_left_out_only_when_that_is_said(client):
    address = send(client, GOOD, person(2, 性别=None))

    refused = confirm(client, address)
    assert "有不能导入的行" in refused.content.decode()
    assert Delegate.objects.count() == 0
    confirm(client, address, leave_out="1")

    assert list(Delegate.objects.values_list("name", flat=True)) == ["孟广才"]


def test_what_changed_since_the_preview_is_shown_again(client):
    address = send(client, GOOD)
    seen = client.get(address).context["seen"]
    factory.make_delegate(GOOD["姓名"], phone=GOOD["联系电话"])

    response = client.post(address, {"seen": seen})

    assert response.status_code == 409
    assert "核对之后记录有了变化" in response.content.decode()
    assert Mandate.objects.count() == 0


def test_two_clicks_take_it_in_once(client):
    address = send(client, GOOD)
    seen = client.get(address).context["seen"]

    client.post(address, {"seen": seen})
    again = client.post(address, {"seen": seen})

    assert (again.status_code, Mandate.objects.count()) == (404, 1)


def test_a_column_is_matched_by_hand_and_remembered(client):
    headings = ("牌号", *HEADINGS[1:])
    address = send(client, GOOD, headings=headings)

    assert "缺少1个必须有的栏目" in client.get(address).content.decode()
    client.post(address, {"match": "1", "column_1": "代表证号"})

    assert RosterColumn.remembered() == {"牌号": "代表证号"}
    assert "导入1行" in client.get(address).content.decode()
    assert "导入1行" in client.get(send(client, GOOD, headings=headings)).content.decode()


def test_a_column_can_be_left_out(client):
    address = send(client, GOOD)

    client.post(address, {"match": "1", "column_6": ""})

    assert client.get(address).context["rows"][0][0].row["联系电话"] == ""


def test_a_preview_belongs_to_who_sent_the_file(client, secretary, logged_in):
    address = send(client, GOOD)

    assert logged_in(secretary).get(address).status_code == 404


def test_a_file_that_is_no_roster_is_refused(client):
    response = client.post("/delegates/roster/", {"file": SimpleUploadedFile("a.xlsx", b"PK?")})

    assert "文件已损坏" in response.content.decode()


def test_it_says_what_must_be_there_first(client):
    factory.make_term().groups.all().delete()

    assert "还没有代表小组" in client.get("/delegates/roster/").content.decode()


def test_discarding_removes_the_file(client, tmp_path):
    address = send(client, GOOD)

    client.post(f"{address}discard/")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_persons_who_may_be_known_are_named_and_then_compared(client):
    known = factory.make_delegate("孟广才", phone="13900007777")
    factory.make_mandate(known, card_number="Z15-400")
    address = send(client, GOOD, person(2, 联系电话=GOOD["联系电话"]))

    page = client.get(address)
    told = [each.words for outcome, _ in page.context["rows"] for each in outcome.likenesses]
    later = "按另一人导入，导入后列入“疑似重复”，请在那里比较。"
    assert told == [
        f"与已有的孟广才（Z15-400）姓名、出生年月相同。{later}",
        f"与第2行手机号码相同（139****6001）。{later}",
    ]
    assert f'href="{known.get_absolute_url()}"' in page.content.decode()

    response = confirm(client, address)
    assert response.url == "/duplicates/"
    page = client.get(response.url)
    assert "其中2人可能与另一份记录是同一人" in page.content.decode()
    assert [each.reasons for each in page.context["proposals"]] == [
        ("姓名、出生年月相同",),
        ("手机号码相同（139****6001）",),
    ]
