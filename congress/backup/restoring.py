"""A backup takes the place of what the office has: all of it or nothing.

It is made in a scratch place first, brought to this program's version, compared with what the
backup says of itself. Then uploads are laid beside those there are (their names never clash with
other contents), one step of the database changes the records, and the uploads that nothing names
any more go.
"""

from dataclasses import dataclass

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import OperationalError, ProgrammingError, connections, transaction

from congress import audit, sealing
from congress.audit.verifying import is_under_known_key
from congress.models import Township, User

from . import BackupError, record
from .archive import Unpacked, hash_of
from .databases import SQLITE, beside, copy_sqlite, working_on
from .making import KEY_MARK, named_uploads
from .scratch import bring_up, differences, of_same_kind, refuse_later

NOT_EMPTY = (
    "系统里已有账号或记录（{}），没有恢复。要用备份代替现有的全部内容，"
    "请先备份现有内容，再加 --replace。"
)
NOT_THE_SAME = "恢复出来的内容与备份时不同，没有恢复：{}"
BUSY = "数据库正忙，没有恢复；请先停止服务（systemctl stop congress）再试。"
OTHER_SECRET = (
    "注意：备份时的 SECRET_KEY 与现在的不同。请把备份时的密钥放在环境变量 SECRET_KEY_FALLBACKS 中，"
    "否则 manage.py verify_audit 会把备份以前的日志都报为伪造。"
)
OTHER_KEY = (
    "注意：备份时的 PERSONAL_DATA_KEY 与现在的不同。请把备份时的密钥加在现在的密钥后面"
    "（用逗号隔开），否则身份证号等加密内容不能打开。"
)
TAKEN = "附件 {} 与备份中的同名而内容不同，没有恢复；请核对 MEDIA_ROOT 是不是本系统的。"
NO_SPACE = "附件不能写入，没有恢复：{}。请核对剩余空间和权限。"
SECONDS_TO_WAIT = 30

#: Statements that empty a schema: its tables with what hangs on them, and its functions.
EMPTYING = """
    SELECT format('DROP TABLE %%I.%%I CASCADE', schemaname, tablename)
    FROM pg_tables WHERE schemaname = %(old)s
    UNION ALL
    SELECT format('DROP FUNCTION IF EXISTS %%s CASCADE', pg_proc.oid::regprocedure)
    FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
    WHERE nspname = %(old)s AND NOT EXISTS (
        SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e'
    )
"""
#: Statements that move all of one schema into another; sequences and indexes go with the tables.
MOVING = """
    SELECT format('ALTER TABLE %%I.%%I SET SCHEMA %%I', schemaname, tablename, %(old)s::text)
    FROM pg_tables WHERE schemaname = %(new)s
    UNION ALL
    SELECT format('ALTER FUNCTION %%s SET SCHEMA %%I', pg_proc.oid::regprocedure, %(old)s::text)
    FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
    WHERE nspname = %(new)s
"""


@dataclass(frozen=True)
class Restored:
    rows: int
    uploads: int
    warnings: list[str]


def holder() -> str:
    """Whose records the system holds, in words; empty where it may be filled."""
    try:
        township, accounts = Township.objects.first(), User.objects.count()
    except (OperationalError, ProgrammingError):
        # An empty database has no tables.
        connections["default"].close()
        return ""
    if township:
        return str(township)
    return f"{accounts}个账号" if accounts else ""


def restore(unpacked: Unpacked, *, replace: bool) -> Restored:
    """Raises ``BackupError``; everything is as it was then."""
    refuse_later(unpacked)
    held = holder()
    if held and not replace:
        raise BackupError(NOT_EMPTY.format(held))
    before = set(named_uploads()) if held else set()
    known = record.all_known()
    office = connections["default"]
    office.close()
    warnings = warnings_of(unpacked)
    with of_same_kind(unpacked) as scratch:
        found = differences(unpacked)
        if found:
            raise BackupError(NOT_THE_SAME.format("".join(found[:3])))
        bring_up()
        if not is_under_known_key():
            warnings.append(OTHER_SECRET)
        laid = _lay_uploads(unpacked)
        try:
            scratch.close()
            _take_place(office, scratch)
        except BaseException:
            _remove(laid)
            raise
    _remove(before - set(unpacked.uploads))
    manifest = unpacked.manifest
    rows = sum(table["rows"] for table in manifest["tables"].values())
    uploads = len(unpacked.uploads)
    words = f"从{manifest['made_at'][:16]}的备份恢复：{rows}条记录，{uploads}个附件"
    record.note_restored(unpacked, known)
    audit.note(audit.Kind.RESTORE, words)
    return Restored(rows, uploads, warnings)


def warnings_of(unpacked: Unpacked) -> list[str]:
    """What the administrator must know of a backup that is whole."""
    found = []
    if unpacked.manifest["sealed_under"] not in sealing.fingerprints(KEY_MARK):
        found.append(OTHER_KEY)
    if missing := unpacked.manifest["missing"]:
        found.append(f"备份时已有{len(missing)}个附件在存储中找不到，备份里也没有。")
    return found


def _take_place(office, scratch) -> None:
    """The one step in which the records change."""
    if office.vendor == SQLITE:
        copy_sqlite(scratch.settings_dict["NAME"], office.settings_dict["NAME"])
        return
    try:
        with working_on(beside(office)) as mover, transaction.atomic(), mover.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{SECONDS_TO_WAIT}s'")
            cursor.execute("SELECT current_schema()")
            names = {"old": cursor.fetchone()[0], "new": scratch.schema}
            for query in (EMPTYING, MOVING):
                cursor.execute(query, names)
                for (statement,) in cursor.fetchall():
                    cursor.execute(statement)
    except OperationalError as error:
        raise BackupError(BUSY) from error


def _lay_uploads(unpacked: Unpacked) -> list[str]:
    """Lay down what the storage lacks; returns the names. Nothing is laid where one fails."""
    laid: list[str] = []
    try:
        for name in unpacked.uploads:
            source = unpacked.upload(name)
            if default_storage.exists(name):
                if _same(name, unpacked.manifest["parts"][f"files/{name}"]):
                    continue
                raise BackupError(TAKEN.format(name))
            with source.open("rb") as file:
                laid.append(default_storage.save(name, File(file)))
    except BaseException as error:
        _remove(laid)
        if isinstance(error, OSError):
            raise BackupError(NO_SPACE.format(error.strerror or error)) from error
        raise
    return laid


def _same(name: str, part: dict) -> bool:
    with default_storage.open(name) as file:
        return hash_of(file) == part["sha256"]


def _remove(names) -> None:
    for name in names:
        default_storage.delete(name)
