"""Typing put right on saving, by GB/T 15834 and 15835: a table of rules, each with its name.

Names are never touched: no rule changes a Han character that could be part of one, nor the dot
or the space inside it. To put right what was put right changes nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

HAN = r"[\u3400-\u9fff\U00020000-\U0003ffff]"
#: Latin letters, digits and the per cent sign typed at full width.
HALF_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
HALF_WIDTH |= {code: code - 0xFEE0 for code in (*range(0xFF41, 0xFF5B), ord("％"))}
FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
#: No reader ever sees them: control characters, and what Unicode reserves for programs (the marks
#: of ``reports.marks`` are among them).
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
#: Behind a number that is told with 余: 20余名, 100余人次.
_MEASURE = r"(?:名|位|人次|人|条|件|个|次|户|家|处|亩|公里|万元|元)"

Replacement = str | Callable[[re.Match], str]


@dataclass(frozen=True)
class Rule:
    """``name`` tells the reader what was put right."""

    name: str
    pattern: re.Pattern
    replacement: Replacement

    def applied(self, text: str) -> str:
        return self.pattern.sub(self.replacement, text)


def _rule(name: str, pattern: str, replacement: Replacement) -> Rule:
    return Rule(name, re.compile(pattern, re.MULTILINE), replacement)


def _widened(match: re.Match) -> str:
    return match[0].translate(FULL_WIDTH)


def _range(match: re.Match) -> str:
    """10～20人, 2020—2025年; a code or a score is no range."""
    first, last = match["first"], match["last"]
    if float(first) >= float(last) or any(re.match(r"0\d", each) for each in (first, last)):
        return match[0]
    years = len(first) == len(last) == 4 and match["end"] == "年"
    return f"{first}{match['unit']}{'—' if years else '～'}{last}{match['end']}"


RULES = (
    _rule("半角数字", "[０-９Ａ-Ｚａ-ｚ％]", lambda match: match[0].translate(HALF_WIDTH)),
    _rule("引号", r"＂", '"'),
    _rule("引号", r'"([^"\n]*)"', r"“\1”"),
    _rule("引号", r"(?<=“)([^“”\n]*?)'([^'“”\n]+)'(?=[^“\n]*”)", r"\1‘\2’"),
    _rule("括号", rf"\((?=[^()\n]*{HAN})([^()\n]*)\)", r"（\1）"),
    _rule("括号", rf"(?<={HAN})\(([^()\n]*)\)|\(([^()\n]*)\)(?={HAN})", _widened),
    _rule(
        "标点",
        rf"(?<={HAN})[,;:?!()]|[()](?={HAN})|(?<=[”》）%0-9])[,;](?={HAN})|(?<=[”》）])[,;:?!]",
        _widened,
    ),
    _rule("标点", rf"(?<={HAN})\.(?=$|[ \t])", "。"),
    _rule("省略号", rf"(?<=[{HAN[1:-1]}”》），])(?:\.{{3,}}|。{{3,}})|…+", "……"),
    _rule("破折号", rf"(?<=[{HAN[1:-1]}”》）])-{{2,}}|-{{2,}}(?={HAN})|—{{3,}}", "——"),
    _rule("标点", r"([，；：、？！])\1+", r"\1"),
    _rule("标点", r"(?<!。)。。(?!。)", "。"),
    _rule("顿号", r"(?<=[》”])、(?=[《“])", ""),
    _rule("顿号", r"、(?=等(?![候待级于同]))", ""),
    _rule("空格", rf"(?<={HAN})[ \t]+(?={HAN})", ""),
    _rule("空格", rf"(?<={HAN})[ \t]+(?=\d)|(?<=[\d%])[ \t]+(?={HAN})|(?<=\d)[ \t]+(?=%)", ""),
    _rule("空格", r"(?<=[，。；：、？！“《（])[ \t]+|[ \t]+(?=[，。；：、？！”》）])", ""),
    _rule("单位", r"(?<=\d)[ \t]*[kK]m(?![A-Za-z0-9²])", "公里"),
    _rule("单位", r"(?<=\d)[ \t]*(?:㎡|m²|m2(?![A-Za-z0-9]))", "平方米"),
    _rule("单位", r"(?<=\d)[ \t]*kg(?![A-Za-z0-9])", "千克"),
    _rule("日期", r"(?<!\d)0(?=[1-9]月)|(?<=月)0(?=[1-9][日号])", ""),
    _rule(
        "日期",
        r"(?<!\d)((?:1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9]))号(?![文令楼线机院室])",
        r"\1日",
    ),
    _rule("文号", r"[\[［【（(〔](\d{4})[\]］】）)〕](?:第?0*)(?=[1-9]\d*号)", r"〔\1〕"),
    _rule(
        "起止号",
        r"(?<![\d\-~～—./A-Za-z号])(?P<first>\d{1,6}(?:\.\d+)?)(?P<unit>[%万亿]?)"
        r"[-~－～–](?P<last>\d{1,6}(?:\.\d+)?)(?P<end>[%万亿]|(?![号\-~～—./\d])[\u4e00-\u9fff])",
        _range,
    ),
    _rule("起止号", r"(?<=[月日])[-~－～–](?=\d{1,2}[月日])", "—"),
    _rule("概数", rf"(?:大约|(?<![节预制相签条公合契])约|超过)(?=\d+余{_MEASURE})", ""),
    _rule("概数", rf"(?:接近|将近|(?<![最附临新靠邻远接将])近)(?=\d+余{_MEASURE})", ""),
    _rule("概数", rf"(?<=\d余)({_MEASURE})(?:以上|左右)", r"\1"),
)


def cleaned(text: str) -> str:
    """The text as it was typed, without outer blanks, empty lines and what nobody sees."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def proofread(text: str) -> str:
    """The text as it is printed."""
    return corrected(text)[0]


def corrected(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as it is printed, and the names of what was put right in it.

    One rule may give another one its case: they are gone through until nothing changes.
    """
    text, names = cleaned(text), []
    before = None
    while text != before:
        before = text
        for rule in RULES:
            if (better := rule.applied(text)) != text:
                text = better
                names.append(rule.name)
        text = cleaned(text)
    return text, tuple(dict.fromkeys(names))
