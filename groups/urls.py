"""Pages of people with their groups, of groups, rooms, plan and activities."""

from django.urls import path

from congress import year_path  # noqa: F401 -- registers <year:…>
from delegates.models import Delegate
from delegates.views import people

from .pages.chain import FollowUpPages, TransmissionPages
from .pages.division import DivisionPages
from .pages.groups import CoveragePages, DelegateGroupPages
from .pages.leave import LeaveRequestPages
from .pages.members import DelegatePages, MandatePages, MembershipPages
from .pages.plan import PlanItemPages
from .pages.publication import PublicationPages
from .pages.rooms import ActivityRoomPages, RoomCheckPages, RoomItemPages
from .pages.work import ActivityPages
from .views import (
    activities,
    board,
    chain,
    division,
    duty_book,
    duty_files,
    leave,
    members,
    my_activities,
    my_duty_file,
    papers,
    plan,
    plan_files,
    plan_make,
    publication,
    roll,
    rooms,
    roster,
    sign_in,
)

urlpatterns = [
    *DelegatePages.urls("delegates/"),
    path("delegates/roll/", roll.roll, name="delegate_roll"),
    path("delegates/roll/pdf/", roll.roll_pdf, name="delegate_roll_pdf"),
    path("delegates/structure/", roll.structure, name="delegate_structure"),
    path("delegates/roster/", roster.roster, name="roster"),
    path("delegates/roster/<str:token>/", roster.roster_preview, name="roster_preview"),
    path("delegates/roster/<str:token>/discard/", roster.roster_discard, name="roster_discard"),
    path("delegates/<int:pk>/elect/", members.elect, name="delegate_elect"),
    path("delegates/<int:pk>/transfer/", members.transfer, name="delegate_transfer"),
    path(
        "delegates/<int:pk>/identity/",
        people.DelegateIdentity.as_view(pages=DelegatePages, model=Delegate),
        name="delegate_identity",
    ),
    *(
        path(
            f"delegates/<int:pk>/portrait/{address}",
            view.as_view(pages=DelegatePages, model=Delegate),
            name=name,
        )
        for address, view, name in (
            ("", people.PortraitShown, "delegate_portrait"),
            ("edit/", people.PortraitEdit, "delegate_portrait_edit"),
            ("remove/", people.PortraitRemove, "delegate_portrait_remove"),
        )
    ),
    path("delegates/<int:pk>/duty-file/", duty_files.duty_file, name="delegate_duty_file"),
    path("delegates/<int:pk>/duty-file/pdf/", duty_files.duty_file_pdf, name="delegate_duty_pdf"),
    path("duty-files/", duty_files.overview, name="duty_files"),
    path("duty-files/book/", duty_book.order, name="duty_book_order"),
    path("duty-files/book/<str:token>/", duty_book.book_page, name="duty_book"),
    path("duty-files/book/<str:token>/pdf/", duty_book.book_file, name="duty_book_file"),
    *MandatePages.urls("mandates/"),
    path("mandates/<int:pk>/end/", members.end_mandate, name="mandate_end"),
    path("mandates/<int:pk>/end/undo/", members.undo_end, name="mandate_undo_end"),
    *MembershipPages.urls("memberships/"),
    path("memberships/<int:pk>/appoint/", members.appoint, name="membership_appoint"),
    *DelegateGroupPages.urls("groups/"),
    *CoveragePages.urls("groups/coverage/"),
    path("groups/<int:pk>/liaison/", members.name_liaison, name="group_liaison"),
    *ActivityRoomPages.urls("rooms/"),
    *PublicationPages.urls("publications/"),
    path("publications/<int:pk>/publish/", publication.publish, name="publication_publish"),
    path("publications/<int:pk>/withdraw/", publication.withdraw, name="publication_withdraw"),
    path("publications/<int:pk>/poster/", publication.poster, name="publication_poster"),
    path("public/", publication.public_year, name="public"),
    path("public/<year:year>/", publication.public_year, name="public_year"),
    path("public/<year:year>/<int:pk>/", publication.public_sheet, name="public_sheet"),
    *DivisionPages.urls("divisions/"),
    path("divisions/<int:pk>/board/", division.board, name="division_board"),
    path("divisions/<int:pk>/compare/", division.comparison, name="division_compare"),
    path("divisions/<int:pk>/confirm/", division.confirming, name="division_confirm"),
    path("divisions/<int:pk>/undo/", division.undoing, name="division_undo"),
    path("divisions/<int:pk>/paper/", division.division_paper, name="division_paper"),
    path("divisions/<int:pk>/workbook/", division.division_workbook, name="division_workbook"),
    path("rooms/<int:pk>/succeed/", rooms.succeed, name="activityroom_succeed"),
    path("rooms/report/", rooms.room_report_page, name="room_report"),
    path("rooms/report/pdf/", rooms.room_report_pdf, name="room_report_pdf"),
    *RoomCheckPages.urls("rooms/checks/"),
    *RoomItemPages.urls("rooms/items/"),
    *PlanItemPages.urls("plan/items/"),
    path("plan/items/<int:pk>/move/", plan.move_item, name="planitem_move"),
    *plan_make.PlanTemplatePages.urls("plan/templates/"),
    path("plan/", plan.plan_year, name="plan"),
    path("plan/<year:year>/", plan.plan_year, name="plan_year"),
    path("plan/<year:year>/pdf/", plan_files.plan_pdf, name="plan_pdf"),
    path("plan/<year:year>/workbook/", plan_files.plan_workbook_out, name="plan_workbook"),
    path("plan/<year:year>/upload/", plan_files.plan_workbook_in, name="plan_upload"),
    path("plan/<year:year>/make/", plan_make.plan_make, name="plan_make"),
    path("plan/<year:year>/keep/", plan_make.plan_keep, name="plan_keep"),
    path("plan/<year:year>/issue/", plan.plan_issue, name="plan_issue"),
    path("plan/<year:year>/township/", board.plan_board, name="township_plan"),
    path("plan/<year:year>/groups/<int:pk>/", board.plan_board, name="group_plan"),
    path("my/duty-file/", my_duty_file.my_duty_file, name="my_duty_file"),
    path("my/activities/", my_activities.my_activities, name="my_activities"),
    path("my/activities/<int:pk>/", my_activities.my_activity, name="my_activity"),
    path("my/activities/<int:pk>/leave/", my_activities.ask, name="my_leave"),
    path(
        "my/activities/<int:pk>/leave/withdraw/", my_activities.withdraw, name="my_leave_withdraw"
    ),
    *LeaveRequestPages.urls("leave/"),
    path("leave/<int:pk>/approve/", leave.approve, name="leaverequest_approve"),
    path("leave/<int:pk>/refuse/", leave.refuse, name="leaverequest_refuse"),
    path("leave/<int:pk>/withdraw/", leave.withdraw, name="leaverequest_withdraw"),
    *ActivityPages.urls("activities/"),
    path("activities/<int:pk>/leave/", leave.enter, name="activity_leave"),
    path("activities/<int:pk>/sheet/", papers.sign_in_sheet, name="activity_sheet"),
    path("activities/<int:pk>/attendance/", activities.attendance, name="activity_attendance"),
    path("activities/<int:pk>/report/", chain.report, name="activity_report"),
    *TransmissionPages.urls("transmissions/"),
    *FollowUpPages.urls("follow-ups/"),
    path("follow-ups/<int:pk>/tell/", chain.tell_delegates, name="followup_tell"),
    path("activities/<int:pk>/attendance/marks/", activities.marks, name="activity_marks"),
    path("activities/<int:pk>/code/", sign_in.code, name="activity_code"),
    path("activities/<int:pk>/code/pdf/", sign_in.code_paper, name="activity_code_paper"),
    path("sign-in/<str:token>/", sign_in.sign_in, name="sign_in"),
]
