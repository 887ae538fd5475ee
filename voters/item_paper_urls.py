"""Addresses of the paper of feedback items, and of its way back into the records."""

from django.urls import path

from .pages import FeedbackItemPages
from .views import enter_by_number, item_papers

urlpatterns = [
    path(
        "items/assignments.pdf",
        item_papers.assignments,
        {"pages": FeedbackItemPages},
        name="feedbackitem_assignments",
    ),
    path("items/<int:pk>/assignment.pdf", item_papers.assignment, name="feedbackitem_assignment"),
    path("items/<int:pk>/reply-form.pdf", item_papers.reply_form, name="feedbackitem_reply_form"),
    path("items/<int:pk>/reminder.pdf", item_papers.reminder, name="feedbackitem_reminder"),
    path("items/enter/", enter_by_number.enter_by_number, name="feedbackitem_enter"),
    path("items/number/<path:number>/", item_papers.feedbackitem_open, name="feedbackitem_open"),
]
