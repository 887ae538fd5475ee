"""What the pages of sessions, delegates and mandates tell of attendance at sessions.

Names and reasons are for those who read all records; group leaders see the numbers. A reason may
be about somebody's health (个人信息保护法 28).
"""

from django.db.models import Prefetch

from congress import roles
from congress.models import Session, User
from congress.privacy import texts_shown_to
from congress.record_sections import Section, add_section

from .absences import LIMIT, warning_of
from .assembly import assembly_of, has_quorum, turnout_of
from .election_results import outcome
from .legal_numbers import EARLIER, ORGANIC_LAW_SINCE, legal_numbers, quorum
from .models import Candidate, Delegate, Mandate, SessionAttendance


def numbers_of_session(session: Session, user: User) -> dict | None:
    """The numbers of law for the delegates in office that day, and whether enough came."""
    if not roles.reads_group_work(user):
        return None
    assembly = assembly_of(session)
    turnout = turnout_of(session)
    told = {
        "session": session,
        "assembly": assembly,
        "turnout": turnout,
        "may_take": roles.keeps_records(user) and session.state != Session.State.CANCELLED,
        "earlier": EARLIER if session.date < ORGANIC_LAW_SINCE else "",
    }
    if assembly.total:
        told |= {
            "numbers": legal_numbers(assembly.total),
            "quorum": quorum(assembly.total),
            "has_quorum": has_quorum(turnout.present, assembly.total),
        }
        if assembly.other_total and assembly.other_total != assembly.total:
            others = legal_numbers(assembly.other_total)
            told["other_numbers"] = [each.number for each in others]
            told["rows"] = list(zip(told["numbers"], told["other_numbers"], strict=True))
        else:
            told["rows"] = [(each, None) for each in told["numbers"]]
    if roles.reads_all(user):
        missing = session.attendances.counted().exclude(status=SessionAttendance.Status.PRESENT)
        missing = missing.select_related("mandate__delegate").order_by("mandate")
        told["missing"] = texts_shown_to(user, missing, "remark")
    return told


def elections_of_session(session: Session, user: User) -> dict | None:
    if not roles.reads_group_work(user):
        return None
    candidates = Prefetch("candidates", Candidate.objects.select_related("mandate__delegate"))
    elections = list(session.elections.order_by("pk").prefetch_related(candidates))
    may_add = roles.keeps_records(user) and session.state != Session.State.CANCELLED
    if not elections and not may_add:
        return None
    total = assembly_of(session).total if any(each.is_counted for each in elections) else 0
    totals = {each: each.all_delegates or total for each in elections if each.is_counted}
    return {
        "session": session,
        "elections": [
            (
                each,
                outcome(each, each.candidates.all(), totals[each]) if totals.get(each) else None,
            )
            for each in elections
        ],
        "may_add": may_add,
    }


def _attended(attendances, user: User) -> list[SessionAttendance]:
    visible = attendances.visible_to(user).select_related("session__term")
    return list(visible.order_by("-session__date", "pk"))


def sessions_of_delegate(delegate: Delegate, user: User) -> dict | None:
    """The person's sessions, and what absences from them mean."""
    attended = _attended(SessionAttendance.objects.filter(mandate__delegate=delegate), user)
    warnings = [
        warning
        for mandate in delegate.mandates.all()
        if mandate.end is None and (warning := warning_of(mandate.absences))
    ]
    return {
        "attended": attended,
        "warnings": warnings,
        "limit": LIMIT,
        "links": roles.reads_group_work(user),
    }


def sessions_of_mandate(mandate: Mandate, user: User) -> dict | None:
    attended = _attended(mandate.session_attendances, user)
    warning = warning_of(mandate.absences) if mandate.end is None else None
    return {
        "attended": attended,
        "warnings": [warning] if warning else [],
        "limit": LIMIT,
        "links": roles.reads_group_work(user),
    }


add_section(Session, Section("delegates/_session_numbers.html", numbers_of_session))
add_section(Session, Section("delegates/_session_elections.html", elections_of_session))
add_section(Delegate, Section("delegates/_sessions_attended.html", sessions_of_delegate))
add_section(Mandate, Section("delegates/_sessions_attended.html", sessions_of_mandate))
