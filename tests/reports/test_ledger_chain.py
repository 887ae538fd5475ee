"""Findings and recommendations of the ledger, one a line, and what the pages added to them."""

import pytest

from groups.models import Activity
from tests.factory import make_topic
from voters.actions import take_up_recommendation

from .ledger_files import errors_of, import_file, xx_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger():
    """The demonstration year, imported; the summer inspection's recommendations have addressees."""
    ledger = xx_town()
    import_file(ledger.file())
    for number, line in enumerate(summer().recommendations.all(), 1):
        line.addressee = f"对象{number}"
        line.save()
    return ledger


def summer():
    return Activity.objects.get(number="2020-H03")


def recommendations():
    return list(summer().recommendations.values_list("addressee", "text"))


FIRST, SECOND, THIRD = (
    "施工单位要做到安全文明施工。",
    "镇政府要妥善处理好沿途群众关系。",
    "有关部门要做好拆迁户的安置。",
)


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ([FIRST, SECOND, THIRD], [("对象1", FIRST), ("对象2", SECOND), ("对象3", THIRD)]),
        ([THIRD, FIRST, SECOND], [("对象3", THIRD), ("对象1", FIRST), ("对象2", SECOND)]),
        ([SECOND, THIRD], [("对象2", SECOND), ("对象3", THIRD)]),
        (
            [FIRST, "新的。", SECOND, THIRD],
            [("对象1", FIRST), ("", "新的。"), ("对象2", SECOND), ("对象3", THIRD)],
        ),
        ([FIRST, "改正的。", THIRD], [("对象1", FIRST), ("对象2", "改正的。"), ("对象3", THIRD)]),
        (["新的。"], [("", "新的。")]),
    ],
)
def test_addressees_stay_with_the_text_that_stands(ledger, texts, kept):
    ledger.row("活动", 活动编号="2020-H03")["建议"] = "\n".join(texts)

    import_file(ledger.file())

    assert recommendations() == kept
    assert import_file(ledger.file())["活动"] == (0, 0, 4)


def test_a_recommendation_that_was_taken_up_is_not_dropped(ledger, office):
    line = summer().recommendations.get(text=SECOND)
    take_up_recommendation(
        user=office, recommendation=line, topic=make_topic(), title="沿途群众", summary=SECOND
    )
    row = ledger.row("活动", 活动编号="2020-H03")
    row["建议"] = f"{FIRST}\n{THIRD}"

    (error,) = errors_of(ledger)

    assert error.endswith(f"“{SECOND}”已经落实或转办，不能去掉，请保留这一行。")
    assert len(recommendations()) == 3


def test_steps_keep_what_the_pages_added(ledger):
    activity = Activity.objects.get(number="2020-H01")
    follow_up, sent = activity.follow_ups.get(), activity.transmissions.get()
    follow_up.answers, follow_up.result = sent, "done"
    follow_up.save()

    summary = import_file(ledger.file())

    follow_up.refresh_from_db()
    assert (follow_up.answers, follow_up.result) == (sent, "done")
    assert summary["转送与后续"][:2] == (0, 0)
