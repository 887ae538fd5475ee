"""履职公示: counted from the duty files, told to the public, withdrawn or replaced."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.editing import EditedMeanwhile, fingerprint
from congress.models import User
from congress.periods import now
from congress.roles import require_keeper
from delegates.duty_file import DutyFile, Part, duty_files
from delegates.models import Level, Mandate

from .models import Membership, Publication, PublicSheet

State = Publication.State
#: Who somebody is; the rest of the file is performance.
NOT_COUNTED = ("mandates", "posts")


@dataclass(frozen=True)
class Draft:
    """What would be published now, not saved."""

    parts: list[list[str]]
    sheets: list[PublicSheet]
    #: Names of those whose attendance is not marked everywhere.
    unmarked: list[str]

    @property
    def fingerprint(self) -> str:
        told = [
            (each.mandate_id, each.name, each.constituency, each.group, each.counts)
            for each in self.sheets
        ]
        return fingerprint((self.parts, told))


def draft_of(publication: Publication) -> Draft:
    """Of those chosen, or of all in office on the cut-off day; each person once."""
    mandates = _mandates(publication)
    groups = _groups(publication, mandates)
    by_person: dict[int, list[Mandate]] = defaultdict(list)
    for mandate in mandates:
        by_person[mandate.delegate_id].append(mandate)
    persons = sorted(by_person.values(), key=lambda held: _place(held, groups))
    files = duty_files([held[0].delegate for held in persons], publication.period)
    parts = _parts(files)
    keys = {key for key, _, _ in parts}
    sheets = [
        PublicSheet(
            publication=publication,
            mandate=held[0],
            position=position,
            name=held[0].delegate.name,
            constituency=_constituency(held),
            group=next((str(groups[each.pk]) for each in held if each.pk in groups), ""),
            counts={part.key: _count(part) for part in file.parts if part.key in keys},
        )
        for position, (held, file) in enumerate(zip(persons, files, strict=True), 1)
    ]
    unmarked = [file.person.name for file in files if any(part.unmarked for part in file.parts)]
    return Draft(parts, sheets, unmarked)


def _mandates(publication: Publication) -> list[Mandate]:
    """Of a person's two mandates that of the town comes first."""
    in_office = Mandate.objects.in_office_on(publication.cut_off)
    chosen = publication.chosen.values_list("delegate", flat=True) if publication.pk else ()
    if chosen:
        in_office = in_office.filter(delegate__in=list(chosen))
    mandates = in_office.select_related("delegate", "constituency", "term")
    return sorted(mandates, key=lambda each: (each.level != Level.TOWN, each.pk))


def _groups(publication: Publication, mandates: Sequence[Mandate]) -> dict:
    """The group of that day by mandate."""
    memberships = Membership.objects.holding_on(publication.cut_off).filter(mandate__in=mandates)
    return {each.mandate_id: each.group for each in memberships.select_related("group")}


def _place(held: Sequence[Mandate], groups: dict) -> tuple:
    """Groups in their order, then card numbers; who is in no group comes last."""
    ordinals = [groups[each.pk].ordinal for each in held if each.pk in groups]
    return (not ordinals, *ordinals[:1], held[0].card_number, held[0].pk)


def _constituency(held: Sequence[Mandate]) -> str:
    """Of a county mandate with its level, for the town's is the rule."""
    return "、".join(dict.fromkeys(_with_level(each) for each in held))


def _with_level(mandate: Mandate) -> str:
    name, level = str(mandate.constituency), mandate.get_level_display()
    if mandate.level == Level.TOWN or name.startswith(level):
        return name
    return f"{name}（{level}代表）"


def _parts(files: Sequence[DutyFile]) -> list[list[str]]:
    """Those in which anybody has an entry."""
    told: dict[str, list[str]] = {}
    for file in files:
        for part in file.parts:
            if part.key not in NOT_COUNTED and part.entries:
                told[part.key] = [part.key, part.title, part.measure]
    order = [part.key for file in files[:1] for part in file.parts]
    return sorted(told.values(), key=lambda each: order.index(each[0]))


def _count(part: Part) -> list[int | None]:
    return [part.done, part.expected if part.has_turnout else None]


@transaction.atomic
def publish(*, by: User, publication: Publication, seen: str) -> Publication:
    """公示: what the preview showed is frozen, and takes the place of the year's version before.

    Raises ``EditedMeanwhile`` where the records now say something else than the preview.
    """
    require_keeper(by)
    publication = _locked(publication)
    if not publication.is_prepared:
        raise ValidationError(f"这份公示{publication.get_state_display()}，不能再次公示。")
    draft = draft_of(publication)
    if not draft.sheets:
        raise ValidationError("统计截至日没有在任代表，无可公示。请核对截至日和所选代表。")
    if draft.fingerprint != seen:
        raise EditedMeanwhile
    for earlier in Publication.objects.published().filter(year=publication.year):
        _end(_locked(earlier), by, State.REPLACED, "公示了新版本")
    publication.state, publication.parts = State.PUBLISHED, draft.parts
    publication.published_at, publication.published_by = now(), by
    _save(publication)
    PublicSheet.objects.bulk_create(draft.sheets)
    return publication


@transaction.atomic
def withdraw(*, by: User, publication: Publication, reason: str) -> Publication:
    """撤下: the public pages are not found from now on; what was told remains on record."""
    require_keeper(by)
    publication = _locked(publication)
    if not publication.is_published:
        raise ValidationError(f"这份公示{publication.get_state_display()}，无须撤下。")
    return _end(publication, by, State.WITHDRAWN, reason)


def _end(publication: Publication, by: User, state: str, reason: str) -> Publication:
    publication.state, publication.end_reason = state, reason
    publication.ended_at, publication.ended_by = now(), by
    return _save(publication)


def _locked(publication: Publication) -> Publication:
    return Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)


def _save(publication: Publication) -> Publication:
    publication.version += 1
    publication.full_clean()
    publication.save()
    return publication
