"""Records for tests: one plain function a model, every field with a plausible default.

Names and numbers count up with the records there are, so that a test reads the same every time.
Days are written like 2020-07-15.
"""

import datetime
import hashlib

from django.core.files.base import ContentFile
from django.db.models import Q

from congress.models import (
    BackupCheck,
    BallotScale,
    Document,
    DocumentFile,
    Session,
    Term,
    Township,
    User,
    Village,
)
from congress.periods import now
from congress.roles import Role
from delegates.actions import merge
from delegates.duplicates.moving import plan_of
from delegates.models import (
    Constituency,
    Delegate,
    Election,
    Honour,
    Level,
    Mandate,
    SessionAttendance,
    Suspension,
)
from groups.division.saving import make as make_draft
from groups.models import (
    Activity,
    ActivityRoom,
    Attendance,
    DelegateGroup,
    Division,
    Finding,
    FollowUp,
    GroupVillage,
    LeaveRequest,
    Membership,
    PlanItem,
    PlanTemplate,
    Post,
    Recommendation,
    RoomCheck,
    RoomItem,
    RoomResult,
    Transmission,
)
from reports.models import ReportVersion
from tests.congress.made_files import PDF
from voters.actions import save_report
from voters.models import (
    Attachment,
    Bill,
    ContactRelease,
    CountyProposal,
    DutyReport,
    FeedbackItem,
    HandlingReport,
    HandlingUnit,
    ReceptionDay,
    ReceptionDuty,
    SecondVote,
    SuggestionDraft,
    Topic,
    Unavailability,
    UnitEvaluation,
    Visit,
)

TERM_START = "2016-12-20"
ELECTED_ON = "2017-01-05"


def day(text):
    """A date of its ISO text; dates and None pass through."""
    return datetime.date.fromisoformat(text) if isinstance(text, str) else text


def make_user(username, role=Role.OFFICE, **fields):
    fields = {"name": username, "password": "demo-password-1", **fields}
    return User.objects.create_user(username, role=role, **fields)


def make_backup_check(made_at=None, **fields):
    """A backup of this moment, proved since."""
    fields = {"sha256": "a" * 64, "name": "congress-XX镇.tar.gz", "size": 1_500_000, **fields}
    fields = {"result": "good", "verified_at": now(), **fields}
    return BackupCheck.objects.create(made_at=made_at or now(), **fields)


def make_township(**fields):
    fields = {"name": "XX镇", "county": "YY县", **fields}
    return Township.objects.first() or Township.objects.create(**fields)


def make_term(ordinal=15, first_day=TERM_START):
    return Term.objects.get_or_create(ordinal=ordinal, defaults={"first_day": day(first_day)})[0]


def make_document(number="XX镇人〔2020〕1号", **fields):
    """An own document, unless another level is given."""
    fields = {
        "title": f"{Document.objects.count() + 1}号文件",
        "issuer": "镇人大",
        "date": "2020-01-13",
        "level": Document.Level.OWN,
        **fields,
    }
    for name in ("date", "received_on", "repealed_on", "void_on"):
        fields[name] = day(fields.get(name))
    return Document.objects.create(number=number, **fields)


def make_document_file(document, user=None, text="", **fields):
    """A file with the text that was found in it."""
    return make_file(DocumentFile, document, user, text=text, reading="read", **fields)


def make_village(name=None, **fields):
    number = Village.objects.count() + 1
    fields = {"population": 1000, "position": number, **fields}
    return Village.objects.create(name=name or f"{number}号村", **fields)


def make_constituency(name="第一选区", level=Level.TOWN, term=None, **fields):
    return Constituency.objects.get_or_create(
        term=term or make_term(), level=level, name=name, defaults=fields
    )[0]


def make_delegate(name=None, **fields):
    number = Delegate.objects.count() + 1
    fields = {
        "sex": "男",
        "birth_month": datetime.date(1975, 3, 1),
        "phone": f"1380000{number:04d}",
        **fields,
    }
    return Delegate.objects.create(name=name or f"代表{number}号", **fields)


def make_merge(kept, by):
    """Of the person and one recorded a second time, who held no office."""
    other = make_delegate(kept.name, sex=kept.sex, birth_month=kept.birth_month, phone="")
    seen = plan_of(kept, other).seen
    return merge(by=by, kept=kept, other=other, chosen={}, seen=seen)


def make_mandate(delegate=None, level=Level.TOWN, start=ELECTED_ON, end=None, **fields):
    number = Mandate.objects.count() + 1
    term = fields.pop("term", None) or make_term()
    fields = {"card_number": f"Z15-{number:03d}", **fields}
    if end:
        fields = {"end_reason": Mandate.EndReason.RESIGNED, **fields}
    if "constituency" not in fields:
        fields["constituency"] = make_constituency(level=level, term=term)
    return Mandate.objects.create(
        delegate=delegate or make_delegate(),
        level=level,
        term=term,
        start=day(start),
        end=day(end),
        **fields,
    )


def make_suspension(mandate, start, end=None, reason="因刑事案件被羁押"):
    return Suspension.objects.create(mandate=mandate, start=day(start), end=day(end), reason=reason)


def make_session_attendance(session, mandate=None, status="present", **fields):
    if status != "present":
        fields = {"reason": "unstated", **fields}
    if status == "approved":
        fields = {"approved_by": "主席团", **fields}
    return SessionAttendance.objects.create(
        session=session, mandate=mandate or make_mandate(), status=status, **fields
    )


def make_honour(delegate=None, date="2020-03-10", **fields):
    fields = {
        "title": "优秀人大代表",
        "granted_by": "YY县人大常委会",
        "level": Honour.Level.COUNTY,
        **fields,
    }
    return Honour.objects.create(delegate=delegate or make_delegate(), day=day(date), **fields)


def make_election(session=None, candidates=("李敏", "王建国"), counted=False, **fields):
    """With candidates of the presidium, none a delegate; counted all with no vote."""
    fields = {"kind": Election.Kind.OTHER, "post": "主席团成员", "seats": 1, **fields}
    if counted:
        fields = {"issued": 1, "returned": 1, "valid": 1, **fields}
    election = Election.objects.create(session=session or make_session(), **fields)
    for name in candidates:
        votes = dict.fromkeys(("votes_for", "votes_against", "abstained"), 0) if counted else {}
        election.candidates.create(name=name, nominated_by="presidium", **votes)
    return election


def make_group(ordinal=1, term=None, **fields):
    fields = {"start": day(TERM_START), **fields}
    return DelegateGroup.objects.get_or_create(
        term=term or make_term(), ordinal=ordinal, defaults=fields
    )[0]


def make_membership(group=None, mandate=None, post=Post.MEMBER, start=ELECTED_ON, end=None):
    """A delegate's time in a group, with a new delegate unless a mandate is given."""
    return Membership.objects.create(
        group=group or make_group(),
        mandate=mandate or make_mandate(),
        post=post,
        start=day(start),
        end=day(end),
    )


def make_staff_liaison(group=None, name="联络员", start=ELECTED_ON, **fields):
    return Membership.objects.create(
        group=group or make_group(),
        post=Post.LIAISON,
        staff_name=name,
        start=day(start),
        **fields,
    )


def make_coverage(group=None, village=None, start=TERM_START, end=None):
    return GroupVillage.objects.create(
        group=group or make_group(),
        village=village or make_village(),
        start=day(start),
        end=day(end),
    )


def make_room(group=None, name=None, start=TERM_START, **fields):
    number = ActivityRoom.objects.count() + 1
    fields = {"place": "镇政府会议室", **fields}
    return ActivityRoom.objects.create(
        group=group or make_group(), name=name or f"{number}号活动室", start=day(start), **fields
    )


def make_division(by, term=None, start="2021-12-20", way="empty", count=2, **fields):
    """A draft with what its way proposes."""
    division = Division(term=term or make_term(), start=day(start), way=way, **fields)
    return make_draft(by=by, division=division, count=count)


def make_room_check(room, date, by=None, **found):
    """What was found of the items, by code or title: ``sign=True``."""
    check = RoomCheck.objects.create(room=room, day=day(date), user=by)
    for name, met in found.items():
        item = RoomItem.objects.get(Q(code=name) | Q(title=name))
        RoomResult.objects.create(room_check=check, item=item, met=met)
    return check


def make_room_item(title, start=TERM_START, **fields):
    return RoomItem.objects.create(title=title, start=day(start), **fields)


def make_plan_item(group=None, year=2020, **fields):
    number = PlanItem.objects.filter(year=year).count() + 1
    fields = {
        "number": number,
        "title": f"{number}号计划",
        "kind": PlanItem.Kind.INSPECTION,
        "first_month": 7,
        "responsible": "组长",
        **fields,
    }
    fields = {"last_month": fields["first_month"], **fields}
    return PlanItem.objects.create(year=year, group=group, **fields)


def make_plan_template(by, name="常用计划", year=2019):
    return PlanTemplate.objects.create(name=name, kept_from=year, kept_on=day("2019-12-31"), by=by)


def make_activity(date="2020-07-15", group=None, villages=(), **fields):
    date = day(date)
    count = Activity.objects.count() + 1
    fields = {
        "number": f"{date.year}-H{count:02d}",
        "kind": Activity.Kind.INSPECTION,
        "title": f"{count}号活动",
        "content": "道路建设",
        **fields,
    }
    activity = Activity.objects.create(date=date, group=group, **fields)
    activity.villages.set(villages)
    return activity


def make_finding(activity, text="码头建设滞后。", **fields):
    fields = {"position": activity.findings.count() + 1, **fields}
    return Finding.objects.create(activity=activity, text=text, **fields)


def make_recommendation(activity, text="加快码头建设。", **fields):
    fields = {"position": activity.recommendations.count() + 1, **fields}
    return Recommendation.objects.create(activity=activity, text=text, **fields)


def make_transmission(activity, date=None, who="镇政府", recommendations=(), **fields):
    """Of all recommendations, unless some are named."""
    fields = {"content": "代表们的意见和建议", **fields}
    transmission = Transmission.objects.create(
        activity=activity, date=day(date) or activity.date, who=who, **fields
    )
    transmission.recommendations.set(recommendations)
    return transmission


def make_follow_up(activity, date=None, who="镇政府", content="已经办好。", **fields):
    return FollowUp.objects.create(
        activity=activity, date=day(date) or activity.date, who=who, content=content, **fields
    )


def make_attendance(activity, mandate=None, status=Attendance.Status.PRESENT, reason=""):
    """Of a delegate in office that day, where none is given."""
    mandate = mandate or make_mandate(start=min(day(ELECTED_ON), activity.date))
    if status != Attendance.Status.PRESENT:
        reason = reason or Attendance.Reason.UNSTATED
    return Attendance.objects.create(
        activity=activity, mandate=mandate, status=status, reason=reason
    )


def make_leave_request(activity, mandate, asked_by, reason=Attendance.Reason.WORK, **fields):
    return LeaveRequest.objects.create(
        activity=activity, mandate=mandate, asked_by=asked_by, reason=reason, **fields
    )


def make_reception_day(date="2020-08-15", group=None, on_duty=None, **fields):
    """A held day of the group with one member on duty, unless others are given."""
    group = group or make_group()
    fields = {"place": "镇政府会议室", "state": ReceptionDay.State.HELD, **fields}
    reception_day = ReceptionDay.objects.create(date=day(date), group=group, **fields)
    if on_duty is None:
        on_duty = [make_membership(group).mandate]
    for mandate in on_duty:
        ReceptionDuty.objects.create(day=reception_day, mandate=mandate)
    return reception_day


def make_unavailability(delegate, start, end, reason="外出"):
    return Unavailability.objects.create(
        delegate=delegate, start=day(start), end=day(end), reason=reason
    )


def make_visit(reception_day=None, village=None, informed=(), **fields):
    """A visit received by all who were on duty; of one in confidence name who may see it."""
    reception_day = reception_day or ReceptionDay.objects.first() or make_reception_day()
    number = Visit.objects.count() + 1
    fields = {
        "number": f"{reception_day.date.year}-{number:03d}",
        "voter_name": f"选民{number}号",
        "words": "门口的路坏了。",
        **fields,
    }
    visit = Visit.objects.create(
        day=reception_day, village=village or Village.objects.first() or make_village(), **fields
    )
    visit.received_by.set(reception_day.on_duty.all())
    visit.informed.set(informed)
    return visit


def make_topic(name="村村通道路", **fields):
    fields = {"position": Topic.objects.count() + 1, **fields}
    return Topic.objects.get_or_create(name=name, defaults=fields)[0]


def make_unit(name="镇交通管理站", **fields):
    fields = {"short_name": name.removeprefix("镇"), "contact": "田家明", **fields}
    return HandlingUnit.objects.get_or_create(name=name, defaults=fields)[0]


#: What an item in each state has, beyond what those before it have.
_ITEM_HISTORY = [
    ("assigned", {"assigned_on": "2020-08-17", "due_on": "2020-09-28", "responsible": "田家明"}),
    ("signed", {"signed_on": "2020-08-17", "signed_by": "田家明"}),
    ("handling", {}),
    ("replied", {"replied_on": "2020-08-18", "outcome": "A", "reply": "已经修好。"}),
    (
        "told",
        {
            "group_told_on": "2020-08-19",
            "voter_told_on": "2020-08-19",
            "told_by": "in_person",
        },
    ),
    (
        "closed",
        {
            "process_satisfaction": "满意",
            "result_satisfaction": "满意",
        },
    ),
]


def make_item(visit=None, state="registered", **fields):
    """An item of a visit in a state up to closed, with what led there."""
    visit = visit or make_visit()
    number = FeedbackItem.objects.count() + 1
    values = {
        "number": f"{visit.day.date.year}-J{number:03d}",
        "title": f"{number}号意见",
        "summary": "修复门口的道路。",
        "registered_on": visit.day.date,
    }
    if state != "registered":
        values["lead_unit"] = fields.pop("lead_unit", None) or make_unit()
        for reached, history in _ITEM_HISTORY:
            values |= {
                name: day(value) if name.endswith("_on") else value
                for name, value in history.items()
            }
            if reached == state:
                break
    topic = fields.pop("topic", None) or make_topic()
    return FeedbackItem.objects.create(visit=visit, topic=topic, state=state, **values | fields)


def make_session(ordinal=4, date="2020-09-03", **fields):
    fields = {"agenda": "选举", **fields}
    return Session.objects.get_or_create(
        term=fields.pop("term", None) or make_term(),
        ordinal=ordinal,
        defaults={"date": day(date), **fields},
    )[0]


def make_suggestion(lead=None, seconders=(), state="registered", **fields):
    """A delegate's suggestion in a state up to closed."""
    lead = lead or make_mandate()
    number = FeedbackItem.objects.filter(source="delegate").count() + 1
    fields = {"number": f"2020-Y{number:03d}", "title": f"{number}号建议", **fields}
    item = make_item(state=state, **fields)
    FeedbackItem.objects.filter(pk=item.pk).update(
        source="delegate", visit=None, lead_proposer=lead
    )
    item.proposers.set([lead, *seconders])
    item.refresh_from_db()
    return item


def make_bill(lead=None, seconders=None, session=None, **fields):
    """A joint bill of five, unless another proposer is given."""
    session = session or make_session()
    is_joint = fields.get("proposer_kind", "delegates") == "delegates"
    fields = {
        "number": session.bills.count() + 1,
        "title": "关于保护饮用水水源的议案",
        "cause": "水源地没有围护。",
        "grounds": "去年三次水质超标。",
        "scheme": "由村建中心年内建围栏。",
        "received_on": day("2020-08-18"),
        **fields,
    }
    bill = Bill.objects.create(
        session=session, lead=(lead or make_mandate()) if is_joint else None, **fields
    )
    if is_joint:
        bill.seconders.set(seconders or [make_mandate() for _ in range(4)])
    return bill


def make_handling_report(user, items=None, **fields):
    """Of all suggestions registered in 2020, as they stand."""
    fields = {
        "session": make_session(),
        "title": "关于2020年代表建议办理情况的报告",
        "date": day("2020-08-20"),
        "first": day("2020-01-01"),
        "last": day("2020-12-31"),
        **fields,
    }
    return save_report(user=user, report=HandlingReport(**fields), items=items)


def make_county_proposal(kind="to_county", **fields):
    fields = {
        "title": "配备专职人大副主席",
        "content": "建议县人大争取政策，为乡镇配备专职人大副主席。",
        "year": 2021,
        "drafted_on": day("2020-08-18"),
        **fields,
    }
    return CountyProposal.objects.create(kind=kind, **fields)


def make_suggestion_draft(lead=None, seconders=(), state="submitted", **fields):
    fields = {"title": "关于修路的建议", "content": "村口的路坏了，请修复。", **fields}
    draft = SuggestionDraft.objects.create(
        lead=lead or make_mandate(),
        topic=make_topic(),
        state=state,
        submitted_on=None if state == "draft" else day("2020-08-19"),
        return_reason="请写具体。" if state == "returned" else "",
        **fields,
    )
    for mandate in seconders:
        draft.secondments.create(mandate=mandate)
    return draft


def make_file(model, record, user, content=PDF, name="材料.pdf", **fields):
    """A file of the record, on disc as well."""
    fields = {
        model.belongs_to: record,
        "content_type": "application/pdf",
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        **fields,
    }
    return model.objects.create(user=user, name=name, file=ContentFile(content, name), **fields)


def make_attachment(item, user, content=PDF, name="答复意见.pdf", **fields):
    return make_file(Attachment, item, user, content, name, **fields)


def make_release(item, user, reason="须上门查看", **fields):
    """The voter's contact released to the item's lead unit."""
    return ContactRelease.objects.create(
        item=item, unit=item.lead_unit, user=user, reason=reason, **fields
    )


def make_duty_report(mandate=None, year=2020, **fields):
    fields = {"planned_month": 7, **fields}
    return DutyReport.objects.create(year=year, mandate=mandate or make_mandate(), **fields)


#: Sixty voters came, two ballots did not come back or were invalid each.
HELD = {
    "held_on": "2020-07-10",
    "place": "XX村部",
    "voters_present": 60,
    "ballots_issued": 60,
    "ballots_returned": 58,
    "ballots_valid": 56,
    "satisfied": 40,
    "basically_satisfied": 13,
    "third_grade": 0,
    "dissatisfied": 1,
    "abstained": 2,
}


def make_held_report(mandate=None, year=2020, **fields):
    """A duty report with its ballots."""
    fields = {**HELD, "held_on": f"{year}-07-10", **fields}
    fields["held_on"] = day(fields["held_on"])
    return make_duty_report(mandate, year, **fields)


def make_ballot_scale(from_year, grades="满意/基本满意/不满意", thresholds=(), **fields):
    """With thresholds as (wording, best, approved); in place of the one of that year."""
    BallotScale.objects.filter(from_year=from_year).delete()
    scale = BallotScale.objects.create(from_year=from_year, grades=grades, **fields)
    for wording, best, approved in thresholds:
        scale.thresholds.create(wording=wording, best_percent=best, approved_percent=approved)
    return scale


def make_evaluation(date="2019-12-20", present=0, **fields):
    """A 工作评议 at which so many delegates were present."""
    activity = make_activity(date, **{"kind": Activity.Kind.EVALUATION, **fields})
    for _ in range(present):
        make_attendance(activity)
    return activity


def make_unit_evaluation(activity=None, unit=None, **fields):
    """With the grades only, as a ledger tells them."""
    grades = ("satisfied", "basically_satisfied", "third_grade", "dissatisfied")
    return make_arranged_unit(activity, unit, **{**dict.fromkeys(grades, 0), **fields})


def make_arranged_unit(activity=None, unit=None, **fields):
    """A unit that was not voted on."""
    activity = activity or make_evaluation()
    return UnitEvaluation.objects.create(activity=activity, unit=unit or make_unit(), **fields)


#: Fifty evaluators had a ballot, two did not come back, one was invalid.
UNIT_VOTES = {
    "others_present": 5,
    "ballots_issued": 50,
    "ballots_returned": 48,
    "ballots_valid": 47,
    "satisfied": 36,
    "basically_satisfied": 8,
    "third_grade": 0,
    "dissatisfied": 1,
    "abstained": 2,
}


def make_voted_unit(activity=None, unit=None, **fields):
    """A unit with its ballots in full."""
    return make_arranged_unit(activity, unit, **{**UNIT_VOTES, **fields})


def make_second_vote(evaluation, held_on="2020-03-20", **fields):
    fields = {**UNIT_VOTES, "delegates_present": 45, **fields}
    return SecondVote.objects.create(evaluation=evaluation, held_on=day(held_on), **fields)


def make_version(report, signer, **fields):
    """As if signed; what it froze says nothing."""
    number = report.versions.count() + 1
    values = {
        "number": number,
        "code": f"AAAA{number:04}".replace("0", "C"),
        "title": str(report),
        "start": report.start,
        "cut_off": report.cut_off,
        "figures": [],
        "records": [],
        "text": str(report),
        "html": "<p>报告</p>",
        "pdf": PDF,
        "docx": b"PK",
        "signed_by": signer,
        "signer_name": signer.name,
        "signed_at": now(),
        **fields,
    }
    digests = {
        f"{form}_sha256": hashlib.sha256(
            content.encode() if isinstance(content, str) else content
        ).hexdigest()
        for form in ("html", "pdf", "docx")
        for content in [values[form]]
    }
    return ReportVersion.objects.create(report=report, **values, **digests)
