"""Accounts of delegates that nobody, or nobody in office, uses."""

from congress.accounts.findings import account_check
from congress.roles import Role

from .models import Delegate, Mandate


@account_check
def delegates_no_longer_in_office(accounts, day):
    """A suspended mandate has not ended: the delegate comes back."""
    persons = dict(Delegate.objects.filter(account__in=accounts).values_list("account", "pk"))
    in_office = set(Mandate.objects.holding_on(day).values_list("delegate", flat=True))
    for key, account in accounts.items():
        if account.role != Role.DELEGATE:
            continue
        if key not in persons:
            yield key, "还没有与代表关联；请办公室在代表的页面上填写账号，或停用。"
        elif persons[key] not in in_office:
            yield key, "代表资格已经终止；请停用账号。"
