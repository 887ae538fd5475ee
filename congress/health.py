"""Whether the program can work: asked by a monitor, without log-in; tells no data and no detail."""

import functools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

#: A day's work with its attachments fits into it: 200 MB.
LEAST_ROOM = 200 * 1024 * 1024


@login_not_required
@never_cache
@require_safe
def healthz(request) -> HttpResponse:
    """200 while all is well; otherwise 503, with the parts that are not."""
    wrong = list(faults())
    text = "；".join(wrong) if wrong else "正常"
    status = 503 if wrong else 200
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8")


def faults() -> Iterator[str]:
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except (DatabaseError, InterfaceError):
        yield "数据库不能访问"
    else:
        if not _migrations() <= set(applied):
            yield "数据库没有升级"
    if not _takes_files():
        yield "文件目录不能写入"
    if any(shutil.disk_usage(folder).free < LEAST_ROOM for folder in _folders()):
        yield "磁盘空间不足"


@functools.cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Those that this version of the program comes with."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _takes_files() -> bool:
    try:
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:
            file.write(b".")
    except OSError:
        return False
    return True


def _folders() -> Iterator[Path]:
    """Where this machine keeps what grows; PostgreSQL looks after its own."""
    if connection.vendor == "sqlite":
        yield Path(connection.settings_dict["NAME"]).parent
    if Path(settings.MEDIA_ROOT).is_dir():
        yield Path(settings.MEDIA_ROOT)
