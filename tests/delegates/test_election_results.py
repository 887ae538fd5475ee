"""Who is elected by how many votes, what is doubted, and what numbers are refused."""

import pytest

from delegates.election_results import Count, contradictions, nomination_warnings, outcome
from delegates.models import Candidate, Election

DELEGATE = 7


def election(seats=1, kind="other", post="镇长", **fields):
    return Election(kind=kind, post=post, seats=seats, **fields)


def people(votes, **fields):
    fields = {"nominated_by": "presidium", **fields}
    return [
        Candidate(pk=number, name=name, votes_for=number_of_votes, **fields)
        for number, (name, number_of_votes) in enumerate(votes.items(), 1)
    ]


def names(candidates):
    return "".join(each.name for each in candidates)


@pytest.mark.parametrize(
    ("seats", "total", "votes", "elected", "tied", "open_seats"),
    [
        (1, 50, {"甲": 26}, "甲", "", 0),
        (1, 50, {"甲": 25}, "", "", 1),
        (1, 51, {"甲": 26}, "甲", "", 0),
        (1, 51, {"甲": 25}, "", "", 1),
        (1, 1, {"甲": 1}, "甲", "", 0),
        (1, 50, {"甲": 0}, "", "", 1),
        (1, 50, {"甲": 30, "乙": 20}, "甲", "", 0),
        (1, 50, {"甲": 25, "乙": 25}, "", "", 1),
        (2, 50, {"甲": 40, "乙": 30, "丙": 27}, "甲乙", "", 0),
        (2, 50, {"甲": 27, "乙": 30, "丙": 40}, "丙乙", "", 0),
        (2, 50, {"甲": 40, "乙": 25, "丙": 20}, "甲", "", 1),
        (2, 50, {"甲": 40, "乙": 30, "丙": 30}, "甲", "乙丙", 1),
        (2, 50, {"甲": 30, "乙": 30, "丙": 30}, "", "甲乙丙", 2),
        (2, 50, {"甲": 30, "乙": 30}, "甲乙", "", 0),
        (3, 50, {"甲": 40, "乙": 40, "丙": 30, "丁": 30, "戊": 26}, "甲乙", "丙丁", 1),
        (3, 50, {"甲": 40, "乙": 30, "丙": 30, "丁": 30}, "甲", "乙丙丁", 2),
        (2, 50, {"甲": 10, "乙": 9, "丙": 8}, "", "", 2),
    ],
)
def test_who_is_elected(seats, total, votes, elected, tied, open_seats):
    result = outcome(election(seats), people(votes), total)

    assert (names(result.elected), names(result.tied), result.open_seats) == (
        elected,
        tied,
        open_seats,
    )


def test_tie_and_seats_left_are_said_in_words():
    tie = outcome(election(2), people({"甲": 40, "乙": 30, "丙": 30}), 50)
    left = outcome(election(2), people({"甲": 40, "乙": 25}), 50)

    assert tie.remarks == (
        "乙、丙票数相等（各30票），不能确定当选人，应当就票数相等的人再次投票，"
        "以得票多的当选1名（地方组织法第二十九条）。",
    )
    assert left.remarks == (
        "当选人数少于应选名额，还缺1名，另行选举；可以在本次会议上进行，"
        "也可以在下一次会议上进行，由大会决定（地方组织法第二十九条）。",
    )


def test_second_vote_on_a_tie_without_a_majority_is_left_to_the_presidium():
    again = election(1, is_tie_vote=True, round=2)

    assert names(outcome(again, people({"甲": 27, "乙": 20}), 50).elected) == "甲"
    doubtful = outcome(again, people({"甲": 24, "乙": 22}), 50)
    assert doubtful.elected == []
    assert doubtful.remarks == (
        "再次投票以得票多的当选，但得票最多的甲未过全体代表的半数（26票），"
        "是否当选请主席团依法认定；系统不作认定。",
    )


def test_chair_comes_from_among_the_delegates():
    chair = election(kind="chair", post="主席")
    stranger, delegate = people({"外人": 30}), people({"代表": 30}, mandate_id=DELEGATE)

    assert names(outcome(chair, delegate, 50).elected) == "代表"
    refused = outcome(chair, stranger, 50)
    assert refused.elected == []
    assert "外人不是本级人大代表，不能当选主席（地方组织法第十八条）。" in refused.remarks


SUM = "李敏的赞成、反对、弃权合计{}票，多于有效票{}张。"


@pytest.mark.parametrize(
    ("issued", "returned", "valid", "votes", "others", "present", "sentences"),
    [
        (47, 47, 46, (40, 4, 2), {}, 47, []),
        (47, 46, 46, (40, 4, 1), {"周某": 1}, 47, []),
        (47, 47, 0, (0, 0, 0), {}, 47, []),
        (0, 0, 0, (0, 0, 0), {}, 0, []),
        (48, 47, 46, (40, 4, 2), {}, 47, ["发出票48张，多于出席代表47人。"]),
        (51, 47, 46, (40, 4, 2), {}, None, ["发出票51张，多于全体代表50人。"]),
        (50, 47, 46, (40, 4, 2), {}, None, []),
        (
            46,
            47,
            46,
            (40, 4, 2),
            {},
            47,
            ["收回票47张，多于发出票46张；收回的选票多于发出的，选举无效，应重新选举。"],
        ),
        (47, 45, 46, (40, 4, 2), {}, 47, ["有效票46张，多于收回票45张。"]),
        (47, 47, 46, (40, 4, 3), {}, 47, [SUM.format(47, 46)]),
        (47, 47, 46, (47, 0, 0), {}, 47, [SUM.format(47, 46)]),
        (47, 47, 0, (0, 0, 1), {}, 47, [SUM.format(1, 0)]),
        (47, 47, 46, (10, 30, 6), {"周某": 47}, 47, ["另选他人周某得47票，多于有效票46张。"]),
        (
            47,
            47,
            46,
            (40, 4, 2),
            {"周某": 7},
            47,
            [
                "赞成票和另选他人合计47票，多于有效票46张乘以应选名额1名（46票）；"
                "每张票所选人数不能多于应选名额。"
            ],
        ),
        (
            48,
            49,
            50,
            (51, 0, 0),
            {},
            47,
            [
                "发出票48张，多于出席代表47人。",
                "收回票49张，多于发出票48张；收回的选票多于发出的，选举无效，应重新选举。",
                "有效票50张，多于收回票49张。",
                SUM.format(51, 50),
            ],
        ),
    ],
)
def test_numbers_that_cannot_be_true_are_named(
    issued, returned, valid, votes, others, present, sentences
):
    count = Count(issued, returned, valid, {"李敏": votes}, others)

    found = contradictions(count, seats=1, present=present, total=50)

    assert [sentence for _, sentence in found] == sentences


@pytest.mark.parametrize(
    ("kind", "seats", "number", "fields", "sentences"),
    [
        ("head", 1, 1, {}, []),
        ("head", 1, 2, {}, []),
        (
            "head",
            1,
            3,
            {},
            [
                "正职候选人可以多一人，现有3名；候选人数超过差额数的，应当进行预选"
                "（地方组织法第二十七条）。"
            ],
        ),
        (
            "vice_head",
            2,
            2,
            {},
            [
                "副职候选人应比应选名额多一人至三人，现为等额（2名）；补选的除外"
                "（地方组织法第二十七条、第三十条）。"
            ],
        ),
        ("vice_head", 2, 2, {"is_by_election": True}, []),
        ("vice_head", 2, 3, {}, []),
        ("vice_head", 2, 5, {}, []),
        (
            "vice_head",
            2,
            6,
            {},
            ["副职候选人应比应选名额多一人至三人，现多4人，应当进行预选（地方组织法第二十七条）。"],
        ),
        ("vice_head", 2, 1, {}, ["候选人1名，少于应选名额2名。"]),
        ("vice_head", 1, 2, {"is_tie_vote": True, "round": 2}, []),
        ("other", 5, 5, {}, []),
        ("vice_chair", 1, 0, {}, []),
    ],
)
def test_number_of_candidates_is_doubted_not_refused(kind, seats, number, fields, sentences):
    candidates = [
        Candidate(name=str(each), nominated_by="delegates", nominators=10) for each in range(number)
    ]

    assert nomination_warnings(election(seats, kind, **fields), candidates) == sentences


def test_presidium_nominates_no_more_than_the_seats():
    candidates = people({"甲": None, "乙": None})

    assert nomination_warnings(election(1, "head"), candidates) == [
        "主席团提名的候选人2名，超过应选名额1名（地方组织法第二十六条）。"
    ]
