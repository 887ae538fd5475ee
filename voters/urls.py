"""Pages of this room."""

from django.urls import include, path

from .forms import STEP_FORMS
from .pages import (
    BallotScalePages,
    CommitmentPages,
    FeedbackItemPages,
    HandlingUnitPages,
    ReceptionDayPages,
    ReceptionDutyPages,
    ReplyTemplatePages,
    TopicPages,
    VisitPages,
)
from .views.attachments import (
    AttachmentAdd,
    attachment_file,
    attachment_remove,
    attachment_show,
)
from .views.board import ItemBoard
from .views.bulk import bulk
from .views.closing import CloseDay, ReopenDay
from .views.commitments import Fulfil, Postpone
from .views.contact import RecallContact, ReleaseContact, ViewContact
from .views.desk import DeskDay, desk, desk_attendance, desk_parse
from .views.inbox import Inbox
from .views.item_help import item_help
from .views.items import STEP_VIEWS, ItemStep, TopicMerge
from .views.reception import CancelDay, HoldDay, MoveDay
from .views.reply_templates import replytemplate_usual
from .views.supervision import supervised_items
from .views.turnout import ReceptionFigures
from .views.visits import VisitInformed, VisitNoteAdd, VisitPhone


def _step(route: str, name: str, view, pages, **options):
    """A further page of one record."""
    return path(route, view.as_view(pages=pages, model=pages.model, **options), name=name)


ITEM_PAPERS = [
    _step("items/<int:pk>/attachments/", "feedbackitem_attach", AttachmentAdd, FeedbackItemPages),
    path(
        "items/<int:pk>/attachments/<int:key>/",
        attachment_file,
        name="feedbackitem_attachment",
    ),
    path(
        "items/<int:pk>/attachments/<int:key>/remove/",
        attachment_remove,
        name="feedbackitem_attachment_remove",
    ),
    path(
        "items/<int:pk>/attachments/<int:key>/show/",
        attachment_show,
        name="feedbackitem_attachment_show",
    ),
    _step("items/<int:pk>/release/", "feedbackitem_release", ReleaseContact, FeedbackItemPages),
    _step("items/<int:pk>/recall/", "feedbackitem_recall", RecallContact, FeedbackItemPages),
    _step("items/<int:pk>/contact/", "feedbackitem_contact", ViewContact, FeedbackItemPages),
]

urlpatterns = [
    path("", include("voters.paper_urls")),
    path("", include("voters.privacy_urls")),
    path("duty-reports/", include("voters.duty_urls")),
    path("", include("voters.item_paper_urls")),
    path("bills/", include("voters.bill_urls")),
    path("handling-reports/", include("voters.handling_report_urls")),
    path("county-proposals/", include("voters.county_proposal_urls")),
    path("suggestions/", include("voters.suggestion_urls")),
    path("desk/", desk, name="desk"),
    path("desk/<int:pk>/", DeskDay.as_view(), name="desk_day"),
    path("desk/<int:pk>/parse/", desk_parse, name="desk_parse"),
    path("desk/<int:pk>/attendance/", desk_attendance, name="desk_attendance"),
    *ReceptionDayPages.urls("reception-days/"),
    _step("reception-days/<int:pk>/move/", "receptionday_move", MoveDay, ReceptionDayPages),
    _step("reception-days/<int:pk>/cancel/", "receptionday_cancel", CancelDay, ReceptionDayPages),
    _step("reception-days/<int:pk>/hold/", "receptionday_hold", HoldDay, ReceptionDayPages),
    *ReceptionDutyPages.urls("duties/"),
    path("reception-figures/", ReceptionFigures.as_view(), name="reception_figures"),
    _step("reception-days/<int:pk>/close/", "receptionday_close", CloseDay, ReceptionDayPages),
    _step("reception-days/<int:pk>/reopen/", "receptionday_reopen", ReopenDay, ReceptionDayPages),
    *VisitPages.urls("visits/"),
    _step("visits/<int:pk>/notes/", "visit_note", VisitNoteAdd, VisitPages),
    _step("visits/<int:pk>/informed/", "visit_informed", VisitInformed, VisitPages),
    _step("visits/<int:pk>/phone/", "visit_phone", VisitPhone, VisitPages),
    path("items/board/", ItemBoard.as_view(), name="feedbackitem_board"),
    path("items/help/", item_help, name="feedbackitem_help"),
    *FeedbackItemPages.urls("items/"),
    path("items/inbox/", Inbox.as_view(), name="feedbackitem_inbox"),
    path("items/bulk/", bulk, name="feedbackitem_bulk"),
    path("items/supervised/", supervised_items, name="feedbackitem_supervised"),
    *(
        _step(
            f"items/<int:pk>/{step}/",
            f"feedbackitem_{step}",
            STEP_VIEWS.get(step, ItemStep),
            FeedbackItemPages,
            step=step,
        )
        for step in STEP_FORMS
    ),
    *CommitmentPages.urls("commitments/"),
    _step("commitments/<int:pk>/fulfil/", "commitment_fulfil", Fulfil, CommitmentPages),
    _step("commitments/<int:pk>/postpone/", "commitment_postpone", Postpone, CommitmentPages),
    path("", include("voters.chain_urls")),
    *ReplyTemplatePages.urls("reply-templates/"),
    path("reply-templates/usual/", replytemplate_usual, name="replytemplate_usual"),
    *ITEM_PAPERS,
    *TopicPages.urls("topics/"),
    _step("topics/<int:pk>/merge/", "topic_merge", TopicMerge, TopicPages),
    *HandlingUnitPages.urls("units/"),
    *BallotScalePages.urls("ballot-scales/"),
    path("unit-evaluations/", include("voters.evaluation_urls")),
]
