"""Names of people: 民委发〔2016〕33号 and GB 18030—2022.

Up to 50 characters, any Han or other character that has a code point, the separator U+00B7. No
Unicode normalisation: it would change compatibility ideographs.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

LONGEST_NAME = 50

#: What clerks type for the separator of a name such as 艾力·吐尔逊.
SEPARATORS = "·•・．‧∙⋅.･᛫⸱⸳ꞏ●"
_SEPARATOR = re.compile(rf"\s*[{re.escape(SEPARATORS)}](?:\s*[{re.escape(SEPARATORS)}])*\s*")
_HAN_GAP = re.compile(r"(?<=[^\x00-\xff])\s+(?=[^\x00-\xff])")
_BLANKS = re.compile(r"\s+")
#: Letters and marks that show nothing: fillers of Hangul, blank of Braille, joiners of graphemes.
_FILLERS = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
#: They choose a form of the Han character before them (王芳󠄀) and are part of it.
_SELECTORS = re.compile(
    r"(?<![\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
)
#: Blocks of Han characters newer than the tables of Python 3.11: extensions I, H, J.
_NEWER_HAN = (range(0x2EBF0, 0x2EE5E), range(0x31350, 0x323B0), range(0x323B0, 0x3347A))
#: What stands in a name where somebody had no character, or hid it.
_STAND_INS = set("?？□■〓�*＊")

#: FE50 to FEA0 of GBK, which older systems keep for private use from U+E815 on (䶮 as U+E863) …
_OLD_PRIVATE = range(0xE815, 0xE865)
#: … and those of them that Python's table of GB 18030 leaves there.
_STILL_PRIVATE = {
    0xE816: "\U00020087",
    0xE817: "\U00020089",
    0xE818: "\U000200cc",
    0xE81E: "\u9fb4",
    0xE826: "\u9fb5",
    0xE82B: "\u9fb6",
    0xE82C: "\u9fb7",
    0xE831: "\U000215d7",
    0xE832: "\u9fb8",
    0xE83B: "\U0002298f",
    0xE843: "\u9fb9",
    0xE854: "\u9fba",
    0xE855: "\U000241fe",
    0xE864: "\u9fbb",
}


def _standard_of(private: int) -> str:
    if private in _STILL_PRIVATE:
        return _STILL_PRIVATE[private]
    place = private - _OLD_PRIVATE.start
    trail = 0x50 + place + (place >= 0x7F - 0x50)
    return bytes([0xFE, trail]).decode("gb18030")


_STANDARD = {code: _standard_of(code) for code in _OLD_PRIVATE}


def tidy_name(name: str) -> str:
    """The name without what nobody sees in it, its separator U+00B7; whatever else it holds."""
    name = _BLANKS.sub(" ", name).translate(_STANDARD)
    name = "".join(sign for sign in name if not _is_invisible(sign))
    name = _SELECTORS.sub("", name)
    name = _SEPARATOR.sub("·", name).strip(" ·")
    return _HAN_GAP.sub("", name)


def clean_name(name: str) -> str:
    """The name as it is kept. Raises ``ValueError``: which character it cannot hold, and where."""
    name = tidy_name(name)
    for place, sign in enumerate(name, 1):
        if why := _objection(sign):
            raise ValueError(f"姓名第{place}个字{why}")
    return name


def _is_invisible(sign: str) -> bool:
    return sign in _FILLERS or unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp")


def _objection(sign: str) -> str:
    code = ord(sign)
    category = unicodedata.category(sign)
    if sign in _STAND_INS:
        return f"是“{sign}”，不是姓名用字，请填写原字。"
    if category == "Co":
        return (
            f"（U+{code:04X}）是本机的造字，别的电脑显示不出来；"
            "请改用标准汉字，没有标准汉字的写身份证上的替代字。"
        )
    if category == "Cs" or (category == "Cn" and not any(code in new for new in _NEWER_HAN)):
        return f"（U+{code:04X}）不是文字，请删去后重填。"
    return ""


def _cleaned(name: str) -> str:
    try:
        return clean_name(name)
    except ValueError as error:
        raise ValidationError(str(error), code="name") from error


class NameFormField(forms.CharField):
    """Cleans before it counts; a browser counts characters of four bytes twice."""

    def to_python(self, value):
        return _cleaned(super().to_python(value))

    def widget_attrs(self, widget) -> dict:
        attributes = super().widget_attrs(widget)
        if "maxlength" in attributes:
            attributes["maxlength"] = str(2 * self.max_length)
        return attributes


class NameField(models.CharField):
    """A person's name, the same on every way in; to the database a ``CharField``."""

    def clean(self, value, model_instance):
        return super().clean(_cleaned(value or ""), model_instance)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": NameFormField, **kwargs})

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
