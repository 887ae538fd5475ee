"""The compound file of old Office formats: its directory and its streams, after [MS-CFB].

Tables and chains of a stranger's file may point at themselves. Each is followed no further than
the file is long, so that none costs more time or memory than its own length. olefile, the library
for this, trusts the counts in the header: 2 KB keep it busy for minutes.
"""

import struct
from typing import NamedTuple

SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")

HEADER_BYTES = 512
SECTOR_SHIFTS = (9, 12)
MINI_SECTOR = 64
#: Shorter streams lie in mini sectors.
MINI_CUTOFF = 4096
#: From here on a sector number means free, end of chain or part of a table.
NO_SECTOR = 0xFFFFFFFA
STORAGE, STREAM = 1, 2
#: Name, its bytes, kind, left, right, child, first sector, size.
ENTRY = struct.Struct("<64sHBxIII36xII4x")


class CompoundFileError(ValueError):
    """The tables of the file lead nowhere or in circles."""


class Entry(NamedTuple):
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class CompoundFile:
    """``root`` holds the entries at the top by name, ``names`` is those at every level.

    All names are in lower case, as the format does not tell them apart by it.
    """

    def __init__(self, data: bytes):
        if len(data) < HEADER_BYTES or not data.startswith(SIGNATURE):
            raise CompoundFileError
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in SECTOR_SHIFTS:
            raise CompoundFileError
        self._sector = 1 << shift
        # The header fills a sector of its own; they are counted from the next.
        self._body = data[self._sector :]
        (directory,) = struct.unpack_from("<I", data, 48)
        self._mini_start, _, further_tables = struct.unpack_from("<III", data, 60)
        tables = struct.unpack_from("<109I", data, 76)
        self._table = self._numbers(self._tables(list(tables), further_tables), self._sector)
        self._entries = self._directory(directory)
        self.names = {entry.name for entry in self._entries if entry.kind in (STORAGE, STREAM)}
        self.root = {entry.name: entry for entry in self._children(self._entries[0])}

    def stream(self, name: str) -> bytes:
        """The content of a stream at the top."""
        entry = self.root[name]
        if entry.size < MINI_CUTOFF:
            table = self._numbers(_chain(self._mini_start, self._table), MINI_SECTOR)
            mini_stream = self._join(_chain(self._entries[0].start, self._table))
            sectors = _chain(entry.start, table)
            return _joined(mini_stream, sectors, MINI_SECTOR)[: entry.size]
        return self._join(_chain(entry.start, self._table))[: entry.size]

    def _tables(self, found: list[int], further: int) -> list[int]:
        """The sectors of the table: the header names 109, a chain of lists the further ones."""
        most = len(self._body) // self._sector + 1
        for _ in range(most):
            if further >= NO_SECTOR:
                break
            *numbers, further = self._numbers([further], self._sector) or [NO_SECTOR]
            found += numbers
        return [sector for sector in found if sector < NO_SECTOR]

    def _numbers(self, sectors: list[int], size: int) -> tuple[int, ...]:
        """A table's numbers, one for each sector of that size that the file has room for."""
        most = len(self._body) // size + 1
        enough = sectors[: most * 4 // self._sector + 1]
        content = self._join(enough)
        return struct.unpack_from(f"<{min(most, len(content) // 4)}I", content)

    def _directory(self, start: int) -> list[Entry]:
        content = self._join(_chain(start, self._table))
        whole = content[: len(content) // ENTRY.size * ENTRY.size]
        entries = [_entry(fields) for fields in ENTRY.iter_unpack(whole)]
        if not entries:
            raise CompoundFileError
        return entries

    def _children(self, parent: Entry) -> list[Entry]:
        children, waiting, seen = [], [parent.child], set()
        while waiting:
            place = waiting.pop()
            if place < len(self._entries) and place not in seen:
                seen.add(place)
                child = self._entries[place]
                children.append(child)
                waiting += [child.left, child.right]
        return children

    def _join(self, sectors: list[int]) -> bytes:
        return _joined(self._body, sectors, self._sector)


def _entry(fields: tuple) -> Entry:
    name, length, *rest = fields
    text = name[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return Entry(text.lower(), *rest)


def _chain(first: int, table: tuple[int, ...]) -> list[int]:
    sectors = []
    while first < NO_SECTOR:
        if first >= len(table) or len(sectors) == len(table):
            raise CompoundFileError
        sectors.append(first)
        first = table[first]
    return sectors


def _joined(content: bytes, sectors: list[int], size: int) -> bytes:
    return b"".join(content[sector * size : (sector + 1) * size] for sector in sectors)
