"""Tables to which rows are only ever added: triggers of the database refuse all else.

A room declares its table when it starts, ``migrate`` makes the triggers:

    append_only.declare("voters_feedbackstep", "办理记录只能增加，不能修改、删除。", unless="…")

While migrations are applied the triggers are lifted: SQLite drops those of a table that it
alters, and alters no table that a trigger of another one reads.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections, transaction

#: The triggers that stand.
STANDING = {
    "sqlite": """
        SELECT name FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'append_only_*'
    """,
    "postgresql": """
        SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE starts_with(tgname::text, 'append_only_') AND tgenabled <> 'D'
            AND pg_table_is_visible(pg_class.oid)
    """,
}
#: Statements that drop them, those no longer declared too.
LIFTING = {
    "sqlite": """
        SELECT 'DROP TRIGGER "' || name || '"' FROM sqlite_master
        WHERE type = 'trigger' AND name GLOB 'append_only_*'
    """,
    "postgresql": """
        SELECT format('DROP FUNCTION %I() CASCADE', proname) FROM pg_proc
        WHERE starts_with(proname::text, 'append_only_') AND pg_function_is_visible(oid)
    """,
}


@dataclass(frozen=True)
class Rule:
    table: str
    sentence: str
    unless: str
    keeps: tuple[str, ...] = ()
    allows: str = "FALSE"

    @property
    def triggers(self) -> dict[str, str]:
        """Names by what is refused."""
        return {
            "UPDATE": f"append_only_update_{self.table}",
            "DELETE": f"append_only_delete_{self.table}",
        }

    def on_sqlite(self) -> Iterator[str]:
        for event, name in self.triggers.items():
            exception = self.unless if event == "DELETE" else self._allowed_update
            yield f"""
                CREATE TRIGGER "{name}" BEFORE {event} ON "{self.table}"
                WHEN ({exception}) IS NOT TRUE
                BEGIN SELECT RAISE(ABORT, {self._literal}); END
            """

    def on_postgresql(self) -> Iterator[str]:
        yield f"""
            CREATE FUNCTION "append_only_{self.table}"() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' AND ({self.unless}) THEN RETURN OLD; END IF;
                IF TG_OP = 'UPDATE' AND ({self._allowed_update}) THEN RETURN NEW; END IF;
                RAISE EXCEPTION USING
                    ERRCODE = 'integrity_constraint_violation', MESSAGE = {self._literal};
            END $$
        """
        for event, name in self.triggers.items():
            yield f"""
                CREATE TRIGGER "{name}" BEFORE {event} ON "{self.table}"
                FOR EACH ROW EXECUTE FUNCTION "append_only_{self.table}"()
            """

    @property
    def _allowed_update(self) -> str:
        """Also true of what ``allows`` says."""
        moved = " AND ".join(f"NEW.{name} = OLD.{name}" for name in self.keeps) or "FALSE"
        return f"({moved}) OR ({self.allows})"

    @property
    def _literal(self) -> str:
        return "'{}'".format(self.sentence.replace("'", "''"))


_rules: dict[str, Rule] = {}


def declare(
    table: str,
    sentence: str,
    *,
    unless: str = "FALSE",
    keeps: tuple[str, ...] = (),
    allows: str = "FALSE",
) -> None:
    """Refuse each UPDATE of a row of the table, and each DELETE unless a condition is true.

    ``unless`` is SQL on ``OLD.…`` that both databases understand; it may read other tables. What
    is refused raises ``IntegrityError`` with the sentence. With ``keeps``, all columns but the one
    that names the person, an UPDATE may say no more than that two persons were one. ``allows`` is
    SQL on ``OLD.…`` and ``NEW.…`` that is true of what else an UPDATE may do.
    """
    _rules[table] = Rule(table, sentence, unless, keeps, allows)


def unprotected(connection) -> list[str]:
    """The declared tables whose rows could be changed now."""
    standing = set(_column(connection, STANDING[connection.vendor]))
    return [rule.table for rule in _possible(connection) if set(rule.triggers.values()) - standing]


def lift(connection) -> None:
    with transaction.atomic(connection.alias):
        _run(connection, _column(connection, LIFTING[connection.vendor]))


def install(connection) -> None:
    """Make all triggers anew, as they are declared now."""
    with transaction.atomic(connection.alias):
        lift(connection)
        for rule in _possible(connection):
            on_vendor = rule.on_sqlite if connection.vendor == "sqlite" else rule.on_postgresql
            _run(connection, on_vendor())


@contextmanager
def opened(connection, table: str) -> Iterator[None]:
    """Rows of one table may be rewritten within, in one transaction.

    For what must change though nothing is told anew: the key under which a value is sealed.
    """
    rule = _rules[table]
    with transaction.atomic(connection.alias):
        if connection.vendor == "sqlite":
            _run(connection, [f'DROP TRIGGER "{name}"' for name in rule.triggers.values()])
        else:
            _run(connection, [f'DROP FUNCTION "append_only_{table}"() CASCADE'])
        yield
        made = rule.on_sqlite() if connection.vendor == "sqlite" else rule.on_postgresql()
        _run(connection, made)


def before_migrations(using: str, plan, **kwargs) -> None:
    if plan:
        lift(connections[using])


def after_migrations(using: str, **kwargs) -> None:
    install(connections[using])


def _possible(connection) -> list[Rule]:
    """Rules of tables that exist: a database may be migrated to an earlier state."""
    tables = set(connection.introspection.table_names())
    return [rule for rule in _rules.values() if rule.table in tables]


def _column(connection, query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [value for (value,) in cursor.fetchall()]


def _run(connection, statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
