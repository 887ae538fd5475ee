"""The rota by example: what cannot be met, and swaps."""

import datetime
from dataclasses import replace

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
    sentences,
    the_15th,
)
from voters.rota import Day, DayState, Duty, Level, Rule, SwapRefused, make_rota, swap


class TestProblems:
    def test_a_day_with_too_few_people(self):
        members = [
            FOUR[0],
            make_member("Z1", "王某", away=[3]),
            make_member("Z2", "赵某", away=[3]),
        ]

        rota = make_rota(make_case(make_days([3], 2), members))

        assert reasons(rota) == ["张某：本组当日可轮值的只有1人，本年已轮值0次，此前未轮值过"]
        problem = rota.problems[0]
        assert (problem.rule, problem.date, problem.needed, problem.reached) == (
            Rule.PLACES,
            the_15th(3),
            2,
            1,
        )
        assert sentences(rota) == [
            "3月15日第一代表小组需2人，可轮值1人（当日在任3人；请假2人：王某、赵某）。"
        ]

    def test_a_day_whose_people_count_elsewhere(self):
        members = [make_member("Z1", "张某"), make_member("X1", "张某", Level.COUNTY, group=2)]
        days = [*make_days([3], 1), *make_days([3], 2, group=2)]

        rota = make_rota(make_case(days, members, groups=(FIRST, SECOND)))

        assert sentences(rota) == [
            "3月15日第一代表小组需1人，可轮值0人（当日在任1人；当日在其他小组1人：张某）。",
            "3月15日第二代表小组需2人，可轮值1人（当日在任1人）。",
        ]

    def test_too_few_places_for_the_minimum_are_told_once_a_group(self):
        rota = make_rota(make_case(make_days([1, 2, 3], 2), FOUR, minimum=2))

        assert sentences(rota) == [
            "第一代表小组本年可排6人次，人人排到最低次数需8人次，还差2人次；"
            "未排到的2人：李某、赵某各1次（最低2次）。"
        ]
        assert rota.spread(1) == 1

    def test_somebody_seldom_there(self):
        members = [*FOUR[1:], make_member("X1", "张某", away=[1, 2, 3, 5, 6])]

        rota = make_rota(make_case(make_days(range(1, 7), 2), members, minimum=2))

        assert sentences(rota) == [
            "第一代表小组张某本年只能排到1次，少于最低2次：全年可轮值的只有1天。"
        ]

    def test_fixed_days_that_leave_no_room(self):
        fixed = [Day(1, the_15th(month), 1, DayState.FIXED, (Duty("Z1"),)) for month in (1, 2, 3)]

        rota = make_rota(make_case([*fixed, *make_days([4], 1)], FOUR[2:], minimum=2))

        assert names(rota) == ["王某", "王某", "王某", "赵某"]
        assert sentences(rota) == [
            "第一代表小组赵某本年只能排到1次，少于最低2次：除已举行和已固定的以外，可轮值的只有1天。"
        ]

    def test_others_who_need_the_same_days(self):
        fixed = [Day(1, the_15th(month), 1, DayState.FIXED, (Duty("Z3"),)) for month in (3, 4, 5)]
        members = [*FOUR[2:], make_member("Z3", "孙某")]

        rota = make_rota(make_case([*make_days([1, 2, 6], 1), *fixed], members, minimum=2))

        assert sentences(rota) == [
            "第一代表小组赵某本年只能排到1次，少于最低2次："
            "可轮值的3天名额都要留给其他须排到最低次数的代表。"
        ]

    def test_fixed_days_are_kept_and_what_fails_on_them_is_told(self):
        members = [
            make_member("Z1", "王某", end=datetime.date(2020, 3, 1)),
            make_member("Z2", "赵某", away=[3]),
            make_member("X3", "孙某", Level.COUNTY),
            make_member("Z3", "孙某"),
            make_member("X4", "周某", Level.COUNTY),
            make_member("Z4", "周某", group=2),
        ]
        duties = tuple(Duty(key) for key in ("Z1", "Z2", "X3", "Z3", "X4"))
        days = [
            Day(1, the_15th(3), 4, DayState.FIXED, duties),
            Day(2, the_15th(3), 1, DayState.FIXED, (Duty("Z4"),)),
        ]

        rota = make_rota(make_case(days, members, groups=(FIRST, SECOND)))

        assert names(rota) == ["王某、赵某、孙某、孙某、周某"]
        assert sentences(rota) == [
            "3月15日第一代表小组已固定的王某当日不是本组在任代表，请换人。",
            "3月15日第一代表小组已固定的赵某当日请假，请换人。",
            "3月15日第一代表小组已固定的孙某当日排了两次，请换人。",
            "3月15日第一代表小组已固定的周某当日还在其他小组轮值，请换人。",
            "3月15日第一代表小组已固定5人，多于名额4人。",
            "3月15日第二代表小组已固定的周某当日还在其他小组轮值，请换人。",
        ]


class TestSwap:
    def make_rota(self, **changes):
        return make_rota(replace(make_case(make_days([1, 2, 3, 4], 2), FOUR), **changes))

    def test_two_people_change_places(self):
        rota = self.make_rota()

        done = swap(rota, (the_15th(1), 1), "张某", (the_15th(2), 1), "赵某")

        assert names(done.rota) == ["赵某、王某", "李某、张某", "张某、王某", "李某、赵某"]
        assert done.effect == (
            "第一代表小组轮值次数相差仍为0次。",
            "张某由1月15日换到2月15日，与其他轮值最近相隔1个月（原为2个月）。",
            "赵某由2月15日换到1月15日，与其他轮值最近相隔3个月（原为2个月）。",
            "2月15日不再有镇代表。",
            "1月15日不再有县代表。",
        )
        assert [pick.reason for pick in done.rota.days[0].picks] == [
            "本年已轮值0次，此前未轮值过，与张某（2月15日）互换",
            "本年已轮值0次，此前未轮值过",
        ]
        assert done.rota.day(1, the_15th(3)).picks[0].reason == (
            "本年已轮值1次，距上次轮值1个月，与镇代表搭配"
        )

    def test_a_swapped_fixed_day_stays_fixed(self):
        fixed = Day(1, the_15th(1), 1, DayState.FIXED, (Duty("Z1"),))
        rota = make_rota(make_case([fixed, *make_days([2], 1)], FOUR[2:]))

        done = swap(rota, (the_15th(1), 1), "王某", (the_15th(2), 1), "赵某")

        assert done.rota.case.days[0] == replace(fixed, duties=(Duty("Z2"),))
        assert done.rota.days[0].picks[0].reason == "已固定，与王某（2月15日）互换"
        assert done.effect[1] == "王某由1月15日换到2月15日，没有其他轮值。"
        assert make_rota(done.rota.case).days[0].picks[0].name == "赵某"

    @pytest.mark.parametrize(
        ("first", "second", "why"),
        [
            ((1, "张某"), (1, "王某"), "两人在同一天轮值，不用互换。"),
            ((1, "张某"), (3, "张某"), "同一位代表的两次轮值不能互换。"),
            ((1, "李某"), (2, "赵某"), "1月15日的轮值名单中没有这位代表。"),
        ],
    )
    def test_what_is_no_swap_is_refused(self, first, second, why):
        rota = self.make_rota()

        with pytest.raises(SwapRefused) as refused:
            swap(rota, (the_15th(first[0]), 1), first[1], (the_15th(second[0]), 1), second[1])

        assert str(refused.value) == why

    def test_a_held_day_is_past(self):
        held = Day(1, the_15th(1), 1, DayState.HELD, (Duty("Z1"),))
        rota = make_rota(make_case([held, *make_days([2], 1)], FOUR[2:]))

        with pytest.raises(SwapRefused, match="1月15日已举行接待，不能再换人"):
            swap(rota, (the_15th(1), 1), "王某", (the_15th(2), 1), "赵某")

    @pytest.mark.parametrize(
        ("member", "why"),
        [
            (make_member("Z1", "王某", away=[2]), "王某2月15日请假，不能换到这一天。"),
            (
                make_member("Z1", "王某", end=datetime.date(2020, 2, 1)),
                "王某2月15日不是第一代表小组的在任代表，不能换到这一天。",
            ),
        ],
    )
    def test_the_hard_rules_hold(self, member, why):
        rota = make_rota(make_case(make_days([1, 2], 1), [member, FOUR[3]]))

        with pytest.raises(SwapRefused, match=f"^{why}$"):
            swap(rota, (the_15th(1), 1), "王某", (the_15th(2), 1), "赵某")

    def test_nobody_twice_on_one_day(self):
        rota = self.make_rota(members=FOUR[:3])

        assert names(rota)[:2] == ["张某、王某", "李某、王某"]
        with pytest.raises(SwapRefused, match="王某2月15日已经轮值，一天不能排两次"):
            swap(rota, (the_15th(1), 1), "王某", (the_15th(2), 1), "李某")

    def test_nobody_below_the_minimum_by_a_swap_between_groups(self):
        """Both delegates change from the first to the second group in March."""
        change = datetime.date(2020, 3, 1)
        members = [
            member
            for key, name in (("Z1", "王某"), ("Z2", "赵某"))
            for member in (
                make_member(key, name, end=change),
                make_member(key, name, group=2, start=change),
            )
        ]
        days = [*make_days([1, 2], 1), *make_days([3, 4], 1, group=2)]
        rota = make_rota(make_case(days, members, groups=(FIRST, SECOND), minimum=1))
        assert (names(rota, 1), names(rota, 2)) == (["王某", "赵某"], ["王某", "赵某"])

        with pytest.raises(SwapRefused) as refused:
            swap(rota, (the_15th(1), 1), "王某", (the_15th(4), 2), "赵某")

        assert str(refused.value) == "互换后王某在第一代表小组本年只轮值0次，少于最低1次。"
