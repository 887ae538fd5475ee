"""Whether a backup can be restored, and holds what it held: tried in a scratch place."""

from collections.abc import Callable

from django.db import DatabaseError

from congress.audit.chain import Head
from congress.audit.verifying import is_part_of_log

from . import BackupError, Proof
from .archive import Unpacked
from .making import named_uploads
from .scratch import bring_up, differences, of_own_copy, refuse_later

NOT_RESTORABLE = "备份不能恢复：{}"
LOG_CUT_OFF = "审计日志没有备份时的最后一条：日志被截短或换掉。"
FILE_MISSING = "附件 {} 不在备份里。"


def verify(unpacked: Unpacked, *, proof: Proof, faults: Callable[[], list[str]]) -> list[str]:
    """What is wrong with a backup whose parts are whole, in sentences; empty if nothing is.

    ``faults`` tells of records of the database at hand that do not match their own hashes.
    Raises ``BackupError`` where it cannot be restored at all.
    """
    refuse_later(unpacked)
    try:
        with of_own_copy(unpacked):
            found = differences(unpacked)
            found += _uploads_missing(unpacked)
            bring_up()
            head = unpacked.manifest.get("log")
            if head and not is_part_of_log(Head.read(head)):
                found.append(LOG_CUT_OFF)
            return found + _figures_changed(unpacked.manifest["proof"], proof()) + faults()
    except DatabaseError as error:
        raise BackupError(NOT_RESTORABLE.format(error)) from error


def _uploads_missing(unpacked: Unpacked) -> list[str]:
    known = set(unpacked.uploads) | set(unpacked.manifest["missing"])
    return [FILE_MISSING.format(name) for name in named_uploads() if name not in known]


def _figures_changed(told: dict, now: dict) -> list[str]:
    return [
        f"{key}：备份时与恢复后的数字或校验值不同。"
        for key in sorted(told.keys() | now.keys())
        if told.get(key) != now.get(key)
    ]
