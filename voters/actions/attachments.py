"""Attachments of items: added, let be seen by the units, removed; each with its trail.

Files are written before the transaction and removed after it: the database never names a file that
is not there, and no lock is held while a disc works.
"""

import datetime
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F

from congress.models import User
from congress.roles import keeps_records, require_keeper
from congress.uploads import Upload
from voters.models import Attachment, FeedbackItem
from voters.states import WITH_UNIT
from voters.step import Actor

from .entering import write_entry
from .standing import Standing

#: Of an item in all, and sent at once; the web server takes no more (README).
MOST, MOST_AT_ONCE = 20, 5


@dataclass(frozen=True)
class StoredFile:
    upload: Upload
    path: str


@contextmanager
def stored(uploads: Iterable[Upload]) -> Iterator[list[StoredFile]]:
    """Write the files; they are gone again if what is done within fails."""
    field = Attachment._meta.get_field("file")
    files: list[StoredFile] = []
    try:
        for upload in uploads:
            path = field.generate_filename(Attachment(), upload.name)
            files.append(StoredFile(upload, field.storage.save(path, upload.file)))
        yield files
    except BaseException:
        for file in files:
            field.storage.delete(file.path)
        raise


def _handles(user: User, item: FeedbackItem) -> bool:
    return bool({Actor.LEAD_UNIT, Actor.CO_UNIT} & Standing(user, [item]).actors(item))


def may_attach(user: User, item: FeedbackItem) -> bool:
    """The office always, its units while they handle the item; asked by page and view alike."""
    return keeps_records(user) or (item.state in WITH_UNIT and _handles(user, item))


def judge_files(item: FeedbackItem, files: Collection[StoredFile]) -> None:
    """Raises ``ValidationError`` for one too many or one twice; locks the item.

    Two people may add at once: who comes second counts what the first one added.
    """
    if not files:
        return
    FeedbackItem.objects.select_for_update().get(pk=item.pk)
    taken = set(item.attachments.values_list("sha256", flat=True))
    already = len(taken)
    if already + len(files) > MOST:
        sentence = (
            f"一条意见建议最多{MOST}个附件，现有{already}个，不能再添加{len(files)}个。"
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


@transaction.atomic
def attach(
    *, user: User, item: FeedbackItem, files: Collection[StoredFile], for_unit: bool = False
) -> list[Attachment]:
    """Add stored files to the item. Raises as ``judge_files``."""
    if not (keeps_records(user) or _handles(user, item)):
        raise PermissionDenied
    judge_files(item, files)
    attachments = [
        Attachment(
            item=item,
            file=file.path,
            name=file.upload.name,
            content_type=file.upload.content_type,
            size=file.upload.size,
            sha256=file.upload.sha256,
            user=user,
            for_unit=for_unit,
        )
        for file in files
    ]
    for attachment in attachments:
        attachment.save()
    if attachments:
        write_entry(user, item, "attach", f"添加{_names(attachments)}")
    return attachments


def last_change(item: FeedbackItem) -> datetime.datetime | None:
    """When the item came to its present state."""
    return (
        item.steps.exclude(from_state=F("to_state"))
        .order_by("at")
        .values_list("at", flat=True)
        .last()
    )


def may_remove(user: User, attachment: Attachment, changed_at: datetime.datetime | None) -> bool:
    """The office; or who added it, until the item moved on (``last_change``)."""
    is_own = attachment.user_id == user.pk
    return keeps_records(user) or (is_own and (changed_at is None or attachment.at >= changed_at))


@transaction.atomic
def remove_attachment(*, user: User, attachment: Attachment) -> None:
    """Take it from the item, and from the disc once that is certain."""
    item = FeedbackItem.objects.select_for_update().get(pk=attachment.item_id)
    if not may_remove(user, attachment, last_change(item)):
        raise PermissionDenied
    path, storage = attachment.file.name, attachment.file.storage
    write_entry(user, item, "attach", f"删除{_names([attachment])}")
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(path))


@transaction.atomic
def show_to_units(*, user: User, attachment: Attachment, is_shown: bool) -> None:
    """承办单位可见, or no longer."""
    require_keeper(user)
    if attachment.for_unit == is_shown:
        return
    attachment.for_unit = is_shown
    attachment.save(update_fields=["for_unit"])
    words = "承办单位可见" if is_shown else "承办单位不再可见"
    write_entry(user, attachment.item, "attach", f"{_names([attachment])}，{words}")


def _names(attachments: Iterable[Attachment]) -> str:
    return "".join(f"“{attachment.name}”" for attachment in attachments)
