"""Accounts of leaders who lead no group."""

from django.db.models import Q

from congress.accounts.findings import account_check
from congress.roles import Role

from .models import Membership
from .models.membership import OFFICERS


@account_check
def leaders_without_a_group(accounts, day):
    posts = Membership.objects.holding_on(day).filter(post__in=OFFICERS)
    held = posts.filter(
        Q(mandate__delegate__account__in=accounts) | Q(staff_account__in=accounts)
    ).values_list("mandate__delegate__account", "staff_account")
    leading = {key for keys in held for key in keys}
    for key, account in accounts.items():
        if account.role == Role.LEADER and key not in leading:
            yield key, "已不担任小组职务；请改为“代表”，或停用账号。"
