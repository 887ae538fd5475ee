"""Records that go on living after the cut-off, with what was known of them on that day."""

from django.db.models import Case, CharField, DateField, F, Field, QuerySet, Value, When

from reports.scope import Scope


def items(records: QuerySet, scope: Scope) -> QuerySet:
    """Feedback items with their days, outcome, grades and state by then."""
    return (
        records.with_deadline()
        .with_state_on(scope.last)
        .annotate(
            assigned_by=_day(scope, "assigned_on"),
            replied_by=_day(scope, "replied_on"),
            group_told_by=_day(scope, "group_told_on"),
            voter_told_by=_day(scope, "voter_told_on"),
            outcome_by=_word(scope, "replied_on", "outcome"),
            process_grade=_word(scope, "voter_told_on", "process_satisfaction"),
            result_grade=_word(scope, "voter_told_on", "result_satisfaction"),
        )
    )


def duty_reports(records: QuerySet, scope: Scope) -> QuerySet:
    return records.annotate(held_by=_day(scope, "held_on"))


def votes(records: QuerySet, scope: Scope) -> QuerySet:
    return records.annotate(
        reported_by=_day(scope, "reported_on"), fed_back_by=_day(scope, "fed_back_on")
    )


def _day(scope: Scope, field: str) -> Case:
    return _known(scope, field, field, None, DateField())


def _word(scope: Scope, day: str, field: str) -> Case:
    return _known(scope, day, field, "", CharField())


def _known(scope: Scope, day: str, field: str, otherwise: str | None, kind: Field) -> Case:
    known = When(**{f"{day}__lte": scope.last}, then=F(field))
    return Case(known, default=Value(otherwise), output_field=kind)
