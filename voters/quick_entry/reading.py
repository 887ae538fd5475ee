"""From text to a parsed visit: line by line, piece by piece, then how the pieces stand together."""

import re
from collections.abc import Iterator
from dataclasses import replace

from . import pieces
from .context import first_of_each, with_name, with_unit_marks, without_sentences
from .lexicon import Candidate, Kind, Lexicon, fold
from .names import can_be_labelled_name, can_be_name, looks_like_name, proper_name
from .parsed import Doubt, ParsedItem, ParsedVisit, Token

_UNIT = frozenset({Kind.UNIT})
_OF_ITEM = frozenset({Kind.TOPIC, Kind.UNIT})
_OF_VISIT = frozenset(Kind)
_UNKNOWN = {Kind.VILLAGE: Doubt.UNKNOWN_VILLAGE, Kind.UNIT: Doubt.UNKNOWN_UNIT}
_BLANK = re.compile(rf"[{pieces.SEPARATOR}]*")


def parse(text: str, lexicon: Lexicon) -> ParsedVisit:
    """Read what a clerk typed; never raises and loses nothing (the package says how)."""
    lines = [line for line in re.finditer(r"[^\r\n]+", text) if not _BLANK.fullmatch(fold(line[0]))]
    tokens: list[Token] = []
    items: list[ParsedItem] = []
    for number, line in enumerate(lines):
        first = number == 0
        read = _Line(line, lexicon, _OF_VISIT if first else _OF_ITEM).tokens()
        read = with_unit_marks(read, text)
        if first and (len(read) > 1 or len(lines) > 1):
            read = with_name(read, lexicon)
        read = first_of_each(without_sentences(read, text))
        item = ParsedItem(_value(read, Kind.TOPIC), _value(read, Kind.UNIT), _words(read, text))
        if item != ParsedItem():
            items.append(item)
        tokens += read
    return ParsedVisit(
        voter_name=_value(tokens, Kind.NAME),
        phone=_value(tokens, Kind.PHONE),
        village=_value(tokens, Kind.VILLAGE),
        persons=_value(tokens, Kind.PERSONS),
        channel=_value(tokens, Kind.CHANNEL),
        words="\n".join(item.words for item in items if item.words),
        items=tuple(items),
        tokens=tuple(tokens),
    )


def _value(tokens: list[Token], kind: Kind):
    return next((token.value for token in tokens if token.kind is kind), None)


def _words(tokens: list[Token], text: str) -> str:
    """The pieces not understood, each with the separators typed after the one before it."""
    out, after = "", ""
    for number, token in enumerate(tokens):
        gap = text[tokens[number - 1].end : token.start] if number else ""
        if token.kind is Kind.WORDS:
            out += (after or gap) + token.text if out else token.text
            after = ""
        elif out:
            after = after or gap
    return out


class _Line:
    """The pieces of one line; ``kinds`` are those read in it."""

    def __init__(self, line: re.Match, lexicon: Lexicon, kinds: frozenset[Kind]):
        self.text, self.start = line[0], line.start()
        self.folded = fold(line[0])
        self.lexicon = lexicon
        self.kinds = kinds

    def tokens(self) -> list[Token]:
        return [
            self.token(start, end, is_phone)
            for number, piece in enumerate(pieces.pieces(self.folded, self.lexicon.phrases))
            for start, end, is_phone in self.parts(*piece, first=number == 0)
        ]

    def parts(self, start: int, end: int, is_phone: bool, *, first: bool) -> Iterator[tuple]:
        """A piece, or the two that were typed without a separator between them."""
        piece = self.folded[start:end]
        at, phone = (0, "") if is_phone else self.cut(piece, first=first)
        if at:
            yield start, start + at, phone == "before"
        yield start + at, end, is_phone or phone == "after"

    def cut(self, piece: str, *, first: bool) -> tuple[int, str]:
        """Where a piece falls in two (0: nowhere), and on which side of it a phone stands."""
        if pieces.LABELLED.fullmatch(piece):
            return 0, ""
        if match := pieces.UNIT_AT_END.fullmatch(piece):
            unit = pieces.LABELLED.fullmatch(match["unit"])
            if unit and len(self.lexicon.find(unit["value"], _UNIT)) == 1:
                return match.end("before"), ""
        if Kind.NAME not in self.kinds:
            return 0, ""
        match = pieces.PERSONS_AT_END.fullmatch(piece)
        if match and pieces.persons(match["persons"]) and self.names(match["before"], first):
            return match.end("before"), ""
        match = pieces.MOBILE_AT_END.fullmatch(piece)
        if match and self.names(match["before"], first):
            return match.end("before"), "after"
        match = pieces.MOBILE_AT_START.fullmatch(piece)
        if match and (self.names(match["after"], False) or self.understands(match["after"])):
            return match.end("phone"), "before"
        return 0, ""

    def names(self, piece: str, first: bool) -> bool:
        if self.lexicon.knows_voter(piece) or looks_like_name(piece):
            return True
        return first and can_be_name(piece)

    def understands(self, piece: str) -> bool:
        return bool(self.lexicon.find(piece, self.kinds) or pieces.persons(piece))

    def token(self, start: int, end: int, is_phone: bool) -> Token:
        piece = self.folded[start:end]
        words = Token(self.start + start, self.start + end, self.text[start:end])
        if is_phone:
            return self.phone(words, piece)
        if match := pieces.LABELLED.fullmatch(piece):
            return self.labelled(words, Kind[pieces.label_of(match)], match["value"])
        if found := self.lexicon.find(piece, self.kinds):
            return _entry(words, found)
        match = pieces.UNIT_MARK.fullmatch(piece)
        if match and (found := self.lexicon.find(match["value"], _UNIT)):
            return _entry(words, found, marked=True)
        return self.formal(words, piece) if Kind.PERSONS in self.kinds else words

    def phone(self, words: Token, piece: str) -> Token:
        if Kind.PHONE not in self.kinds:
            return words
        marked = pieces.PHONE_LABEL.match(piece) is not None
        return replace(words, kind=Kind.PHONE, value=pieces.phone_number(piece), marked=marked)

    def labelled(self, words: Token, kind: Kind, value: str) -> Token:
        """姓名:…, 村:…, 交:…; where the value does not fit, the whole stays in the words."""
        if kind not in self.kinds:
            return words
        if kind is Kind.NAME:
            typed = proper_name(words.text[-len(value) :])
            read = typed if can_be_labelled_name(typed) else None
        elif kind is Kind.PERSONS:
            read = pieces.persons(value) or pieces.persons(f"{value}人")
        elif kind is Kind.CHANNEL:
            read = pieces.CHANNELS.get(value)
        elif kind is Kind.PHONE:
            return replace(words, doubt=Doubt.UNKNOWN_PHONE) if value[0].isdecimal() else words
        elif found := self.lexicon.find(value, frozenset({kind})):
            return _entry(words, found, marked=True)
        else:
            return replace(words, doubt=_UNKNOWN.get(kind))
        return replace(words, kind=kind, value=read, marked=True) if read else words

    def formal(self, words: Token, piece: str) -> Token:
        """What the form of a piece says that is in no list."""
        if count := pieces.persons(piece):
            return replace(words, kind=Kind.PERSONS, value=count)
        if piece in pieces.CHANNELS:
            return replace(words, kind=Kind.CHANNEL, value=pieces.CHANNELS[piece])
        if count := pieces.persons_came(piece):
            return _perhaps(words, Candidate(Kind.PERSONS, count))
        if pieces.is_odd_number(piece):
            return replace(words, doubt=Doubt.UNKNOWN_PHONE)
        village = self.lexicon.village_before(piece)
        if village and pieces.PART_OF_VILLAGE.fullmatch(village[1]):
            return _perhaps(words, village[0])
        if pieces.is_village_like(piece):
            return replace(words, doubt=Doubt.UNKNOWN_VILLAGE)
        return words


def _entry(words: Token, found: tuple[Candidate, ...], *, marked: bool = False) -> Token:
    if len(found) > 1:
        return replace(words, doubt=Doubt.SEVERAL, candidates=found, marked=marked)
    return replace(words, kind=found[0].kind, value=found[0].value, marked=marked)


def _perhaps(words: Token, candidate: Candidate) -> Token:
    return replace(words, doubt=Doubt.SENTENCE, candidates=(candidate,))
