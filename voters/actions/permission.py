"""Who may change the records of this room."""

from django.core.exceptions import PermissionDenied

from congress.roles import keeps_records


def require_keeper(user) -> None:
    """Raises ``PermissionDenied`` unless the user keeps the township's records."""
    if not keeps_records(user):
        raise PermissionDenied
