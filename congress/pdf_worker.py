"""The process that renders: it takes orders from a pipe, one after the other, with a warm engine.

    python -m congress.pdf_worker DESCRIPTOR

It ends by itself when its parent is gone, when nothing was asked for a while, when a render takes
far too long, and after so many renders or so much memory that a fresh process is better.
"""

import contextlib
import logging
import logging.handlers
import os
import resource
import signal
import sys
import traceback
from itertools import count
from multiprocessing.connection import Connection

from congress import pdf_engine
from congress.pdf_engine import Order, PdfUnavailableError

IDLE_SECONDS = 900
#: The parent ends a render that takes too long; this is for one whose parent is gone.
GRACE_SECONDS = 30
MOST_RENDERS = 300
MOST_RESIDENT = 400 * 1024 * 1024
MOST_ADDRESSED = 3 * 1024 * 1024 * 1024

DONE, UNAVAILABLE, FAILED = "done", "unavailable", "failed"


class _Collector(logging.handlers.QueueHandler):
    """Keeps what the engine complains about, for the parent's log."""

    def enqueue(self, record):
        self.queue.append(record)


def serve(connection: Connection) -> None:
    complaints: list[logging.LogRecord] = []
    logging.getLogger().addHandler(_Collector(complaints))
    for rendered in count(1):
        if not connection.poll(IDLE_SECONDS):
            return
        order, seconds = connection.recv()
        signal.alarm(seconds + GRACE_SECONDS)
        outcome, content = _answer(order)
        signal.alarm(0)
        is_last = rendered >= MOST_RENDERS or _resident() > MOST_RESIDENT
        connection.send((outcome, content, complaints, is_last))
        complaints.clear()
        if is_last:
            return


def _answer(order: Order) -> tuple[str, bytes | str]:
    try:
        return DONE, pdf_engine.render(order)
    except PdfUnavailableError as error:
        return UNAVAILABLE, str(error)
    except Exception:
        return FAILED, traceback.format_exc()


def _resident() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSED, MOST_ADDRESSED))
    # The parent is gone, and with it whoever waited.
    with contextlib.suppress(EOFError, ConnectionError):
        serve(Connection(int(sys.argv[1])))
