"""Which characters the fonts of this installation can print.

The PDF engine takes each character from the first font that has it, of the document's own, those
of ``static/fonts/`` and all that are installed. What none of them has is printed as an empty box.
"""

import re
import subprocess
from functools import cache

from django.conf import settings

#: Blanks, and what chooses a form of the character before it.
_UNPRINTED = re.compile(r"[\s\ufe00-\ufe0f\U000e0100-\U000e01ef]+")


@cache
def _covered() -> frozenset[int]:
    """Code points of all fonts; asked once a process, as the engine does. Empty if unknown."""
    own = sorted(map(str, (settings.BASE_DIR / "static" / "fonts").glob("*.otf")))
    ranges = _charsets("fc-list") + (_charsets("fc-query", *own) if own else [])
    return frozenset(
        code
        for each in ranges
        for first, _, last in [each.partition("-")]
        for code in range(int(first, 16), int(last or first, 16) + 1)
    )


def _charsets(program: str, *files: str) -> list[str]:
    """Ranges like 4e00-9fa5 of each font that the program of fontconfig tells of."""
    try:
        told = subprocess.run(
            [program, "--format", "%{charset} ", *files],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return []
    return sorted(set(told.stdout.split()))


@cache
def installed() -> tuple[str, ...]:
    """The font files of this installation; asked once a process."""
    try:
        told = subprocess.run(
            ["fc-list", "--format", "%{file} %{fontversion}\n"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ()
    return tuple(sorted(set(told.stdout.splitlines())))


def without_font(text: str) -> str:
    """The characters of a text that would be printed as boxes, each once.

    None where fontconfig does not tell which fonts there are; the system check then says so.
    """
    covered = _covered()
    if not covered:
        return ""
    printed = _UNPRINTED.sub("", text)
    return "".join(sign for sign in dict.fromkeys(printed) if ord(sign) not in covered)
