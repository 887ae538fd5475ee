"""Pages of people with their groups, of groups, rooms, plan and activities."""

from django.urls import path

from congress import year_path  # noqa: F401 -- registers <year:…>

from .pages.groups import ActivityRoomPages, DelegateGroupPages
from .pages.members import DelegatePages, MandatePages, MembershipPages
from .pages.plan import PlanItemPages
from .pages.work import ActivityPages
from .views import activities, board, members, plan, plan_files, plan_make

urlpatterns = [
    *DelegatePages.urls("delegates/"),
    path("delegates/<int:pk>/elect/", members.elect, name="delegate_elect"),
    path("delegates/<int:pk>/transfer/", members.transfer, name="delegate_transfer"),
    *MandatePages.urls("mandates/"),
    path("mandates/<int:pk>/end/", members.end_mandate, name="mandate_end"),
    *MembershipPages.urls("memberships/"),
    path("memberships/<int:pk>/appoint/", members.appoint, name="membership_appoint"),
    *DelegateGroupPages.urls("groups/"),
    path("groups/<int:pk>/liaison/", members.name_liaison, name="group_liaison"),
    *ActivityRoomPages.urls("rooms/"),
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
    *ActivityPages.urls("activities/"),
    path("activities/<int:pk>/attendance/", activities.attendance, name="activity_attendance"),
    path("activities/<int:pk>/chain/", activities.chain, name="activity_chain"),
]
