import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voters.recognition import most_similar, similar

EARLIER = [
    ("J001", "DG山主路安装路灯，主路无照明，夜间出行不安全。"),
    ("J002", "清理HJ河村部至码头公路边沟，边沟淤塞，雨水漫路。"),
    ("J003", "村里的路灯不亮，晚上看不见"),
]


@pytest.mark.parametrize(
    ("text_a", "text_b", "value"),
    [
        ("路灯不亮", "路灯不亮", 1.0),
        ("路灯不亮", "村口的路灯不亮，晚上黑", 1.0),
        ("路灯不亮", "安装路灯", 1 / 3),
        ("路灯", "灯路", 0.0),
        ("路，灯", "路灯", 0.0),
        ("ＨＪ河", "hj河没水", 1.0),
        ("水", "水", 1.0),
        ("𬱖家没水", "𬱖家停电", 1 / 3),
        ("", "路灯不亮", 0.0),
        ("，。", "，。", 0.0),
    ],
)
def test_similar_is_the_share_of_common_pairs_in_the_shorter_text(text_a, text_b, value):
    assert similar(text_a, text_b) == pytest.approx(value)


@settings(deadline=None, derandomize=True, database=None)
@given(st.text(), st.text())
def test_similar_is_symmetric_and_between_0_and_1(text_a, text_b):
    assert similar(text_a, text_b) == similar(text_b, text_a)
    assert 0 <= similar(text_a, text_b) <= 1


def test_most_similar_gives_the_likest_first():
    found = most_similar("路灯不亮，好久了", EARLIER)

    assert [key for key, _ in found] == ["J003", "J001"]


def test_most_similar_gives_no_more_than_asked():
    assert [key for key, _ in most_similar("路灯不亮", EARLIER, limit=1)] == ["J003"]
    assert most_similar("自来水停了", EARLIER) == []
