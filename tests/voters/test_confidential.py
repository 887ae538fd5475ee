"""要求保密: a visit and all that hangs on it exist only for those who are named with it."""

import datetime
import io

import openpyxl
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congress.models import AuditEntry
from congress.periods import Period
from congress.roles import Role
from reports.ledgers import export_masked
from reports.models import AnnualReport
from tests import factory
from voters.actions import log_visit
from voters.closing import checks_of
from voters.duty_file.items import items_of
from voters.models import FeedbackItem, ReceptionDay, Visit

pytestmark = pytest.mark.django_db
#: What nobody else may read anywhere.
SECRETS = ("欧阳**", "桥下夜里倒垃圾", "保密标题", "J777", "保密回复")


@pytest.fixture
def visit(reception_day, office):
    return factory.make_visit(
        reception_day,
        number="2020-777",
        voter_name="欧阳正华",
        words="桥下夜里倒垃圾",
        confidential=True,
        informed=[office],
    )


@pytest.fixture
def item(visit):
    return factory.make_item(
        visit, "replied", title="保密标题", number="2020-J777", summary="保密摘要", reply="保密回复"
    )


def informed_form(visit, *accounts, reason="须会同办理"):
    return {
        "version": Visit.objects.get(pk=visit.pk).version,
        "informed": [account.pk for account in accounts],
        "reason": reason,
    }


def name(client, visit, *accounts, **sent):
    address = reverse("visit_informed", args=[visit.pk])
    return client.post(address, informed_form(visit, *accounts, **sent))


@pytest.mark.parametrize("role", ["secretary", "chair", "leader", "delegate"])
def test_it_does_not_exist_for_those_who_are_not_named(role, visit, item, cast, logged_in):
    mandate = cast["delegate"].delegate.mandates.get()
    visit.received_by.add(mandate)
    client = logged_in(cast[role])
    attachment = factory.make_attachment(item, cast["office"])

    for address in (
        visit.get_absolute_url(),
        item.get_absolute_url(),
        reverse("record_history", args=["visit", visit.pk]),
        reverse("record_history", args=["feedbackitem", item.pk]),
        reverse("visit_informed", args=[visit.pk]),
        reverse("feedbackitem_attachment", args=[item.pk, attachment.pk]),
        reverse("feedbackitem_comment", args=[item.pk]),
        reverse("feedbackitem_open", args=[item.number]),
    ):
        assert client.get(address).status_code in (403, 404), address
    told = [
        client.get(address)
        for address in (
            reverse("visit_list"),
            reverse("visit_list", query={"q": "欧阳"}),
            reverse("feedbackitem_list"),
            reverse("feedbackitem_list", query={"q": "保密"}),
            reverse("feedbackitem_supervised"),
            reverse("feedbackitem_inbox"),
            reverse("desk_day", args=[visit.day_id]),
            visit.day.get_absolute_url(),
            reverse("dashboard"),
            reverse("todo"),
        )
    ]
    text = "".join(page.content.decode() for page in told if page.status_code == 200)
    assert [secret for secret in SECRETS if secret in text.replace('value="保密"', "")] == []


def test_those_named_see_it_as_their_role_does(visit, item, office, chair, leader, logged_in):
    name(logged_in(office), visit, office, chair, leader)

    for user in (office, chair, leader):
        client = logged_in(user)
        assert client.get(visit.get_absolute_url()).status_code == 200
        assert "保密标题" in client.get(item.get_absolute_url()).content.decode()
        assert "J777" in client.get(reverse("feedbackitem_list")).content.decode()


def test_who_registers_it_and_the_secretary_are_named(reception_day, office, secretary, chair):
    factory.make_township()
    village = factory.make_village()
    fields = {"day": reception_day, "voter_name": "张三", "village": village, "words": "有事"}
    received = reception_day.on_duty.all()

    secret = log_visit(user=office, visit=Visit(**fields, confidential=True), received_by=received)
    plain = log_visit(user=office, visit=Visit(**fields), received_by=received)

    assert set(secret.informed.all()) == {office, secretary}
    assert not plain.informed.exists()


def test_each_name_that_comes_or_goes_is_in_the_log(visit, office, chair, leader, logged_in):
    client = logged_in(office)
    name(client, visit, office, chair, reason="主席督办")
    name(logged_in(chair), visit, chair, leader, reason="交组长核实")

    entries = AuditEntry.objects.filter(subject_type="voters.visit", subject_key=str(visit.pk))
    told = entries.exclude(words="").order_by("pk").values_list("words", "reason", "username")
    assert list(told) == [
        ("指定主席为2020-777号来访的知情人员", "主席督办", "office"),
        ("取消办公室为2020-777号来访的知情人员", "交组长核实", "chair"),
        ("指定一组组长为2020-777号来访的知情人员", "交组长核实", "chair"),
    ]
    assert client.get(visit.get_absolute_url()).status_code == 404


def test_at_least_one_stays_named(visit, office, logged_in):
    answer = name(logged_in(office), visit)

    words = "至少要有一位知情人员，否则没有人能够办理。"
    assert answer.context["form"].errors == {"informed": [words]}
    assert set(visit.informed.all()) == {office}


def test_only_who_could_open_it_is_offered(
    visit, office, chair, leader, other_leader, auditor, secretary, logged_in
):
    page = logged_in(office).get(reverse("visit_informed", args=[visit.pk]))

    offered = set(page.context["form"].fields["informed"].queryset)
    assert offered == {office, chair, leader, secretary}


def test_the_secretary_takes_the_place_of_those_who_left(visit, office, secretary, logged_in):
    assert logged_in(secretary).get(visit.get_absolute_url()).status_code == 404
    type(office).objects.filter(pk=office.pk).update(is_active=False)

    page = logged_in(secretary).get(visit.get_absolute_url())

    assert "人大秘书" in page.content.decode()
    other = factory.make_user("office2", Role.OFFICE)
    assert not Visit.objects.visible_to(other).exists()


def test_the_unit_sees_the_item_it_was_given_and_nothing_else(visit, item, unit, logged_in):
    waiting = factory.make_item(visit, "registered", title="未交办")
    item.lead_unit.accounts.add(unit)
    other = factory.make_user("unit2", Role.UNIT)
    factory.make_unit("镇水利站").accounts.add(other)

    client = logged_in(unit)

    page = client.get(item.get_absolute_url())
    assert page.status_code == 200
    assert [words in page.content.decode() for words in ("欧阳", "桥下")] == [False, False]
    for hidden in (waiting, visit):
        assert client.get(hidden.get_absolute_url()).status_code in (403, 404)
    assert logged_in(other).get(item.get_absolute_url()).status_code == 404


def test_a_main_item_does_not_tell_of_one_merged_into_it(visit, chair, logged_in):
    main = factory.make_item(factory.make_visit(visit.day), "handling")
    hidden = factory.make_item(visit, title="保密标题", number="2020-J777")
    FeedbackItem.objects.filter(pk=hidden.pk).update(state="merged", follows=main)

    assert "J777" not in logged_in(chair).get(main.get_absolute_url()).content.decode()


def test_a_duty_file_counts_it_and_says_no_more(visit, item):
    mandate = visit.received_by.first()

    entries = items_of([mandate.delegate], Period.of_year(2020))[mandate.delegate_id]

    told = [(entry.words, entry.address, entry.topic) for entry in entries]
    assert told == [("保密事项（接待选民）", "", "保密事项")]


@pytest.mark.parametrize(
    ("role", "query", "says"),
    [
        ("chair", {}, True),
        ("chair", {"year": 2020}, True),
        ("chair", {"year": 2019}, False),
        ("chair", {"q": "保密"}, False),
        ("leader", {}, True),
        ("other_leader", {}, False),
        ("office", {}, False),
        ("delegate", {}, False),
    ],
)
def test_a_list_says_how_many_it_does_not_show(role, query, says, visit, item, cast, logged_in):
    client = logged_in(cast[role])
    for kind, words in (("visit", "另有1次来访要求保密"), ("feedbackitem", "另有1条要求保密")):
        page = client.get(reverse(f"{kind}_list", query=query))
        assert (words in page.content.decode()) is says, kind


def test_the_figures_of_the_report_count_it_and_their_lists_say_no_more(
    item, secretary, logged_in, set_today
):
    set_today("2020-12-31")
    factory.make_township()
    factory.make_term()
    first, last = datetime.date(2020, 1, 1), datetime.date(2020, 12, 31)
    report = AnnualReport.objects.create(year=2020, start=first, cut_off=last)
    address = reverse("report_figure", args=[report.slug, "feedback.items"])

    page = logged_in(secretary).get(address)

    text = page.content.decode()
    assert page.context["page_obj"].paginator.count == 1
    assert ["（要求保密）" in text, "保密标题" in text, "村村通道路" in text] == [
        True,
        False,
        False,
    ]


def test_workbooks_and_registers_leave_it_out(visit, item, secretary, office, logged_in):
    factory.make_township()
    plain = factory.make_visit(visit.day, voter_name="张三丰")
    ReceptionDay.objects.filter(pk=visit.day_id).update(state="held")

    for user, sees in ((secretary, False), (office, True)):
        file = io.BytesIO()
        export_masked(2020, file, user=user)
        cells = {
            str(cell)
            for sheet in openpyxl.load_workbook(file)
            for row in sheet.iter_rows(values_only=True)
            for cell in row
        }
        assert {"2020-777" in cells, "2020-J777" in cells} == {sees}
        assert plain.number in cells
        listed = logged_in(user).get(reverse("visit_list", query={"export": "xlsx"}))
        book = openpyxl.load_workbook(io.BytesIO(b"".join(listed))).active
        assert ("2020-777" in [row[0] for row in book.iter_rows(values_only=True)]) is sees


def test_nobody_is_named_twice(visit, office):
    through = Visit.informed.through
    with pytest.raises(IntegrityError), transaction.atomic():
        through.objects.create(visit=visit, user=office)


def test_a_list_costs_the_same_with_more_of_them(visit, item, chair):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            list(FeedbackItem.objects.visible_to(chair))
            list(Visit.objects.visible_to(chair))
        return len(queries)

    before = cost()
    for _ in range(3):
        factory.make_item(factory.make_visit(visit.day, confidential=True))
    assert cost() == before == 2


def test_the_closing_of_its_day_counts_it_and_names_no_number(visit, secretary):
    factory.make_item(visit, number="2020-J778")
    visit.received_by.clear()
    plain = factory.make_visit(visit.day, number="2020-001", answer="已答复")
    plain.received_by.clear()

    told = [(check.words, check.blocks) for check in checks_of(visit.day, secretary)]

    assert told == [
        ("2020-001号没有接待代表", True),
        ("要求保密的1条没有接待代表，请知情人员核对", True),
        ("要求保密的1条还没有交办，请知情人员核对", False),
    ]


def test_a_day_counts_the_visits_that_its_page_lists(visit, office, chair, logged_in):
    factory.make_visit(visit.day)
    for user, number, says in ((chair, 1, True), (office, 2, False)):
        client = logged_in(user)
        days = client.get(reverse("receptionday_list"))
        day = client.get(visit.day.get_absolute_url())

        assert [row.visit_count for row in days.context["object_list"]] == [number]
        assert len(day.context["visits"]) == number
        for page in (days, day):
            assert ("另有1次来访要求保密" in page.content.decode()) is says


def test_closing_a_day_tells_how_many_nobody_else_sees(visit, secretary, logged_in):
    factory.make_visit(visit.day)
    page = logged_in(secretary).get(reverse("receptionday_close", args=[visit.day_id]))

    assert "共来访2次，2人次（其中1次要求保密，只有知情人员能看到）。" in page.content.decode()
