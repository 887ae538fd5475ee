"""What was told at a duty report, and what the voters said there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factory
from tests.congress.made_files import PDF
from voters.models import DutyOpinion, FeedbackItem

pytestmark = pytest.mark.django_db

EVENT = {
    "version": 1,
    "host": "王某",
    "form": "oral",
    "report_text": "一年来接待选民四次。",
    "questions": "问：路何时修？答：明年。",
    "fed_back_on": "2020-07-20",
    "published_on": "2020-07-25",
}


@pytest.fixture
def client(secretary, logged_in):
    return logged_in(secretary)


@pytest.fixture
def report(delegate):
    return factory.make_held_report(delegate.delegate.mandates.get())


def test_the_event_is_told(client, report):
    client.post(f"/duty-reports/{report.pk}/event/", EVENT)

    facts = dict(client.get(report.get_absolute_url()).context["facts"])
    assert [facts[label] for label in ("主持人", "述职形式", "书面反馈日期", "公示日期")] == [
        "王某",
        "口头",
        "2020-07-20",
        "2020-07-25",
    ]
    report.refresh_from_db()
    assert (report.report_text, report.questions) == (EVENT["report_text"], EVENT["questions"])


def test_the_delegate_reads_the_files_of_the_own_report(
    client, delegate, logged_in, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    own = factory.make_held_report(delegate.delegate.mandates.get())
    other = factory.make_held_report()
    for held in (own, other):
        file = SimpleUploadedFile("述职报告.pdf", PDF)
        client.post(f"/duty-reports/{held.pk}/files/", {"attachments": [file]})

    reader = logged_in(delegate)
    found = {
        held.pk: reader.get(f"/duty-reports/{held.pk}/files/{held.files.get().pk}/").status_code
        for held in (own, other)
    }
    assert found == {own.pk: 200, other.pk: 404}
    assert "添加图片、附件" not in reader.get(own.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("field", "label"), [("fed_back_on", "书面反馈日期"), ("published_on", "公示日期")]
)
def test_nothing_comes_back_before_the_report(client, report, field, label):
    early = client.post(f"/duty-reports/{report.pk}/event/", EVENT | {field: "2020-07-09"})
    unheld = factory.make_duty_report()
    never = client.post(f"/duty-reports/{unheld.pk}/event/", EVENT)

    said = [f"{label}不能早于述职日期；尚未述职的留空。"]
    assert early.context["form"].errors == {field: said}
    assert never.context["form"].errors[field] == said


def test_an_opinion_becomes_an_item_and_stays_linked(client, report, delegate, leader, logged_in):
    client.post(f"/duty-reports/{report.pk}/opinions/", {"texts": "路太窄。\n\n  缺路灯。 "})
    narrow, _ = DutyOpinion.objects.all()
    topic = factory.make_topic()

    response = client.post(
        f"/duty-reports/opinions/{narrow.pk}/take-up/", {"topic": topic.pk, "title": "拓宽道路"}
    )

    item = FeedbackItem.objects.get()
    narrow.refresh_from_db()
    assert (response.url, narrow.item) == (report.get_absolute_url(), item)
    assert (item.source, item.visit, item.summary, item.state) == (
        "duty_report",
        None,
        "路太窄。",
        "registered",
    )
    for user in (delegate, leader):
        reader = logged_in(user)
        page = reader.get(report.get_absolute_url())
        assert [(each.text, shown, may) for each, shown, may in page.context["opinions"]] == [
            ("路太窄。", item, False),
            ("缺路灯。", None, False),
        ]
        assert reader.get(item.get_absolute_url()).status_code == 200


def test_an_opinion_is_taken_up_once_and_then_stays(client, report):
    opinion = report.opinions.create(text="路太窄。", item=factory.make_item())

    pages = [
        client.post(f"/duty-reports/opinions/{opinion.pk}/{page}/")
        for page in ("take-up", "remove")
    ]

    assert [page.status_code for page in pages] == [403, 403]
    assert DutyOpinion.objects.count() == 1
    assert client.post(f"/duty-reports/{report.pk}/delete/").status_code == 403


def test_an_opinion_written_by_mistake_is_removed(client, report):
    opinion = report.opinions.create(text="路太窄。")

    client.post(f"/duty-reports/opinions/{opinion.pk}/remove/")

    assert DutyOpinion.objects.count() == 0


def test_opinions_wait_for_the_report(client):
    planned = factory.make_duty_report()

    response = client.post(f"/duty-reports/{planned.pk}/opinions/", {"texts": "路太窄。"})

    assert (response.url, DutyOpinion.objects.count()) == (planned.get_absolute_url(), 0)


def test_other_leaders_see_neither_report_nor_item(client, report, other_leader, logged_in):
    opinion = report.opinions.create(text="路太窄。")
    client.post(
        f"/duty-reports/opinions/{opinion.pk}/take-up/",
        {"topic": factory.make_topic().pk, "title": "拓宽道路"},
    )
    stranger = logged_in(other_leader)

    addresses = [report.get_absolute_url(), FeedbackItem.objects.get().get_absolute_url()]
    assert [stranger.get(address).status_code for address in addresses] == [404, 404]


def test_a_page_costs_the_same_with_many_opinions(client, report, queries_of):
    address = report.get_absolute_url()
    report.opinions.create(text="路太窄。")
    queries_of(client, address)
    few = queries_of(client, address)
    for number in range(50):
        report.opinions.create(text=f"{number}号意见")

    assert queries_of(client, address) == few
