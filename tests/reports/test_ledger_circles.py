"""The ledger's 应到 stands in 活动出席: an activity that comes in invited those, and no others."""

import importlib

import pytest
from django.apps import apps

from groups.attendance import expected_at
from groups.models import Activity, Attendance

from .ledger_files import (
    XX_TOWN,
    assert_round_trip,
    cells_of,
    day,
    exported,
    import_file,
    mandate,
    small_town,
    xx_town,
)

pytestmark = pytest.mark.django_db

ALL = ("甲一", "甲二", "甲三", "甲四", "乙一", "乙二", "乙三")


def town(*names, organiser="乡人大"):
    """A small town with one activity, to which these came."""
    ledger = small_town()
    ledger.add(
        *("活动", "2020-H01", 2020, "视察调研", "视察", None, None, day("2020-05-20")),
        *(organiser, "东村", "道路", None, None),
    )
    came(ledger, *names)
    return ledger


def came(ledger, *names):
    for name in names:
        ledger.add("活动出席", "2020-H01", name, "出席", None)


def add_county_delegate(ledger):
    ledger["代表"].append(mandate("X15-001", "丁一", "13900000031", 1, 代表层级="县"))


def circles():
    """(number, circle, how many are invited by name, how many were expected) of all activities."""
    return [
        (each.number, each.circle, each.invited.count(), expected_at(each).count())
        for each in Activity.objects.order_by("number")
    ]


OF_2020 = [
    ("2019-H01", "everybody", 0, 55),
    ("2020-H01", "named", 24, 24),
    ("2020-H02", "everybody", 0, 55),
    ("2020-H03", "everybody", 0, 21),
]


def test_at_the_activities_of_2020_were_expected_whom_the_ledger_names():
    import_file(xx_town().file())

    assert circles() == OF_2020
    inspection = Activity.objects.get(number="2020-H01")
    assert set(expected_at(inspection)) == {
        each.mandate for each in inspection.attendances.select_related("mandate")
    }
    assert {each.level for each in inspection.invited.all()} == {"town"}


def test_activities_stored_before_are_narrowed_to_the_same():
    with XX_TOWN.open("rb") as file:
        import_file(file)
    inspection = Activity.objects.get(number="2020-H01")
    Activity.objects.update(circle="everybody")
    inspection.invited.clear()
    narrow = importlib.import_module("groups.migrations.0007_circles_of_held_activities").narrow

    narrow(apps, None)
    assert circles() == OF_2020
    narrow(apps, None)
    assert circles() == OF_2020


@pytest.mark.parametrize(
    ("names", "organiser", "county", "circle", "groups", "invited"),
    [
        (ALL, "乡人大", False, "everybody", [], []),
        (ALL, "乡人大", True, "town", [], []),
        (ALL[4:], "乡人大", False, "groups", [2], []),
        (("甲一", "乙一"), "乡人大", False, "named", [], ["甲一", "乙一"]),
        (ALL[:4], "第一代表小组", False, "everybody", [], []),
        (ALL[:4], "第一代表小组", True, "town", [], []),
        (("甲一", "甲三"), "第一代表小组", False, "named", [], ["甲一", "甲三"]),
    ],
)
def test_the_circle_that_fits_exactly(names, organiser, county, circle, groups, invited):
    ledger = town(*names, organiser=organiser)
    if county:
        add_county_delegate(ledger)
    import_file(ledger.file())
    found = Activity.objects.get()

    def told():
        return (
            found.circle,
            list(found.invited_groups.values_list("ordinal", flat=True)),
            list(found.invited.values_list("delegate__name", flat=True)),
            sorted(expected_at(found).values_list("delegate__name", flat=True)),
        )

    assert told() == (circle, groups, invited, sorted(names))

    Activity.objects.update(circle="everybody")
    found.invited.clear()
    found.invited_groups.clear()
    importlib.import_module("groups.migrations.0007_circles_of_held_activities").narrow(apps, None)
    found.refresh_from_db()
    assert told() == (circle, groups, invited, sorted(names))


def test_the_year_comes_back_unchanged_with_circles():
    ledger = xx_town()
    ledger["活动出席"] = ledger.rows("活动出席", 活动编号="2020-H03")[:5]

    assert_round_trip(ledger)

    assert circles() == [
        ("2019-H01", "everybody", 0, 55),
        ("2020-H01", "everybody", 0, 55),
        ("2020-H02", "everybody", 0, 55),
        ("2020-H03", "named", 5, 5),
    ]


def test_a_name_that_the_ledger_adds_is_invited_too():
    ledger = town("甲一", "乙一")
    import_file(ledger.file())
    came(ledger, "乙二")

    import_file(ledger.file())

    assert circles() == [("2020-H01", "named", 3, 3)]
    assert {counts for counts in import_file(ledger.file()).values() if any(counts[:2])} == set()


def test_the_circle_the_office_chose_stays_while_the_sheet_is_being_filled():
    ledger = town()
    import_file(ledger.file())
    Activity.objects.update(circle="town")
    came(ledger, "甲一")

    import_file(ledger.file())

    assert circles() == [("2020-H01", "town", 0, 7)]


def test_who_was_present_after_all_has_no_leave_approved():
    ledger = town("甲一")
    ledger.row("活动出席", 代表="甲一").update(出席情况="请假", 事由="工作")
    import_file(ledger.file())
    Attendance.objects.update(approved_by="人大主席")
    assert import_file(ledger.file())["活动出席"] == (0, 0, 1)
    assert Attendance.objects.get().approved_by == "人大主席"

    ledger.row("活动出席", 代表="甲一").update(出席情况="出席", 事由=None)

    assert import_file(ledger.file())["活动出席"] == (0, 1, 0)
    assert (Attendance.objects.get().status, Attendance.objects.get().approved_by) == (
        "present",
        "",
    )


def test_a_law_check_is_other_in_the_ledger_and_stays_what_it_is():
    ledger = town(*ALL)
    ledger.row("活动", 活动编号="2020-H01")["类型"] = "其他"
    import_file(ledger.file())
    Activity.objects.update(kind=Activity.Kind.LAW_CHECK)

    kinds = [row[2] for row in cells_of(exported())["活动"][1:]]
    again = import_file(exported())

    assert kinds == ["其他"]
    assert again["活动"] == (0, 0, 1)
    assert Activity.objects.get().kind == Activity.Kind.LAW_CHECK
