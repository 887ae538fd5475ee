"""Everything that counts people says the same of the same day, whatever happened before.

A row says what happened to a person, and how the person stands from which day on: 镇1 is a town
mandate in group 1, 县2 a county mandate in group 2, 无 is no group; empty is not in office.
"""

import pytest
from django.db import transaction

from delegates.models import Delegate, Level
from groups.models import Post
from tests import factory
from tests.people_over_time import Readings, Town, wanted

pytestmark = pytest.mark.django_db
COUNTY = Level.COUNTY
#: Asked about: before, on and after 15 July, and when something lasts.
DAYS = (
    *("2020-02-29", "2020-03-01", "2020-06-01", "2020-07-09", "2020-07-10"),
    *("2020-07-14", "2020-07-15", "2020-07-16", "2020-08-15", "2020-12-31"),
)


def first(*steps, **elected):
    """Elected on 5 January 2017 into group 1, unless told otherwise; then each step."""

    def happens(town, name):
        mandate = town.elected(name, **elected)
        for what, *given in steps:
            getattr(town, what)(mandate, *given)
        return mandate.delegate

    return happens


def both(*steps):
    """The same person county and town delegate, then each step of (level, what, its arguments)."""

    def happens(town, name):
        mandates = {"镇": town.elected(name)}
        person = mandates["镇"].delegate
        mandates["县"] = town.elected(person, level=COUNTY)
        for level, what, *given in steps:
            getattr(town, what)(mandates[level], *given)
        return person

    return happens


def again(end, on, **elected):
    """Ends, and the same person is elected again in the same term."""

    def happens(town, name):
        mandate = town.elected(name)
        town.ends(mandate, end)
        return town.elected(mandate.delegate, on, **elected).delegate

    return happens


def since(before, day="2020-07-15", after=""):
    """Elected at the general election, and otherwise from that day on."""
    return {"2017-01-05": before, day: after}


CASES = {
    # Who joins
    "换届当选，一直在任": (first(), {"2017-01-05": "镇1"}),
    "年中补选，当选当日到任": (first(on="2020-07-15"), {"2020-07-15": "镇1"}),
    "接待日、会议次日才当选": (first(on="2020-07-16"), {"2020-07-16": "镇1"}),
    "补选的县代表": (first(on="2020-07-15", level=COUNTY), {"2020-07-15": "县1"}),
    "当选后没有编组": (first(on="2020-07-15", group=None), {"2020-07-15": "镇无"}),
    "当选两天后才编组": (
        first(("joins", 1, "2020-07-16"), on="2020-07-14", group=None),
        {"2020-07-14": "镇无", "2020-07-16": "镇1"},
    ),
    "当选时小组还没有成立，成立之日入组": (
        first(on="2020-07-10", group=3),
        {"2020-07-10": "镇无", "2020-07-15": "镇3"},
    ),
    # Who leaves, for each reason
    "辞职": (first(("ends", "2020-07-15", "resigned")), since("镇1")),
    "罢免": (first(("ends", "2020-07-15", "recalled")), since("镇1")),
    "迁出": (first(("ends", "2020-07-16", "moved_away")), since("镇1", "2020-07-16")),
    "去世": (first(("ends", "2020-07-15", "died")), since("镇1")),
    "两次未经批准缺席而终止": (
        first(("ends", "2020-07-16", "absent")),
        since("镇1", "2020-07-16"),
    ),
    "其他原因终止": (first(("ends", "2020-07-15", "other")), since("镇1")),
    "终止在前，公告在后": (
        first(("ends", "2020-07-15", "died", "2020-09-01")),
        since("镇1"),
    ),
    "当选次日即终止": (
        first(("ends", "2020-07-15"), on="2020-07-14"),
        {"2020-07-14": "镇1", "2020-07-15": ""},
    ),
    "先记了调组，再补记更早的终止": (
        first(("moves", 2, "2020-07-15"), ("ends", "2020-07-10")),
        since("镇1", "2020-07-10"),
    ),
    "未编组而终止": (
        first(("ends", "2020-07-15"), group=None),
        since("镇无"),
    ),
    # Who is suspended
    "暂停执行职务": (first(("suspended", "2020-07-15")), since("镇1")),
    "活动、会议、接待日当日恢复": (
        first(("suspended", "2020-06-01", "2020-07-15")),
        {"2017-01-05": "镇1", "2020-06-01": "", "2020-07-15": "镇1"},
    ),
    "只在当日暂停": (
        first(("suspended", "2020-07-15", "2020-07-16")),
        {"2017-01-05": "镇1", "2020-07-15": "", "2020-07-16": "镇1"},
    ),
    "两次暂停之间": (
        first(("suspended", "2020-03-01", "2020-07-15"), ("suspended", "2020-07-16")),
        {"2017-01-05": "镇1", "2020-03-01": "", "2020-07-15": "镇1", "2020-07-16": ""},
    ),
    "暂停期间终止": (
        first(("suspended", "2020-07-10"), ("ends", "2020-07-15")),
        since("镇1", "2020-07-10"),
    ),
    "暂停期间调组，恢复后在新组": (
        first(("suspended", "2020-07-10", "2020-07-16"), ("moves", 2, "2020-07-15")),
        {"2017-01-05": "镇1", "2020-07-10": "", "2020-07-16": "镇2"},
    ),
    "当选当日即暂停": (
        first(("suspended", "2020-07-15", "2020-07-16"), on="2020-07-15"),
        {"2020-07-16": "镇1"},
    ),
    # Who comes back, who holds two mandates
    "终止后同届再当选，编入另一组": (
        again("2020-03-01", "2020-06-01", group=2),
        {"2017-01-05": "镇1", "2020-03-01": "", "2020-06-01": "镇2"},
    ),
    "终止当日又补选当选": (
        again("2020-07-15", "2020-07-15"),
        {"2017-01-05": "镇1"},
    ),
    "县、镇两项资格": (both(), {"2017-01-05": "镇1 县1"}),
    "两项资格，县的先终止": (both(("县", "ends", "2020-07-15")), since("镇1 县1", after="镇1")),
    "两项资格，镇的先终止": (both(("镇", "ends", "2020-07-15")), since("镇1 县1", after="县1")),
    "两项资格，只暂停镇的": (
        both(("镇", "suspended", "2020-07-15", "2020-08-15")),
        {"2017-01-05": "镇1 县1", "2020-07-15": "县1", "2020-08-15": "镇1 县1"},
    ),
    "两项资格一起调组": (both(("县", "moves", 2, "2020-07-15")), since("镇1 县1", after="镇2 县2")),
    # Who moves
    "活动当日调组": (first(("moves", 2, "2020-07-15")), since("镇1", after="镇2")),
    "活动前一日调组": (first(("moves", 2, "2020-07-14")), since("镇1", "2020-07-14", "镇2")),
    "活动次日调组": (first(("moves", 2, "2020-07-16")), since("镇1", "2020-07-16", "镇2")),
    "调出又调回": (
        first(("moves", 2, "2020-07-15"), ("moves", 1, "2020-07-16")),
        {"2017-01-05": "镇1", "2020-07-15": "镇2", "2020-07-16": "镇1"},
    ),
    "退出小组，仍是代表": (first(("leaves", "2020-07-15")), since("镇1", after="镇无")),
    "届中重新划分，编入新成立的小组": (
        first(("moves", 3, "2020-07-15"), group=2),
        since("镇2", after="镇3"),
    ),
    "同日两次调组，以后一次为准": (
        first(("moves", 2, "2020-07-15"), ("moves", 3, "2020-07-15")),
        since("镇1", after="镇3"),
    ),
    # Posts
    "活动当日任组长": (first(("takes_post", Post.LEADER, "2020-07-15")), since("镇1", after="镇1")),
    "副组长调组": (
        first(("moves", 2, "2020-07-15"), post=Post.VICE_LEADER),
        since("镇1", after="镇2"),
    ),
    # Two different people with one name
    "同名（一）": (first(group=2), {"2017-01-05": "镇2"}),
    "同名（二）": (first(("ends", "2020-07-15")), since("镇1")),
}


def standing_on(timeline, date):
    return next((timeline[each] for each in sorted(timeline, reverse=True) if each <= date), "")


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """(person by case, answers by day), after everything has happened to everybody."""
    with django_db_blocker.unblock(), transaction.atomic():
        town = Town(factory.make_user("office"))
        people = {case: happens(town, case) for case, (happens, _) in CASES.items()}
        for number, person in enumerate(people.values()):
            person.account = factory.make_user(f"delegate-{number}", "delegate")
            person.save()
        Delegate.objects.filter(name__startswith="同名").update(name="同名")
        town.has_liaison("干事", "2020-07-15")
        readings = Readings(town, DAYS)
        yield (
            {case: person.pk for case, person in people.items()},
            {day: readings.of(day) for day in DAYS},
        )
        transaction.set_rollback(True)


@pytest.mark.parametrize("case", CASES)
def test_all_that_count_a_person_agree(case, told):
    people, answers = told
    person, timeline = people[case], CASES[case][1]
    for date in DAYS:
        standing = standing_on(timeline, date)
        said = {name: found.get(person, "") for name, found in answers[date].items()}
        asked = wanted({person: standing}, said)
        assert said == {name: found.get(person, "") for name, found in asked.items()}, date


@pytest.mark.parametrize("date", DAYS)
def test_all_together_are_as_many_as_the_table_says(date, told):
    people, answers = told
    standings = {people[case]: standing_on(row, date) for case, (_, row) in CASES.items()}
    assert answers[date] == wanted(standings, answers[date])
