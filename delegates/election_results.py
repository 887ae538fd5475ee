"""Results of an election at a session, from the votes; and what in the votes cannot be true.

Elected is who has the votes of more than half of all delegates, the most first, as many as there
are seats (地方组织法 25, 29). Articles are those of the text as amended in 2022.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from congress.numerals import listing

from .legal_numbers import majority
from .models import Candidate, Election


@dataclass(frozen=True)
class Standing:
    """One name with its votes, and what these come to."""

    candidate: Candidate
    votes: int
    has_majority: bool
    result: str
    #: Class of its colour.
    state: str


@dataclass(frozen=True)
class Outcome:
    majority: int
    standings: tuple[Standing, ...]
    #: Have a majority and as many votes as one another, but there is no seat for all of them.
    tied: tuple[Candidate, ...]
    #: Seats that are still to be filled.
    open_seats: int
    remarks: tuple[str, ...]

    @property
    def elected(self) -> list[Candidate]:
        return [each.candidate for each in self.standings if each.result == ELECTED]

    @property
    def not_elected(self) -> list[Candidate]:
        return [each.candidate for each in self.standings if each.result == NOT_ELECTED]


ELECTED, NOT_ELECTED, TIED = "当选", "未当选", "票数相等，须再次投票"
_STATES = {ELECTED: "done", NOT_ELECTED: "", TIED: "overdue"}


def outcome(election: Election, candidates: Iterable[Candidate], total: int) -> Outcome:
    """The result for ``total`` delegates in all; of an election whose votes were counted."""
    needed = majority(total)
    ranked = sorted(candidates, key=lambda each: (-each.votes_for, each.pk or 0))
    passed = [
        each for each in ranked if each.votes_for >= needed and may_be_elected(election, each)
    ]
    elected, tied = _seated(passed, election.seats)
    results = dict.fromkeys(elected, ELECTED) | dict.fromkeys(tied, TIED)
    standings = []
    for each in ranked:
        result = results.get(each, NOT_ELECTED)
        standings.append(
            Standing(each, each.votes_for, each.votes_for >= needed, result, _STATES[result])
        )
    open_seats = election.seats - len(elected)
    return Outcome(
        needed,
        tuple(standings),
        tuple(tied),
        open_seats,
        tuple(_remarks(election, ranked, tied, open_seats, needed)),
    )


def may_be_elected(election: Election, candidate: Candidate) -> bool:
    """Chair and vice chair come from among the delegates (18)."""
    return election.kind not in Election.FROM_DELEGATES or candidate.mandate_id is not None


def _seated(
    passed: Sequence[Candidate], seats: int
) -> tuple[Sequence[Candidate], Sequence[Candidate]]:
    """(elected, tied for the last seats) of those with a majority, the most votes first."""
    if len(passed) <= seats or passed[seats - 1].votes_for > passed[seats].votes_for:
        return passed[:seats], []
    last = passed[seats].votes_for
    return (
        [each for each in passed if each.votes_for > last],
        [each for each in passed if each.votes_for == last],
    )


def _remarks(election, ranked, tied, open_seats, needed):
    if tied:
        names = listing(each.name for each in tied)
        yield (
            f"{names}票数相等（各{tied[0].votes_for}票），不能确定当选人，应当就票数相等的人再次投票，"
            f"以得票多的当选{open_seats}名（地方组织法第二十九条）。"
        )
    elif open_seats and not election.is_tie_vote:
        yield (
            f"当选人数少于应选名额，还缺{open_seats}名，另行选举；可以在本次会议上进行，"
            "也可以在下一次会议上进行，由大会决定（地方组织法第二十九条）。"
        )
    if election.is_tie_vote and open_seats and ranked and not tied:
        yield (
            f"再次投票以得票多的当选，但得票最多的{ranked[0].name}未过全体代表的半数（{needed}票），"
            "是否当选请主席团依法认定；系统不作认定。"
        )
    for each in ranked:
        if each.votes_for >= needed and not may_be_elected(election, each):
            yield f"{each.name}不是本级人大代表，不能当选{election.post}（地方组织法第十八条）。"


def nomination_warnings(election: Election, candidates: Iterable[Candidate]) -> list[str]:
    """What in the number of candidates departs from law; said, not refused."""
    nominated = [each for each in candidates if not each.is_written_in]
    number, seats = len(nominated), election.seats
    found = []
    if not number or election.is_tie_vote:
        return found
    more = number - seats
    if more < 0:
        found.append(f"候选人{number}名，少于应选名额{seats}名。")
    elif election.kind in Election.MAIN and more > 1:
        found.append(
            f"正职候选人可以多一人，现有{number}名；候选人数超过差额数的，应当进行预选"
            "（地方组织法第二十七条）。"
        )
    elif election.kind in Election.DEPUTIES and not election.is_by_election:
        if more == 0:
            found.append(
                f"副职候选人应比应选名额多一人至三人，现为等额（{number}名）；补选的除外"
                "（地方组织法第二十七条、第三十条）。"
            )
        elif more > 3:
            found.append(
                f"副职候选人应比应选名额多一人至三人，现多{more}人，应当进行预选"
                "（地方组织法第二十七条）。"
            )
    presidium = sum(each.nominated_by == Candidate.Nomination.PRESIDIUM for each in nominated)
    if presidium > seats and election.round == 1:
        found.append(
            f"主席团提名的候选人{presidium}名，超过应选名额{seats}名（地方组织法第二十六条）。"
        )
    return found


@dataclass(frozen=True)
class Count:
    """The votes as they were counted: of each name, for, against and abstained."""

    issued: int
    returned: int
    valid: int
    votes: Mapping[str, tuple[int, int, int]]
    #: Of each name written in.
    written_in: Mapping[str, int] = field(default_factory=dict)


def contradictions(
    count: Count, *, seats: int, present: int | None, total: int
) -> list[tuple[str, str]]:
    """(field or name, sentence) of each number that cannot be true.

    ``present`` is None where attendance was not taken: then there are no more ballots than
    delegates.
    """
    found = []
    if present is not None and count.issued > present:
        found.append(("issued", f"发出票{count.issued}张，多于出席代表{present}人。"))
    elif present is None and count.issued > total:
        found.append(("issued", f"发出票{count.issued}张，多于全体代表{total}人。"))
    if count.returned > count.issued:
        found.append(
            (
                "returned",
                f"收回票{count.returned}张，多于发出票{count.issued}张；收回的选票多于发出的，"
                "选举无效，应重新选举。",
            )
        )
    if count.valid > count.returned:
        found.append(("valid", f"有效票{count.valid}张，多于收回票{count.returned}张。"))
    for name, votes in count.votes.items():
        if sum(votes) > count.valid:
            sentence = f"{name}的赞成、反对、弃权合计{sum(votes)}票，多于有效票{count.valid}张。"
            found.append((name, sentence))
    for name, number in count.written_in.items():
        if number > count.valid:
            sentence = f"另选他人{name}得{number}票，多于有效票{count.valid}张。"
            found.append((name, sentence))
    chosen = sum(votes[0] for votes in count.votes.values()) + sum(count.written_in.values())
    if not found and chosen > count.valid * seats:
        found.append(
            (
                "valid",
                f"赞成票和另选他人合计{chosen}票，多于有效票{count.valid}张乘以应选名额{seats}名"
                f"（{count.valid * seats}票）；每张票所选人数不能多于应选名额。",
            )
        )
    return found
