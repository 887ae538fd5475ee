"""Pages of this room; those of people and mandates are opened by ``groups.urls``."""

from django.urls import path

from .pages import ConstituencyPages, ElectionPages, SessionPages
from .views import elections, mandates, session_papers, sessions

urlpatterns = [
    *ConstituencyPages.urls("constituencies/"),
    path("mandates/<int:pk>/suspend/", mandates.suspend, name="mandate_suspend"),
    path("mandates/<int:pk>/resume/", mandates.resume, name="mandate_resume"),
    *SessionPages.urls("sessions/"),
    path("sessions/<int:pk>/hold/", sessions.hold, name="session_hold"),
    path("sessions/<int:pk>/move/", sessions.move, name="session_move"),
    path("sessions/<int:pk>/cancel/", sessions.cancel, name="session_cancel"),
    path("sessions/<int:pk>/reopen/", sessions.reopen, name="session_reopen"),
    path("sessions/<int:pk>/agenda/", sessions.agenda, name="session_agenda"),
    path("sessions/<int:pk>/attendance/", sessions.attendance, name="session_attendance"),
    path("sessions/<int:pk>/agenda/pdf/", session_papers.agenda_pdf, name="session_agenda_pdf"),
    path("sessions/<int:pk>/sign-in/", session_papers.sign_in_pdf, name="session_sign_in"),
    *ElectionPages.urls("elections/"),
    path("elections/<int:pk>/candidates/", elections.candidates, name="election_candidates"),
    path("elections/<int:pk>/votes/", elections.votes, name="election_votes"),
    path("elections/<int:pk>/clear/", elections.clear, name="election_clear"),
    path("elections/<int:pk>/next/", elections.next_round, name="election_next"),
    path("elections/<int:pk>/ballots/", session_papers.ballots_pdf, name="election_ballots"),
    path("elections/<int:pk>/tally/", session_papers.tally_pdf, name="election_tally"),
]
