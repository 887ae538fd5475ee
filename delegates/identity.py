"""身份证号 (GB 11643—1999): eighteen characters, of which the last one checks the others."""

import datetime
import re

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def check_identity(text: str) -> str:
    """The number as it is kept. Raises ``ValueError``: what is wrong and what to do."""
    number = re.sub(r"\s", "", text).translate(_HALF_WIDTH).upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise ValueError("身份证号应为18位，请核对。")
    weighted = sum(int(digit) * (1 << (17 - place)) for place, digit in enumerate(number[:17]))
    if "10X98765432"[weighted % 11] != number[17]:
        raise ValueError("校验码不符，请核对身份证号。")
    try:
        datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise ValueError("身份证号中的出生日期不对，请核对。") from None
    return number


def month_of(number: str) -> datetime.date:
    """出生年月: the first day of the month."""
    return datetime.date(int(number[6:10]), int(number[10:12]), 1)


def disagreements(number: str, birth_month: datetime.date, sex: str) -> dict[str, str]:
    """What the number says otherwise, by ``birth_month`` and ``sex``."""
    found = {}
    told = month_of(number)
    if (told.year, told.month) != (birth_month.year, birth_month.month):
        found["birth_month"] = (
            f"与身份证号不一致：身份证号写的是{told.year}年{told.month}月，请核对。"
        )
    if ("女", "男")[int(number[16]) % 2] != sex:
        found["sex"] = "与身份证号不一致，请核对。"
    return found
