"""What would become of each row of a roster: added, completed, left as it is, or refused.

Compares the rows with each other and with what is stored. A row that is refused is refused as a
whole; nothing is written here, see ``saving``.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from congress.models import Term
from congress.numerals import group_name
from congress.periods import today
from delegates.models import Delegate, Mandate
from groups.models import OFFICERS, DelegateGroup, Membership, Post

from .identities import Identities, check_identity_of
from .likeness import Likeness, Likenesses
from .reading import Note, RosterRow, shown

VOTING_AGE = 18
#: Fields of a person by the roster's heading.
PERSON = {
    "姓名": "name",
    "性别": "sex",
    "出生年月": "birth_month",
    "民族": "ethnicity",
    "文化程度": "education",
    "政治面貌": "party",
    "工作单位及职务": "occupation",
    "联系电话": "phone",
}
NO_TERM = "还没有登记届次，请先在“设置”中添加本届，再导入花名册。"
NO_GROUPS = "本届还没有代表小组，请先添加代表小组，再导入花名册。"


def person_of(row: RosterRow) -> Delegate:
    """The person that a row tells of, not saved."""
    told = {name: row[heading] for heading, name in PERSON.items()}
    return Delegate(**told, identity=row["身份证号"])


@dataclass
class Outcome:
    """What becomes of one row; ``delegate`` is known already or will be new, likewise ``mandate``.

    ``changes`` are what a known person's record would say instead.
    """

    row: RosterRow
    delegate: Delegate | None = None
    mandate: Mandate | None = None
    group: DelegateGroup | None = None
    changes: list[Note] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    #: Row of the same person, whose other mandate this is.
    same_person: RosterRow | None = None
    #: Whom this person may be, though added as somebody else.
    likenesses: list[Likeness] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return bool(self.row.errors)

    @property
    def word(self) -> str:
        if self.is_refused:
            return "不导入"
        if self.mandate is None:
            return "新增代表资格" if self.delegate or self.same_person else "新增"
        return "更新" if self.changes else "无变化"

    @property
    def adds_person(self) -> bool:
        known = self.mandate or self.delegate or self.same_person
        return not self.is_refused and not known

    @property
    def does_something(self) -> bool:
        return not self.is_refused and (self.mandate is None or bool(self.changes))


def term_in_force() -> Term | None:
    """The term whose delegates a roster lists: the latest that has begun."""
    return Term.objects.filter(first_day__lte=today()).order_by("-first_day").first()


class Judge:
    """Knows what is stored, in a fixed number of queries."""

    def __init__(self, term: Term):
        self.term = term
        self.groups = {group.ordinal: group for group in DelegateGroup.objects.filter(term=term)}
        mandates = Mandate.objects.filter(term=term).select_related("delegate", "constituency")
        self.by_card = {mandate.card_number: mandate for mandate in mandates}
        self.open_mandates: dict[int, list[Mandate]] = defaultdict(list)
        for mandate in self.by_card.values():
            if mandate.end is None:
                self.open_mandates[mandate.delegate_id].append(mandate)
        self.persons: dict[tuple, list[Delegate]] = defaultdict(list)
        self.identities = Identities()
        for person in Delegate.objects.all():
            self.persons[person.name, person.birth_month].append(person)
            self.identities.add(person)
        open_memberships = Membership.objects.filter(end=None, group__term=term)
        self.memberships: dict[int, Membership] = {}
        self.officers: dict[tuple[int, str], Membership] = {}
        for membership in open_memberships.select_related("group", "mandate__delegate"):
            if membership.mandate_id:
                self.memberships[membership.mandate_id] = membership
            if membership.post in OFFICERS:
                self.officers[membership.group_id, membership.post] = membership

    def judge(self, rows: Iterable[RosterRow]) -> list[Outcome]:
        outcomes = [Outcome(row) for row in rows]
        self._refuse_cards_twice(outcomes)
        self._refuse_same_person_twice(outcomes)
        for outcome in outcomes:
            if not outcome.is_refused:
                self._find_place(outcome)
        self._refuse_posts_twice(outcomes)
        self._find_alike(outcomes)
        return outcomes

    def _find_alike(self, outcomes: list[Outcome]) -> None:
        """Name the persons that the office is to compare once the rows are taken in."""
        known = Likenesses()
        for persons in self.persons.values():
            for person in persons:
                cards = [mandate.card_number for mandate in self.open_mandates[person.pk]]
                known.add(
                    person, f"已有的{person}（{'、'.join(cards)}）" if cards else f"已有的{person}"
                )
        for outcome in outcomes:
            if outcome.adds_person:
                person = person_of(outcome.row)
                outcome.likenesses = known.of(person)
                known.add(person, f"第{outcome.row.number}行")

    def _refuse_cards_twice(self, outcomes: list[Outcome]) -> None:
        first: dict[str, RosterRow] = {}
        for outcome in outcomes:
            row = outcome.row
            if card := row["代表证号"]:
                if card in first:
                    row.refuse(
                        "代表证号", f"{card}与第{first[card].number}行重复，请删去一行或改正证号。"
                    )
                else:
                    first[card] = row

    def _refuse_same_person_twice(self, outcomes: list[Outcome]) -> None:
        """Two mandates of one person are those of two levels, in one group."""
        alike: dict[tuple, list[Outcome]] = defaultdict(list)
        for outcome in outcomes:
            if outcome.row["姓名"] and outcome.row["出生年月"] and not outcome.is_refused:
                alike[outcome.row["姓名"], outcome.row["出生年月"]].append(outcome)
        identities: dict[str, Outcome] = {}
        for same_name in alike.values():
            for place, outcome in enumerate(same_name):
                for earlier in same_name[:place]:
                    self._compare(earlier, outcome)
        for outcome in outcomes:
            identity = outcome.row["身份证号"]
            earlier = identities.setdefault(identity, outcome) if identity else outcome
            is_known = outcome.is_refused or outcome.same_person is earlier.row
            if earlier is not outcome and not is_known:
                _refuse_once(
                    outcome.row,
                    "身份证号",
                    f"与第{earlier.row.number}行相同，请核对两行是否同一人。",
                )

    @staticmethod
    def _compare(earlier: Outcome, outcome: Outcome) -> None:
        first, row = earlier.row, outcome.row
        phones = {first["联系电话"], row["联系电话"]} - {"", None}
        if len(phones) > 1:
            outcome.remarks.append(f"与第{first.number}行同名、同年月出生，电话不同，按两人导入。")
        elif first["代表层级"] == row["代表层级"]:
            _refuse_once(
                row,
                "姓名",
                f"{row['姓名']}与第{first.number}行疑为同一人：姓名、出生年月相同，电话不矛盾。"
                "同一人在同一层级只能有一个代表证号，请删去一行；确是两人的，请补上各自的电话。",
            )
        elif first["所属小组"] and first["所属小组"] != row["所属小组"]:
            _refuse_once(
                row, "所属小组", f"与第{first.number}行是同一人，两项代表资格须在同一小组。"
            )
        elif not earlier.is_refused:
            outcome.same_person = first

    def _find_place(self, outcome: Outcome) -> None:
        row = outcome.row
        check_identity_of(row)
        start: datetime.date = row["当选日期"]
        outcome.group = self.groups.get(row["所属小组"])
        if outcome.group is None or (outcome.group.end and outcome.group.end <= today()):
            row.refuse("所属小组", f"没有{group_name(row['所属小组'])}，请核对或先添加这个小组。")
        if start > today():
            row.refuse("当选日期", "当选日期还没有到，请核对。")
        if start.year - row["出生年月"].year < VOTING_AGE:
            row.refuse("出生年月", "当选时不满18周岁（选举法第四条），请核对出生年月和当选日期。")
        if not outcome.is_refused:
            self._find_person(outcome)

    def _find_person(self, outcome: Outcome) -> None:
        row = outcome.row
        mandate = self.by_card.get(row["代表证号"])
        if mandate:
            self._recognise(outcome, mandate)
            return
        found = [
            person
            for person in self.persons.get((row["姓名"], row["出生年月"]), ())
            if person.sex == row["性别"]
            and _agree(person.phone, row["联系电话"])
            and not self.identities.tell_apart(person, row)
        ]
        owner = self.identities.owner_of(row)
        if owner:
            if owner not in found:
                row.refuse(
                    "身份证号",
                    f"与{owner}（{owner.birth_month:%Y-%m}）已登记的相同，请核对是否同一人。",
                )
            found = [owner]
        if len(found) > 1:
            row.refuse(
                "姓名", f"系统中有{len(found)}位代表与这一行相符，请先补上电话或合并后再导入。"
            )
        elif found:
            outcome.delegate = found[0]
            outcome.remarks.append("系统中已有此人，只添加这一项代表资格。")
            for mandate in self.open_mandates[found[0].pk]:
                if mandate.level == row["代表层级"]:
                    row.refuse(
                        "姓名",
                        f"{row['姓名']}已是本届{mandate.get_level_display()}代表"
                        f"（{mandate.card_number}），疑为同一人，请核对代表证号。",
                    )

    def _recognise(self, outcome: Outcome, mandate: Mandate) -> None:
        """A card that is known must be the same person's, in the same group."""
        row, person = outcome.row, mandate.delegate
        if person.name != row["姓名"]:
            row.refuse("代表证号", f"{mandate.card_number}是{person.name}的，与姓名不符，请核对。")
            return
        if mandate.end:
            row.refuse("代表证号", f"{mandate.card_number}的代表资格已终止，请核对。")
            return
        outcome.mandate, outcome.delegate = mandate, person
        for heading, stored in (
            ("代表层级", mandate.level),
            ("选区", mandate.constituency.name),
            ("当选日期", mandate.start),
        ):
            if row[heading] != stored:
                row.refuse(
                    heading, f"已登记的是{shown(heading, stored)}，要改请在代表资格页面修改。"
                )
        membership = self.memberships.get(mandate.pk)
        if membership and membership.group.ordinal != row["所属小组"]:
            row.refuse("所属小组", f"现在{membership.group}，调组请在代表页面办理。")
        elif membership and membership.post != row["组内职务"]:
            row.refuse("组内职务", f"现在是{membership.get_post_display()}，改任请在小组页面办理。")
        outcome.changes += self.identities.completed(person, row)
        for heading, name in PERSON.items():
            stored, told = getattr(person, name), row[heading]
            if told not in ("", None) and told != stored:
                outcome.changes.append(Note(heading, shown(heading, stored), shown(heading, told)))

    def _refuse_posts_twice(self, outcomes: list[Outcome]) -> None:
        holders: dict[tuple[int, str], RosterRow] = {}
        for outcome in outcomes:
            row, post = outcome.row, outcome.row["组内职务"]
            if outcome.is_refused or post == Post.MEMBER or outcome.group is None:
                continue
            key, label = (outcome.group.pk, post), Post(post).label
            held = self.officers.get(key)
            if held and (outcome.mandate is None or held.mandate_id != outcome.mandate.pk):
                row.refuse("组内职务", f"{outcome.group}的{label}现由{held.person_name}担任。")
            elif key in holders and outcome.same_person is not holders[key]:
                row.refuse(
                    "组内职务", f"与第{holders[key].number}行重复：一个小组只有一名{label}。"
                )
            holders.setdefault(key, row)


def _refuse_once(row: RosterRow, column: str, message: str) -> None:
    if all(column != blamed for blamed, _ in row.errors):
        row.refuse(column, message)


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other
