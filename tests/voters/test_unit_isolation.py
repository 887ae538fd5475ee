"""One unit never gets at another's items, nor at any voter: every address, GET and POST.

The addresses come from the resolver, so that a new one is walked without being named here; a new
kind of parameter fails until it is given values. What may be told of a voter to a group's leader
and to a delegate is walked in the same way.
"""

import io
import itertools
import uuid

import openpyxl
import pytest
from django.urls import reverse

from congress.uploads import NEITHER_SHOWN_NOR_RUN
from tests import factory
from tests.test_access import ADDRESSES
from voters.actions import release_contact, take_step
from voters.actions.entering import write_entry
from voters.models import Commitment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_as_html")]

OWN = {"voter_name": "欧阳天佑", "phone": "13912345678", "words": "我家后墙裂了三指宽的缝"}
FOREIGN = {"voter_name": "上官云飞", "phone": "13787654321", "words": "我儿子上学的桥断了半年"}
SECRETS = [*OWN.values(), *FOREIGN.values()]
FOREIGN_SUMMARY, FORMER_NOTE = "别家单位的办理内容", "前一单位查看的情况"
#: Of records of every kind, so that an address is asked once for all of them: the other unit's,
#: which no record of this unit has, and those of the items and visits of this one.
FOREIGN_KEY = 71001
OWN_KEYS = [72001, 72002, 72003, 72004]
#: All but the one that ends the walk.
WALKED = sorted(set(ADDRESSES) - {"logout"})
SHOWS_THE_CONTACT = "feedbackitem_contact"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def own(unit):
    factory.make_township()
    own = factory.make_unit(pk=OWN_KEYS[0])
    own.accounts.add(unit)
    return own


@pytest.fixture
def other(office):
    """Another unit with a colleague's account, and one record of each kind that hangs on it."""
    other = factory.make_unit("镇水利站", pk=FOREIGN_KEY)
    other.accounts.add(factory.make_user("other_unit", "unit", name="水利站"))
    visit = factory.make_visit(pk=FOREIGN_KEY, number="2020-901", **FOREIGN)
    item = factory.make_item(
        visit,
        "handling",
        pk=FOREIGN_KEY,
        number="2020-J901",
        lead_unit=other,
        summary=FOREIGN_SUMMARY,
    )
    factory.make_attachment(item, office, pk=FOREIGN_KEY, for_unit=True)
    factory.make_release(item, office, pk=FOREIGN_KEY)
    Commitment.objects.create(
        pk=FOREIGN_KEY, item=item, text=FOREIGN_SUMMARY, due_on=factory.day("2020-12-31")
    )
    return other


@pytest.fixture
def items(own, other, office, unit):
    """Of the unit, in the states of its life, with all that must not be told of them."""
    made = [
        factory.make_item(
            factory.make_visit(pk=key, confidential=key % 2 == 0, **OWN),
            state,
            lead_unit=own,
            pk=key,
        )
        for key, state in zip(OWN_KEYS, ("assigned", "handling", "told"), strict=False)
    ]
    handled = made[1]
    factory.make_attachment(handled, office, name="欧阳天佑身份证.pdf")
    write_entry(office, handled, "attach", "添加“欧阳天佑身份证.pdf”")
    write_entry(office, handled, "correct", "内容：欧阳天佑家后墙开裂→房屋开裂")
    release_contact(user=office, item=handled, reason="须上门查看", has_consent=True)
    write_entry(office, made[2], "inform", "已打13912345678告知欧阳天佑")
    factory.make_attachment(handled, unit, content=b"%PDF-1.7 own", name="本单位附件.pdf")
    Commitment.objects.create(item=handled, text="秋后修好", due_on=factory.day("2020-12-31"))
    visit = factory.make_visit(pk=OWN_KEYS[-1], **OWN)
    passed_on = factory.make_item(visit, "signed", lead_unit=other, pk=visit.pk)
    take_step(user=office, item=passed_on, step="record", note=FORMER_NOTE)
    take_step(user=office, item=passed_on, step="reassign", note="改由本单位办理", lead_unit=own)
    return [*made, passed_on]


def addresses_of(name, **values):
    """Every address of that name with these values of its parameters."""
    usual = {
        "year": [2020],
        "slug": ["2020"],
        "form": ["pdf"],
        "month": [8],
        "place": ["前言-1"],
        "token": ["0" * 32],
        "secret": ["0" * 32],
        "job": ["0" * 32],
        "batch": [uuid.UUID(int=0)],
        "other": [1],
        "model": ["visit"],
    }
    if name.startswith("report_"):
        values["number"] = [1]
    parameters = ADDRESSES[name]
    for chosen in itertools.product(*((usual | values)[each] for each in parameters)):
        yield reverse(name, kwargs=dict(zip(parameters, chosen, strict=True)))


def text_of(response):
    """What somebody reads in the answer: page, cells of the workbook or text of the paper."""
    content = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if "spreadsheetml" in kind:
        book = openpyxl.load_workbook(io.BytesIO(content))
        cells = [
            cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        ]
        return "xlsx", "\n".join(str(cell) for cell in cells if cell is not None)
    is_attachment = response.headers.get("Content-Security-Policy") == NEITHER_SHOWN_NOR_RUN
    is_paper = kind == "application/pdf" and not is_attachment
    return "pdf" if is_paper else kind.partition(";")[0], content.decode(errors="replace")


def fetched(client, name, address):
    """The page, and the workbook of what is a list."""
    yield client.get(address)
    if not ADDRESSES[name]:
        yield client.get(address, {"export": "xlsx"})


def told_in(text, words=(*SECRETS, FOREIGN_SUMMARY, FORMER_NOTE)):
    return [each for each in words if each in text]


def test_nothing_of_another_unit_is_found(own, other, unit, logged_in, items):
    client = logged_in(unit)
    found = []
    for name, parameters in ADDRESSES.items():
        if not {"pk", "key", "number"} & set(parameters):
            continue
        keys = [FOREIGN_KEY, items[0].pk] if "key" in parameters else [FOREIGN_KEY]
        numbers = ["2020-J901", "2020-901"]
        for address in addresses_of(name, pk=keys, key=[FOREIGN_KEY], number=numbers):
            for response in (client.get(address), client.post(address, {"version": "1"})):
                is_closed = response.status_code in (403, 404, 405, 410)
                if not is_closed or told_in(text_of(response)[1]):
                    found.append((response.status_code, address))

    assert found == []


def test_what_a_unit_fetches_tells_of_no_voter(own, other, unit, logged_in, items):
    client = logged_in(unit)
    values = {
        "pk": OWN_KEYS,
        "key": [each.pk for item in items for each in item.attachments.all()],
        "number": [item.number for item in items],
    }
    told, kinds, opened = [], set(), set()

    def look(name, response):
        if response.status_code == 200:
            kind, text = text_of(response)
            kinds.add(kind)
            opened.add(name)
            if name != SHOWS_THE_CONTACT and (found := told_in(text) + told_in(text, ["****"])):
                told.append((response.request["PATH_INFO"], found))

    for name in WALKED:
        for address in addresses_of(name, **values):
            for response in (*fetched(client, name, address), client.post(address)):
                look(name, response)

    assert told == []
    assert {"text/html", "xlsx", "pdf"} <= kinds
    assert opened >= {
        "feedbackitem_list",
        "feedbackitem_detail",
        "feedbackitem_assignment",
        "feedbackitem_reply",
        "feedbackitem_attachment",
        SHOWS_THE_CONTACT,
    }
    assert client.get("/visits/").status_code == 403


def test_the_walk_reads_what_papers_and_workbooks_say(own, other, unit, logged_in, items):
    client, item = logged_in(unit), items[1]

    sheet = text_of(client.get(reverse("feedbackitem_assignment", args=[item.pk])))
    rows = text_of(client.get("/items/", {"export": "xlsx"}))

    assert (sheet[0], rows[0]) == ("pdf", "xlsx")
    assert "".join(item.summary.split()) in sheet[1]
    assert [each.title for each in items if each.title not in rows[1]] == []
    assert FOREIGN_SUMMARY not in rows[1]


def test_the_accounts_pages_are_closed_to_units(unit, logged_in):
    client = logged_in(unit)

    assert {client.get(page).status_code for page in ("/accounts/", "/accounts/add/")} == {403}
    assert client.get("/admin/").status_code == 404


@pytest.mark.parametrize(
    ("role", "hidden"),
    [
        ("leader", ["上官云飞", "13787654321", "13912345678"]),
        ("delegate", [*OWN.values(), "上官云飞", "13787654321", FOREIGN["words"]]),
    ],
)
def test_a_leader_and_a_delegate_are_not_told_more_either(cast, logged_in, office, role, hidden):
    """Of the own group's visits: no telephone, and not the name of who asked for confidence."""
    mandate = cast["delegate"].delegate.mandates.get()
    day = factory.make_reception_day(group=factory.make_group(1), on_duty=[mandate])
    keys = OWN_KEYS[:2]
    visits = [
        factory.make_visit(day, pk=keys[0], **OWN),
        factory.make_visit(day, pk=keys[1], confidential=True, **FOREIGN),
    ]
    items = [factory.make_item(visit, "handling", pk=visit.pk) for visit in visits]
    for item in items:
        name = f"{item.visit.voter_name}的信.pdf"
        factory.make_attachment(item, office, name=name, pk=item.pk)
        write_entry(office, item, "attach", f"添加“{item.visit.voter_name}的信.pdf”")
    client = logged_in(cast[role])
    told, opened = [], set()
    for name in WALKED:
        numbers = [record.number for record in (*items, *visits)]
        for address in addresses_of(name, pk=[*keys, day.pk], key=keys, number=numbers):
            for response in fetched(client, name, address):
                if response.status_code == 200:
                    opened.add(name)
                    if found := told_in(text_of(response)[1], hidden):
                        told.append((address, found))

    assert told == []
    assert "feedbackitem_detail" in opened
