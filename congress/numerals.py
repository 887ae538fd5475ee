"""Numbers, dates and lists as official Chinese writes them.

Terms, sessions and groups take Chinese numerals, counts and dates Arabic ones (GB/T 15835);
lists follow GB/T 15834.
"""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
STOPS = "。！？；：，、"
# A mark that closes one list item and a mark that opens the next already part them.
CLOSING_MARKS = "》”"
OPENING_MARKS = "《“"


def ordinal_numeral(number: int) -> str:
    """0–9999 in Chinese numerals: 15 → 十五, 105 → 一百零五."""
    if not 0 <= number <= 9999:
        raise ValueError(f"ordinal_numeral() writes 0–9999, not {number}")
    if number == 0:
        return DIGITS[0]
    text, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (DIGITS[0] if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return text[1:] if 10 <= number <= 19 else text


def quantity(number: int) -> str:
    """A Chinese numeral before a measure word: 两 for 2 (两项制度)."""
    return "两" if number == 2 else ordinal_numeral(number)


def ordinal(number: int) -> str:
    """第十五."""
    return f"第{ordinal_numeral(number)}"


def term_name(term: int) -> str:
    """十五届."""
    return f"{ordinal_numeral(term)}届"


def session_name(term: int, session: int) -> str:
    """十五届人大四次会议."""
    return f"{term_name(term)}人大{ordinal_numeral(session)}次会议"


def group_name(group: int) -> str:
    """第一代表小组."""
    return f"{ordinal(group)}代表小组"


def section_number(number: int) -> str:
    """Heading of the first level: 一、."""
    return f"{ordinal_numeral(number)}、"


def subsection_number(number: int) -> str:
    """Heading of the second level: （一）."""
    return f"（{ordinal_numeral(number)}）"


def point_number(number: int) -> str:
    """Ordinal inside running text: 一是."""
    return f"{ordinal_numeral(number)}是"


def month_day(day: date) -> str:
    """7月15日."""
    return f"{day.month}月{day.day}日"


def full_date(day: date) -> str:
    """2020年9月3日."""
    return f"{day.year}年{month_day(day)}"


def weekday(day: date) -> str:
    """周三."""
    return f"周{'一二三四五六日'[day.weekday()]}"


def approximate(number: int) -> str:
    """A count rounded down with 余, or the exact figure where 余 would not be true.

    Below 20 exact; 20–99 by tens; 100–999 by hundreds where less than 50 is left, else by
    tens; from 1000 by hundreds. Just the round number itself takes no 余.
    """
    if number < 20:
        return str(number)
    unit = 10 if number < 100 or (number < 1000 and number % 100 >= 50) else 100
    base = number - number % unit
    return str(number) if base == number else f"{base}余"


def percent(part: int, whole: int) -> str:
    """Percentage with at most one decimal, never rounded up to 100% nor down to 0%."""
    if whole <= 0:
        raise ValueError("percent() needs a whole above zero")
    exact = Decimal(part) * 100 / Decimal(whole)
    value = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if value == 100 and part < whole:
        value = Decimal("99.9")
    if value == 0 and part > 0:
        value = Decimal("0.1")
    return f"{value}%" if value % 1 else f"{int(value)}%"


def listing(items: Iterable[str], last: str = "") -> str:
    """Items joined by 、, with `last` (和, 及) before the last one.

    Between two quoted or titled items stands no 、 (GB/T 15834): 《代表法》《选举法》.
    """
    items = list(items)
    text = ""
    for index, item in enumerate(items):
        if index == 0:
            text = item
        elif last and index == len(items) - 1:
            text += last + item
        elif text.endswith(tuple(CLOSING_MARKS)) and item.startswith(tuple(OPENING_MARKS)):
            text += item
        else:
            text += "、" + item
    return text


def title_marks(title: str) -> str:
    """A title in 《》; marks already inside become 〈〉."""
    title = title.strip()
    if title.startswith("《") and title.endswith("》") and title.count("《") == 1:
        return title
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def quoted(text: str) -> str:
    """Text in “”; quotation marks already inside become ‘’."""
    text = text.strip()
    if text.startswith("“") and text.endswith("”") and text.count("“") == 1:
        return text
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def without_stop(text: str) -> str:
    """Text without the stops at its end, to stand inside a sentence."""
    return text.strip().rstrip(STOPS)


def as_sentence(text: str) -> str:
    """Text that ends with one full stop."""
    text = text.strip()
    if not text or text.endswith(("。", "！", "？", "。”", "！”", "？”")):
        return text
    return text.rstrip("；，、：") + "。"
