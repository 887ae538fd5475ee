"""The triggers on PostgreSQL: one function for all tables; each tells it how to show its columns.

The connection tells who acts, and the pads of the marking key, for the length of a transaction
(``congress.audit.telling``). Where it has told nothing, the change came from outside the program.
"""

import json
from collections.abc import Iterator

from .proofs import NONCE_CHARACTERS
from .tables import HIDDEN, Shown, Table

ACTOR, PADS = "congress.actor", "congress.pads"

STANDING = """
    SELECT tgname::text, relname::text, encode(tgargs, 'escape')
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE tgname = 'capture_change' AND proname = 'capture_change' AND tgenabled <> 'D'
        AND pg_table_is_visible(pg_class.oid)
"""
LIFTING = """
    SELECT format('DROP FUNCTION %I CASCADE', proname) FROM pg_proc
    WHERE proname IN ('capture_change', 'capture_shown') AND pg_function_is_visible(oid)
"""
COLUMNS_THERE = """
    SELECT relname::text, attname::text
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped
        AND pg_table_is_visible(pg_class.oid)
"""
#: As ``congress.privacy`` knows them.
MOBILE = r"^\s*(?:\+?86[- ]?)?(1[3-9][0-9])[- ]?[0-9]{4}[- ]?([0-9]{4})\s*$"

SHOWN_FUNCTION = f"""
    CREATE FUNCTION capture_shown(value jsonb, shown text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE AS $$
        SELECT CASE
            WHEN value IS NULL THEN value
            -- A decimal number as text: it is spelled the same wherever it is read.
            WHEN jsonb_typeof(value) = 'number' AND value::text LIKE '%.%' THEN
                to_jsonb(value::text)
            WHEN shown = '{Shown.WHOLE}' THEN value
            WHEN shown = '{Shown.HIDDEN}' THEN
                CASE WHEN value IN ('""', '"\\\\x"') THEN NULL ELSE '"{HIDDEN}"'::jsonb END
            WHEN value = '""' THEN value
            WHEN shown = '{Shown.NAME}' THEN to_jsonb(left(value #>> '{{}}', 1) || '**')
            WHEN value #>> '{{}}' ~ '{MOBILE}' THEN
                to_jsonb(regexp_replace(value #>> '{{}}', '{MOBILE}', '\\1****\\2'))
            ELSE to_jsonb('****' || right(regexp_replace(value #>> '{{}}', '[^0-9]', '', 'g'), 3))
        END
    $$
"""
CHANGE_FUNCTION = f"""
    CREATE FUNCTION capture_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        was jsonb;
        becomes jsonb;
        nothing jsonb;
        told text;
        changes text;
        kind text;
        moment timestamptz := clock_timestamp();
        actor jsonb := nullif(current_setting('{ACTOR}', true), '')::jsonb;
        pads text := nullif(current_setting('{PADS}', true), '');
        key text;
        nonce text;
        content text;
        mark text := '';
        outside text := '';
    BEGIN
        IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
        IF TG_OP <> 'DELETE' THEN becomes := to_jsonb(NEW); END IF;
        IF TG_OP <> 'UPDATE' THEN nothing := '""'; END IF;
        SELECT string_agg(
            format(
                '"%s":[%s,%s]', spec.value ->> 0,
                coalesce(capture_shown(pair.old, spec.value ->> 1)::text, 'null'),
                coalesce(capture_shown(pair.new, spec.value ->> 1)::text, 'null')
            ),
            ',' ORDER BY (spec.value ->> 0) COLLATE "C"
        )
        INTO told
        FROM jsonb_each(TG_ARGV[3]::jsonb) AS spec,
        LATERAL (
            SELECT nullif(nullif(was -> spec.key, 'null'), nothing) AS old,
                nullif(nullif(becomes -> spec.key, 'null'), nothing) AS new
        ) AS pair
        WHERE pair.old IS DISTINCT FROM pair.new;
        kind := CASE WHEN TG_ARGV[2] <> '' THEN TG_ARGV[2]
            WHEN TG_OP = 'INSERT' THEN 'creation'
            WHEN TG_OP = 'UPDATE' THEN 'change'
            ELSE 'deletion' END;
        IF told IS NULL AND kind = 'change' THEN RETURN NULL; END IF;
        changes := '{{' || coalesce(told, '') || '}}';
        key := coalesce(becomes, was) ->> TG_ARGV[1];
        IF pads IS NULL OR actor IS NULL THEN
            actor := '{{}}';
            outside := '数据库用户' || session_user || '在程序之外的操作';
        ELSE
            nonce := left(replace(gen_random_uuid()::text, '-', ''), {NONCE_CHARACTERS});
            content := concat_ws(
                chr(31), nonce,
                to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'),
                kind, coalesce(actor ->> 'user_key', ''), actor ->> 'username', actor ->> 'name',
                actor ->> 'role', actor ->> 'address', TG_ARGV[0], key, '', '', changes
            );
            mark := nonce || encode(sha256(
                decode(right(pads, 128), 'hex')
                || sha256(decode(left(pads, 128), 'hex') || convert_to(content, 'UTF8'))
            ), 'hex');
        END IF;
        INSERT INTO congress_auditentry (
            at, kind, user_key, username, name, role, address,
            subject_type, subject_key, words, reason, changes, mark, digest
        ) VALUES (
            moment, kind, (actor ->> 'user_key')::bigint, coalesce(actor ->> 'username', ''),
            coalesce(actor ->> 'name', ''), coalesce(actor ->> 'role', ''),
            coalesce(actor ->> 'address', ''), TG_ARGV[0], key, outside, '', changes, mark, ''
        );
        RETURN NULL;
    END $$
"""


def statements(tables: list[Table]) -> Iterator[str]:
    if tables:
        yield SHOWN_FUNCTION
        yield CHANGE_FUNCTION
    for table in tables:
        arguments = ", ".join("'{}'".format(each.replace("'", "''")) for each in _arguments(table))
        yield f"""
            CREATE TRIGGER capture_change AFTER INSERT OR UPDATE OR DELETE ON "{table.name}"
            FOR EACH ROW EXECUTE FUNCTION capture_change({arguments})
        """


def triggers(table: Table) -> set[tuple[str, str, str]]:
    """As ``STANDING`` tells of them; the database ends each argument by a zero."""
    arguments = "".join(f"{each}\\000" for each in _arguments(table))
    return {("capture_change", table.name, arguments)}


def _arguments(table: Table) -> list[str]:
    """Subject, its key's column, the kind where it is always the same, the columns."""
    spec = {
        column.name: [column.label, column.shown]
        for column in table.columns
        if column.shown != Shown.LEFT_OUT
    }
    return [
        table.subject_type,
        table.key,
        "change" if table.is_of_owner else "",
        json.dumps(spec),
    ]
