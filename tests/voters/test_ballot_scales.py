"""测评口径: one a year on, and never changed under ballots that were counted by it."""

import io
import uuid

import pytest

from congress.models import BallotScale, BallotScales
from reports.ledgers import export, import_ledgers
from tests import factory
from tests.conftest import LEDGERS
from voters.ballots import Tally
from voters.models import DutyReport

pytestmark = pytest.mark.django_db


def sent(rows=(), kept=0, **fields):
    data = {
        "submission": str(uuid.uuid4()),
        "grades": "优秀/称职/基本称职/不称职",
        "least_present": 50,
        "thresholds-TOTAL_FORMS": len(rows),
        "thresholds-INITIAL_FORMS": kept,
        **fields,
    }
    for number, (wording, best, approved) in enumerate(rows):
        data |= {
            f"thresholds-{number}-wording": wording,
            f"thresholds-{number}-best_percent": best,
            f"thresholds-{number}-approved_percent": approved,
        }
    return data


@pytest.fixture
def client(secretary, logged_in):
    return logged_in(secretary)


def test_a_later_scale_leaves_old_ballots_alone(client):
    factory.make_ballot_scale(2020, thresholds=[("比较满意", 70, 90)])
    report = factory.make_held_report()

    response = client.post(
        "/ballot-scales/add/", sent([("优秀", 60, 80), ("称职", 30, 60)], from_year=2021)
    )

    assert response.status_code == 302
    new = BallotScale.objects.get(from_year=2021)
    assert [
        (row.wording, row.best_percent, row.approved_percent) for row in new.thresholds.all()
    ] == [("优秀", 60, 80), ("称职", 30, 60)]
    scales = BallotScales.load()
    assert [scales.of(year).from_year for year in (2019, 2020, 2021, 2030)] == [
        2020,
        2020,
        2021,
        2021,
    ]
    tally = Tally(report, scales.of(report.year))
    assert ([word for word, _, _ in tally.grades], tally.result) == (
        ["满意", "基本满意", "不满意"],
        "比较满意",
    )


USED = (
    "2020年已有按“满意/基本满意/不满意”统计的测评，该口径不能改动。"
    "要换口径，请自2021年或以后的年份起另立一条。"
)


@pytest.mark.parametrize("year", [2018, 2020])
def test_no_new_scale_comes_between_a_year_and_its_ballots(client, year):
    factory.make_ballot_scale(2017)
    factory.make_held_report()

    response = client.post("/ballot-scales/add/", sent(from_year=year))

    assert response.context["form"].errors == {"from_year": [USED]}
    assert BallotScale.objects.count() == 1


def test_a_scale_in_use_stays(client):
    scale = factory.make_ballot_scale(2019)
    factory.make_held_report()

    pages = [client.get(f"/ballot-scales/{scale.pk}/{page}/") for page in ("edit", "delete")]
    detail = client.get(scale.get_absolute_url())

    assert [page.status_code for page in pages] == [403, 403]
    assert detail.context["facts"][-1] == ("使用情况", USED)


def test_an_unused_scale_is_corrected_with_its_wording(client):
    scale = factory.make_ballot_scale(2022, thresholds=[("满意", 90, 98)])
    row = scale.thresholds.get()
    typed = sent([("很满意", 80, 95)], kept=1, from_year=2022, version=1)
    typed |= {"grades": "满意/一般/不满意", "thresholds-0-id": row.pk}

    assert client.post(f"/ballot-scales/{scale.pk}/edit/", typed).status_code == 302
    second = client.post(f"/ballot-scales/{scale.pk}/edit/", typed | {"least_present": 30})

    scale.refresh_from_db()
    assert (scale.grades, scale.thresholds.get().wording) == ("满意/一般/不满意", "很满意")
    assert [(each.label, each.theirs, each.yours) for each in second.context["differences"]] == [
        ("到会选民最少人数", "50", "30")
    ]


@pytest.mark.parametrize("grades", ["满意", "满意/不满意", "好/好/差", "一/二/三/四/五", "好//差"])
def test_three_or_four_different_grades(client, grades):
    response = client.post("/ballot-scales/add/", sent(from_year=2021) | {"grades": grades})

    assert response.context["form"].errors == {
        "grades": ["须写三个或四个不同的等次，以“/”分隔，如：优秀/称职/基本称职/不称职。"]
    }


def test_thresholds_are_possible_rates(client):
    response = client.post("/ballot-scales/add/", sent([("满意", 90, 80)], from_year=2021))

    assert "前两个等次合计的比例不得低于最好等次的，且不超过100。" in response.content.decode()
    assert not BallotScale.objects.filter(from_year=2021).exists()


def test_a_new_township_starts_with_the_usual_scale(set_today):
    set_today("2020-08-20")
    factory.make_township(evaluation_scale="称职/基本称职/不称职")

    scale = BallotScale.objects.get()
    assert (scale.from_year, scale.grades) == (2020, "称职/基本称职/不称职")
    assert [row.wording for row in scale.thresholds.all()] == ["满意", "比较满意", "基本满意"]


# The ledger

SCALE_ROW = "选民评价口径"


def imported():
    with LEDGERS.open("rb") as file:
        return import_ledgers(file)


def test_ballots_of_the_ledger_are_all_valid():
    imported()

    assert list(BallotScale.objects.values_list("from_year", "grades")) == [
        (2020, "满意/基本满意/不满意")
    ]
    held = DutyReport.objects.filter(held_on__isnull=False)
    assert {(each.ballots_returned - each.ballots_valid, each.third_grade) for each in held} == {
        (0, 0)
    }


def test_invalid_ballots_survive_the_ledger():
    """The sheet has no column for them: what it does tell is taken as unchanged."""
    imported()
    report = DutyReport.objects.filter(held_on__isnull=False, satisfied__gt=5).first()
    DutyReport.objects.filter(pk=report.pk).update(
        satisfied=report.satisfied - 3, ballots_valid=report.ballots_valid - 3
    )
    report.refresh_from_db()
    file = io.BytesIO()
    export(2020, file)
    file.seek(0)

    plan = import_ledgers(file)

    assert (list(plan.errors), plan.changes) == ([], [])
    again = DutyReport.objects.get(pk=report.pk)
    assert (again.ballots_returned, again.ballots_valid) == (
        report.ballots_returned,
        report.ballots_valid,
    )
