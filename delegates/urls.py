"""Pages of this room; those of people and mandates are opened by ``groups.urls``."""

from django.urls import path

from congress import year_path  # noqa: F401 -- registers <year:…>

from .pages import (
    ConstituencyPages,
    CorrectionRequestPages,
    ElectionPages,
    HonourPages,
    ScoreRulesPages,
    SessionPages,
    SuspensionPages,
)
from .views import corrections, elections, mandates, merging, scores, session_papers, sessions

urlpatterns = [
    *ConstituencyPages.urls("constituencies/"),
    *HonourPages.urls("honours/"),
    path("mandates/<int:pk>/suspend/", mandates.suspend, name="mandate_suspend"),
    path("mandates/<int:pk>/resume/", mandates.resume, name="mandate_resume"),
    *CorrectionRequestPages.urls("corrections/"),
    path("corrections/<int:pk>/correct/", corrections.correct, name="correctionrequest_correct"),
    path("corrections/<int:pk>/refuse/", corrections.refuse, name="correctionrequest_refuse"),
    path("corrections/<int:pk>/withdraw/", corrections.withdraw, name="correctionrequest_withdraw"),
    path(
        "corrections/<int:pk>/acknowledge/",
        corrections.acknowledge,
        name="correctionrequest_acknowledge",
    ),
    *ScoreRulesPages.urls("score-rules/"),
    path("score-rules/<int:pk>/adopt/", scores.adopt, name="scorerules_adopt"),
    path("score-rules/<int:pk>/take-back/", scores.take_back, name="scorerules_take_back"),
    path("scores/", scores.scores, name="scores"),
    path("scores/<year:year>/", scores.scores, name="scores_year"),
    path("delegates/<int:pk>/score/<year:year>/", scores.delegate_score, name="delegate_score"),
    path("duplicates/", merging.duplicates, name="duplicates"),
    path("delegates/<int:pk>/merge/", merging.choose_other, name="delegate_merge_choose"),
    path("delegates/<int:pk>/merge/<int:other>/", merging.merge, name="delegate_merge"),
    path("delegates/<int:pk>/apart/<int:other>/", merging.keep_apart, name="delegate_apart"),
    path(
        "delegates/<int:pk>/apart/<int:other>/back/",
        merging.propose_again,
        name="delegate_propose_again",
    ),
    path("merges/<int:pk>/", merging.merge_detail, name="merge_detail"),
    path("merges/<int:pk>/undo/", merging.merge_undo, name="merge_undo"),
    *SuspensionPages.urls("suspensions/"),
    path("suspensions/<int:pk>/undo/", mandates.undo_suspension, name="suspension_undo"),
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
