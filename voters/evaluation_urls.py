"""Addresses of work evaluations: of an activity with all its units, of one unit, of its 复评."""

from django.urls import path

from .pages import SecondVotePages, UnitEvaluationPages
from .views import evaluation_papers as papers
from .views import evaluations as views
from .views.second_votes import second_vote_remove

urlpatterns = [
    *UnitEvaluationPages.urls(""),
    path("mine/", views.mine, name="evaluation_mine"),
    path("activities/<int:pk>/", views.results, name="evaluation_results"),
    path("activities/<int:pk>/units/", views.units, name="evaluation_units"),
    path("activities/<int:pk>/ballots/", views.ballots, name="evaluation_ballots"),
    path("activities/<int:pk>/told/", views.told, name="evaluation_told"),
    path("activities/<int:pk>/pdf/", papers.results, name="evaluation_paper"),
    path("activities/<int:pk>/slips/", papers.slips, name="evaluation_slips"),
    path("activities/<int:pk>/tally-sheet/", papers.tally_sheet, name="evaluation_tally"),
    path(
        "<int:pk>/after/",
        views.RecordAftermath.as_view(pages=UnitEvaluationPages, model=UnitEvaluationPages.model),
        name="unitevaluation_after",
    ),
    path("<int:pk>/comments/", views.comments_add, name="unitevaluation_comments"),
    path("comments/<int:pk>/take-up/", views.comment_take_up, name="evaluationcomment_take_up"),
    path("comments/<int:pk>/remove/", views.comment_remove, name="evaluationcomment_remove"),
    *SecondVotePages.urls("second-votes/"),
    path("second-votes/<int:pk>/remove/", second_vote_remove, name="secondvote_remove"),
]
