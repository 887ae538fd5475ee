"""The table of ballots: what was counted, and the result, or which number is wrong.

A row reads: voters present, ballots issued, returned and valid, the votes of each grade, best
first, abstentions; a dash is an empty field. The grades are
those of the scale in force in the report's year.
"""

import pytest
from django.db import IntegrityError, transaction

from congress.models import BallotScales
from tests import factory
from voters.ballots import Tally, percent
from voters.models import DutyReport

pytestmark = pytest.mark.django_db

#: Year in which each begins: its grades, and its thresholds (domain reference C.7).
SCALES = {
    2017: ("满意/基本满意/不满意", [("满意", 90, 98), ("比较满意", 70, 90), ("基本满意", 50, 80)]),
    2018: ("称职/基本称职/不称职", [("称职", 80, 80), ("基本称职", 50, 50), ("不称职", 0, 0)]),
    2019: ("优秀/称职/不称职", [("优秀", 60, 90), ("称职", 0, 60)]),
    2020: ("优秀/称职/基本称职/不称职", [("优秀", 50, 90), ("称职", 20, 70)]),
    2021: ("满意/基本满意/不满意", []),
}
NONE = "未达到各档用语的比例"
RIGHT = [
    # Three grades, the usual wording
    (2017, "60 60 60 60 | 45 14 0 1", "75.0%", "98.3%", "比较满意"),
    (2017, "60 58 57 57 | 41 14 0 2", "71.9%", "96.5%", "比较满意"),
    (2017, "100 100 100 100 | 90 8 2 0", "90.0%", "98.0%", "满意"),
    (2017, "100 100 100 100 | 90 7 2 1", "90.0%", "97.0%", "比较满意"),
    (2017, "100 100 100 100 | 89 9 2 0", "89.0%", "98.0%", "比较满意"),
    (2017, "100 100 100 100 | 70 20 10 0", "70.0%", "90.0%", "比较满意"),
    (2017, "100 100 100 100 | 69 21 10 0", "69.0%", "90.0%", "基本满意"),
    (2017, "100 100 100 100 | 50 30 20 0", "50.0%", "80.0%", "基本满意"),
    (2017, "100 100 100 100 | 50 29 21 0", "50.0%", "79.0%", NONE),
    (2017, "3 3 3 3 | 2 1 0 0", "66.7%", "100.0%", "基本满意"),
    # Rates over valid ballots: invalid ones say nothing, abstentions count as votes cast
    (2017, "100 100 100 90 | 81 8 1 0", "90.0%", "98.9%", "满意"),
    (2017, "100 100 90 90 | 81 0 0 9", "90.0%", "90.0%", "比较满意"),
    (2017, "50 50 50 50 | 0 0 0 50", "0.0%", "0.0%", NONE),
    (2017, "50 50 50 50 | 0 0 50 0", "0.0%", "0.0%", NONE),
    (2017, "50 50 5 0 | 0 0 0 0", "", "", "没有有效票，不作评价"),
    (2017, "50 0 0 0 | 0 0 0 0", "", "", "没有有效票，不作评价"),
    (2017, "1 1 1 1 | 1 0 0 0", "100.0%", "100.0%", "满意"),
    # The rule of 大悟县: 80, 50, below
    (2018, "100 100 100 100 | 80 10 10 0", "80.0%", "90.0%", "称职"),
    (2018, "100 100 100 100 | 79 21 0 0", "79.0%", "100.0%", "基本称职"),
    (2018, "100 100 100 100 | 50 0 50 0", "50.0%", "50.0%", "基本称职"),
    (2018, "100 100 100 100 | 49 51 0 0", "49.0%", "100.0%", "不称职"),
    (2018, "1000 1000 1000 1000 | 799 0 201 0", "79.9%", "79.9%", "基本称职"),
    # 优秀 before 称职
    (2019, "50 50 50 50 | 30 15 5 0", "60.0%", "90.0%", "优秀"),
    (2019, "50 50 50 50 | 10 20 20 0", "20.0%", "60.0%", "称职"),
    (2019, "50 50 50 50 | 10 19 21 0", "20.0%", "58.0%", NONE),
    # Four grades
    (2020, "80 80 80 80 | 40 32 5 1 2", "50.0%", "90.0%", "优秀"),
    (2020, "80 80 78 76 | 20 40 10 2 4", "26.3%", "78.9%", "称职"),
    (2020, "80 80 80 80 | 10 20 40 10 0", "12.5%", "37.5%", NONE),
    # No wording at all
    (2021, "10 10 10 10 | 10 0 0 0", "100.0%", "100.0%", NONE),
    # Before the first scale, the first one holds
    (2016, "10 10 10 10 | 10 0 0 0", "100.0%", "100.0%", "满意"),
]
WRONG = [
    (2017, "60 61 58 58 | 58 0 0 0", {"ballots_issued": "发出票61张，多于到会选民60人。"}),
    (2017, "60 58 59 58 | 58 0 0 0", {"ballots_returned": "收回票59张，多于发出票58张。"}),
    (2017, "60 60 58 59 | 59 0 0 0", {"ballots_valid": "有效票59张，多于收回票58张。"}),
    (
        2017,
        "60 60 58 57 | 41 14 0 1",
        {"ballots_valid": "满意41、基本满意14、不满意0、弃权1，合计56票，比有效票57张少1票。"},
    ),
    (
        2017,
        "60 60 58 57 | 41 14 3 2",
        {"ballots_valid": "满意41、基本满意14、不满意3、弃权2，合计60票，比有效票57张多3票。"},
    ),
    (
        2018,
        "60 60 60 60 | 41 14 3 0",
        {"ballots_valid": "称职41、基本称职14、不称职3、弃权0，合计58票，比有效票60张少2票。"},
    ),
    (
        2020,
        "60 60 60 60 | 20 20 20 20 0",
        {
            "ballots_valid": "优秀20、称职20、基本称职20、不称职20、弃权0，合计80票，"
            "比有效票60张多20票。"
        },
    ),
    (
        2017,
        "50 60 70 70 | 70 0 0 0",
        {
            "ballots_issued": "发出票60张，多于到会选民50人。",
            "ballots_returned": "收回票70张，多于发出票60张。",
        },
    ),
    (2017, "60 60 - 58 | 58 0 0 0", {"ballots_returned": "已述职的，这一项也要填写；没有的填0。"}),
    (2020, "60 60 60 60 | 20 20 - 20 0", {"third_grade": "已述职的，这一项也要填写；没有的填0。"}),
    (2017, "60 60 -1 0 | 0 0 0 0", {"ballots_returned": "请填写不小于0的整数。"}),
    (2017, "60 60 1.5 1 | 1 0 0 0", {"ballots_returned": "请填写整数。"}),
]


@pytest.fixture(autouse=True)
def scales():
    for year, (grades, thresholds) in SCALES.items():
        factory.make_ballot_scale(year, grades, thresholds)


def counts_of(row):
    chain, votes = (part.split() for part in row.split("|"))
    grades = ["satisfied", "basically_satisfied", "third_grade", "dissatisfied", "abstained"]
    if len(votes) == 4:
        grades.remove("third_grade")
    names = ["voters_present", "ballots_issued", "ballots_returned", "ballots_valid", *grades]
    numbers = [*chain, *votes]
    return {
        name: "" if number == "-" else number for name, number in zip(names, numbers, strict=True)
    }


@pytest.fixture
def enter(office, logged_in):
    """Return a function that enters a row for a report of that year."""
    client = logged_in(office)

    def send(year, row):
        report = factory.make_duty_report(year=year)
        sent = {"version": 1, "held_on": f"{year}-07-10", "place": "XX村部"} | counts_of(row)
        response = client.post(f"/duty-reports/{report.pk}/ballots/", sent)
        report.refresh_from_db()
        return report, response

    return send


@pytest.mark.parametrize(("year", "row", "best", "approved", "result"), RIGHT)
def test_right_numbers_give_their_result(enter, year, row, best, approved, result):
    report, response = enter(year, row)

    assert response.status_code == 302, response.context["form"].errors
    tally = Tally(report, BallotScales.load().of(year))
    assert (tally.best_rate, tally.approved_rate, tally.result_words) == (best, approved, result)


@pytest.mark.parametrize(("year", "row", "errors"), WRONG)
def test_wrong_numbers_are_named(enter, year, row, errors):
    report, response = enter(year, row)

    assert response.context["form"].errors == {name: [said] for name, said in errors.items()}
    assert (report.is_held, report.version) == (False, 1)


@pytest.mark.parametrize(
    "counts",
    [
        {"ballots_issued": 61},
        {"ballots_returned": 61},
        {"ballots_valid": 59, "satisfied": 43},
        {"satisfied": 41},
        {"third_grade": 1},
        {"abstained": None},
        {"ballots_valid": None},
        {"dissatisfied": -1, "satisfied": 42},
    ],
)
def test_the_database_takes_no_such_numbers_either(counts):
    report = factory.make_held_report()

    with pytest.raises(IntegrityError), transaction.atomic():
        DutyReport.objects.filter(pk=report.pk).update(**counts)


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"place": ""}, {"place": ["已述职的，这一项也要填写；没有的填0。"]}),
        ({"held_on": ""}, {"held_on": ["已述职的，这一项也要填写；没有的填0。"]}),
        ({"held_on": "2019-07-10"}, {"held_on": ["述职日期须在2017年内。"]}),
    ],
)
def test_the_event_belongs_to_its_ballots(fields, errors, office, logged_in):
    report = factory.make_duty_report(year=2017)
    sent = {"version": 1, "held_on": "2017-07-10", "place": "XX村部"}
    sent |= counts_of("60 60 60 60 | 60 0 0 0") | fields

    response = logged_in(office).post(f"/duty-reports/{report.pk}/ballots/", sent)

    assert response.context["form"].errors == errors


def test_rates_are_rounded_half_up_and_empty_without_ballots():
    assert [percent(1, 8), percent(618, 824), percent(0, 5), percent(0, 0), percent(None, 1)] == [
        "12.5%",
        "75.0%",
        "0.0%",
        "",
        "",
    ]
