"""A ledger meets a plan that was issued: what it changes is kept, with the reason."""

import pytest

from groups import planning
from groups.models import PlanChange

from .ledger_files import import_file, xx_town

pytestmark = pytest.mark.django_db


def test_what_a_ledger_changes_in_an_issued_plan_is_kept_with_its_reason(secretary):
    ledger = xx_town()
    import_file(ledger.file())
    planning.issue(by=secretary, year=2020, groups=[None])
    ledger.row("年度计划", 序号=9)["计划月份"] = 11
    ledger.row("年度计划", 序号=1)["责任人"] = "何长庚"
    ledger.add("年度计划", 12, 2020, None, "走访", "其他", 12, 1, "主席", None)
    import_file(ledger.file())

    told = PlanChange.objects.order_by("pk").values_list("item__number", "before", "after")
    assert list(told) == [
        (9, "计划月份：10月", "计划月份：11月"),
        (
            12,
            "",
            "序号：12\n项目：走访\n类型：其他\n组织者：全乡镇\n计划月份：12月\n"
            "计划数量：1\n责任人：主席",
        ),
    ]
    assert set(PlanChange.objects.values_list("reason", flat=True)) == {"导入台账"}
