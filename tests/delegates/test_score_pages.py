"""履职积分 on its pages: off without rules, told down to the record, and old years left alone."""

import io
import uuid
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from delegates import actions
from delegates.models import ScoreRules
from tests import factory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day(set_today):
    set_today("2020-08-20")


@pytest.fixture
def best(leader, sessions):
    """The leader came to the first session: read after the delegate, and ranked before."""
    factory.make_session_attendance(
        factory.make_session(4), leader.delegate.mandates.get(), "present"
    )


def make_rules(from_year=2020, by=None, rows=(("sessions", 5),), **fields):
    rules = ScoreRules.objects.create(from_year=from_year, **fields)
    for category, points in rows:
        rules.rows.create(category=category, points=Decimal(points), deduction=Decimal(2))
    return actions.adopt_score_rules(by=by, rules=rules) if by else rules


def sent(**fields):
    return {"submission": str(uuid.uuid4()), "from_year": 2020, **fields}


@pytest.fixture
def sessions(delegate):
    """One attended by the delegate, one not."""
    mandate = delegate.delegate.mandates.get()
    for ordinal, date, status in ((4, "2020-01-10", "present"), (5, "2020-06-10", "absent")):
        session = factory.make_session(ordinal, date, state="held")
        factory.make_session_attendance(
            session, mandate, status, **({"reason": "work"} if status == "absent" else {})
        )


def table(response):
    shown = response.context["table"]
    return [shown.headings, *[tuple(cell.value for cell in row) for row in shown.rows]]


def test_off_until_rules_are_adopted(secretary, delegate, logged_in):
    rules = make_rules()
    client = logged_in(secretary)

    assert client.get("/scores/").context["rules"] is None
    assert client.post(f"/score-rules/{rules.pk}/adopt/").status_code == 302
    assert client.get("/scores/").context["rules"] == rules
    assert client.get("/scores/2019/").context["rules"] is None


def test_scores_by_name_by_rank_and_as_a_workbook(secretary, best, logged_in):
    make_rules(by=secretary)
    client = logged_in(secretary)
    headings = ("姓名", "总分", "人代会")
    by_name = [headings, ("代表甲", 3, 3), ("一组组长", 5, 5)]

    assert table(client.get("/scores/")) == by_name
    assert table(client.get("/scores/?order=rank")) == [
        ("姓名", "名次", *headings[1:]),
        ("一组组长", 1, 5, 5),
        ("代表甲", 2, 3, 3),
    ]
    book = openpyxl.load_workbook(io.BytesIO(client.get("/scores/?export=xlsx").getvalue()))
    assert list(book.active.values) == by_name


def test_the_ranking_is_the_offices_alone(secretary, chair, best, logged_in):
    make_rules(by=secretary)
    client = logged_in(chair)

    assert table(client.get("/scores/?order=rank"))[1][0] == "代表甲"
    assert "Content-Disposition" not in client.get("/scores/?export=xlsx").headers


def test_a_person_sees_the_own_points_record_by_record(
    secretary, delegate, leader, sessions, logged_in
):
    make_rules(by=secretary)
    client = logged_in(delegate)

    [part] = client.get(f"/delegates/{delegate.delegate.pk}/score/2020/").context["score"].parts
    assert [(str(line.entry.day), line.shown) for line in part.lines] == [
        ("2020-01-10", "+5"),
        ("2020-06-10", "-2"),
    ]
    assert client.get(f"/delegates/{leader.delegate.pk}/score/2020/").status_code == 404
    own = logged_in(leader).get(f"/delegates/{leader.delegate.pk}/score/2020/")
    assert own.context["score"].points == 0


def test_as_many_queries_for_three_as_for_one(secretary, sessions, logged_in, queries_of):
    make_rules(by=secretary)
    client = logged_in(secretary)
    one = queries_of(client, "/scores/")
    for _ in range(2):
        factory.make_mandate()

    assert queries_of(client, "/scores/") == one


def test_the_form_keeps_the_rows_that_are_filled(secretary, logged_in):
    client = logged_in(secretary)
    wrong = client.post("/score-rules/add/", sent(**{"sessions-extra_points": "1"}))
    client.post("/score-rules/add/", sent(**{"sessions-points": "2.5", "sessions-cap": "10"}))

    assert "超过几次才算超出" in wrong.content.decode()
    rules = ScoreRules.objects.get()
    [row] = rules.rows.all()
    assert (row.category, row.points, row.cap, row.base_points) == (
        "sessions",
        Decimal("2.5"),
        Decimal(10),
        0,
    )
    client.post(f"/score-rules/{rules.pk}/edit/", sent(version=1, basis="主席团通过"))
    assert list(rules.rows.all()) == []


@pytest.mark.parametrize(
    ("adopted", "year", "words"),
    [
        ((), 2019, "2019年已经过去"),
        ((), 2020, ""),
        ((), 2021, ""),
        ((2020,), 2020, "unique"),
        ((2020,), 2021, ""),
    ],
)
def test_from_which_year_rules_may_be_adopted(secretary, adopted, year, words):
    for each in adopted:
        make_rules(each, by=secretary)
    if words == "unique":
        with pytest.raises(ValidationError, match="这一年已有积分办法"):
            ScoreRules(from_year=year).full_clean()
        return
    rules = make_rules(year)
    if words:
        with pytest.raises(ValidationError, match=words):
            actions.adopt_score_rules(by=secretary, rules=rules)
    else:
        assert actions.adopt_score_rules(by=secretary, rules=rules).is_adopted


def test_a_year_that_other_rules_govern_keeps_them(secretary, set_today, sessions, logged_in):
    old = make_rules(by=secretary)
    set_today("2021-02-01")
    with pytest.raises(ValidationError, match="2021年已有按2020年起的积分办法计的积分"):
        make_rules(2021, by=secretary, rows=(("sessions", 50),))
    new = make_rules(2022, by=secretary, rows=(("sessions", 50),))
    client = logged_in(secretary)

    assert [ScoreRules.objects.in_force(year) for year in (2019, 2020, 2021, 2022)] == [
        None,
        old,
        old,
        new,
    ]
    assert table(client.get("/scores/2020/"))[1] == ("代表甲", 3, 3)
    assert client.get(f"/score-rules/{old.pk}/edit/").status_code == 403
    assert client.post(f"/score-rules/{old.pk}/delete/").status_code == 403
    with pytest.raises(ValidationError, match="2020年已经开始"):
        actions.take_back_score_rules(by=secretary, rules=old)
    assert not actions.take_back_score_rules(by=secretary, rules=new).is_adopted


def test_rules_without_rows_end_the_score(secretary, set_today):
    make_rules(by=secretary)
    make_rules(2021, by=secretary, rows=())

    assert ScoreRules.objects.in_force(2021) is None
