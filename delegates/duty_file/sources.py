"""The parts of the duty file that this room knows: mandates, sessions of the congress, honours."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from congress.models import Session
from congress.numerals import full_date
from congress.periods import Period
from delegates.models import Delegate, Honour, Level, Mandate, SessionAttendance, Suspension

from .collecting import Found, Source, add_source, days_so_far
from .entries import Entry, Standing

_STANDINGS = {
    SessionAttendance.Status.PRESENT: Standing.PRESENT,
    SessionAttendance.Status.APPROVED: Standing.LEAVE,
    SessionAttendance.Status.UNAPPROVED: Standing.ABSENT,
    SessionAttendance.Status.ABSENT: Standing.ABSENT,
}


@dataclass(frozen=True)
class HeldMandate(Entry):
    level: str = ""
    constituency: str = ""
    card_number: str = ""


def mandates_of(persons: Sequence[Delegate], period: Period) -> Found:
    """Mandates of which at least a day lies in the period."""
    mandates = (
        Mandate.objects.filter(delegate__in=persons, start__lte=period.last)
        .exclude(end__lte=period.first)
        .select_related("term", "constituency")
        .prefetch_related("suspensions")
        .order_by("start", "pk")
    )
    found = defaultdict(list)
    for mandate in mandates:
        words = (
            f"{mandate.term}{mandate.get_level_display()}人大代表，{mandate.constituency}，"
            f"代表证号{mandate.card_number}，{mandate.get_how_elected_display()}"
        )
        entry = HeldMandate(
            mandate.start,
            words,
            mandate.get_absolute_url(),
            remark=_changes(mandate),
            level=mandate.get_level_display(),
            constituency=str(mandate.constituency),
            card_number=mandate.card_number,
        )
        found[mandate.delegate_id].append(entry)
    return found


def _changes(mandate: Mandate) -> str:
    told = [_suspension(each) for each in mandate.suspensions.all()]
    if mandate.end:
        told.append(f"{full_date(mandate.end)}终止（{mandate.get_end_reason_display()}）")
    return "；".join(told)


def _suspension(suspension: Suspension) -> str:
    restored = f"，{full_date(suspension.end)}恢复" if suspension.end else ""
    return f"{full_date(suspension.start)}暂停执行代表职务{restored}"


def sessions_of(persons: Sequence[Delegate], period: Period) -> Found:
    """Sessions held of the own congress while in office; unmarked where nobody was marked there.

    The same rule as ``assembly.expected_at``, for many persons and sessions.
    """
    mandates = Mandate.objects.filter(delegate__in=persons, level=Level.TOWN)
    by_term: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates.prefetch_related("suspensions"):
        by_term[mandate.term_id].append(mandate)
    sessions = Session.objects.filter(
        state=Session.State.HELD, date__range=days_so_far(period), term__in=by_term
    )
    marks = {
        (mark.session_id, mark.mandate_id): mark
        for mark in SessionAttendance.objects.filter(
            session__in=sessions, mandate__delegate__in=persons
        )
    }
    found = defaultdict(list)
    for session in sessions.select_related("term").order_by("date", "pk"):
        for mandate in by_term[session.term_id]:
            mark = marks.get((session.pk, mandate.pk))
            if mandate.is_in_office_on(session.date):
                found[mandate.delegate_id].append(_attended(session, mark))
    return found


def _attended(session: Session, mark: SessionAttendance | None) -> Entry:
    reason = mark.reason if mark else ""
    return Entry(
        session.date,
        str(session),
        session.get_absolute_url(),
        _STANDINGS[mark.status] if mark else Standing.UNMARKED,
        mark.get_reason_display() if reason else "",
        reason == SessionAttendance.Reason.HEALTH,
    )


def honours_of(persons: Sequence[Delegate], period: Period) -> Found:
    honours = Honour.objects.filter(delegate__in=persons, day__range=days_so_far(period))
    found = defaultdict(list)
    for honour in honours.order_by("day", "pk"):
        found[honour.delegate_id].append(
            Entry(
                honour.day,
                f"{honour.title}（{honour.get_level_display()}）",
                honour.get_absolute_url(),
                remark=f"{honour.granted_by}授予",
            )
        )
    return found


add_source(Source("mandates", "代表资格", "项", mandates_of))
add_source(Source("sessions", "出席人民代表大会会议", "次", sessions_of))
add_source(Source("honours", "受到表彰", "项", honours_of))
