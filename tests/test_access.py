"""Every address and every role: who is let in, and who is not.

The table is meant to be read. A letter stands for a role that is let in:
S secretary, O office, C chair, L leader of group 1, D a delegate of group 1, U the handling unit,
A auditor, M administrator; and of those who have records of their own, to whom these are foreign:
X leader of group 2, Y a delegate of group 2, V another unit. All records belong to group 1, its
delegate and the unit (the item is in hand and can no longer be deleted);
whoever is not named gets 403 or 404, with GET and with POST. The ledger upload and the job are a
colleague's, which nobody else opens. A new address without a row fails the test.
"""

import uuid

import pytest
from django.conf import settings as project
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, reverse

from congress import audit, background
from congress.models import (
    Document,
    DocumentFile,
    Session,
    SessionFile,
    SpecialDay,
)
from congress.roles import Role
from delegates.models import CorrectionRequest, Portrait, ScoreRules
from groups.models import ActivityFile, Publication, RoomCheckFile
from groups.sign_in import token_of
from reports.models import AnnualReport
from tests import factory
from tests.congress.made_files import picture
from voters.models import BlankForm, Commitment, DutyReportFile, ReplyTemplate

# Who gets a paper is asked here, not how it is set.
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_as_html")]

ROLES = {
    "S": "secretary",
    "O": "office",
    "C": "chair",
    "L": "leader",
    "X": "other_leader",
    "D": "delegate",
    "Y": "other_delegate",
    "U": "unit",
    "V": "other_unit",
    "A": "auditor",
    "M": "administrator",
}
PUBLIC = {
    "password_link",
    "calendar_feed",
    "healthz",
    "log_in_code",
    "login",
    "logout",
    "public",
    "public_sheet",
    "public_year",
    "verify",
    "voter_notice",
    "voter_notice_paper",
}
LEDGER = project.BASE_DIR / "reports/demonstration/xx-town-2020.xlsx"
TABLE = """
activity_add            SOLX
activity_attach         SOL
activity_attendance     SOL
activity_code           SOL
activity_code_paper     SOL
activity_delete         SOL
activity_detail         SOCL
activity_edit           SOL
activity_file           SOCL
activity_file_remove    SOL
activity_followup       SOL
activity_leave          SOL
activity_list           SOCLX
activity_marks          SOL
activity_paper          SOCL
activity_report         SOL
activity_sheet          SOCL
activity_transmission   SOL
activityroom_add        SO
activityroom_delete     SO
activityroom_detail     SOCL
activityroom_edit       SO
activityroom_list       SOCLX
activityroom_succeed    SO
annualreport_detail     SOC
auditentry_detail       A
auditentry_list         A
backupcheck_detail      SM
backupcheck_list        SM
ballotscale_add         S
ballotscale_delete      S
ballotscale_detail      SOC
ballotscale_edit        S
ballotscale_list        SOC
bill_add                SO
bill_carry_out          SO
bill_decide             SO
bill_delete             SO
bill_detail             SOCLD
bill_edit               SO
bill_list               SOCLXDY
bill_paper              SOCLD
bill_vote               SO
bill_withdraw           SO
calendar                SOCLXDY
calendar_address        SOCLXDY
calendar_month          SOCLXDY
calendar_plan           SO
calendar_year           SOCLXDY
commitment_fulfil       SO
commitment_list         SOCLXDYUV
commitment_postpone     SO
constituency_add        SO
constituency_delete     SO
constituency_detail     SOC
constituency_edit       SO
constituency_list       SOC
contact_clearing        S
correctionrequest_acknowledge D
correctionrequest_add   LXDY
correctionrequest_correct SO
correctionrequest_detail SOD
correctionrequest_list  SOCLXDY
correctionrequest_refuse SO
correctionrequest_withdraw D
countyproposal_add      SO
countyproposal_answer   SO
countyproposal_delete   SO
countyproposal_detail   SOC
countyproposal_edit     SO
countyproposal_list     SOCLXDY
countyproposal_paper    SOC
countyproposal_submit   SO
countyproposal_take_back SO
countyproposal_take_over SO
dashboard               SOCLXDYUVAM
delegate_add            SO
delegate_apart          SO
delegate_delete         SO
delegate_detail         SOCD
delegate_duty_file      SOCLD
delegate_duty_pdf       SOCLD
delegate_edit           SO
delegate_elect          SO
delegate_identity       SO
delegate_list           SOCDY
delegate_merge          SO
delegate_merge_choose   SO
delegate_portrait       SOCD
delegate_portrait_edit  SO
delegate_portrait_remove SO
delegate_propose_again  SO
delegate_roll           SOC
delegate_roll_pdf       SOC
delegate_score          SOCD
delegate_structure      SOC
delegate_transfer       SO
delegategroup_add       SO
delegategroup_delete    SO
delegategroup_detail    SOCL
delegategroup_edit      SO
delegategroup_list      SOCLX
desk                    SOCLX
desk_attendance         SO
desk_day                SOCL
desk_parse              SO
division_add            SO
division_board          SO
division_compare        SOC
division_confirm        SO
division_delete         SO
division_detail         SOC
division_edit           SO
division_list           SOC
division_paper          SOC
division_undo           SO
division_workbook       SOC
document_add            SO
document_attach         SO
document_delete         SO
document_detail         SOCLXDY
document_edit           SO
document_file           SOCLXDY
document_file_remove    SO
document_list           SOCLXDY
document_number_void    SO
document_numbers        SOC
document_register       SOC
document_restore        SO
document_void           SO
duplicates              SO
duty_book               -
duty_book_file          -
duty_book_order         SOCLX
duty_files              SOCLXDY
dutyopinion_remove      SO
dutyopinion_take_up     SO
dutyreport_add          SO
dutyreport_attach       SO
dutyreport_ballots      SO
dutyreport_delete       -
dutyreport_detail       SOCLD
dutyreport_edit         SO
dutyreport_event        SO
dutyreport_file         SOCLD
dutyreport_file_remove  SO
dutyreport_list         SOCLXDY
dutyreport_material     SOLD
dutyreport_opinions     SO
dutyreport_plan         SO
dutyreport_slips        SO
dutyreport_tally        SO
dutyreport_year         SOLX
election_add            SO
election_ballots        SO
election_candidates     SO
election_clear          SO
election_delete         SO
election_detail         SOCLX
election_edit           SO
election_list           SOCLX
election_next           SO
election_tally          SO
election_votes          SO
evaluation_ballots      SO
evaluation_mine         UV
evaluation_paper        SOL
evaluation_results      SOCL
evaluation_slips        SO
evaluation_tally        SO
evaluation_told         SO
evaluation_units        SO
evaluationcomment_remove SO
evaluationcomment_take_up SO
feedbackitem_add        SO
feedbackitem_answer_on_spot SO
feedbackitem_ask_extension SOU
feedbackitem_assign     SO
feedbackitem_assignment SOCU
feedbackitem_assignments SOCUV
feedbackitem_attach     SOU
feedbackitem_attachment SOCU
feedbackitem_attachment_remove SOU
feedbackitem_attachment_show SO
feedbackitem_board      SOCLXDYUV
feedbackitem_bulk       SOCLXUV
feedbackitem_close      SO
feedbackitem_comment    SOC
feedbackitem_contact    U
feedbackitem_contribute SO
feedbackitem_delete     -
feedbackitem_detail     SOCLDU
feedbackitem_edit       SO
feedbackitem_enter      SO
feedbackitem_escalate   SO
feedbackitem_extend     SO
feedbackitem_help       SOCLXDYUV
feedbackitem_inbox      SOC
feedbackitem_inform     SOL
feedbackitem_keep       SO
feedbackitem_lift       SOC
feedbackitem_list       SOCLXDYUV
feedbackitem_merge      SO
feedbackitem_open       SOCLDU
feedbackitem_readmit    SO
feedbackitem_reassign   SO
feedbackitem_recall     SO
feedbackitem_record     SOU
feedbackitem_refuse_extension SO
feedbackitem_reject     SO
feedbackitem_release    SO
feedbackitem_remind     SOC
feedbackitem_reminder   SOC
feedbackitem_reopen     SO
feedbackitem_reply      SOU
feedbackitem_reply_form SOCU
feedbackitem_retract    SO
feedbackitem_send_back  SOU
feedbackitem_sign       SOU
feedbackitem_split      SO
feedbackitem_suggest    SO
feedbackitem_supervise  SOC
feedbackitem_supervised SOC
feedbackitem_take_up    SO
feedbackitem_unclose    SO
feedbackitem_withdraw   SO
followup_delete         SOL
followup_edit           SOL
followup_list           SOCLX
followup_tell           SOL
form_batch              SO
form_batch_pdf          SO
form_batches            SO
form_open               SO
group_liaison           SO
group_plan              SOL
group_poster            SOL
groupvillage_edit       SO
handlingreport_add      SO
handlingreport_delete   SO
handlingreport_detail   SOC
handlingreport_edit     SO
handlingreport_list     SOCLXDY
handlingreport_paper    SOC
handlingreport_publish  SO
handlingunit_add        SO
handlingunit_delete     SO
handlingunit_detail     SOC
handlingunit_edit       SO
handlingunit_list       SOC
handover                SOC
handover_paper          SOC
honour_add              SO
honour_delete           SO
honour_detail           SOCD
honour_edit             SO
honour_list             SOCDY
job_page                -
job_status              -
leaverequest_approve    SOL
leaverequest_detail     SOCL
leaverequest_list       SOCLX
leaverequest_refuse     SOL
leaverequest_withdraw   SOL
ledger_confirm          -
ledger_discard          -
ledger_export           SO
ledger_preview          -
ledger_result           -
ledger_retry            -
ledgers                 SO
log_ins                 SOCLXDYUVAM
mandate_delete          SO
mandate_detail          SOC
mandate_edit            SO
mandate_end             SO
mandate_list            SOC
mandate_resume          SO
mandate_suspend         SO
mandate_undo_end        SO
membership_appoint      SO
membership_delete       SO
membership_detail       SOC
membership_edit         SO
membership_list         SOC
merge_detail            SO
merge_undo              SO
my_activities           CLXDY
my_activity             LD
my_duty_file            CLXDY
my_leave                LD
my_leave_withdraw       D
narrative_history       SOC
narrative_restore       SO
narrative_save          SO
outline_template        S
own_code                SOCLXDYUVAM
password_change         SOCLXDYUVAM
plan                    SOCLX
plan_issue              S
plan_keep               S
plan_make               S
plan_pdf                SOCL
plan_upload             SOLX
plan_workbook           SOCLX
plan_year               SOCLX
planitem_add            SOLX
planitem_delete         SOL
planitem_detail         SOCL
planitem_edit           SOL
planitem_list           SOCLX
planitem_move           SOL
plantemplate_delete     S
plantemplate_detail     S
plantemplate_list       S
publication_add         SO
publication_delete      SO
publication_detail      SOC
publication_edit        SO
publication_list        SOC
publication_poster      -
publication_publish     SO
publication_withdraw    SO
reception_figures       SOCLX
reception_month_notice  SOL
reception_papers        SOLX
reception_year_register SO
receptionday_add        SO
receptionday_announce   SO
receptionday_cancel     SO
receptionday_close      SO
receptionday_delete     SO
receptionday_detail     SOCL
receptionday_edit       SO
receptionday_fix        SO
receptionday_hold       SO
receptionday_list       SOCLX
receptionday_move       SO
receptionday_notice     SOL
receptionday_register   SO
receptionday_reopen     SO
receptionday_sign_in    SOL
receptionduty_list      SOCLX
receptionduty_swap      SO
recommendation_list     SOCLX
recommendation_take_up  SO
record_history          SOCL
replytemplate_add       SO
replytemplate_delete    SO
replytemplate_detail    SOC
replytemplate_edit      SO
replytemplate_list      SOC
replytemplate_usual     SO
report_add              S
report_attachments      SOC
report_checks           SOC
report_comparison       SOC
report_difference       SOC
report_docx             SOC
report_draft            SOC
report_draft_anew       S
report_figure           SOC
report_figures          SOC
report_fonts            SOC
report_html             SOC
report_list             SOC
report_outline          SO
report_outline_template S
report_pdf              SOC
report_return           C
report_settings         S
report_sign             C
report_submit           SC
report_take_back        S
report_version          SOC
report_version_file     SOC
report_version_page     SOC
reportattachment_add    SO
reportattachment_change SO
reportattachment_edit   SO
room_report             SOCLX
room_report_pdf         SOCLX
roomcheck_add           SOLX
roomcheck_attach        SO
roomcheck_delete        SO
roomcheck_detail        SOCL
roomcheck_edit          SO
roomcheck_file          SOCL
roomcheck_file_remove   SO
roomcheck_list          SOCLX
roomitem_add            SO
roomitem_delete         SO
roomitem_detail         SOC
roomitem_edit           SO
roomitem_list           SOC
roster                  SO
roster_discard          -
roster_preview          -
rota                    SOCLX
rota_make               SO
rota_year               SOCLX
scorerules_add          S
scorerules_adopt        S
scorerules_delete       S
scorerules_detail       SOC
scorerules_edit         S
scorerules_list         SOC
scorerules_take_back    S
scores                  SOC
scores_year             SOC
secondvote_add          SO
secondvote_edit         SO
secondvote_remove       SO
session_add             SO
session_agenda          SO
session_agenda_pdf      SOCLX
session_attach          SO
session_attendance      SO
session_cancel          SO
session_delete          SO
session_detail          SOCLX
session_edit            SO
session_file            SOCLX
session_file_remove     SO
session_hold            SO
session_list            SOCLX
session_move            SO
session_reopen          SO
session_sign_in         SOC
sign_in                 LD
specialday_add          SO
specialday_delete       SO
specialday_detail       SOC
specialday_edit         SO
specialday_list         SOC
stay                    SOCLXDYUVAM
suggestion_add          SO
suggestion_edit         SO
suggestion_list         SOCLXDY
suggestiondraft_add     LXDY
suggestiondraft_delete  -
suggestiondraft_detail  SOCD
suggestiondraft_edit    -
suggestiondraft_list    SOCLXDY
suggestiondraft_recall  D
suggestiondraft_register SO
suggestiondraft_return  SO
suggestiondraft_second  -
suggestiondraft_submit  -
suspension_edit         SO
suspension_undo         SO
term_add                SO
term_delete             SO
term_detail             SOC
term_edit               SO
term_list               SOC
todo                    SOCLXDYUVAM
topic_add               SO
topic_delete            SO
topic_detail            SOC
topic_edit              SO
topic_list              SOC
topic_merge             SO
township                SOC
township_plan           SO
transmission_delete     SOL
transmission_edit       SOL
transmission_list       SOCLX
unavailability_add      SOLXDY
unavailability_delete   SOLD
unavailability_detail   SOCLD
unavailability_edit     SOLD
unavailability_list     SOCLXDY
unitevaluation_add      SO
unitevaluation_after    SO
unitevaluation_comments SO
unitevaluation_delete   SO
unitevaluation_detail   SOCL
unitevaluation_edit     SO
unitevaluation_list     SOCLX
user_add                M
user_code_reset         M
user_deactivate         M
user_detail             M
user_edit               M
user_link               M
user_list               M
user_reactivate         M
user_unlock             M
village_add             SO
village_delete          SO
village_detail          SOC
village_edit            SO
village_list            SOC
visit_add               SO
visit_delete            SO
visit_detail            SOCL
visit_edit              SO
visit_informed          SOCL
visit_list              SOCLX
visit_note              SO
visit_phone             SO
"""
LET_IN = {name: letters.strip("-") for name, letters in map(str.split, TABLE.split("\n")[1:-1])}


def addresses(patterns=None):
    """(name, parameters) of every named address."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield pattern.name, tuple(pattern.pattern.converters)
        else:
            yield from addresses(pattern.url_patterns)


ADDRESSES = dict(addresses())


@pytest.fixture
def everybody(cast, other_delegate, other_unit):
    return cast | {user.username: user for user in (other_delegate, other_unit)}


@pytest.fixture
def world(cast, set_today, settings, tmp_path):
    """A record of every kind, all of group 1; the key to open it by the first word of its pages."""
    set_today("2020-08-20")
    settings.MEDIA_ROOT = tmp_path
    person = cast["delegate"].delegate
    mandate = person.mandates.get()
    membership = mandate.memberships.get()
    group = membership.group
    factory.make_township()
    village_row = factory.make_coverage(group)
    village = village_row.village
    room = factory.make_room(group)
    room_check = factory.make_room_check(room, "2020-08-01", cast["office"], sign=True)
    day = factory.make_reception_day(group=group, on_duty=[mandate])
    visit = factory.make_visit(day, village)
    unit = factory.make_unit()
    unit.accounts.add(cast["unit"])
    item = factory.make_item(visit, state="handling", lead_unit=unit)
    attachment = factory.make_attachment(item, cast["unit"])
    factory.make_release(item, cast["office"])
    activity = factory.make_activity("2020-08-20", group, sign_in_secret="a1b2")
    evaluation = factory.make_activity(kind="evaluation", group=group)
    evaluated = factory.make_unit_evaluation(evaluation, unit)
    session = Session.objects.create(
        term=factory.make_term(), ordinal=4, date=factory.day("2020-09-03"), agenda="选举"
    )
    document = Document.objects.create(
        title="关于代表小组活动的意见",
        issuer="镇人大",
        number="XX镇人〔2020〕1号",
        date=factory.day("2020-01-13"),
        level="own",
    )
    suggestion = factory.make_suggestion()
    report = AnnualReport.objects.create(
        year=2020, start=factory.day("2020-01-01"), cut_off=factory.day("2020-08-20")
    )
    factory.make_version(report, cast["chair"])
    proposal = factory.make_county_proposal()
    duty_report = factory.make_duty_report(mandate)
    factory.make_file(Portrait, person, cast["office"], picture())
    records = {
        "dutyopinion": duty_report.opinions.create(text="路太窄。"),
        "ballotscale": factory.make_ballot_scale(2030),
        "activity": activity,
        "activityfile": factory.make_file(ActivityFile, activity, cast["office"]),
        "activityroom": room,
        "groupvillage": village_row,
        "roomcheck": room_check,
        "roomcheckfile": factory.make_file(RoomCheckFile, room_check, cast["office"]),
        "roomitem": factory.make_room_item("宣传栏"),
        "suspension": factory.make_suspension(mandate, "2020-08-01", "2020-08-02"),
        "attachment": attachment,
        "auditentry": audit.note(audit.Kind.EXPORT, "导出来访登记54条"),
        "backupcheck": factory.make_backup_check(),
        "bill": factory.make_bill(mandate),
        "commitment": Commitment.objects.create(
            item=item, text="明年修好", due_on=factory.day("2021-06-30")
        ),
        "constituency": mandate.constituency,
        "correctionrequest": CorrectionRequest.objects.create(
            delegate=person, year=2020, part="sessions", part_title="会议", wrong="漏", right="补"
        ),
        "countyproposal": proposal,
        "narrative": report.revisions.create(place="前言-1", text="甲。"),
        "delegate": person,
        "delegategroup": group,
        "desk": day,
        "division": factory.make_division(cast["office"], start="2020-09-01"),
        "document": document,
        "documentfile": factory.make_file(DocumentFile, document, cast["office"]),
        "dutyreport": duty_report,
        "dutyreportfile": factory.make_file(DutyReportFile, duty_report, cast["office"]),
        "feedbackitem": item,
        "followup": factory.make_follow_up(activity),
        "group": group,
        "handlingreport": factory.make_handling_report(cast["office"]),
        "handlingunit": unit,
        "honour": factory.make_honour(person),
        "leaverequest": factory.make_leave_request(activity, mandate, cast["delegate"]),
        "mandate": mandate,
        "membership": membership,
        "merge": factory.make_merge(person, cast["office"]),
        "other": factory.make_delegate("代表甲"),
        "my": activity,
        "planitem": factory.make_plan_item(group),
        "plantemplate": factory.make_plan_template(cast["secretary"]),
        "reportattachment": report.attachments.create(title="名单", text="张赟"),
        "receptionday": day,
        "publication": Publication.objects.create(
            year=2020, cut_off=factory.day("2020-08-20"), title="公示"
        ),
        "record": visit,
        "receptionduty": day.duties.get(),
        "recommendation": factory.make_recommendation(activity),
        "replytemplate": ReplyTemplate.objects.create(title="修好", outcome="A", text="好。"),
        "election": factory.make_election(session, counted=False),
        "scorerules": ScoreRules.objects.create(from_year=2030),
        "session": session,
        "suggestion": suggestion,
        "suggestiondraft": factory.make_suggestion_draft(mandate),
        "sessionfile": factory.make_file(SessionFile, session, cast["office"]),
        "specialday": SpecialDay.objects.create(date=factory.day("2020-10-01")),
        "term": group.term,
        "topic": item.topic,
        "transmission": factory.make_transmission(activity),
        "unavailability": factory.make_unavailability(person, "2020-09-01", "2020-10-01"),
        "evaluation": evaluation,
        "evaluationcomment": evaluated.comments.create(text="办事慢。"),
        "secondvote": factory.make_second_vote(evaluated, "2020-08-10"),
        "unitevaluation": evaluated,
        "user": cast["other_leader"],
        "village": village,
        "visit": visit,
    }
    return {word: record.pk for word, record in records.items()} | {
        "upload": upload_of_a_colleague(),
        "job": job_of_a_colleague(),
        "sign_in": token_of(activity),
        "batch": BlankForm.objects.create(number="2020-099", batch=uuid.uuid4()).batch,
    }


def upload_of_a_colleague():
    """The token of a ledger that another member of the office has uploaded."""
    client = Client()
    client.force_login(factory.make_user("colleague", Role.SECRETARY))
    with LEDGER.open("rb") as file:
        response = client.post(reverse("ledgers"), {"file": file})
    return response.url.strip("/").split("/")[1]


def job_of_a_colleague():
    """The token of a long action that another member of the office has started."""
    client = Client()
    request = RequestFactory().post("/")
    request.user = factory.make_user("clerk", Role.OFFICE)
    client.force_login(request.user)
    request.session = client.session
    return background.start(
        request, once="1", title="交办", back=("意见建议", "/"), work=lambda tell: ("已交办。", "/")
    ).token


def address_of(name, world):
    values = {"year": 2020, "slug": "2020", "month": 8, "place": "前言-1", "token": world["upload"]}
    values |= {"other": world["other"], "job": world["job"], "key": world["attachment"]}
    values |= {"batch": world["batch"], "number": "2020-099", "model": "visit"}
    if name == "sign_in":
        values["token"] = world["sign_in"]
    if name.endswith(("_file", "_file_remove")):
        values["key"] = world.get(f"{name.split('_')[0]}file")
    if name == "report_figure":
        values["key"] = "reception.persons"
    if name == "feedbackitem_open":
        values["number"] = "2020-J001"
    if name.startswith(("report_version", "report_difference")):
        values |= {"number": 1, "form": "pdf"}
    if "pk" in ADDRESSES[name]:
        values["pk"] = world[name.split("_")[0]]
    return reverse(name, kwargs={key: values[key] for key in ADDRESSES[name]})


def is_refused(response, refusals=(403, 404)):
    assert response.status_code < 500, response.request["PATH_INFO"]
    return response.status_code in refusals


def test_every_address_has_its_row():
    assert sorted(LET_IN) == sorted(set(ADDRESSES) - PUBLIC)


@pytest.fixture(params=ROLES)
def letter(request):
    """A test a role, so that they share the processors."""
    return request.param


@pytest.fixture
def client(letter, everybody, logged_in):
    return logged_in(everybody[ROLES[letter]])


def test_who_is_let_in(letter, client, world):
    found = set()
    for name in LET_IN:
        address = address_of(name, world)
        response = client.get(address)
        if response.status_code == 405:
            response = client.post(address)
        if not is_refused(response):
            found.add(name)

    assert found == {name for name, letters in LET_IN.items() if letter in letters}


def test_who_may_not_read_may_not_write(letter, client, world):
    accepted = [
        name
        for name, letters in LET_IN.items()
        if letter not in letters
        and not is_refused(client.post(address_of(name, world)), (403, 404, 405))
    ]

    assert accepted == []


def test_strangers_are_sent_to_log_in(world):
    client = Client()
    let_in = [
        name
        for name in LET_IN
        if not client.get(address_of(name, world)).headers.get("Location", "").startswith("/login/")
    ]

    assert let_in == []
