"""Masked everywhere: no page, file, answer or log line tells a known number in full.

A page that may tell one has its row in ``TABLE``, letters of roles as in ``tests.test_access``;
whatever else is found fails, and so does a row that lets in more than there is. Full numbers
otherwise leave by a reveal, a release or an export with a reason only, which are POSTs:
``tests.voters.test_masking``, ``tests.test_leaks_on_the_way``.
"""

import logging
from fnmatch import fnmatchcase

import pytest
from django.urls import reverse

from congress.log_lines import LogLine
from congress.models import Session
from tests import factory
from tests.known_numbers import label_of, text_of, texts_of_people, type_everywhere
from tests.test_access import ADDRESSES, LET_IN, ROLES, address_of, everybody, world
from voters.models import (
    Commitment,
    ContactReveal,
    CountyProposal,
    DayEvent,
    EarlierAnswer,
    FeedbackItem,
    FeedbackStep,
    UnitEvaluation,
    Visit,
)

__all__ = ["everybody", "world"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_as_html")]

#: Page, roles, texts told as they were written; * stands for any.
#: First the pages of records for those who may call (``voters.masking``), then their forms.
TABLE = """
activity_detail         SO   leaverequest.remark
bill_detail             SO   bill.*
correctionrequest_detail SO  correctionrequest.*
countyproposal_detail   SO   countyproposal.*
delegate_detail         SO   delegate.note
delegate_detail         SOD  delegate.phone
dutyreport_detail       SO   dutyreport.*
feedbackitem_detail     SO   feedbackitem.*
feedbackitem_detail     SO   commitment.*
feedbackitem_detail     SO   earlieranswer.*
feedbackitem_detail     SO   visit.words
feedbackitem_inbox      SO   feedbackitem.*
leaverequest_detail     SO   leaverequest.*
mandate_detail          SO   mandate.note
my_activity             D    leaverequest.*
receptionday_detail     SO   receptionday.note
suggestiondraft_detail  SO   suggestiondraft.*
unavailability_detail   SO   unavailability.reason
session_detail          SO   sessionattendance.remark
unitevaluation_detail   SO   evaluationcomment.text
unitevaluation_detail   SO   unitevaluation.*
visit_detail            SO   visit.voter_name
visit_detail            SO   visit.words
visit_detail            SO   visit.answer
visit_detail            SO   visitnote.text
bill_decide             SO   bill.decision_reason
bill_edit               SO   bill.*
commitment_fulfil       SO   commitment.*
commitment_postpone     SO   commitment.text
countyproposal_answer   SO   countyproposal.reply
delegate_edit           SO   delegate.*
delegate_merge          SO   delegate.*
dutyopinion_remove      SO   dutyopinion.text
dutyopinion_take_up     SO   dutyopinion.text
dutyreport_event        SO   dutyreport.*
evaluationcomment_remove SO  evaluationcomment.text
evaluationcomment_take_up SO evaluationcomment.text
feedbackitem_ask_extension SO feedbackitem.*
feedbackitem_comment    SO   feedbackitem.*
feedbackitem_contribute SO   feedbackitem.summary
feedbackitem_edit       SO   feedbackitem.*
feedbackitem_escalate   SO   feedbackitem.summary
feedbackitem_extend     SO   feedbackitem.summary
feedbackitem_merge      SO   feedbackitem.summary
feedbackitem_reassign   SO   feedbackitem.summary
feedbackitem_record     SO   feedbackitem.summary
feedbackitem_reject     SO   feedbackitem.summary
feedbackitem_remind     SO   feedbackitem.summary
feedbackitem_reopen     SO   feedbackitem.*
feedbackitem_reply      SO   feedbackitem.summary
feedbackitem_suggest    SO   feedbackitem.summary
feedbackitem_supervise  SO   feedbackitem.summary
feedbackitem_unclose    SO   feedbackitem.*
mandate_edit            SO   mandate.note
receptionday_edit       SO   receptionday.note
session_attendance      SO   sessionattendance.remark
unitevaluation_after    SO   unitevaluation.*
unavailability_edit     SOLD unavailability.reason
visit_edit              SO   visit.voter_name
visit_edit              SO   visit.words
visit_edit              SO   visit.answer
visit_edit              SO   feedbackitem.*
"""
ROWS = [tuple(row.split()) for row in TABLE.strip().splitlines()]
#: Open to all, and no key in their address.
OPEN_TO_ALL = ("verify", "voter_notice", "voter_notice_paper")
#: Records whose history is read beside that of the visit.
WITH_HISTORY = ("bill", "commitment", "delegate", "dutyreport", "feedbackitem", "mandate")
IDENTITY = "999999197503010113"


@pytest.fixture
def full_world(world, everybody):
    """With every text that the life of a visit and an item leaves behind."""
    office = everybody["office"]
    visit = Visit.objects.get(pk=world["visit"])
    visit.phone, visit.answer = "13900000000", "已记下。"
    visit.save()
    visit.notes.create(text="更正", user=office)
    ContactReveal.objects.create(visit=visit, user=office, reason="核实")
    DayEvent.objects.create(day=visit.day, kind="closed", user=office, note="说明")
    item = FeedbackItem.objects.get(pk=world["feedbackitem"])
    for kind in ("assign", "comment", "record", "remind"):
        FeedbackStep.objects.create(
            item=item, user=office, to_state="handling", kind=kind, note="好"
        )
    closed = factory.make_item(visit, "closed", lead_unit=item.lead_unit, dissatisfaction="慢")
    factory.make_attachment(closed, office)
    answered = {"replied_on": closed.replied_on, "outcome": "A"}
    EarlierAnswer.objects.create(item=closed, reply="初次答复", **answered)
    kept = {"due_on": closed.replied_on, "kept_on": closed.replied_on, "result": "已铺"}
    Commitment.objects.create(item=closed, text="铺路", **kept)
    person = everybody["delegate"].delegate
    person.identity = IDENTITY
    person.save()
    person.identity_reveals.create(user=office, reason="办证")
    mandate, day = person.mandates.get(), closed.replied_on
    session = Session.objects.get(pk=world["session"])
    factory.make_session_attendance(session, mandate, "approved", remark="住院")
    UnitEvaluation.objects.filter(pk=world["unitevaluation"]).update(
        **dict.fromkeys(
            ("rectify_by", "rectified_on", "reported_on", "fed_back_on"), closed.replied_on
        ),
        demands="公开电话",
        rectification="已公开",
    )
    evaluated = UnitEvaluation.objects.get(pk=world["unitevaluation"])
    evaluated.corrections.create(user=office, reason="看错", changes="满意1改为2")
    CountyProposal.objects.filter(pk=world["countyproposal"]).update(
        state="answered", submitted_on=day, replied_on=day, reply="列入"
    )
    return world | {"closed": closed.pk}


@pytest.fixture
def log():
    """Lines of the log as the program writes them."""
    lines = []

    class Kept(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    kept, root = Kept(logging.INFO), logging.getLogger()
    kept.setFormatter(LogLine("%(levelname)s %(name)s %(message)s"))
    root.addHandler(kept)
    yield lines
    root.removeHandler(kept)


def addresses_of(name, world):
    """The page, its workbook; of an item also when it is closed; histories of several records."""
    address = address_of(name, world)
    if name.endswith("_list"):
        return [address, f"{address}?export=xlsx"]
    if name.startswith("feedbackitem_") and "pk" in ADDRESSES[name]:
        return [address, address_of(name, world | {"feedbackitem": world["closed"]})]
    if name == "ledger_export":
        return [f"{address}?year=2020"]
    if name == "record_history":
        return [address, *(reverse(name, args=[kind, world[kind]]) for kind in WITH_HISTORY)]
    return [address]


def is_told(row, page, field):
    return row[0] == page and fnmatchcase(field, row[2])


@pytest.mark.parametrize("letter", ROLES)
def test_only_these_pages_tell_a_number(letter, everybody, full_world, logged_in, log, mailoutbox):
    known = type_everywhere()
    client = logged_in(everybody[ROLES[letter]])
    found = set()

    for name in (*LET_IN, *OPEN_TO_ALL):
        for address in addresses_of(name, full_world):
            text = text_of(client.get(address))
            found |= {(name, field.split(".", 1)[1]) for field in known.shown_in(text)}
            assert IDENTITY not in text, name

    rows = [row for row in ROWS if letter in row[1]]
    leaks = sorted(each for each in found if not any(is_told(row, *each) for row in rows))
    idle = [row for row in rows if not any(is_told(row, *each) for each in found)]
    assert (leaks, idle) == ([], [])
    assert (known.shown_in("\n".join(log)), mailoutbox) == (set(), [])


def test_numbers_were_typed_wherever_people_are_written_of(full_world):
    """So that what no page tells was there to be told; a new column of text comes in by itself."""
    columns = {label_of(model, field) for model, field in texts_of_people()}

    assert columns - type_everywhere().typed == set()
