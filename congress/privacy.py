"""What is shown only in part (house rule of domain reference F.3).

| What | Shown | Example |
|---|---|---|
| mobile number | first 3, last 4 | 138****1234 |
| landline | last 3 | ****567 |
| 身份证号 | first 3, last 4, 18 cells | 110***********1234 |
| name | surname, also of two characters | 张**, 欧阳** |
| name with · | first character | 阿** |
| no name given | as it is | 匿名 |

``without_personal_numbers`` does so with all numbers inside a free text. Who sees what in full
stands in ``voters.masking``.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

from .roles import sees_voter_contact

Told = TypeVar("Told")

_MOBILE = re.compile(r"(?:\+?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})")
_LANDLINE = r"(?:0[0-9]{2,3}[- ]?|[(（]0[0-9]{2,3}[)）] ?)[0-9]{7,8}"
_PHONE = re.compile(
    rf"(?<![0-9])(?:{_MOBILE.pattern.replace('(1', '(?:1').replace('([', '(?:[')}|{_LANDLINE})"
    r"(?![0-9])"
)
_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx](?![0-9])")

#: Surnames of two characters (百家姓, and those in use beside it).
_COMPOUND_SURNAMES = re.compile(
    "欧阳|上官|司马|司徒|诸葛|夏侯|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|轩辕|端木|百里|东郭|南宫|西门|"
    "独孤|南门|呼延|闻人|澹台|公冶|宗政|濮阳|淳于|单于|太叔|申屠|仲孙|钟离|鲜于|闾丘|司空|司寇|亓官|子车|"
    "颛孙|巫马|公西|漆雕|乐正|壤驷|公良|拓跋|夹谷|宰父|谷梁|段干|东野|左丘|梁丘|第五|赫连|公羊|万俟"
)
ANONYMOUS = "匿名"
_SEPARATORS = "·•・.．"


def masked(phone: str) -> str:
    """A telephone number with its middle hidden: 138****1234; of a landline the last three."""
    mobile = _MOBILE.fullmatch(phone.strip())
    if mobile:
        return f"{mobile[1]}****{mobile[3]}"
    digits = re.sub(r"[^0-9]", "", phone)
    return f"****{digits[-3:]}" if phone.strip() else ""


def masked_identity(number: str) -> str:
    """110***********1234."""
    return f"{number[:3]}{'*' * 11}{number[-4:]}" if number else ""


def masked_name(name: str) -> str:
    """张**; who gave no name stays 匿名."""
    name = name.strip()
    if not name or ANONYMOUS in name:
        return ANONYMOUS if name else ""
    is_compound = _COMPOUND_SURNAMES.match(name) and len(name) > 2
    surname = 2 if is_compound and not set(name) & set(_SEPARATORS) else 1
    return f"{name[:surname]}**"


def without_phones(text: str) -> str:
    """The text with every telephone number in it masked."""
    return _PHONE.sub(lambda found: masked(found[0]), text)


def without_personal_numbers(text: str) -> str:
    """The text with every telephone number and 身份证号 in it masked."""
    return without_phones(_IDENTITY.sub(lambda found: masked_identity(found[0]), text))


def text_shown_to(user, text: str) -> str:
    """A free text: the numbers in it are for those who may call the voter."""
    return text if not text or sees_voter_contact(user) else without_personal_numbers(text)


def texts_shown_to(user, records: Iterable[Told], *fields: str) -> list[Told]:
    """Records with these texts as the user may read them. To be shown, not to be saved."""
    records = list(records)
    for record in records:
        for field in fields:
            setattr(record, field, text_shown_to(user, getattr(record, field)))
    return records
