"""Names as they are read: pinyin and its initials, with every reading of every character.

``search_key`` is kept beside a name and compared with what somebody typed: characters, pinyin with
or without tones and blanks, initials, or both mixed (wangxm). Readings of surnames come first.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import combinations, islice, product

from django.db.models import Case, Q, When
from pypinyin import Style, pinyin

from .names import SEPARATORS

_READINGS_OF_SURNAMES = """
单:shan 仇:qiu 曾:zeng 解:xie 查:zha 盖:ge 朴:piao 区:ou 翟:zhai 种:chong
乐:yue 员:yun 贠:yun 缪:miao 覃:qin 秘:bi 折:she 黑:he 洗:xian 召:shao
句:gou 隗:wei 祭:zhai 繁:po 都:du 卜:bu 郇:xun 乜:nie 佴:nai 适:kuo
么:yao 不:fou 颉:xie 粘:nian 阚:kan 薄:bo 澹:tan 藏:zang 术:zhu
"""
#: Readings of single characters as a surname, where they differ from the usual one.
_SURNAMES = dict(pair.split(":") for pair in _READINGS_OF_SURNAMES.split())
#: Surnames of two characters that are read otherwise than their characters.
_COMPOUND = {
    "单于": ("chan", "yu"),
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"),
    "令狐": ("ling", "hu"),
    "宰父": ("zai", "fu"),
}
#: Before a form that begins the name, read as it most likely is; before all other forms.
BEGINS, WITHIN = "^", "~"
#: A name with many characters of several readings is found by this many of their ways at most.
MOST_WAYS = 64
#: Up to this many characters pinyin and initials may be mixed.
MOST_MIXED = 4

_TONED_U = str.maketrans(dict.fromkeys("üǖǘǚǜÜǕǗǙǛ", "v"))
_BETWEEN = re.compile(rf"[\s{re.escape(SEPARATORS)}]+")
_LEFT_OUT = re.compile(rf"[\s'’‘`\-^~{re.escape(SEPARATORS)}]")
_WORD = re.compile(r"[a-z0-9]+|.", re.DOTALL)


def fold(text: str) -> str:
    """What is compared of a name or of what was typed: lower case, no tones, no separators.

    Compatibility ideographs and variants count as the character they stand for.
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", text).translate(_TONED_U))
    plain = (sign for sign in unicodedata.normalize("NFKD", text.casefold()))
    kept = "".join(sign for sign in plain if not unicodedata.category(sign).startswith("M"))
    return _LEFT_OUT.sub("", kept)


@lru_cache(maxsize=10_000)
def readings(character: str) -> tuple[str, ...]:
    """All readings of a character without tones, the usual one first; ü is v. None if unknown."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(each for each in found[0] if each.isascii()) if found else ()


def initials_as_read(text: str) -> str:
    """The first letters as phrases are read: 重庆李 is cql. Latin stretches stay whole."""
    return "".join(part[0] for part in pinyin(text, style=Style.FIRST_LETTER))


def spelled(name: str) -> list[str]:
    """The name as it is most likely read, a part for each character or Latin word."""
    return [ways[0] for ways in _ways_of_parts(name)[1]]


def search_key(name: str) -> str:
    """All forms under which a name is found, each after ``BEGINS`` or ``WITHIN``."""
    parts, ways = _ways_of_parts(name)
    likely = [each[0] for each in ways]
    begins = {"".join(parts), *_mixed(likely)}
    within = set()
    for start in range(len(parts)):
        within |= {"".join(parts[start:]), *_mixed(likely[start:])}
        for way in islice(_all_ways(ways[start:]), MOST_WAYS):
            within |= set(_mixed(way))
    within = {form for form in within if not any(each.startswith(form) for each in begins)}
    return "".join(
        f"{mark}{form}"
        for mark, forms in ((BEGINS, begins), (WITHIN, within))
        for form in _without_beginnings(forms)
    )


def _ways_of_parts(name: str) -> tuple[list[str], list[tuple[str, ...]]]:
    """The characters and Latin words of a name, and how each may be read, likeliest first."""
    parts = [part for word in _BETWEEN.split(name) for part in _WORD.findall(fold(word))]
    ways = [_ways(part) for part in parts]
    surname = _COMPOUND.get("".join(parts[:2]), ()) if len(parts) > 2 else ()
    if not surname and parts and parts[0] in _SURNAMES:
        surname = (_SURNAMES[parts[0]],)
    for place, way in enumerate(surname):
        ways[place] = (way, *(each for each in ways[place] if each != way))
    return parts, ways


def _ways(part: str) -> tuple[str, ...]:
    """The readings of a character, ü also as u and yu; Latin words and unknown ones as they are."""
    ways = []
    for reading in readings(part) if len(part) == 1 and not part.isascii() else ():
        ways.append(reading)
        if "v" in reading:
            ways += [reading.replace("v", "u"), reading.replace("v", "yu")]
    return tuple(dict.fromkeys(ways)) or (part,)


def _all_ways(ways: list[tuple[str, ...]]) -> Iterator[list[str]]:
    """All ways to read the whole, those first that differ least from the likeliest one."""
    several = [place for place, each in enumerate(ways) if len(each) > 1]
    for differing in range(len(several) + 1):
        for places in combinations(several, differing):
            for others in product(*(ways[place][1:] for place in places)):
                way = [each[0] for each in ways]
                for place, other in zip(places, others, strict=True):
                    way[place] = other
                yield way


def _initial(way: str) -> str:
    return way[:1]


def _mixed(ways: list[str]) -> list[str]:
    if len(ways) > MOST_MIXED:
        return ["".join(ways), "".join(map(_initial, ways))]
    return ["".join(each) for each in product(*((way, _initial(way)) for way in ways))]


def _without_beginnings(forms: set[str]) -> list[str]:
    """Only forms with which no other one begins: who types a beginning finds the longer one."""
    kept: list[str] = []
    for form in sorted(forms, reverse=True):
        if form and not (kept and kept[-1].startswith(form)):
            kept.append(form)
    return kept


def by_name(path: str = "") -> Callable[[str], Q]:
    """For the search of a list: which records name, at this path, a person who is called so."""
    field = f"{path}__name_key" if path else "name_key"

    def called(word: str) -> Q:
        typed = fold(word)
        if not typed:
            return Q(pk__in=[])
        return Q(**{f"{field}__contains": BEGINS + typed}) | Q(
            **{f"{field}__contains": WITHIN + typed}
        )

    return called


def best_first(words: str) -> Case:
    """Order of people found: whose name begins with what was typed, then the others."""
    typed = BEGINS + fold(words)
    return Case(When(name_key__contains=typed, then=0), default=1)
