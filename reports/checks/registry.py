"""All checks, in the order in which they are told."""

from . import claims, days, items, numbers, suspicion, texts, votes

CHECKS = {
    check.key: check
    for check in (
        days.cut_off_ahead,
        votes.not_adding_up,
        days.outside_the_term,
        texts.placeholders,
        claims.unsupported,
        numbers.contradicting,
        items.overdue,
        items.voter_not_told,
        items.days_left_open,
        items.plan_without_record,
        items.idle_delegates,
        texts.as_last_year,
        texts.suggested,
        texts.empty_chapters,
        texts.requests,
        days.signature,
        suspicion.alike_visits,
        suspicion.alike_texts,
        suspicion.alike_grades,
        suspicion.alike_ballots,
        suspicion.full_attendance,
        suspicion.too_round,
    )
}
