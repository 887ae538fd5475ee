"""Lookups that the whole program relies on."""

from django.db.models import IntegerField
from django.db.models.lookups import In

_LIMIT = 2**63


@IntegerField.register_lookup
class StorableIn(In):
    """``in`` for whole numbers: what no database can hold is no record's, as with ``exact``."""

    def get_prep_lookup(self):
        values = super().get_prep_lookup()
        if hasattr(values, "resolve_expression"):
            return values
        return [
            value for value in values if not isinstance(value, int) or -_LIMIT <= value < _LIMIT
        ]
