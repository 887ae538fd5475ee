"""The lines of the log: no form's content, no voter's name, and the number of a fault."""

import logging
import re
import traceback

from .faults import causes

#: Everything that can name a person: Chinese words and numbers of some length.
_PERSONAL = re.compile(r"[^\x00-\x7f]+|\d{4,}")


#: What was searched for; numbers of a telephone's length; Chinese words, also as an address and as
#: Django's lines of refusals (\u5f20) have them. The number of a record and the name of a page
#: stay: without them no fault is found.
_TYPED = re.compile(
    r"(\?)[^\s\"']+|[^\x00-\x7f]+|(?:%[0-9A-Fa-f]{2})+|\d{7,}[Xx]?"
    r"|(?:\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})+"
)


class LogLine(logging.Formatter):
    """One line a record, without what somebody typed; of an exception where it happened, and its
    message without values.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        number = getattr(getattr(record, "request", None), "fault_number", "")
        if not number:
            return line
        first, *rest = line.split("\n", 1)
        return "\n".join([f"{first} 编号 {number}", *rest])

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = _TYPED.sub(lambda found: f"{found[1] or ''}…", record.message)
        return super().formatMessage(record)

    def formatException(self, ei) -> str:
        """The oldest cause first. A database repeats values from its second line on."""
        told = []
        for error in reversed(list(causes(ei[1]))):
            told += traceback.format_list(traceback.extract_tb(error.__traceback__))
            first_line = str(error).split("\n", 1)[0]
            told.append(f"{type(error).__qualname__}: {_PERSONAL.sub('…', first_line)}\n")
        return "".join(told).rstrip("\n")
