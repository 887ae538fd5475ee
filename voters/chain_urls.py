"""Pages of what became of an activity's recommendations."""

from django.urls import path

from .pages import RecommendationPages
from .views import recommendations

urlpatterns = [
    *RecommendationPages.urls("recommendations/"),
    path(
        "recommendations/<int:pk>/take-up/",
        recommendations.take_up,
        name="recommendation_take_up",
    ),
    path("activities/<int:pk>/paper/", recommendations.activity_paper, name="activity_paper"),
]
