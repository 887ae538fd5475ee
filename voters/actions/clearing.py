"""A voter's contact data are cleared; what was asked and what became of it stays."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from congress import audit
from congress.editing import EditedMeanwhile
from congress.models import Township, User
from congress.periods import today
from congress.privacy import masked_name, without_personal_numbers
from congress.roles import runs_the_year
from voters.clearing import ANONYMOUS, due_now
from voters.models import EarlierAnswer, FeedbackItem, Visit, VisitNote

#: Rows a statement.
BATCH = 500
#: Texts in which a voter may be named, by model. The trail is never rewritten: the numbers in it
#: are masked as it is written.
_TEXTS = (
    (FeedbackItem, "visit", ("title", "summary", "reply", "dissatisfaction")),
    (EarlierAnswer, "item__visit", ("reply", "dissatisfaction")),
    (VisitNote, "visit", ("text",)),
)


@transaction.atomic
def clear_due(*, user: User | None, seen: str) -> int:
    """Clear all that is due by the township's rule; returns how many visits.

    ``user`` is None for a command. Raises ``EditedMeanwhile`` where others are due by now than
    those that were shown.
    """
    if user is not None and not runs_the_year(user):
        raise PermissionDenied
    # Two requests at once take turns here.
    Township.objects.select_for_update().first()
    due = due_now()
    visits = list(due.visits.select_for_update(of=("self",)))
    if due.seen != seen:
        raise EditedMeanwhile
    clear_visits(visits, reason=f"办结满{due.years}年")
    return len(visits)


def clear_visits(visits: Iterable[Visit], *, reason: str) -> None:
    """Empty the telephone, leave the surname; take both out of the texts too.

    Within a transaction of the caller. Villages, persons and dates stay: no figure changes.
    """
    visits = list(visits)
    if not visits:
        return
    words = {visit.pk: _Forgetting(visit) for visit in visits}
    for model, path, names in _TEXTS:
        _forget(model, path, names, words)
    for visit in visits:
        forgetting = words[visit.pk]
        visit.words, visit.answer = forgetting(visit.words), forgetting(visit.answer)
        visit.voter_name, visit.phone = forgetting.shown, ""
        visit.cleared_on, visit.version = today(), F("version") + 1
    fields = ["words", "answer", "voter_name", "phone", "cleared_on", "version"]
    Visit.objects.bulk_update(visits, fields, batch_size=BATCH)
    audit.note(audit.Kind.ERASURE, f"清除选民联系方式，来访{len(visits)}次", reason=reason)


class _Forgetting:
    """A text as it stands once the voter is forgotten: the name as 张**, numbers masked."""

    def __init__(self, visit: Visit):
        self.name, self.phone = visit.voter_name, visit.phone
        is_named = ANONYMOUS not in self.name and not self.name.endswith("**")
        self.shown = masked_name(self.name) if is_named else self.name

    def __call__(self, text: str) -> str:
        if self.phone:
            text = text.replace(self.phone, "****")
        if len(self.name) > 1:
            text = text.replace(self.name, self.shown)
        return without_personal_numbers(text)


def _forget(model, path: str, names: tuple[str, ...], words: dict[int, _Forgetting]) -> None:
    changed = []
    rows = model.objects.filter(**{f"{path}__in": words}).annotate(of_visit=F(path))
    for row in rows.select_for_update(of=("self",)):
        texts = {name: words[row.of_visit](getattr(row, name)) for name in names}
        if any(getattr(row, name) != text for name, text in texts.items()):
            for name, text in texts.items():
                setattr(row, name, text)
            changed.append(row)
    model.objects.bulk_update(changed, names, batch_size=BATCH)
