"""What was put in and what was taken out between two texts, to the character."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, INSERTED, DELETED = "same", "inserted", "deleted"

#: A sentence with its stop, or a line break: texts are first laid beside each other by these.
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]|[^。；！？\n]+")
#: Less alike than this, two passages are read more easily one after the other.
_ALIKE = 0.4
#: A character or two that both passages happen to share is no help to a reader.
_CHANCE = 2


@dataclass(frozen=True)
class Change:
    """A stretch of text; ``kind`` is same, inserted or deleted."""

    kind: str
    text: str


def compare(before: str, after: str) -> tuple[Change, ...]:
    """The way from one text to the other.

    What is same or deleted makes up ``before``, what is same or inserted ``after``; where a passage
    was replaced, the deleted one stands first. Whole reports take milliseconds: characters are
    compared only within sentences that differ.
    """
    return tuple(_merged(_by_sentence(before, after)))


def _by_sentence(before: str, after: str) -> Iterator[Change]:
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change(SAME, "".join(old[a:b]))
        else:
            yield from _by_character("".join(old[a:b]), "".join(new[c:d]))


def _by_character(old: str, new: str) -> Iterator[Change]:
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > 4000)
    if matcher.ratio() < _ALIKE:
        yield from (Change(DELETED, old), Change(INSERTED, new))
        return
    for tag, a, b, c, d in _without_chance(matcher.get_opcodes()):
        if tag == "equal":
            yield Change(SAME, old[a:b])
        else:
            yield from (Change(DELETED, old[a:b]), Change(INSERTED, new[c:d]))


def _without_chance(codes: Sequence[tuple]) -> Iterator[tuple]:
    """Short matches between two replaced passages count as replaced."""
    for index, (tag, a, b, c, d) in enumerate(codes):
        around = codes[max(index - 1, 0) : index + 2]
        replaced = len(around) == 3 and all(each[0] == "replace" for each in around[::2])
        by_chance = tag == "equal" and replaced and b - a < _CHANCE
        yield ("replace" if by_chance else tag, a, b, c, d)


def _merged(changes: Iterator[Change]) -> Iterator[Change]:
    """Neighbours of one kind as one; what was deleted before what was inserted there."""
    pending = {DELETED: "", INSERTED: ""}
    same = ""
    for change in changes:
        if not change.text:
            continue
        if change.kind == SAME:
            yield from _flushed(pending)
            same += change.text
            continue
        if same:
            yield Change(SAME, same)
            same = ""
        pending[change.kind] += change.text
    if same:
        yield Change(SAME, same)
    yield from _flushed(pending)


def _flushed(pending: dict[str, str]) -> Iterator[Change]:
    for kind in (DELETED, INSERTED):
        if pending[kind]:
            yield Change(kind, pending[kind])
            pending[kind] = ""
