"""Emptying tables between tests, those too whose rows the database keeps for good."""

from contextlib import contextmanager

from django.db import connection, transaction

from congress import append_only


@contextmanager
def rows_may_go():
    """Within it the triggers of append-only tables are lifted."""
    with transaction.atomic():
        # PostgreSQL drops no trigger of a table while a deferred check of it is pending.
        connection.check_constraints()
        append_only.lift(connection)
        yield
        connection.check_constraints()
        append_only.install(connection)
