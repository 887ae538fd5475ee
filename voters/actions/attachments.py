"""Attachments of items: added, let be seen by the units, removed; each with its trail."""

import datetime
from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from congress.attachments import WrittenFile, refuse_twice, remove, rows_of
from congress.models import User
from congress.roles import keeps_records, require_keeper
from voters.models import Attachment, FeedbackItem
from voters.states import WITH_UNIT
from voters.step import Actor

from .entering import write_entry
from .standing import Standing


def _handles(user: User, item: FeedbackItem) -> bool:
    return bool({Actor.LEAD_UNIT, Actor.CO_UNIT} & Standing(user, [item]).actors(item))


def may_attach(user: User, item: FeedbackItem) -> bool:
    """The office always, its units while they handle the item; asked by page and view alike."""
    return keeps_records(user) or (item.state in WITH_UNIT and _handles(user, item))


def judge_files(item: FeedbackItem, files: Collection[WrittenFile]) -> None:
    """Raises ``ValidationError`` for one too many or one twice; locks the item.

    Two people may add at once: who comes second counts what the first one added.
    """
    if files:
        FeedbackItem.objects.select_for_update().get(pk=item.pk)
        refuse_twice(item.attachments.all(), files, "一条意见建议")


@transaction.atomic
def attach(
    *, user: User, item: FeedbackItem, files: Collection[WrittenFile], for_unit: bool = False
) -> list[Attachment]:
    """Add stored files to the item. Raises as ``judge_files``."""
    if not (keeps_records(user) or _handles(user, item)):
        raise PermissionDenied
    judge_files(item, files)
    attachments = rows_of(Attachment, item, files, user, for_unit=for_unit)
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
    write_entry(user, item, "attach", f"删除{_names([attachment])}")
    remove(attachment)


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
