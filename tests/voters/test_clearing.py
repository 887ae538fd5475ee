"""清除选民联系方式: what is due and nothing else, seen first; no figure and no report changes."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from congress.models import AuditEntry, Township
from congress.pdf import page_count
from reports.figures import by_key, report_figures
from reports.models import AnnualReport
from tests import factory
from voters.actions import clear_due
from voters.clearing import due_now
from voters.models import FeedbackItem, FeedbackStep, Visit, VisitNote

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
CONTACT = {"voter_name": "张三丰", "phone": PHONE}
ADDRESS = "/privacy/clearing/"


@pytest.fixture(autouse=True)
def town(set_today):
    """All is closed by 2020-08-19; the three years are over on the day."""
    set_today("2023-08-19")
    return factory.make_township()


def run(*arguments):
    out = io.StringIO()
    call_command("clear_contacts", *arguments, stdout=out)
    return out.getvalue()


def due():
    return [visit.number for visit in due_now().visits]


def test_years_run_from_the_last_of_all_items(set_today):
    factory.make_item(factory.make_visit(**CONTACT), "closed")
    assert due() == ["2020-001"]

    set_today("2023-08-18")
    assert due() == []

    set_today("2023-08-19")
    Township.objects.update(contact_years=0)
    assert due() == []
    assert run("--apply") == "乡镇概况中设定为不清除。\n"


@pytest.mark.parametrize("state", ["registered", "handling", "replied", "told", "reopened"])
def test_no_visit_with_an_open_item_is_due(state):
    visit = factory.make_visit(**CONTACT)
    factory.make_item(visit, "closed")
    if state == "reopened":
        fields = {"extended_to": factory.day("2020-10-18")}
        item = factory.make_item(visit, "closed")
        FeedbackItem.objects.filter(pk=item.pk).update(state=state, **fields)
    else:
        factory.make_item(visit, state)

    assert due() == []


def test_what_happened_since_puts_it_off_but_no_import_does(office):
    item = factory.make_item(factory.make_visit(**CONTACT), "closed")
    FeedbackStep.objects.create(item=item, user=office, kind="import", to_state="closed")
    assert due() == ["2020-001"]

    FeedbackStep.objects.create(item=item, user=office, kind="close", to_state="closed")
    assert due() == []


def test_anonymous_voters_without_a_number_have_nothing_to_clear():
    factory.make_visit(voter_name="匿名选民")
    factory.make_visit(voter_name="张**")
    factory.make_visit(voter_name="匿名选民", phone=PHONE)

    assert due() == ["2020-003"]


def test_secretary_sees_first_and_clears_then(secretary, logged_in):
    """Village, day, persons and what became of it stay; name and number go, in the texts too."""
    words = f"我是张三丰，电话{PHONE}，另一个13900001111。"
    visit = factory.make_visit(**CONTACT, words=words, persons=3)
    VisitNote.objects.create(visit=visit, text="张三丰又来过。")
    factory.make_item(visit, "closed", summary="张三丰门前的路。", reply=f"已告知{PHONE}。")
    other = factory.make_visit(voter_name="李四", phone="13900002222")
    factory.make_item(other, "handling")
    client = logged_in(secretary)

    shown = client.get(ADDRESS)
    page = shown.content.decode()

    assert [row[0].number for row in shown.context["rows"]] == ["2020-001"]
    for words in ("应清除1次来访", "张**", "138****5678"):
        assert words in page
    for words in (PHONE, "张三丰"):
        assert words not in page
    assert Visit.objects.get(pk=visit.pk).phone == PHONE

    said = client.post(ADDRESS, {"seen": shown.context["due"].seen}, follow=True).content.decode()

    assert "已清除1次来访的联系方式。" in said
    assert "现在没有应清除的联系方式。" in said
    visit.refresh_from_db()
    assert (visit.voter_name, visit.phone, visit.persons, str(visit.cleared_on)) == (
        "张**",
        "",
        3,
        "2023-08-19",
    )
    assert visit.words == "我是张**，电话****，另一个139****1111。"
    item = visit.items.get()
    assert (item.summary, item.reply, visit.notes.get().text) == (
        "张**门前的路。",
        "已告知****。",
        "张**又来过。",
    )
    assert Visit.objects.get(pk=other.pk).phone == "13900002222"
    entry = AuditEntry.objects.get(kind=AuditEntry.Kind.ERASURE)
    assert (entry.words, entry.reason, entry.username) == (
        "清除选民联系方式，来访1次",
        "办结满3年",
        "secretary",
    )


def test_what_has_become_due_since_is_shown_again(secretary, logged_in):
    factory.make_item(factory.make_visit(**CONTACT), "closed")
    client = logged_in(secretary)
    seen = client.get(ADDRESS).context["due"].seen
    factory.make_item(factory.make_visit(**CONTACT), "closed")

    answer = client.post(ADDRESS, {"seen": seen})

    assert answer.status_code == 409
    assert "应清除的来访已有变化" in answer.content.decode()
    assert Visit.objects.filter(phone=PHONE).count() == 2


def test_a_cleared_visit_takes_no_number_again():
    factory.make_visit(**CONTACT)
    clear_due(user=None, seen=due_now().seen)
    visit = Visit.objects.get()
    visit.phone = PHONE

    with pytest.raises(ValidationError) as refused:
        visit.full_clean()

    assert refused.value.messages == ["来访人的联系方式已经清除，不能再填写电话。"]


def test_command_lists_and_clears_only_with_apply():
    factory.make_item(factory.make_visit(**CONTACT), "closed")
    line = "2020-001　2020-08-15　张**\n"

    assert run() == f"{line}办结满3年的来访1次，没有清除；清除请加 --apply。\n"
    assert due() == ["2020-001"]
    assert run("--apply") == f"{line}已清除1次来访的联系方式。\n"
    assert due() == []
    assert AuditEntry.objects.get(kind=AuditEntry.Kind.ERASURE).address == "命令行"


def test_page_costs_the_same_for_one_and_for_three(secretary, logged_in, queries_of):
    client, counts = logged_in(secretary), []
    for more in (1, 2):
        for _ in range(more):
            factory.make_item(factory.make_visit(**CONTACT), "closed")
        counts.append(queries_of(client, ADDRESS))

    assert counts[0] == counts[1]


def test_figures_of_2020_stay(imported_2020, set_today):
    set_today("2031-01-01")
    scope = AnnualReport.objects.get(year=2020).scope
    before = by_key(report_figures(scope))
    closed = Visit.objects.filter(phone__gt="").count()

    run("--apply")

    assert by_key(report_figures(scope)) == before
    assert Visit.objects.filter(phone__gt="").count() < closed
    assert (
        not Visit.objects.filter(phone="", cleared_on=None, items__state="closed")
        .exclude(voter_name__endswith="**")
        .exclude(voter_name__contains="匿名")
    )


def test_notice_says_the_years_and_whom_to_ask_to_everybody(client, logged_in, secretary):
    Township.objects.update(
        contact_years=5, privacy_contact="镇人大办公室，0000-1234567", privacy_note="每月公示。"
    )

    page = client.get(reverse("voter_notice")).content.decode()

    for said in ("XX镇人民代表大会主席团", "满5年，清除电话", "0000-1234567", "每月公示。"):
        assert said in page
    assert reverse("voter_notice") in client.get("/login/").content.decode()
    assert (
        reverse("voter_notice") in logged_in(secretary).get("/reception-papers/").content.decode()
    )
    Township.objects.update(contact_years=0)
    assert "姓名、电话随办理材料保存" in client.get(reverse("voter_notice")).content.decode()


def test_notice_is_one_page_of_paper(client):
    Township.objects.update(privacy_note="本镇另行告知：" + "内容。" * 50)

    answer = client.get(reverse("voter_notice_paper"))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert page_count(answer.content) == 1


def test_of_a_compound_surname_both_characters_stay():
    visit = factory.make_visit(voter_name="欧阳正华", words="欧阳正华说路坏了。")
    factory.make_item(visit, "closed")

    run("--apply")

    visit.refresh_from_db()
    assert (visit.voter_name, visit.words) == ("欧阳**", "欧阳**说路坏了。")
