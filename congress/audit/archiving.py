"""Old entries go into a file and leave the database: the chain stands in both.

One JSON object a line. The first names the entry before the first one and its digest; each other
one is an entry with all its columns.
"""

import datetime
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from congress.models import AuditArchive, AuditEntry

from . import Kind, note
from .chain import Head, Row, anchor, leave_anchor, rows
from .proofs import COLUMNS, Content
from .verifying import findings_in, verdict


class ArchiveError(Exception):
    """A sentence that says why nothing was archived or what is wrong with the file."""


def archive(before: datetime.date, path: Path) -> AuditArchive:
    """Entries of days before ``before``; raises ``ArchiveError``, and the log stays as it is."""
    now = timezone.now()
    latest = timezone.localdate() - datetime.timedelta(days=settings.AUDIT_KEEP_DAYS)
    if before > latest:
        raise ArchiveError(
            f"日志至少保存{settings.AUDIT_KEEP_DAYS}天，只能归档{latest}以前的，请把日期改早。"
        )
    if found := verdict().findings:
        raise ArchiveError("日志有问题，查清以后才能归档：" + "".join(found))
    moment = timezone.make_aware(datetime.datetime.combine(before, datetime.time.min))
    start, _ = anchor()
    later = AuditEntry.objects.filter(at__gte=moment, sequence__gt=start.count)
    first_kept = later.order_by("sequence").values_list("sequence", flat=True).first()
    old = AuditEntry.objects.filter(sequence__gt=start.count).order_by("sequence")
    if first_kept:
        old = old.filter(sequence__lt=first_kept)
    last = old.last()
    if last is None:
        raise ArchiveError(f"没有{before}以前的日志，不用归档。")
    _write(path, start, rows(old))
    try:
        head, sha256 = check(path)
        if head != Head(last.sequence, last.digest):
            raise ArchiveError(f"文件{path}没有写完整，日志没有变动。")
    except ArchiveError:
        path.unlink()
        raise
    made = AuditArchive(
        at=now, before=moment, through=head.count, digest=head.digest, sha256=sha256
    )
    with transaction.atomic():
        leave_anchor(made)
        AuditEntry.objects.filter(sequence__gt=start.count, sequence__lte=head.count).delete()
        note(
            Kind.MAINTENANCE,
            f"归档审计日志第{start.count + 1}条至第{head.count}条，文件校验值{sha256}",
        )
    return made


def check(path: Path) -> tuple[Head, str]:
    """The last entry of an archive and the file's SHA-256. Raises ``ArchiveError``."""
    try:
        content = path.read_bytes()
        lines = content.decode().splitlines()
        first = json.loads(lines[0])
        start = Head(first["after"], first["digest"])
        head, findings = findings_in(map(_read, lines[1:]), start)
    except OSError:
        raise ArchiveError(f"不能读取文件{path}。") from None
    except (ValueError, KeyError, IndexError, TypeError):
        raise ArchiveError(f"文件{path}不是审计日志的归档，或已损坏。") from None
    sha256 = hashlib.sha256(content).hexdigest()
    for known in AuditArchive.objects.filter(through__gt=start.count).order_by("through")[:1]:
        if known.sha256 != sha256:
            findings.append("文件与归档时的校验值不符：被改动或截短。")
    if findings:
        raise ArchiveError("".join(findings))
    return head, sha256


def _write(path: Path, start: Head, entries: Iterator[Row]) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise ArchiveError(f"文件{path}已经存在，请换一个文件名。") from None
    except OSError as error:
        raise ArchiveError(f"不能写入文件{path}：{error.strerror}。") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        print(json.dumps({"after": start.count, "digest": start.digest}), file=file)
        for row in entries:
            print(_line(row), file=file)
        file.flush()
        os.fsync(file.fileno())


def _line(row: Row) -> str:
    values = {name: getattr(row.content, name) for name in COLUMNS}
    values["at"] = row.content.at.isoformat()
    said = {"key": row.key, "sequence": row.sequence, "digest": row.digest, "mark": row.mark}
    return json.dumps(said | values)


def _read(line: str) -> Row:
    said = json.loads(line)
    values = {name: said[name] for name in COLUMNS}
    values["at"] = datetime.datetime.fromisoformat(values["at"])
    return Row(said["key"], said["sequence"], said["digest"], said["mark"], Content(**values))
