"""All duty files as one PDF: bound with bookmarks and contents, made once, kept for who asked."""

import io
import threading
import uuid

import pypdf
import pytest

from congress import background
from groups import duty_book
from tests import factory
from tests.voters.printed_paper import text_of

pytestmark = pytest.mark.django_db
ORDER = "/duty-files/book/"


@pytest.fixture(autouse=True)
def people(set_today, settings, tmp_path):
    """Three delegates of 2020, and one who left before."""
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path
    factory.make_township()
    factory.make_mandate(factory.make_delegate("王某"), end="2019-06-01")
    for name in ("李敏", "张赟", "赵㛃"):
        mandate = factory.make_mandate(factory.make_delegate(name))
        factory.make_membership(factory.make_group(1), mandate)
    factory.make_attendance(factory.make_activity("2020-03-01"), mandate, "leave", "health")


@pytest.fixture
def client(logged_in, office):
    return logged_in(office)


def sent(**fields):
    return {"submission": uuid.uuid4(), "period": "2020", **fields}


def result_of(client, response):
    """The page that the job leads on to."""
    return client.get(client.get(response.url).url)


def pdf_of(client, book):
    response = client.get(f"{ORDER}{book.token}/pdf/")
    return b"".join(response.streaming_content)


def test_the_book_has_bookmarks_contents_and_every_file(client, monkeypatch):
    monkeypatch.setattr(duty_book, "AT_ONCE", 2)
    book = result_of(client, client.post(ORDER, sent())).context["book"]
    assert (book.name, book.number, book.pages) == ("XX镇人大代表履职档案（2020年）", 3, 6)
    content = pdf_of(client, book)
    paper = pypdf.PdfReader(io.BytesIO(content), strict=True)
    marks = [(mark.title, paper.get_destination_page_number(mark)) for mark in paper.outline]
    assert marks == [("李敏", 1), ("张赟", 3), ("赵㛃", 5)]
    assert paper.page_labels == ["i", *"123456"]
    texts = ["".join(page.extract_text().split()) for page in paper.pages]
    assert "1李敏12张赟3" in texts[0]
    assert "3赵㛃5" in texts[0]
    assert [text[-3:] for text in texts[1:]] == [f"—{number}—" for number in range(1, 7)]
    assert "健康" in texts[5] + texts[6]
    assert "王某" not in text_of(content)


def test_who_may_not_read_reasons_of_health_gets_none(chair, logged_in):
    client = logged_in(chair)
    book = result_of(client, client.post(ORDER, sent())).context["book"]
    assert "健康" not in text_of(pdf_of(client, book))


def test_a_double_click_makes_one_book(client, monkeypatch):
    made = []
    monkeypatch.setattr(
        duty_book.DutyBook, "make", lambda book, *_, **__: (made.append(1), book.save())
    )
    data = sent()
    for _ in range(2):
        response = client.post(ORDER, data)
    assert response.url.startswith(ORDER)
    client.post(ORDER, sent())
    assert len(made) == 2


def test_while_one_is_made_no_other_begins(client, monkeypatch):
    opened, made = threading.Event(), []

    def wait(book, *_, **__):
        made.append(book.token)
        assert opened.wait(60)
        book.save()

    monkeypatch.setattr(background, "SHORT_SECONDS", 0)
    monkeypatch.setattr(duty_book.DutyBook, "make", wait)
    first = client.post(ORDER, sent(background="1"))
    second = client.post(ORDER, sent(background="1", period="2019"))
    opened.set()
    for thread in threading.enumerate():
        if thread.name == first.url.strip("/").split("/")[-1]:
            thread.join(60)
    assert (first.url, len(made)) == (second.url, 1)


def test_it_is_kept_for_this_log_in_only_and_not_for_ever(
    client, secretary, logged_in, monkeypatch
):
    book = result_of(client, client.post(ORDER, sent(period="2019"))).context["book"]
    stranger = logged_in(secretary)
    assert [stranger.get(f"{ORDER}{book.token}/{page}").status_code for page in ("", "pdf/")] == [
        404,
        404,
    ]
    monkeypatch.setattr("congress.private_notes.KEEP_SECONDS", -1)
    duty_book.DutyBook.remove_old()
    assert list(duty_book.DutyBook.folder().iterdir()) == []


def test_nothing_half_made_is_left(client, monkeypatch):
    monkeypatch.setattr(duty_book, "contents_html", lambda *_: 1 / 0)
    page = client.get(client.post(ORDER, sent()).url)
    assert "生成全部履职档案没有完成" in page.content.decode()
    assert list(duty_book.DutyBook.folder().iterdir()) == []


def test_an_order_that_says_nothing_is_not_begun(client):
    response = client.post(ORDER, {"period": "2020"})
    assert response.url == "/duty-files/?period=2020"
