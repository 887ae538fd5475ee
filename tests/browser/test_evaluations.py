"""The ballots on all units are entered on one page, told while typing what does not add up."""

import pytest

from tests import factory
from voters.models import UnitEvaluation


@pytest.mark.parametrize("window", ["page", "phone"])
def test_ballots_on_units_are_checked_while_typing(window, request, secretary, log_in, check_axe):
    screen = request.getfixturevalue(window)
    factory.make_ballot_scale(2017, thresholds=[("比较满意", 70, 90)])
    activity = factory.make_evaluation(present=45)
    units = [factory.make_arranged_unit(activity, factory.make_unit(n)) for n in ("甲站", "乙站")]
    log_in(screen, secretary)
    screen.goto(f"/unit-evaluations/activities/{activity.pk}/ballots/")
    told = screen.locator(f"[data-row='{units[0].pk}'] li")

    def fill(**numbers):
        for name, number in numbers.items():
            screen.locator(f"#id_{name}").fill(str(number))

    def row(unit, *numbers):
        names = ("ballots_valid", "satisfied", "basically_satisfied", "dissatisfied", "abstained")
        fill(**{f"{name}_{unit.pk}": n for name, n in zip(names, numbers, strict=True)})

    fill(others_present=5, ballots_issued=51, ballots_returned=48)
    row(units[0], 47, 36, 8, 1, 1)
    assert told.all_inner_texts() == [
        "发出票51张，多于参评50人。",
        "各等次和弃权合计46票，比有效票47张少1票。",
    ]
    check_axe(screen)
    fill(ballots_issued=50)
    row(units[0], 47, 36, 8, 1, 2)
    assert told.all_inner_texts() == [
        "合计47票，与有效票相符；无效票1张。",
        "满意率76.6%，前两个等次合计93.6%，结果：比较满意。",
    ]
    row(units[1], 48, 40, 8, 0, 0)
    screen.get_by_role("button", name="保存").click()
    screen.wait_for_url(f"**/unit-evaluations/activities/{activity.pk}/")

    assert list(UnitEvaluation.objects.order_by("pk").values_list("satisfied", flat=True)) == [
        36,
        40,
    ]
    assert screen.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    check_axe(screen)
