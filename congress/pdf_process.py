"""Rendering in a process of its own, started when first needed: what is stuck, leaks or breaks in
the engine costs that process, never the one that answers requests.

Each process of the program has one (see ``congress/pdf_worker.py``); its renders wait in turn.
"""

import atexit
import contextlib
import logging
import os
import subprocess
import sys
import threading
from multiprocessing.connection import Pipe
from pathlib import Path
from typing import NamedTuple

from congress.pdf_engine import Order, PdfUnavailableError
from congress.pdf_worker import DONE, FAILED

logger = logging.getLogger(__name__)

#: A register of a whole year with thousands of rows takes half of it.
MOST_SECONDS = 90
#: Time for the worker to end by itself, when the program ends.
SECONDS_TO_END = 3

TOO_LONG = "这份文件排了{}秒还没有排好，已经停止；请缩小范围分几次打印，仍不成功请告诉系统管理员。"
BROKEN = "这份文件没有排成，原因已写入系统日志，请告诉系统管理员。"

#: All that the worker is told of its surroundings: no key, no database.
_PASSED_ON = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "XDG_CACHE_HOME")
_ROOT = Path(__file__).resolve().parent.parent


class Rendered(NamedTuple):
    content: bytes
    #: Whether the engine had nothing to complain about; what it said is in the log.
    is_clean: bool


class _Gone(Exception):
    """The worker ended before it answered."""


class _Worker:
    def __init__(self):
        self.connection, theirs = Pipe()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "congress.pdf_worker", str(theirs.fileno())],
                cwd=_ROOT,
                env={name: os.environ[name] for name in _PASSED_ON if name in os.environ}
                | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def ask(self, order: Order):
        try:
            self.connection.send((order, MOST_SECONDS))
            if not self.connection.poll(MOST_SECONDS):
                raise PdfUnavailableError(TOO_LONG.format(MOST_SECONDS))
            return self.connection.recv()
        except (EOFError, ConnectionError) as error:
            raise _Gone from error

    def end(self, seconds: float = SECONDS_TO_END) -> int:
        """Without its pipe it ends by itself, unless it is stuck."""
        self.connection.close()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


_worker: _Worker | None = None
_one_at_a_time = threading.Lock()


def render(order: Order) -> Rendered:
    """Raises PdfUnavailableError."""
    with _one_at_a_time:
        outcome, content, complaints, is_last = _ask(order)
        if is_last:
            _end()
    for record in complaints:
        logging.getLogger(record.name).handle(record)
    if outcome == DONE:
        return Rendered(content, not complaints)
    if outcome == FAILED:
        logger.error("A PDF could not be rendered:\n%s", content)
        content = BROKEN
    raise PdfUnavailableError(content)


def _ask(order: Order):
    global _worker
    # One that had nothing to do may end while it is being asked.
    for _ in range(2):
        _worker = _worker or _Worker()
        try:
            return _worker.ask(order)
        except PdfUnavailableError:
            logger.error("A PDF took more than %s seconds", MOST_SECONDS)
            _end(0)
            raise
        except _Gone:
            code = _end()
            if code:
                logger.error("The process that renders PDFs ended with code %s", code)
    raise PdfUnavailableError(BROKEN)


def _end(seconds: float = SECONDS_TO_END) -> int:
    global _worker
    worker, _worker = _worker, None
    return worker.end(seconds)


@atexit.register
def _end_with_the_program() -> None:
    if _worker:
        with contextlib.suppress(OSError):
            _end()


def _forget() -> None:
    """A forked process has no worker yet; its parent's goes on for the parent."""
    global _worker, _one_at_a_time
    _one_at_a_time = threading.Lock()
    if _worker:
        _worker.connection.close()
        _worker.process.returncode = 0
        _worker = None


os.register_at_fork(after_in_child=_forget)
