"""Changes of elections: who stands, what was counted, another round."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.models import Session, User
from congress.roles import require_keeper
from delegates.assembly import assembly_of, assembly_of_election, turnout_of
from delegates.election_results import Count, contradictions, outcome
from delegates.legal_numbers import NOMINATORS
from delegates.models import Candidate, Election

from .mandates import amend

COUNTED = "这次选举已登记计票结果，不能再改候选人；须更正的请先清除计票结果。"


@transaction.atomic
def name_candidates(*, by: User, election: Election, candidates: Iterable[Candidate]) -> Election:
    """These stand, in place of those before; not once votes were counted.

    The version is the page's to count.
    """
    require_keeper(by)
    election = _locked(election)
    if election.is_counted:
        raise ValidationError(COUNTED)
    candidates = list(candidates)
    in_all = assembly_of(election.session).total
    for candidate in candidates:
        candidate.pk, candidate.election = None, election
        if election.kind in Election.FROM_DELEGATES and candidate.mandate is None:
            raise ValidationError(
                f"{candidate.name}不是本级人大代表；主席、副主席从代表中选出（地方组织法第十八条）。"
            )
        if candidate.nominators and candidate.nominators > in_all:
            raise ValidationError(
                f"提名{candidate.name}的联名代表{candidate.nominators}人，多于全体代表{in_all}人。"
            )
        if candidate.nominators is not None and candidate.nominators < NOMINATORS:
            raise ValidationError(
                f"提名{candidate.name}的联名代表{candidate.nominators}人，少于{NOMINATORS}人"
                "（地方组织法第二十六条）。"
            )
    seen = set()
    for candidate in candidates:
        key = (candidate.name, candidate.mandate_id)
        if key in seen:
            raise ValidationError(f"{candidate.name}填写了两次。")
        seen.add(key)
    election.candidates.all().delete()
    for candidate in candidates:
        candidate.full_clean(exclude=["election"])
        candidate.save()
    return election


@transaction.atomic
def count_votes(
    *,
    by: User,
    election: Election,
    issued: int,
    returned: int,
    valid: int,
    votes: Mapping[int, tuple[int, int, int]],
    written_in: Iterable[Candidate] = (),
) -> Election:
    """Record the count: of each candidate's key for, against, abstained; and who was written in.

    Raises ``ValidationError`` that names every number that cannot be true. The version is the
    page's to count.
    """
    require_keeper(by)
    election = _locked(election)
    session = election.session
    if session.state == Session.State.CANCELLED:
        raise ValidationError("会议已取消，不能登记选举结果。")
    candidates = list(election.candidates.filter(is_written_in=False))
    if not candidates:
        raise ValidationError("还没有候选人，请先登记候选人。")
    if votes.keys() != {each.pk for each in candidates}:
        raise ValidationError("候选人刚被他人改动，请重新打开本页。")
    written_in = list(written_in)
    names = [each.name for each in candidates]
    for each in written_in:
        if each.name in names:
            raise ValidationError(f"另选他人“{each.name}”与前面的姓名重复，请合并或注明区别。")
        names.append(each.name)
    if max(names.count(name) for name in names) > 1:
        labels = {each.pk: str(each.mandate or each.name) for each in candidates}
    else:
        labels = {each.pk: each.name for each in candidates}
    turnout, in_all = turnout_of(session), assembly_of_election(election).total
    wrong = contradictions(
        Count(
            issued,
            returned,
            valid,
            {labels[pk]: numbers for pk, numbers in votes.items()},
            {each.name: each.votes_for for each in written_in},
        ),
        seats=election.seats,
        present=turnout.present if turnout.marked else None,
        total=in_all,
    )
    if wrong:
        errors: dict[str | None, list[str]] = {}
        for place, sentence in wrong:
            key = place if place in ("issued", "returned", "valid") else "__all__"
            errors.setdefault(key, []).append(sentence)
        raise ValidationError(errors)
    for each in candidates:
        each.votes_for, each.votes_against, each.abstained = votes[each.pk]
        each.save()
    election.candidates.filter(is_written_in=True).delete()
    for each in written_in:
        each.pk, each.election, each.is_written_in = None, election, True
        each.full_clean(exclude=["election"])
        each.save()
    election.issued, election.returned, election.valid = issued, returned, valid
    election.all_delegates = in_all
    election.full_clean()
    election.save()
    return election


@transaction.atomic
def clear_votes(*, by: User, election: Election) -> Election:
    """The count was wrong: candidates stay, votes and who was written in go."""
    require_keeper(by)
    election = _locked(election)
    if Election.objects.filter(follows=election).exists():
        raise ValidationError("已有下一轮选举，不能清除本轮计票结果；请先删除下一轮。")
    election.candidates.filter(is_written_in=True).delete()
    election.candidates.update(votes_for=None, votes_against=None, abstained=None)
    amend(election, issued=None, returned=None, valid=None, all_delegates=None)
    return election


@transaction.atomic
def next_round(*, by: User, election: Election, session: Session | None = None) -> Election:
    """再次投票 among those with the same votes, else 另行选举 for the seats left (29).

    Of the latter all who were not elected stand again, the most votes first; the office then
    changes the list. It may take place at a later session.
    """
    require_keeper(by)
    election = _locked(election)
    session = session or election.session
    if not election.is_counted:
        raise ValidationError("还没有登记计票结果，不能另行选举。")
    if Election.objects.filter(follows=election).exists():
        raise ValidationError("下一轮选举已经登记。")
    total = assembly_of_election(election).total
    result = outcome(election, election.candidates.all(), total)
    if not result.open_seats:
        raise ValidationError("应选名额已经选足，不用另行选举。")
    if session.date < election.session.date or session.term_id != election.session.term_id:
        raise ValidationError({"session": "另行选举只能在本次或以后的会议上进行。"})
    is_tie_vote = bool(result.tied)
    following = Election(
        session=session,
        kind=election.kind,
        post=election.post,
        seats=result.open_seats,
        is_by_election=election.is_by_election,
        round=election.round + 1,
        follows=election,
        is_tie_vote=is_tie_vote,
    )
    following.full_clean()
    following.save()
    for each in result.tied or result.not_elected:
        if each.is_written_in and not is_tie_vote:
            continue
        Candidate.objects.create(
            election=following,
            name=each.name,
            mandate=each.mandate,
            nominated_by=Candidate.Nomination.VOTES,
        )
    return following


def _locked(election: Election) -> Election:
    return (
        Election.objects.select_for_update(of=("self",))
        .select_related("session__term")
        .get(pk=election.pk)
    )
