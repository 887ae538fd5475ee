"""What a cell of a roster may say, and the one way it is kept.

Each reader takes a cell that is not empty and gives the value; ``Unclear`` says in one sentence
what is wrong and what to do. Nothing is guessed that the cell does not tell.
"""

import datetime
import re
import unicodedata

from congress.cells import FIRST_YEAR, LAST_YEAR, plain
from congress.workbook_file import Cell, Unusable
from delegates.identity import check_identity
from delegates.models import Delegate, Level
from delegates.names import LONGEST_NAME, clean_name
from groups.models import Post

from .peoples import NATIONALITIES

LONGEST_TEXT = 100
NUMERALS = "零一二三四五六七八九"
TEXT_MARKS = "'’‘`"
#: Numbers that Excel shows as a date once the cell is formatted as one: years 1927 to 2064.
SERIAL_DAYS = range(10_000, 60_000)

_MONTH = re.compile(r"(\d{4})(?:[-./年])(\d{1,2})月?")
_DAY = re.compile(r"(\d{4})(?:[-./年])(\d{1,2})(?:[-./月])(\d{1,2})日?(?: 0?0:00(?::00)?)?")
_CHINESE_MONTH = re.compile(r"(\d{4})年([一二三四五六七八九十]{1,2})月")
_GROUP = re.compile(r"第?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:代表)?(?:小组|组)?")
_DASHES = re.compile(r"[-‐‑‒–—―－]")


class Unclear(ValueError):
    """The cell cannot be kept; the text says why and what to do."""


def squeezed(cell: Cell) -> str:
    """The text of a cell without any white space, digits and letters half-width."""
    return re.sub(r"\s", "", half_width(plain(cell)))


def half_width(text: str) -> str:
    """Full-width digits, letters and signs made plain; Han characters stay as they are."""
    return "".join(
        unicodedata.normalize("NFKC", character) if "\uff01" <= character <= "\uff5e" else character
        for character in text.replace("\u3000", " ")
    )


def read_text(cell: Cell) -> str:
    """Running text: line breaks and blanks between Han characters are layout, not content."""
    text = re.sub(r"\s+", " ", plain(cell).replace("\u3000", " ")).strip()
    text = re.sub(r"(?<=[^\x00-\xff]) (?=[^\x00-\xff])", "", text)
    if len(text) > LONGEST_TEXT:
        raise Unclear(f"文字超过{LONGEST_TEXT}字，请缩短。")
    return text


def read_card(cell: Cell) -> str:
    card = _DASHES.sub("-", squeezed(cell)).upper()
    if len(card) > 20:
        raise Unclear("代表证号最多20个字，请核对。")
    return card


def read_name(cell: Cell) -> str:
    if not isinstance(cell, str):
        raise Unclear("姓名应为文字，请核对是否错列。")
    try:
        name = clean_name(cell)
    except ValueError as error:
        raise Unclear(str(error)) from error
    if re.search(r"[()（）\[\]【】]", name):
        raise Unclear("姓名中有括号，请把括号里的说明移到备注。")
    if re.search(r"[0-9０-９]", name):
        raise Unclear("姓名中有数字，请核对。")
    if len(name) > LONGEST_NAME:
        raise Unclear(f"姓名最多{LONGEST_NAME}个字，请核对。")
    return name


def read_sex(cell: Cell) -> str:
    text = squeezed(cell).removesuffix("性")
    if text not in Delegate.Sex.values:
        raise Unclear("性别只能填男或女。")
    return text


def read_month(cell: Cell) -> datetime.date:
    """出生年月: the first day of the month."""
    if isinstance(cell, bool):
        raise Unclear("这里要填年月，如1975-03。")
    if isinstance(cell, datetime.date):
        return _day(cell.year, cell.month, 1)
    if isinstance(cell, int | float):
        return _month_of_number(cell)
    text = squeezed(cell).strip(TEXT_MARKS)
    if match := _DAY.fullmatch(text):
        return _day(*map(int, match.groups())).replace(day=1)
    if match := _MONTH.fullmatch(text):
        return _day(int(match[1]), int(match[2]), 1)
    if match := _CHINESE_MONTH.fullmatch(text):
        return _day(int(match[1]), numeral(match[2]), 1)
    return _month_of_digits(text)


def _month_of_number(number: float) -> datetime.date:
    """1975.3 is March; 1972.1 may be an October that lost its zero."""
    if float(number).is_integer():
        return _month_of_digits(str(int(number)))
    whole, _, part = repr(float(number)).partition(".")
    if len(whole) != 4 or len(part) > 2:
        raise Unclear("这里要填年月，如1975-03。")
    if part == "1":
        raise Unclear(f"{whole}.1分不清1月还是10月，请写成{whole}-01或{whole}-10。")
    return _day(int(whole), int(part), 1)


def _month_of_digits(text: str) -> datetime.date:
    if re.fullmatch(r"\d{6}", text):
        return _day(int(text[:4]), int(text[4:]), 1)
    if re.fullmatch(r"\d{8}", text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:])).replace(day=1)
    if re.fullmatch(r"\d{5}", text) and int(text) in SERIAL_DAYS:
        raise Unclear("像是没有设为日期格式的日期，请把单元格格式设为日期，或写成1975-03。")
    if re.fullmatch(r"\d{4}年?", text):
        raise Unclear("只有年份，请补上月份，如1975-03。")
    if re.match(r"\d{2}[-./年]", text):
        raise Unclear("年份要写四位，如1975-03。")
    raise Unclear("这里要填年月，如1975-03。")


def read_day(cell: Cell) -> datetime.date:
    if isinstance(cell, bool):
        raise Unclear("这里要填日期，如2016-12-18。")
    if isinstance(cell, datetime.date):
        return _day(cell.year, cell.month, cell.day)
    text = re.sub(r"\s+", " ", half_width(plain(cell))).strip().strip(TEXT_MARKS)
    if match := _DAY.fullmatch(text) or _DAY.fullmatch(text.replace(" ", "")):
        return _day(*map(int, match.groups()))
    if re.fullmatch(r"\d{8}", text):
        return _day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if re.fullmatch(r"\d{5}", text) and int(text) in SERIAL_DAYS:
        raise Unclear("像是没有设为日期格式的日期，请把单元格格式设为日期，或写成2016-12-18。")
    if _MONTH.fullmatch(text.replace(" ", "")) or re.fullmatch(r"\d{6}", text):
        raise Unclear("只有年月，请补上日，如2016-12-18。")
    raise Unclear("这里要填日期，如2016-12-18。")


def _day(year: int, month: int, day: int) -> datetime.date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unclear("年份不对，请核对。")
    if not 1 <= month <= 12:
        raise Unclear(f"没有{month}月，请核对。")
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise Unclear("没有这一天，请核对年、月、日。") from None


def read_phone(cell: Cell) -> str:
    """Digits only, without the country's 86."""
    text = squeezed(cell).strip(TEXT_MARKS)
    if re.search(r"[/、,，;；]", text):
        raise Unclear("只能填一个电话号码，其余的请移到备注。")
    if re.search(r"\d[eE]\+?\d", text):
        raise Unclear("号码已被Excel改成科学记数，请把单元格格式设为文本后重填。")
    digits = re.sub(r"[-()（）.+]", "", _DASHES.sub("-", text))
    if not digits.isascii() or not digits.isdecimal():
        raise Unclear("电话号码只能是数字，请核对。")
    if len(digits) == 13 and digits.startswith("861"):
        digits = digits[2:]
    if digits.startswith("1") and 9 <= len(digits) <= 13 and len(digits) != 11:
        raise Unclear(f"手机号码应为11位，这里有{len(digits)}位，请核对。")
    if not 5 <= len(digits) <= 20:
        raise Unclear("电话号码应为5至20位数字，请核对。")
    return digits


def read_ethnicity(cell: Cell) -> str:
    text = squeezed(cell)
    for name in (text, f"{text}族"):
        if name in NATIONALITIES:
            return name
    raise Unclear("没有这个民族，请写全称，如汉族。")


def read_party(cell: Cell) -> str:
    text = squeezed(cell)
    return {"党员": "中共党员", "中共": "中共党员", "共产党员": "中共党员", "团员": "共青团员"}.get(
        text, read_text(text)
    )


def read_level(cell: Cell) -> str:
    text = squeezed(cell).removesuffix("人大代表").removesuffix("代表").removesuffix("级")
    if text in ("县", "区", "市", "旗"):
        return Level.COUNTY
    if text in ("镇", "乡", "乡镇"):
        return Level.TOWN
    if re.fullmatch(r"[县镇乡]([、,，/和及][县镇乡])+", text):
        raise Unclear("县、镇两级代表请分两行写，各填各的代表证号和选区。")
    raise Unclear("代表层级只能填县或镇。")


def read_group(cell: Cell) -> int:
    match = _GROUP.fullmatch(squeezed(cell))
    number = numeral(match[1]) if match else 0
    if not number:
        raise Unclear("看不出是第几小组，请写成第一代表小组。")
    return number


def read_post(cell: Cell) -> str:
    text = squeezed(cell)
    post = {"": Post.MEMBER, "成员": Post.MEMBER, "联络员": Post.LIAISON}.get(text)
    found = post or next((value for value, label in Post.choices if label == text), None)
    if found is None:
        raise Unclear("组内职务只能填组长、副组长、联系员或组员。")
    return found


def read_status(cell: Cell) -> str:
    if squeezed(cell) in ("在任", "在职", "正常"):
        return "在任"
    raise Unclear("花名册只导入在任的代表；已终止、暂停的请在代表页面办理。")


def read_identity(cell: Cell) -> str:
    """18 characters whose last one checks the others (GB 11643)."""
    if isinstance(cell, int | float):
        raise Unclear("身份证号被存成了数字，末几位已丢失，请把单元格格式设为文本后重填。")
    try:
        return check_identity(squeezed(cell).strip(TEXT_MARKS))
    except ValueError as error:
        raise Unclear(str(error)) from None


def numeral(text: str) -> int:
    """1 to 99 in Arabic or Chinese numerals; 0 where it is none."""
    if text.isascii() and text.isdecimal():
        return int(text)
    tens, ten, units = text.rpartition("十")
    if not ten:
        return NUMERALS.find(units) if len(units) == 1 else 0
    found = [NUMERALS.find(part) for part in (tens or "一", units or "零")]
    return found[0] * 10 + found[1] if min(found) >= 0 else 0


def usable(cell: Cell) -> Cell:
    if isinstance(cell, Unusable):
        raise Unclear(cell.message)
    return cell
