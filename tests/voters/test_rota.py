"""The rota by example: who is chosen and why, and what is a fair share."""

import datetime
from fractions import Fraction

import pytest

from tests.voters.rota_examples import (
    FIRST,
    FOUR,
    SECOND,
    make_case,
    make_days,
    make_member,
    names,
    reasons,
    the_15th,
)
from voters.rota import Day, DayState, Duty, FairnessRow, Group, Level, PastDuty, Status, make_rota


class TestChoice:
    def test_turns_go_round_with_county_and_town_together(self):
        rota = make_rota(make_case(make_days([1, 2, 3, 4], 2), FOUR, minimum=2))

        assert reasons(rota) == [
            "张某：本年已轮值0次，此前未轮值过，与镇代表搭配",
            "王某：本年已轮值0次，此前未轮值过，与县代表搭配",
            "李某：本年已轮值0次，此前未轮值过，与镇代表搭配",
            "赵某：本年已轮值0次，此前未轮值过，与县代表搭配",
            "张某：本年已轮值1次，距上次轮值2个月，与镇代表搭配",
            "王某：本年已轮值1次，距上次轮值2个月，与县代表搭配",
            "李某：本年已轮值1次，距上次轮值2个月，与镇代表搭配",
            "赵某：本年已轮值1次，距上次轮值2个月，与县代表搭配",
        ]
        assert (rota.spread(1), rota.problems) == (0, ())

    def test_a_xiang_has_xiang_delegates(self):
        rota = make_rota(make_case(make_days([1], 2), FOUR[1:3], town_word="乡"))

        assert [pick.reason.split("，")[-1] for pick in rota.days[0].picks] == [
            "与乡代表搭配",
            "与县代表搭配",
        ]

    def test_the_longest_since_the_last_turn_comes_first(self):
        past = [
            PastDuty("张某", the_15th(12, 2019)),
            PastDuty("李某", the_15th(10, 2019)),
            PastDuty("王某", the_15th(11, 2019)),
            PastDuty("赵某", the_15th(8, 2019)),
        ]

        rota = make_rota(make_case(make_days([1, 2], 2), FOUR, past=past))

        assert reasons(rota) == [
            "赵某：本年已轮值0次，距上次轮值5个月，与县代表搭配",
            "李某：本年已轮值0次，距上次轮值3个月，与镇代表搭配",
            "王某：本年已轮值0次，距上次轮值3个月，与县代表搭配",
            "张某：本年已轮值0次，距上次轮值2个月，与镇代表搭配",
        ]

    def test_who_was_absent_last_comes_sooner(self):
        held = Day(1, the_15th(1), 1, DayState.HELD, (Duty("Z2", Status.ABSENT),))
        past = [PastDuty("赵某", the_15th(12, 2019))]

        rota = make_rota(make_case([held, *make_days([2, 3], 1)], FOUR[2:], past=past))

        assert reasons(rota) == [
            "赵某：已举行，当日缺岗",
            "赵某：上次缺岗，优先安排，本年已轮值0次，距上次轮值2个月",
            "王某：本年已轮值0次，此前未轮值过",
        ]

    def test_a_fixed_turn_later_in_the_year_counts_already(self):
        fixed = Day(1, the_15th(3), 1, DayState.FIXED, (Duty("Z1"),))

        rota = make_rota(make_case([*make_days([1, 2], 1), fixed], FOUR[1:]))

        assert names(rota) == ["李某", "赵某", "王某"]
        assert rota.day(1, the_15th(3)).picks[0].reason == "已固定"

    def test_hand_overs_even_out_what_days_in_order_would_not(self):
        """王某 is free in January only, 赵某 in January and February, 李某 always."""
        members = [
            make_member("Z1", "李某"),
            make_member("Z2", "赵某", away=[3]),
            make_member("Z3", "王某", away=[2, 3]),
        ]

        rota = make_rota(make_case(make_days([1, 2, 3], 1), members, minimum=1))

        assert names(rota) == ["王某", "赵某", "李某"]
        assert rota.day(1, the_15th(1)).picks[0].reason == (
            "本年已轮值0次，此前未轮值过，为全年次数均衡安排"
        )
        assert rota.problems == ()

    def test_a_person_with_two_mandates_takes_turns_once(self):
        members = [
            make_member("X1", "张某", Level.COUNTY),
            make_member("Z1", "张某"),
            make_member("Z2", "王某"),
            make_member("Z3", "赵某"),
        ]

        rota = make_rota(make_case(make_days([1, 2, 3, 4, 5, 6], 1), members, minimum=2))

        assert [day.picks[0].mandate for day in rota.days] == ["X1", "Z2", "Z3", "Z1", "Z2", "Z3"]
        assert rota.spread(1) == 0

    def test_a_member_of_two_groups_counts_on_a_day_where_fewer_are(self):
        members = [
            make_member("X1", "张某", Level.COUNTY, group=2),
            make_member("Z1", "张某"),
            make_member("Z2", "王某"),
        ]
        days = [*make_days([1, 2], 1), *make_days([1, 2], 1, group=2)]

        rota = make_rota(make_case(days, members, groups=(FIRST, SECOND)))

        assert (names(rota, 1), names(rota, 2)) == (["王某", "王某"], ["张某", "张某"])


class TestShare:
    def test_part_of_a_year_is_counted_for_its_time(self):
        members = [
            make_member("Z1", "李某"),
            make_member("Z2", "王某", end=datetime.date(2020, 7, 1)),
            make_member("Z3", "赵某", start=datetime.date(2020, 7, 1)),
            make_member("Z4", "张某", away=[1, 2, 3]),
        ]

        rota = make_rota(make_case(make_days(range(1, 13), 1), members, minimum=2))

        assert rota.fairness(1) == (
            FairnessRow("李某", "李某", 5, 12, Fraction(48, 11), 2),
            FairnessRow("王某", "王某", 2, 6, Fraction(24, 11), 1),
            FairnessRow("赵某", "赵某", 2, 6, Fraction(24, 11), 1),
            FairnessRow("张某", "张某", 3, 9, Fraction(36, 11), 2),
        )
        assert rota.spread(1) == 0

    def test_who_changes_group_is_due_in_both_together_what_the_year_gives(self):
        change = datetime.date(2020, 6, 1)
        members = [
            make_member("Z1", "张某", end=change),
            make_member("Z1", "张某", group=2, start=change),
        ]
        days = [*make_days(range(1, 13), 1), *make_days(range(1, 13), 1, group=2)]

        rota = make_rota(make_case(days, members, groups=(FIRST, SECOND), minimum=2))

        assert [rota.fairness(group)[0].minimum for group in (1, 2)] == [0, 2]

    def test_an_absence_is_no_turn_and_a_stand_in_from_outside_not_the_groups(self):
        held = Day(
            1,
            the_15th(1),
            2,
            DayState.HELD,
            (Duty("Z1", Status.SWAPPED), Duty("Z2", Status.ABSENT), Duty("Z9")),
        )
        members = [*FOUR[2:], make_member("Z9", "孙某", group=2)]

        rota = make_rota(make_case([held], members, groups=(FIRST, SECOND)))

        assert [(row.name, row.turns) for row in rota.fairness(1)] == [("王某", 0), ("赵某", 0)]
        assert reasons(rota) == [
            "王某：已举行，当日换班",
            "赵某：已举行，当日缺岗",
            "孙某：已举行，当日到岗",
        ]

    def test_a_township_of_ten_groups_is_even_everywhere(self):
        groups = tuple(Group(number, f"第{number}组") for number in range(1, 11))
        members = [
            make_member(
                number,
                f"代表{number}",
                Level.TOWN if number % 6 else Level.COUNTY,
                group=number % 10 + 1,
                away=[month for month in range(1, 13) if (number * month) % 7 == 1],
            )
            for number in range(180)
        ]
        days = [day for group in groups for day in make_days(range(1, 13), 3, group.key)]

        rota = make_rota(make_case(days, members, groups, minimum=2))

        assert {len(day.picks) for day in rota.days} == {3}
        assert {rota.spread(group.key) for group in groups} <= {0, 1}
        assert rota.problems == ()


class TestCase:
    def test_order_does_not_matter(self):
        days = make_days([1, 2], 1)

        assert make_case(days[::-1], FOUR[::-1]) == make_case(days, FOUR)

    @pytest.mark.parametrize(
        ("days", "members", "message"),
        [
            (make_days([1, 1], 1), FOUR, "a group has two reception days on one date"),
            (
                make_days([1], 1),
                FOUR[:1] * 2,
                "a mandate stands twice in one group; join its spans",
            ),
            (
                make_days([1], 1, group=2),
                FOUR,
                "a day or member belongs to a group that was not given",
            ),
            (
                [Day(1, the_15th(1), 1, DayState.OPEN, (Duty("Z1"),))],
                FOUR,
                "the open day 2020-01-15 of group 1 has duties",
            ),
            (
                [Day(1, the_15th(1), 1, DayState.HELD, (Duty("Z9"),))],
                FOUR,
                "unknown mandate on duty on 2020-01-15 in group 1",
            ),
        ],
    )
    def test_a_case_that_contradicts_itself_is_an_error(self, days, members, message):
        with pytest.raises(ValueError, match=f"^{message}$"):
            make_case(days, members)
