"""The township, its rules, its documents and its sessions, as they stand on the cut-off."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from congress.models import Document, Session, Term, Township
from congress.periods import Period


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


@dataclass(frozen=True)
class Sessions:
    held: tuple[CongressSession, ...]
    next: CongressSession | None


def current_terms(period: Period):
    """The term that runs on the cut-off."""
    return Term.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=period.last), first_day__lte=period.last
    )


def county_documents(period: Period):
    return _documents(period).filter(level=Document.Level.COUNTY)


def own_documents(period: Period):
    return _documents(period).filter(level=Document.Level.OWN)


def _documents(period: Period):
    """As issued: also those repealed since; not those made void."""
    return Document.objects.standing().filter(date__range=(period.first, period.last))


def sessions_held(period: Period):
    return Session.objects.filter(
        state=Session.State.HELD, date__range=(period.first, period.last)
    ).order_by("date", "pk")


def sessions_to_come(period: Period):
    """Sessions after the cut-off that were not called off, the next first."""
    return (
        Session.objects.filter(date__gt=period.last)
        .exclude(state=Session.State.CANCELLED)
        .order_by("date", "pk")
    )


def institution_figures(period: Period) -> Institution:
    township = Township.objects.get()
    return Institution(
        name=township.name,
        county=township.county,
        term=current_terms(period).values_list("ordinal", flat=True).first(),
        reception_day=township.reception_day,
        claim_percent=township.claim_percent,
    )


def paper_figures(period: Period) -> Papers:
    return Papers(
        county=tuple(
            Paper(*row) for row in county_documents(period).values_list("title", "issuer")
        ),
        own=tuple(Paper(*row) for row in own_documents(period).values_list("title", "issuer")),
    )


def session_figures(period: Period) -> Sessions:
    following = sessions_to_come(period).select_related("term").first()
    return Sessions(
        held=tuple(map(_session, sessions_held(period).select_related("term"))),
        next=_session(following) if following else None,
    )


def _session(session: Session) -> CongressSession:
    return CongressSession(
        session.term.ordinal, session.ordinal, session.date, session.agenda_titles
    )
