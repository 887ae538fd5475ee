"""The town of a made ledger: its period, villages, groups, people and their seats over time."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "赟堃喆昇洁明芳强磊静丽军平桂英伟娜敏秀兰霞辉刚燕红"
RARE = (
    "𬱖某",
    "㛃兰",
    "丁䶮",
    "买买提·艾山",
    "阿依古丽·吐尔逊",
    "迪丽热巴·迪力木拉提·阿卜杜克热木·买买提依明江",
)
TRICKY = ("=1+1", "+5米宽才够", "-", "@村委会", "第一行\n第二行", "“引号”里的话", "0123")
SCALES = ("满意/基本满意/不满意", "称职/基本称职/不称职", "优秀/良好/一般/差")
REASONS = ("辞职", "罢免", "迁出", "去世", "未经批准两次不出席会议", "其他")
NUMERALS = "一二三四五六七八九"
LEADER, VICE, LIAISON, MEMBER = "组长", "副组长", "联系员", "组员"


@dataclass
class Person:
    name: str
    sex: str
    birth: str
    ethnicity: str
    education: str | None
    party: str | None
    occupation: str | None
    phone: str | int | None


@dataclass
class Stretch:
    group: int
    post: str | None
    start: date
    end: date | None = None


@dataclass
class Seat:
    """A mandate: in a group over one stretch or more, ended or suspended on a day."""

    card: str
    person: Person
    level: str
    constituency: str
    start: date
    stretches: list[Stretch]
    state: str = "在任"
    reason: str | None = None
    on: date | None = None
    note: str | None = None
    #: Written with its card number wherever it stands.
    meant: bool = False

    def in_office(self, day: date) -> bool:
        return self.start <= day and not (self.state != "在任" and self.on <= day)

    def group_on(self, day: date) -> int | None:
        for stretch in self.stretches:
            if stretch.start <= day and (stretch.end is None or day < stretch.end):
                return stretch.group
        return None

    def leave_for(self, group: int, day: date, post: str | None = None):
        self.stretches[-1].end = day
        self.stretches.append(Stretch(group, post, day))

    def rows(self) -> list[list]:
        *earlier, last = self.stretches
        person = self.person
        head = [
            self.card, person.name, person.sex, person.birth, person.ethnicity, person.education,
            person.party, person.occupation, person.phone, self.level, self.constituency,
        ]  # fmt: skip
        rows = [
            [*head, each.group, each.post, self.start, "终止", "调组", each.end, self.note]
            for each in earlier
        ]
        day = last.start if earlier and self.state == "在任" else self.on
        return [
            *rows,
            [*head, last.group, last.post, self.start, self.state, self.reason, day, self.note],
        ]


@dataclass
class Town:
    rng: random.Random
    seed: int
    year: int
    term: int
    kind: str
    name: str
    start: date
    cut_off: date
    day_of_month: int
    scale: str
    #: The day on which the workbook was made.
    made_on: date
    elected: date
    founded: date | None
    villages: list[str] = field(default_factory=list)
    coverage: dict[int, list[str]] = field(default_factory=dict)
    seats: list[Seat] = field(default_factory=list)

    def members(self, group: int, day: date) -> list[Seat]:
        """In office and in the group on that day, each person once."""
        return self._persons(
            seat for seat in self.seats if seat.in_office(day) and seat.group_on(day) == group
        )

    def in_office(self, day: date) -> list[Seat]:
        return self._persons(seat for seat in self.seats if seat.in_office(day))

    def groups_on(self, day: date) -> list[int]:
        groups = list(self.coverage)
        return groups[:-1] if self.founded and day < self.founded else groups

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.rng.randint(0, max(0, (last - first).days)))

    @staticmethod
    def _persons(seats) -> list[Seat]:
        return list({id(seat.person): seat for seat in seats}.values())


def make_town(rng: random.Random) -> Town:
    seed = rng.randrange(10**6)
    year, kind = rng.choice((2019, 2020, 2021, 2024)), rng.choice("镇镇乡")
    day_of_month = rng.choice((5, 10, 15, 20, 28))
    start = date(year, *rng.choice(((1, 1), (1, 1), (1, 1), (2, 1), (1, 16))))
    cut_off = rng.choice(
        (
            date(year, 12, 31),
            date(year, rng.randint(6, 11), day_of_month),
            date(year, rng.randint(5, 11), rng.randint(1, 28)),
            date(year, 11, 30),
        )
    )
    groups = rng.choice((1, 2, 2, 3, 3, 4))
    founding = rng.choice((date(year, 4, day_of_month), date(year, 3, 20)))
    founded = founding if groups > 1 and rng.random() < 0.4 else None
    town = Town(
        rng=rng, seed=seed, year=year, term=rng.choice((9, 15, 16, 20, 21)), kind=kind,
        name=f"{rng.choice(('青山', '大河', 'QS', '红旗'))}{kind}", start=start,
        cut_off=cut_off, day_of_month=day_of_month, scale=rng.choice(SCALES),
        made_on=min(cut_off + timedelta(days=rng.choice((0, 20, 90))), date(year, 12, 31)),
        elected=date(year - 2, 1, 6), founded=founded,
    )  # fmt: skip
    _make_villages(town, groups)
    _make_seats(town, groups)
    _change_seats(town)
    return town


def _make_villages(town: Town, groups: int):
    pool = [
        "XX",
        "东村",
        "西河村",
        "城南社区",
        "LJ冲",
        "DG山",
        "北湾",
        "石桥居委会",
        "BS畈",
        "南岭村",
    ]
    town.villages = pool[: max(groups, town.rng.randint(3, 9))]
    town.coverage = {group: [] for group in range(1, groups + 1)}
    for number, village in enumerate(town.villages):
        town.coverage[number % groups + 1].append(village)


def _make_seats(town: Town, groups: int):
    names = iter(_names(town.rng))
    old_groups = groups - 1 if town.founded else groups
    for group in range(1, old_groups + 1):
        posts = [LEADER, VICE, LIAISON if town.chance(0.6) else MEMBER]
        posts += [town.rng.choice((MEMBER, None)) for _ in range(town.rng.randint(3, 6))]
        for post in posts:
            level = "县" if town.chance(0.1) else "镇"
            _seat(town, next(names), level, group, post)
    for _ in range(town.rng.choice((0, 2, 3))):
        _seat(town, next(names), "县", town.rng.randint(1, old_groups), MEMBER)
    for place in (0, 4):
        if town.chance(0.5) and town.seats[place].level == "镇":
            _second_seat(town, town.seats[place])
    if town.founded:
        _found(town, groups, names)
    if town.chance(0.6):
        newcomer = _seat(town, next(names), "镇", 1, MEMBER)
        day = town.rng.choice((town.day(town.start, town.cut_off), town.cut_off, town.made_on))
        newcomer.start = newcomer.stretches[0].start = day
        newcomer.note = "补选"


def _second_seat(town: Town, first: Seat):
    """This person sits in the county congress as well; one of the two rows names the post."""
    post = first.stretches[0].post
    second = _seat(town, "", "县", first.stretches[0].group, MEMBER)
    second.person = first.person
    first.meant = second.meant = town.chance(0.3)
    if town.chance(0.3):
        first.stretches[0].post, second.stretches[0].post = MEMBER, post


def _found(town: Town, group: int, names):
    """The last group takes its officers from the others, two rows each, and a by-elected member."""
    movers = [seat for seat in _without_post(town) if _seats_of(town, seat) == 1]
    for seat, post in zip(movers, (LEADER, VICE, LIAISON, None), strict=False):
        seat.leave_for(group, town.founded, post)
    newcomer = _seat(town, next(names), "镇", group, MEMBER)
    newcomer.start = newcomer.stretches[0].start = town.founded + timedelta(days=8)


def _without_post(town: Town) -> list[Seat]:
    officers = {
        id(seat.person) for seat in town.seats if seat.stretches[-1].post in (LEADER, VICE, LIAISON)
    }
    return [seat for seat in town.seats if id(seat.person) not in officers]


def _seats_of(town: Town, seat: Seat) -> int:
    return sum(each.person is seat.person for each in town.seats)


def _seat(town: Town, name: str, level: str, group: int, post: str | None) -> Seat:
    rng = town.rng
    number = sum(seat.level == level for seat in town.seats) + 1
    person = Person(
        name, rng.choice("男女"), f"{rng.randint(1950, 1995)}-{rng.randint(1, 12):02}",
        rng.choice(("汉族", "汉族", "回族")), rng.choice((None, "大专", "初中")),
        rng.choice((None, "中共党员", "群众")), rng.choice((None, f"{town.name}农民")),
        rng.choice((f"139{len(town.seats):08}", 13900000000 + len(town.seats), None)),
    )  # fmt: skip
    letter = "X" if level == "县" else "Z"
    seat = Seat(
        f"{letter}{town.term}-{number:03}", person, level,
        f"{level}第{(number + 1) // 2}选区", town.elected, [Stretch(group, post, town.elected)],
        note=rng.choice((None, None, "无党派", "=备注")),
    )  # fmt: skip
    town.seats.append(seat)
    return seat


def _names(rng: random.Random) -> list[str]:
    names = [f"{a}{b}" for a in SURNAMES for b in GIVEN[:6]]
    rng.shuffle(names)
    names = names[:60]
    for place, name in zip(rng.sample(range(20), len(RARE)), RARE, strict=True):
        names[place] = name
    # Namesakes, one of them an officer.
    names[rng.randint(4, 12)] = names[0]
    names[9] = names[7]
    return names


def _change_seats(town: Town):
    """Ends, suspensions and changes of group, before, on and after the cut-off."""
    rng = town.rng
    days = [town.day(town.start, town.cut_off), town.cut_off, town.cut_off + timedelta(days=1)]
    days += [town.made_on, date(town.year, 3, town.day_of_month)]
    plain = [seat for seat in _without_post(town) if seat.start < town.start]
    rng.shuffle(plain)
    for seat in plain[: rng.randint(1, 5)]:
        day = rng.choice(days)
        moved = len(seat.stretches) > 1
        if moved:
            day = max(day, seat.stretches[-1].start + timedelta(days=1))
        what = rng.choice(("end", "pause", "pause", "move", "move and end"))
        others = [group for group in town.groups_on(day) if group != seat.stretches[-1].group]
        if others and not moved and (what.startswith("move") or town.chance(0.3)):
            for each in town.seats:
                if each.person is seat.person:
                    each.leave_for(rng.choice(others[:1]), day, rng.choice((MEMBER, None)))
            day += timedelta(days=rng.choice((1, 15)))
        if "end" in what:
            seat.state, seat.reason, seat.on = "终止", rng.choice(REASONS), day
            seat.stretches[-1].end = day
        elif what == "pause":
            seat.state, seat.reason, seat.on = "暂停", rng.choice(REASONS), day
    if town.chance(0.4):
        _replace_leader(town)


def _replace_leader(town: Town):
    """The former leader of the first group resigned; the row still names the post."""
    former = _seat(town, "卸任某", "镇", 1, LEADER)
    former.state, former.reason = "终止", "辞职"
    former.on = former.stretches[0].end = town.start + timedelta(days=40)
