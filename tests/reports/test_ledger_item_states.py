"""Items that moved in the program go through the ledger unchanged; it moves them no further."""

import pytest

from delegates.models import Mandate
from tests.factory import day
from voters.actions import take_step
from voters.models import FeedbackItem, FeedbackStep

from .ledger_files import (
    cells_of,
    errors_of,
    exported,
    import_file,
    item,
    reception,
    small_town,
    visit,
)
from .test_ledger_corners import ASSIGNED, ITEMS, REPLIED

pytestmark = pytest.mark.django_db

#: Number of the item, its state in the ledger, and the steps it takes in the program.
LIVES = {
    "2020-J001": ("交办", [("sign", {"signed_on": day("2020-03-18")})]),
    "2020-J002": ("已答复", [("inform", {"voter_untold_reason": "匿名反映"})]),
    "2020-J003": (
        "登记",
        [
            (
                "answer_on_spot",
                {"replied_on": day("2020-03-18"), "outcome": "D", "reply": "已经说明。"},
            )
        ],
    ),
    "2020-J004": ("交办", [("send_back", {"return_kind": "other"})]),
    "2020-J005": (
        "登记",
        [("escalate", {"escalated_to": "县水务局", "due_on": day("2020-06-01")})],
    ),
    "2020-J006": ("登记", [("merge", {"follows": "2020-J001"})]),
    "2020-J007": ("登记", [("suggest", {"proposers": None})]),
    "2020-J008": ("办结", [("unclose", {})]),
    "2020-J009": ("不予受理", []),
    "2020-J010": ("登记", []),
}


@pytest.fixture
def office(office, set_today):
    set_today("2020-03-18")
    return office


@pytest.fixture
def moved(office):
    """A town whose items came by the ledger and then moved in the program."""
    ledger = small_town()
    reception(ledger)
    visit(ledger)
    for number, (state, _) in LIVES.items():
        item(ledger, number, state=state, **ITEMS[state])
    import_file(ledger.file())
    for number, (_, steps) in LIVES.items():
        for step, values in steps:
            if "follows" in values:
                values = {"follows": FeedbackItem.objects.get(number=values["follows"])}
            if "proposers" in values:
                values = {"proposers": [Mandate.objects.first()]}
            moving = FeedbackItem.objects.get(number=number)
            take_step(user=office, item=moving, step=step, note="说明", **values)
    return ledger


def test_items_of_every_state_come_back_unchanged(moved):
    states = FeedbackItem.objects.filter(visit__isnull=False).order_by("number")
    assert list(states.values_list("state", flat=True)) == [
        "signed",
        "told",
        "on_spot",
        "returned",
        "escalated",
        "merged",
        "suggested",
        "told",
        "rejected",
        "registered",
    ]
    before = list(FeedbackItem.objects.order_by("pk").values())
    entries = FeedbackStep.objects.count()
    file = exported()
    cells = cells_of(file)
    file.seek(0)

    assert import_file(file)["意见建议"] == (0, 0, 10)

    assert list(FeedbackItem.objects.order_by("pk").values()) == before
    assert FeedbackStep.objects.count() == entries
    assert cells_of(exported()) == cells


NO_COLUMN = "台账没有这种状态所需的栏目。请先按登记或交办导入，再在该条意见建议的页面上办理。"


@pytest.mark.parametrize("state", ["签收", "退回", "上报", "并案", "转为代表建议"])
def test_a_new_item_does_not_begin_in_a_state_without_columns(state):
    ledger = small_town()
    reception(ledger)
    visit(ledger)
    item(ledger, state=state)

    assert errors_of(ledger) == [f"意见建议 第2行 “状态”（填的是“{state}”）：{NO_COLUMN}"]


@pytest.mark.parametrize(
    ("number", "cells", "told"),
    [
        (
            "2020-J004",
            {"状态": "办理中"},
            "该条现为“退回”，不能由台账改变状态，请在该条的页面上办理。",
        ),
        (
            "2020-J005",
            {"状态": "办理中"},
            "该条现为“上报”，不能由台账改变状态，请在该条的页面上办理。",
        ),
        (
            "2020-J001",
            REPLIED | {"状态": "已答复"},
            "有其他意见建议并入该条，请在该条的页面上答复，以便一并答复。",
        ),
        ("2020-J010", {"状态": "并案"}, NO_COLUMN),
    ],
)
def test_what_the_ledger_cannot_move_is_refused_at_its_state(moved, number, cells, told):
    row = moved.row("意见建议", 编号=number)
    place = moved["意见建议"].index(row) + 2
    row.update(cells)

    expected = f"意见建议 第{place}行 “状态”（填的是“{cells['状态']}”）：{told}"
    assert expected in errors_of(moved)


def test_dissatisfied_with_the_way_alone_is_handled_again():
    ledger = small_town()
    reception(ledger)
    visit(ledger)
    again = {"过程满意度": "不满意", "结果满意度": "满意"}
    item(ledger, state="重新办理", **ITEMS["重新办理"] | again)

    assert import_file(ledger.file())["意见建议"] == (1, 0, 0)


def test_an_extension_of_the_ledger_counts_as_one():
    ledger = small_town()
    reception(ledger)
    visit(ledger)
    item(ledger, "2020-J001", state="办理中", **ITEMS["办理中"])
    item(ledger, "2020-J002", state="重新办理", **ITEMS["重新办理"])
    item(ledger, "2020-J003", state="交办", **ASSIGNED)
    import_file(ledger.file())

    times = FeedbackItem.objects.order_by("number").values_list("extended_times", flat=True)
    assert list(times) == [1, 0, 0]
