"""Accounts of handling units that belong to none."""

from congress.accounts.findings import account_check
from congress.roles import Role

from .models import HandlingUnit


@account_check
def accounts_without_a_unit(accounts, day):
    belonging = set(HandlingUnit.accounts.through.objects.values_list("user", flat=True))
    for key, account in accounts.items():
        if account.role == Role.UNIT and key not in belonging:
            yield key, "还没有与承办单位关联；请办公室在承办单位的页面上选定账号，或停用。"
