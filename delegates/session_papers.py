"""The paper of a session, as PDF: agenda, sign-in sheet, ballots and tally of an election."""

from django.template.loader import render_to_string

from congress.models import Session, Township
from congress.numerals import ordinal_numeral, section_number
from congress.pages import agenda_of, days_of
from congress.pdf import render_pdf

from .assembly import assembly_of, assembly_of_election, expected_at
from .legal_numbers import majority, quorum
from .models import Election

#: Ballots on a page of A4.
BALLOTS = 2


def agenda_paper(session: Session, township: Township) -> bytes:
    """议程: the items in their order, with who reports."""
    context = {
        "township": township,
        "session": session,
        "days": days_of(session),
        "ordinal": ordinal_numeral(session.ordinal),
        "items": [
            (section_number(number), item) for number, item in enumerate(agenda_of(session), 1)
        ],
    }
    return _pdf("agenda", context)


def sign_in_sheet(session: Session, township: Township) -> bytes:
    """签到表: the delegates expected, in the order of the roster."""
    mandates = expected_at(session).select_related("delegate", "constituency").order_by("pk")
    assembly = assembly_of(session)
    context = {
        "township": township,
        "session": session,
        "days": days_of(session),
        "mandates": mandates,
        "expected": len(mandates),
        "quorum": quorum(assembly.total),
    }
    return _pdf("session_sign_in", context)


def ballots(election: Election, township: Township) -> bytes:
    """选票: to be cut and counted; print as many as delegates came."""
    context = {
        "township": township,
        "election": election,
        "round": ordinal_numeral(election.round),
        "candidates": election.candidates.filter(is_written_in=False),
        "blank_lines": range(election.seats),
        "copies": range(BALLOTS),
    }
    return _pdf("ballots", context)


def tally_paper(election: Election, township: Township) -> bytes:
    """计票单: to be filled in by hand and signed by the scrutineers."""
    assembly = assembly_of_election(election)
    context = {
        "township": township,
        "election": election,
        "round": ordinal_numeral(election.round),
        "candidates": election.candidates.filter(is_written_in=False),
        "spare": range(3),
        "total": assembly.total,
        "majority": majority(assembly.total),
        "chain": ("全体代表", "出席代表", "发出票", "收回票", "有效票", "无效票"),
    }
    return _pdf("election_tally", context)


def _pdf(template: str, context: dict) -> bytes:
    return render_pdf(render_to_string(f"delegates/papers/{template}.html", context))
