"""From the line to the fields below it, without touching what was corrected by hand.

The form carries what it was filled with last (``filled``). A field that still says so follows the
line; a field that says something else was written by hand and stays.
"""

import json
import re
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import QueryDict

from congress.fields import number_sent
from voters.models import BlankForm, Channel, FeedbackItem, HandlingUnit, Visit
from voters.quick_entry import Kind, Lexicon, ParsedVisit, Token, parse

MOST_ITEMS = 20
TITLE_LENGTH = 20
ITEM_FIELDS = {
    "topic": "类别",
    "title": "标题",
    "summary": "内容",
    "lead_unit": "主办单位",
    "responsible": "责任人",
}
VISIT_FIELDS = {
    "form_number": "登记表号",
    "voter_name": "来访人",
    "village": "村",
    "phone": "电话",
    "persons": "来访人数",
    "channel": "来访方式",
    "words": "反映内容",
}
#: What a field says before anything was typed; the others are empty.
FIRST_VALUES = {"persons": "1", "channel": Channel.IN_PERSON.value}

#: A form's number at the beginning, typed or as its code is scanned.
_FORM_NUMBER = re.compile(r"\s*(?:https?://\S+/)?(\d{4}-\d{3,})/?(?=\s|$)")
_SENTENCE_END = re.compile(r"[。！？；!?;\n]")


@dataclass(frozen=True)
class Chip:
    label: str
    text: str
    #: Why it should be looked at; empty where it was understood.
    doubt: str = ""


@dataclass(frozen=True)
class Reading:
    """What became of the line; ``data`` is the form with its fields filled from it."""

    data: QueryDict
    parsed: ParsedVisit
    #: Names of the fields that follow the line no more, in words.
    by_hand: tuple[str, ...]
    form_number: str
    #: The visit whose number is all that was typed.
    visit: Visit | None

    @property
    def chips(self) -> list[Chip]:
        number = [Chip("登记表", self.form_number)] if self.form_number else []
        return number + [
            _chip(token)
            for token in self.parsed.tokens
            if token.kind is not Kind.WORDS or token.doubt
        ]


def read_line(data: QueryDict, lexicon: Lexicon) -> Reading:
    """Read the line of a form that was sent and fill the fields below it."""
    data = data.copy()
    number, visit, text = _split_number(data.get("line", ""))
    parsed = parse(text, lexicon)
    filled = _filled(data)
    rows = _rows(data, len(parsed.items))
    by_hand = _follow(data, filled, _values(parsed, number, rows))
    by_hand += _follow(data, filled, _item_texts(data, parsed, rows))
    by_hand += _follow(data, filled, _responsible(data, rows))
    data["items-TOTAL_FORMS"] = str(rows)
    data["items-INITIAL_FORMS"] = "0"
    data["filled"] = json.dumps(filled, ensure_ascii=False)
    return Reading(data, parsed, tuple(dict.fromkeys(by_hand)), number, visit)


def item_field(row: int, name: str) -> str:
    return f"items-{row}-{name}"


def short_title(words: str) -> str:
    """The first sentence of the words, its first twenty characters."""
    sentences = (part.strip("，,、 ") for part in _SENTENCE_END.split(words))
    return next(filter(None, sentences), "")[:TITLE_LENGTH]


def _split_number(line: str) -> tuple[str, Visit | None, str]:
    """(number of a printed form, visit of the number alone, the line without the number)."""
    match = _FORM_NUMBER.match(line)
    if not match:
        return "", None, line
    number, rest = match[1], line[match.end() :]
    visit = Visit.objects.filter(number=number).first()
    if visit and not rest.strip():
        return "", visit, ""
    if BlankForm.objects.filter(number=number).exists():
        return number, None, rest
    return "", None, line


def _rows(data: QueryDict, items: int) -> int:
    """As many as the line has items, and those that were written by hand."""
    by_hand = [
        row
        for row in range(MOST_ITEMS)
        if any(data.get(item_field(row, name)) for name in (*ITEM_FIELDS, "sent_to", "sent_note"))
    ]
    return min(max(items, max(by_hand, default=0) + 1, 1), MOST_ITEMS)


def _filled(data: QueryDict) -> dict[str, str]:
    try:
        filled = json.loads(data.get("filled") or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in filled.items()} if isinstance(filled, dict) else {}


def _follow(data: QueryDict, filled: dict[str, str], values: dict[str, str]) -> list[str]:
    """Fill what was not written by hand; return the labels of what was."""
    by_hand = []
    for name, value in values.items():
        first = FIRST_VALUES.get(name, "")
        now = line_ends(data.get(name, first))
        if now == line_ends(filled.get(name, first)):
            data[name] = filled[name] = value
        elif value not in (now, first):
            by_hand.append(_label(name))
    return by_hand


def line_ends(text: str) -> str:
    """The text with the line ends that a page shows; browsers send others."""
    return text.replace("\r\n", "\n")


def _label(name: str) -> str:
    if name in VISIT_FIELDS:
        return VISIT_FIELDS[name]
    _, row, field = name.split("-")
    return f"第{int(row) + 1}条意见的{ITEM_FIELDS[field]}"


def _values(parsed: ParsedVisit, number: str, rows: int) -> dict[str, str]:
    values = {
        "form_number": number,
        "voter_name": parsed.voter_name or "",
        "village": str(parsed.village.id) if parsed.village else "",
        "phone": parsed.phone or "",
        "persons": str(parsed.persons or FIRST_VALUES["persons"]),
        "channel": parsed.channel or FIRST_VALUES["channel"],
        "words": parsed.words,
    }
    for row in range(rows):
        item = parsed.items[row] if row < len(parsed.items) else None
        values[item_field(row, "topic")] = str(item.topic.id) if item and item.topic else ""
        values[item_field(row, "lead_unit")] = str(item.unit.id) if item and item.unit else ""
    return values


def _item_texts(data: QueryDict, parsed: ParsedVisit, rows: int) -> dict[str, str]:
    """The words of its line are an item's text; without a line, those of the visit."""
    values = {}
    for row in range(rows):
        words = parsed.items[row].words if row < len(parsed.items) else ""
        chosen = any(data.get(item_field(row, name)) for name in ("topic", "lead_unit", "sent_to"))
        if not words and row == 0 and chosen:
            words = data.get("words", "")
        values[item_field(row, "title")] = short_title(words)
        values[item_field(row, "summary")] = words
    return values


def _responsible(data: QueryDict, rows: int) -> dict[str, str]:
    """Who answers for an item at its unit: the contact, else who did so the last time."""
    chosen = {
        row: data[item_field(row, "lead_unit")]
        for row in range(rows)
        if number_sent(data.get(item_field(row, "lead_unit"), ""))
    }
    units = HandlingUnit.objects.filter(pk__in=map(int, chosen.values())).annotate(
        latest=Subquery(
            FeedbackItem.objects.filter(lead_unit=OuterRef("pk"))
            .exclude(responsible="")
            .order_by("-pk")
            .values("responsible")[:1]
        )
    )
    persons = {str(unit.pk): unit.contact or unit.latest or "" for unit in units}
    return {
        item_field(row, "responsible"): persons.get(chosen.get(row, ""), "") for row in range(rows)
    }


def _chip(token: Token) -> Chip:
    if token.kind is Kind.WORDS:
        several = "、".join(_words_of(candidate.value) for candidate in token.candidates)
        return Chip("原话", token.text, f"{token.doubt}：{several}" if several else token.doubt)
    return Chip(token.kind.value, _value_words(token), token.doubt or "")


def _value_words(token: Token) -> str:
    if token.kind is Kind.PERSONS:
        return f"{token.value}人"
    return _words_of(token.value)


def _words_of(value) -> str:
    if value in Channel.values:
        return Channel(value).label
    return str(getattr(value, "name", value))
