"""Elections at a session: who stands, the count, another round, and their pages."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from delegates import actions
from delegates.models import Election
from tests.factory import (
    make_delegate,
    make_election,
    make_mandate,
    make_session,
    make_session_attendance,
    make_suspension,
    make_township,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(set_today):
    set_today("2020-08-20")


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


@pytest.fixture
def session():
    """Of ten delegates seven came: a majority is six."""
    session = make_session(3, "2020-08-20", state="held")
    for number in range(10):
        mandate = make_mandate(make_delegate(f"代表{number}"))
        make_session_attendance(session, mandate, "present" if number < 7 else "absent")
    return session


def page(name, election):
    return reverse(f"election_{name}", args=[election.pk])


def candidate_data(election, *rows):
    """What a browser sends: (mandate, name, nominated_by, nominators)."""
    data = {"version": election.version, "form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    for index, row in enumerate(rows):
        names = ("mandate", "name", "nominated_by", "nominators")
        data |= {f"form-{index}-{name}": value for name, value in zip(names, row, strict=True)}
    return data


def votes_data(election, issued, returned, valid, votes, others=()):
    data = {
        "version": election.version,
        "issued": issued,
        "returned": returned,
        "valid": valid,
    }
    for candidate, numbers in zip(
        election.candidates.filter(is_written_in=False), votes, strict=True
    ):
        names = ("votes_for", "votes_against", "abstained")
        data |= {
            f"{name}_{candidate.pk}": number for name, number in zip(names, numbers, strict=True)
        }
    for row, (name, number) in enumerate(others):
        data |= {f"other_{row}": name, f"other_votes_{row}": number}
    return data


def fresh(election):
    return Election.objects.get(pk=election.pk)


def standing(election):
    return list(
        fresh(election).candidates.values_list("name", "nominated_by", "nominators", "votes_for")
    )


def test_candidates_of_presidium_and_delegates(desk, session):
    election = make_election(session, (), kind="vice_chair", post="XX镇人大副主席")
    first, second = (each.mandate for each in session.attendances.all()[:2])

    desk.post(
        page("candidates", election),
        candidate_data(
            election,
            (first.pk, "", "presidium", ""),
            (second.pk, "", "delegates", "10"),
            ("", "", "presidium", ""),
        ),
    )

    assert standing(election) == [
        ("代表0", "presidium", None, None),
        ("代表1", "delegates", 10, None),
    ]


@pytest.mark.parametrize(
    ("kind", "row", "sentence"),
    [
        (
            "head",
            ("", "李敏", "delegates", "9"),
            "提名李敏的联名代表9人，少于10人（地方组织法第二十六条）。",
        ),
        ("head", ("", "李敏", "delegates", "11"), "提名李敏的联名代表11人，多于全体代表10人。"),
        ("head", ("", "李敏", "delegates", ""), "代表联合提名的，请填写联名代表人数。"),
        ("head", ("", "李敏", "presidium", "10"), "不是代表联合提名的，不填联名代表人数。"),
        ("head", ("", "", "delegates", "10"), "请选代表或填写姓名"),
        (
            "chair",
            ("", "李敏", "presidium", ""),
            "李敏不是本级人大代表；主席、副主席从代表中选出（地方组织法第十八条）。",
        ),
    ],
)
def test_candidates_against_the_law_are_refused(desk, session, kind, row, sentence):
    election = make_election(session, (), kind=kind)

    answer = desk.post(page("candidates", election), candidate_data(election, row))

    assert sentence in answer.content.decode()
    assert standing(election) == []


def test_result_is_computed_from_the_count(desk, session):
    election = make_election(session, ("甲", "乙"), kind="vice_head", seats=1)

    desk.post(
        page("votes", election),
        votes_data(election, 7, 7, 7, [(6, 1, 0), (1, 5, 1)]),
    )

    outcome = desk.get(election.get_absolute_url()).context["outcome"]
    assert (outcome.majority, [each.name for each in outcome.elected]) == (6, ["甲"])
    assert [(each.candidate.name, each.votes, each.result) for each in outcome.standings] == [
        ("甲", 6, "当选"),
        ("乙", 1, "未当选"),
    ]


def test_five_of_seven_present_are_no_majority_of_ten(desk, session):
    election = make_election(session, ("甲",), kind="head")

    desk.post(page("votes", election), votes_data(election, 7, 7, 7, [(5, 2, 0)]))

    outcome = desk.get(election.get_absolute_url()).context["outcome"]
    assert (outcome.elected, outcome.open_seats) == ([], 1)


def test_wrong_numbers_are_named_and_nothing_is_saved(desk, session):
    election = make_election(session, ("甲",), kind="head")

    answer = desk.post(
        page("votes", election), votes_data(election, 8, 9, 7, [(6, 2, 0)], [("周某", 8)])
    )

    assert answer.context["form"].errors == {
        "issued": ["发出票8张，多于出席代表7人。"],
        "returned": ["收回票9张，多于发出票8张；收回的选票多于发出的，选举无效，应重新选举。"],
        "__all__": [
            "甲的赞成、反对、弃权合计8票，多于有效票7张。",
            "另选他人周某得8票，多于有效票7张。",
        ],
    }
    assert fresh(election).valid is None
    assert standing(election) == [("甲", "presidium", None, None)]


def test_delegate_written_in_may_be_elected_chair(desk, session):
    mandate = session.attendances.first().mandate
    election = make_election(session, (), kind="chair", post="XX镇人大主席")
    election.candidates.create(name="代表0", mandate=mandate, nominated_by="presidium")

    desk.post(
        page("votes", election),
        votes_data(election, 7, 7, 7, [(1, 6, 0)], [("代表5", 6)]),
    )

    outcome = desk.get(election.get_absolute_url()).context["outcome"]
    assert [each.name for each in outcome.elected] == ["代表5"]


def test_more_names_than_seats_on_the_ballots_are_refused(desk, session):
    election = make_election(session, ("甲", "乙", "丙"), kind="vice_head", seats=2)

    answer = desk.post(
        page("votes", election),
        votes_data(election, 7, 7, 7, [(7, 0, 0), (6, 1, 0), (2, 5, 0)]),
    )

    assert answer.context["form"].errors == {
        "valid": [
            "赞成票和另选他人合计15票，多于有效票7张乘以应选名额2名（14票）；"
            "每张票所选人数不能多于应选名额。"
        ]
    }


def test_seats_left_are_filled_at_this_or_a_later_session(desk, office, session):
    election = make_election(session, ("甲", "乙"), kind="vice_head", seats=2)
    earlier, later = make_session(2, "2020-01-15", state="held"), make_session(4, "2020-09-03")
    desk.post(page("votes", election), votes_data(election, 7, 7, 7, [(6, 1, 0), (5, 1, 1)]))

    refused = desk.post(page("next", election), {"session": earlier.pk})
    desk.post(page("next", election), {"session": later.pk})

    assert list(refused.context["form"].errors) == ["session"]
    following = fresh(election).next_round
    assert (following.session, following.seats, following.round, following.is_tie_vote) == (
        later,
        1,
        2,
        False,
    )
    assert standing(following) == [("乙", "votes", None, None)]
    with pytest.raises(ValidationError, match="下一轮选举已经登记"):
        actions.next_round(by=office, election=election)
    with pytest.raises(ValidationError, match="已有下一轮选举，不能清除"):
        actions.clear_votes(by=office, election=election)


def test_those_who_tie_stand_again(desk, session):
    session.attendances.update(status="present", reason="")
    election = make_election(session, ("甲", "乙", "丙"), kind="vice_head", seats=2)
    desk.post(
        page("votes", election),
        votes_data(election, 10, 10, 10, [(8, 2, 0), (6, 3, 1), (6, 4, 0)]),
    )

    shown = desk.get(election.get_absolute_url())
    desk.post(page("next", election), {"session": session.pk})

    assert [each.name for each in shown.context["outcome"].elected] == ["甲"]
    assert "登记再次投票" in shown.content.decode()
    following = fresh(election).next_round
    assert (following.seats, following.is_tie_vote) == (1, True)
    assert standing(following) == [("乙", "votes", None, None), ("丙", "votes", None, None)]


def test_next_round_only_where_a_seat_is_left(office, session):
    election = make_election(session, ("甲",), kind="head")
    with pytest.raises(ValidationError, match="还没有登记计票结果"):
        actions.next_round(by=office, election=election)
    candidate = election.candidates.get()
    actions.count_votes(
        by=office, election=election, issued=7, returned=7, valid=7, votes={candidate.pk: (7, 0, 0)}
    )
    with pytest.raises(ValidationError, match="应选名额已经选足"):
        actions.next_round(by=office, election=election)


def test_what_was_counted_stays_until_it_is_cleared(desk, office, session):
    election = make_election(session, ("甲",), kind="head")
    desk.post(
        page("votes", election),
        votes_data(election, 7, 7, 7, [(2, 5, 0)], [("周某", 3)]),
    )
    election = fresh(election)

    assert desk.get(page("delete", election)).status_code == 403
    with pytest.raises(ValidationError, match="不能再改候选人"):
        actions.name_candidates(by=office, election=election, candidates=[])
    desk.post(page("clear", election))

    assert standing(election) == [("甲", "presidium", None, None)]
    assert desk.get(page("delete", election)).status_code == 200


def test_second_of_two_counters_is_told(desk, session):
    election = make_election(session, ("甲",), kind="head")
    mine = votes_data(election, 7, 7, 7, [(2, 5, 0)])
    desk.post(page("votes", election), votes_data(election, 7, 7, 7, [(6, 1, 0)]))

    told = desk.post(page("votes", election), mine)

    assert told.status_code == 409
    assert "他人刚刚保存过这项选举" in told.content.decode()
    assert standing(election) == [("甲", "presidium", None, 6)]
    mine["version"] = told.context["form"]["version"].value()
    assert desk.post(page("votes", election), mine).status_code == 302
    assert standing(election) == [("甲", "presidium", None, 2)]


def test_post_is_elected_once_a_session_and_the_chair_is_one(desk, session):
    make_election(session, kind="head", post="XX镇人民政府镇长")
    address = reverse("election_add")
    form = desk.get(address, {"session": session.pk}).context["form"]
    data = {"submission": form["submission"].value(), "session": session.pk, "kind": "head"}

    again = desk.post(address, data | {"post": "XX镇人民政府镇长", "seats": "1"})
    two = desk.post(address, data | {"post": "镇长", "seats": "2"})

    assert form["session"].value() == str(session.pk)
    assert again.context["form"].errors == {"post": ["这次会议已登记这个职务的选举。"]}
    assert list(two.context["form"].errors) == ["seats"]
    assert Election.objects.count() == 1


def test_page_tells_where_suspension_decides_the_result(desk, session):
    make_township()
    election = make_election(session, ("甲",), kind="head")
    for attendance in list(session.attendances.all())[7:]:
        make_suspension(attendance.mandate, "2020-01-01")
    # Seven in office need four, all ten would need six.
    desk.post(page("votes", election), votes_data(election, 7, 7, 7, [(5, 2, 0)]))

    context = desk.get(election.get_absolute_url()).context

    assert [each.name for each in context["outcome"].elected] == ["甲"]
    assert context["other_outcome"].elected == []


def test_too_few_present_are_pointed_out(desk, session):
    session.attendances.filter(mandate__delegate__name="代表6").update(
        status="absent", reason="work"
    )
    election = make_election(session, ("甲",), kind="head")

    assert "会议不能举行，选举结果无效" in desk.get(election.get_absolute_url()).content.decode()


def test_search_by_a_name_finds_an_election_once_with_all_its_candidates(desk, session):
    make_election(session, ("李敏", "李明", "王某"), post="主席团成员")
    make_election(session, ("张某",), post="秘书长")

    rows = desk.get(reverse("election_list"), {"q": "李"}).context["rows"]

    assert [[cell["text"] for cell in cells] for _, cells in rows] == [
        ["主席团成员", "十五届人大三次会议", "1", "3", "未计票"]
    ]


def test_leaders_read_and_only_keepers_write(leader, chair, session, logged_in):
    election = make_election(session, ("甲",), kind="head")
    assert logged_in(leader).get(election.get_absolute_url()).status_code == 200
    for user in (leader, chair):
        with pytest.raises(PermissionDenied):
            actions.name_candidates(by=user, election=election, candidates=[])
        with pytest.raises(PermissionDenied):
            actions.clear_votes(by=user, election=election)


def test_queries_do_not_grow(desk, queries_of, session):
    election = make_election(session, ("甲",), kind="head")
    addresses = [
        reverse("election_list"),
        election.get_absolute_url(),
        page("candidates", election),
        page("votes", election),
    ]
    few = [queries_of(desk, address) for address in addresses]
    for number in range(10):
        make_election(session, post=f"职务{number}")
        make_mandate()
        election.candidates.create(name=f"候选人{number}", nominated_by="presidium")

    assert [queries_of(desk, address) for address in addresses] == few
