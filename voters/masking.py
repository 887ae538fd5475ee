"""What is shown of a voter to those who need not know the whole."""

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Concat, Substr

from congress.roles import sees_voter_contact


def masked_phone(phone: str) -> str:
    """138****1234; of a short number only the last two digits."""
    if not phone:
        return ""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 10 else f"****{phone[-2:]}"


def voter_shown_to(user, prefix: str = "") -> Case | F:
    """The voter's name; of one who asked for confidence (要求保密) only the surname: 张**."""
    name = F(f"{prefix}voter_name")
    if sees_voter_contact(user):
        return name
    surname = Concat(Substr(f"{prefix}voter_name", 1, 1), Value("**"))
    return Case(
        When(**{f"{prefix}confidential": True}, then=surname),
        default=name,
        output_field=CharField(),
    )
