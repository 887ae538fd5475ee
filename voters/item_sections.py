"""Two sections of an item's page: its attachments, and who may reach its voter."""

from dataclasses import dataclass

from congress import roles
from congress.attachments import MOST
from congress.models import User
from voters.actions import (
    can_be_released,
    last_change,
    may_attach,
    may_remove,
    may_view_contact,
)
from voters.forms import AttachmentForm
from voters.models import Attachment, ContactRelease, FeedbackItem


@dataclass(frozen=True)
class Attached:
    attachment: Attachment
    may_remove: bool


def attachments_of(item: FeedbackItem, user: User) -> dict:
    """Context of ``_item_attachments.html``; a form only for who may add more."""
    if not (roles.reads_all(user) or roles.handles_items(user)):
        return {}
    changed_at = last_change(item)
    attachments = Attachment.objects.visible_to(user).filter(item=item).select_related("user")
    attached = [Attached(each, may_remove(user, each, changed_at)) for each in attachments]
    may_add = may_attach(user, item)
    return {
        "attached": attached,
        "attachment_form": AttachmentForm(user=user) if may_add and len(attached) < MOST else None,
        "may_show_to_units": roles.keeps_records(user),
    }


def contact_of(item: FeedbackItem, user: User) -> dict:
    """Context of ``_item_contact.html``: for the office and for the units that handle the item."""
    if not item.visit_id:
        return {}
    if roles.handles_items(user):
        return {"is_asked_of_office": True, "may_view_contact": may_view_contact(user, item)}
    if not roles.keeps_records(user):
        return {}
    release = (
        ContactRelease.objects.in_force().filter(item=item).select_related("user", "unit").first()
    )
    return {
        "release": release,
        "may_release": release is None and can_be_released(item),
        "reveals": item.contact_reveals.select_related("user", "unit"),
    }
