"""The office takes attendance at a session and counts votes, on a phone and at the desk."""

import pytest
from django.urls import reverse

from delegates.models import SessionAttendance
from tests.factory import (
    make_delegate,
    make_election,
    make_mandate,
    make_session,
    make_session_attendance,
    make_township,
)


@pytest.fixture
def session(transactional_db, set_today):
    set_today("2020-09-03")
    make_township()
    for number in range(20):
        make_mandate(make_delegate(f"代表{number + 1}"))
    return make_session(4, "2020-09-03", agenda="听取和审议镇人民政府工作报告、选举")


def test_attendance_of_twenty_in_few_taps(phone, log_in, office, session):
    taps = 0

    def tap(locator):
        nonlocal taps
        taps += 1
        locator.tap()

    log_in(phone, office)
    phone.goto(session.get_absolute_url())
    tap(phone.get_by_role("link", name="登记出席").first)
    tap(phone.get_by_role("button", name="其余全部出席"))
    row = phone.get_by_role("group", name="代表3", exact=False).first
    tap(row.get_by_text("请假（已批准）"))
    row.get_by_role("combobox").select_option(label="健康")
    taps += 2
    tap(phone.get_by_role("group", name="代表7", exact=False).get_by_text("缺席"))
    tap(phone.get_by_role("button", name="保存").first)
    phone.wait_for_url(session.get_absolute_url())

    assert taps <= 10
    assert phone.get_by_text("符合法定人数", exact=True).is_visible()
    marked = SessionAttendance.objects.order_by("mandate").values_list(
        "mandate__delegate__name", "status", "reason", "approved_by"
    )
    assert len(marked) == 20
    assert [each for each in marked if each[1] != "present"] == [
        ("代表3", "approved", "health", "主席团"),
        ("代表7", "absent", "unstated", ""),
    ]


def test_rows_are_made_for_a_thumb(phone, log_in, office, session):
    log_in(phone, office)
    phone.goto(reverse("session_attendance", args=[session.pk]))
    phone.get_by_role("group", name="代表2", exact=False).first.get_by_text("请假（已批准）").tap()

    targets = phone.locator(
        ".choices label, .reason select:visible, .reason input:visible, form.attendance button"
    )
    boxes = [target.bounding_box() for target in targets.all()]

    assert len(boxes) == 20 * 5 + 3 + 3
    assert [box for box in boxes if box["height"] < 44 or box["width"] < 44] == []


@pytest.mark.parametrize("window", ["page", "phone"])
def test_pages_of_sessions_and_elections(window, request, secretary, session, log_in, check_axe):
    mandates = [make_mandate(make_delegate(name)) for name in ("张某", "王某")]
    for mandate, status in zip(mandates, ("absent", "approved"), strict=True):
        make_session_attendance(session, mandate, status)
    counted = make_election(session, post="主席团成员", counted=True)
    open_election = make_election(session, post="XX镇人民政府副镇长", kind="vice_head", seats=2)
    screen = request.getfixturevalue(window)
    log_in(screen, secretary)
    for address in (
        session.get_absolute_url(),
        reverse("session_list"),
        reverse("session_add"),
        reverse("session_agenda", args=[session.pk]),
        reverse("session_attendance", args=[session.pk]),
        reverse("session_move", args=[session.pk]),
        reverse("election_list"),
        counted.get_absolute_url(),
        open_election.get_absolute_url(),
        reverse("election_candidates", args=[open_election.pk]),
        reverse("election_votes", args=[open_election.pk]),
        reverse("election_next", args=[counted.pk]),
        mandates[0].get_absolute_url(),
        mandates[0].delegate.get_absolute_url(),
    ):
        assert screen.goto(address).status == 200, address
        check_axe(screen)
        overhang = screen.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert (address, overhang) == (address, 0)
