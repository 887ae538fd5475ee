"""What the database allows with the log: to chain an entry once, to remove what is archived."""

from congress import append_only

from .proofs import COLUMNS

ARCHIVED = """EXISTS (
    SELECT 1 FROM congress_auditarchive AS archive WHERE archive.through >= OLD.sequence
)"""


def declare() -> None:
    kept = " AND ".join(
        f"(NEW.{name} = OLD.{name} OR NEW.{name} IS NULL AND OLD.{name} IS NULL)"
        for name in ("id", "mark", *COLUMNS)
    )
    append_only.declare(
        "congress_auditentry",
        "审计日志只能增加，不能修改、删除。",
        unless=ARCHIVED,
        allows=f"OLD.sequence IS NULL AND NEW.sequence IS NOT NULL AND {kept}",
    )
    append_only.declare("congress_auditarchive", "归档的记录只能增加，不能修改、删除。")
