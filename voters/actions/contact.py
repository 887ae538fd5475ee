"""A voter's name and telephone number for the lead unit of one item: given, taken back, looked at.

网络数据安全管理条例 12: for a stated purpose, of a stated extent, to the one who needs it, and on
record. A release ends by itself as soon as the item leaves the unit's hands.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from congress import audit
from congress.models import User
from congress.roles import handles_items, keeps_records, require_keeper, sees_voter_contact
from voters.models import ContactRelease, ContactReveal, FeedbackItem, Visit
from voters.states import WITH_UNIT

from .entering import write_entry
from .sweep import Sweep

_ANONYMOUS = "匿名"


@dataclass(frozen=True)
class Contact:
    """What a unit is shown once."""

    name: str
    phone: str


@transaction.atomic
def reveal_contact(
    *, user: User, visit: Visit, item: FeedbackItem | None = None, reason: str
) -> str:
    """The voter's telephone number in full; who asked, when and for which item is kept."""
    if not sees_voter_contact(user):
        raise PermissionDenied
    ContactReveal.objects.create(visit=visit, item=item, user=user, reason=reason)
    audit.note(audit.Kind.REVEAL, f"查看{visit.number}号来访人的电话", subject=visit, reason=reason)
    return visit.phone


def asks_discretion(visit: Visit) -> bool:
    """Whether the voter asked for confidence or gave no name: released by consent only."""
    return visit.confidential or _ANONYMOUS in visit.voter_name


def can_be_released(item: FeedbackItem) -> bool:
    """Whether there is a unit that handles the item, and a voter to be named to it."""
    return bool(item.visit_id and item.lead_unit_id) and item.state in WITH_UNIT


def may_release(user: User, item: FeedbackItem) -> bool:
    """Whether this user may release the contact now; asked by page and action alike."""
    is_released = ContactRelease.objects.in_force().filter(item=item).exists()
    return keeps_records(user) and can_be_released(item) and not is_released


@transaction.atomic
def release_contact(
    *, user: User, item: FeedbackItem, reason: str, has_consent: bool = False
) -> ContactRelease:
    """Let the item's lead unit see the voter's name and telephone number, for this reason.

    Of a voter who asked for confidence, or gave no name, only with consent. The trail says who,
    why and how much. Raises ``ValidationError`` where nobody is to be told or nothing to be said.
    """
    require_keeper(user)
    item = FeedbackItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if not can_be_released(item):
        raise ValidationError(
            "这条意见现在没有承办单位在办理，或者不是接待选民登记的，不能提供联系方式。"
        )
    if ContactRelease.objects.in_force().filter(item=item).exists():
        raise ValidationError("联系方式已经提供给承办单位，不用再次提供。")
    if asks_discretion(item.visit) and not has_consent:
        raise ValidationError(
            {"has_consent": "选民要求保密或匿名反映的，须先征得本人同意，才能提供联系方式。"}
        )
    # One of a former unit has no force any more, and its end stands in the trail.
    ContactRelease.objects.filter(item=item).delete()
    release = ContactRelease(item=item, unit=item.lead_unit, user=user, reason=reason)
    release.full_clean()
    release.save()
    consent = "\n选民要求保密或匿名反映，已征得本人同意" if asks_discretion(item.visit) else ""
    note = f"向{item.lead_unit}提供来访人姓名、电话\n理由：{reason}{consent}"
    write_entry(user, item, "release", note)
    return release


@transaction.atomic
def recall_contact(*, user: User, item: FeedbackItem, reason: str) -> None:
    """The unit sees name and telephone number no longer; what it has seen stays on record."""
    require_keeper(user)
    release = ContactRelease.objects.select_for_update().filter(item=item).first()
    if release is None:
        raise ValidationError("联系方式没有提供给承办单位，或者已经收回。")
    note = f"不再向{release.unit}提供来访人姓名、电话\n理由：{reason}"
    release.delete()
    write_entry(user, item, "recall", note)


def end_releases(items: Iterable[FeedbackItem]) -> dict[int, str]:
    """Take back what was released to units that no longer handle these items.

    Returns words for the trail, by key of the item.
    """
    lasting = ContactRelease.objects.in_force().values("pk")
    ended = ContactRelease.objects.filter(item__in=[item.pk for item in items])
    ended = ended.exclude(pk__in=lasting).select_related("unit")
    words = {each.item_id: f"已提供给{each.unit}的联系方式同时收回" for each in ended}
    if words:
        ContactRelease.objects.filter(item__in=words).delete()
    return words


def end_releases_of(sweep: Sweep) -> None:
    """After a step: of items that it took from the hands of their unit."""
    left = [
        item
        for item in sweep.items
        if sweep.was(item, "state") in WITH_UNIT
        and (item.state not in WITH_UNIT or item.lead_unit_id != sweep.was(item, "lead_unit_id"))
    ]
    ended = end_releases(left) if left else {}
    for item in left:
        if item.pk in ended:
            sweep.tell(item, ended[item.pk])


def may_view_contact(user: User, item: FeedbackItem) -> bool:
    """Whether the item's contact is released to a unit of this user."""
    if not handles_items(user):
        return False
    releases = ContactRelease.objects.in_force()
    return releases.filter(item=item, unit__accounts=user).exists()


@transaction.atomic
def view_released_contact(*, user: User, item: FeedbackItem) -> Contact:
    """The voter's name and telephone number for the unit they were released to; it is logged."""
    releases = ContactRelease.objects.in_force().select_related("unit", "item__visit")
    release = None
    if handles_items(user):
        released = releases.filter(item=item, unit__accounts=user)
        release = released.select_for_update(of=("self",)).first()
    if release is None:
        raise PermissionDenied
    visit = release.item.visit
    ContactReveal.objects.create(
        visit=visit, item=item, unit=release.unit, user=user, reason=release.reason
    )
    audit.note(
        audit.Kind.REVEAL,
        f"{release.unit}为办理{item.number}查看{visit.number}号来访人的姓名和电话",
        subject=visit,
        reason=release.reason,
    )
    return Contact(visit.voter_name, visit.phone)
