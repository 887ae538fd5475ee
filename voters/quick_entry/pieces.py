"""The text cut into pieces, and what a piece says by its form alone: phone, persons, channel."""

import re
from collections.abc import Iterator
from functools import lru_cache

from congress.numerals import ordinal_numeral

SEPARATOR = r"\s\u200b\ufeff,、;"

_LABELS = {
    "name": "姓名|来访人|来访选民",
    "phone": "联系电话|手机号码|手机号|手机|电话号码|电话|tel",
    "village": "所在村|村名|村",
    "topic": "类别|类型|事项",
    "unit": "交办|转交|转办|交由|承办|主办|交|转",
    "persons": "来访人数|人数",
    "channel": "来访方式|方式",
}
UNIT_MARKS = frozenset(_LABELS["unit"].split("|"))
UNIT_MARK = re.compile(f"(?P<label>{_LABELS['unit']})(?P<value>[^:].*)")
UNIT_AT_END = re.compile(f"(?P<before>.+?)(?=(?:{_LABELS['unit']}):)(?P<unit>.+)")
LABELLED = re.compile(
    "(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LABELS.items())
    + "): *(?P<value>.+)"
)

_MOBILE = r"(?:(?:\+?86|0086)[- ]?)?1[- ]?[3-9](?:[- ]?[0-9]){9}"
_LANDLINE = (
    r"(?:\+?86[- ]?)?\(?(?P<area>010|02[0-9]|0[3-9][0-9]{2})\)?[- ]?"
    r"(?P<number>[0-9]{3,4}[- ]?[0-9]{4})(?:-(?P<extension>[0-9]{1,4}))?"
)
_LOCAL = r"[2-9][0-9]{2,3}-?[0-9]{4}"
_QUOTED_OR_GROUPED = (
    r"“[^”]*”|「[^」]*」|『[^』]*』|\"[^\"]*\"|(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"
)
PHONE_LABEL = re.compile(rf"(?:{_LABELS['phone']}):? *")
_PHONE = (
    rf"(?:(?:{_LABELS['phone']}):? *{_LOCAL}"
    rf"|(?:(?:{_LABELS['phone']}):? *)?(?:{_MOBILE}|{_LANDLINE}))"
)
_DATE = re.compile(r"(?:19|20)[0-9]{2}-?[0-9]{1,2}-?[0-9]{1,2}")
_NUMBER = re.compile(r"\+?[0-9][0-9-]{5,}")

_NUMERALS = {ordinal_numeral(number): number for number in range(1, 1000)}
_NUMERALS |= {"两": 2, "俩": 2, "两百": 200}
_COUNT = r"(?P<count>[1-9][0-9]{0,3}|[一二两俩三四五六七八九十百零]+)(?:个|名|位)?人"
_PERSONS = re.compile(rf"(?:等|共|一共|共计|总共|一行)?{_COUNT}次?")
_PERSONS_CAME = re.compile(rf"(?:一共|共)?来了?{_COUNT}")
PERSONS_AT_END = re.compile(rf"(?P<before>.+?)(?P<persons>等{_COUNT})")
MOBILE_AT_END = re.compile(r"(?P<before>[^0-9]+)(?P<phone>1[3-9][0-9]{9})")
MOBILE_AT_START = re.compile(r"(?P<phone>1[3-9][0-9]{9})(?P<after>[^0-9]+)")

#: The values are those of voters.models.Channel.
CHANNELS = {
    **dict.fromkeys(["当面", "来访", "当面反映"], "in_person"),
    **dict.fromkeys(["电话", "来电", "电话反映", "来电反映"], "phone"),
    **dict.fromkeys(["书面", "来信", "信件", "书面反映", "来信反映"], "written"),
    **dict.fromkeys(["入户", "走访", "入户走访"], "home"),
}

_VILLAGE_LIKE = re.compile(r"(?:\w{1,6})(?:村|社区|村委会)")
_NO_VILLAGE = re.compile(
    "[不没了的是有在]|^(?:我们?|你们?|他们?|咱们?|全|本|各|哪个|这个|进|出|农|外|邻)村"
)
#: What follows a village's name in an address: 上冲组.
PART_OF_VILLAGE = re.compile(r"\w{1,6}(?:组|队|屯|户|号)")


def label_of(match: re.Match) -> str:
    """The name of the kind that the label of a LABELLED match says."""
    return next(kind.upper() for kind in _LABELS if match[kind])


@lru_cache(maxsize=64)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern:
    end = rf"(?=$|[{SEPARATOR}])"
    known = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True))) or r"(?!)"
    return re.compile(
        rf"(?P<phone>{_PHONE}){end}"
        rf"|(?:(?:{'|'.join(_LABELS.values())}): *)?"
        rf"(?:(?:{known}){end}|(?:{_QUOTED_OR_GROUPED}|[^{SEPARATOR}])+)"
    )


def pieces(line: str, phrases: tuple[str, ...] = ()) -> Iterator[tuple[int, int, bool]]:
    """Start, end, and whether it is a phone by its form, of each piece of a folded line.

    ``phrases``: known names that have separators in them.
    """
    for match in _pattern(phrases).finditer(line):
        yield match.start(), match.end(), match["phone"] is not None


def phone_number(piece: str) -> str:
    """The eleven digits of a mobile; area-number or area-number-extension of a landline."""
    typed = PHONE_LABEL.sub("", piece)
    landline = re.fullmatch(_LANDLINE, typed)
    parts = landline.groups() if landline else [typed]
    return "-".join(re.sub("[^0-9]", "", part)[-11:] for part in parts if part)


def is_odd_number(piece: str) -> bool:
    """7–13 digits that are neither a telephone number nor a date."""
    digits = sum(character.isdigit() for character in piece)
    return bool(_NUMBER.fullmatch(piece)) and 7 <= digits <= 13 and not _DATE.fullmatch(piece)


def _count(match: re.Match | None) -> int | None:
    if not match:
        return None
    text = match["count"]
    return int(text) if text.isdecimal() else _NUMERALS.get(text)


def persons(piece: str) -> int | None:
    return _count(_PERSONS.fullmatch(piece))


def persons_came(piece: str) -> int | None:
    """来了3个人: a sentence, yet it says how many."""
    return _count(_PERSONS_CAME.fullmatch(piece))


def is_village_like(piece: str) -> bool:
    return bool(_VILLAGE_LIKE.fullmatch(piece)) and not _NO_VILLAGE.search(piece)
