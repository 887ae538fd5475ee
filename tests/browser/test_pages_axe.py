"""The main pages at both widths: usable by everyone, nothing beside the screen."""

import pytest
from django.urls import reverse

from congress.roles import Role
from groups.models import Post
from tests import factory


@pytest.fixture
def year(transactional_db, set_today):
    """A small year of group 1, and who works on it."""
    set_today("2020-08-20")
    factory.make_township()
    leader = factory.make_user("leader", Role.LEADER)
    secretary = factory.make_user("secretary", Role.SECRETARY)
    group = factory.make_group()
    mandate = factory.make_mandate(factory.make_delegate(name="何长庚", account=leader))
    factory.make_membership(group, mandate, post=Post.LEADER)
    village = factory.make_coverage(group).village
    day = factory.make_reception_day(group=group, on_duty=[mandate])
    visit = factory.make_visit(day, village)
    item = factory.make_item(visit, state="handling")
    activity = factory.make_activity(group=group)
    factory.make_attendance(activity, mandate)
    factory.make_plan_item(group)
    report = factory.make_duty_report(mandate)
    factory.make_suggestion(mandate, state="closed")
    draft = factory.make_suggestion_draft(mandate, [factory.make_mandate()])
    bill = factory.make_bill(
        mandate,
        decision="agenda",
        decided_on=factory.day("2020-08-19"),
        voted_on=factory.day("2020-08-20"),
        all_delegates=50,
        votes_for=26,
        votes_against=20,
        votes_abstained=4,
    )
    shared = [
        reverse("dashboard"),
        reverse("visit_list"),
        reverse("activity_attendance", args=[activity.pk]),
    ]
    kept = [
        reverse("visit_edit", args=[visit.pk]),
        item.get_absolute_url(),
        reverse("feedbackitem_list"),
        reverse("delegate_add"),
        reverse("delegate_roll"),
        reverse("delegate_structure"),
        reverse("dutyreport_ballots", args=[report.pk]),
        reverse("suggestion_list"),
        reverse("suggestion_add"),
        draft.get_absolute_url(),
        bill.get_absolute_url(),
        bill.session.get_absolute_url(),
        factory.make_handling_report(secretary).get_absolute_url(),
        reverse("countyproposal_add"),
        reverse("receptionday_add"),
        reverse("township"),
        reverse("village_delete", args=[village.pk]),
    ]
    return [(leader, shared), (secretary, kept)]


@pytest.mark.parametrize("window", ["page", "phone"])
def test_main_pages(window, request, year, log_in, check_axe):
    screen = request.getfixturevalue(window)
    for user, addresses in year:
        log_in(screen, user)
        for address in addresses:
            assert screen.goto(address).status == 200, address
            check_axe(screen)
            overhang = screen.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert (address, overhang) == (address, 0)
