"""Changes of groups and membership: who may, and as a whole or not at all."""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from congress.models import User, Village
from congress.roles import require_keeper
from delegates.actions import amend
from delegates.models import Delegate, Mandate

from ..models import (
    OFFICERS,
    DelegateGroup,
    GroupVillage,
    Membership,
    Post,
)


@transaction.atomic
def join(
    *,
    by: User,
    mandate: Mandate,
    group: DelegateGroup,
    on: datetime.date,
    post: str = Post.MEMBER,
) -> Membership:
    require_keeper(by)
    check_place(group=group, post=post, on=on)
    membership = Membership(mandate=mandate, group=group, post=post, start=on)
    membership.full_clean()
    membership.save()
    return membership


@transaction.atomic
def leave(*, by: User, mandate: Mandate, on: datetime.date) -> None:
    """In no group from that day on; changes of group that were recorded after it never begin."""
    require_keeper(by)
    later = Q(end__isnull=True) | Q(end__gt=on)
    for membership in Membership.objects.select_for_update().filter(later, mandate=mandate):
        if membership.start < on:
            amend(membership, end=on)
        else:
            membership.delete()


@transaction.atomic
def transfer(
    *, by: User, delegate: Delegate, group: DelegateGroup, on: datetime.date
) -> list[Membership]:
    """调组: with all mandates; the old membership ends on the day the new one begins.

    A mandate that was in no group yet joins this one.
    """
    require_keeper(by)
    mandates = list(delegate.mandates.select_for_update().filter(end__isnull=True))
    current = {each.mandate_id: each for each in _open(mandate__in=mandates)}
    moving = [
        mandate
        for mandate in mandates
        if mandate.pk not in current or current[mandate.pk].group_id != group.pk
    ]
    if not mandates:
        raise ValidationError("这位代表没有在任的代表资格。")
    if not moving:
        raise ValidationError({"group": f"这位代表已在{group}。"})
    check_place(group=group, post=Post.MEMBER, on=on)
    return [
        _change(current[mandate.pk], on=on, group=group, post=Post.MEMBER)
        if mandate.pk in current
        else join(by=by, mandate=mandate, group=group, on=on)
        for mandate in moving
    ]


@transaction.atomic
def appoint(*, by: User, membership: Membership, post: str, on: datetime.date) -> Membership:
    """A member takes a post from that day on; who held it goes on as a plain member.

    A member of staff who held it leaves.
    """
    require_keeper(by)
    membership = _open(pk=membership.pk).first()
    if membership is None:
        raise ValidationError("这位代表已不在该小组。")
    if membership.mandate_id is None:
        raise ValidationError("工作人员只能担任联系员。")
    if membership.post == post:
        raise ValidationError({"post": f"这位代表已是{membership.get_post_display()}。"})
    if post in OFFICERS:
        for holder in _open(group=membership.group_id, post=post):
            _step_down(holder, on)
    return _change(membership, on=on, post=post)


@transaction.atomic
def name_liaison(
    *, by: User, group: DelegateGroup, name: str, on: datetime.date, account: User | None = None
) -> Membership:
    """A member of staff becomes the group's 联系员; who held the post steps down."""
    require_keeper(by)
    for holder in _open(group=group, post=Post.LIAISON):
        _step_down(holder, on)
    liaison = Membership(
        group=group, post=Post.LIAISON, staff_name=name.strip(), staff_account=account, start=on
    )
    liaison.full_clean()
    liaison.save()
    return liaison


@transaction.atomic
def cover(
    *, by: User, group: DelegateGroup, villages: Iterable[Village], on: datetime.date
) -> None:
    """The group covers these villages from that day on, and no others.

    A village that another group covered changes over on that day.
    """
    require_keeper(by)
    wanted = {village.pk for village in villages}
    kept = set()
    for coverage in GroupVillage.objects.select_for_update().filter(end__isnull=True):
        if coverage.group_id == group.pk and coverage.village_id in wanted:
            kept.add(coverage.village_id)
        elif coverage.group_id == group.pk or coverage.village_id in wanted:
            _stop_covering(coverage, on)
    for village in wanted - kept:
        added = GroupVillage(group=group, village_id=village, start=on)
        added.full_clean()
        added.save()


def check_place(*, group: DelegateGroup, post: str, on: datetime.date) -> None:
    """Refuse a group that is not there that day, and a post that somebody holds."""
    if not group.holds_on(on):
        raise ValidationError({"group": f"{group}在这一天尚未成立或者已经撤销。"})
    holders = Membership.objects.filter(Q(end__isnull=True) | Q(end__gt=on), group=group, post=post)
    holder = post in OFFICERS and holders.order_by("start").first()
    if holder:
        held = holder.get_post_display()
        raise ValidationError({"post": f"{group}的{held}现由{holder.person_name}担任，请先改任。"})


def _open(**conditions):
    """Memberships without an end, locked until the change is done."""
    return (
        Membership.objects.select_for_update(of=("self",))
        .filter(end__isnull=True, **conditions)
        .select_related("mandate__delegate", "group")
    )


def _change(membership: Membership, *, on: datetime.date, **values) -> Membership:
    """Close the membership and open the next one that day; on its first day it is replaced."""
    if on < membership.start:
        raise ValidationError(
            {"on": f"日期不能早于加入现小组或任现职的日期（{membership.start}）。"}
        )
    if on == membership.start:
        amend(membership, **values)
        return membership
    amend(membership, end=on)
    following = Membership(
        **{
            "mandate": membership.mandate,
            "group": membership.group,
            "post": membership.post,
            "start": on,
            **values,
        }
    )
    following.full_clean()
    following.save()
    return following


def _step_down(holder: Membership, on: datetime.date) -> None:
    if holder.mandate_id:
        _change(holder, on=on, post=Post.MEMBER)
    elif on > holder.start:
        amend(holder, end=on)
    else:
        raise ValidationError({"on": f"日期须晚于现任联系员任职的日期（{holder.start}）。"})


def _stop_covering(coverage: GroupVillage, on: datetime.date) -> None:
    if coverage.start < on:
        coverage.end = on
        coverage.save(update_fields=["end"])
    else:
        coverage.delete()
