"""Who is named with what a voter told in confidence (要求保密): 知情人员."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from congress import audit
from congress.models import User
from congress.periods import holds_on, today
from congress.roles import Role
from groups.models import OFFICERS, Membership
from voters.models import Visit


def may_be_informed(visit: Visit) -> QuerySet:
    """Accounts in use that could open the visit or its items, were it not told in confidence.

    The office and the chair; who leads the group today; the delegates who received the voter.
    """
    officers = Membership.objects.filter(
        holds_on(today()), post__in=OFFICERS, group=visit.day.group_id
    )
    leaders = Q(pk__in=_accounts(officers, "mandate__delegate__account"))
    leaders |= Q(pk__in=_accounts(officers, "staff_account"))
    received = Q(pk__in=_accounts(visit.received_by, "delegate__account"))
    return (
        User.objects.filter(is_active=True)
        .filter(
            Q(role__in=[Role.OFFICE, Role.SECRETARY, Role.CHAIR])
            | Q(leaders, role=Role.LEADER)
            | Q(received, role=Role.DELEGATE)
        )
        .order_by("name", "pk")
    )


def _accounts(records, path: str) -> QuerySet:
    return records.filter(**{f"{path}__isnull": False}).values(path)


def name_informed(user: User, visit: Visit) -> None:
    """Who is named with a visit just saved, where nobody is yet: who saved it, who registered it
    and the secretary; nobody any longer where the voter asks for confidence no more.
    """
    if not visit.confidential:
        visit.informed.clear()
    elif not visit.informed.exists():
        secretaries = User.objects.filter(role=Role.SECRETARY, is_active=True)
        visit.informed.set({user, visit.logged_by, *secretaries} - {None})


@transaction.atomic
def change_informed(*, user: User, visit: Visit, informed: Iterable[User], reason: str) -> None:
    """Name these accounts and no others; each that comes or goes is an entry of the audit log.

    Raises ``PermissionDenied`` for who is not named, ``ValidationError`` where nobody would stay.
    """
    visit = Visit.objects.visible_to(user).select_for_update(of=("self",)).get(pk=visit.pk)
    if not visit.confidential:
        raise PermissionDenied
    before, after = set(visit.informed.all()), set(informed)
    if not any(account.is_active for account in after):
        raise ValidationError({"informed": "至少要有一位知情人员，否则没有人能够办理。"})
    visit.informed.set(after)
    for account in sorted(before ^ after, key=lambda account: account.pk):
        done = "指定" if account in after else "取消"
        audit.note(
            audit.Kind.CHANGE,
            f"{done}{account.name}为{visit.number}号来访的知情人员",
            subject=visit,
            reason=reason,
        )
