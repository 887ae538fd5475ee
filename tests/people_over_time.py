"""A township whose people come, move and go, and what each part of the product says of a day.

What happens to people happens through the actions that the pages call. ``readings`` then asks, of
any day, everything that counts people; each answer is told in the words of ``wanted``.
"""

import datetime
from collections.abc import Callable, Iterable
from functools import cached_property

from django.db.models import Q
from django.test import override_settings

import groups.actions
from congress.models import Session
from congress.periods import Period
from delegates.actions import resume, suspend
from delegates.assembly import assembly_of, expected_at, sheet
from delegates.duty_file.sources import sessions_of
from delegates.models import Delegate, Level, Mandate
from delegates.pages.people import state_of_person
from groups import attendance
from groups.duty_file import activities_of
from groups.models import Activity, DelegateGroup, Post
from groups.pages.groups import DelegateGroupPages
from reports.figures import groups as figures
from reports.scope import Scope
from tests import factory
from voters.actions.proposing import proposers_on
from voters.actions.reception import members_on
from voters.duty_plan import DutyPlan
from voters.models import ReceptionDay
from voters.rota import make_rota
from voters.rota.availability import Availability
from voters.rota_planning import rota_to_make
from voters.turnout import turns_by_group

day = factory.day
WORDS = {Level.TOWN: "镇", Level.COUNTY: "县"}
#: Activities of each day: who invites whom.
INVITATIONS = ("全体", "只请本级代表", "邀请第一小组", "逐人选定", "第一小组", "第二小组")


class Town:
    """Groups 1 and 2 from the start, group 3 from 15 July 2020."""

    def __init__(self, office):
        self.office = office
        factory.make_township()
        self.term = factory.make_term()
        self.groups = {1: factory.make_group(1), 2: factory.make_group(2)}
        self.groups[3] = factory.make_group(3, start=day("2020-07-15"))

    def elected(self, who, on="2017-01-05", group=1, level=Level.TOWN, post=Post.MEMBER):
        """A known person or a new one of that name becomes a delegate; without a group in none."""
        return groups.actions.elect(
            by=self.office,
            delegate=factory.make_delegate(who) if isinstance(who, str) else who,
            group=self.groups.get(group),
            post=post,
            level=level,
            term=self.term,
            constituency=factory.make_constituency(f"{WORDS[level]}选区", level, self.term),
            card_number=f"{level}-{Mandate.objects.count()}",
            start=day(on),
        )

    def ends(self, mandate, on, reason="resigned", announced=None):
        groups.actions.end_mandate(
            by=self.office,
            mandate=mandate,
            on=day(on),
            reason=reason,
            deciding_body="镇人民代表大会",
            announced_on=day(announced),
        )

    def suspended(self, mandate, on, until=None):
        suspend(by=self.office, mandate=mandate, on=day(on), reason="因刑事案件被羁押")
        if until:
            self.resumes(mandate, until)

    def resumes(self, mandate, on):
        resume(by=self.office, mandate=mandate, on=day(on))

    def moves(self, mandate, group, on):
        groups.actions.transfer(
            by=self.office, delegate=mandate.delegate, group=self.groups[group], on=day(on)
        )

    def joins(self, mandate, group, on):
        groups.actions.join(by=self.office, mandate=mandate, group=self.groups[group], on=day(on))

    def leaves(self, mandate, on):
        groups.actions.leave(by=self.office, mandate=mandate, on=day(on))

    def takes_post(self, mandate, post, on):
        membership = mandate.memberships.get(end=None)
        groups.actions.appoint(by=self.office, membership=membership, post=post, on=day(on))

    def has_liaison(self, name, on, group=1):
        groups.actions.name_liaison(by=self.office, group=self.groups[group], name=name, on=day(on))


class Readings:
    """What is said of some days; each answer is a standing by the key of the person."""

    def __init__(self, town: Town, days: Iterable[str]):
        self.town = town
        self.days = {date: self._records(day(date)) for date in days}

    def _records(self, date: datetime.date) -> dict:
        circle, first = Activity.Circle, self.town.groups[1]
        activities = dict(
            zip(
                INVITATIONS,
                (
                    factory.make_activity(date),
                    factory.make_activity(date, circle=circle.TOWN),
                    factory.make_activity(date, circle=circle.GROUPS),
                    factory.make_activity(date, circle=circle.NAMED),
                    factory.make_activity(date, first),
                    factory.make_activity(date, self.town.groups[2]),
                ),
                strict=True,
            )
        )
        activities["邀请第一小组"].invited_groups.add(first)
        activities["逐人选定"].invited.set(Mandate.objects.all())
        ordinal = Session.objects.count() + 1
        return {
            "activities": activities,
            "session": factory.make_session(ordinal, date, term=self.town.term, state="held"),
            "reception": {
                ordinal: factory.make_reception_day(date, group, [], state="planned")
                for ordinal, group in self.town.groups.items()
                if group.holds_on(date)
            },
        }

    def of(self, date: str) -> dict[str, dict[int, str]]:
        """Every answer about a day, which is the office's day then."""
        with override_settings(TODAY=day(date)):
            parts = (self._invited, self._filed, self._session, self._counts, self._duty)
            return {name: said for part in parts for name, said in part(date).items()}

    def _invited(self, date) -> dict:
        told = {}
        for name, activity in self.days[date]["activities"].items():
            told[name] = levels_of(attendance.expected_at(activity))
            lines = [line for line in attendance.sheet(activity) if line.is_expected]
            told[f"{name}：登记表"] = _once(line.mandate.delegate_id for line in lines)
            told[f"{name}：我的活动"] = {
                person: "是" for person, keys in self._own_activities.items() if activity.pk in keys
            }
        return told

    @cached_property
    def _own_activities(self) -> dict[int, set[int]]:
        return {
            person.pk: set(Activity.objects.invited_to(person.account).values_list("pk", flat=True))
            for person in Delegate.objects.exclude(account=None).select_related("account")
        }

    def _filed(self, date) -> dict:
        """What the duty files drawn on the day after say somebody was to come to."""
        people, this_day = list(Delegate.objects.all()), Period(day(date), day(date))
        told = {f"{name}：履职档案": {} for name in INVITATIONS}
        names = {
            activity.get_absolute_url(): f"{name}：履职档案"
            for name, activity in self.days[date]["activities"].items()
        }
        with override_settings(TODAY=day(date) + datetime.timedelta(days=1)):
            parts = activities_of(Activity.Kind.INSPECTION, people, this_day)
            sessions = sessions_of(people, this_day)
        for person, entries in parts.items():
            for entry in entries:
                told[names[entry.address]][person] = "是"
        return told | {
            "会议：履职档案": _once(person for person, found in sessions.items() if found)
        }

    def _session(self, date) -> dict:
        session = self.days[date]["session"]
        told = levels_of(expected_at(session))
        assert assembly_of(session).in_office == len(told)
        return {
            "会议应到": told,
            "会议登记表": _once(line.mandate.delegate_id for line in sheet(session)),
            "提出建议": levels_of(proposers_on(session.date)),
        }

    def _counts(self, date) -> dict:
        scope = Scope(Period(day(date), day(date)), day(date).year)
        mandates = [figures.mandates(scope, level) for level in WORDS]
        numbers = figures.delegate_figures(scope)
        assert [numbers.town, numbers.county] == [len(each) for each in mandates]
        in_report = figures.members(scope).filter(mandate__isnull=False)
        counted = {each.ordinal: each.town + each.county for each in self._group_figures(scope)}
        members = [
            member
            for group in DelegateGroupPages.with_related(DelegateGroup.objects.all())
            for member in group.members_then
            if member.mandate_id
        ]
        standing = places_of(in_report.select_related("group", "mandate"))
        assert sum(counted.values()) == len(in_report)
        people = Delegate.objects.prefetch_related("mandates__suspensions")
        return {
            "报告中的代表": levels_of(Mandate.objects.filter(Q(pk__in=mandates[0] | mandates[1]))),
            "报告中的人数": _once(figures.persons(scope).values_list("pk", flat=True)),
            "报告中的小组": standing,
            "小组一览": places_of(members),
            "代表状态": _once(each.pk for each in people if state_of_person(each) == "在任"),
            "述职人选": _once(each.delegate_id for each in DutyPlan(day(date).year).mandates),
        }

    def _group_figures(self, scope):
        return figures.group_figures(scope).groups

    def _duty(self, date) -> dict:
        told = {}
        for ordinal, reception in self.days[date]["reception"].items():
            told[f"可接待{ordinal}"] = levels_of(members_on(reception.group, reception.date))
            told[f"可轮值{ordinal}"] = _once(self._free[reception.date, reception.group_id])
            told[f"轮值统计{ordinal}"] = self._could_come(reception)
        return told

    @cached_property
    def rota(self):
        """The rota of 2020 as it is proposed for the days asked about."""
        with override_settings(TODAY=day("2020-01-01")):
            return rota_to_make(2020).case

    @cached_property
    def _free(self) -> dict:
        availability = Availability(self.rota)
        return {
            (each.date, each.group): [each.person for each in availability.available(each)]
            for each in self.rota.days
        }

    def proposed(self, ordinal: int) -> dict[datetime.date, list[int]]:
        """Who is proposed for each day of a group."""
        group = self.town.groups[ordinal].pk
        made = make_rota(self.rota)
        return {
            each.date: [pick.person for pick in each.picks]
            for each in made.days
            if each.group == group
        }

    @staticmethod
    def _could_come(reception: ReceptionDay) -> dict[int, str]:
        """Whose turns count in full, had the day been held."""
        this_day = ReceptionDay.objects.filter(pk=reception.pk)
        this_day.update(state="held")
        found = turns_by_group(this_day, Period(reception.date, reception.date))
        this_day.update(state="planned")
        return _once(row.person for group in found for row in group.rows if row.is_full)


def wanted(standings: dict[int, str], asked: Iterable[str]) -> dict[str, dict[int, str]]:
    """The answers that follow from the standings, by person: 镇1 县无 and the like."""
    parsed = {person: dict(_parts(standing)) for person, standing in standings.items()}

    def levels(keep: Callable[[str, str], bool]) -> dict[int, str]:
        found = {
            person: "".join(level for level, group in places.items() if keep(level, group))
            for person, places in parsed.items()
        }
        return {person: words for person, words in found.items() if words}

    everybody, town = levels(lambda level, group: True), levels(lambda level, group: level == "镇")
    member = {str(n): levels(lambda level, group, n=n: group == str(n)) for n in (1, 2, 3)}
    invited = (everybody, town, member["1"], everybody, member["1"], member["2"])
    of = dict(zip(INVITATIONS, invited, strict=True))
    in_groups = {
        person: " ".join(f"{level}{group}" for level, group in places.items() if group != "无")
        for person, places in parsed.items()
    }
    in_groups = {person: words for person, words in in_groups.items() if words}
    told = of | {"会议应到": town, "提出建议": town, "报告中的代表": everybody}
    told |= {"报告中的小组": in_groups, "小组一览": in_groups}
    for name in INVITATIONS:
        for where in ("登记表", "我的活动", "履职档案"):
            told[f"{name}：{where}"] = _once(of[name])
    told |= {"会议登记表": _once(town), "会议：履职档案": _once(town), "述职人选": _once(town)}
    told |= {"报告中的人数": _once(everybody), "代表状态": _once(everybody)}
    for number, people in member.items():
        told[f"可接待{number}"] = people
        told[f"可轮值{number}"] = told[f"轮值统计{number}"] = _once(people)
    return {name: told[name] for name in asked}


def _parts(standing: str) -> list[tuple[str, str]]:
    return [(part[0], part[1:]) for part in standing.split()]


def levels_of(mandates) -> dict[int, str]:
    told: dict[int, str] = {}
    for mandate in sorted(mandates, key=lambda each: each.level, reverse=True):
        told[mandate.delegate_id] = told.get(mandate.delegate_id, "") + WORDS[mandate.level]
    return told


def places_of(memberships) -> dict[int, str]:
    told: dict[int, str] = {}
    for each in sorted(memberships, key=lambda each: each.mandate.level, reverse=True):
        place = f"{WORDS[each.mandate.level]}{each.group.ordinal}"
        person = each.mandate.delegate_id
        told[person] = f"{told[person]} {place}" if person in told else place
    return told


def _once(people: Iterable[int]) -> dict[int, str]:
    people = list(people)
    assert len(people) == len(set(people)), "somebody is counted twice"
    return dict.fromkeys(people, "是")
