"""The table of ballots on units: what was counted, and the result, or which number is wrong.

45 delegates are present. A row reads: other evaluators, ballots issued, returned and valid, the
votes of each grade, best first, abstentions; a dash is an empty field. The grades are those of
the scale in force in the year of the evaluation.
"""

import pytest
from django.db import IntegrityError, transaction

from congress.models import BallotScales
from tests import factory
from voters.ballots import Tally
from voters.models import UnitEvaluation

pytestmark = pytest.mark.django_db

PRESENT = 45
SCALES = {
    2017: ("满意/基本满意/不满意", [("满意", 90, 98), ("比较满意", 70, 90), ("基本满意", 50, 80)]),
    2018: ("优秀/称职/基本称职/不称职", [("优秀", 50, 90), ("称职", 20, 70)]),
    2019: ("好/一般/差", []),
}
NONE, UNRATED = "未达到各档用语的比例", "没有有效票，不作评价"
RIGHT = [
    (2017, "0 45 45 45 | 33 11 1 0", "73.3%", "97.8%", "比较满意"),
    (2017, "5 50 50 50 | 45 4 1 0", "90.0%", "98.0%", "满意"),
    (2017, "5 50 50 50 | 45 3 1 1", "90.0%", "96.0%", "比较满意"),
    (2017, "5 50 50 50 | 44 5 1 0", "88.0%", "98.0%", "比较满意"),
    (2017, "5 50 50 50 | 35 10 5 0", "70.0%", "90.0%", "比较满意"),
    (2017, "5 50 50 50 | 34 11 5 0", "68.0%", "90.0%", "基本满意"),
    (2017, "5 50 50 50 | 25 15 10 0", "50.0%", "80.0%", "基本满意"),
    (2017, "5 50 50 50 | 25 14 11 0", "50.0%", "78.0%", NONE),
    # Rates over valid ballots: invalid ones say nothing, abstentions count as votes cast
    (2017, "5 50 48 40 | 36 4 0 0", "90.0%", "100.0%", "满意"),
    (2017, "5 50 48 40 | 36 0 0 4", "90.0%", "90.0%", "比较满意"),
    (2017, "0 45 40 40 | 0 0 0 40", "0.0%", "0.0%", NONE),
    (2017, "0 45 40 40 | 0 0 40 0", "0.0%", "0.0%", NONE),
    (2017, "0 45 40 0 | 0 0 0 0", "", "", UNRATED),
    (2017, "0 0 0 0 | 0 0 0 0", "", "", UNRATED),
    (2017, "0 1 1 1 | 1 0 0 0", "100.0%", "100.0%", "满意"),
    (2017, "255 300 300 299 | 200 80 10 9", "66.9%", "93.6%", "基本满意"),
    # Four grades
    (2018, "0 40 40 40 | 20 16 3 1 0", "50.0%", "90.0%", "优秀"),
    (2018, "0 40 40 40 | 19 17 3 1 0", "47.5%", "90.0%", "称职"),
    (2018, "0 40 40 40 | 5 10 20 5 0", "12.5%", "37.5%", NONE),
    # No wording; and before the first scale the first one holds
    (2019, "0 10 10 10 | 10 0 0 0", "100.0%", "100.0%", NONE),
    (2016, "0 10 10 10 | 9 1 0 0", "90.0%", "100.0%", "满意"),
]
WRONG = [
    (2017, "0 46 45 45 | 45 0 0 0", {"ballots_issued": "发出票46张，多于参评45人。"}),
    (2017, "5 51 45 45 | 45 0 0 0", {"ballots_issued": "发出票51张，多于参评50人。"}),
    (2017, "0 45 46 45 | 45 0 0 0", {"ballots_returned": "收回票46张，多于发出票45张。"}),
    (2017, "0 45 44 45 | 45 0 0 0", {"ballots_valid_": "有效票45张，多于收回票44张。"}),
    (
        2017,
        "0 45 44 43 | 30 10 1 1",
        {"ballots_valid_": "满意30、基本满意10、不满意1、弃权1，合计42票，比有效票43张少1票。"},
    ),
    (
        2017,
        "0 45 44 43 | 30 10 3 2",
        {"ballots_valid_": "满意30、基本满意10、不满意3、弃权2，合计45票，比有效票43张多2票。"},
    ),
    (
        2018,
        "0 45 44 44 | 20 20 20 20 0",
        {
            "ballots_valid_": "优秀20、称职20、基本称职20、不称职20、弃权0，合计80票，"
            "比有效票44张多36票。"
        },
    ),
    (
        2017,
        "0 50 60 60 | 60 0 0 0",
        {
            "ballots_issued": "发出票50张，多于参评45人。",
            "ballots_returned": "收回票60张，多于发出票50张。",
        },
    ),
    (
        2017,
        "- 45 45 45 | 45 0 0 0",
        {"others_present": "已填了票数的，这一项也要填写；没有的填0。"},
    ),
    (
        2017,
        "0 - 45 45 | 45 0 0 0",
        {"ballots_issued": "已填了票数的，这一项也要填写；没有的填0。"},
    ),
    (2017, "0 45 45 - | 45 0 0 0", {"ballots_valid_": "这一项也要填写；没有的填0。"}),
    (2017, "0 45 45 45 | 45 0 0 -", {"abstained_": "这一项也要填写；没有的填0。"}),
    (2018, "0 45 45 45 | 20 20 - 5 0", {"third_grade_": "这一项也要填写；没有的填0。"}),
    (2017, "0 45 -1 0 | 0 0 0 0", {"ballots_returned": "请填写不小于0的整数。"}),
    (2017, "0 45 45 45 | 44 1.5 0 0", {"basically_satisfied_": "请填写整数。"}),
    (2017, "0 45 45 45 | 四十 5 0 0", {"satisfied_": "请填写整数。"}),
]
SHARED = ["others_present", "ballots_issued", "ballots_returned"]


@pytest.fixture(autouse=True)
def scales():
    for year, (grades, thresholds) in SCALES.items():
        factory.make_ballot_scale(year, grades, thresholds)


def sent_of(row, unit):
    """What the page sends of one unit."""
    chain, votes = (part.split() for part in row.split("|"))
    grades = ["satisfied", "basically_satisfied", "third_grade", "dissatisfied", "abstained"]
    if len(votes) == 4:
        grades.remove("third_grade")
    own = [f"{name}_{unit.pk}" for name in ("ballots_valid", *grades)]
    numbers = zip([*SHARED, *own], [*chain, *votes], strict=True)
    return {f"version_{unit.pk}": unit.version} | {
        name: "" if number == "-" else number for name, number in numbers
    }


@pytest.fixture
def enter(office, logged_in):
    """Return a function that enters a row for a unit evaluated in that year."""
    client = logged_in(office)

    def send(year, row):
        activity = factory.make_evaluation(f"{year}-12-20", present=PRESENT)
        factory.make_attendance(activity, status="leave", reason="work")
        unit = factory.make_arranged_unit(activity)
        response = client.post(
            f"/unit-evaluations/activities/{activity.pk}/ballots/", sent_of(row, unit)
        )
        unit.refresh_from_db()
        return unit, response

    return send


@pytest.mark.parametrize(("year", "row", "best", "approved", "result"), RIGHT)
def test_right_numbers_give_their_result(enter, year, row, best, approved, result):
    unit, response = enter(year, row)

    assert response.status_code == 302, response.context["form"].errors
    tally = Tally(unit, BallotScales.load().of(year))
    assert (tally.best_rate, tally.approved_rate, tally.result_words) == (best, approved, result)


@pytest.mark.parametrize(("year", "row", "errors"), WRONG)
def test_wrong_numbers_are_named(enter, year, row, errors):
    unit, response = enter(year, row)

    said = {
        name.removesuffix(str(unit.pk)): words
        for name, words in response.context["form"].errors.items()
    }
    assert said == {name: [words] for name, words in errors.items()}
    assert (unit.is_voted, unit.version) == (False, 1)


@pytest.mark.parametrize(
    "counts",
    [
        {"ballots_returned": 51},
        {"ballots_issued": 47},
        {"ballots_valid": 49, "satisfied": 38},
        {"satisfied": 35},
        {"third_grade": 1},
        {"abstained": None},
        {"others_present": None},
        {"ballots_valid": None},
        {"ballots_valid": None, "abstained": None, "others_present": None},
        {"satisfied": None},
        {"dissatisfied": -1, "satisfied": 38},
    ],
)
def test_the_database_takes_no_such_numbers_either(counts):
    unit = factory.make_voted_unit()

    with pytest.raises(IntegrityError), transaction.atomic():
        UnitEvaluation.objects.filter(pk=unit.pk).update(**counts)


@pytest.mark.parametrize(
    "fields",
    [
        {"reported_on": "2020-01-02"},
        {"fed_back_on": "2020-01-02"},
        {"published_on": "2020-01-02"},
        {"superior_told_on": "2020-01-02"},
        {"second_vote_by": "2020-03-20"},
        {"demands": "改进作风", "rectify_by": "2020-03-01"},
        {"satisfied": 3},
    ],
)
def test_nothing_comes_of_a_vote_that_was_not_held(fields):
    unit = factory.make_arranged_unit()

    with pytest.raises(IntegrityError), transaction.atomic():
        UnitEvaluation.objects.filter(pk=unit.pk).update(**fields)
