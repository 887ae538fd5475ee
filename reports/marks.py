"""Numbers that know what they count, inside sentences that are plain text.

    f"共接待选民{linked(104, 'reception.persons')}人次"

The marks are characters that Unicode reserves for a program's own use (noncharacters); they never
reach a reader: ``plain`` takes them out, ``runs`` turns them into stretches of text with the key
of their figure, which the page makes links of.
"""

import re
from dataclasses import dataclass

OPEN, BETWEEN, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
_MARKED = re.compile(f"{OPEN}([^{BETWEEN}]*){BETWEEN}([^{CLOSE}]*){CLOSE}")
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
_MARK = re.compile(f"{OPEN}[^{BETWEEN}]*{BETWEEN}|{CLOSE}")


@dataclass(frozen=True)
class Run:
    """A stretch of text; ``figure`` is the key of what it counts, with ``:id`` of the one record
    (activity, group …) it is about, and empty for mere words."""

    text: str
    figure: str = ""


def linked(text: object, figure: str, of: int | None = None) -> str:
    """The text, marked as showing that figure, of one record where ``of`` is its key."""
    key = figure if of is None else f"{figure}:{of}"
    return f"{OPEN}{key}{BETWEEN}{plain(str(text))}{CLOSE}"


def numbers_linked(text: str, figure: str, of: int | None = None) -> str:
    """The text with each number in it marked so, unless it is marked already."""
    return "".join(
        linked(run.text, run.figure)
        if run.figure
        else _NUMBER.sub(lambda number: linked(number[0], figure, of), run.text)
        for run in runs(text)
    )


def plain(text: str) -> str:
    """The text as it is read."""
    return _MARK.sub("", text)


def runs(text: str) -> tuple[Run, ...]:
    """The text in stretches, each with its figure; together they are ``plain(text)``."""
    found, position = [], 0
    for match in _MARKED.finditer(text):
        if match.start() > position:
            found.append(Run(text[position : match.start()]))
        found.append(Run(match[2], match[1]))
        position = match.end()
    if position < len(text):
        found.append(Run(text[position:]))
    return tuple(found)
