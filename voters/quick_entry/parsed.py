"""What became of the text that was typed."""

from dataclasses import dataclass
from enum import StrEnum

from .lexicon import Candidate, Entry, Kind


class Doubt(StrEnum):
    """Why the page should ask; the value is shown."""

    SEVERAL = "可指多项"
    SECOND = "前面已有"
    SENTENCE = "像是原话"
    UNKNOWN_VILLAGE = "未识别的村"
    UNKNOWN_UNIT = "未识别的单位"
    UNKNOWN_PHONE = "号码位数不对"
    CHECK_NAME = "请核对姓名"


@dataclass(frozen=True)
class Token:
    """A stretch of the text, ``text[start:end]``; offsets count characters, not UTF-16 units.

    WORDS have no value. With a doubt they were left in the words although they may stand for
    the candidates; a NAME with a doubt was taken and should be checked. ``marked``: a label
    said what it is (交:, 电话:).
    """

    start: int
    end: int
    text: str
    kind: Kind = Kind.WORDS
    value: Entry | int | str | None = None
    doubt: Doubt | None = None
    candidates: tuple[Candidate, ...] = ()
    marked: bool = False


@dataclass(frozen=True)
class ParsedItem:
    topic: Entry | None = None
    unit: Entry | None = None
    words: str = ""


@dataclass(frozen=True)
class ParsedVisit:
    """Fields are None where nothing was typed for them; ``channel`` is a value of Channel.

    A line makes an item if it has a topic, a unit or words; whether a visit that asks nothing
    of anyone keeps its item is for the desk to say.
    """

    voter_name: str | None = None
    phone: str | None = None
    village: Entry | None = None
    persons: int | None = None
    channel: str | None = None
    words: str = ""
    items: tuple[ParsedItem, ...] = ()
    tokens: tuple[Token, ...] = ()

    @property
    def unsure(self) -> tuple[Token, ...]:
        return tuple(token for token in self.tokens if token.doubt)
