"""Who is shown what of a voter: the table of ``voters.masking``, and files given in full."""

import io

import openpyxl
import pytest
from django.urls import reverse

from congress.models import AuditEntry
from tests import factory
from voters.actions.entering import enter_item
from voters.models import ContactReveal, FeedbackItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_as_html")]
NAME, PHONE = "欧阳天佑", "13812341234"
WORDS = "请打13987654321找我，村口的路灯坏了。"

#: (page, role): what is shown of name, telephone, and of the number in the voter's own words.
#: + in full, m masked, - nothing.
TABLE = """
list       office     m m m
list       secretary  m m m
list       chair      m m m
list       leader     m m m
day        office     m - m
day        leader     m - m
visit      office     + m +
visit      secretary  + m +
visit      chair      + m m
visit      leader     + m m
discreet   office     + m +
discreet   chair      m m m
discreet   leader     m m m
item       office     - - +
item       chair      - - m
item       leader     - - m
item       unit       - - -
register   office     m m m
workbook   chair      m m m
desk       office     m - m
"""
ROWS = [tuple(line.split(maxsplit=2)) for line in TABLE.strip().splitlines()]


@pytest.fixture
def visit(reception_day):
    return factory.make_visit(
        reception_day, voter_name=NAME, phone=PHONE, words=WORDS, number="2020-001"
    )


@pytest.fixture
def item(visit, unit):
    own = factory.make_unit()
    own.accounts.add(unit)
    return factory.make_item(visit, "handling", lead_unit=own)


def disclosures():
    return AuditEntry.objects.filter(kind__in=["reveal", "export", "print"])


def shown_of(text, whole, masked):
    return "+" if whole in text else "m" if masked in text else "-"


def text_of(response):
    assert response.status_code == 200
    if "spreadsheet" not in response["Content-Type"]:
        return response.content.decode()
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))
    return "\n".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
    )


@pytest.mark.parametrize(("page", "role", "expected"), ROWS)
def test_the_table_of_masking(page, role, expected, visit, item, cast, logged_in):
    if page == "discreet":
        type(visit).objects.filter(pk=visit.pk).update(confidential=True)
        visit.informed.add(cast[role])
    address = {
        "list": reverse("visit_list"),
        "day": visit.day.get_absolute_url(),
        "visit": visit.get_absolute_url(),
        "discreet": visit.get_absolute_url(),
        "item": item.get_absolute_url(),
        "register": reverse("receptionday_register", args=[visit.day_id]),
        "workbook": reverse("visit_list", query={"export": "xlsx"}),
        "desk": reverse("desk_day", args=[visit.day_id]),
    }[page]

    text = text_of(logged_in(cast[role]).get(address))

    found = [
        shown_of(text, NAME, "欧阳**"),
        shown_of(text, PHONE, "138****1234"),
        shown_of(text, "13987654321", "139****4321"),
    ]
    assert " ".join(found) == expected


def test_a_number_in_a_title_is_masked_when_it_is_entered(reception_day, office, logged_in):
    visit = factory.make_visit(reception_day)
    item = FeedbackItem(
        visit=visit,
        topic=factory.make_topic(),
        title="修路灯，找13987654321",
        summary="路灯坏了",
    )
    assert enter_item(user=office, item=item, year=2020).title == "修路灯，找139****4321"


def test_a_voter_known_from_before_is_taken_over_with_one_choice(visit, office, logged_in):
    client = logged_in(office)
    address = reverse("desk_day", args=[visit.day_id])
    line = {"line": f"{PHONE} 又来了", "items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0"}

    seen = client.post(address, line | {"read": "1"}).content.decode()
    assert ("欧阳**" in seen, NAME in seen, disclosures().count()) == (True, False, 0)
    form = client.post(address, line | {"known": visit.pk}).context["form"]

    told = [form[name].value() for name in ("voter_name", "village", "phone")]
    assert told == [NAME, str(visit.village_id), PHONE]
    assert ContactReveal.objects.get().reason == "选民再次来访，填入登记"
    nobody = {"line": "又来了", "items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0"}
    form = client.post(address, nobody | {"known": visit.pk}).context["form"]
    assert (form["voter_name"].value(), ContactReveal.objects.count()) == ("", 1)


IN_FULL = {
    "workbook": ("visit_list", {"export": "xlsx", "full": "1"}, "export"),
    "day": ("receptionday_register", {"full": "1"}, "print"),
    "year": ("reception_year_register", {"full": "1"}, "print"),
}


@pytest.mark.parametrize("paper", IN_FULL)
def test_a_file_in_full_asks_for_a_reason_is_marked_and_logged(
    paper, visit, office, chair, logged_in, settings
):
    name, query, kind = IN_FULL[paper]
    key = {"workbook": [], "day": [visit.day_id], "year": [2020]}[paper]
    address = reverse(name, args=key, query=query)
    client = logged_in(office)

    asked = text_of(client.get(address))
    assert ("事由" in asked, NAME in asked, PHONE in asked) == (True, False, False)
    again = text_of(client.post(address, {"reason": " "}))
    assert ("请写明为什么" in again, PHONE in again) == (True, False)
    assert disclosures().count() == 0
    response = client.post(address, {"reason": "存入纸质档案"})
    text = text_of(response)

    assert [word in text for word in (NAME, PHONE, "13987654321")] == [True] * 3
    entry = disclosures().get()
    assert (entry.kind, entry.reason, entry.username) == (kind, "存入纸质档案", "office")
    assert entry.words.endswith("，1条")
    assert f"-{entry.pk}" in text
    assert response["Cache-Control"] == "no-store"
    refused = logged_in(chair)
    assert refused.get(address).status_code == refused.post(address).status_code == 403
    assert disclosures().count() == 1


def test_a_list_without_personal_data_has_none_to_give(reception_day, office, logged_in):
    client = logged_in(office)

    assert client.get("/villages/", {"export": "xlsx", "full": "1"}).status_code == 403
    assert client.post("/villages/").status_code == 405


@pytest.mark.parametrize(
    ("role", "state", "step"),
    [
        ("unit", "handling", "reply"),
        ("unit", "handling", "ask_extension"),
        ("unit", "handling", "record"),
        ("chair", "handling", "remind"),
        ("chair", "handling", "comment"),
        ("chair", "handling", "supervise"),
    ],
)
def test_a_number_in_the_words_is_masked_where_a_step_is_taken(
    role, state, step, cast, logged_in, set_today
):
    set_today("2020-08-20")
    item = factory.make_item(state=state, summary=f"路灯坏了，电话{PHONE}")
    item.lead_unit.accounts.add(cast["unit"])
    address = reverse(f"feedbackitem_{step}", args=[item.pk])

    page = logged_in(cast[role]).get(address).content.decode()
    office = logged_in(cast["office"]).get(reverse("feedbackitem_remind", args=[item.pk]))

    assert shown_of(page, PHONE, "138****1234") == "m"
    assert shown_of(office.content.decode(), PHONE, "138****1234") == "+"


def test_the_chair_is_shown_no_number_in_the_inbox(chair, logged_in, reception_day):
    visit = factory.make_visit(words=f"打{PHONE}", answer=f"记下{PHONE}")
    factory.make_item(visit, summary=f"路灯坏了，电话{PHONE}")

    page = logged_in(chair).get(reverse("feedbackitem_inbox")).content.decode()

    assert shown_of(page, PHONE, "138****1234") == "m"


def test_the_trail_is_written_without_numbers(office, logged_in, set_today):
    """It is never rewritten, so they could not be cleared from it."""
    set_today("2020-08-20")
    item = factory.make_item(state="handling")
    address = reverse("feedbackitem_remind", args=[item.pk])
    sent = {"version": item.version, "note": f"请回电{PHONE}", "answer_by": "2020-08-25"}

    logged_in(office).post(address, sent)

    assert item.steps.get(kind="remind").note == "请回电138****1234"
