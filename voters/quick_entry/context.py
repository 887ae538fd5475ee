"""How the pieces of a line stand together: the name, sentences, and what was said twice."""

from dataclasses import replace

from .lexicon import Candidate, Kind, Lexicon, fold
from .names import can_be_name, looks_like_name, proper_name
from .parsed import Doubt, Token
from .pieces import UNIT_MARKS

#: In the voter's mouth as often as in the clerk's shorthand.
_COMMON_SPEECH = frozenset({Kind.CHANNEL, Kind.PERSONS, Kind.UNIT})
_ONLY_BETWEEN_COMMAS = frozenset({Kind.VILLAGE, Kind.TOPIC})


def with_unit_marks(tokens: list[Token], text: str) -> list[Token]:
    """交 建设所: the mark and the unit after it are one token."""
    out: list[Token] = []
    for token in tokens:
        last = out[-1] if out else None
        if (
            token.kind is Kind.UNIT
            and not token.marked
            and last
            and fold(last.text) in UNIT_MARKS
            and text[last.end : token.start].isspace()
        ):
            out[-1] = replace(
                token, start=last.start, text=text[last.start : token.end], marked=True
            )
        else:
            out.append(token)
    return out


def with_name(tokens: list[Token], lexicon: Lexicon) -> list[Token]:
    """Take the piece that is the voter's name out of the words, if there is one."""
    if any(token.kind is Kind.NAME for token in tokens):
        return tokens
    at, doubt = _name_at(tokens, lexicon)
    if at is None:
        return tokens
    name = replace(tokens[at], kind=Kind.NAME, value=proper_name(tokens[at].text), doubt=doubt)
    return [*tokens[:at], name, *tokens[at + 1 :]]


def _name_at(tokens: list[Token], lexicon: Lexicon) -> tuple[int | None, Doubt | None]:
    unread = [n for n, token in enumerate(tokens) if token.kind is Kind.WORDS and not token.doubt]
    beside = [n for n in _beside_the_phone(tokens) if n in unread]
    before_village = [n - 1 for n in _places(tokens, Kind.VILLAGE) if n - 1 in unread]
    for n in unread:
        if lexicon.knows_voter(fold(tokens[n].text)):
            return n, None
    for n in [*unread[:1], *beside, *before_village]:
        if looks_like_name(tokens[n].text):
            return n, None
    for n in beside:
        if can_be_name(tokens[n].text):
            return n, Doubt.CHECK_NAME
    if 0 in before_village and len(tokens[0].text) <= 3 and can_be_name(tokens[0].text):
        return 0, Doubt.CHECK_NAME
    return None, None


def _places(tokens: list[Token], kind: Kind) -> list[int]:
    return [n for n, token in enumerate(tokens) if token.kind is kind]


def _beside_the_phone(tokens: list[Token]) -> list[int]:
    """Places right before and after the phone, and before 等3人."""
    company = [n for n in _places(tokens, Kind.PERSONS) if tokens[n].text.startswith("等")]
    phone = _places(tokens, Kind.PHONE)[:1]
    return [*(n + step for n in phone for step in (-1, 1)), *(n - 1 for n in company)]


def without_sentences(tokens: list[Token], text: str) -> list[Token]:
    """Leave a known word in the words where unknown words stand on both sides of it."""
    out = list(tokens)
    for n in range(1, len(tokens) - 1):
        before, token, after = tokens[n - 1 : n + 2]
        if token.marked or fold(token.text).isascii():
            continue
        if not all(side.kind is Kind.WORDS and not side.doubt for side in (before, after)):
            continue
        gaps = text[before.end : token.start] + text[token.end : after.start]
        only_commas = not any(character.isspace() for character in gaps)
        if token.kind in _COMMON_SPEECH or (token.kind in _ONLY_BETWEEN_COMMAS and only_commas):
            out[n] = _left(token, Doubt.SENTENCE)
    return out


def first_of_each(tokens: list[Token]) -> list[Token]:
    """One token a kind, a labelled one before others; the further ones stay in the words."""
    kept: dict[Kind, Token] = {}
    for token in tokens:
        if token.kind not in kept or (token.marked and not kept[token.kind].marked):
            kept[token.kind] = token
    return [
        token
        if token.kind is Kind.WORDS or kept[token.kind] is token
        else _left(token, Doubt.SECOND)
        for token in tokens
    ]


def _left(token: Token, doubt: Doubt) -> Token:
    """The token as words, with what it may stand for."""
    candidates = (Candidate(token.kind, token.value),)
    return replace(token, kind=Kind.WORDS, value=None, doubt=doubt, candidates=candidates)
