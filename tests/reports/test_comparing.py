"""What two texts have in common, and what was put in and taken out."""

import itertools
import random
import time

import pytest

from reports.drafting.comparing import DELETED, INSERTED, SAME, Change, compare


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ("", "", ()),
        ("同样。", "同样。", (Change(SAME, "同样。"),)),
        ("", "新的。", (Change(INSERTED, "新的。"),)),
        (
            "今年,镇人大",
            "今年，镇人大",
            (
                Change(SAME, "今年"),
                Change(DELETED, ","),
                Change(INSERTED, "，"),
                Change(SAME, "镇人大"),
            ),
        ),
        (
            "甲。共20名代表参加。乙。",
            "甲。共21名代表参加。乙。",
            (
                Change(SAME, "甲。共2"),
                Change(DELETED, "0"),
                Change(INSERTED, "1"),
                Change(SAME, "名代表参加。乙。"),
            ),
        ),
        (
            "开展视察。",
            "走村入户听民意。",
            (
                Change(DELETED, "开展视察。"),
                Change(INSERTED, "走村入户听民意。"),
            ),
        ),
        (
            "一。二。三。",
            "一。三。",
            (Change(SAME, "一。"), Change(DELETED, "二。"), Change(SAME, "三。")),
        ),
    ],
)
def test_changes(before, after, changes):
    assert compare(before, after) == changes


def test_both_texts_can_be_read_from_the_changes():
    chance = random.Random(7)
    signs = "镇人大代表，。；\n12“”"
    for _ in range(200):
        before, after = ("".join(chance.choices(signs, k=chance.randrange(40))) for _ in "ab")
        changes = compare(before, after)
        assert "".join(each.text for each in changes if each.kind != INSERTED) == before
        assert "".join(each.text for each in changes if each.kind != DELETED) == after
        kinds = [each.kind for each in changes]
        assert all(one != other for one, other in itertools.pairwise(kinds))


def test_a_whole_report_is_compared_at_once():
    sentences = [f"第{number}条意见建议由相关单位办理，已告知选民。" for number in range(600)]
    other = [*sentences[:300], "新写的一句。", *sentences[301:]]

    started = time.perf_counter()
    changes = compare("".join(sentences), "".join(other))

    assert len([each for each in changes if each.kind != SAME]) == 2
    assert time.perf_counter() - started < 2
