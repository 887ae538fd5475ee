"""One visit from the desk to the report: which answers tell the numbers typed on the way.

Each answer, also to a form that was sent, is searched for all of them; papers as real PDFs.
"""

import io
import uuid
from urllib.parse import urlsplit

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse

from congress.models import AuditEntry, Village
from reports.ledgers import export
from reports.models import AnnualReport
from tests import factory
from tests.congress.made_files import PDF
from tests.known_numbers import KnownNumbers, text_of
from tests.test_leaks import IDENTITY, log
from voters.models import FeedbackItem, Visit

__all__ = ["log"]
pytestmark = pytest.mark.django_db

KNOWN = KnownNumbers()
#: The voter's and the delegate's; then those in texts, in the ways in which people write them.
PHONE, OWN = (KNOWN.of(name)[0] for name in ("phone", "own"))
WORDS, REPLY = (
    sign.join((number[:3], number[3:7], number[7:]))
    for sign, number in ((" ", KNOWN.of("words")[0]), ("-", KNOWN.of("reply")[0]))
)
NOTE, LANDLINE, CARD = KNOWN.of("note")[0], KNOWN.of("landline")[2], KNOWN.of("card")[1]
WHY, FILE, ASKED, OTHER = (KNOWN.of(name)[0] for name in ("why", "file", "asked", "other"))

#: Who is told which numbers by which page, and why; nobody is told more, and nobody less.
TABLE = """
office            desk_parse           phone                     what was typed into the desk's line
office,secretary  visit_detail         words,landline            a record's page, for who may call
office,secretary  feedbackitem_detail  words,card,reply          the same
office            feedbackitem_close   card,reply                the same, where a step is taken
office            visit_phone          phone,words,landline      revealed for a reason
unit              feedbackitem_contact phone                     released for a reason
office            visit_list?full      phone,words               exported for a reason
office            ledger_export?full   phone,own,words,landline,card,reply  the same
office            delegate_detail      own                       where the office keeps it
office            delegate_identity    own                       the same page, with the 身份证号
"""
TOLD = {
    (who, page, number)
    for people, page, numbers, _ in (row.split(maxsplit=3) for row in TABLE.strip().splitlines())
    for who in people.split(",")
    for number in numbers.split(",")
}


class Walk:
    """The clients of some users, and what their answers told."""

    def __init__(self, clients):
        self.clients = clients
        self.told = set()
        self.with_identity = set()

    def get(self, who, name, *args, **query):
        return self._searched(who, self.clients[who].get(reverse(name, args=args, query=query)))

    def post(self, who, name, *args, data, **query):
        address = reverse(name, args=args, query=query)
        return self._searched(who, self.clients[who].post(address, data, follow=True))

    def _searched(self, who, response):
        page = resolve(urlsplit(response.request["PATH_INFO"]).path).url_name
        page += "?full" * ("full=1" in response.request["QUERY_STRING"])
        assert response.status_code < 500, page
        text = text_of(response)
        self.told |= {(who, page, number) for number in KNOWN.shown_in(text)}
        if IDENTITY in text:
            self.with_identity.add((who, page))
        return response

    def step(self, who, item, step, **data):
        version = FeedbackItem.objects.get(pk=item.pk).version
        response = self.post(
            who, f"feedbackitem_{step}", item.pk, data={"version": version, **data}
        )
        assert response.redirect_chain, (step, response.context["form"].errors)

    def everybody_reads(self, *pages):
        for who in self.clients:
            for name, *args in pages:
                self.get(who, name, *args)


@pytest.fixture
def walk(cast, logged_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Walk({who: logged_in(user) for who, user in cast.items()})


@pytest.fixture
def day(cast, set_today):
    set_today("2020-08-20")
    factory.make_township()
    factory.make_coverage(factory.make_group(1), factory.make_village("XX冲村"))
    unit = factory.make_unit()
    unit.accounts.add(cast["unit"])
    on_duty = [cast["delegate"].delegate.mandates.get()]
    return factory.make_reception_day("2020-08-20", on_duty=on_duty, state="announced")


def sent(day, **fields):
    """What the desk's page sends."""
    empty = {"line": "", "filled": "", "shown_alike": "", "persons": "1", "channel": "in_person"}
    rows = {"items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0", "submission": str(uuid.uuid4())}
    received_by = list(day.on_duty.values_list("pk", flat=True))
    return empty | rows | {"received_by": received_by} | fields


def at_the_desk(walk, day):
    line = f"张三丰 {PHONE} XX冲 路灯不亮"
    walk.post("office", "desk_parse", day.pk, data=sent(day, line=line))
    village, topic = Village.objects.get(), factory.make_topic()
    visit = {"voter_name": "欧阳天佑", "village": village.pk, "phone": PHONE}
    texts = {"words": f"路灯不亮，打{WORDS}。", "answer": f"记下{LANDLINE}。"}
    item = {"topic": topic.pk, "title": f"修路灯，找{NOTE}", "summary": f"路灯坏了，身份证{CARD}。"}
    rows = {f"items-0-{name}": value for name, value in item.items()}
    walk.post("office", "desk_day", day.pk, data=sent(day, **visit, **texts, **rows))
    return Visit.objects.get(), FeedbackItem.objects.get()


def handled(walk, item):
    unit = item.topic and factory.make_unit()
    walk.step("office", item, "assign", lead_unit=unit.pk, due_on="2020-09-28", note=f"找{NOTE}")
    walk.step("unit", item, "sign", signed_on="2020-08-20", signed_by="田家明")
    walk.step("unit", item, "record", note=f"已联系{NOTE}")
    walk.step("chair", item, "comment", note=f"请回电{NOTE}")
    walk.step("office", item, "release", reason=f"须联系{WHY}")
    walk.post("unit", "feedbackitem_contact", item.pk, data={})
    material = SimpleUploadedFile(f"回访{FILE}.pdf", PDF)
    answer = {"replied_on": "2020-08-20", "outcome": "A", "reply": f"已修好，回访{REPLY}。"}
    walk.step("unit", item, "reply", **answer, attachments=material)
    told = {"group_told_on": "2020-08-20", "voter_told_on": "2020-08-20", "told_by": "phone"}
    walk.step("office", item, "inform", **told, note=f"打{NOTE}")
    walk.get("office", "feedbackitem_close", item.pk)
    grades = {"process_satisfaction": "满意", "result_satisfaction": "满意"}
    walk.step("office", item, "close", **grades, note=f"打{NOTE}")


def given_in_full(walk, visit):
    """For a reason, in which a number stands too."""
    why = {"reason": f"打{WHY}核实"}
    walk.post("office", "visit_phone", visit.pk, data=why)
    walk.post("office", "visit_list", data=why, export="xlsx", full="1")
    person = visit.received_by.get().delegate
    walk.post("office", "delegate_identity", person.pk, data=why)
    walk.post("office", "ledger_export", data=why, year=2020, full="1")


def previewed(walk):
    """A ledger of what stands here, with a number where none may be; what would change is told in
    ``tests.reports.test_ledger_pages``.
    """
    book = io.BytesIO()
    export(2020, book)
    changed = openpyxl.load_workbook(book)
    sheet = changed["接待登记"]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("村") + 1).value = OTHER
    file = io.BytesIO()
    changed.save(file)
    upload = SimpleUploadedFile("台账.xlsx", file.getvalue())
    preview = walk.post("office", "ledgers", data={"file": upload})
    assert "139****5678" in [error.value for error in preview.context["errors"]]


def pages_of(visit, item):
    person = visit.received_by.get().delegate
    return [
        ("visit_detail", visit.pk),
        ("visit_list",),
        ("feedbackitem_detail", item.pk),
        ("feedbackitem_list",),
        ("feedbackitem_open", item.number),
        ("feedbackitem_inbox",),
        ("record_history", "visit", visit.pk),
        ("record_history", "feedbackitem", item.pk),
        ("receptionday_detail", visit.day_id),
        ("desk_day", visit.day_id),
        ("todo",),
        ("dashboard",),
        ("delegate_list",),
        ("delegate_duty_file", person.pk),
        ("delegate_roll",),
        ("handover",),
        ("report_draft", "2020"),
        ("auditentry_list",),
    ]


def test_a_visit_from_the_desk_to_the_report(walk, day, log, mailoutbox, office):
    visit, item = at_the_desk(walk, day)
    handled(walk, item)
    person = visit.received_by.get().delegate
    person.phone, person.identity = OWN, IDENTITY
    person.save()
    first, last = factory.day("2020-01-01"), factory.day("2020-08-20")
    AnnualReport.objects.create(year=2020, start=first, cut_off=last)
    given_in_full(walk, visit)
    previewed(walk)

    walk.get("office", "delegate_detail", person.pk)
    walk.everybody_reads(*pages_of(visit, item))
    for name in ("visit_list", "feedbackitem_list", "delegate_list"):
        walk.get("office", name, export="xlsx")
    walk.get("auditor", "auditentry_list", export="xlsx")
    for entry in AuditEntry.objects.exclude(words=""):
        walk.get("auditor", "auditentry_detail", entry.pk)
    walk.get("office", "ledger_export", year=2020)
    for name in ("feedbackitem_assignment", "feedbackitem_reply_form"):
        walk.get("unit", name, item.pk)
    walk.get("office", "receptionday_register", day.pk)
    walk.get("office", "delegate_roll_pdf")
    walk.get("office", "handover_paper")
    walk.get("chair", "report_docx", "2020")

    assert walk.told == TOLD
    assert walk.with_identity == {("office", "delegate_identity")}
    stored = str(list(AuditEntry.objects.values_list("words", "reason")))
    assert ("139****5678" in stored, KNOWN.shown_in(stored)) == (True, set())
    in_confidence = Walk(walk.clients)
    Visit.objects.filter(pk=visit.pk).update(confidential=True)
    visit.informed.set([office])
    in_confidence.everybody_reads(*pages_of(visit, item))
    assert {who for who, _, _ in in_confidence.told} == {"office"}
    assert (KNOWN.shown_in("\n".join(log)), mailoutbox) == (set(), [])


def test_what_is_asked_for_in_vain_is_not_told_to_the_log(logged_in, office, log):
    page = logged_in(office).get(f"/visits/张三{ASKED}/", {"q": ASKED})

    assert page.status_code == 404
    assert KNOWN.shown_in(text_of(page)) == KNOWN.shown_in("\n".join(log)) == set()
    assert log == ["WARNING django.request Not Found: /visits/……/"]
