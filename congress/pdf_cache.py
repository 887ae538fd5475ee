"""What was rendered within the hour is not rendered again, nor twice at the same time.

The files are sealed like all personal data on the disc, in a folder that only the program reads.
Their names follow from all that makes the PDF: its pages, the styles, the engine and the fonts.
"""

import fcntl
import hashlib
import json
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path

from django.conf import settings

from congress import fonts, pdf_engine, sealing, title_lines, typesetting
from congress.pdf_engine import Order, PdfUnavailableError
from congress.pdf_process import Rendered

KEEP_SECONDS = 3600
MOST_BYTES = 64 * 1024 * 1024

#: Threads of a process that may wait for PDFs; some of gunicorn's are always left for other pages.
MOST_AT_ONCE = 3
SECONDS_TO_WAIT = 5
BUSY = "正在排印的文件较多，请过一会儿再试。"

_places = threading.BoundedSemaphore(MOST_AT_ONCE)


def made_once(order: Order, make: Callable[[Order], Rendered]) -> bytes:
    """The PDF of the order, kept from another request or made now; raises PdfUnavailableError."""
    path = folder() / key(order)
    content = _read(path)
    if content is not None:
        return content
    if not _places.acquire(timeout=SECONDS_TO_WAIT):
        raise PdfUnavailableError(BUSY)
    try:
        with _alone(path):
            content = _read(path)
            if content is None:
                content, is_clean = make(order)
                if is_clean:
                    _keep(path, content)
            return content
    finally:
        _places.release()


def folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "pdf"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def key(order: Order) -> str:
    made_of = [asdict(order), _engine(), fonts.installed(), *_static_files()]
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


@cache
def _engine() -> str:
    sources = (Path(module.__file__) for module in (pdf_engine, typesetting, title_lines))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()


def _static_files() -> Iterator[tuple[str, int, int]]:
    for place, _, names in os.walk(pdf_engine.STATIC):
        for name in names:
            state = os.stat(os.path.join(place, name))
            yield name, state.st_mtime_ns, state.st_size


def _read(path: Path) -> bytes | None:
    try:
        if time.time() - path.stat().st_mtime > KEEP_SECONDS:
            return None
        return sealing.unseal_bytes(path.read_bytes())
    except (FileNotFoundError, sealing.Sealed):
        return None


def _keep(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealing.seal_bytes(content))
    draft.replace(path)
    _remove_old()


def _remove_old() -> None:
    """The old ones, and the oldest as long as there are too many."""
    found = []
    for path in folder().iterdir():
        # Another process may have removed it meanwhile.
        with suppress(FileNotFoundError):
            state = path.stat()
            found.append((state.st_mtime, state.st_size, path))
    total, oldest = 0, time.time() - KEEP_SECONDS
    for changed, size, path in sorted(found, reverse=True):
        total += size
        if size and (changed < oldest or total > MOST_BYTES):
            path.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While another thread or process makes the same, wait; of 256 locks it may be another's."""
    descriptor = os.open(path.with_name(f"lock-{path.name[:2]}"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
