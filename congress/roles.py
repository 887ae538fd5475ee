"""Who may do what: roles and one-line predicates.

Predicates answer for a role as a whole; which *records* a user sees is decided by the
``visible_to(user)`` querysets of each app.
"""

from django.core.exceptions import PermissionDenied
from django.db import models


class Role(models.TextChoices):
    OFFICE = "office", "办公室工作人员"
    LEADER = "leader", "代表小组负责人"
    SECRETARY = "secretary", "人大秘书"
    CHAIR = "chair", "主席、副主席"
    UNIT = "unit", "承办单位"
    DELEGATE = "delegate", "代表"
    AUDITOR = "auditor", "审计员"
    ADMINISTRATOR = "administrator", "系统管理员"


def keeps_records(user) -> bool:
    """Adds and edits the township's records: office staff and the secretary."""
    return user.role in {Role.OFFICE, Role.SECRETARY}


def require_keeper(user) -> None:
    """Raises ``PermissionDenied`` unless the user keeps the township's records."""
    if not keeps_records(user):
        raise PermissionDenied


def reads_all(user) -> bool:
    """Reads every business record: those who keep them, and the chair."""
    return keeps_records(user) or user.role == Role.CHAIR


def leads_group(user) -> bool:
    return user.role == Role.LEADER


def handles_items(user) -> bool:
    return user.role == Role.UNIT


def is_delegate(user) -> bool:
    return user.role == Role.DELEGATE


def may_be_delegate(user) -> bool:
    """Whether the account may belong to a delegate, who then has own duties and activities."""
    return user.role in {Role.DELEGATE, Role.LEADER, Role.CHAIR}


def runs_the_year(user) -> bool:
    """Sets up the township, its year and the report: the secretary."""
    return user.role == Role.SECRETARY


def signs_reports(user) -> bool:
    """Signs the report, or returns it: the chair."""
    return user.role == Role.CHAIR


def keeps_accounts(user) -> bool:
    return user.role == Role.ADMINISTRATOR


def watches_backups(user) -> bool:
    """Sees which backups there are and whether they can be relied on, never their files."""
    return user.role in {Role.SECRETARY, Role.ADMINISTRATOR}


def reads_log(user) -> bool:
    """Reads the audit log, and nothing else: the auditor."""
    return user.role == Role.AUDITOR


def reads_group_work(user) -> bool:
    """Opens the pages of groups, plan, activities, reception and items, within what is visible."""
    return reads_all(user) or leads_group(user)


def reads_calendar(user) -> bool:
    """Opens the calendar of reception days, within what is visible: also each delegate."""
    return reads_group_work(user) or is_delegate(user)


def reads_documents(user) -> bool:
    """Opens the documents, within what is visible: also each delegate."""
    return reads_group_work(user) or is_delegate(user)


def reads_duty_files(user) -> bool:
    """Opens duty files, within what is visible: also each delegate the own."""
    return reads_group_work(user) or is_delegate(user)


def reads_items(user) -> bool:
    """Opens feedback items, within what is visible: also delegates and handling units."""
    return reads_calendar(user) or handles_items(user)


def edits_group_work(user) -> bool:
    """Edits plan, activities and attendance, within what is visible."""
    return keeps_records(user) or leads_group(user)


def sees_voter_contact(user) -> bool:
    """Reads a voter's telephone number in full; everybody else sees it masked."""
    return keeps_records(user)


def exports_personal_data(user) -> bool:
    """Exports and prints personal data in full, for a reason that is kept."""
    return keeps_records(user)
