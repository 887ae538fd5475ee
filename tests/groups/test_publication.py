"""履职公示: what is published is frozen, and nothing else is open to the public."""

import io

import pdfplumber
import pytest
from django.test import Client

from delegates.models import SessionAttendance
from groups.models import Publication, PublicSheet
from groups.publishing import draft_of
from tests import factory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(set_today):
    """Two of group 1 and one of none were expected at a session; the third has two mandates."""
    set_today("2020-08-20")
    factory.make_township()
    session = factory.make_session(4, "2020-05-06", state="held")
    group = factory.make_group(1)
    mandates = [factory.make_mandate(factory.make_delegate(name)) for name in ("甲", "乙", "丙")]
    factory.make_membership(group, mandates[1])
    factory.make_membership(group, mandates[0])
    factory.make_mandate(mandates[2].delegate, level="county")
    factory.make_session_attendance(session, mandates[0])
    factory.make_session_attendance(
        session, mandates[1], "approved", reason="health", approved_by="主席团"
    )
    factory.make_session_attendance(session, mandates[2], "absent", reason="unstated")
    return mandates


def make_publication(**fields):
    fields = {"year": 2020, "cut_off": factory.day("2020-08-20"), "title": "公示", **fields}
    return Publication.objects.create(**fields)


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


@pytest.fixture
def published(desk):
    """Published by the office from the preview."""
    return publish(desk, make_publication())


def publish(desk, publication, seen=None):
    seen = seen or desk.get(publication.get_absolute_url()).context["seen"]
    desk.post(f"/publications/{publication.pk}/publish/", {"seen": seen})
    publication.refresh_from_db()
    return publication


def text_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        return "".join(page.extract_text() for page in paper.pages)


def told(publication):
    return [
        (each.name, each.constituency, each.group, each.counts["sessions"])
        for each in publication.sheets.all()
    ]


EXPECTED = [
    ("甲", "第一选区", "第一代表小组", [1, 1]),
    ("乙", "第一选区", "第一代表小组", [0, 1]),
    ("丙", "第一选区、第一选区（县代表）", "", [0, 1]),
]


def test_what_is_published_is_frozen(published, office):
    SessionAttendance.objects.update(status="present", reason="", approved_by="")

    assert told(published) == EXPECTED
    assert (published.state, published.published_by) == ("published", office)
    assert [each[:2] for each in published.parts] == [["sessions", "出席人民代表大会会议"]]


def test_pages_are_open_only_while_published(published, world, desk):
    stranger = Client()
    addresses = ["/public/", "/public/2020/", f"/public/2020/{world[0].pk}/"]

    assert [stranger.get(address).status_code for address in addresses] == [200] * 3
    assert stranger.get("/public/2019/").status_code == 404
    assert stranger.get("/public/2020/999999/").status_code == 404
    desk.post(f"/publications/{published.pk}/withdraw/", {"reason": "统计有误"})
    assert [stranger.get(address).status_code for address in addresses] == [404] * 3
    published.refresh_from_db()
    assert (published.state, published.end_reason, len(told(published))) == (
        "withdrawn",
        "统计有误",
        3,
    )


def test_a_draft_is_not_open(world):
    make_publication()

    assert Client().get("/public/").status_code == 404
    assert Client().get(f"/public/2020/{world[0].pk}/").status_code == 404


def test_a_later_version_takes_its_place(published, desk):
    SessionAttendance.objects.update(status="present", reason="", approved_by="")
    second = publish(desk, make_publication(title="公示（更正）"))
    published.refresh_from_db()

    assert (published.state, second.state) == ("replaced", "published")
    assert [row[3] for row in told(second)] == [[1, 1]] * 3
    assert told(published) == EXPECTED
    assert "公示（更正）" in Client().get("/public/").content.decode()


def test_no_session_and_the_same_page_for_everybody(published, desk, world):
    stranger = Client().get(f"/public/2020/{world[1].pk}/")

    assert not stranger.cookies
    assert stranger.headers["Cache-Control"] == "public, max-age=300"
    assert stranger.headers["X-Robots-Tag"] == "noindex"
    assert desk.get(f"/public/2020/{world[1].pk}/").content == stranger.content


def test_nothing_but_name_constituency_group_and_counts(published, world, desk):
    person = world[1].delegate
    pages = [
        Client().get(address).content.decode()
        for address in ("/public/", f"/public/2020/{world[1].pk}/")
    ]
    pages.append(text_of(desk.get(f"/publications/{published.pk}/poster/").content))

    for words in pages:
        assert person.name in words
        for secret in (person.phone, "健康", "请假", "1975", person.sex, world[1].card_number):
            assert secret not in words
    assert "应到1次，出席0次" in pages[1]


def test_a_preview_that_no_longer_holds_is_not_published(desk):
    publication = make_publication()
    seen = draft_of(publication).fingerprint
    SessionAttendance.objects.update(status="present", reason="", approved_by="")

    assert publish(desk, publication, seen).state == "prepared"
    assert not PublicSheet.objects.exists()


def test_only_those_chosen_and_in_office(desk, world):
    publication = make_publication()
    publication.chosen.set([world[0], world[2]])
    factory.make_suspension(world[2], "2020-08-01")
    factory.make_suspension(world[2].delegate.mandates.get(level="county"), "2020-08-01")

    assert [each[0] for each in told(publish(desk, publication))] == ["甲"]


def test_published_ones_are_neither_edited_nor_deleted(published, desk):
    pages = [desk.get(f"/publications/{published.pk}/{page}/") for page in ("edit", "delete")]

    assert [page.status_code for page in pages] == [403, 403]


def test_who_is_not_marked_is_named_before_publishing(desk, world):
    SessionAttendance.objects.filter(mandate=world[0]).delete()

    response = desk.get(make_publication().get_absolute_url())
    assert response.context["unmarked"] == ["甲"]


@pytest.mark.parametrize(
    ("cut_off", "words"),
    [("2019-12-31", "统计截至日须在2020年内。"), ("2020-08-21", "统计截至日不能晚于今天。")],
)
def test_the_cut_off_lies_in_the_year(desk, cut_off, words):
    response = desk.post("/publications/add/", {"year": 2020, "title": "公示", "cut_off": cut_off})

    assert response.context["form"].errors["cut_off"] == [words]


def test_as_many_queries_for_three_as_for_one(desk, queries_of, world):
    publication = make_publication()
    publication.chosen.set(world[:1])
    publish(desk, publication)
    one = queries_of(Client(), "/public/")
    publish(desk, make_publication())

    assert queries_of(Client(), "/public/") == one
    assert one <= 4


def test_the_poster_names_everybody(published, desk):
    response = desk.get(f"/publications/{published.pk}/poster/?paper=a4")
    words = text_of(response.content)

    assert all(name in words for name in ("甲", "乙", "丙", "公示", "扫码查看"))


def test_the_poster_is_printed_for_office_and_chair(published, chair, leader, delegate, logged_in):
    address = f"/publications/{published.pk}/poster/"

    assert [logged_in(user).head(address).status_code for user in (chair, leader, delegate)] == [
        200,
        403,
        403,
    ]
