"""The township, its rules, its documents and its sessions, as they stand on the cut-off."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from congress.models import Document, Session, Term, Township
from reports.scope import Scope


@dataclass(frozen=True)
class Institution:
    name: str
    county: str
    term: int | None
    reception_day: int
    claim_percent: int

    @property
    def kind(self) -> str:
        """镇 or 乡, the word for the township level."""
        return self.name[-1:]

    @property
    def congress(self) -> str:
        return f"{self.kind}人大"


@dataclass(frozen=True)
class Paper:
    title: str
    issuer: str
    pk: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Papers:
    county: tuple[Paper, ...]
    own: tuple[Paper, ...]


@dataclass(frozen=True)
class CongressSession:
    term: int
    ordinal: int
    date: date
    agenda: tuple[str, ...]
    pk: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Sessions:
    held: tuple[CongressSession, ...]
    next: CongressSession | None


def current_terms(scope: Scope):
    """The term that runs on the cut-off."""
    return Term.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=scope.last), first_day__lte=scope.last
    )


def county_documents(scope: Scope):
    return documents(scope).filter(level=Document.Level.COUNTY)


def own_documents(scope: Scope):
    return documents(scope).filter(level=Document.Level.OWN)


def documents(scope: Scope):
    """As issued: also those repealed since; not those made void."""
    return Document.objects.standing().filter(date__range=(scope.first, scope.last))


def sessions_held(scope: Scope):
    return Session.objects.filter(
        state=Session.State.HELD, date__range=(scope.first, scope.last)
    ).order_by("date", "pk")


def sessions_to_come(scope: Scope):
    """Sessions after the cut-off that were not called off, the next first."""
    after = max(scope.last, scope.session.date) if scope.session else scope.last
    return (
        Session.objects.filter(date__gt=after)
        .exclude(state=Session.State.CANCELLED)
        .order_by("date", "pk")
    )


def next_session(scope: Scope):
    """The one to come first, if any; as a queryset."""
    return Session.objects.filter(pk__in=sessions_to_come(scope).values("pk")[:1])


def institution_figures(scope: Scope) -> Institution:
    township = Township.objects.get()
    return Institution(
        name=township.name,
        county=township.county,
        term=current_terms(scope).values_list("ordinal", flat=True).first(),
        reception_day=township.reception_day,
        claim_percent=township.claim_percent,
    )


def paper_figures(scope: Scope) -> Papers:
    return Papers(
        county=tuple(
            Paper(*row) for row in county_documents(scope).values_list("title", "issuer", "pk")
        ),
        own=tuple(Paper(*row) for row in own_documents(scope).values_list("title", "issuer", "pk")),
    )


def session_figures(scope: Scope) -> Sessions:
    following = next_session(scope).select_related("term").first()
    return Sessions(
        held=tuple(map(_session, sessions_held(scope).select_related("term"))),
        next=_session(following) if following else None,
    )


def _session(session: Session) -> CongressSession:
    return CongressSession(
        session.term.ordinal, session.ordinal, session.date, session.agenda_titles, session.pk
    )
