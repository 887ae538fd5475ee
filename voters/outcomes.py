"""What the outcomes of an answer are called in this township; the letters A to D are for everyone.

Every page that shows an outcome asks here, once for all its rows.
"""

from django.db.models import Case, CharField, QuerySet, Value, When

from congress.models import Township
from voters.models import FeedbackItem

#: Class of the colour of each outcome: solved, on the way, and explained.
COLOURS = {"A": "done", "B": "in-hand", "C": "in-hand", "D": ""}

#: These say that something is still to come: it is promised by a day.
COMMITTING = (FeedbackItem.Outcome.IN_PROGRESS, FeedbackItem.Outcome.PLANNED)


def outcome_labels(township: Township | None = None) -> dict[str, str]:
    """The letter of each outcome with its name here: one query, none for a township given."""
    names = (township or Township.current()).outcomes
    letters = FeedbackItem.Outcome.values
    return {letter: f"{letter} {name}" for letter, name in zip(letters, names, strict=False)}


def outcome_choices() -> list[tuple[str, str]]:
    """To choose from in a form."""
    return list(outcome_labels().items())


def with_outcome_name(records: QuerySet) -> QuerySet:
    """Annotates ``outcome_name``, for lists: no query per row."""
    names = [When(outcome=letter, then=Value(name)) for letter, name in outcome_labels().items()]
    return records.annotate(outcome_name=Case(*names, default=Value(""), output_field=CharField()))
