"""Agenda, sign-in sheet, ballots and tally of a session, as they come out on paper."""

import pytest
from django.urls import reverse

from congress.models import AgendaItem
from tests.factory import (
    make_delegate,
    make_election,
    make_mandate,
    make_session,
    make_township,
)
from tests.voters.printed_paper import LONG, content, faults, text_of

pytestmark = pytest.mark.django_db

REPORT = "听取和审议镇人民政府工作报告"


@pytest.fixture
def printed(secretary, logged_in):
    make_township()
    client = logged_in(secretary)
    return lambda name, key: content(client.get(reverse(name, args=[key])))


def test_agenda(printed):
    session = make_session(4, agenda=f"{REPORT}、选举", place="镇政府会议室")
    AgendaItem.objects.create(session=session, title=REPORT, reporter=LONG)

    data = printed("session_agenda_pdf", session.pk)

    assert text_of(data).startswith(
        "XX镇第十五届人民代表大会第四次会议议程（2020年9月3日（周四），镇政府会议室）"
        f"一、{REPORT}（报告人：{LONG}）二、选举"
    )
    assert faults(data) == []


def test_sign_in_sheet_of_fifty_on_two_pages(printed):
    session = make_session(4)
    for _ in range(50):
        make_mandate()
    make_mandate(make_delegate("县代表"), level="county")

    data = printed("session_sign_in", session.pk)

    text = text_of(data)
    assert "应到代表：50人法定人数：34人" in text
    assert ["Z15-050" in text, "县代表" in text] == [True, False]
    assert faults(data, pages=2) == []


def test_sign_in_sheet_holds_long_names(printed):
    make_mandate(make_delegate(LONG))

    data = printed("session_sign_in", make_session(4).pk)

    assert LONG in text_of(data)
    assert faults(data) == []


def test_ballots_and_tally_sheet(printed):
    session = make_session(4)
    make_mandate()
    election = make_election(session, ("王建国", LONG), kind="vice_head", post="XX镇人民政府副镇长")

    ballots = printed("election_ballots", election.pk)
    tally = printed("election_tally", election.pk)

    assert text_of(ballots).count(LONG) == 2
    assert text_of(ballots).count("另选他人") == 4
    assert faults(ballots) == []
    assert "选举XX镇人民政府副镇长计票单" in text_of(tally)
    assert "全体代表1人，过半数为1票" in text_of(tally)
    assert faults(tally) == []
