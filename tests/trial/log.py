"""What the program wrote into its log during one row of the trial."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

#: Of a line that begins an entry: the program's and gunicorn's.
_BEGINS = re.compile(r"\[?\d{4}-\d\d-\d\d ")
_TELEPHONE = re.compile(r"1[3-9]\d{9}")


class LogPart:
    """``numbers`` are those of the faults, ``hidden`` the first lines of faults without one."""

    def __init__(self, file: Path, start: int):
        with file.open("rb") as log:
            log.seek(start)
            self.lines = log.read().decode("utf-8", "replace").splitlines()
        self.numbers: set[str] = set()
        self.hidden: list[str] = []
        for first, *rest in self._entries():
            if found := re.search(r"编号 (\w{6})$", first):
                self.numbers.add(found[1])
            elif any(line.startswith("  File ") for line in rest):
                self.hidden.append(first)

    def _entries(self) -> Iterator[list[str]]:
        entry: list[str] = []
        for line in self.lines:
            if entry and _BEGINS.match(line):
                yield entry
                entry = []
            entry.append(line)
        if entry:
            yield entry

    def personal(self, said: Iterable[str]) -> list[str]:
        """Lines with a telephone number or with something that was said in confidence."""
        said = list(said)
        return [
            line
            for line in self.lines
            if _TELEPHONE.search(line) or any(words in line for words in said)
        ]
