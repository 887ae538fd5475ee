"""Files of records: written, kept with the record, removed.

Files are written before the transaction and removed after it: the database never names a file that
is not there, and no lock is held while a disc works.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from .models import Record, StoredFile, User
from .uploads import Upload

#: Of a record in all, and sent at once; the web server takes no more (README).
MOST, MOST_AT_ONCE = 20, 5


@dataclass(frozen=True)
class WrittenFile:
    upload: Upload
    path: str
    #: What the model keeps of the content.
    values: dict[str, Any]


@contextmanager
def written(model: type[StoredFile], uploads: Iterable[Upload]) -> Iterator[list[WrittenFile]]:
    """Write the files; they are gone again if what is done within fails."""
    field = model._meta.get_field("file")
    files: list[WrittenFile] = []
    try:
        for upload in uploads:
            path = field.generate_filename(model(), upload.name)
            values = model.values_of(upload)
            files.append(WrittenFile(upload, field.storage.save(path, upload.file), values))
        yield files
    except BaseException:
        for file in files:
            field.storage.delete(file.path)
        raise


def refuse_twice(kept: QuerySet, files: Collection[WrittenFile], whose: str) -> None:
    """Raises ``ValidationError`` for one too many or one twice among those of a locked record."""
    taken = set(kept.values_list("sha256", flat=True))
    already = len(taken)
    if already + len(files) > MOST:
        sentence = (
            f"{whose}最多{MOST}个附件，现有{already}个，不能再添加{len(files)}个。"
            "请合并文件，或先删去不用的。"
        )
        raise ValidationError({"attachments": sentence})
    repeated = []
    for file in files:
        if file.upload.sha256 in taken:
            repeated.append(f"“{file.upload.name}”与已有的附件内容相同，不用再传。")
        taken.add(file.upload.sha256)
    if repeated:
        raise ValidationError({"attachments": repeated})


def rows_of(
    model: type[StoredFile], record: Record, files: Iterable[WrittenFile], user: User, **values
) -> list[StoredFile]:
    """Save a row for each written file."""
    rows = [
        model(
            **{model.belongs_to: record},
            file=file.path,
            name=file.upload.name,
            content_type=file.upload.content_type,
            size=file.upload.size,
            sha256=file.upload.sha256,
            user=user,
            **file.values,
            **values,
        )
        for file in files
    ]
    for row in rows:
        row.save()
    return rows


@transaction.atomic
def keep_files(
    model: type[StoredFile], record: Record, files: Collection[WrittenFile], user: User
) -> list[StoredFile]:
    """Add written files to the record, which is locked meanwhile. Raises as ``refuse_twice``."""
    type(record)._base_manager.select_for_update().get(pk=record.pk)
    kept = model._default_manager.filter(**{model.belongs_to: record})
    refuse_twice(kept, files, f"一项{record._meta.verbose_name}")
    return rows_of(model, record, files, user)


@transaction.atomic
def remove(row: StoredFile) -> None:
    """Take it from its record, and from the disc once that is certain."""
    path, storage = row.file.name, row.file.storage
    row.delete()
    transaction.on_commit(lambda: storage.delete(path))
