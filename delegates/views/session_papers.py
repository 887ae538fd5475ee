"""The paper of sessions and elections, shown in the browser."""

from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from congress.paper import paper
from congress.roles import keeps_records, reads_all, reads_group_work
from delegates import session_papers
from delegates.decisions import only
from delegates.models import Election

from .sessions import session_or_404


@require_safe
@only(reads_group_work)
def agenda_pdf(request, pk):
    session = session_or_404(pk)
    return paper(
        request,
        f"{session}议程",
        lambda township: session_papers.agenda_paper(session, township),
        session.get_absolute_url(),
    )


@require_safe
@only(reads_all)
def sign_in_pdf(request, pk):
    session = session_or_404(pk)
    return paper(
        request,
        f"{session}签到表",
        lambda township: session_papers.sign_in_sheet(session, township),
        session.get_absolute_url(),
    )


def _election_or_404(pk: int) -> Election:
    return get_object_or_404(Election.objects.select_related("session__term"), pk=pk)


@require_safe
@only(keeps_records)
def ballots_pdf(request, pk):
    election = _election_or_404(pk)
    return paper(
        request,
        f"{election}选票",
        lambda township: session_papers.ballots(election, township),
        election.get_absolute_url(),
    )


@require_safe
@only(keeps_records)
def tally_pdf(request, pk):
    election = _election_or_404(pk)
    return paper(
        request,
        f"{election}计票单",
        lambda township: session_papers.tally_paper(election, township),
        election.get_absolute_url(),
    )
