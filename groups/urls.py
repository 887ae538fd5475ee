"""Pages of people with their groups, of groups, rooms, plan and activities."""

from django.urls import path

from .pages.groups import ActivityRoomPages, DelegateGroupPages
from .pages.members import DelegatePages, MandatePages, MembershipPages
from .pages.work import ActivityPages, PlanItemPages
from .views import activities, members

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
    *PlanItemPages.urls("plan/"),
    *ActivityPages.urls("activities/"),
    path("activities/<int:pk>/attendance/", activities.attendance, name="activity_attendance"),
    path("activities/<int:pk>/chain/", activities.chain, name="activity_chain"),
]
