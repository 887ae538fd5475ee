"""What of a number and of a name is shown (domain reference F.3)."""

import pytest

from congress.privacy import (
    masked,
    masked_identity,
    masked_name,
    without_personal_numbers,
    without_phones,
)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("138 1234-1234", "138****1234"),
        ("+86 13812341234", "138****1234"),
        ("05561234567", "****567"),
        ("0556-1234567", "****567"),
        ("7654321", "****321"),
        ("", ""),
    ],
)
def test_a_mobile_shows_three_and_four_a_landline_the_last_three(phone, shown):
    assert masked(phone) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三丰", "张**"),
        ("张三", "张**"),
        ("欧阳天佑", "欧阳**"),
        ("欧阳", "欧**"),
        ("阿卜杜拉·买买提", "阿**"),
        ("司马义·铁力瓦尔地", "司**"),
        ("𬱖某", "𬱖**"),
        ("匿名群众", "匿名"),
        ("", ""),
    ],
)
def test_a_name_shows_the_surname(name, shown):
    assert masked_name(name) == shown


def test_an_identity_number_keeps_its_eighteen_cells():
    assert masked_identity("110101199003071234") == "110***********1234"
    assert masked_identity("") == ""


def test_numbers_in_a_text():
    text = "打13812341234、138-1234-1234或0556-1234567，证110101199003071234，2020-J001"

    assert without_phones("打13812341234、0556-1234567") == "打138****1234、****567"
    assert without_personal_numbers(text) == (
        "打138****1234、138****1234或****567，证110***********1234，2020-J001"
    )
    assert without_phones("文号2020081513812341234") == "文号2020081513812341234"
